"""The picture of a validation: every check on one scale, so that targets and values can be compared at a glance."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from simulation.pictures.style import DPI, FAINT, GRID, HELPFUL, INK, NOTE, RC, SOFT, STRAIN
from simulation.validation.pattern import CheckResult, Verdict

if TYPE_CHECKING:
    from matplotlib.axes import Axes

FAR = 3.0
"""Distances beyond this are drawn at the edge, with an arrow."""


def place(check: CheckResult, value: float) -> float:
    """Where a value is drawn: its target reaches from -1 to 1 (from 0 up, if it has one bound only).

    Outside the target, one unit is what is one tolerance away.
    """
    low, high = check.span
    if low is not None and high is not None:
        middle, half = (low + high) / 2, (high - low) / 2
        return (value - middle) / half if half else 0.0
    bound = low if low is not None else high
    assert bound is not None
    unit = max(abs(bound), 0.2)
    return (value - bound) / unit * (1.0 if low is not None else -1.0)


def plot_checks(verdicts: Sequence[Verdict], ax: Axes) -> Axes:
    """Draw one line per check: the target as a band, the simulated value with its interval, and the number itself."""
    rows = [(verdict, check) for verdict in verdicts for check in verdict.checks]
    ax.set_ylim(len(rows) - 0.4, -0.6)
    ax.set_xlim(-FAR - 0.25, FAR + 0.25)
    seen = None
    for y, (verdict, check) in enumerate(rows):
        two = None not in check.span
        ax.barh(y, 2 if two else FAR, left=-1 if two else 0, height=0.72, color="#E3EEE9", zorder=0)
        at, low, high = (np.clip(place(check, v), -FAR, FAR) for v in (check.value, check.low, check.high))
        colour = HELPFUL if check.met else STRAIN
        ax.plot([low, high], [y, y], color=colour, lw=1.4, alpha=0.55, solid_capstyle="round")
        beyond = abs(place(check, check.value)) > FAR
        ax.plot(at, y, (">" if at > 0 else "<") if beyond else "o", color=colour, ms=4.5, mec="white", mew=0.5)
        ax.text(
            FAR + 1.05,
            y,
            f"{check.value:.3g}" if abs(check.value) >= 0.01 else f"{check.value:.3f}",
            va="center",
            ha="right",
            fontsize=7,
            color=INK,
        )
        ax.text(FAR + 1.25, y, check.target, va="center", fontsize=7, color=SOFT)
        if verdict.id != seen:
            ax.axhline(y - 0.5, color=GRID, lw=0.6, zorder=0)
            weight = "bold" if verdict.hard else "normal"
            ax.text(-FAR - 5.9, y, verdict.id, va="center", fontsize=7.5, weight=weight, color=INK)
            seen = verdict.id
        label = check.name if len(check.name) < 60 else check.name[:58] + "…"
        ax.text(-FAR - 5.3, y, label, va="center", fontsize=7, color=SOFT if check.met else STRAIN)
    ax.axvline(0, color=FAINT, lw=0.6, zorder=0)
    ax.set_yticks([])
    ax.set_xticks([])
    for side in ("left", "right", "top", "bottom"):
        ax.spines[side].set_visible(False)
    return ax


def draw_report(verdicts: Sequence[Verdict], path: Path) -> None:
    """Draw every check and save the picture."""
    import matplotlib

    matplotlib.use("Agg", force=False)
    import matplotlib.pyplot as plt

    count = sum(len(verdict.checks) for verdict in verdicts)
    height = max(0.155 * count + 1.5, 2.5)
    with plt.rc_context(RC):
        figure, ax = plt.subplots(figsize=(9.2, height))
        figure.subplots_adjust(left=0.44, right=0.78, top=1 - 0.95 / height, bottom=0.5 / height)
        plot_checks(verdicts, ax)
        figure.text(
            0.012, 1 - 0.32 / height, "Published patterns and what is simulated", fontsize=12, weight="bold", color=INK
        )
        figure.text(
            0.012, 1 - 0.62 / height,
            "green band: target; dot and line: simulated value and 95 % interval; arrow: further away than shown",
            fontsize=8, color=SOFT,
        )  # fmt: skip
        figure.text(0.848, 1 - 0.84 / height, "value", fontsize=7, color=SOFT, ha="right")
        figure.text(0.862, 1 - 0.84 / height, "target", fontsize=7, color=SOFT)
        unchecked = [v.id for v in verdicts if not v.checks]
        if unchecked:
            told = "not checkable: " + ", ".join(unchecked)
            figure.text(0.012, 0.32 / height, told, fontsize=7.5, color=SOFT)
        figure.text(0.012, 0.14 / height, NOTE, fontsize=7.5, color=SOFT)
        figure.savefig(path, dpi=DPI)
        plt.close(figure)
