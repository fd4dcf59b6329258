"""Run a case and return its recording."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from simulation.errors import InputError, nearest
from simulation.recording.recording import Record, Recording

if TYPE_CHECKING:
    from simulation.cases import Case
    from simulation.cases.roster import Roster
    from simulation.population.population import Population

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
    dt: float | None = None,
    treatment: str | None = None,
    engine: str = "compiled",
    record: Record | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Recording:
    """Run a case.

    Args:
        case: a case, the name of a built-in one, or the path of a case file.
        days, seed, settings, lesions, network_file, people, dt, treatment: changes to the case, as on the command line:
            settings like ``"Angie.rejection_sensitivity=0.5"``, lesions by the name of an arrow of Figure 1, the
            treatment by its name in the catalogue.
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
        dt=dt,
        treatment=treatment,
    )
    return run_population(resolved, build_population(resolved), engine, record or Record(), progress)


def run_population(
    case: Case,
    population: Population,
    engine: str = "compiled",
    record: Record | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Recording:
    """Run a population that was built from a resolved case, with the case's life events and treatment on their days."""
    from simulation.cases.schedule import Schedule
    from simulation.population.simulation import Simulation
    from simulation.treatment.assign import courses_of

    record = record or Record()
    courses = courses_of(case, population)
    runner: type[Simulation] = Simulation
    if engine == "mesa":
        from simulation.mesa_face.model import MesaSimulation

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
    simulation.prepare()
    began = time.perf_counter()
    while simulation.tick < ticks:
        schedule.apply_due(simulation)
        courses.apply_due(simulation)
        due = min(schedule.next_tick, courses.next_tick)
        simulation.run(min(ticks, simulation.tick + breath, due) - simulation.tick)
        if progress:
            progress(simulation.tick, ticks)
    seconds = time.perf_counter() - began
    simulation.close()
    return Recording.of(case, simulation, seconds, schedule.labels, courses.labels)


def _number(roster: Roster, who: str) -> int:
    """Number of a person by name."""
    try:
        return roster.number(who)
    except KeyError:
        known = list(roster.names or [])
        raise InputError(f'there is nobody called "{who}" to watch{nearest(who, known)}') from None


def _watched(case: Case, population: Population, record: Record) -> list[int]:
    """Numbers of the people to follow closely."""
    from simulation.cases.happen import watched_people
    from simulation.cases.roster import Roster

    if record.watch is None:
        return watched_people(case)
    roster = Roster(case)
    found = [_number(roster, who) if isinstance(who, str) else who for who in record.watch]
    for number in found:
        if not 0 <= number < population.n_people:
            raise InputError(
                f"there is no person number {number} to watch; numbers go from 0 to {population.n_people - 1}"
            )
    return found
