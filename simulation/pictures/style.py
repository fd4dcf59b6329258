"""How every picture looks: one palette, one hand for titles, labels, notes and footers.

The colours of the self-states are told apart with normal sight, protanopia, deuteranopia and tritanopia (a test
measures it), and mean the same in every picture.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from simulation.theory.states import SELF_STATES

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.colors import LinearSegmentedColormap
    from matplotlib.figure import Figure

STATE_COLOURS = {
    "regulated": "#D6E4EA",
    "angry": "#D55E00",
    "unworthy": "#5E3C99",
    "fragmented": "#101018",
    "detached": "#7F8F95",
    "soothing": "#F2C230",
}
"""The colour of each self-state, in every picture."""
assert tuple(STATE_COLOURS) == SELF_STATES

FEELING_COLOURS = {
    "anger": STATE_COLOURS["angry"],
    "shame": STATE_COLOURS["unworthy"],
    "sadness": "#56A9DC",
    "pain": STATE_COLOURS["fragmented"],
    "arousal": "#3C7A70",
    "anxiety": "#A8743B",
}
"""A feeling has the colour of the self-state in which it rules, where there is one."""

INK, SOFT, FAINT, GRID = "#22262B", "#5B636B", "#9AA2A9", "#E6E9EC"
PERCEIVED = "#3A4760"
"""What somebody took for rejection, whatever it was."""
TRUST, STRAIN = "#2F6DB5", "#B4482B"
HELPFUL, COSTLY = "#2E8B74", "#7A2E1D"
"""Ways of soothing: without a later cost, and with one."""
DPI = 150
NOTE = "a research and teaching model, not a clinical instrument"

RC: Any = {
    "font.family": "DejaVu Sans",
    "font.size": 9.0,
    "axes.edgecolor": FAINT,
    "axes.linewidth": 0.7,
    "axes.labelcolor": SOFT,
    "text.color": INK,
    "xtick.color": SOFT,
    "ytick.color": SOFT,
    "xtick.labelsize": 8.5,
    "ytick.labelsize": 8.5,
    "legend.frameon": False,
    "legend.fontsize": 8.5,
    "figure.facecolor": "white",
    "savefig.facecolor": "white",
    "path.simplify": True,
}


def new_figure(width: float, height: float) -> Figure:
    """Return an empty figure of so many inches, drawn without a screen and without pyplot's global state."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(width, height), dpi=DPI)
    FigureCanvasAgg(figure)
    return figure


def write_heading(figure: Figure, title: str, subtitle: str = "", left: float = 0.6) -> None:
    """Write a title and a line that says how to read the picture, ``left`` inches from the edge."""
    width, height = figure.get_size_inches()
    figure.text(left / width, 1 - 0.34 / height, title, fontsize=15, fontweight="bold", color=INK, va="center")
    if subtitle:
        figure.text(left / width, 1 - 0.66 / height, subtitle, fontsize=9.2, color=SOFT, va="center")


def write_footer(figure: Figure, about: str, left: float = 0.6) -> None:
    """Write case, seed and what this is, at the foot of the figure."""
    width, height = figure.get_size_inches()
    figure.text(left / width, 0.2 / height, f"{about}  ·  {NOTE}", fontsize=7.5, color=FAINT, va="center")


def tidy(ax: Axes, grid: str = "y") -> Axes:
    """Take away what carries no information; ``grid`` names the axis of the faint grid ("", "x", "y" or "both")."""
    for side in ("top", "right"):
        ax.spines[side].set_visible(False)
    ax.tick_params(length=2.5, width=0.6)
    if ax.get_xlim()[1] > 1.5:  # days
        from matplotlib.ticker import MaxNLocator

        ax.xaxis.set_major_locator(MaxNLocator(9, integer=True, steps=[1, 2, 5, 10]))
    if grid:
        ax.grid(True, axis=grid, color=GRID, linewidth=0.7)  # type: ignore[arg-type]
    ax.set_axisbelow(True)
    return ax


def name_panel(ax: Axes, name: str, explanation: str = "") -> Axes:
    """Write the name of a panel above it, and beside it, softly, what it shows."""
    title = ax.annotate(
        name, (0, 1), (0, 5), xycoords="axes fraction", textcoords="offset points", fontsize=9.6, fontweight="bold",
        color=INK, ha="left", va="bottom",
    )  # fmt: skip
    if explanation:
        ax.annotate(
            explanation, (1, 0), (9, 0), xycoords=title, textcoords="offset points", fontsize=8.3, color=SOFT,
            ha="left", va="bottom",
        )  # fmt: skip
    return ax


def say_missing(ax: Axes, what: str) -> Axes:
    """Say in an otherwise empty panel what there is nothing to show of."""
    ax.text(0.5, 0.5, what, transform=ax.transAxes, ha="center", va="center", color=FAINT, fontsize=9, style="italic")
    ax.set_yticks([])
    for side in ("top", "right", "left"):
        ax.spines[side].set_visible(False)
    return ax


