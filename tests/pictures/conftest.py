import numpy as np
import pytest

from simulation import run
from simulation.population.population import Population
from simulation.population.simulation import Simulation
from simulation.recording.recording import Recording


@pytest.fixture(scope="session")
def recording():
    """Three weeks of a couple in which much happens."""
    return run("dyad", days=21, seed=3)


@pytest.fixture
def ax():
    from simulation.pictures.style import new_figure

    return new_figure(8, 4).add_axes((0.1, 0.1, 0.7, 0.8))


@pytest.fixture
def alone():
    """A day of people without any ties: as many as asked for, of whom so many are watched."""

    def lived(people, watch):
        none = np.zeros(0, dtype=int)
        population = Population.build(people, 1, np.arange(people), {}, none, none, none, {})
        simulation = Simulation(
            population, 0.125, watch=list(range(watch)), quantities=["arousal", "self_state"], events=True
        )
        simulation.run(8)
        return Recording.of(BareCase(), simulation, 0.0, [])

    return lived


class BareCase:
    """The least that a case may say."""

    name = "bare"
    title = ""
    focal = None
    events = ()
