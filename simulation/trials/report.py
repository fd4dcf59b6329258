"""What a trial found, in words, tables and pictures."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

from simulation.measures.change import CLASSES
from simulation.trials.analyse import NORMS, alliance_outcome, log_rank, needed_n
from simulation.trials.run import TrialResult
from simulation.trials.settings import arm_rows, assessments, sizes
from simulation.trials.spec import OUTCOMES, TRIAL_FILE, TrialSpec

NOTE = (
    "A research and teaching model, not a clinical instrument: nothing here evaluates a real therapy or a real person."
)


def write_report(result: TrialResult, folder: Path) -> list[Path]:
    """Write `report.md`, the tables, pictures, and what repeats the trial into an existing folder; return the files."""
    names = ("report.md", "effects.csv", "classes.csv", "flow.csv", "patients.parquet", "course.png", "staying.png")
    files = [folder / name for name in names]
    files[0].write_text(told(result), encoding="utf-8")
    result.effects.round(4).to_csv(files[1], index=False)
    result.classes.round(4).to_csv(files[2], index=False)
    result.flow.round(2).to_csv(files[3], index=False)
    result.table.to_parquet(files[4], compression="zstd")
    import matplotlib

    from simulation.pictures.style import DPI, RC
    from simulation.trials.pictures import course_figure, staying_figure

    with matplotlib.rc_context(RC):
        course_figure(result).savefig(files[5], dpi=DPI, metadata={"Software": None})
        staying_figure(result).savefig(files[6], dpi=DPI, metadata={"Software": None})
    return [*files, *write_trial(result.spec, folder)]


def write_trial(spec: TrialSpec, folder: Path) -> list[Path]:
    """Write what repeats a trial: all of it with its seed, modules of the user's own, and versions."""
    from simulation.provenance import environment

    values = spec.model_dump()
    files = [folder / TRIAL_FILE, folder / "provenance.json"]
    copies: dict[str, Path] = {}
    for arm in values["arms"]:
        if arm["modules"] is not None:
            source = arm["modules"]
            copies.setdefault(source, folder / "modules" / str(len(copies) + 1) / Path(source).name)
            arm["modules"] = copies[source].relative_to(folder).as_posix()
    for source, copy in copies.items():
        copy.parent.mkdir(parents=True)
        copy.write_bytes(Path(source).read_bytes())
    for file, content in zip(files, (values, environment()), strict=True):
        file.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return [*files, *copies.values()]


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
    parts = [f"# {' '.join(spec.title.split()) or spec.name}", f"*{NOTE}*"]
    if spec.question:
        parts.append(f"**Question.** {spec.question}")
    parts.append(
        f"Cohort `{spec.cohort}`, {sizes(result.flow, spec)}, seed {spec.seed}. {mode}. Effects are Hedges' g against "
        f"`{reference}` with a 95 % interval; below 0 the arm has the lower score. Everyone allocated and assessed "
        "counts."
    )
    parts.append("## Arms\n\n" + _table(*arm_rows(result.flow, spec)) + "\n\n" + assessments(spec))
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
    return f"`{arm}` against `{reference}` at day {result.spec.points[-1]:g}: g = {g_told(g, low, high)}; {verdict}."


def g_told(g: float, low: float, high: float) -> str:
    """An effect with its interval, as reports write it."""
    return f"{g:.2f} [{low:.2f}, {high:.2f}]".replace("-", "−")


def _table(headings: list[str], rows: list[list[Any]]) -> str:
    lines = ["| " + " | ".join(headings) + " |", "|" + "---|" * len(headings)]
    lines += ["| " + " | ".join(str(cell).replace("|", "\\|") for cell in row) + " |" for row in rows]
    return "\n".join(lines)


def _effects(result: TrialResult, outcome: str) -> str:
    effects: Any = result.effects[result.effects["outcome"] == outcome]
    rows = [
        [f"{r.day:g}", r.arm, f"{r.mean:.2f} ({r.change:+.2f})".replace("-", "−"),
         f"{r.mean_reference:.2f} ({r.change_reference:+.2f})".replace("-", "−"), g_told(r.g, r.low, r.high), r.n,
         r.n_reference]
        for r in effects.itertuples()
    ]  # fmt: skip
    reference = result.spec.arms[-1].called
    headings = ["day", "arm", "mean (change)", f"{reference} (change)", "g [95 %]", "n", f"n of {reference}"]
    return _table(headings, rows)


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
