"""Cohorts as distributions: centres, bounds, correlations, the same people however many are drawn."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulation.cases.parameters import TRAITS, bounds
from simulation.cases.profiles import profile_values
from simulation.cohorts import cohort_names, draw_cohort
from simulation.cohorts.definition import centre_of, definitions
from simulation.errors import InputError


@given(st.sampled_from(cohort_names()), st.integers(0, 2**31), st.integers(1, 40))
@settings(max_examples=30, deadline=None)
def test_everyone_is_within_bounds_and_keeps_their_traits_when_more_are_drawn(name, seed, n):
    few, many = draw_cohort(name, n, seed), draw_cohort(name, n + 5, seed)
    for trait in TRAITS:
        low, high = bounds(trait)
        assert few[trait].between(low, high).all(), trait
    assert few.equals(many.iloc[:n])


def test_medians_lie_at_the_centre_and_the_centre_at_the_profile():
    people = draw_cohort("bpd", 4000, 1)
    profile = profile_values("bpd")[0]
    for trait in ("rejection_sensitivity", "window_of_tolerance", "reactivity", "home_base"):
        assert people[trait].median() == pytest.approx(profile[trait], rel=0.03)


def test_a_changed_profile_moves_every_cohort_that_lies_on_the_way_to_it():
    moved = {"bpd": {"rejection_sensitivity": 0.9}}
    for name, share in (("bpd", 1.0), ("depressed", 0.4), ("community", 0.0)):
        before, after = centre_of(name), centre_of(name, moved)
        gap = 0.9 - profile_values("bpd")[0]["rejection_sensitivity"]
        assert after["rejection_sensitivity"] - before["rejection_sensitivity"] == pytest.approx(share * gap)


@pytest.mark.parametrize(("trait", "sign"), [("rejection_sensitivity", 1), ("mastery", -1), ("impulsivity", 1)])
def test_traits_go_along_with_severity_as_the_file_says(trait, sign):
    people = draw_cohort("community", 4000, 2)
    values = people[trait]
    logit = np.log(values / (1 - values))
    loading = definitions().spread[trait].loadings["severity"]
    assert np.corrcoef(logit, people["severity"])[0, 1] == pytest.approx(loading, abs=0.05)
    assert np.sign(loading) == sign


def test_cohorts_under_one_seed_share_their_luck():
    a, b = draw_cohort("bpd-remitted", 50, 3), draw_cohort("community", 50, 3)
    assert np.array_equal(a["severity"], b["severity"])
    assert np.corrcoef(a["decentring"].rank(), b["decentring"].rank())[0, 1] == pytest.approx(1.0)


def test_people_selected_by_a_threshold_differ_less_in_what_they_were_selected_for():
    whole, selected = draw_cohort("community", 4000, 4), draw_cohort("bpd", 4000, 4)
    share = definitions().cohort["bpd"].factor_spread["severity"]
    assert share < 1.0
    assert np.allclose(selected["severity"], share * whole["severity"])
    assert np.array_equal(selected["externalising"], whole["externalising"])


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: draw_cohort("bdp", 5, 1), 'did you mean "bpd"'),
        (lambda: draw_cohort("bpd", 0, 1), "must be 1 to"),
        (
            lambda: draw_cohort("bpd", 5, 1, {"bpd": {"rejection_sensitivty": 0.5}}),
            'did you mean "rejection_sensitivity"',
        ),
        (lambda: draw_cohort("bpd", 5, 1, {"bpd": {"rejection_sensitivity": 1.4}}), "must lie in [0, 1]"),
        (lambda: draw_cohort("bpd", 5, 1, {"nobody": {}}), "no profile"),
    ],
)
def test_mistakes_are_told_in_one_sentence(call, says):
    with pytest.raises(InputError, match=says.replace("[", r"\[")):
        call()
