"""A causal chain between two people as a ladder: who did what, what it was taken for, and what it did."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import fill
from typing import TYPE_CHECKING

from simulation.pictures.chain import MOST_STEPS
from simulation.pictures.contact import behaviour_colour
from simulation.pictures.reading import REJECTION
from simulation.pictures.style import COSTLY, FAINT, FEELING_COLOURS, INK, SOFT, STATE_COLOURS, in_words
from simulation.theory.states import SELF_STATES

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from simulation.pictures.chain import Step

WORDS = {
    "warm_contact": "is warm",
    "ordinary_contact": "gets in touch",
    "calm_request": "asks calmly",
    "relational_test": "tests the other",
    "clinging": "clings",
    "seduction": "tries to charm",
    "angry_demand": "demands angrily",
    "attack": "attacks",
    "withdrawal": "withdraws",
    "warmth": "answers warmly",
    "neutral": "answers neutrally",
    "unavailable": "puts the other off",
    "pulling_back": "pulls back",
    "criticism": "criticises",
    "rejection": "rejects",
}
BARS = ("anger", "shame", "pain")
TOP, BOTTOM = 1.0, 0.0


def plot_ladder(steps: Sequence[Step], person: str, other: str, ax: Axes, dt: float, course: pd.DataFrame) -> Axes:
    """Draw a chain of causes between two people.

    Args:
        steps: The chain.
        person: Whose line is above.
        other: Whose line is below.
        ax: Where to draw; about twelve inches wide.
        dt: Length of a tick in days.
        course: Samples of the person above, for the small bars and the colour of the self-state.
    """
    from matplotlib.patches import FancyBboxPatch

    ax.set_xlim(-0.85, max(len(steps), MOST_STEPS) + 0.1)
    ax.set_ylim(-0.8, 2.75)
    ax.axis("off")
    ax.hlines([TOP, BOTTOM], -0.35, len(steps) + 0.05, color=FAINT, linewidth=0.9)
    for y, name in ((TOP, person), (BOTTOM, other)):
        ax.text(-0.42, y, fill(name, 12), ha="right", va="center", fontsize=9.6, fontweight="bold", color=INK)
    for i, step in enumerate(steps):
        x = i + 0.35
        up = step.person != person
        start, end = (BOTTOM, TOP) if up else (TOP, BOTTOM)
        colour = behaviour_colour(step.what)
        reached = step.heard is not None
        ax.annotate(
            "", (x, end), (x, start),
            arrowprops={
                "arrowstyle": "-|>,head_width=0.3,head_length=0.5", "color": colour, "linewidth": 2.4, "shrinkA": 0,
                "shrinkB": 2, "mutation_scale": 13, "linestyle": "-" if reached and not step.busy else (0, (2, 1.2)),
            },
        )  # fmt: skip
        ax.text(
            x, 0.5, str(i + 1), fontsize=8.4, fontweight="bold", color="white", ha="center", va="center", zorder=5,
            bbox={"boxstyle": "circle,pad=0.25", "facecolor": INK, "edgecolor": "white", "linewidth": 1.0},
        )  # fmt: skip
        day = step.tick * dt
        words = "is busy, no answer" if step.busy else WORDS[step.what]
        ax.text(x + 0.17, 0.62, fill(words, 12), fontsize=8.3, color=INK, ha="left", va="bottom", linespacing=1.1)
        ax.text(x + 0.17, 0.4, f"day {day:.1f}", fontsize=7.2, color=SOFT, ha="left", va="top")
        text = _taken(step)
        face = "#F4F5F6"
        y, height = (TOP + 0.08, 0.62) if up else (BOTTOM - 0.7, 0.62)
        if not reached and not up:
            text, face = "does not notice", "white"
        box = FancyBboxPatch(
            (x - 0.3, y), 0.92, height, boxstyle="round,pad=0,rounding_size=0.06", facecolor=face, edgecolor=FAINT,
            linewidth=0.8, linestyle="-" if reached else ":",
        )  # fmt: skip
        ax.add_patch(box)
        ax.text(x + 0.16, y + height / 2, text, fontsize=7.9, color=INK, ha="center", va="center", linespacing=1.2)
        if up:
            _feelings(ax, x, step, course)
    return ax


def _taken(step: Step) -> str:
    """What a behaviour was taken for, in few words."""
    if step.heard is None:
        return ""
    if step.heard <= REJECTION:
        words = "takes it for rejection"
    elif step.heard < 0.25:
        words = "cannot read it clearly"
    else:
        words = "takes it as friendly"
    lines = [fill(words, 13) + f" ({step.heard:+.2f})".replace("-", "−")]
    if step.felt:
        lines.append(fill(f"feels {step.felt}", 14))
    return "\n".join(lines)


def _feelings(ax: Axes, x: float, step: Step, course: pd.DataFrame) -> None:
    """After a percept: the self-state, small bars of anger, shame and pain, and what was done alone."""
    from matplotlib.patches import Rectangle

    at = course[course["tick"] >= step.tick]
    if at.empty:
        return
    now = at.iloc[0]
    y = TOP + 0.8
    rows = [name for name in BARS if name in course]
    for row, name in enumerate(reversed(rows)):
        bottom = y + 0.15 * row
        ax.add_patch(Rectangle((x - 0.3, bottom), 0.5, 0.1, facecolor="#ECEEF0", linewidth=0))
        width = 0.5 * float(now[name])
        ax.add_patch(Rectangle((x - 0.3, bottom), width, 0.1, facecolor=FEELING_COLOURS[name], linewidth=0))
        ax.text(x + 0.24, bottom + 0.045, name, fontsize=7.2, color=SOFT, va="center")
    y += 0.15 * len(rows) + 0.04
    if "self_state" in course:
        state = SELF_STATES[int(now["self_state"])]
        ax.add_patch(Rectangle((x - 0.3, y), 0.13, 0.13, facecolor=STATE_COLOURS[state], linewidth=0))
        ax.text(x - 0.12, y + 0.06, state, fontsize=8.2, fontweight="bold", color=INK, va="center")
        y += 0.2
    if step.then:
        what = " and ".join(dict.fromkeys(in_words(name) for name, _ in step.then))
        ax.text(
            x - 0.3, y + 0.04, fill(f"then {what}; pain left {step.then[-1][1]:.2f}", 20), fontsize=7.6, color=COSTLY,
            ha="left", va="bottom", style="italic", linespacing=1.1,
        )  # fmt: skip
