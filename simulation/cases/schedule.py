"""The dated life events of a case, applied to a running simulation as their day comes."""

from __future__ import annotations

from simulation.cases.happen import happenings
from simulation.cases.model import Case
from simulation.population.simulation import Simulation


class Schedule:
    """The dated life events of a case, applied as their day comes."""

    def __init__(self, case: Case) -> None:
        self._due = happenings(case)
        self.labels = [happening.event.label for happening in self._due]
        """What happens, in the order of the codes that events carry."""
        self._done = 0

    @property
    def next_tick(self) -> int:
        """Tick before which the next event takes effect; far away if there is none."""
        return self._due[self._done].tick if self._done < len(self._due) else 2**62

    def apply_due(self, simulation: Simulation) -> None:
        """Apply what is due before the simulation's next tick."""
        changed = False
        while self.next_tick <= simulation.tick:
            happening = self._due[self._done]
            event = happening.event
            population = simulation.population
            happening.take_effect(population)
            for amount, state in ((event.rejection, "due_rejection"), (event.acceptance, "due_acceptance")):
                before = population.value(happening.person, state)
                population.set_value(happening.person, state, before + amount)
            simulation.note_life_event(happening.person, happening.other, self._done, event.rejection)
            self._done += 1
            changed = True
        if changed:
            simulation.changed()
