"""Laboratory procedures: a standard provocation, exclusion and inclusion, forced rumination. People are alone there."""

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
"""Felt rejection that the standard provocation imposes on everyone: that of a criticism by someone close. ASSUMED."""


@dataclass
class Procedure:
    """What a procedure did.

    Attributes:
        people: One row per person.
        before: By quantity, [people] at the start.
        course: By quantity, [people, steps] after each quarter of an hour.
        rest: The same of twins who sit in the laboratory and to whom nothing is done.
        step: Days between steps.
    """

    people: pd.DataFrame
    before: dict[str, Any]
    course: dict[str, Any]
    rest: dict[str, Any]
    step: float

    def whole(self, name: str, rest: bool = False) -> Any:
        """[people, 1 + steps] one quantity from before the procedure on, or that of the twins at rest."""
        return np.concatenate([self.before[name][:, None], (self.rest if rest else self.course)[name]], axis=1)

    def negative(self, rest: bool = False) -> Any:
        """[people, 1 + steps] negative affect from before the procedure on, or that of the twins at rest."""
        return np.mean([self.whole(name, rest) for name in NEGATIVE], axis=0)

    def chosen(self, cohort: str) -> Any:
        """[people] who is of a cohort."""
        return (self.people["cohort"] == cohort).to_numpy()


def carried_out(settled: Settled, steps: int, impose: Callable[[Settled, int], None]) -> Procedure:
    """Take people into the laboratory and impose something before each step (a quarter of an hour)."""
    settled.seclude()
    twin = settled.copy()
    before = {name: settled.population.column(name)[settled.focal] for name in WATCHED}
    course, rest = _observed(settled, steps, impose), _observed(twin, steps, None)
    return Procedure(settled.people, before, course, rest, QUARTER_HOUR)


def _observed(settled: Settled, steps: int, impose: Callable[[Settled, int], None] | None) -> dict[str, Any]:
    simulation = settled.simulation(QUARTER_HOUR, watch=settled.focal.tolist(), quantities=WATCHED)
    for step in range(steps):
        if impose is not None:
            impose(settled, step)
        simulation.changed()
        simulation.run(1)
    samples = np.concatenate(simulation.parts["samples"])
    return {name: samples[:, :, j].T for j, name in enumerate(WATCHED)}


@scene("provocation")
def provocation(lab: Laboratory) -> Procedure:
    """One standard rejection, then six waking hours alone (Jacob et al. 2008 induced anger once and followed it)."""
    people = {"bpd": lab.people(100, 800), "community": lab.people(100, 800)}

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
    people = {"bpd": lab.people(100, 4800), "community": lab.people(100, 4800)}

    def impose(settled: Settled, step: int) -> None:
        settled.set_everyone("rumination", 0.9)

    return carried_out(settle(people, EGO_NETWORK, lab.seed, **lab.changes), 4, impose)
