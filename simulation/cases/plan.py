"""What a file says about a treatment: who is treated by whom, when and how."""

from __future__ import annotations

from pydantic import Field

from simulation.cases.parameters import Values
from simulation.cases.part import MAX_DAYS, Name, Part


class PhaseSpec(Part):
    """A stretch of a treatment; days are counted from the start of the treatment.

    Attributes:
        start: First day.
        end: Day after the last.
        every: Days between sessions.
    """

    start: float = Field(ge=0, le=MAX_DAYS)
    end: float = Field(gt=0, le=MAX_DAYS)
    every: float = Field(ge=1, le=MAX_DAYS)


class StepSpec(Part):
    """One step of a treatment of the case's own.

    Attributes:
        do: The module.
        when: Conditions that must hold, such as "alliance_trust > 0.4".
        until: Conditions of which one ends the step.
        sessions: How many sessions at most, 0 for any number.
    """

    do: str
    when: list[str] = []
    until: list[str] = []
    sessions: int = Field(0, ge=0)


class Changes(Part):
    """What differs from a treatment of the catalogue; the same in a case and in an arm of a trial.

    Attributes:
        modules: A Python file with modules of the user's own, beside the file that names it.
        without: Modules that are left out (dismantling), "supervision" among them.
        order: Steps in another order; those not named follow.
        always: Modules of every session; without it the treatment's, or none if there are `steps`.
        steps: A rule of one's own instead of the treatment's.
        iterative: Whether the patient's state decides between the steps; otherwise each has its stretch of time.
        at_once: How many steps a session has room for.
        ready_from: How ready a patient must be for a step.
        patience: Sessions after which a step that has not reached its goal lets the others go first.
        strength: Factor on the dose of every module (dose-response).
        doses: Doses of single modules that differ.
        constants: Constants of treatment that differ.
    """

    modules: str | None = Field(None, min_length=1, max_length=4000)
    without: list[str] = []
    order: list[str] = []
    always: list[str] | None = None
    steps: list[StepSpec] = []
    iterative: bool | None = None
    at_once: int | None = Field(None, ge=1, le=3)
    ready_from: float | None = Field(None, ge=0, le=1)
    patience: int | None = Field(None, ge=1, le=10_000)
    strength: float = Field(1.0, ge=0, le=10)
    doses: Values = {}
    constants: Values = {}


class TreatmentSpec(Changes):
    """Who is treated by whom, when; and how, if the case says so itself or the user asks for it.

    Attributes:
        name: A treatment of the catalogue (`cycles treatments`); "" if nobody is treated unless the user asks for it.
        patients: Who is treated.
        therapists: By whom; of several, a patient has the one they have a tie with, or they take turns.
        start: The first day.
        phases: The schedule; without it that of the paper.
    """

    name: str = ""
    patients: list[Name] = Field(min_length=1)
    therapists: list[Name] = Field(min_length=1)
    start: float = Field(0.0, ge=0, le=MAX_DAYS)
    phases: list[PhaseSpec] = []