def label_ends(ax: Axes, labels: Iterable[tuple[float, str, str]], size: float = 8.6, gap: float = 1.35) -> Axes:
    """Write (height, text, colour) labels right of the axis, moved apart so that none covers another.

    Args:
        ax: An axis whose limits are final.
        labels: Height in data units, text, colour.
        size: Font size in points.
        gap: Least distance between two labels, in lines.
    """
    low, high = ax.get_ylim()
    inches = ax.get_position().height * ax.figure.get_size_inches()[1]  # type: ignore[union-attr]
    step = gap * size / 72 / max(inches, 0.1) * 1.0
    wanted = sorted(((y - low) / (high - low), text, colour) for y, text, colour in labels)
    for height, (_, text, colour) in zip(spread([w[0] for w in wanted], step), wanted, strict=True):
        ax.annotate(
            text, (1, height), (6, 0), xycoords="axes fraction", textcoords="offset points", fontsize=size,
            color=colour, va="center", ha="left", annotation_clip=False,
        )  # fmt: skip
    return ax


def spread(heights: Sequence[float], step: float) -> list[float]:
    """Move sorted heights as little as needed so that neighbours are at least ``step`` apart; keep them in [0, 1].

    Where they do not all fit, the upper ones keep their distance and the lower ones reach below 0.
    """
    groups: list[list[float]] = []  # [sum of wanted middles, count]
    for height in heights:
        groups.append([height, 1.0])
        while len(groups) > 1:
            (before, n), (after, m) = groups[-2], groups[-1]
            if before / n + (n + m) / 2 * step <= after / m:
                break
            groups[-2:] = [[before + after, n + m]]
    placed: list[float] = []
    for total, count in groups:
        placed += [total / count + (i - (count - 1) / 2) * step for i in range(int(count))]
    for i in range(len(placed)):
        placed[i] = max(placed[i], 0.0 if i == 0 else placed[i - 1] + step)
    for i in reversed(range(len(placed))):
        placed[i] = min(placed[i], 1.0 if i == len(placed) - 1 else placed[i + 1] - step)
    return placed


def state_legend(figure: Figure, left: float, top: float, states: Sequence[str] = SELF_STATES) -> None:
    """Draw one row of self-state colours, ``left`` and ``top`` in inches from the upper left corner."""
    from matplotlib.patches import Rectangle

    width, height = figure.get_size_inches()
    x = left
    for state in states:
        box = Rectangle(
            (x / width, 1 - (top + 0.07) / height), 0.19 / width, 0.14 / height, transform=figure.transFigure,
            facecolor=STATE_COLOURS[state], edgecolor="none",
        )  # fmt: skip
        figure.add_artist(box)
        figure.text((x + 0.26) / width, 1 - top / height, state, fontsize=8.6, color=SOFT, va="center")
        x += 0.26 + 0.085 * len(state) + 0.28


def ramp(*colours: str) -> LinearSegmentedColormap:
    """Return a colour map through the given colours."""
    from matplotlib.colors import LinearSegmentedColormap

    return LinearSegmentedColormap.from_list("ramp", list(colours))


def valence_map() -> LinearSegmentedColormap:
    """From unfriendly (-1) over neutral to friendly (+1); blue and orange keep apart for every kind of sight."""
    return ramp("#9A2D04", "#D9703A", "#C9CDD1", "#7FA3CF", "#1F4E8C")


def strength_map() -> LinearSegmentedColormap:
    """From hardly active to fully active."""
    return ramp("#EEF0F1", "#F3D58A", "#E08A2E", "#A93A12", "#5A1408")


def in_words(name: str) -> str:
    """A name of the theory as it is written in a picture."""
    return {"self_harm": "self-harm"}.get(name, name.replace("_", " "))


def shortened(text: str, most: int) -> str:
    """Cut a text at the end of a word so that it has at most so many characters."""
    text = " ".join(text.split())
    if len(text) <= most:
        return text
    cut = text[: most - 1]
    space = cut.rfind(" ")
    cut = cut[:space] if space >= most // 3 else cut
    words = cut.split(" ")
    while len(words) > 2 and words[-1].strip(",;:").lower() in _WEAK:
        words.pop()
    return " ".join(words).rstrip(" ,;:") + "…"


_WEAK = {"a", "an", "the", "to", "of", "and", "with", "in", "on", "at", "for", "from", "who", "that", "she", "he", "is"}


def halo(width: float = 2.2) -> list[Any]:
    """Path effects that keep a text readable on top of lines."""
    from matplotlib.patheffects import withStroke

    return [withStroke(linewidth=width, foreground="white")]
