"""D1: break-ups by rejection sensitivity, on couples made by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from simulation.validation.laboratory import Laboratory
from simulation.validation.patterns.breakups import breakup
from simulation.validation.scenes.couples import Couples


class People:
    """Diaries in which only who the people are is known."""

    def __init__(self, sensitivity):
        self.people = pd.DataFrame({"rejection_sensitivity": sensitivity})


@pytest.mark.parametrize(("apart_before", "high", "low"), [([], 6 / 10, 3 / 10), ([0, 1], 6 / 9, 1 / 9)])
def test_the_first_parting_counts_and_only_of_those_who_were_a_couple(apart_before, high, low):
    together, parted = np.ones(20, dtype=bool), np.zeros(20, dtype=bool)
    together[apart_before] = False
    parted[[0, 1, 2, 14, 15, 16, 17, 18, 19]] = True
    made_up = np.zeros(20, dtype=bool)  # all are together again at the end of the year
    couples = Couples(People(np.arange(20.0)), together, parted, made_up)
    found = breakup(Laboratory(_made={"couples": couples}))
    assert found["high sensitivity"].value == pytest.approx(high)
    assert found["low sensitivity"].value == pytest.approx(low)
    assert found["difference"].value == pytest.approx(high - low)
