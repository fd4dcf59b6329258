"""Every function takes data and an axis, and gives the axis back."""

import warnings

import numpy as np
import pytest

from simulation import pictures
from simulation.pictures.chain import chain_between
from simulation.pictures.labels import arrange, plot_dated_labels
from simulation.pictures.people_graph import drawn_network
from simulation.pictures.reading import course_of, events_at, ties_of
from simulation.pictures.wheel_activity import station_activity

A, B = "Alex", "Robin"


def plots(recording):
    """Every public plot function, ready to be drawn on an axis."""
    course = course_of(recording, A)
    events = events_at(recording)
    coping = events[(events["kind"] == "coping") & (events["person"] == A)]
    ties = ties_of(recording, A)
    people = recording.population
    states = people.column("self_state").astype(np.int64)
    steps = chain_between(events, A, B)
    run = station_activity(recording, A, 0, recording.days)
    return {
        "plot_arousal": lambda ax: pictures.plot_arousal(course, ax),
        "plot_contacts": lambda ax: pictures.plot_contacts(events, A, B, ax, recording.dt, steps),
        "plot_coping": lambda ax: pictures.plot_coping(coping, ax),
        "plot_distribution": lambda ax: pictures.plot_distribution(np.array([0.1, 0.9]), states, ax),
        "plot_event_raster": lambda ax: pictures.plot_event_raster(events, [A, B], ax, recording.days),
        "plot_feelings": lambda ax: pictures.plot_feelings(course, ax),
        "plot_ladder": lambda ax: pictures.plot_ladder(steps, A, B, ax, recording.dt, course),
        "plot_lines": lambda ax: pictures.plot_lines(course, {"joy": "#000000", "unheard of": "#000000"}, ax),
        "plot_network": lambda ax: pictures.plot_network(
            recording.population, drawn_network(recording.population), ax, A
        ),
        "plot_self_images": lambda ax: pictures.plot_self_images(course, ax),
        "plot_self_states": lambda ax: pictures.plot_self_states(course, ax),
        "plot_share_in_episode": lambda ax: pictures.plot_share_in_episode(recording.summaries, ax),
        "plot_tie": lambda ax: pictures.plot_tie(ties, ax),
        "plot_wheel": lambda ax: pictures.plot_wheel(run, ax, run, {"later_cost"}),
    }


NAMES = [name for name in pictures.__all__ if name.startswith("plot_")]


def drawn(plot, ax):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert plot(ax) is ax
        ax.figure.canvas.draw()


@pytest.mark.parametrize("name", NAMES)
def test_gives_its_axis_back(name, recording, ax):
    drawn(plots(recording)[name], ax)
    assert ax.has_data() or ax.texts


def test_dated_labels(ax):
    labels = arrange([(1.0, "A first thing happens"), (2.0, "A second thing happens")], 0, 10, 8)
    ax.set_xlim(0, 10)
    drawn(lambda ax: plot_dated_labels(labels, ax), ax)


@pytest.mark.parametrize(
    "name", ["plot_arousal", "plot_coping", "plot_feelings", "plot_self_images", "plot_self_states", "plot_tie"]
)
def test_says_so_when_there_is_nothing(name, recording, ax):
    nothing = {"plot_coping": events_at, "plot_tie": lambda r: ties_of(r, A)}.get(name, lambda r: course_of(r, A))
    empty = nothing(recording).iloc[:0]
    plot = getattr(pictures, name)
    drawn(lambda ax: plot(empty, ax), ax)
    assert ax.texts


@pytest.mark.parametrize("days", [20, 900])
def test_a_long_ribbon_becomes_shares_of_time(days, ax):
    import pandas as pd

    ticks = np.arange(days * 8)
    course = pd.DataFrame({"day": (ticks + 1) / 8, "self_state": ticks % 6})
    drawn(lambda ax: pictures.plot_self_states(course, ax), ax)
    assert len(ax.containers) == (6 if days == 900 else 0)


def test_a_picture_changes_nothing(recording, ax):
    before = [recording.events.copy(), recording.trajectories.copy(), recording.population.column("arousal")]
    for plot in plots(recording).values():
        ax.clear()
        plot(ax)
    after = [recording.events, recording.trajectories, recording.population.column("arousal")]
    assert before[0].equals(after[0])
    assert before[1].equals(after[1])
    assert np.array_equal(before[2], after[2])
