"""The contract that every module keeps, those of users too."""

from zlib import crc32

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulation.errors import InputError
from simulation.treatment import modules
from simulation.treatment.assign import load_modules
from simulation.treatment.contract import MODULES, Now, module
from simulation.treatment.quantities import COURSE, MIND, NOT_THERAPEUTIC, POOLS, described, target_names

assert modules
NAMES = sorted(MODULES)
HARM = {"arousal": 1, "alliance_strain": 1, "due_rejection": 1, "engagement": -1}
"""What a module may do to a patient who is not ready for it: upset, strain, be heard as rejection, lose engagement."""
NEUTRAL = {"explained", "eased_impulsivity", "eased_noise", "eased_reactivity", "medicated", "impulsivity",
           "affect_noise", "reactivity"}  # fmt: skip
"""What may move without being a benefit: explaining takes no readiness; what was eased stays eased."""


def random_now(seed: int, n: int = 6, **fixed: float) -> Now:
    """Everything that a module may ask for, at random within its bounds."""

    def fetch(name: str) -> np.ndarray:
        quantity = described(name)
        luck = np.random.default_rng([seed, crc32(name.encode())])  # whatever else is asked for, and in which order
        if name in fixed:
            return np.full(n, fixed[name])
        if name.startswith("eased_"):
            return np.zeros(n)
        return luck.uniform(quantity.low, min(quantity.high, quantity.low + 20.0), n)

    return Now(fetch=fetch)


seeds = st.integers(0, 2**32 - 1)
every_module = pytest.mark.parametrize("name", NAMES)


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
    if need.quantity == "over_window":
        now = random_now(seed, arousal=1.0, window_of_tolerance=0.3)
    else:
        quantity = described(need.quantity)
        worst = quantity.low if need.full > need.start else quantity.high
        now = random_now(seed, **{need.quantity: worst})
        if float(np.max(about.ready(now))) > 0.45:
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
        with pytest.raises(InputError, match='"greedy_test_module" tries to move "pain"'):
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


def test_a_module_in_a_file_of_ones_own(tmp_path):
    file = tmp_path / "mine.py"
    file.write_text(
        "from simulation.treatment import module\n"
        '@module("breathing_mine", targets=["arousal"], needs=[("alliance_trust", 0.1, 0.3)], dose=0.2,\n'
        '        unit="share of arousal", source="ASSUMED")\n'
        "def breathe(now, ready, dose):\n"
        '    """Breathing together."""\n'
        '    return {"arousal": now.arousal * (1 - dose * ready)}\n'
    )
    try:
        assert load_modules(str(file)) == ["breathing_mine"]
        assert load_modules(str(file)) == ["breathing_mine"]  # once more is no mistake
        now = random_now(1, alliance_trust=1.0)
        assert np.all(MODULES["breathing_mine"].effect(now, 0.2)["arousal"] < now.arousal)
    finally:
        MODULES.pop("breathing_mine", None)


@pytest.mark.parametrize(
    ("text", "told"),
    [("", "declares no module"), ("import nonexistent_thing", "cannot be loaded"), ("x = ", "cannot be loaded")],
)
def test_a_file_that_is_no_module_is_refused(tmp_path, text, told):
    file = tmp_path / "bad.py"
    file.write_text(text)
    with pytest.raises(InputError, match=told):
        load_modules(str(file))
    with pytest.raises(InputError, match="there is no file"):
        load_modules(str(tmp_path / "none.py"))


def test_target_names_can_all_be_targeted():
    assert len(target_names()) == len(set(target_names())) > 60
