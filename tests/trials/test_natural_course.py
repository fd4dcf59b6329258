"""Who counts as having met the criteria again, in the course of people without specific treatment."""

import pandas as pd
import pytest

from experiments.natural_course import EVERY, MEAN, PUBLISHED, recurred


def course(*patients: str) -> pd.DataFrame:
    """One letter per two years: ``n`` in no remission, ``r`` below five on average, ``R`` every time."""
    rows = [
        {"patient": k, "day": 365.0 * year, MEAN: state != "n", EVERY: state == "R"}
        for k, states in enumerate(patients)
        for year, state in zip(PUBLISHED, states, strict=True)
    ]
    return pd.DataFrame(rows)


@pytest.mark.parametrize(
    ("patients", "on_average", "every_time"),
    [
        (("nnR", "nRR", "RRR"), 0.0, 0.0),  # whoever stays in remission has not met them again
        (("Rnn", "RRn", "nRR", "rrR"), 0.5, 0.5),  # later means in any later two years
        (("rnn", "nnR"), 0.5, 0.0),  # below five on average only is no remission by the strict reading
        (("Rrr", "nRr"), 0.0, 0.0),  # one interview above five in two years is not enough to meet them again
        (("nnn", "Rnr"), 1.0, 1.0),  # whoever never remits does not count
    ],
)
def test_recurrence_is_a_share_of_those_who_remitted(patients, on_average, every_time):
    table = course(*patients)
    assert recurred(table, MEAN) == on_average
    assert recurred(table, EVERY) == every_time
