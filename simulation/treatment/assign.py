"""From the treatment part of a case to who gets what: patients, therapists, schedule, rule."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from simulation.cases.model import Case
from simulation.cases.plan import TreatmentSpec
from simulation.cases.roster import Roster
from simulation.errors import InputError, quoted
from simulation.population.population import Population
from simulation.treatment.assignment import SCHEDULE, Assignment, Phase
from simulation.treatment.catalogue import Treatment, treatment_named
from simulation.treatment.constants import constants_with
from simulation.treatment.contract import declared
from simulation.treatment.courses import Courses
from simulation.treatment.load import load_modules
from simulation.treatment.policy import Policy, Step, condition


def courses_of(case: Case, population: Population) -> Courses:
    """The treatment of a case, ready to be applied; with nothing to do if nobody is treated.

    Raises:
        InputError: Something about the treatment cannot be used.
    """
    assignment = assignment_of(case, population)
    return Courses(population, [] if assignment is None else [assignment], case.dt)


def assignment_of(case: Case, population: Population) -> Assignment | None:
    """Who gets what in a case, or None if nobody is treated.

    Raises:
        InputError: Something about the treatment cannot be used.
    """
    spec = case.treatment
    if spec is None or not spec.name:
        return None
    roster = Roster(case)
    patients = np.array([roster.number(name) for name in spec.patients], dtype=np.int64)
    therapists = np.array([roster.number(name) for name in spec.therapists], dtype=np.int64)
    n = len(patients)
    which = np.array([_therapist_of(population, int(p), therapists, i) for i, p in enumerate(patients)], dtype=np.int64)
    phases = tuple(Phase(p.start, p.end, p.every) for p in sorted(spec.phases, key=lambda p: p.start)) or SCHEDULE
    offset = np.arange(n) % 5 + 0.25 * (np.arange(n) // 5 % 3)  # sessions are spread over the week
    return Assignment(treatment_of(spec), patients, therapists, which, spec.start, phases, offset)


def treatment_of(spec: TreatmentSpec) -> Treatment:
    """The treatment that a case asks for, with its changes.

    Raises:
        InputError: What is unknown, or does not fit.
    """
    if spec.modules is not None:
        load_modules(spec.modules)
    treatment = treatment_named(spec.name)
    if spec.steps:
        steps = tuple(
            Step(s.do, tuple(map(condition, s.when)), tuple(map(condition, s.until)), s.sessions) for s in spec.steps
        )
        if treatment.policy is None:
            raise InputError(f"the treatment {quoted(spec.name)} has no sessions that steps could fill")
        treatment = replace(treatment, policy=replace(treatment.policy, always=tuple(spec.always), steps=steps))
    if spec.without:
        treatment = treatment.without(spec.without)
    return adjusted(treatment, spec.order, spec.strength, spec.doses, spec.constants)


def adjusted(
    treatment: Treatment, order: list[str], strength: float, doses: dict[str, float], constants: dict[str, float]
) -> Treatment:
    """A treatment with another order, other doses or constants, checked as a whole.

    Raises:
        InputError: What is unknown, or does not fit.
    """
    policy: Policy | None = treatment.policy
    if order:
        if policy is None:
            raise InputError(f"the treatment {quoted(treatment.name)} has no steps to put in order")
        policy = policy.in_order(order)
    if policy is not None:
        policy.check()
    for module in declared(doses):
        if not 0 <= doses[module.name] <= 10:
            raise InputError(
                f"the dose {doses[module.name]:g} of {quoted(module.name)} is out of bounds; 0 to 10 is allowed"
            )
    merged = {**treatment.constants, **constants}
    constants_with(merged)
    return replace(
        treatment, policy=policy, strength=treatment.strength * strength, doses={**treatment.doses, **doses},
        constants=merged,
    )  # fmt: skip


def _therapist_of(population: Population, patient: int, therapists: np.ndarray, turn: int) -> int:
    """Index of the therapist of a patient: of those they have a tie with, in turn."""
    known = {population.other_of(tie) for tie in population.ties_of(patient)}
    own = [i for i, t in enumerate(therapists.tolist()) if t in known]
    return own[turn % len(own)]
