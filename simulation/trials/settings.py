"""What a trial was made of, in words: how many patients, what each arm gets, what is assessed."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulation.treatment.catalogue import treatment_named
from simulation.trials.spec import ArmSpec, TrialSpec, schedule_of

if TYPE_CHECKING:
    import pandas as pd

_TOLD_APART = ("name", "treatment", "phases", "share")
"""Fields of an arm that have a column of their own, or show in the number of patients."""


def sizes(flow: pd.DataFrame, spec: TrialSpec) -> str:
    """How many patients there are: "30 patients per arm", or how many in all and in the arms where these differ."""
    by_arm = flow["allocated"].tolist()
    if spec.mode == "same" or min(by_arm) == max(by_arm):
        return f"{by_arm[0]} patients per arm"
    return f"{sum(by_arm)} patients, {min(by_arm)} to {max(by_arm)} per arm"


def arm_rows(flow: pd.DataFrame, spec: TrialSpec) -> tuple[list[str], list[list[Any]]]:
    """Headings and rows of a table of the arms: treatment, patients, what differs from the treatment, schedule."""
    patients = flow.set_index("arm")["allocated"]
    rows = [[arm.called, arm.treatment, patients[arm.called], changes(arm) or "–", schedule(arm)] for arm in spec.arms]
    return ["arm", "treatment", "patients", "changed", "schedule"], rows


def changes(arm: ArmSpec) -> str:
    """Every setting of an arm that differs from the treatment as the catalogue has it; "" if none does."""
    given = arm.model_dump(exclude=set(_TOLD_APART), exclude_defaults=True)
    if "modules" in given:
        given["modules"] = Path(given["modules"]).name
    return "; ".join(f"{field} {_plain(value)}" for field, value in given.items())


def schedule(arm: ArmSpec) -> str:
    """When the sessions of an arm are; "–" if its treatment has none."""
    if treatment_named(arm.treatment).policy is None:
        return "–"
    return "; ".join(
        f"every {'day' if p.every == 1 else f'{p.every:g} days'} from day {p.start:g} to {p.end:g}"
        for p in schedule_of(arm)
    )


def assessments(spec: TrialSpec) -> str:
    """Who is included, when everyone is assessed, and what is missing."""
    who = f"meets at least {spec.criteria_at_least} criteria" if spec.criteria_at_least else "comes"
    days = ", ".join(f"{day:g}" for day in spec.points)
    errors = "with" if spec.measurement_error else "without"
    missing = spec.missing
    lost = [f"{missing.at_random:.3g} of the assessments after the first by chance"] if missing.at_random else []
    if missing.after_drop_out:
        lost.append(f"all later ones of {missing.after_drop_out:.3g} of those who leave treatment")
    told = f"Missing are {', and '.join(lost)} (shares)." if lost else "No assessment is missing."
    return (
        f"Included is whoever {who} at the first assessment. Assessments are on days {days}, {errors} errors of "
        f"measurement; a tick lasts {spec.dt:g} days. {told}"
    )


def _plain(value: object) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{key} {_plain(inner)}" for key, inner in value.items())
    if isinstance(value, list):
        nested = any(isinstance(inner, Mapping) for inner in value)
        return ", ".join(f"({_plain(inner)})" if nested else _plain(inner) for inner in value)
    return f"{value:g}" if isinstance(value, float) else str(value)
