"""No mechanism of the theory is without a law or a property that a test checks."""

import importlib
from pathlib import Path

import pytest

from tests.theory.laws import declared_mechanisms
from tests.theory.test_directions import LAWS

MECHANISMS = declared_mechanisms()
DOMAINS = (
    "encounter", "perception", "schema", "emotion", "arousal", "metacognition", "fragmentation", "mastery", "exchange",
    "tie", "learning", "selfstate",
)  # fmt: skip
"""Files of the theory that hold one domain each; the others put the mechanisms together."""


def covered() -> set[str]:
    """Mechanisms with a law in the table of directions, or named by ``@covers`` on a test of this folder."""
    modules = [
        importlib.import_module(f"tests.theory.{file.stem}")
        for file in Path(__file__).parent.glob("test_*.py")
        if file.stem != Path(__file__).stem
    ]
    named = {m for module in modules for test in vars(module).values() for m in getattr(test, "covered", ())}
    return named | {law.mechanism.__name__ for law in LAWS}


@pytest.mark.parametrize("mechanism", [pytest.param(m, id=f"{file}.{m}") for m, file in MECHANISMS.items()])
def test_mechanism_is_covered(mechanism):
    assert mechanism in covered(), (
        f"{mechanism} in theory/{MECHANISMS[mechanism]}.py has no test: add a Law to tests/theory/test_directions.py, "
        "or a test marked @covers"
    )


def test_nothing_is_covered_that_no_longer_exists():
    assert covered() - {"mechanism"} <= MECHANISMS.keys()


@pytest.mark.parametrize("domain", DOMAINS)
def test_every_mechanism_of_a_domain_has_a_law_of_direction(domain):
    mechanisms = {m for m, file in MECHANISMS.items() if file == domain}
    assert mechanisms
    assert mechanisms <= {law.mechanism.__name__ for law in LAWS}
