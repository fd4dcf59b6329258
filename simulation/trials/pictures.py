"""Pictures of a trial: the course of every outcome by arm, and staying in treatment."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, NamedTuple

from simulation.trials.run import TrialResult
from simulation.trials.settings import sizes
from simulation.trials.spec import OUTCOMES

if TYPE_CHECKING:
    from matplotlib.figure import Figure

COLOURS = ("#2E6F9E", "#C4622D", "#2E8B74", "#7A4E9E", "#8A8A2A", "#B03A5B", "#4F5B66", "#1F9AA8")
WIDTH, LEFT, WIDEST = 9.0, 0.8, 6.2
"""Inches: of a picture, left of its panels, of a panel."""
SIZE = 8.6
"""Points: the names of arms beside a panel."""
LINE = 28
"""Characters of an arm's name that stand on one line beside a panel."""
TITLE = 64
"""Characters of a title that fit into a picture."""


class Names(NamedTuple):
    """The names of the arms as they stand beside a panel.

    Attributes:
        by_arm: On as many lines as needed.
        gap: Least distance between two of them, in lines.
        wide, high: Inches that a panel may be wide, and that they need in height.
    """

    by_arm: dict[str, str]
    gap: float
    wide: float
    high: float


def names_beside(arms: list[str]) -> Names:
    """Break the names of arms into lines, and measure what room they need."""
    from matplotlib.textpath import TextPath

    by_arm = {arm: "\n".join(textwrap.wrap(arm, LINE)) for arm in arms}
    lines = [line for name in by_arm.values() for line in name.split("\n")]
    needed = max(TextPath((0, 0), line, size=SIZE).get_extents().width for line in lines) / 72 + 0.2
    gap = 0.15 + 1.2 * max(name.count("\n") + 1 for name in by_arm.values())
    return Names(by_arm, gap, min(WIDEST, WIDTH - LEFT - needed), len(arms) * gap * SIZE / 72)


def course_figure(result: TrialResult) -> Figure:
    """Mean of every outcome over time by arm, with the 95 % interval of the mean."""
    from simulation.pictures.style import (
        label_ends,
        name_panel,
        new_figure,
        shortened,
        tidy,
        write_footer,
        write_heading,
    )  # fmt: skip

    spec = result.spec
    many = len(spec.outcomes)
    names = names_beside([arm.called for arm in spec.arms])
    panel = max(1.3, names.high)
    height = 1.5 + (panel + 0.45) * many
    figure = new_figure(WIDTH, height)
    title = shortened(spec.title or spec.name, TITLE)
    write_heading(figure, title, "Means of all who were assessed; bands: 95 % interval of the mean.")
    for i, outcome in enumerate(spec.outcomes):
        top = 1.15 + (panel + 0.45) * i
        ax = figure.add_axes((LEFT / WIDTH, 1 - (top + panel) / height, names.wide / WIDTH, panel / height))
        ends = []
        for a, arm in enumerate(spec.arms):
            own = result.table[(result.table["arm"] == arm.called) & result.table["assessed"]].groupby("day")[outcome]
            mean, error = own.mean(), 1.96 * own.std() / own.count() ** 0.5
            colour = COLOURS[a % len(COLOURS)]
            ax.fill_between(mean.index, mean - error, mean + error, color=colour, alpha=0.13, linewidth=0)
            ax.plot(mean.index, mean, color=colour, linewidth=1.6, marker="o", markersize=3)
            ends.append((float(mean.iloc[-1]), names.by_arm[arm.called], colour))
        ax.set_xlim(0, max(spec.points))
        name_panel(tidy(ax), OUTCOMES[outcome])
        label_ends(ax, ends, SIZE, names.gap)
        if i == many - 1:
            ax.set_xlabel("days since the start of treatment")
        else:
            ax.tick_params(axis="x", labelbottom=False)
    write_footer(figure, _about(result))
    return figure


def staying_figure(result: TrialResult) -> Figure:
    """Kaplan-Meier curves of staying in treatment."""
    from simulation.pictures.style import label_ends, new_figure, say_missing, tidy, write_footer, write_heading

    spec = result.spec
    names = names_beside(list(result.drop_out) or [arm.called for arm in spec.arms])
    panel = max(2.5, names.high)
    height = 1.7 + panel
    figure = new_figure(WIDTH, height)
    write_heading(figure, "Staying in treatment", "Kaplan–Meier; bands: 95 % interval.")
    ax = figure.add_axes((LEFT / WIDTH, 0.75 / height, names.wide / WIDTH, panel / height))
    if not result.drop_out:
        say_missing(ax, "nobody was in treatment")
    ends = []
    for i, (arm, curve) in enumerate(result.drop_out.items()):
        colour = COLOURS[i % len(COLOURS)]
        days = [*curve["days"], spec.points[-1]]
        staying, low, high = ([*curve[key], curve[key][-1]] for key in ("staying", "low", "high"))
        ax.step(days, staying, where="post", color=colour, linewidth=1.6)
        ax.fill_between(days, low, high, step="post", color=colour, alpha=0.12, linewidth=0)
        ends.append((staying[-1], names.by_arm[arm], colour))
    ax.set_xlim(0, spec.points[-1])
    ax.set_ylim(0, 1.02)
    ax.set_xlabel("days since the start of treatment")
    label_ends(tidy(ax), ends, SIZE, names.gap)
    write_footer(figure, _about(result))
    return figure


def _about(result: TrialResult) -> str:
    return f"trial {result.spec.name}  ·  seed {result.spec.seed}  ·  {sizes(result.flow, result.spec)}"
