"""Every treatment in a population, applied between the ticks of everyone's life."""

from __future__ import annotations

from collections.abc import Sequence

from simulation.population.population import Population
from simulation.population.simulation import Simulation
from simulation.treatment.assignment import Assignment
from simulation.treatment.course import FAR, Course


class Courses:
    """Every treatment in a population; life goes on between the moments at which `apply_due` is called."""

    def __init__(self, population: Population, assignments: Sequence[Assignment], dt: float) -> None:
        self.courses = [Course(population, assignment, dt) for assignment in assignments]
        self.labels = list(dict.fromkeys(word for course in self.courses for word in course.told.words))
        """Names of modules and of counter-reactions, in the order of the codes that events carry."""
        for course in self.courses:
            course.told.words = self.labels  # one numbering for all treatments of a run
        self._tick = -1

    @property
    def next_tick(self) -> int:
        """Tick before which something has to be done next; far away if nothing has."""
        return min((course.next_tick(self._tick) for course in self.courses), default=FAR)

    def apply_due(self, simulation: Simulation) -> None:
        """Do what is due before the simulation's next tick."""
        tick = simulation.tick
        if self.next_tick > tick:
            return
        for course in self.courses:
            course.reach.population = simulation.population
            course.told.simulation = simulation if len(simulation.notes.watched) else None
            course.before(tick)
        self._tick = tick
        simulation.changed()
