"""What all tests share: how hard hypothesis tries, golden results, and small populations to start from."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from tests.strategies import Blueprint  # imported late: it loads the compiler, which most tests do not need

COMMON = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow, HealthCheck.data_too_large]}
settings.register_profile("quick", derandomize=True, max_examples=30, **COMMON)
settings.register_profile("brief", derandomize=True, max_examples=8, **COMMON)  # for the other interpreters
settings.register_profile("thorough", max_examples=1000, **COMMON)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))  # or: pytest --hypothesis-profile thorough


def pytest_addoption(parser):
    parser.addoption("--update-golden", action="store_true", help="write the golden results anew instead of comparing")


@pytest.fixture
def update_golden(request) -> bool:
    """Whether golden results are to be written anew."""
    return request.config.getoption("--update-golden")


@pytest.fixture
def one_couple() -> Blueprint:
    """A person who is easily dysregulated, and a partner who is soon strained; much happens between them."""
    from tests.strategies import couple

    return couple()


@pytest.fixture
def network() -> Blueprint:
    """Forty people on two pages with some ninety relationships, everyone different."""
    from tests.strategies import random_network

    return random_network(40, 90, seed=7)


@pytest.fixture
def own(tmp_path):
    """Return the path of a new file with a module called "numbing", said in parts; modules are forgotten afterwards."""
    from simulation.treatment import modules
    from simulation.treatment.contract import MODULES

    assert modules
    before = dict(MODULES)

    def write(body='return {"arousal": now.arousal * (1 - np.minimum(dose * ready, 1.0))}', file="own.py", more="",
              name="numbing", targets='["arousal"]', dose="0.2", takes="now, ready, dose", needs="[]"):  # fmt: skip
        path = tmp_path / file
        path.parent.mkdir(exist_ok=True)
        path.write_text(
            "import numpy as np\nfrom simulation.treatment import module\n\n"
            f'@module("{name}", targets={targets}, dose={dose}, needs={needs}, unit="share", source="ASSUMED")\n'
            f'def work({takes}):\n    """Arousal is numbed."""\n    {body}\n{more}'
        )
        return path

    yield write
    MODULES.clear()
    MODULES.update(before)
