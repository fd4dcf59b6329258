"""timeline.png: one person's course, panel under panel, sharing time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulation.pictures.courses import (
    RIBBON_CELLS,
    mark_days,
    plot_arousal,
    plot_coping,
    plot_feelings,
    plot_self_images,
    plot_self_states,
    plot_tie,
    plot_treatment,
    treatment_rows,
)
from simulation.pictures.labels import arrange, dated_events, plot_dated_labels, rows_needed
from simulation.pictures.reading import (
    TREATMENT_EVENTS,
    about,
    bin_for,
    course_of,
    events_at,
    important_others,
    ties_of,
)
from simulation.pictures.style import name_panel, new_figure, say_missing, state_legend, write_footer, write_heading

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from simulation.recording.recording import Recording

WIDTH, LEFT, RIGHT = 11.0, 1.4, 1.4
"""Width of the figure, and the margins left and right of the panels, in inches."""
GAP = 0.36


def timeline_figure(recording: Recording, person: str) -> Figure:
    """Return the figure of one watched person's course."""
    course = course_of(recording, person)
    events = events_at(recording)
    coping = events[(events["person"] == person) & (events["kind"] == "coping")]
    treated = events[(events["person"] == person) & events["kind"].isin(TREATMENT_EVENTS)]
    others = list(dict.fromkeys([*important_others(recording, person), *treated["other"].unique()]))
    held = ties_of(recording, person)
    life = dated_events(recording)
    labels = arrange(life, 0, recording.days, WIDTH - LEFT - RIGHT)

    strategies = max(coping["what"].nunique(), 1)
    heights = {
        "life": 0.2 * rows_needed(labels) if labels else 0.0,
        "states": 0.45 if len(course) <= RIBBON_CELLS else 0.7,
        "arousal": 1.1,
        "feelings": 1.45,
        "images": 1.2,
        "coping": 0.17 * strategies + 0.08,
        "treatment": 0.17 * treatment_rows(treated) + 0.08 if treatment_rows(treated) else 0.0,
        **{f"tie {i}": 0.72 for i in range(max(len(others), 1))},
    }
    top = 1.3 if labels else 1.55
    total = (
        top
        + sum(heights.values())
        + GAP * (sum(h > 0 for h in heights.values()) - 1 + (not labels))
        - (0.3 if labels else GAP)
        + 0.85
    )
    figure = new_figure(WIDTH, total)
    write_heading(
        figure, f"The course of {person}",
        _averaged(recording.days) + (" Dotted lines: dated events of the case." if life else ""),
    )  # fmt: skip
    state_legend(figure, 0.6, 1.02)
    panels = _stack(figure, heights, top, total)

    for name, ax in panels.items():
        ax.set_xlim(0, recording.days)
        if name != "life":
            mark_days([day for day, _ in life], ax)
    if labels:
        plot_dated_labels(labels, panels["life"])
    plot_self_states(course, panels["states"])
    if not labels:
        name_panel(panels["states"], "Self-states", "share of time" if len(course) > RIBBON_CELLS else "")
    plot_arousal(course, panels["arousal"])
    name_panel(panels["arousal"], "Arousal", "dashed: window of tolerance, above which metacognition fails")
    name_panel(plot_feelings(course, panels["feelings"]), "Feelings", "0 absent, 1 as strong as can be")
    name_panel(
        plot_self_images(course, panels["images"]), "Self-images",
        "how active each is; dashed: share of the evidence that speaks against the self",
    )  # fmt: skip
    name_panel(plot_coping(coping, panels["coping"]), "Soothing alone", "brown: with a later cost; green: without")
    if "treatment" in panels:
        name_panel(
            plot_treatment(treated, panels["treatment"]),
            "Treatment",
            "sessions by what they were mainly given to; green: answered, mended; brown: not answered, rupture, missed",
        )
    for i in range(max(len(others), 1)):
        ax = panels[f"tie {i}"]
        if not others:
            say_missing(ax, "no ties were recorded")
            continue
        plot_tie(held[held["other"] == others[i]], ax)
        name_panel(ax, f"Toward {others[i]}", "strain (shaded) and trust; grey: out of contact")
    last = list(panels.values())[-1]
    for ax in panels.values():
        ax.set_xlim(0, recording.days)
        ax.tick_params(axis="x", labelbottom=ax is last)
    last.set_xlabel("days since the start of the run")
    write_footer(figure, about(recording))
    return figure


def _averaged(days: float) -> str:
    width = bin_for(days)
    short = {1.0: "daily means", 0.5: "half-day means"}
    what = f"means of {width:g} days" if width > 1 else short.get(width, "samples")
    return f"Lines are {what}" + (", bands run from the 10th to the 90th percentile." if width > 0.2 else ".")


def _stack(figure: Figure, heights: dict[str, float], top: float, total: float) -> dict[str, Axes]:
    """Axes under one another, of the given heights in inches."""
    panels: dict[str, Axes] = {}
    y = top
    for name, height in heights.items():
        if height <= 0:
            continue
        box = (LEFT / WIDTH, 1 - (y + height) / total, (WIDTH - LEFT - RIGHT) / WIDTH, height / total)
        panels[name] = figure.add_axes(box)
        y += height + (0.06 if name == "life" else GAP)
    return panels
