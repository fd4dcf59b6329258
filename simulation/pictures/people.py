"""people.png: everybody at the end of a run, as distributions, and how many were in an episode on the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from simulation.pictures.reading import about, bin_for
from simulation.pictures.style import (
    INK,
    SOFT,
    STATE_COLOURS,
    name_panel,
    new_figure,
    say_missing,
    state_legend,
    tidy,
    write_footer,
    write_heading,
)
from simulation.theory.layout import WISHES
from simulation.theory.states import SELF_STATES

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from simulation.population.population import Population
    from simulation.recording.recording import Recording

MORE_THAN = 10
"""Distributions of fewer people would say little."""
BINS = 25


def negative_shares(population: Population) -> NDArray[np.float64]:
    """Share of evidence against the self, for everyone and averaged over wishes; [n]."""
    against = np.array([population.column(f"negative_evidence_{wish}") for wish in WISHES])
    for_it = np.array([population.column(f"benevolent_evidence_{wish}") for wish in WISHES])
    return (against / (against + for_it)).mean(axis=0)


def plot_distribution(values: NDArray[np.float64], states: NDArray[np.int64], ax: Axes) -> Axes:
    """Draw how many people have which value in [0, 1], in the colours of their self-states.

    Args:
        values: One per person.
        states: Code of each person's self-state.
        ax: Where to draw.
    """
    from matplotlib.ticker import MaxNLocator

    edges = np.linspace(0, 1, BINS + 1)
    bottom = np.zeros(BINS)
    for code, state in enumerate(SELF_STATES):
        count, _ = np.histogram(np.clip(values[states == code], 0, 1), edges)
        ax.bar(
            edges[:-1], count, 1 / BINS, bottom, align="edge", color=STATE_COLOURS[state], edgecolor="white",
            linewidth=0.4,
        )  # fmt: skip
        bottom += count
    middle = float(np.median(values))
    ax.axvline(middle, color=INK, linewidth=1.0, linestyle=(0, (4, 3)))
    ax.annotate(
        f"median {middle:.2f}", (middle, 1), (4, -2), xycoords=("data", "axes fraction"), textcoords="offset points",
        fontsize=7.8, color=SOFT, va="top", ha="left" if middle < 0.7 else "right",
    )  # fmt: skip
    if middle >= 0.7:
        ax.texts[-1].set_position((-4, -2))
    ax.set_xlim(0, 1)
    ax.set_ylim(0, max(float(bottom.max()) * 1.15, 1.0))
    ax.set_ylabel("people")
    ax.yaxis.set_major_locator(MaxNLocator(5, integer=True))
    return tidy(ax)


def plot_share_in_episode(summaries: pd.DataFrame, ax: Axes) -> Axes:
    """Draw the share of people in an episode over time."""
    if "in_episode" not in summaries or summaries.empty:
        return say_missing(ax, "not recorded")
    days = summaries["day"]
    width = bin_for(float(days.iloc[-1]))
    bins = np.ceil(days / width - 1e-9)
    share = 100 * summaries["in_episode"].groupby(bins).mean()
    middle = days.groupby(bins).mean()
    ax.fill_between(middle, 0, share, color="#EFE3CF", linewidth=0)
    ax.plot(middle, share, color="#A8743B", linewidth=1.5)
    ax.set_xlim(0, float(days.iloc[-1]))
    ax.set_ylim(0, max(float(share.max()) * 1.2, 5.0))
    ax.set_ylabel("% of people")
    ax.set_xlabel("days since the start of the run")
    return tidy(ax)


def people_figure(recording: Recording) -> Figure:
    """Return the figure of distributions over everybody."""
    population = recording.population
    states = population.column("self_state").astype(np.int64)
    width, height = 11.0, 8.0
    figure = new_figure(width, height)
    write_heading(
        figure, f"Everybody on day {recording.days:g}",
        f"{population.n_people:,} people, each in the colour of their self-state now.",
    )  # fmt: skip
    state_legend(figure, 0.6, 1.02)
    shown = (
        ("Arousal", "now", population.column("arousal"), "arousal, 0 to 1"),
        ("Dysregulation", "now", population.column("dysregulation"), "dysregulation, 0 to 1"),
        ("Negative self-image", "its share of the evidence", negative_shares(population), "share, 0 to 1"),
    )
    wide, tall = (width - 1.9) / 2, (height - 1.6 - 1.9) / 2
    for i in range(4):
        left = 0.85 + (i % 2) * (wide + 0.75)
        bottom = 0.95 + (1 - i // 2) * (tall + 0.95)
        ax = figure.add_axes((left / width, bottom / height, wide / width, tall / height))
        if i == 3:
            name_panel(plot_share_in_episode(recording.summaries, ax), "In an episode of dysregulation", "on the way")
            continue
        name, explanation, values, unit = shown[i]
        name_panel(plot_distribution(values, states, ax), name, explanation)
        ax.set_xlabel(unit)
    write_footer(figure, about(recording))
    return figure
