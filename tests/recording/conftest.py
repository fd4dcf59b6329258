import pytest

from simulation.running import run


@pytest.fixture(scope="session")
def recording():
    """Three weeks of two people."""
    return run("dyad", days=21, seed=3)
