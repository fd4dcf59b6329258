"""Runs that lie side by side go as each would by itself."""

import numpy as np

from simulation.cases import blueprint_of, configure, load_case
from simulation.cases.schedule import Schedule
from simulation.population.blueprint import side_by_side
from simulation.population.simulation import Simulation
from simulation.theory.layout import PERSON

QUANTITIES = [q.name for q in PERSON.values() if q.kind in ("state", "start") and q.name != "busy"]


def columns(population, first, n):
    return np.array([population.column(name)[first : first + n] for name in QUANTITIES])


def test_different_cases_side_by_side_go_as_they_do_alone():
    cases = [
        configure(load_case("dyad"), days=6, seed=3),
        configure(load_case("angie"), days=6, seed=4, settings=["Angie.rejection_sensitivity=0.5"]),
        configure(load_case("dyad"), days=6, seed=5, lesions=["biased_perception"]),
    ]
    blueprints = [blueprint_of(case) for case in cases]
    whole, first = side_by_side(blueprints)
    seeds = np.repeat([case.seed for case in cases], [b.n for b in blueprints])
    together = Simulation(whole.build(seeds), 0.125)
    together.run(48)
    for case, blueprint, start in zip(cases, blueprints, first, strict=True):
        alone = Simulation(blueprint.build(case.seed), 0.125)
        alone.run(48)
        assert np.array_equal(
            columns(together.population, start, blueprint.n), columns(alone.population, 0, blueprint.n)
        )


def test_a_repeated_case_with_changed_values_goes_as_a_configured_one():
    base = blueprint_of(load_case("dyad"))
    many = base.repeated(5)
    sensitivity = np.tile(np.asarray(np.broadcast_to(base.person_values["rejection_sensitivity"], base.n)), 5)
    sensitivity[::2] = np.linspace(0, 1, 5)
    together = Simulation(
        many.with_values({"rejection_sensitivity": sensitivity}).build(np.repeat(np.arange(5), 2)), 0.125
    )
    together.run(80)
    focal = load_case("dyad").focal
    for run in range(5):
        case = configure(
            load_case("dyad"), seed=run, settings=[f"{focal}.rejection_sensitivity={sensitivity[2 * run]}"]
        )
        alone = Simulation(blueprint_of(case).build(run), 0.125)
        alone.run(80)
        assert np.array_equal(columns(together.population, 2 * run, 2), columns(alone.population, 0, 2))


def test_life_events_reach_the_people_of_their_run():
    case = configure(load_case("angie"), days=40, seed=1)
    blueprint = blueprint_of(case)
    whole, first = side_by_side([blueprint] * 3)
    simulation = Simulation(whole.build(np.repeat([7, 8, 9], blueprint.n)), case.dt)
    schedule = Schedule([case] * 3, first)
    while simulation.tick < 300:
        schedule.apply_due(simulation)
        simulation.run(min(300, schedule.next_tick) - simulation.tick)
    alone = Simulation(blueprint.build(8), case.dt)
    schedule = Schedule(case)
    while alone.tick < 300:
        schedule.apply_due(alone)
        alone.run(min(300, schedule.next_tick) - alone.tick)
    assert np.array_equal(
        columns(simulation.population, first[1], blueprint.n), columns(alone.population, 0, blueprint.n)
    )
