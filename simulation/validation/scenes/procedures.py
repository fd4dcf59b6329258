"""Laboratory procedures: one standard provocation, exclusion and inclusion, forced rumination. People are alone there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from simulation.cohorts.lives import Settled, settle
from simulation.cohorts.networks import EGO_NETWORK
from simulation.measures.affect import NEGATIVE
from simulation.validation.laboratory import Laboratory, scene

if TYPE_CHECKING:
    import pandas as pd

QUARTER_HOUR = 1 / 64
WATCHED = (*NEGATIVE, "joy", "arousal", "mastery_now", "decentring_now", "negative_self", "rumination")
STANDARD_REJECTION = 0.5
"""Felt rejection that the standard provocation imposes on everyone alike: that of a criticism by someone close. ASSUMED."""


@dataclass
class Procedure:
    """What a procedure did.

    Attributes:
        people: One row per person.
        before: By quantity, [people] at the start.
        course: By quantity, [people, steps] after each quarter of an hour.
        step: Days between steps.
    """

    people: pd.DataFrame
    before: dict[str, Any]
    course: dict[str, Any]
    step: float

    def negative(self) -> Any:
        """[people, 1 + steps] negative affect, from before the procedure on."""
        before = np.mean([self.before[name] for name in NEGATIVE], axis=0)
        after = np.mean([self.course[name] for name in NEGATIVE], axis=0)
        return np.concatenate([before[:, None], after], axis=1)

    def whole(self, name: str) -> Any:
        """[people, 1 + steps] one quantity, from before the procedure on."""
        return np.concatenate([self.before[name][:, None], self.course[name]], axis=1)

    def chosen(self, cohort: str) -> Any:
        """[people] who is of a cohort."""
        return (self.people["cohort"] == cohort).to_numpy()


def carried_out(settled: Settled, steps: int, impose: Callable[[Settled, int], None]) -> Procedure:
    """Take people into the laboratory and impose something before each step (a quarter of an hour)."""
    settled.seclude()
    population = settled.population
    before = {name: population.column(name)[settled.focal] for name in WATCHED}
    simulation = settled.simulation(QUARTER_HOUR, watch=settled.focal.tolist(), quantities=WATCHED)
    for step in range(steps):
        impose(settled, step)
        simulation.changed()
        simulation.run(1)
    samples = np.concatenate(simulation.parts["samples"])
    course = {name: samples[:, :, j].T for j, name in enumerate(WATCHED)}
    return Procedure(settled.people, before, course, QUARTER_HOUR)


@scene("provocation")
def provocation(lab: Laboratory) -> Procedure:
    """One standard rejection, then six waking hours alone (Jacob et al. 2008 induced anger once and followed it)."""
    people = {"bpd": lab.people(100, 400), "community": lab.people(100, 400)}

    def impose(settled: Settled, step: int) -> None:
        if step == 0:
            settled.set_everyone("due_rejection", STANDARD_REJECTION)

    return carried_out(settle(people, EGO_NETWORK, lab.seed, **lab.changes), 24, impose)


@scene("ball_game")
def ball_game(lab: Laboratory) -> tuple[Procedure, Procedure]:
    """Exclusion and inclusion in a ball game (Sato et al. 2018), the same students in both: a twin experiment."""
    settled = settle({"community": lab.people(246, 984)}, EGO_NETWORK, lab.seed, **lab.changes)
    twin = settled.copy()

    def exclude(settled: Settled, step: int) -> None:
        settled.set_everyone("due_rejection", STANDARD_REJECTION if step == 0 else 0.0)

    def include(settled: Settled, step: int) -> None:
        settled.set_everyone("due_acceptance", STANDARD_REJECTION if step == 0 else 0.0)

    return carried_out(settled, 2, exclude), carried_out(twin, 2, include)


@scene("forced_rumination")
def forced_rumination(lab: Laboratory) -> Procedure:
    """Everyone is made to brood for an hour (Selby et al. 2009): rumination is held high."""
    people = {"bpd": lab.people(100, 400), "community": lab.people(100, 400)}

    def impose(settled: Settled, step: int) -> None:
        settled.set_everyone("rumination", 0.9)

    return carried_out(settle(people, EGO_NETWORK, lab.seed, **lab.changes), 4, impose)
