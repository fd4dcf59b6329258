"""How a population starts."""

import numpy as np

from simulation.population.blueprint import Blueprint
from simulation.population.simulation import Simulation


def test_people_are_found_in_the_middle_of_life_not_all_at_one_phase_of_it():
    n = 4000
    none = np.empty(0, dtype=np.int64)
    people = Blueprint(n, np.arange(n), none, none, none, {}, {})
    population = people.build(7)
    start = population.column("circumstance")
    assert abs(start.mean()) < 5 / n**0.5
    assert abs(start.std() - 1.0) < 0.05
    simulation = Simulation(population, 1.0)
    simulation.run(400)  # two of its relaxation times
    assert abs(population.column("circumstance").std() - start.std()) < 0.05
    same = people.with_values({"circumstance": 0.5}).build(7)
    assert (same.column("circumstance") == 0.5).all(), "a value of the case counts"
