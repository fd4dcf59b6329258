"""events.png: what happened to whom, one band per watched person."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from simulation.measures.causes import PERCEPTS
from simulation.pictures.courses import mark_days
from simulation.pictures.labels import dated_events
from simulation.pictures.reading import (
    ANGRY_ACTS,
    COSTLY_STRATEGIES,
    REJECTION,
    about,
    episodes_of,
    events_at,
)
from simulation.pictures.style import (
    COSTLY,
    FAINT,
    HELPFUL,
    INK,
    PERCEIVED,
    SOFT,
    STATE_COLOURS,
    new_figure,
    say_missing,
    shortened,
    tidy,
    write_footer,
    write_heading,
)

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from simulation.recording.recording import Recording

MOST_ROWS = 14
EPISODE = "#F7F0E4"
CRISIS = "#8C1C13"
EPISODE_BAR = "#B98A4B"
LANES = (
    ("perceived rejection", PERCEIVED, 0.81),
    ("angry demand or attack", STATE_COLOURS["angry"], 0.64),
    ("soothing with a later cost", COSTLY, 0.48),
    ("soothing without", HELPFUL, 0.34),
)
"""Marks within a band: what, colour, and how high above its foot."""
HALF = 0.065
LONG, CELLS = 150.0, 220
"""In runs of more days than this, marks are counted in so many cells: the darker a cell, the more fell into it."""


def plot_event_raster(events: pd.DataFrame, people: Sequence[str], ax: Axes, days: float) -> Axes:
    """Draw perceived rejections, angry acts, soothing, ruptures, episodes and crises of several people.

    Args:
        events: All events, with ``day``.
        people: Whose bands to draw, from top to bottom.
        ax: Where to draw.
        days: Length of the run; an episode that is still open lasts until then.
    """
    if not people:
        return say_missing(ax, "nobody was watched")
    ax.set_xlim(0, days)
    ax.set_ylim(0, len(people))
    for i, person in enumerate(people):
        foot = len(people) - 1 - i
        own = events[events["person"] == person]
        for first, last in episodes_of(events, person, days):
            length = max(last - first, days / 1500)
            if days <= LONG:
                ax.barh(foot + 0.5, length, 0.9, first, color=EPISODE, linewidth=0, zorder=0.7)
            ax.barh(foot + 0.2, length, 0.08, first, color=EPISODE_BAR, linewidth=0, zorder=1.4)
        for first, last in _crises(own, days):
            ax.barh(foot + 0.1, max(last - first, days / 1500), 0.06, first, color=CRISIS, linewidth=0, zorder=2)
        soothing = own["kind"] == "coping"
        costly = own["what"].isin(COSTLY_STRATEGIES)
        chosen = (
            own["kind"].isin(PERCEPTS) & (own["perceived"] <= REJECTION),
            (own["kind"] == "act") & own["what"].isin(ANGRY_ACTS),
            soothing & costly,
            soothing & ~costly,
        )
        for (_, colour, height), which in zip(LANES, chosen, strict=True):
            at = own.loc[which, "day"].to_numpy()
            if days > LONG:
                _count(at, foot + height, colour, ax, days)
            else:
                ax.vlines(at, foot + height - HALF, foot + height + HALF, color=colour, zorder=1.5, linewidth=1.1)
        broken = own.loc[own["kind"] == "rupture", "day"]
        mended = own.loc[own["kind"] == "reconciliation", "day"]
        ax.plot(broken, [foot + 0.93] * len(broken), "x", color=INK, markersize=4.6, markeredgewidth=1.2, zorder=3)
        ax.plot(mended, [foot + 0.93] * len(mended), "o", color="white", markeredgecolor=INK, markersize=3.8, zorder=3)
        loved = own.loc[own["kind"] == "new_partner", "day"]
        ax.plot(loved, [foot + 0.93] * len(loved), "*", color=INK, markersize=6, markeredgewidth=0, zorder=3)
        ax.axhline(foot, color=FAINT, linewidth=0.5)
    ax.set_yticks([len(people) - 0.5 - i for i in range(len(people))], [shortened(p, 20) for p in people], fontsize=9.2)
    tidy(ax, "")
    ax.tick_params(axis="y", length=0)
    for label in ax.get_yticklabels():
        label.set_color(INK)
    ax.spines["left"].set_visible(False)
    ax.set_xlabel("days since the start of the run")
    return ax


def _count(at: NDArray[np.float64], middle: float, colour: str, ax: Axes, days: float) -> None:
    """Draw how many marks fell into each cell of time, as shades of a colour."""
    from matplotlib.colors import to_rgba

    width = days / CELLS
    counted, edges = np.histogram(at, CELLS, (0, days))
    there = np.flatnonzero(counted)
    if len(there):
        shades = np.tile(to_rgba(colour), (len(there), 1))
        shades[:, 3] = 0.25 + 0.75 * (1.0 - np.exp(-1.2 * counted[there] / width))
        ax.barh(np.full(len(there), middle), width, 2 * HALF, edges[there], color=shades, linewidth=0, zorder=1.5)


def _crises(own: pd.DataFrame, end: float) -> list[tuple[float, float]]:
    """First and last day of each suicidal crisis of one person."""
    found: list[tuple[float, float]] = []
    start: float | None = None
    for kind, day in zip(own["kind"], own["day"], strict=True):
        if kind == "crisis_begins":
            start = float(day)
        elif kind == "crisis_ends" and start is not None:
            found.append((start, float(day)))
            start = None
    return found if start is None else [*found, (start, end)]


def plot_raster_key(ax: Axes) -> Axes:
    """Draw what the marks of the raster mean, in one row."""
    ax.set_xlim(0, 10)
    ax.set_ylim(0, 1)
    ax.axis("off")
    x = 0.0
    for words, colour, _ in LANES:
        ax.vlines([x + 0.03, x + 0.09], 0.25, 0.75, color=colour, linewidth=1.4)
        ax.text(x + 0.17, 0.5, words, fontsize=8.4, color=SOFT, va="center")
        x += 0.3 + 0.052 * len(words)
    marks = (
        ("episode", "bar"),
        ("suicidal crisis", "line"),
        ("rupture", "x"),
        ("reconciliation", "o"),
        ("new love", "*"),
    )
    for words, kind in marks:
        if kind == "bar":
            ax.barh(0.5, 0.16, 0.4, x, color=EPISODE_BAR)
        elif kind == "line":
            ax.plot([x, x + 0.16], [0.5, 0.5], color=CRISIS, linewidth=3, solid_capstyle="butt")
        elif kind == "x":
            ax.plot([x + 0.08], [0.5], "x", color=INK, markersize=5, markeredgewidth=1.2)
        elif kind == "*":
            ax.plot([x + 0.08], [0.5], "*", color=INK, markersize=6.5, markeredgewidth=0)
        else:
            ax.plot([x + 0.08], [0.5], "o", color="white", markeredgecolor=INK, markersize=4.4)
        ax.text(x + 0.24, 0.5, words, fontsize=8.4, color=SOFT, va="center")
        x += 0.36 + 0.05 * len(words)
    return ax


def _how_to_read(shown: int, watched: int, days: float) -> str:
    """The line under the title."""
    if not watched:
        return "Nobody was watched in this run."
    whom = "One band for the person watched." if shown == 1 else f"A band for each of the {shown} people watched."
    if shown < watched:
        whom = f"A band for each of {shown} of the {watched} people watched, those in whose lives most happened."
    return whom + (" The darker a mark, the more often it happened." if days > LONG else "")


def raster_figure(recording: Recording) -> Figure:
    """Return the figure of events of the watched people; of many, those in whose lives most happened."""
    events = events_at(recording)
    watched = [recording.name(p) for p in recording.watched]
    people = watched
    if len(watched) > MOST_ROWS:
        telling = events[events["kind"].isin(["episode_begins", "coping", "rupture", "crisis_begins"])]
        count = telling["person"].value_counts()
        ranked = sorted(watched[1:], key=lambda name: -int(count.get(name, 0)))[: MOST_ROWS - 1]
        people = [watched[0], *sorted(ranked, key=watched.index)]
    width, band = 12.0, 0.74
    height = 1.5 + band * max(len(people), 1) + 0.85
    figure = new_figure(width, height)
    write_heading(figure, "What happened to whom", _how_to_read(len(people), len(watched), recording.days))
    plot_raster_key(figure.add_axes((0.6 / width, 1 - 1.25 / height, 11.2 / width, 0.24 / height)))
    ax = figure.add_axes((1.55 / width, 0.85 / height, (width - 2.1) / width, band * max(len(people), 1) / height))
    plot_event_raster(events, people, ax, recording.days)
    if people:
        mark_days([day for day, _ in dated_events(recording)], ax)
    write_footer(figure, about(recording))
    return figure
