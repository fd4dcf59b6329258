"""What a search for a policy found: in words, and as the part of a case file that says the rule."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from simulation.cases.write import table_text
from simulation.treatment.assign import GATING
from simulation.treatment.policy import Step
from simulation.trials.report import NOTE, g_told
from simulation.trials.search import PolicyFound

FEW = 20
"""Fewer new patients than this are called few: an interval resampled from them is too narrow."""


def write_policy(found: PolicyFound, folder: Path, command: str) -> list[Path]:
    """Write `policy.md` and `treatment.toml` into an existing folder; return the files."""
    files = [folder / "policy.md", folder / "treatment.toml"]
    files[0].write_text(told(found, command), encoding="utf-8")
    files[1].write_text(case_part(found), encoding="utf-8")
    return files


def told(found: PolicyFound, command: str) -> str:
    """The report, in markdown."""
    asked, (before, after), (left_before, left) = found.sought, found.training, found.left
    return "\n".join([
        f"# A rule for the steps of {asked.treatment}", "", f"`{command}`", "", f"*{NOTE}*", "",
        f"Cohort `{asked.cohort}`, {asked.outcome} after {asked.days:g} days of weekly sessions, seed {asked.seed}. "
        f"{found.tried} rules tried.",
        f"{asked.patients} training patients: {asked.outcome} {before:.2f} with the rule as it was, {after:.2f} with "
        "the best.", "",
        f"**{asked.new_patients} new patients: g = {g_told(found.g, found.low, found.high)}** (95 % interval; above 0: "
        f"the rule found has lower {asked.outcome}). {verdict(found)}",
        f"Left the treatment: {left_before:.0%} with the rule as it was, {left:.0%} with the rule found.", "",
        "## The rule found", "", *(f"{line}  " for line in found.rule), "",
        "## The rule it began with", "", *(f"{line}  " for line in found.start.sentences()), "",
        "## The rule found, in a case file", "", "```toml", case_part(found).rstrip(), "```",
    ]) + "\n"  # fmt: skip


def verdict(found: PolicyFound) -> str:
    """Whether the rule found is better, in plain words."""
    few = found.sought.new_patients < FEW
    return _better(found) + (" So few new patients say little: their interval is too narrow." if few else "")


def _better(found: PolicyFound) -> str:
    if found.policy == found.start:
        return "No rule tried was better even with the search's own patients: the rule found is the one it began with."
    if found.low > 0:
        return "The rule found does better with new patients."
    luck = "what the search gained was luck with its own"
    if found.high < 0:
        return f"The rule found does worse with new patients: {luck}."
    return f"The rule found is not better: with new patients it cannot be told from the rule as it was; {luck}."


def case_part(found: PolicyFound) -> str:
    """The rule found as the `[treatment]` part of a case file; who is treated by whom is the case's own."""
    policy, name = found.policy, found.sought.treatment
    gating = {key: getattr(policy, key) for key in GATING}
    steps = [_step(s) for s in policy.steps]
    table: dict[str, Any] = {"name": name, "always": list(policy.always), **gating, "steps": steps}
    return "# Add patients and therapists, as the case calls them.\n" + table_text("treatment", table)


def _step(step: Step) -> dict[str, Any]:
    conditions = {"when": list(map(str, step.when)), "until": list(map(str, step.until)), "sessions": step.sessions}
    return {"do": step.module, **{key: value for key, value in conditions.items() if value}}
