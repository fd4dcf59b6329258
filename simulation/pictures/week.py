"""one-week.png: the most eventful week, close up: what happened between two people, and what it did to one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simulation.measures.causes import PERCEPTS
from simulation.pictures.chain import chain_between
from simulation.pictures.contact import plot_contacts
from simulation.pictures.courses import plot_coping, plot_lines, plot_self_states
from simulation.pictures.ladder import plot_ladder
from simulation.pictures.reading import (
    ANGRY_ACTS,
    COLD_REPLIES,
    REJECTION,
    STRATEGY_ACTS,
    about,
    course_of,
    episodes_of,
    events_at,
)
from simulation.pictures.style import (
    FEELING_COLOURS,
    name_panel,
    new_figure,
    say_missing,
    state_legend,
    write_footer,
    write_heading,
)

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from simulation.recording.recording import Recording

DAYS = 7.0
WIDTH, LEFT, RIGHT = 13.0, 1.35, 1.15


def eventful_week(events: pd.DataFrame, person: str, days: float) -> tuple[float, str | None]:
    """Return the first day of the week in which most happened between a person and one other, and that other.

    Counted are steps of an interpersonal cycle: perceived rejection, strategies (angry ones more), felt reactions, cold
    replies; episodes that begin, and soothing. Without anything to count it is the first week, with nobody.
    """
    last = max(int(np.ceil(days - DAYS)), 0)
    mine = events["person"] == person
    percepts = mine & events["kind"].isin(PERCEPTS) & (events["perceived"] <= REJECTION)
    acts = mine & (events["kind"] == "act")
    toward = (events["other"] == person) & (events["kind"] == "reply") & events["what"].isin(COLD_REPLIES)
    felt = (events["other"] == person) & (events["kind"] == "percept_of_act")
    score = np.zeros(len(events))
    score += 0.6 * percepts + 3.0 * (acts & events["what"].isin(ANGRY_ACTS)) + 0.5 * toward
    score += 0.6 * (acts & events["what"].isin(STRATEGY_ACTS)) + felt * events["strength"]
    alone = np.zeros(len(events))
    alone += 0.3 * (mine & (events["kind"] == "coping"))
    begins = _begins_after_calm(events, person, days)
    day = np.minimum(np.floor(events["day"].to_numpy()).astype(int), max(int(np.ceil(days)) - 1, 0))
    length = last + int(DAYS)
    together = np.bincount(day, alone, minlength=length)
    partner = np.where(mine, events["other"].astype(object), events["person"].astype(object))
    best: tuple[float, int, str | None] = (0.0, 0, None)
    for name in sorted({str(p) for p in partner[score > 0]}):
        by_day = np.bincount(day, np.where(partner == name, score, 0.0), minlength=length) + together
        weeks = np.convolve(by_day, np.ones(int(DAYS)), "valid")[: last + 1]
        most = weeks.max()
        for start in {int(begin - ahead) for begin in begins for ahead in (1.0, 2.0, 3.0)}:
            if 0 <= start < len(weeks):
                weeks[start] += 0.6 * most  # to see it begin is worth more than to see more of it
        first = int(np.argmax(weeks))
        if weeks[first] > best[0]:
            best = (float(weeks[first]), first, name)
    return float(best[1]), best[2]


def _begins_after_calm(events: pd.DataFrame, person: str, days: float) -> list[float]:
    """Days on which an episode begins after a day or more without one."""
    calm_since = 0.0
    found = []
    for first, last in episodes_of(events, person, days):
        if first - calm_since >= 1.0:
            found.append(first)
        calm_since = last
    return found


def week_figure(recording: Recording, person: str) -> Figure:
    """Return the figure of one watched person's most eventful week."""
    everything = events_at(recording)
    first, other = eventful_week(everything, person, recording.days)
    last = min(first + DAYS, recording.days)
    events = everything[(everything["day"] >= first) & (everything["day"] < last)]
    course = course_of(recording, person)
    course = course[(course["day"] > first - recording.dt) & (course["day"] <= last + 1e-9)].reset_index(drop=True)
    coping = events[(events["person"] == person) & (events["kind"] == "coping")]
    states = dict(zip(course["tick"], course["self_state"], strict=True)) if "self_state" in course else {}
    steps = chain_between(events, person, other, states) if other else []

    heights = {
        "states": 0.3,
        "feelings": 1.75,
        "coping": 0.17 * max(coping["what"].nunique(), 1) + 0.08,
        "contact": 1.45,
        "ladder": 3.65 if steps else 0.5,
    }
    gap, top, bottom = 0.4, 1.5, 0.55
    total = top + sum(heights.values()) + gap * 4 + 0.35 + bottom
    figure = new_figure(WIDTH, total)
    who = f"{person} and {other}" if other else person
    write_heading(
        figure, f"One week close up: {who}, days {first:g} to {last:g}",
        "Every sample and every contact of the week. Numbers lead from the contacts to the chain of causes below."
        if steps else "Every sample of the week.",
    )  # fmt: skip
    state_legend(figure, 0.6, 1.02)
    panels = _stack(figure, heights, top, gap, total)
    for name in ("states", "feelings", "coping", "contact"):
        panels[name].set_xlim(first, last)
    colours = {name: FEELING_COLOURS[name] for name in ("arousal", "sadness", "shame", "pain", "anger")}
    plot_self_states(course, panels["states"])
    name_panel(panels["states"], "Self-state", person)
    name_panel(plot_lines(course, colours, panels["feelings"]), "Feelings and arousal", person)
    name_panel(plot_coping(coping, panels["coping"]), "Soothing alone", f"{person}; brown: with a later cost")
    if other:
        plot_contacts(events, person, other, panels["contact"], recording.dt, steps)
        name_panel(
            panels["contact"], "Contacts",
            "arrows: blue friendly, grey neutral, orange unfriendly, dashed where the other was not reached; "
            "▼ perceived as rejection",
        )  # fmt: skip
    else:
        say_missing(panels["contact"], "no contacts were recorded")
    if steps:
        plot_ladder(steps, person, str(other), panels["ladder"], recording.dt, course)
        name_panel(panels["ladder"], "One chain of causes", "from left to right, not to scale in time")
    else:
        say_missing(panels["ladder"], "no chain of perceived rejection in this week")
        panels["ladder"].axis("off")
    days = np.arange(np.ceil(first), last + 1e-9)
    for name in ("states", "feelings", "coping", "contact"):
        panels[name].set_xlim(first, last)
        panels[name].set_xticks(days)
        panels[name].grid(True, axis="x", color="#E6E9EC", linewidth=0.7)
        panels[name].tick_params(axis="x", labelbottom=name == "contact")
    panels["contact"].set_xlabel("days since the start of the run")
    write_footer(figure, about(recording))
    return figure


def _stack(figure: Figure, heights: dict[str, float], top: float, gap: float, total: float) -> dict[str, Axes]:
    panels: dict[str, Axes] = {}
    y = top
    for name, height in heights.items():
        y += 0.3 if name == "ladder" else 0.0
        left, right = (0.6, 0.5) if name == "ladder" else (LEFT, RIGHT)
        box = (left / WIDTH, 1 - (y + height) / total, (WIDTH - left - right) / WIDTH, height / total)
        panels[name] = figure.add_axes(box)
        y += height + gap
    return panels
