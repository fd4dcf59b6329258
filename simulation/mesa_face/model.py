"""A model of Mesa agents, and the simulation behind it, whose people take their ticks one by one."""

from __future__ import annotations

from typing import Any, ClassVar

import mesa
import networkx as nx
import numpy as np
from mesa.discrete_space import Network

from simulation.mesa_face.people import Person, Therapist
from simulation.population import phases
from simulation.population.advance import record_sums, record_watched
from simulation.population.compiled import compiled
from simulation.population.notes import note_all, room_needed
from simulation.population.population import Population
from simulation.population.simulation import Simulation
from simulation.theory.layout import PERSON


class Model(mesa.Model):
    """A case as a Mesa model.

    Args:
        case: a case, the name of a built-in one, or the path of a case file.
        rng: the seed of the run (an integer); None keeps the case's own.
        person: the class of people; subclass :class:`Person` to replace a phase.
        therapist: the class of those whose profile is a therapist's.
        compiled: whether phases run compiled; False runs the theory as plain Python.

    Attributes:
        people: everyone, by number.
        space: Mesa's network of cells, one person in each.
        datacollector: mean arousal, mean dysregulation and share in an episode, for every step.
    """

    THERAPISTS: ClassVar[frozenset[str]] = frozenset({"therapist", "psychiatrist", "supervisor"})

    def __init__(
        self,
        case: Any = "dyad",
        *,
        rng: int | None = None,
        person: type[Person] = Person,
        therapist: type[Therapist] = Therapist,
        compiled: bool = True,
    ) -> None:
        from simulation.cases import build_population, configure, load_case

        case = configure(load_case(case) if isinstance(case, str) else case, seed=rng)
        super().__init__(rng=case.seed % 2**32)
        self.case = case
        roles = {spec.name: spec.profile for spec in case.people}
        simulation = MesaSimulation(
            build_population(case), case.dt, engine="mesa" if compiled else "mesa-plain", model=self
        )
        names = simulation.population.names or []
        therapists = {i for i, name in enumerate(names) if roles.get(name) in self.THERAPISTS}
        self._people(simulation, person, therapist, therapists)
        from simulation.cases.schedule import Schedule
        from simulation.treatment.assign import courses_of

        self.schedule = Schedule(case)
        self.courses = courses_of(case, simulation.population)
        self.datacollector = mesa.DataCollector(
            model_reporters={
                "mean_arousal": lambda model: model.mean("arousal"),
                "mean_dysregulation": lambda model: model.mean("dysregulation"),
                "share_in_episode": lambda model: model.mean("in_episode"),
            }
        )

    def _people(
        self, simulation: MesaSimulation, person: type[Person], therapist: type[Therapist], therapists: set[int]
    ) -> None:
        """Put one agent on every node of the network."""
        self.simulation = simulation
        population = simulation.population
        graph: nx.Graph[int] = nx.Graph()
        graph.add_nodes_from(range(population.n_people))
        graph.add_edges_from(zip(population.tie_owner.tolist(), population.tie_other.tolist(), strict=True))
        self.space = Network(graph, capacity=1, random=self.random)
        self.people = [
            (therapist if i in therapists else person)(self, i, self.space[i]) for i in range(population.n_people)
        ]

    @property
    def tick(self) -> int:
        """Ticks carried out so far."""
        return self.simulation.tick

    def mean(self, quantity: str) -> float:
        """Mean of one quantity over everyone."""
        row = PERSON[quantity].offset
        pages = self.simulation.world.persons
        return float(np.mean([pages[p.page][row + p.lane] for p in self.people]))

    def step(self) -> None:
        """One tick: life events and treatment of the case, then all meet, then all live."""
        self.schedule.apply_due(self.simulation)
        self.courses.apply_due(self.simulation)
        self.simulation.one_tick()
        self.datacollector.collect(self)
        if self.tick >= round(self.case.days / self.simulation.dt):
            self.running = False

    def close(self) -> None:
        """Let go of what Mesa would keep of this model for ever."""
        _forget_model(self)


def _forget_model(model: mesa.Model) -> None:
    """Remove the counter of agents that Mesa 3.3 keeps for every model there ever was."""
    counters = getattr(mesa.Agent, "_ids", None)
    if isinstance(counters, dict):
        counters.pop(model, None)


class _PlainModel(mesa.Model):
    """The bare model behind ``cycles run --engine mesa``: people and their network, nothing collected."""

    _people = Model._people

    def __init__(self, simulation: MesaSimulation) -> None:
        super().__init__(rng=0)
        self._people(simulation, Person, Therapist, set())


class MesaSimulation(Simulation):
    """A simulation whose people take their ticks one by one, as Mesa agents.

    Args:
        population: the people and their ties.
        dt: length of a tick in days.
        engine: ``mesa`` with compiled phases, ``mesa-plain`` in plain Python.
        model: the model whose agents the people are; without one, a bare one is made.
        recorded: what is kept, and the tick to begin with; see :class:`Simulation`.
    """

    def __init__(
        self, population: Population, dt: float, engine: str = "mesa", *, model: Any = None, **recorded: Any
    ) -> None:
        super().__init__(population, dt, engine, **recorded)
        functions = (phases.meet, *phases.PHASES)
        self.phase = {f: f if self.plain else compiled(f) for f in functions}
        self.model = model if model is not None else _PlainModel(self)

    def close(self) -> None:
        """Let go of the model behind this simulation."""
        _forget_model(self.model)

    def prepare(self) -> None:
        """Nothing to do: each phase is compiled when it is first run."""

    def one_tick(self) -> None:
        """All meet, then all live; in any order of people."""
        world = self.world
        world.used[0] = 0
        self.model.agents.do("meet")
        while world.used[0] > len(world.records):
            self._grow_records()
            world = self.world
            world.used[0] = 0
            self.model.agents.do("meet")
        if len(self.notes.watched) and self.notes.count[0] + self._call(room_needed, world, self.notes) > len(
            self.notes.rows
        ):
            self._flush_events()
            self._grow_notes()
        self.model.agents.do("live")
        if len(self.notes.watched):
            self._call(note_all, world, self.notes, self.tick, self.dt)
        self.tick += 1

    def run(self, ticks: int) -> None:
        """Carry out ``ticks`` ticks."""
        tape = self._new_tape(ticks)
        start = self.tick
        for _ in range(ticks):
            self.one_tick()
            self._call(record_sums, self.world, tape, self.tick - 1 - start)
            self._call(record_watched, self.world, tape, self.tick - 1, start)
        self._flush_events()
        self._keep(tape)
