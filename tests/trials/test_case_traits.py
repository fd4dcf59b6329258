"""Who scores as she did: the posterior of traits and of the way of answering."""

import numpy as np
import pandas as pd
import pytest

from experiments.case_traits import ANSWERING, INFERRED, PUBLISHED, posterior
from simulation.cases.parameters import TRAITS, bounds

SPREAD = {"ders": 20.0, "gsi": 0.5, "criteria": 1.0}
N = 20_000


@pytest.fixture(scope="module")
def lives():
    """Lives in which the DERS tells of the way of answering, the GSI of rumination, and nothing of anything else."""
    luck = np.random.default_rng(3)
    away = {name: luck.standard_normal(N) for name in PUBLISHED}
    scores = pd.DataFrame({name: PUBLISHED[name] + SPREAD[name] * (away[name] + 0.5) for name in PUBLISHED})
    traits = {name: 0.3 * luck.standard_normal(N) for name in INFERRED}
    traits["rumination_tendency"] = 0.8 + 0.4 * (away["gsi"] + 0.5) + 0.3 * luck.standard_normal(N)
    traits[ANSWERING] = 0.6 * (away["ders"] + 0.5) - 1.0 + 0.8 * luck.standard_normal(N)
    return pd.DataFrame(traits).join(scores)


def test_the_posterior_is_that_of_who_scores_so(lives):
    found = posterior(lives)
    assert found.weight.sum() == pytest.approx(1.0)
    mean, spread = found.mean(), found.spread()
    assert mean[ANSWERING] == pytest.approx(-1.0, abs=0.05) and spread[ANSWERING] == pytest.approx(0.8, abs=0.05)
    assert mean["rumination_tendency"] == pytest.approx(0.8, abs=0.03)
    assert spread["rumination_tendency"] == pytest.approx(0.3, abs=0.03)
    assert mean["reactivity"] == pytest.approx(0.0, abs=0.03)


def test_people_are_drawn_from_all_of_it(lives):
    found = posterior(lives)
    traits, answering = found.draw(4000, 7)
    assert answering.mean() == pytest.approx(found.mean()[ANSWERING], abs=0.06)
    assert answering.std() == pytest.approx(found.spread()[ANSWERING], abs=0.06)
    assert set(traits) <= set(TRAITS) and {"mastery", "negative_evidence_attachment"} <= set(traits)
    for name, values in traits.items():
        low, high = bounds(name)
        assert values.shape == (4000,) and np.all((low <= values) & (values <= high)), name
    again, _ = found.draw(4000, 7)
    assert all(np.array_equal(again[name], traits[name]) for name in traits)
    assert not np.array_equal(found.draw(4000, 8)[1], answering)
