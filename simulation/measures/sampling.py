"""Sample a densely recorded run as momentary-assessment studies sample people: prompts, blocks, missingness, weeks.

A day of the model is the waking day (`WAKING_HOURS`), cut into ticks. What a prompt can see is the state at the end of
a tick: with the default tick of 1/8 day, that is every two hours, so at most eight prompts a day. A protocol that is
finer than the recording is refused, with the tick it needs.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from simulation.errors import InputError, quoted, quoted_list
from simulation.measures.affect import RATED, with_affect, with_item_noise, with_tension
from simulation.measures.between_prompts import between_prompts

if TYPE_CHECKING:
    import pandas as pd

    from simulation.recording.recording import Recording

WAKING_HOURS = 16.0
"""Hours of the waking day that a day of the model stands for: eight slots of two hours."""
SCHEMES = ("random", "fixed")


@dataclass(frozen=True)
class Protocol:
    """How a study samples.

    Attributes:
        prompts: prompts a day.
        days: days of sampling.
        scheme: ``random`` draws one time within each of `prompts` equal blocks of the waking day; ``fixed`` takes
            the end of each block.
        start: day of the recording on which sampling begins.
        compliance: share of prompts that are answered, each independently. Default ASSUMED, in the usual range.
        item_noise: standard deviation of the noise of each affect item (scale 0 to 1); 0 reports states as they are.

    Raises:
        InputError: a value is out of range.
    """

    prompts: int = 6
    days: int = 14
    scheme: str = "random"
    start: int = 0
    compliance: float = 0.8
    item_noise: float = 0.0

    def __post_init__(self) -> None:
        if self.scheme not in SCHEMES:
            raise InputError(f"{quoted(self.scheme)} is not a scheme of sampling; there are {quoted_list(SCHEMES)}")
        for name, low in (("prompts", 1), ("days", 1), ("start", 0), ("item_noise", 0)):
            if getattr(self, name) < low:
                raise InputError(f"a study cannot have {name} = {getattr(self, name):g}; at least {low} is needed")
        if not 0 < self.compliance <= 1:
            raise InputError(
                f"compliance = {self.compliance:g} is not a share of prompts; it must be above 0 and at most 1"
            )


def every(minutes: float, days: int, start: int = 0, compliance: float = 1.0) -> Protocol:
    """Return the protocol of ambulatory monitoring at fixed intervals, such as every 15 minutes or hourly."""
    return Protocol(round(WAKING_HOURS * 60 / minutes), days, "fixed", start, compliance)


def sample_as_study(
    course: Recording | pd.DataFrame, protocol: Protocol, seed: int, events: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Return what a study would have in hand: one row per person and prompt, in order of person and time.

    Args:
        course: a recording (its trajectories and events are taken), or a table like `Recording.trajectories`: tick,
            day, person and quantities, in ticks of equal distance and complete for everyone.
        protocol: how to sample.
        seed: of the times and the missingness. A person's are the same whoever else is there.
        events: a table like `Recording.events`, to tell what happened since the last prompt.

    Returns:
        ``person``; ``day`` (of the study, from 0), ``prompt`` (of the day, from 0), ``tick``, ``time`` (days since the
        start of the run), ``hour`` (of the waking day, 0 to 16); ``answered``; every quantity of the course and the
        composites of `with_affect` and `with_tension`, NaN where the prompt was missed; and with events, what
        `between_prompts` lists, from the scheduled prompt before (or waking) to this one, NaN where it was missed, and
        everywhere if not a single event is on record.

    Raises:
        InputError: the course is coarser than the protocol or shorter, or is not a complete table.
    """
    import pandas as pd

    if not isinstance(course, pd.DataFrame):
        events = course.events if events is None else events
        course = course.trajectories
    grid = _grid(course)
    ticks = _schedule(grid, protocol, seed)
    people = len(grid.names)
    rows = (ticks.reshape(people, -1) - grid.first) // grid.step + np.arange(people)[:, None] * grid.samples
    values = course.drop(columns=["tick", "day", "person"]).iloc[grid.order[rows.reshape(-1)]].reset_index(drop=True)
    noise = np.concatenate([_luck(seed, "answers", n).standard_normal((rows.shape[1], len(RATED))) for n in grid.names])
    values = with_affect(with_item_noise(with_tension(values), protocol.item_noise, noise))
    answered = np.concatenate([_luck(seed, "missingness", n).random(rows.shape[1]) for n in grid.names])
    answered = answered < protocol.compliance
    who = np.repeat(np.arange(people), rows.shape[1])
    shape = (people, protocol.days, protocol.prompts)
    flat = ticks.reshape(-1)
    frame = pd.DataFrame(
        {
            "person": pd.Categorical.from_codes(who, pd.Index(grid.names, dtype=object)),
            "day": np.broadcast_to(np.arange(protocol.days)[None, :, None], shape).reshape(-1),
            "prompt": np.broadcast_to(np.arange(protocol.prompts), shape).reshape(-1),
            "tick": flat,
            "time": (flat + 1) * grid.dt,
            "hour": (flat % grid.per_day + 1) / grid.per_day * WAKING_HOURS,
            "answered": answered,
        }
    )
    told = values.where(pd.Series(answered), np.nan)
    if events is not None:
        since = np.empty(shape, dtype=np.int64)
        since[:, :, 1:] = ticks[:, :, :-1]
        since[:, :, 0] = (protocol.start + np.arange(protocol.days)) * grid.per_day - 1
        happened = between_prompts(events, grid.names, who, since.reshape(-1), flat)
        told = pd.concat([told, happened.where(pd.Series(answered & (len(events) > 0)), np.nan)], axis=1)
    return pd.concat([frame, told], axis=1)


