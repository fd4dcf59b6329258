"""A small case to treat: a patient, a therapist, and others."""

import pytest

from simulation.cases.read import checked

PEOPLE = [
    {"name": "Pat", "profile": "bpd"},
    {"name": "Ines", "profile": "bpd"},
    {"name": "Partner", "profile": "reactive"},
    {"name": "Thera", "profile": "therapist"},
]
TIES = [
    {"between": ["Pat", "Partner"], "romantic": 1.0, "bond": 0.8, "contact_rate": 2.0},
    {"between": ["Ines", "Partner"], "bond": 0.6, "contact_rate": 1.0},
    {"between": ["Pat", "Thera"], "contact_rate": 0.0, "alive": 0.0, "bond": 0.5, "strain": 0.0},
    {"between": ["Ines", "Thera"], "contact_rate": 0.0, "alive": 0.0, "bond": 0.5, "strain": 0.0},
]


@pytest.fixture
def treated():
    """Return a case with a treatment, changed as asked for."""

    def build(treatment="mit", days=60.0, seed=1, dt=0.125, **spec):
        plan = {"name": treatment, "patients": ["Pat", "Ines"], "therapists": ["Thera"], "start": 2.0, **spec}
        data = {
            "name": "small", "focal": "Pat", "days": days, "seed": seed, "dt": dt, "people": PEOPLE, "ties": TIES,
            "treatment": plan,
        }  # fmt: skip
        return checked(data, "case small")

    return build
