"""What is summed while living is what questionnaires read off the full table."""

import numpy as np
import pandas as pd
import pytest

from simulation.cases import build_population, load_case
from simulation.measures.window import features
from simulation.population.simulation import Simulation
from simulation.recording.recording import Record
from simulation.running import run_population
from simulation.treatment.reach import Reach
from simulation.trials.observe import Watch


def test_features_are_those_of_the_measures():
    case = load_case("clinic").model_copy(update={"days": 40.0, "dt": 0.125, "treatment": None})
    names = ["Anna", "Boris", "Chiara"]
    recording = run_population(case, build_population(case), "compiled", Record(watch=tuple(names), summaries=()))
    wanted = features(recording.trajectories, 28, 40.0, events=recording.events, ties=recording.ties)
    population = build_population(case)
    who = np.array([recording.watched[i] for i in range(3)])
    therapist = np.array([population.names.index("Therapist-1")])
    watch = Watch(Reach(population, who, therapist, np.zeros(3, dtype=np.int64)), case.dt)
    simulation = Simulation(population, case.dt)
    for _ in range(320):
        simulation.run(1)
        watch.see(simulation)
        if simulation.tick % 8 == 1:
            watch.see_ties()
    found = watch.features(28).set_axis([recording.name(int(p)) for p in who])
    for column in found:
        if column in wanted:
            for name in names:
                assert found.loc[name, column] == pytest.approx(wanted.loc[name, column], rel=1e-6, abs=1e-9), (
                    column,
                    name,
                )
    assert len(set(found) & set(wanted)) > 25


def test_what_was_not_counted_before_the_window_does_not_matter():
    case = load_case("clinic").model_copy(update={"days": 40.0, "dt": 0.125, "treatment": None})
    found = []
    for start in (0, 8 * 11 - 3):  # from the beginning; from the middle of the day before the window
        population = build_population(case)
        who = np.array([population.names.index(name) for name in ("Anna", "Boris", "Chiara")])
        therapist = np.array([population.names.index("Therapist-1")])
        watch = Watch(Reach(population, who, therapist, np.zeros(3, dtype=np.int64)), case.dt)
        simulation = Simulation(population, case.dt)
        for tick in range(320):
            simulation.run(1)
            watch.see(simulation, counting=tick >= start)
            if tick >= start and simulation.tick % 8 == 1:
                watch.see_ties()
        found.append(watch.features(28))
    pd.testing.assert_frame_equal(*found)
    assert (found[0]["anger"] > 0).all()