@dataclass(frozen=True)
class _Grid:
    names: list[str]
    order: Any  # rows of the course by person and tick
    samples: int  # per person
    first: int
    step: int
    dt: float
    per_day: int  # ticks a day


def _grid(course: pd.DataFrame) -> _Grid:
    missing = [c for c in ("tick", "day", "person") if c not in course]
    if missing or not len(course):
        raise InputError(f"a course needs the columns tick, day and person and at least one row; it lacks "
                         f"{quoted_list(missing) if missing else 'rows'}")  # fmt: skip
    person = course["person"].astype(str).to_numpy()
    names, codes = np.unique(person, return_inverse=True)
    ticks = course["tick"].to_numpy(dtype=np.int64)
    order = np.lexsort((ticks, codes))
    samples, left = divmod(len(course), len(names))
    table = ticks[order].reshape(len(names), -1) if not left else None
    if table is None or np.any(table != table[0]) or len(np.unique(np.diff(table[0]))) > 1:
        raise InputError("the course is not complete: everyone must have a row at the same ticks, equally far apart")
    dt = float(course["day"].iloc[0]) / (int(ticks[0]) + 1)
    step = int(table[0, 1] - table[0, 0]) if samples > 1 else 1
    return _Grid([str(n) for n in names], order, samples, int(table[0, 0]), step, dt, max(round(1 / dt), 1))


def _schedule(grid: _Grid, protocol: Protocol, seed: int) -> Any:
    """[people, days, prompts] ticks of the prompts."""
    slots = grid.per_day // grid.step
    n = protocol.prompts
    if n > slots:
        hours = WAKING_HOURS / n
        often = f"{hours:.3g} h" if hours >= 1 else f"{hours * 60:.3g} min"
        raise InputError(
            f"{n} prompts a day (one every {often} of the waking day) need a recording at least every "
            f"1/{n} day, so dt = {1 / n:.4g} or smaller with every tick kept; this one has {slots} samples a day"
        )
    first = protocol.start * grid.per_day
    last = (protocol.start + protocol.days) * grid.per_day - 1
    end = grid.first + (grid.samples - 1) * grid.step
    if grid.first > first or last - (grid.step - 1) > end:
        there = math.floor((end + grid.step) / grid.per_day)
        raise InputError(
            f"{protocol.days} days of sampling from day {protocol.start} do not fit into a course that "
            f"covers days {math.ceil(grid.first / grid.per_day)} to {there}"
        )
    edges = np.ceil(np.arange(n + 1) * slots / n).astype(np.int64)  # first slot of each block
    width = np.diff(edges)
    shape = (protocol.days, n)
    slot = np.empty((len(grid.names), *shape), dtype=np.int64)
    for i, name in enumerate(grid.names):
        if protocol.scheme == "fixed":
            slot[i] = edges[1:] - 1
        else:
            slot[i] = edges[:-1] + (_luck(seed, "prompts", name).random(shape) * width).astype(np.int64)
    days = (protocol.start + np.arange(protocol.days))[None, :, None] * grid.per_day
    offset = grid.first % grid.step
    return days + slot * grid.step + offset


def _luck(seed: int, purpose: str, person: str) -> np.random.Generator:
    from simulation.cases.variety import luck_of

    return luck_of(seed, f"{purpose} of {person}")
