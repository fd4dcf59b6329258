"""wheel.png: the interaction of psychopathological domains (Figure 1 of Salvatore et al. 2020), as active as it was."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from simulation.pictures.reading import about
from simulation.pictures.style import (
    FAINT,
    HELPFUL,
    INK,
    SOFT,
    STATE_COLOURS,
    new_figure,
    strength_map,
    write_footer,
    write_heading,
)
from simulation.pictures.wheel_activity import cut_arrows, station_activity

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.patches import Patch

    from simulation.recording.recording import Recording

CUT = "#A3162B"


@dataclass(frozen=True)
class Station:
    """A box of the wheel: where, what it is called, and what it is."""

    x: float
    y: float
    title: str
    text: str


@dataclass(frozen=True)
class Arrow:
    """An arrow of the wheel: the gain that stands for it, from where to where, how bent, and what it does."""

    gain: str
    source: str
    target: str
    bend: float
    verb: str
    inner: bool = False
    shift: tuple[float, float] = (0.0, 0.0)


BOXES = {
    "event": Station(0.0, 4.55, "Interpersonal event", "a response that is,\nor looks like, rejection"),
    "wish": Station(3.55, 3.75, "Wish", "to be loved, valued,\nfree, included"),
    "self_image": Station(4.9, 1.35, "Painful self-image", "and the response\nof the other it predicts"),
    "emotions": Station(4.9, -1.35, "Negative emotions", "anxiety, anger, shame,\nsadness; high arousal"),
    "metacognition": Station(3.75, -3.75, "Metacognition fails", "feelings can no longer\nbe reflected upon"),
    "black_hole": Station(0.2, -4.65, "“Black hole”", "re-inhabited trauma,\nfragmentation, pain"),
    "dissociation": Station(-3.35, -5.15, "Dissociation", "less information\nis let in"),
    "personal": Station(-0.9, -1.55, "Soothing alone", "rumination, binge eating,\nalcohol, self-harm"),
    "interpersonal": Station(-4.9, -2.9, "Strategies with others", "tests, clinging, charm,\nangry demands, attacks"),
    "felt": Station(-4.9, -0.15, "What others feel", "overwhelmed, criticised,\nconfused, worried"),
    "response": Station(-4.1, 2.75, "What others answer", "pull back, criticise,\nreject"),
}
ARROWS = (
    Arrow("wish_activation", "event", "wish", -0.12, "activates", shift=(0.1, 0.33)),
    Arrow("schema_activation", "wish", "self_image", -0.15, "calls up", shift=(0.32, 0.1)),
    Arrow("emotional_response", "self_image", "emotions", -0.12, "evokes", shift=(0.32, 0.0)),
    Arrow("metacognitive_collapse", "emotions", "metacognition", -0.15, "overwhelm", shift=(0.5, -0.05)),
    Arrow("fragmentation", "metacognition", "black_hole", -0.12, "cannot hold together", shift=(0.15, -0.28)),
    Arrow("dissociation_response", "black_hole", "dissociation", -0.1, "muted by", shift=(0.05, -0.25)),
    Arrow("personal_strategies", "black_hole", "personal", -0.1, "soothed by", shift=(-0.42, 0.1)),
    Arrow("interpersonal_strategies", "black_hole", "interpersonal", -0.12, "reaches out by", shift=(0.35, 0.3)),
    Arrow("felt_reactions", "interpersonal", "felt", -0.1, "land on", shift=(-0.35, 0.0)),
    Arrow("others_rejection", "felt", "response", -0.1, "answered by", shift=(-0.55, 0.05)),
    Arrow("biased_perception", "response", "event", -0.15, "perceived,\nthrough the schema, as", shift=(-0.75, 0.3)),
    Arrow("negative_expectation", "self_image", "event", -0.16, "predicts", True, (0.0, 0.0)),
    Arrow("schema_learning", "event", "self_image", 0.38, "confirms", True, (0.0, -0.02)),
    Arrow("arousal_response", "event", "emotions", 0.3, "arouses", True, (-0.1, -0.1)),
    Arrow("trauma_reactivation", "self_image", "black_hole", 0.1, "re-activates trauma", True, (-0.2, -1.3)),
    Arrow("rumination_response", "emotions", "personal", 0.2, "turned over and over", True, (0.1, 0.0)),
    Arrow("later_cost", "personal", "emotions", 0.2, "later shame", True, (-0.9, -0.05)),
    Arrow("momentary_relief", "personal", "black_hole", -0.35, "relief", True, (0.32, -0.3)),
    Arrow("relationship_strain", "felt", "response", 0.45, "strains", True, (0.35, 0.0)),
    Arrow("arousal_contagion", "felt", "emotions", -0.13, "catches", True, (-1.6, 0.0)),
)
NOTES = (
    ("impulsivity_effect", -2.15, -2.55, "impulsivity:\nlittle foresight", ("personal", "interpersonal")),
    ("poor_decentring", -2.75, -1.0, "others’ minds\nhard to read", ("interpersonal",)),
    ("habit_formation", 0.92, -2.6, "relief makes\nhabits", ("personal",)),
)
"""What co-determines the strategies: gain, place, words, and which stations it bears upon."""
HALF_WIDTH, HALF_HEIGHT = 1.12, 0.62


def plot_wheel(
    activity: Mapping[str, float | None], ax: Axes, last_day: Mapping[str, float | None] | None = None,
    cut: Collection[str] = (),
) -> Axes:  # fmt: skip
    """Draw the wheel of domains, each arrow as wide and dark as its two ends were active (geometric mean).

    Args:
        activity: How active each station was, from 0 to 1, or None; see ``station_activity``.
        ax: Where to draw; at least ten inches square.
        last_day: The same for the last day, as a second gauge.
        cut: Gains of arrows that are cut.
    """
    ax.set_xlim(-6.3, 6.3)
    ax.set_ylim(-6.0, 5.4)
    ax.set_aspect("equal")
    ax.axis("off")
    patches = {name: _box(name, activity.get(name), (last_day or {}).get(name), ax) for name in BOXES}
    for arrow in ARROWS:
        _arrow(arrow, activity, patches, arrow.gain in cut, ax)
    for gain, x, y, words, targets in NOTES:
        ax.text(
            x, y, words, fontsize=7.6, color=FAINT if gain in cut else SOFT, ha="center", va="center", style="italic",
            linespacing=1.15, zorder=4,
            bbox={"boxstyle": "round,pad=0.3", "facecolor": "white", "edgecolor": FAINT, "linewidth": 0.7,
                  "linestyle": ":"},
        )  # fmt: skip
        if gain in cut:
            _slashes(np.array([x, y]), np.array([1.0, 0.0]), ax)
        for target in targets:
            _thin(x, y, target, patches[target], gain in cut, ax)
    return ax


def _box(name: str, level: float | None, today: float | None, ax: Axes) -> Patch:
    """Draw one station with its gauges and return its outline, to which arrows are clipped."""
    from matplotlib.patches import Circle, FancyBboxPatch, Rectangle

    station = BOXES[name]
    x, y = station.x, station.y
    dark = name == "black_hole"
    patch: Patch
    if dark:
        patch = Circle((x, y), 1.12, facecolor=STATE_COLOURS["fragmented"], edgecolor="white", linewidth=1.5, zorder=3)
    else:
        patch = FancyBboxPatch(
            (x - HALF_WIDTH, y - HALF_HEIGHT), 2 * HALF_WIDTH, 2 * HALF_HEIGHT,
            boxstyle="round,pad=0,rounding_size=0.16", facecolor="white", edgecolor=INK, linewidth=1.0, zorder=3,
        )  # fmt: skip
    ax.add_patch(patch)
    ink, soft = ("white", "#C9CDD1") if dark else (INK, SOFT)
    ax.text(x, y + 0.37, station.title, fontsize=9.4, fontweight="bold", color=ink, ha="center", va="center", zorder=5)
    ax.text(x, y + 0.02, station.text, fontsize=7.7, color=soft, ha="center", va="center", zorder=5, linespacing=1.1)
    width = 0.62
    for side, value, word in ((-1, level, "run"), (1, today, "last day")):
        left = x + (-0.92 if side < 0 else 0.16) * (0.82 if dark else 1.0)
        bottom = y - 0.4
        ground = "#3A3D47" if dark else "#E4E7EA"
        ax.add_patch(Rectangle((left, bottom), width, 0.1, facecolor=ground, linewidth=0, zorder=5))
        if value is not None:
            shade = strength_map()(value)
            ax.add_patch(Rectangle((left, bottom), width * value, 0.1, facecolor=shade, linewidth=0, zorder=5.1))
        text = f"{word} {value:.2f}" if value is not None else f"{word} –"
        ax.text(left + width / 2, bottom - 0.09, text, fontsize=6.3, color=soft, ha="center", va="center", zorder=5)
    return patch


def _arrow(
    arrow: Arrow, activity: Mapping[str, float | None], patches: Mapping[str, Patch], is_cut: bool, ax: Axes
) -> None:
    from matplotlib.patches import FancyArrowPatch

    a, b = BOXES[arrow.source], BOXES[arrow.target]
    ends = [activity.get(arrow.source), activity.get(arrow.target)]
    known = [e for e in ends if e is not None]
    level = float(np.sqrt(np.prod(known))) if len(known) == 2 else 0.0
    width = (0.8 + 2.6 * level) if arrow.inner else (1.2 + 6.8 * level)
    colour = HELPFUL if arrow.gain == "momentary_relief" else strength_map()(0.12 + 0.88 * level)
    patch = FancyArrowPatch(
        (a.x, a.y), (b.x, b.y), patchA=patches[arrow.source], patchB=patches[arrow.target],
        connectionstyle=f"arc3,rad={arrow.bend}", shrinkA=3, shrinkB=3,
        arrowstyle=f"-|>,head_length={0.42 if arrow.inner else 0.5},head_width={0.2 if arrow.inner else 0.26}",
        mutation_scale=11 + (4 if arrow.inner else 13) * level, linewidth=1.0 if is_cut else width,
        color="#C6CBD0" if is_cut else colour, capstyle="butt", joinstyle="miter",
        linestyle=(0, (2, 2)) if is_cut or arrow.gain == "momentary_relief" else "solid",
        zorder=1.5 if arrow.inner else 2,
    )  # fmt: skip
    ax.add_patch(patch)
    dx, dy = b.x - a.x, b.y - a.y
    x = (a.x + b.x) / 2 + arrow.bend * dy / 2
    y = (a.y + b.y) / 2 - arrow.bend * dx / 2
    ax.text(
        x + arrow.shift[0], y + arrow.shift[1], arrow.verb, fontsize=7.3 if arrow.inner else 8.2, style="italic",
        color="#B4BABF" if is_cut else (HELPFUL if arrow.gain == "momentary_relief" else SOFT), ha="center",
        va="center", linespacing=1.1, zorder=4,
        bbox={"boxstyle": "round,pad=0.12", "facecolor": "white", "edgecolor": "none"},
    )  # fmt: skip
    if is_cut:
        _slashes(np.array([x, y]), np.array([dx, dy]), ax)


def _slashes(middle: NDArray[np.float64], along: NDArray[np.float64], ax: Axes) -> None:
    """Draw two strokes across a cut arrow, or across a note without effect."""
    along = along / max(float(np.hypot(*along)), 1e-9)
    slash = np.array([along[1], -along[0]]) * 0.17 + along * 0.09
    for gap in (-0.07, 0.07):
        at = middle + along * gap
        ax.plot(*np.stack([at - slash, at + slash]).T, color=CUT, linewidth=2.0, zorder=4.5)


def _thin(x: float, y: float, target: str, patch: Patch, is_cut: bool, ax: Axes) -> None:
    """Draw a faint dotted arrow from a note to the station it bears upon."""
    from matplotlib.patches import FancyArrowPatch

    ax.add_patch(
        FancyArrowPatch(
            (x, y), (BOXES[target].x, BOXES[target].y), patchB=patch, shrinkA=16, shrinkB=2, arrowstyle="-|>",
            mutation_scale=7, linewidth=0.7, color="#D9DDE0" if is_cut else FAINT, linestyle=(0, (2, 2)), zorder=1.2,
        )
    )  # fmt: skip


def wheel_figure(recording: Recording, person: str) -> Figure:
    """Return the figure of one watched person's wheel."""
    run = station_activity(recording, person, 0.0, recording.days)
    today = station_activity(recording, person, max(recording.days - 1.0, 0.0), recording.days)
    cut = cut_arrows(recording, person)
    width, height = 12.0, 12.3
    figure = new_figure(width, height)
    write_heading(
        figure, f"The wheel: how the domains act on one another in {person}",
        "Each arrow is as wide and as dark as its two ends were active over the run (geometric mean)."
        + (" Slashes: arrows cut in this run." if cut else ""),
    )  # fmt: skip
    ax = figure.add_axes((0.01, 0.4 / height, 0.98, 1 - 1.25 / height))
    plot_wheel(run, ax, today, cut)
    _key(ax, person)
    write_footer(figure, about(recording) + "  ·  after Salvatore et al. 2020, Figure 1")
    return figure


def _key(ax: Axes, person: str) -> None:
    """Draw what the colours of arrows and gauges mean, in the middle of the wheel."""
    shades = strength_map()(np.linspace(0, 1, 100))
    ax.text(-1.55, 2.35, person, fontsize=12.5, fontweight="bold", color=INK, ha="center", va="center")
    for i in range(100):
        left = -2.55 + 2.0 * i / 100
        ax.fill_between([left, left + 0.021], 1.88, 1.99, color=shades[i], linewidth=0)
    ax.text(-2.55, 1.74, "hardly active", fontsize=7, color=SOFT, ha="left", va="center")
    ax.text(-0.55, 1.74, "fully", fontsize=7, color=SOFT, ha="right", va="center")
