"""What a trial is, as a file says it: arms, cohort, size, outcomes, time points, allocation, missing data."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field, ValidationError

from simulation.cases.defects import arm_place, refuse
from simulation.cases.part import Part
from simulation.cases.plan import Changes, PhaseSpec
from simulation.cases.read import slug, table_of, text_of
from simulation.cohorts.definition import cohort
from simulation.errors import InputError, nearest, quoted, quoted_list

if TYPE_CHECKING:
    from simulation.trials.conduct import Arm

OUTCOMES: dict[str, str] = {
    "ders": "DERS total (proxy, 36 to 180)",
    "gsi": "SCL-90-R GSI (proxy, 0 to 4)",
    "criteria": "DSM-5 criteria met (proxy, 0 to 9)",
    "severity": "severity: the nine criteria without thresholds (proxy, 0 to 9)",
    "rsq": "rejection sensitivity (proxy, 1 to 36)",
    "metacognition": "metacognition (proxy, 1 to 5; more is better)",
    "self_harm": "acts of self-harm per 30 days, over 90 days",
    "in_episode": "share of the time in episodes, over 90 days",
    "hostile_acts": "angry demands and attacks per 30 days, over 90 days",
}
"""What a trial can look at. All but metacognition are better when lower."""
MOST_PATIENTS = 100_000
MOST_DAYS = 3650
TRIAL_FILE = "trial.json"
"""What all that a trial was asked for is called in its folder."""
APART = 1.0
"""Days between two assessments at least: questionnaires and interviews look back upon whole days."""
WEEKLY = PhaseSpec(start=0, end=548, every=7)
"""The schedule of an arm that names none."""
_NOT_IN_NAMES = "|`"
"""Characters that tables and names in a report are made with."""


class ArmSpec(Changes):
    """One arm: a treatment, and what differs from it.

    Attributes:
        name: Of the arm; without it that of the treatment.
        treatment: Of the catalogue.
        phases: The schedule; weekly for eighteen months if not given.
        share: How many patients the arm gets relative to the others (parallel groups only).
    """

    name: str = Field("", max_length=60)
    treatment: str
    phases: list[PhaseSpec] = []
    share: float = Field(1.0, ge=0, le=100)

    @property
    def called(self) -> str:
        """Its name."""
        return self.name or self.treatment


class Missing(Part):
    """What is not assessed.

    Attributes:
        at_random: Share of assessments after the first that are missing by chance.
        after_drop_out: Share of the patients who left treatment who are not assessed any more.
    """

    at_random: float = Field(0.0, ge=0, le=0.9)
    after_drop_out: float = Field(0.0, ge=0, le=1)


class TrialSpec(Part):
    """A virtual trial.

    Attributes:
        name: Short name.
        title, question: What it asks.
        arms: At least two.
        cohort: Whom it is about (`simulation.cohorts`).
        n: Patients per arm; with unequal shares, on average.
        mode: "same": the same virtual patients with the same luck in every arm; "parallel": each patient in one arm.
        criteria_at_least: Who is included: so many criteria met at the first assessment; 0 includes everyone.
        outcomes: What is looked at; the first is the primary one.
        days: Days of assessments, at least one apart; 0 is added.
        seed: Of everything.
        dt: Length of a tick in days.
        missing: What is not assessed.
        smallest_effect: Smallest standardised effect of interest: the report says how many patients it needs.
        measurement_error: Whether scores have errors of measurement.
    """

    name: str = Field(min_length=1, max_length=60, pattern=r"\A[A-Za-z0-9][A-Za-z0-9._-]*\z")
    title: str = Field("", max_length=300)
    question: str = Field("", max_length=2000)
    arms: list[ArmSpec] = Field(min_length=2, max_length=20)
    cohort: str = "bpd"
    n: int = Field(100, ge=2, le=MOST_PATIENTS)
    mode: Literal["same", "parallel"] = "same"
    criteria_at_least: int = Field(5, ge=0, le=9)
    outcomes: list[str] = ["severity", "ders", "gsi", "criteria", "self_harm"]
    days: list[Annotated[float, Field(ge=0, le=MOST_DAYS)]] = [91.0, 182.0, 365.0, 548.0]
    seed: int = Field(1, ge=0, lt=2**63)
    dt: float = Field(0.125, ge=0.01, le=0.5)
    missing: Missing = Field(default_factory=lambda: Missing.model_validate({}))
    smallest_effect: float = Field(0.5, gt=0, le=5)
    measurement_error: bool = True

    @property
    def points(self) -> tuple[float, ...]:
        """Days of assessment in order, 0 first."""
        return tuple(sorted({0.0, *self.days}))


def load_trial(path: str | Path) -> TrialSpec:
    """Read a trial from a TOML file, or from the folder or `trial.json` of an earlier trial, checked.

    Raises:
        InputError: What is wrong, where, and what is allowed.
    """
    file = Path(path) / TRIAL_FILE if Path(path).is_dir() else Path(path)
    text = text_of(file, "trial")
    data = _json_table(text, file.name) if file.suffix == ".json" else table_of(text, file.name, "trial")
    data.setdefault("name", slug(file.stem, "trial"))
    for arm in data.get("arms", []) if isinstance(data.get("arms"), list) else []:
        if isinstance(arm, dict) and isinstance(arm.get("modules"), str):
            arm["modules"] = str((file.parent / arm["modules"]).absolute())
    return checked_trial(data, f"trial {file.name}")


def _json_table(text: str, file: str) -> dict[str, Any]:
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        data = None
    if not isinstance(data, dict):
        raise InputError(f"{file} is not what a trial leaves; name the folder of a trial or a TOML file")
    return data


def checked_trial(data: dict[str, Any], place: str = "trial") -> TrialSpec:
    """A trial from plain values, checked.

    Raises:
        InputError: What is wrong, where, and what is allowed.
    """
    try:
        spec = TrialSpec.model_validate(data)
    except ValidationError as error:
        refuse(error, data, place, TrialSpec)
    _check(spec, place)
    arms_of(spec, place)
    return spec


def _check(spec: TrialSpec, place: str) -> None:
    names = [arm.called for arm in spec.arms]
    twice = _twice(names)
    if twice is not None:
        raise InputError(f"two arms are called {quoted(twice)} ({place}); give one a name of its own")
    _check_looked_at(spec, place)
    for arm in spec.arms:
        _check_arm(arm, spec, f"({place}, {arm_place(arm.called)})")
    try:
        cohort(spec.cohort)
    except InputError as error:
        raise InputError(f"{error} ({place})") from None


def _twice(names: list[str]) -> str | None:
    return next((name for name in names if names.count(name) > 1), None)


def _check_looked_at(spec: TrialSpec, place: str) -> None:
    """Refuse outcomes and days that cannot be looked at."""
    for name in spec.outcomes:
        if name not in OUTCOMES:
            hint = nearest(name, OUTCOMES)
            raise InputError(f"{quoted(name)} is not an outcome{hint} ({place}); there are {quoted_list(OUTCOMES)}")
    if not spec.outcomes:
        raise InputError(f"outcomes is empty ({place}); name at least one of {quoted_list(OUTCOMES)}")
    twice = _twice(spec.outcomes)
    if twice is not None:
        raise InputError(f"the outcome {quoted(twice)} is named twice ({place}); once is enough")
    if max(spec.points) <= 0:
        raise InputError(f"days has no day after 0 ({place}); a trial needs an assessment after its start")
    for before, day in pairwise(spec.points):
        if day - before < APART:
            raise InputError(
                f"days {before:g} and {day:g} are too close ({place}); assessments are at least {APART:g} day apart, "
                "the first is on day 0"
            )


def _check_arm(arm: ArmSpec, spec: TrialSpec, where: str) -> None:
    """Refuse a name, a share, a schedule or a treatment that an arm cannot have."""
    from simulation.treatment.catalogue import treatment_named

    _check_name(arm.name, where)
    if spec.mode == "parallel" and round(spec.n * len(spec.arms) * arm.share / max(_shares(spec), 1e-9)) < 1:
        raise InputError(f"share = {arm.share:g} leaves the arm without patients {where}; give it a larger share")
    if spec.mode == "same" and arm.share != 1.0:
        raise InputError(f'share = {arm.share:g} cannot be used {where}: with mode = "same" every arm has all patients')
    _check_phases(arm.phases, spec.points[-1], where)
    try:
        treatment_named(arm.treatment)
    except InputError as error:
        raise InputError(f"{error} {where}") from None


def _check_name(name: str, where: str) -> None:
    wrong = next((c for c in name if c in _NOT_IN_NAMES or not c.isprintable()), None)
    if wrong is not None:
        raise InputError(
            f"name = {quoted(name)} contains {quoted(wrong)} {where}; a name stands in tables and pictures"
        )
    if name != name.strip():
        raise InputError(f"name = {quoted(name)} begins or ends with a space {where}; leave the spaces out")


def _check_phases(phases: list[PhaseSpec], last: float, where: str) -> None:
    """Refuse phases that end too late or too early, overlap, or begin when the trial is over."""
    before = None
    for phase in sorted(phases, key=lambda p: p.start):
        told = f"days {phase.start:g} to {phase.end:g}"
        for field in ("end", "every"):
            if getattr(phase, field) > MOST_DAYS:
                raise InputError(
                    f"{field} = {getattr(phase, field):g} of the phase of {told} is too far {where}; "
                    f"a trial lasts {MOST_DAYS} days at most"
                )
        if phase.end <= phase.start:
            raise InputError(f"a phase ends before it begins, {told} {where}; end is after start")
        if phase.start >= last:
            raise InputError(
                f"the phase of {told} begins when the trial is over {where}; the last assessment is on day {last:g}"
            )
        if before is not None and phase.start < before.end:
            raise InputError(
                f"the phase of {told} overlaps the one of days {before.start:g} to {before.end:g} {where}; "
                "a phase begins when the one before has ended"
            )
        before = phase


def _shares(spec: TrialSpec) -> float:
    return sum(arm.share for arm in spec.arms)


def schedule_of(arm: ArmSpec) -> list[PhaseSpec]:
    """The phases of an arm in order; the weekly schedule if it names none."""
    return sorted(arm.phases, key=lambda p: p.start) or [WEEKLY]


def arms_of(spec: TrialSpec, place: str = "trial") -> tuple[Arm, ...]:
    """The arms, ready to be carried out.

    Raises:
        InputError: A treatment, module or constant is unknown, or does not fit.
    """
    from simulation.treatment.assign import changed
    from simulation.treatment.assignment import Phase
    from simulation.trials.conduct import Arm

    arms = []
    for arm in spec.arms:
        treatment = changed(arm.treatment, arm, f"{place}, {arm_place(arm.called)}")
        phases = tuple(Phase(p.start, p.end, p.every) for p in schedule_of(arm))
        arms.append(Arm(arm.called, replace(treatment, name=arm.called), phases))
    return tuple(arms)
