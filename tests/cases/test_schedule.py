"""Dated events as their day comes: those that need contact between two people, with and without it."""

import numpy as np
import pytest

from simulation.cases import build_population, load_case
from simulation.cases.read import checked
from simulation.cases.schedule import Schedule
from simulation.population.notes import LIFE_EVENT
from simulation.population.simulation import Simulation

EVENT = {
    "day": 1.0,
    "label": "they move in together",
    "person": "Ann",
    "other": "Bob",
    "rejection": 0.5,
    "set_person": {"uplift_rate": 0.9},
    "set_from_other": {"contact_rate": 0.7},
    "only_in_touch": True,
}


def after_the_event(engine="compiled", alive=1.0, **event):
    case = checked(
        {
            "name": "small", "focal": "Ann", "days": 2.0, "dt": 0.125,
            "people": [{"name": "Ann"}, {"name": "Bob"}],
            "ties": [{"between": ["Ann", "Bob"], "contact_rate": 0.0, "alive": alive}],
            "events": [{**EVENT, **event}],
        },
        "case small",
    )  # fmt: skip
    simulation = Simulation(build_population(case), case.dt, engine=engine, watch=[0, 1], events=True)
    schedule = Schedule(case)
    simulation.run(8)
    schedule.apply_due(simulation)
    assert schedule.next_tick > 2**40
    return simulation


@pytest.mark.parametrize("engine", ["compiled", "python"])
def test_it_takes_place_between_people_who_are_in_touch(engine):
    simulation = after_the_event(engine)
    population = simulation.population
    assert population.value(0, "uplift_rate") == 0.9
    assert population.value(0, "due_rejection") >= 0.5
    assert population.tie_value(population.tie(1, 0), "contact_rate") == 0.7
    assert len(np.concatenate(simulation.parts["rows"])) > 0


@pytest.mark.parametrize("engine", ["compiled", "python"])
def test_it_comes_to_nothing_between_people_who_are_not(engine):
    simulation = after_the_event(engine, alive=0.0)
    population = simulation.population
    assert population.value(0, "uplift_rate") != 0.9
    assert population.value(0, "due_rejection") == 0
    assert population.tie_value(population.tie(1, 0), "contact_rate") == 0
    assert not [row for rows in simulation.parts["rows"] for row in rows if row[3] == LIFE_EVENT]


def test_other_events_ask_for_no_contact():
    population = after_the_event(alive=0.0, only_in_touch=False).population
    assert population.value(0, "uplift_rate") == 0.9


def test_the_papers_dates_of_therapy_need_the_therapist():
    dates = [e for e in load_case("angie").events if e.other == "Therapist" and e.day > 60]
    assert len(dates) == 3
    assert all(event.only_in_touch for event in dates)
