"""One person's course: each function draws one panel from a table of samples or events, and gives the axis back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from simulation.pictures.reading import COSTLY_STRATEGIES, bin_for, smoothed
from simulation.pictures.style import (
    COSTLY,
    FAINT,
    FEELING_COLOURS,
    HELPFUL,
    INK,
    SOFT,
    STATE_COLOURS,
    STRAIN,
    TRUST,
    in_words,
    label_ends,
    say_missing,
    tidy,
)
from simulation.theory.states import PERSONAL_STRATEGIES, SELF_STATES

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

RIBBON_CELLS = 1200
"""With more samples than this a ribbon would flicker; then shares of time are drawn."""
RIBBON_BINS = 240
WISH = "attachment"
EVIDENCE = "evidence against"
IMAGE_COLOURS = {"negative_self": STATE_COLOURS["unworthy"], "benevolent_self": "#C98A1B", EVIDENCE: SOFT}


def plot_self_states(course: pd.DataFrame, ax: Axes) -> Axes:
    """Draw the self-states of one person: a ribbon, or for a long run the share of time spent in each.

    Args:
        course: Samples with ``day`` and ``self_state``.
        ax: Where to draw.
    """
    if "self_state" not in course or course.empty:
        return say_missing(ax, "self-states were not recorded")
    days = course["day"].to_numpy()
    codes = course["self_state"].to_numpy().astype(int)
    width = float(days[1] - days[0]) if len(days) > 1 else float(days[0])
    if len(days) <= RIBBON_CELLS:
        change = np.flatnonzero(np.diff(codes)) + 1
        starts = np.concatenate([[0], change])
        stops = np.concatenate([change, [len(codes)]])
        for first, last in zip(starts, stops, strict=True):
            left, right = days[first] - width, days[last - 1]
            ax.axvspan(left, right, color=STATE_COLOURS[SELF_STATES[codes[first]]], linewidth=0)
        ax.set_ylim(0, 1)
        ax.set_yticks([])
    else:
        bin_days = max(np.ceil(float(days[-1]) / RIBBON_BINS), 1.0)
        bins = np.ceil(days / bin_days - 1e-9).astype(int) - 1
        counts = np.bincount(bins)
        bottom = np.zeros(len(counts))
        middle = (np.arange(len(counts)) + 0.5) * bin_days
        for code, state in enumerate(SELF_STATES):
            share = np.bincount(bins[codes == code], minlength=len(counts)) / np.maximum(counts, 1)
            ax.bar(middle, share, bin_days * 1.01, bottom, color=STATE_COLOURS[state], linewidth=0)
            bottom += share
        ax.set_ylim(0, 1)
        ax.set_yticks([0, 0.5, 1], ["0", "50", "100 %"])
    tidy(ax, "")
    ax.spines["left"].set_visible(False)
    return ax


def plot_lines(
    course: pd.DataFrame, colours: Mapping[str, str], ax: Axes, labels: Mapping[str, str] | None = None
) -> Axes:
    """Draw quantities of one person as averaged lines with a light band from the 10th to the 90th percentile.

    Args:
        course: Samples with ``day`` and the quantities.
        colours: Colour by quantity; those that were not recorded are left out.
        ax: Where to draw.
        labels: What to call a quantity at the end of its line, where not by its name.
    """
    there = [name for name in colours if name in course and not course.empty]
    if not there:
        return say_missing(ax, f"not recorded: {', '.join(name.replace('_', ' ') for name in colours)}")
    bin_days = bin_for(float(course["day"].iloc[-1] - course["day"].iloc[0]))
    ends = []
    for name in there:
        table = smoothed(course, name, bin_days)
        if bin_days > 0.2 and name != EVIDENCE:
            ax.fill_between(table["day"], table["low"], table["high"], color=colours[name], alpha=0.10, linewidth=0)
        style = {"linewidth": 1.1, "linestyle": (0, (3, 2))} if name == EVIDENCE else {"linewidth": 1.5}
        ax.plot(table["day"], table["mean"], color=colours[name], **style)
        ends.append((float(table["mean"].iloc[-1]), (labels or {}).get(name, in_words(name)), colours[name]))
    ax.set_ylim(0, 1)
    ax.set_yticks([0, 0.5, 1], ["0", ".5", "1"])
    tidy(ax)
    return label_ends(ax, ends)


def plot_feelings(course: pd.DataFrame, ax: Axes) -> Axes:
    """Draw anger, shame, sadness and pain of one person."""
    return plot_lines(course, {n: FEELING_COLOURS[n] for n in ("sadness", "shame", "pain", "anger")}, ax)


def plot_arousal(course: pd.DataFrame, ax: Axes) -> Axes:
    """Draw arousal of one person and, dashed, the window of tolerance above which metacognition fails, as it moves."""
    plot_lines(course, {"arousal": FEELING_COLOURS["arousal"]}, ax)
    if "window_of_tolerance" in course and "arousal" in course:
        ax.plot(course["day"], course["window_of_tolerance"], color=INK, linewidth=0.8, linestyle=(0, (4, 3)))
    return ax


def plot_self_images(course: pd.DataFrame, ax: Axes) -> Axes:
    """Draw both self-images as they are active, and (dashed) the share of evidence against the self."""
    against, for_it = f"negative_evidence_{WISH}", f"benevolent_evidence_{WISH}"
    if against in course and for_it in course:
        course = course.assign(**{EVIDENCE: course[against] / (course[against] + course[for_it])})
    return plot_lines(course, IMAGE_COLOURS, ax, {"negative_self": "negative", "benevolent_self": "benevolent"})


def plot_coping(coping: pd.DataFrame, ax: Axes) -> Axes:
    """Draw when one person soothed, one row per strategy used; at the right, how often.

    Args:
        coping: Events of kind ``coping``, with ``day`` and ``what``.
        ax: Where to draw; its limits in time should be set.
    """
    used = [name for name in PERSONAL_STRATEGIES if (coping["what"] == name).any()]
    if not used:
        return say_missing(ax, "no soothing alone in this time")
    low, high = ax.get_xlim()
    for row, name in enumerate(reversed(used)):
        days = coping.loc[coping["what"] == name, "day"].to_numpy()
        crowd = len(days) / max(high - low, 1e-9) * 30
        colour = COSTLY if name in COSTLY_STRATEGIES else HELPFUL
        ax.vlines(days, row - 0.34, row + 0.34, color=colour, linewidth=1.2, alpha=0.9 if crowd < 30 else 0.45)
        ax.annotate(
            f"{len(days)}×", (1, row), (6, 0), xycoords=("axes fraction", "data"), textcoords="offset points",
            fontsize=8.2, color=colour, va="center", annotation_clip=False,
        )  # fmt: skip
    ax.set_yticks(range(len(used)), [in_words(name) for name in reversed(used)])
    for label, name in zip(ax.get_yticklabels(), reversed(used), strict=True):
        label.set_color(COSTLY if name in COSTLY_STRATEGIES else HELPFUL)
    ax.set_ylim(-0.6, len(used) - 0.4)
    tidy(ax, "")
    ax.tick_params(axis="y", length=0)
    ax.spines["left"].set_visible(False)
    return ax


def plot_tie(tie: pd.DataFrame, ax: Axes) -> Axes:
    """Draw trust and strain that one person holds toward another; grey where they are out of contact.

    Args:
        tie: Samples of one directed tie with ``day``, ``trust``, ``strain`` and, if recorded, ``alive``.
        ax: Where to draw.
    """
    if tie.empty or "trust" not in tie or "strain" not in tie:
        return say_missing(ax, "the tie was not recorded")
    days = tie["day"].to_numpy()
    ax.fill_between(days, 0, tie["strain"], color=STRAIN, alpha=0.22, linewidth=0)
    ax.plot(days, tie["strain"], color=STRAIN, linewidth=1.1)
    ax.plot(days, tie["trust"], color=TRUST, linewidth=1.5)
    if "alive" in tie:
        apart = tie["alive"].to_numpy() < 0.5
        step = float(days[1] - days[0]) if len(days) > 1 else 1.0
        for first, last in _runs(apart):
            ax.axvspan(days[first] - step, days[last], facecolor="#E3E6E8", edgecolor="none", zorder=0.5)
    ax.set_ylim(0, 1)
    ax.set_yticks([0, 0.5, 1], ["0", ".5", "1"])
    tidy(ax)
    ends = [(float(tie["trust"].iloc[-1]), "trust", TRUST), (float(tie["strain"].iloc[-1]), "strain", STRAIN)]
    return label_ends(ax, ends)


TREATMENT_ROWS: tuple[tuple[str, dict[str, str]], ...] = (
    ("rupture, repair", {"alliance_rupture": COSTLY, "alliance_repair": HELPFUL}),
    ("crisis calls", {"crisis_call": HELPFUL, "unanswered_call": COSTLY}),
    ("change", {}),
    ("regulation", {}),
    ("relationship", {}),
    ("formulation", {}),
    ("missed", {"missed_session": COSTLY}),
    ("left early", {"drop_out": COSTLY}),
)  # fmt: skip
"""Rows of the picture from below, with the kinds of events in each by colour; sessions stand in those without."""
COUNTED_APART = {"alliance_repair": "mended", "unanswered_call": "not"}
"""Kinds that are counted beside the others of their row, and the word behind the count."""
SESSION_ROWS = {
    "formulation": "formulation", "episodes": "formulation", "contract": "formulation", "validation": "relationship",
    "metacommunication": "relationship", "repair": "relationship", "transference_exploration": "relationship",
    "coregulation": "regulation", "autonomous_regulation": "regulation", "differentiation": "change",
    "experiments": "change", "healthy_self": "change", "decentring": "change", "mentalising_questions": "change",
}  # fmt: skip
"""Under which heading the picture shows what a session was mainly given to; anything else is "change"."""


def plot_treatment(events: pd.DataFrame, ax: Axes) -> Axes:
    """Draw every session of one person by what it was mainly given to, missed ones, calls, ruptures and repairs.

    Args:
        events: Of the patient, with ``day``, ``kind`` and ``what``.
        ax: Where to draw; its limits in time should be set.
    """
    held = events[events["kind"] == "session"]
    given = held["what"].astype(str).map(lambda what: SESSION_ROWS.get(what, "change"))
    rows = [row for row in TREATMENT_ROWS if (given == row[0]).any() or events["kind"].isin(list(row[1])).any()]
    for y, (name, kinds) in enumerate(rows):
        own = held.loc[given == name, "day"].to_numpy() if not kinds else np.zeros(0)
        ax.vlines(own, y - 0.34, y + 0.34, color=INK, linewidth=1.1, alpha=0.75)
        for kind, colour in kinds.items():
            days = events.loc[events["kind"] == kind, "day"].to_numpy()
            ax.vlines(days, y - 0.34, y + 0.34, color=colour, linewidth=1.3)
        ax.annotate(
            row_count(events, kinds) if kinds else f"{len(own)}×", (1, y), (6, 0),
            xycoords=("axes fraction", "data"), textcoords="offset points",
            fontsize=8.2, color=INK, va="center", annotation_clip=False,
        )  # fmt: skip
    ax.set_yticks(range(len(rows)), [name for name, _ in rows])
    ax.set_ylim(-0.6, max(len(rows), 1) - 0.4)
    tidy(ax, "")
    ax.tick_params(axis="y", length=0)
    ax.spines["left"].set_visible(False)
    return ax


def row_count(events: pd.DataFrame, kinds: Iterable[str]) -> str:
    """How often the kinds of events of one row happened, as it stands at its end: "7×, 2 not"."""
    number = {kind: int((events["kind"] == kind).sum()) for kind in kinds}
    main = sum(n for kind, n in number.items() if kind not in COUNTED_APART)
    return ", ".join([f"{main}×", *(f"{n} {COUNTED_APART[k]}" for k, n in number.items() if n and k in COUNTED_APART)])


def treatment_rows(events: pd.DataFrame) -> int:
    """How many rows `plot_treatment` needs for the events of one person; 0 without treatment."""
    what = events.loc[events["kind"] == "session", "what"].astype(str)
    kinds = set(events["kind"].astype(str))
    return len({SESSION_ROWS.get(w, "change") for w in what}) + sum(bool(kinds & set(r[1])) for r in TREATMENT_ROWS)


def mark_days(days: Sequence[float], ax: Axes) -> Axes:
    """Draw thin vertical lines at dated life events."""
    for day in days:
        ax.axvline(day, color=FAINT, linewidth=0.7, linestyle=(0, (1.5, 2)), zorder=0.6)
    return ax


def _runs(flags: np.ndarray) -> list[tuple[int, int]]:
    """First and last index of every run of True."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], flags, [False]]).astype(int)))
    return [(int(a), int(b) - 1) for a, b in zip(edges[::2], edges[1::2], strict=True)]
