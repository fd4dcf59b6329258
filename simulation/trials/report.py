"""What a trial found, in words, tables and pictures."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulation.measures.change import CLASSES
from simulation.trials.analyse import NORMS, alliance_outcome, log_rank, needed_n
from simulation.trials.run import TrialResult
from simulation.trials.spec import OUTCOMES

if TYPE_CHECKING:
    from matplotlib.figure import Figure

NOTE = (
    "A research and teaching model, not a clinical instrument: nothing here evaluates a real therapy or a real person."
)
COLOURS = ("#2E6F9E", "#C4622D", "#2E8B74", "#7A4E9E", "#8A8A2A", "#B03A5B", "#4F5B66", "#1F9AA8")


def write_report(result: TrialResult, folder: Path) -> list[Path]:
    """Write `report.md`, the tables, the trial itself and pictures into an existing folder; return the files."""
    spec = result.spec
    names = ("report.md", "effects.csv", "classes.csv", "flow.csv", "patients.parquet", "trial.json", "course.png")
    files = [folder / name for name in (*names, "staying.png")]
    files[0].write_text(told(result), encoding="utf-8")
    result.effects.round(4).to_csv(files[1], index=False)
    result.classes.round(4).to_csv(files[2], index=False)
    result.flow.round(2).to_csv(files[3], index=False)
    result.table.to_parquet(files[4], compression="zstd")
    files[5].write_text(json.dumps(spec.model_dump(), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    import matplotlib

    from simulation.pictures.style import DPI, RC

    with matplotlib.rc_context(RC):
        course_figure(result).savefig(files[6], dpi=DPI, metadata={"Software": None})
        staying_figure(result).savefig(files[7], dpi=DPI, metadata={"Software": None})
    return files


def told(result: TrialResult) -> str:
    """The report of a trial, in markdown."""
    spec = result.spec
    reference = spec.arms[-1].called
    primary = spec.outcomes[0]
    mode = (
        "The same virtual patients, with the same luck, are in every arm (common random numbers)"
        if spec.mode == "same"
        else "Each patient is in one arm (parallel groups)"
    )
    parts = [f"# {spec.title or spec.name}", f"*{NOTE}*"]
    if spec.question:
        parts.append(f"**Question.** {spec.question}")
    parts.append(
        f"Cohort `{spec.cohort}`, {spec.n} patients per arm, seed {spec.seed}. {mode}. Effects are Hedges' g against "
        f"`{reference}` with a 95 % interval; below 0 the arm has the lower score. Everyone allocated and assessed "
        "counts."
    )
    parts.append("## " + OUTCOMES[primary] + ", the primary outcome")
    parts += [_sentence(result, arm.called, primary) for arm in spec.arms[:-1]]
    parts.append(f"To see a difference of {spec.smallest_effect:g} SD, the smallest of interest, takes "
                 f"{needed_n(spec.smallest_effect)} patients per arm (two-sided, power 80 %).")  # fmt: skip
    parts.append("## Effects")
    for outcome in spec.outcomes:
        parts.append(f"### {OUTCOMES[outcome]}\n\n{_effects(result, outcome)}")
    parts.append("## Reliable and clinically significant change at the end\n\n" + _classes(result))
    parts.append("## Staying in treatment\n\n" + _drop_out(result))
    parts.append("## Flow of patients\n\n" + _flow(result))
    parts.append(f"*Simulated in {result.seconds:.0f} s.*")
    return "\n\n".join(parts) + "\n"


def _sentence(result: TrialResult, arm: str, outcome: str) -> str:
    g, low, high = result.effect(outcome, arm)
    reference = result.spec.arms[-1].called
    if low <= 0 <= high:
        verdict = "no difference can be told from chance"
    else:
        lower = (g < 0) != (outcome == "metacognition")
        verdict = f"`{arm}` does {'better' if lower else 'worse'}"
    return f"`{arm}` against `{reference}` at day {result.spec.points[-1]:g}: g = {_g(g, low, high)}; {verdict}."


def _g(g: float, low: float, high: float) -> str:
    return f"{g:.2f} [{low:.2f}, {high:.2f}]".replace("-", "−")


def _table(headings: list[str], rows: list[list[Any]]) -> str:
    lines = ["| " + " | ".join(headings) + " |", "|" + "---|" * len(headings)]
    lines += ["| " + " | ".join(str(cell) for cell in row) + " |" for row in rows]
    return "\n".join(lines)


def _effects(result: TrialResult, outcome: str) -> str:
    effects: Any = result.effects[result.effects["outcome"] == outcome]
    rows = [
        [f"{r.day:g}", r.arm, f"{r.mean:.2f} ({r.change:+.2f})".replace("-", "−"),
         f"{r.mean_reference:.2f} ({r.change_reference:+.2f})".replace("-", "−"), _g(r.g, r.low, r.high), r.n]
        for r in effects.itertuples()
    ]  # fmt: skip
    return _table(["day", "arm", "mean (change)", f"{result.spec.arms[-1].called} (change)", "g [95 %]", "n"], rows)


def _classes(result: TrialResult) -> str:
    classes: Any = result.classes
    rows = [[r.outcome.upper(), r.arm, *(f"{getattr(r, name):.0%}" for name in CLASSES)] for r in classes.itertuples()]
    note = f"Jacobson & Truax 1991, cut-off c; norms of {' and '.join(NORMS)} in `simulation/trials/analyse.py`."
    return _table(["scale", "arm", *CLASSES], rows) + "\n\n" + note


def _drop_out(result: TrialResult) -> str:
    if not result.drop_out:
        return "Nobody was in treatment."
    spec = result.spec
    rows = []
    for arm, curve in result.drop_out.items():
        r = alliance_outcome(result.table, spec, arm, spec.outcomes[0])
        share = f"{curve['share']:.0%} [{curve['share_low']:.0%}, {curve['share_high']:.0%}]"
        told_r = "–" if math.isnan(r) else f"{r:.2f}".replace("-", "−")
        rows.append([arm, f"{curve['left']} of {curve['n']}", share, told_r])
    text = _table(["arm", "left", "share (Kaplan–Meier)", "early alliance × outcome, r"], rows)
    arms = list(result.drop_out)
    if len(arms) > 1:
        tests = [f"{a} against {arms[-1]}: {_p(log_rank(result.table, spec, a, arms[-1]))}" for a in arms[:-1]]
        text += "\n\nLog-rank tests: " + "; ".join(tests) + "."
    return text


def _p(p: float) -> str:
    return "not defined" if math.isnan(p) else "p < 0.001" if p < 0.001 else f"p = {p:.3f}"


def _flow(result: TrialResult) -> str:
    columns = list(result.flow.columns)
    rows = [
        [f"{value:.1f}" if isinstance(value, float) else value for value in row]
        for row in result.flow.itertuples(index=False)
    ]
    return _table([c.replace("_", " ") for c in columns], rows)


def course_figure(result: TrialResult) -> Figure:
    """Mean of every outcome over time by arm, with the 95 % interval of the mean."""
    from simulation.pictures.style import label_ends, name_panel, new_figure, tidy, write_footer, write_heading

    spec = result.spec
    many = len(spec.outcomes)
    height = 1.5 + 1.75 * many
    figure = new_figure(9.0, height)
    write_heading(figure, spec.title or spec.name, "Means of all who were assessed; bands: 95 % interval of the mean.")
    for i, outcome in enumerate(spec.outcomes):
        top = 1.15 + 1.75 * i
        ax = figure.add_axes((0.8 / 9, 1 - (top + 1.3) / height, 6.2 / 9, 1.3 / height))
        ends = []
        for a, arm in enumerate(spec.arms):
            own = result.table[(result.table["arm"] == arm.called) & result.table["assessed"]].groupby("day")[outcome]
            mean, error = own.mean(), 1.96 * own.std() / own.count() ** 0.5
            colour = COLOURS[a % len(COLOURS)]
            ax.fill_between(mean.index, mean - error, mean + error, color=colour, alpha=0.13, linewidth=0)
            ax.plot(mean.index, mean, color=colour, linewidth=1.6, marker="o", markersize=3)
            ends.append((float(mean.iloc[-1]), arm.called, colour))
        ax.set_xlim(0, max(spec.points))
        name_panel(tidy(ax), OUTCOMES[outcome])
        label_ends(ax, ends)
        if i == many - 1:
            ax.set_xlabel("days since the start of treatment")
        else:
            ax.tick_params(axis="x", labelbottom=False)
    write_footer(figure, f"trial {spec.name}  ·  seed {spec.seed}  ·  {spec.n} virtual patients per arm")
    return figure


def staying_figure(result: TrialResult) -> Figure:
    """Kaplan-Meier curves of staying in treatment."""
    from simulation.pictures.style import label_ends, new_figure, say_missing, tidy, write_footer, write_heading

    spec = result.spec
    figure = new_figure(9.0, 4.2)
    write_heading(figure, "Staying in treatment", "Kaplan–Meier; bands: 95 % interval.")
    ax = figure.add_axes((0.8 / 9, 0.75 / 4.2, 6.2 / 9, 2.5 / 4.2))
    if not result.drop_out:
        say_missing(ax, "nobody was in treatment")
    ends = []
    for i, (arm, curve) in enumerate(result.drop_out.items()):
        colour = COLOURS[i % len(COLOURS)]
        days, last = [*curve["days"], spec.points[-1]], -1
        for key, width in (("staying", 1.6),):
            ax.step(days, [*curve[key], curve[key][last]], where="post", color=colour, linewidth=width)
        ax.fill_between(days, [*curve["low"], curve["low"][last]], [*curve["high"], curve["high"][last]], step="post",
                        color=colour, alpha=0.12, linewidth=0)  # fmt: skip
        ends.append((curve["staying"][last], arm, colour))
    ax.set_xlim(0, spec.points[-1])
    ax.set_ylim(0, 1.02)
    ax.set_xlabel("days since the start of treatment")
    label_ends(tidy(ax), ends)
    write_footer(figure, f"trial {spec.name}  ·  seed {spec.seed}")
    return figure
