"""Small worlds whose measures can be worked out by hand."""

import numpy as np
import pandas as pd
import pytest

from simulation import run

FIELDS = ("kind", "person", "other", "what", "perceived", "cause", "tick")


def events_of(rows, dt=0.125):
    """Events from rows (kind, person, other, what, perceived, cause, tick); the id is the place of the row."""
    frame = pd.DataFrame(rows, columns=FIELDS)
    frame.insert(0, "id", np.arange(len(frame)))
    frame["perceived"] = frame["perceived"].astype(float)
    return frame.assign(day=(frame["tick"] + 1) * dt, felt="none", strength=0.0)


def encounter(a, b, act, heard, reply, answered, cause, tick, start):
    """The four events of one encounter that a begins with b, the first with id `start`."""
    return [
        ("act", a, b, act, 0.0, cause, tick),
        ("percept_of_act", b, a, act, heard, start, tick),
        ("reply", b, a, reply, 0.0, start + 1, tick),
        ("percept_of_reply", a, b, reply, answered, start + 2, tick),
    ]


def prompts(values, people=("A",), per_day=8, name="x", dt=0.125):
    """A table of prompts: values of shape [people, prompts] in order of time, `per_day` a day, one a tick."""
    values = np.atleast_2d(np.asarray(values, dtype=float))
    count = values.shape[1]
    index = np.tile(np.arange(count), len(people))
    return pd.DataFrame(
        {
            "person": np.repeat(list(people), count),
            "day": index // per_day,
            "prompt": index % per_day,
            "time": (index + 1) * dt,
            name: values.reshape(-1),
        }
    )


def course(values, people=("A",), dt=0.125, **columns):
    """A course like `Recording.trajectories`: one column `x` of shape [people, ticks], others constant."""
    values = np.atleast_2d(np.asarray(values, dtype=float))
    ticks = np.tile(np.arange(values.shape[1]), len(people))
    frame = pd.DataFrame({"tick": ticks, "day": (ticks + 1) * dt, "person": np.repeat(list(people), values.shape[1])})
    return frame.assign(x=values.reshape(-1), **columns)


@pytest.fixture(scope="session")
def dyad():
    """Sixty days of two people between whom much happens."""
    return run("dyad", days=60)
