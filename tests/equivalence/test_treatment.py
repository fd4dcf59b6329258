"""Treated or not, three engines give the same bits: treatment happens between ticks, on the same arrays."""

import numpy as np
import pytest

from simulation import Model
from simulation.cases import build_population
from simulation.recording.recording import Record
from simulation.running import run_population
from tests.strategies import differences
from tests.treatment.conftest import treated  # noqa: F401 - a fixture

RECORD = Record(watch=("Pat", "Thera"), quantities=("arousal", "shame"), tie_fields=("trust",), summaries=("pain",))
QUICK = [{"start": 0.0, "end": 40.0, "every": 2.0}]


class Finished:
    """What `differences` compares, from a recording."""

    def __init__(self, recording):
        self.population = recording.population
        self.world = recording.population.world
        self.parts = {key: [value] for key, value in recording.parts.items()}


@pytest.mark.parametrize("engine", ["mesa", "python"])
@pytest.mark.parametrize("name", ["mit", "mit-group", "mentalising-only"])
def test_treated_runs_agree(treated, engine, name):  # noqa: F811
    case = treated(name, days=12.0 if engine == "python" else 30.0, phases=QUICK)
    one, other = (run_population(case, build_population(case), e, RECORD) for e in ("compiled", engine))
    assert one.events.equals(other.events)
    assert differences(Finished(one), Finished(other)) == []


def test_the_mesa_model_treats_too(treated):  # noqa: F811
    case = treated("mit", days=12.0, phases=QUICK)
    model = Model(case)
    for _ in range(96):
        model.step()
    population = build_population(case)
    compiled = run_population(case, population, "compiled", RECORD)
    mine, theirs = model.simulation.population, compiled.population
    for name in ("arousal", "monitoring", "negative_evidence_rank"):
        assert np.array_equal(mine.column(name), theirs.column(name))
    assert model.courses.courses[0].attended.sum() > 0
    model.close()
