"""network.png: everybody at the end of the run."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simulation.pictures.people_graph import DrawnNetwork, drawn_network
from simulation.pictures.reading import about, focal_name
from simulation.pictures.style import (
    FAINT,
    INK,
    SOFT,
    STATE_COLOURS,
    halo,
    new_figure,
    ramp,
    state_legend,
    write_footer,
    write_heading,
)
from simulation.theory.states import SELF_STATES

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.colors import LinearSegmentedColormap
    from matplotlib.figure import Figure

    from simulation.population.population import Population
    from simulation.recording.recording import Recording

NAMES_UP_TO = 40
MARGIN = 0.16
RUPTURED, UNMET = (0, (2.2, 1.8)), (0, (0.8, 2.2))
SMALLEST, LARGEST = 70, 520
"""Area of a person without dysregulation, and what full dysregulation adds, in square points for a small network."""


def _shrinkage(people: int) -> float:
    """How much smaller to draw everything because there are many people."""
    return max(1.0, (people / 30) ** 0.45)


def strain_map() -> LinearSegmentedColormap:
    """From an easy relationship to a worn one."""
    return ramp("#D5D9DC", "#D9A441", "#B4482B", "#6B1D12")


def plot_network(population: Population, drawn: DrawnNetwork, ax: Axes, focal: str | None = None) -> Axes:
    """Draw people coloured by self-state, larger when dysregulated; ties wide when close, dark when worn.

    Args:
        population: People and ties as they are now.
        drawn: Whom to draw and where; see ``drawn_network``.
        ax: Where to draw.
        focal: Name of the person with a ring.
    """
    from matplotlib.collections import LineCollection

    n = len(drawn.people)
    small = _shrinkage(n)
    strain = population.tie_column("strain")
    bond = population.tie_column("bond")
    alive = population.tie_column("alive")
    ruptured = population.tie_column("ruptured")
    worn = (strain[drawn.forth] + strain[drawn.back]) / 2
    close = (bond[drawn.forth] + bond[drawn.back]) / 2
    broken = (ruptured[drawn.forth] > 0.5) | (ruptured[drawn.back] > 0.5)
    together = (alive[drawn.forth] > 0.5) & (alive[drawn.back] > 0.5) & ~broken
    lines = np.stack([drawn.places[drawn.first], drawn.places[drawn.second]], axis=1)
    colours = strain_map()(worn)
    order = np.argsort(worn, kind="stable")
    unmet = ~together & ~broken
    width = np.maximum((0.5 + 4.2 * close) / small, 0.25)
    for chosen, style, zorder in ((together, "solid", 1.2), (broken, RUPTURED, 1.4), (unmet, UNMET, 1.0)):
        which = order[chosen[order]]
        faint = style is UNMET
        ax.add_collection(
            LineCollection(
                list(lines[which]), colors=[FAINT] * len(which) if faint else colours[which],
                linewidths=max(0.8 / small, 0.25) if faint else width[which], linestyles=[style],
                alpha=0.95 if n <= 200 else 0.6, zorder=zorder, capstyle="butt",
            )
        )  # fmt: skip
    state = population.column("self_state").astype(int)[drawn.people]
    level = population.column("dysregulation")[drawn.people]
    sizes = (SMALLEST + LARGEST * np.clip(level, 0, 1)) / small**1.55
    face = [STATE_COLOURS[SELF_STATES[s]] for s in state]
    x, y = drawn.places.T
    ax.scatter(x, y, s=sizes, c=face, edgecolors=INK, linewidths=0.9 / small**0.6, zorder=3)
    names = [population.name(int(p)) for p in drawn.people]
    if focal in names:
        at = names.index(focal)
        sizes = sizes.copy()
        sizes[at] += 190 / small  # names keep clear of the ring
        ax.scatter(x[at], y[at], s=sizes[at], facecolors="none", edgecolors=INK, linewidths=1.6, zorder=3.2)
    ax.set_xlim(-1.18, 1.18)
    ax.set_ylim(float(drawn.places[:, 1].min()) - MARGIN, float(drawn.places[:, 1].max()) + MARGIN)
    ax.axis("off")
    if n <= NAMES_UP_TO:
        _write_names(names, drawn, sizes, ax)
    return ax


def _write_names(names: list[str], drawn: DrawnNetwork, sizes: np.ndarray, ax: Axes) -> None:
    """Write names beside people, on the side where least is in the way."""
    box = ax.get_position()
    inches = np.array(ax.figure.get_size_inches()) * [box.width, box.height]  # type: ignore[union-attr]
    span = np.array([np.ptp(ax.get_xlim()), np.ptp(ax.get_ylim())])
    per_point = span / inches / 72
    size = 9.0 if len(names) <= 15 else 8.0
    radius = np.sqrt(sizes) / 2
    taken: list[tuple[float, float, float, float]] = []
    for place, r in zip(drawn.places, radius, strict=True):
        reach = r * per_point
        taken.append((place[0] - reach[0], place[1] - reach[1], place[0] + reach[0], place[1] + reach[1]))
    middles = np.concatenate(
        [drawn.places[drawn.first] * (1 - t) + drawn.places[drawn.second] * t for t in np.linspace(0.08, 0.92, 15)]
    ) if len(drawn.first) else np.zeros((0, 2))  # fmt: skip
    for i in np.argsort(-radius, kind="stable"):
        x, y = drawn.places[i]
        width, height = np.array([len(names[i]) * 0.6 * size, 1.15 * size]) * per_point
        away = (radius[i] + 3.5) * per_point
        choices: list[tuple[float, int, float, float, tuple[float, float, float, float]]] = []
        for dx, dy in ((0, -1), (0, 1), (1, 0), (-1, 0), (0.75, 0.75), (-0.75, 0.75), (0.75, -0.75), (-0.75, -0.75)):
            cx = x + dx * (away[0] + width / 2)
            cy = y + dy * (away[1] + height / 2)
            rect = (cx - width / 2, cy - height / 2, cx + width / 2, cy + height / 2)
            crossing = ((middles >= rect[:2]) & (middles <= rect[2:])).all(axis=1).sum()
            outside = rect[0] < ax.get_xlim()[0] or rect[2] > ax.get_xlim()[1]
            covered = sum(_overlap(rect, other) for j, other in enumerate(taken) if j != i)
            choices.append((60.0 * covered + crossing + 90.0 * outside, len(choices), cx, cy, rect))
        _, _, cx, cy, rect = min(choices)
        taken.append(rect)
        ax.text(cx, cy, names[i], fontsize=size, color=INK, ha="center", va="center", zorder=5, path_effects=halo(2.6))


def _overlap(a: tuple[float, float, float, float], b: tuple[float, float, float, float]) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def plot_network_key(people: int, ax: Axes) -> Axes:
    """Draw what sizes, widths, colours and dashes of a network of so many people mean."""
    small = _shrinkage(people)
    ax.set_xlim(0, 10)
    ax.set_ylim(0, 1)
    ax.axis("off")
    ax.text(0, 0.86, "dysregulation", fontsize=8.2, color=SOFT, va="center")
    for x, level in ((0.25, 0.0), (0.75, 0.5), (1.4, 1.0)):
        size = (SMALLEST + LARGEST * level) / small**1.55
        ax.scatter([x], [0.38], s=size, facecolor="#C9CFD4", edgecolor=INK, linewidth=0.7)
        ax.text(x, -0.02, f"{level:g}", fontsize=7.6, color=SOFT, ha="center", va="center")
    ax.text(2.4, 0.86, "bond", fontsize=8.2, color=SOFT, va="center")
    for row, bond in enumerate((0.2, 0.6, 1.0)):
        y, width = 0.6 - 0.26 * row, max((0.5 + 4.2 * bond) / small, 0.25)
        ax.plot([2.4, 3.2], [y, y], color=FAINT, linewidth=width, solid_capstyle="butt")
        ax.text(3.3, y, f"{bond:g}", fontsize=7.6, color=SOFT, va="center")
    ax.text(4.3, 0.86, "strain", fontsize=8.2, color=SOFT, va="center")
    shades = strain_map()(np.linspace(0, 1, 120))
    ax.imshow(shades[None], extent=(4.3, 6.1, 0.3, 0.55), aspect="auto", interpolation="bilinear")
    for x, text in ((4.3, "0"), (6.1, "1")):
        ax.text(x, 0.12, text, fontsize=7.6, color=SOFT, ha="center", va="center")
    for row, (style, text) in enumerate(((RUPTURED, "ruptured"), (UNMET, "not in contact (yet)"))):
        y = 0.66 - 0.32 * row
        ax.plot([7.0, 7.8], [y, y], color="#B4482B" if not row else FAINT, linewidth=1.8, linestyle=style)
        ax.text(7.95, y, text, fontsize=8.2, color=SOFT, va="center")
    ax.set_xlim(0, 10)
    ax.set_ylim(-0.1, 1)
    return ax


def network_figure(recording: Recording) -> Figure:
    """Return the figure of the network at the end of a run."""
    population = recording.population
    seed = int(getattr(recording.case, "seed", 0) or 0)
    start = recording.watched[0] if recording.watched else 0
    drawn = drawn_network(population, start, seed)
    width = 10.0
    tall = (np.ptp(drawn.places[:, 1]) + 2 * MARGIN) / 2.36 * 0.92 * width
    height = max(tall, 1.6) + 1.25 + 1.45
    figure = new_figure(width, height)
    shown = len(drawn.people)
    whom = f"{shown:,} people" if shown > 1 else "one person"
    if shown < drawn.of_all:
        codes = population.column("self_state").astype(int)
        shares = np.bincount(codes, minlength=len(SELF_STATES)) / len(codes)
        calm = f"of all, {shares[0]:.0%} are regulated"
        whom = f"{shown:,} of {drawn.of_all:,} people, those nearest to {population.name(start)} ({calm})"
    write_heading(figure, f"The network on day {recording.days:g}", f"{whom}. Colour: self-state now.")
    state_legend(figure, 0.6, 1.0)
    ax = figure.add_axes((0.04, 1.45 / height, 0.92, 1 - (1.25 + 1.45) / height))
    plot_network(population, drawn, ax, focal_name(recording))
    plot_network_key(shown, figure.add_axes((0.6 / width, 0.5 / height, 8.8 / width, 0.8 / height)))
    write_footer(figure, about(recording))
    return figure
