"""The dated life events of a case, applied to a running simulation as their day comes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from simulation.cases.happen import Happening, happenings
from simulation.cases.model import Case
from simulation.population.simulation import Simulation


class Schedule:
    """The dated life events of a case, or of several that lie side by side, applied as their day comes.

    Args:
        cases: One case, or one for each run that lies side by side.
        first: Number of the first person of each run.
    """

    def __init__(self, cases: Case | Sequence[Case], first: Sequence[int] = (0,)) -> None:
        runs = [cases] if isinstance(cases, Case) else list(cases)
        # replicates share one case object; its events are looked up once
        known = {key: happenings(case) for key, case in {id(case): case for case in runs}.items()}
        due: list[Happening] = []
        for case, start in zip(runs, first, strict=True) if any(known.values()) else ():
            due += [
                replace(h, person=h.person + int(start), other=None if h.other is None else h.other + int(start))
                for h in known[id(case)]
            ]
        self._due = sorted(due, key=lambda happening: happening.tick)
        self.labels = [happening.event.label for happening in self._due]
        """What happens, in the order of the codes that events carry."""
        self._done = 0

    @property
    def next_tick(self) -> int:
        """Tick before which the next event takes effect; far away if there is none."""
        return self._due[self._done].tick if self._done < len(self._due) else 2**62

    def apply_due(self, simulation: Simulation) -> None:
        """Apply what is due before the simulation's next tick and takes place."""
        changed = False
        while self.next_tick <= simulation.tick:
            happening = self._due[self._done]
            if happening.takes_place(simulation.population):
                self._apply(happening, simulation)
                changed = True
            self._done += 1
        if changed:
            simulation.changed()

    def _apply(self, happening: Happening, simulation: Simulation) -> None:
        event, population = happening.event, simulation.population
        happening.take_effect(population)
        for amount, state in ((event.rejection, "due_rejection"), (event.acceptance, "due_acceptance")):
            before = population.value(happening.person, state)
            population.set_value(happening.person, state, before + amount)
        simulation.note_life_event(happening.person, happening.other, self._done, event.rejection)
