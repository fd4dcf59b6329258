"""The contract that every module keeps, those of users too."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulation.errors import InputError
from simulation.treatment import modules
from simulation.treatment.contract import MODULES, Now, module
from simulation.treatment.contract_check import HARM, NEUTRAL, broken_promises, random_now, unready
from simulation.treatment.quantities import COURSE, MIND, NOT_THERAPEUTIC, POOLS, described, target_names

assert modules
NAMES = sorted(MODULES)
seeds = st.integers(0, 2**32 - 1)
every_module = pytest.mark.parametrize("name", NAMES)


@every_module
@given(seed=seeds)
@settings(max_examples=10)
def test_every_promise_that_users_modules_make_is_kept(name, seed):
    assert broken_promises(MODULES[name], [seed]) == []


@every_module
@given(seed=seeds)
@settings(max_examples=20)
def test_zero_dose_is_identity(name, seed):
    now = random_now(seed)
    for target, value in MODULES[name].effect(now, 0.0).items():
        np.testing.assert_allclose(value, now[target], rtol=1e-12, atol=1e-15)


@every_module
@given(seed=seeds, dose=st.floats(0, 10))
@settings(max_examples=20)
def test_only_declared_targets_move_and_stay_within_bounds(name, seed, dose):
    changes = MODULES[name].effect(random_now(seed), dose)
    assert set(changes) <= set(MODULES[name].targets)
    for target, value in changes.items():
        assert np.all((value >= described(target).low) & (value <= described(target).high))


@every_module
@given(seed=seeds)
@settings(max_examples=10)
def test_same_state_same_effect_for_one_patient_and_for_many(name, seed):
    one, again = (MODULES[name].effect(random_now(seed), 0.3) for _ in range(2))
    now = random_now(seed)
    for target in one:
        assert np.array_equal(one[target], again[target])
        now[target]
    single = Now(fetch=lambda quantity: float(now[quantity][2]))
    for target, value in MODULES[name].effect(single, 0.3).items():
        assert float(value) == one[target][2]


@every_module
@given(seed=seeds, which=st.integers(0, 10))
@settings(max_examples=20)
def test_a_failed_precondition_gives_no_benefit(name, seed, which):
    about = MODULES[name]
    if not about.needs:
        pytest.skip("it needs nothing")
    need = about.needs[which % len(about.needs)]
    now = random_now(seed, **unready(need))
    if need.quantity != "over_window" and float(np.max(about.ready(now))) > 0.45:
        pytest.skip("this precondition alone never shuts it out")
    ready = float(np.max(about.ready(now)))
    fits = random_now(seed)
    for target, value in about.effect(now, 0.3).items():
        if target in NEUTRAL:
            continue
        moved = np.asarray(value) - now[target]
        if target in HARM:
            moved = np.minimum(moved * HARM[target], 0.0)  # harm is possible, benefit is not
        room = described(target).high - described(target).low
        assert np.max(np.abs(moved)) <= 0.3 * ready * room + 1e-12, target
    assert fits


@pytest.mark.parametrize("name", [n for n in NAMES if MODULES[n].technique])
def test_no_technique_works_during_a_rupture(name):
    now = random_now(3, rupture=1.0)
    assert np.all(MODULES[name].ready(now) == 0.0)
    for target, value in MODULES[name].effect(now, 1.0).items():
        if target in POOLS:
            assert np.array_equal(value, now[target])


def test_a_module_cannot_write_what_it_sees():
    now = random_now(1)
    with pytest.raises(ValueError, match="read-only"):
        now.arousal[:] = 0.0
    with pytest.raises(InputError, match="return new values"):
        now.shame = 0.0
    with pytest.raises(InputError, match="return new values"):
        now.arousal = 0.0  # looked at before


@every_module
def test_targets_are_no_outcomes_and_everything_is_said(name):
    about = MODULES[name]
    assert not set(about.targets) & set(NOT_THERAPEUTIC)
    assert about.source and about.unit and about.title and about.work.__doc__
    assert "ASSUMED" in about.source


def test_every_module_of_the_theory_is_there():
    assert {m.number for m in MODULES.values()} >= {f"T{i}" for i in range(1, 15)}


def test_states_of_courses_and_minds_are_declared_once_with_meaning():
    assert not set(COURSE) & set(MIND)
    assert all(q.meaning and q.low <= q.default <= q.high for q in [*COURSE.values(), *MIND.values()])


def test_an_undeclared_change_is_refused():
    @module("greedy_test_module", targets=["shame"], dose=0.1, unit="share", source="ASSUMED")
    def greedy(now, ready, dose):
        """Moves what it did not declare."""
        return {"shame": 0.0 * now.shame, "pain": 0.0 * now.pain}

    try:
        with pytest.raises(
            InputError, match=r'"greedy_test_module" \(test_contract.py, line \d+\) tries to move "pain"'
        ):
            MODULES["greedy_test_module"].effect(random_now(1), 0.1)
    finally:
        del MODULES["greedy_test_module"]


@pytest.mark.parametrize(
    ("target", "told"),
    [
        ("in_episode", "outcomes and circumstances"),
        ("dysregulation", "outcomes"),
        ("aroussal", 'did you mean "arousal"'),
    ],
)
def test_a_target_that_cannot_be_is_refused(target, told):
    with pytest.raises(InputError, match=told):
        module("x_test", targets=[target], dose=0.1, unit="share", source="ASSUMED")


def test_target_names_can_all_be_targeted():
    assert len(target_names()) == len(set(target_names())) > 60
