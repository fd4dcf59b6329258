"""Contacts between two people at their true times: an arrow for every act and every reply."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from simulation.measures.causes import PERCEPTS
from simulation.pictures.reading import REJECTION
from simulation.pictures.style import INK, PERCEIVED, SOFT, spread, tidy, valence_map
from simulation.theory.exchange import REPLIES, REPLY_VALENCE
from simulation.theory.mastery import ACT_AFFILIATION
from simulation.theory.states import ACTS

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from simulation.pictures.chain import Step

AFFILIATION = {**dict(zip(REPLIES, REPLY_VALENCE, strict=True)), **dict(zip(ACTS, ACT_AFFILIATION, strict=True))}
"""How friendly each behaviour is, from -1 to 1, as the theory places it on the circumplex."""


def behaviour_colour(what: str) -> str:
    """Colour of an act or reply by how friendly it is."""
    from matplotlib.colors import to_hex

    return to_hex(valence_map()((AFFILIATION[what] / 0.85 + 1) / 2))


def plot_contacts(
    events: pd.DataFrame, person: str, other: str, ax: Axes, dt: float, steps: Sequence[Step] = ()
) -> Axes:
    """Draw what two people did toward each other, one line of life above the other.

    Args:
        events: Events with ``day`` in the middle of their tick.
        person: Whose line is above.
        other: Whose line is below.
        ax: Where to draw; its limits in time should be set.
        dt: Length of a tick in days.
        steps: A chain whose steps get their numbers.
    """
    pair = {person, other}
    own = events[events["person"].isin(pair) & events["other"].isin(pair)]
    behaviours = own[own["kind"].isin(["act", "reply"])]
    percept = own[own["kind"].isin(PERCEPTS)].drop_duplicates("cause").set_index("cause")["perceived"]
    at = _spread_in_ticks(behaviours, dt)
    numbers = _numbers(behaviours, steps)
    low, high = ax.get_xlim()
    ax.hlines([0, 1], low, high, color=SOFT, linewidth=0.9)
    for number, who, what, x in zip(behaviours["id"], behaviours["person"], behaviours["what"], at, strict=True):
        start, end = (1.0, 0.0) if who == person else (0.0, 1.0)
        value = percept.get(number)
        ax.annotate(
            "", (x, end + 0.06 * np.sign(start - end)), (x, start),
            arrowprops={
                "arrowstyle": "-|>,head_width=0.14,head_length=0.22", "color": behaviour_colour(str(what)),
                "linewidth": 1.3, "shrinkA": 0, "shrinkB": 0, "mutation_scale": 9,
                "linestyle": (0, (2, 1.5)) if value is None else "-",
            },
        )  # fmt: skip
        if value is not None and value <= REJECTION:
            size = 14 + 46 * min(abs(float(value)), 1.0)
            ax.scatter([x], [1.16 if end else -0.16], marker="v", s=size, color=PERCEIVED, linewidth=0, zorder=4)
    where = [(float(x), numbers[i]) for i, x in zip(behaviours["id"], at, strict=True) if i in numbers]
    _draw_numbers(sorted(where), ax)
    ax.set_ylim(-0.42, 2.05)
    ax.set_yticks([0, 1], [other, person], fontsize=9)
    tidy(ax, "")
    ax.tick_params(axis="y", length=0)
    ax.spines["left"].set_visible(False)
    return ax


def _draw_numbers(where: Sequence[tuple[float, int]], ax: Axes) -> None:
    """Draw the numbers of a chain's steps in a row above, each with a line to its arrow, none on another."""
    low, high = ax.get_xlim()
    inches = ax.get_position().width * ax.figure.get_size_inches()[0]  # type: ignore[union-attr]
    placed = spread([(x - low) / (high - low) for x, _ in where], 0.2 / inches)
    for share, (x, number) in zip(placed, where, strict=True):
        at = low + share * (high - low)
        ax.plot([at, x, x], [1.72, 1.4, 1.0], color=INK, linewidth=0.6, zorder=3)
        ax.text(
            at, 1.78, str(number), fontsize=7.4, fontweight="bold", color="white", ha="center", va="center", zorder=6,
            bbox={"boxstyle": "circle,pad=0.2", "facecolor": INK, "edgecolor": "white", "linewidth": 0.8},
        )  # fmt: skip


def _spread_in_ticks(behaviours: pd.DataFrame, dt: float) -> np.ndarray:
    """Put the behaviours of one tick side by side, in the order in which they happened."""
    ticks = behaviours["tick"].to_numpy()
    if not len(ticks):
        return np.zeros(0)
    rank = behaviours.groupby("tick").cumcount().to_numpy()
    count = behaviours.groupby("tick")["id"].transform("size").to_numpy()
    return (ticks + (rank + 0.5) / np.maximum(count, 2)) * dt


def _numbers(behaviours: pd.DataFrame, steps: Sequence[Step]) -> dict[int, int]:
    """Number of the step that each behaviour of a chain is."""
    found: dict[int, int] = {}
    for number, step in enumerate(steps, 1):
        same = behaviours[
            (behaviours["tick"] == step.tick)
            & (behaviours["person"] == step.person)
            & (behaviours["what"] == step.what)
            & ((behaviours["kind"] == "reply") == step.reply)
        ]
        free = [int(i) for i in same["id"] if int(i) not in found]
        if free:
            found[free[0]] = number
    return found
