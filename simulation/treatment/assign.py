"""From the treatment part of a case to who gets what: patients, therapists, schedule, rule."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import numpy as np

from simulation.cases.model import Case
from simulation.cases.plan import Changes, TreatmentSpec
from simulation.cases.roster import Roster
from simulation.errors import InputError, nearest, quoted
from simulation.population.population import Population
from simulation.treatment.assignment import SCHEDULE, Assignment, Phase
from simulation.treatment.catalogue import Treatment, treatment_named
from simulation.treatment.constants import constants_with
from simulation.treatment.contract import declared
from simulation.treatment.courses import Courses
from simulation.treatment.load import load_modules
from simulation.treatment.policy import Policy, Step, condition

GATING = ("iterative", "at_once", "ready_from", "patience")
"""What of a rule decides between its steps; a file may say it under the same names."""


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
    treatment = treatment_of(spec, f"case {case.name}")
    return Assignment(treatment, patients, therapists, which, spec.start, phases, offset)


def check_treatment(case: Case, place: str | None = None) -> None:
    """Refuse a treatment that a case asks for and nobody can be given; messages call the case `place`.

    Raises:
        InputError: What is unknown, or does not fit.
    """
    if case.treatment is not None and case.treatment.name:
        treatment_of(case.treatment, place or f"case {case.name}")


def treatment_of(spec: TreatmentSpec, place: str = "case") -> Treatment:
    """The treatment that a case asks for, with its changes; messages call the case `place`.

    Raises:
        InputError: What is unknown, or does not fit.
    """
    return changed(spec.name, spec, f"{place}, treatment")


def changed(name: str, changes: Changes, place: str) -> Treatment:
    """A treatment of the catalogue with the changes that a case or an arm asks for; messages say where: `place`.

    Raises:
        InputError: What is unknown, or does not fit, and in which field.
    """
    if changes.modules is not None:
        with told_in(place, "modules"):
            load_modules(changes.modules)
    with told_in(place):
        treatment = treatment_named(name)
    treatment = _ruled(treatment, changes, place)
    if changes.without:
        with told_in(place, "without"):
            treatment = treatment.without(changes.without)
    return adjusted(treatment, changes.order, changes.strength, changes.doses, changes.constants, place)


def _ruled(treatment: Treatment, changes: Changes, place: str) -> Treatment:
    """A treatment with the rule that is asked for: steps, what belongs to every session, gating."""
    gating = {key: getattr(changes, key) for key in GATING}
    wanted: dict[str, Any] = {key: value for key, value in gating.items() if value is not None}
    if changes.steps:
        with told_in(place, "steps"):
            wanted["steps"] = tuple(
                Step(s.do, tuple(map(condition, s.when)), tuple(map(condition, s.until)), s.sessions)
                for s in changes.steps
            )
            list(declared(s.do for s in changes.steps))
    if changes.always is not None or changes.steps:
        with told_in(place, "always"):
            wanted["always"] = tuple(m.name for m in declared(changes.always or ()))
    if not wanted:
        return treatment
    if treatment.policy is None:
        raise InputError(
            f"the treatment {quoted(treatment.name)} has no sessions that {next(iter(wanted))} could change ({place})"
        )
    return replace(treatment, policy=replace(treatment.policy, **wanted))


def adjusted(
    treatment: Treatment,
    order: list[str],
    strength: float,
    doses: dict[str, float],
    constants: dict[str, float],
    place: str = "treatment",
) -> Treatment:
    """A treatment with another order, other doses or constants, checked as a whole; messages say where: `place`.

    Raises:
        InputError: What is unknown, or does not fit, and in which field.
    """
    policy: Policy | None = treatment.policy
    if order:
        with told_in(place, "order"):
            if policy is None:
                raise InputError(f"the treatment {quoted(treatment.name)} has no steps to put in order")
            policy = policy.in_order(order)
    if policy is not None:
        with told_in(place):
            policy.check(treatment.beside)
    with told_in(place, "doses"):
        _check_doses(treatment, doses)
    merged = {**treatment.constants, **constants}
    with told_in(place, "constants"):
        constants_with(merged)
    return replace(
        treatment, policy=policy, strength=treatment.strength * strength, doses={**treatment.doses, **doses},
        constants=merged,
    )  # fmt: skip


def _check_doses(treatment: Treatment, doses: dict[str, float]) -> None:
    for module in declared(doses):
        if module.name not in treatment.modules:
            parts = f"its modules are {', '.join(treatment.modules)}" if treatment.modules else "it has no modules"
            raise InputError(
                f"the dose of {quoted(module.name)} has no effect: {treatment.name} does not contain it"
                f"{nearest(module.name, treatment.modules)}; {parts}; always or steps can add one"
            )
        if not 0 <= doses[module.name] <= 10:
            raise InputError(
                f"the dose {doses[module.name]:g} of {quoted(module.name)} is out of bounds; 0 to 10 is allowed"
            )


@contextmanager
def told_in(place: str, field: str = "") -> Iterator[None]:
    """Say in messages where in the user's file something stands.

    Raises:
        InputError: As it came, with the place.
    """
    try:
        yield
    except InputError as error:
        raise InputError(f"{error} ({place}{', ' if field else ''}{field})") from None


def _therapist_of(population: Population, patient: int, therapists: np.ndarray, turn: int) -> int:
    """Index of the therapist of a patient: of those they have a tie with, in turn."""
    known = {population.other_of(tie) for tie in population.ties_of(patient)}
    own = [i for i, t in enumerate(therapists.tolist()) if t in known]
    return own[turn % len(own)]
