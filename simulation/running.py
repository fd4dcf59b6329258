"""Run a case and return its recording."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from simulation.errors import InputError, nearest
from simulation.recording.recording import Record, Recording

if TYPE_CHECKING:
    from simulation.cases import Case
    from simulation.population.population import Population
    from simulation.population.simulation import Simulation

ENGINES = ("compiled", "mesa", "python")
PEOPLE_TICKS_PER_BREATH = {"compiled": 150_000, "mesa": 1_500, "python": 300}
"""How much to do between two looks at the progress bar and at Ctrl-C."""


def run(
    case: Case | str,
    *,
    days: float | None = None,
    seed: int | None = None,
    settings: Iterable[str] = (),
    lesions: Iterable[str] = (),
    network_file: str | None = None,
    people: int | None = None,
    engine: str = "compiled",
    record: Record | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Recording:
    """Run a case.

    Args:
        case: a case, the name of a built-in one, or the path of a case file.
        days, seed, settings, lesions, network_file, people: changes to the case, as on the command line:
            settings like ``"Angie.rejection_sensitivity=0.5"``, lesions by the name of an arrow of Figure 1.
        engine: ``compiled``, ``mesa`` or ``python``; all give the same numbers.
        record: what to record.
        progress: called now and then with (ticks done, ticks in all).

    Raises:
        InputError: something about the case or a change is not valid; the message says what and where.
    """
    from simulation.cases import build_population, configure, load_case

    if engine not in ENGINES:
        raise InputError(f'engine "{engine}" is not one of {", ".join(ENGINES)}{nearest(engine, ENGINES)}')
    resolved = configure(
        load_case(case) if isinstance(case, str) else case,
        days=days,
        seed=seed,
        settings=list(settings),
        lesions=list(lesions),
        network_file=network_file,
        people=people,
    )
    return run_population(resolved, build_population(resolved), engine, record or Record(), progress)


def run_population(
    case: Case,
    population: Population,
    engine: str = "compiled",
    record: Record | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Recording:
    """Run a population that was built from a resolved case, applying the case's life events on their days."""
    from simulation.population.simulation import Simulation

    record = record or Record()
    runner = Simulation
    if engine == "mesa":
        from simulation.mesa_model import MesaSimulation

        runner = MesaSimulation
    simulation = runner(
        population,
        case.dt,
        engine=engine,
        sums=record.summaries,
        watch=_watched(case, population, record),
        quantities=record.quantities,
        every=record.every,
        tie_fields=record.tie_fields,
        tie_every=record.tie_every or max(round(1 / case.dt), 1),
        events=record.events,
    )
    schedule = Schedule(case)
    ticks = round(case.days / case.dt)
    breath = max(1, PEOPLE_TICKS_PER_BREATH[engine] // max(population.n_people, 1))
    began = time.perf_counter()
    while simulation.tick < ticks:
        schedule.apply_due(simulation)
        simulation.run(min(ticks, simulation.tick + breath, schedule.next_tick) - simulation.tick)
        if progress:
            progress(simulation.tick, ticks)
    seconds = time.perf_counter() - began
    return Recording.of(case, simulation, seconds, schedule.labels)


class Schedule:
    """The dated life events of a case, applied as their day comes."""

    def __init__(self, case: Case) -> None:
        from simulation.cases.happen import happenings

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


def _watched(case: Case, population: Population, record: Record) -> list[int]:
    """Numbers of the people to follow closely."""
    from simulation.cases.happen import watched_people

    if record.watch is None:
        return watched_people(case)
    numbers = {name: i for i, name in enumerate(population.names)} if population.names is not None else {}
    found = []
    for who in record.watch:
        if isinstance(who, str) and who not in numbers:
            raise InputError(f'there is nobody called "{who}" to watch{nearest(who, list(numbers))}')
        number = numbers[who] if isinstance(who, str) else who
        if not 0 <= number < population.n_people:
            raise InputError(f"there is no person number {number} to watch; numbers go from 0 to {population.n_people - 1}")
        found.append(number)
    return found
