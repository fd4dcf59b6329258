"""A small case to break and to change."""

import copy

import pytest

from simulation.cases.read import checked, parse_case
from simulation.errors import InputError

DATA = {
    "name": "small",
    "focal": "Ann",
    "days": 10.0,
    "people": [{"name": "Ann", "profile": "bpd"}, {"name": "Bob"}, {"name": "Cy", "profile": "tolerant"}],
    "ties": [{"between": ["Ann", "Bob"], "bond": 0.7}, {"between": ["Bob", "Cy"], "wish": "group"}],
}


@pytest.fixture
def data():
    return copy.deepcopy(DATA)


@pytest.fixture
def small(data):
    return checked(data, "case small")


@pytest.fixture
def refusal():
    """Return the message that a TOML text, or the data of a case, is refused with."""

    def refused(given) -> str:
        with pytest.raises(InputError) as error:
            parse_case(given, "my.toml", None) if isinstance(given, str) else checked(given, "case small")
        return str(error.value)

    return refused
