"""The search for a policy: seeded, judged on others, readable; and what cannot be searched."""

import pytest

from simulation.errors import InputError
from simulation.trials.search import search_policy

pytest.importorskip("optuna")
SMALL = {"tries": 2, "patients": 3, "new_patients": 4, "days": 21.0, "seed": 3}


def test_a_search_is_seeded_reads_as_a_rule_and_is_judged_on_others():
    first, again = (search_policy("mit", **SMALL) for _ in range(2))
    assert first.policy == again.policy and first.g == again.g
    assert {s.module for s in first.policy.steps} == {s.module for s in first.start.steps}
    assert first.training[1] <= first.training[0]  # the present rule is among those tried
    assert first.low <= first.g <= first.high or first.g == 0.0
    assert any("ready now" in line for line in first.rule)


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"treatment": "supportive"}, "no steps"),
        ({"treatment": "mit", "outcome": "metacognition"}, "should be low"),
        ({"treatment": "mit", "tries": 1}, "out of bounds"),
        ({"treatment": "mti"}, 'did you mean "mit"'),
    ],
)
def test_what_cannot_be_searched_is_told(asked, told):
    with pytest.raises(InputError, match=told):
        search_policy(**{**SMALL, **asked})
