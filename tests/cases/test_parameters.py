"""Profiles, conveniences, and in which order they apply."""

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.cases import CONVENIENCES, built_in_profiles
from simulation.cases.parameters import METACOGNITION, PERSON_NAMES, TRAITS, check_values, default_values, override
from simulation.cases.profiles import Profile, profile_layers, profile_values
from simulation.errors import InputError
from simulation.theory.layout import WISHES

SHARE = st.floats(0, 1)


def evidence(values, wish):
    negative, benevolent = values[f"negative_evidence_{wish}"], values[f"benevolent_evidence_{wish}"]
    return negative + benevolent, negative / (negative + benevolent)


@given(st.lists(SHARE, min_size=5, max_size=5), SHARE)
def test_metacognitive_level_is_the_mean_it_sets(before, level):
    values = default_values() | dict(zip(METACOGNITION, before, strict=True))
    override(values, {"metacognitive_level": level})
    after = [values[name] for name in METACOGNITION]
    assert math.fsum(after) / 5 == pytest.approx(level, abs=1e-12)
    assert all(0 <= value <= 1 for value in after)
    order = sorted(range(5), key=before.__getitem__)
    assert all(after[i] <= after[j] for i, j in pairwise(order))


@given(st.floats(0.01, 0.99), st.floats(1, 500))
def test_share_and_history_of_the_schema(share, total):
    values = default_values()
    override(values, {"negative_self_image": share, "schema_history": total})
    for wish in WISHES:
        assert evidence(values, wish) == pytest.approx((total, share), rel=0.02)


@given(st.dictionaries(st.sampled_from(sorted(CONVENIENCES)), SHARE))
def test_conveniences_keep_within_bounds(given_values):
    values = default_values()
    override(values, {name: max(value, CONVENIENCES[name].low) for name, value in given_values.items()})
    assert all(TRAITS[name].low <= value <= TRAITS[name].high for name, value in values.items())


def test_what_is_said_beside_a_convenience_comes_first():
    values = default_values()
    override(values, {"metacognitive_level": 0.5, "mastery": 0.9})
    assert math.fsum(values[name] for name in METACOGNITION) / 5 == pytest.approx(0.5)
    assert values["mastery"] > values["monitoring"]


def test_every_built_in_profile_is_within_bounds():
    for name, profile in built_in_profiles().items():
        assert check_values(profile.values, PERSON_NAMES, "parameter", name) == []
        values, _ = profile_values(name)
        assert all(TRAITS[key].low <= value <= TRAITS[key].high for key, value in values.items())


def test_a_profile_changes_only_what_it_says():
    base, changed = profile_values("tolerant")
    profile = built_in_profiles()["reactive"]
    values, _ = profile_values("reactive")
    assert {name for name in values if values[name] != default_values()[name]} <= set(profile.values)
    assert changed == {} and base["tolerance"] > values["tolerance"]


def test_bpd_differs_where_the_published_constraint_allows():
    # Momentary assessment (Sadikaj 2013): no larger gain from own affect to hostile behaviour.
    _, constants = profile_values("bpd")
    assert constants == {}


def test_profiles_build_on_each_other():
    own = {
        "base": Profile(values={"tolerance": 0.2, "relief": 0.3}),
        "same": Profile(like="base", values={"warmth": 0.1}),
        "ring-1": Profile(like="ring-2"),
        "ring-2": Profile(like="ring-1"),
    }
    values, constants = profile_values("same", own)
    assert (values["tolerance"], values["warmth"], constants) == (0.2, 0.1, {"relief": 0.3})
    with pytest.raises(InputError, match="like itself: ring-1 → ring-2 → ring-1"):
        profile_layers("ring-1", own)
    with pytest.raises(InputError, match='did you mean "bpd"'):
        profile_layers("bdp")
