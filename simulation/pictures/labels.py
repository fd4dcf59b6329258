"""Dated life events as labels above the time axis: shortened, staggered, none covering another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulation.pictures.style import FAINT, INK, SOFT, shortened, tidy

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from simulation.recording.recording import Recording

MOST_ROWS = 8
SIZE = 7.9
MARGIN = 1.2
"""How far, in inches, a label may reach beyond the right end of the axis."""
PER_CHARACTER = 0.56
"""Mean width of a character of the label font, in font sizes."""


@dataclass(frozen=True)
class DatedLabel:
    """One label: when, what, in which row above the axis, and whether its text ends at its day."""

    day: float
    text: str
    row: int
    ends_here: bool


def dated_events(recording: Recording) -> list[tuple[float, str]]:
    """(day, text) of the life events that fell into the run; those of one day are named together."""
    by_day: dict[float, list[str]] = {}
    for happening in recording.happened:
        by_day.setdefault(float(happening.event.day), []).append(happening.event.label)
    more = {day: f" (+{len(texts) - 1} more)" if len(texts) > 1 else "" for day, texts in by_day.items()}
    return [(day, texts[0] + more[day]) for day, texts in by_day.items()]


def arrange(events: Sequence[tuple[float, str]], low: float, high: float, inches: float) -> list[DatedLabel]:
    """Give every label a row and a side so that no label covers another or the line leading to another.

    Args:
        events: Day and text, in order of days.
        low, high: Limits of the time axis, in days.
        inches: Width of the time axis.
    """
    per_inch = (high - low) / max(inches, 0.1)
    most = 54 if len(events) <= 6 else 40
    while True:
        placed = _arranged(events, low, high, per_inch, most)
        if most <= 14 or max((label.row for label in placed), default=0) < MOST_ROWS:
            return placed
        most -= 6


def _arranged(
    events: Sequence[tuple[float, str]], low: float, high: float, per_inch: float, most: int
) -> list[DatedLabel]:
    """Place from the last event to the first, each in the lowest row that is free: a staircase, where it is crowded."""
    placed: list[tuple[float, float, DatedLabel]] = []
    gap = 0.08 * per_inch
    per_character = PER_CHARACTER * SIZE / 72 * per_inch
    for day, text in reversed(events):
        more = text[text.rindex(" (+") :] if text.endswith(" more)") else ""
        room = int((high + MARGIN * per_inch - day - gap) / per_character) - len(more)
        full = shortened(text.removesuffix(more), most)
        cut = shortened(full, max(min(most, room), 8)) + more
        full += more
        # right of its day if it fits or has to; left of it if nothing is in the way there
        choices = [(cut, False, day + gap, day + gap + len(cut) * per_character)]
        if cut != full and day - gap - len(full) * per_character >= low:
            choices.insert(0, (full, True, day - gap - len(full) * per_character, day - gap))
        above = max((label.row for _, _, label in placed), default=-1) + 1
        free = [
            (chosen, ends_here, left, right, row)
            for chosen, ends_here, left, right in choices
            for row in range(above + 1)
            if not (ends_here and any(left < other < day for other, _ in events))
            and not any(_clash(day, left, right, row, a, b, label, gap) for a, b, label in placed)
        ]
        chosen, ends_here, left, right, row = free[0] if free else (*choices[-1], above)
        placed.append((left, right, DatedLabel(day, chosen, row, ends_here)))
    return [label for _, _, label in reversed(placed)]


def _clash(day: float, left: float, right: float, row: int, a: float, b: float, label: DatedLabel, gap: float) -> bool:
    """Whether a new label (left to right, in a row, led to from its day) gets into the way of one that is placed."""
    if row == label.row:
        return left < b + gap and a < right + gap
    if row > label.row:
        return a - gap < day < b + gap
    return left - gap < label.day < right + gap


def rows_needed(labels: Sequence[DatedLabel]) -> int:
    """How many rows of text the labels take."""
    return max((label.row for label in labels), default=-1) + 1


def plot_dated_labels(labels: Sequence[DatedLabel], ax: Axes) -> Axes:
    """Draw labels with their leading lines above a time axis whose limits are set."""
    rows = max(rows_needed(labels), 1)
    ax.set_ylim(0, rows)
    for label in labels:
        ax.plot([label.day] * 2, [0, label.row + 0.62], color=FAINT, linewidth=0.7, clip_on=False)
        ax.plot([label.day], [label.row + 0.62], marker="o", markersize=2.4, color=INK, clip_on=False)
        ax.annotate(
            label.text, (label.day, label.row + 0.6), (-5 if label.ends_here else 5, 0), textcoords="offset points",
            ha="right" if label.ends_here else "left", va="center", fontsize=SIZE, color=SOFT, annotation_clip=False,
        )  # fmt: skip
    tidy(ax, "")
    ax.axis("off")
    return ax
