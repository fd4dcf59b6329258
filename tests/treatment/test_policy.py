"""Policies: what a session is given to, and rules that cannot be."""

import numpy as np
import pytest

from simulation.cases.read import checked
from simulation.errors import InputError
from simulation.treatment.assign import adjusted, treatment_of
from simulation.treatment.catalogue import TREATMENTS, treatment_named
from simulation.treatment.contract_check import random_now
from simulation.treatment.policy import Policy, Step, condition


def shares(policy, n=6, progress=0.0, done=None, **fixed):
    now = random_now(2, n, **fixed)
    had = [(done or {}).get(step.module, 0) for step in policy.steps]
    return policy.share_of(now, np.repeat(np.array(had, dtype=float)[:, None], n, axis=1), np.full(n, progress))


CALM = {"arousal": 0.2, "window_of_tolerance": 0.6, "alliance_trust": 0.9, "engagement": 0.9, "rupture": 0.0,
        "monitoring": 0.7, "awareness": 0.8, "contract": 1.0, "integration": 0.6, "regulation_skill": 0.7,
        "differentiation": 0.3, "experiment": 0.0, "irritation": 0.0, "rupture_seen": 0.0}  # fmt: skip
MIT = TREATMENTS["mit"].policy


def test_shares_never_exceed_the_session():
    for seed in range(20):
        now, luck = random_now(seed, 8), np.random.default_rng(seed)
        found = MIT.share_of(now, luck.integers(0, 90, (len(MIT.steps), 8)).astype(float), np.zeros(8))
        assert np.all(sum(found.values()) <= 1.0 + 1e-12)
        assert all(np.all(share >= 0) for share in found.values())


def test_a_calm_patient_goes_on_an_upset_one_is_calmed_first():
    calm = shares(MIT, **CALM)
    assert np.all(calm["differentiation"] > 0)
    upset = shares(MIT, **{**CALM, "arousal": 0.95})
    assert np.all(upset["differentiation"] == 0)
    assert np.all(upset["coregulation"] == 1.0)


READY = {**CALM, "awareness": 0.65, "monitoring": 0.6, "regulation_skill": 0.5, "differentiation": 0.6,
         "habit_pleasant_activity": 0.3, "decentring": 0.4}  # fmt: skip
"""Ready for every step, and at the goal of none but the contract."""
DONE = {**CALM, "monitoring": 0.8, "integration": 0.75, "regulation_skill": 0.75, "differentiation": 0.8,
        "experiment": 0.8, "habit_pleasant_activity": 0.6, "decentring": 0.8}  # fmt: skip
"""At the goal of every step."""


def test_a_step_that_has_had_its_fill_lets_the_others_go_first():
    first = shares(MIT, **READY)
    assert [name for name, share in first.items() if share[0] > 0] == ["formulation", "episodes", "metacommunication"]
    fill = float(MIT.patience)
    later = shares(MIT, done={"episodes": fill, "metacommunication": fill - 1}, **READY)
    assert np.all(later["episodes"] == 0) and np.all(later["metacommunication"] > 0)
    assert np.all(later["autonomous_regulation"] > 0)
    again = shares(MIT, done=dict.fromkeys((step.module for step in MIT.steps), fill), **READY)
    assert all(np.array_equal(again[name], first[name]) for name in first)


def test_what_a_session_has_left_deepens_what_has_reached_its_goal():
    found = shares(MIT, **DONE)
    given = np.array([found[step.module] for step in MIT.steps])
    assert np.allclose(given, 1.0 / len(MIT.steps))
    one_left = shares(MIT, **{**DONE, "decentring": 0.4})
    assert np.all(one_left["decentring"] == 0.5)
    assert np.allclose(sum(one_left.values()), 1.0)
    upset = shares(MIT, **{**DONE, "arousal": 0.65})
    assert np.all(upset["coregulation"] == 1.0)
    ended = Policy(steps=(Step("autonomous_regulation", until=(condition("mastery > 0.7"),)),))
    assert not shares(ended, **{**DONE, "mastery": 0.8})["autonomous_regulation"].any()


def test_a_rupture_comes_before_everything():
    found = shares(MIT, **{**CALM, "rupture": 1.0, "rupture_seen": 1.0})
    assert np.all(found["repair"] == 1.0)
    assert all(np.all(v == 0) for name, v in found.items() if name != "repair")
    blind = shares(TREATMENTS["mit-without-repair"].policy, **{**CALM, "rupture": 1.0})
    assert "repair" not in blind


def test_fixed_phases_ignore_the_state():
    policy = TREATMENTS["mit-fixed-phases"].policy
    upset = {**CALM, "arousal": 0.95}
    assert np.all(shares(policy, progress=0.0, **upset)["formulation"] == 1.0)
    assert np.all(shares(policy, progress=1.0, **upset)["decentring"] == 1.0)
    backwards = TREATMENTS["mit-reversed-order"].policy
    assert np.all(shares(backwards, progress=0.0, **upset)["decentring"] == 1.0)


def test_dismantling_and_order():
    treatment = treatment_named("mit").without(["differentiation", "crisis_call", "supervision"])
    assert "differentiation" not in treatment.modules and not treatment.calls and not treatment.supervision
    reordered = adjusted(treatment_named("mit"), ["decentring"], 1.0, {}, {})
    assert reordered.policy.steps[0].module == "decentring"
    assert set(reordered.modules) == set(treatment_named("mit").modules)


@pytest.mark.parametrize(
    ("call", "told"),
    [
        (lambda: treatment_named("mti"), 'did you mean "mit"'),
        (lambda: treatment_named("mit").without(["diferentiation"]), 'did you mean "differentiation"'),
        (lambda: treatment_named("supportive").without(["medication"]), "does not have it"),
        (lambda: treatment_named("none").without(["differentiation"]), "has no modules"),
        (lambda: adjusted(treatment_named("mit"), ["speed"], 1.0, {}, {}), "no step"),
        (lambda: adjusted(treatment_named("mit"), [], 1.0, {"contract": 11.0}, {}), "out of bounds"),
        (lambda: treatment_named("mit").without(["supervison"]), 'did you mean "supervision".*medication, supervision'),
        (lambda: treatment_named("mit").without(["crisis_calls"]), 'did you mean "crisis_call"'),
        (lambda: adjusted(treatment_named("supportive"), [], 1.0, {"decentring": 1.0}, {}), "does not contain it"),
        (lambda: adjusted(treatment_named("none"), [], 1.0, {"decentring": 1.0}, {}), "it has no modules"),
        (lambda: Policy(ready_from=1.5).check(), "out of bounds"),
        (lambda: condition("alliance_trust is high"), "cannot be read"),
        (lambda: condition("aliance_trust > 0.3"), "did you mean"),
        (lambda: Policy(steps=(Step("validation_x"),)).check(), "no module"),
        (lambda: Policy(at_once=7).check(), "out of bounds"),
        (lambda: Policy(patience=0).check(), "at least 1 session"),
    ],
)
def test_what_cannot_be_is_told(call, told):
    with pytest.raises(InputError, match=told):
        call()


def test_a_policy_that_never_ends_is_refused():
    from simulation.treatment.contract import MODULES, module

    @module("endless_test", targets=["shame"], dose=0.1, unit="share", source="ASSUMED")
    def endless(now, ready, dose):
        """Never done."""
        return {"shame": now.shame}

    try:
        stuck = Policy(steps=(Step("endless_test"), Step("formulation")), at_once=1)
        with pytest.raises(InputError, match="never comes to an end with its step"):
            stuck.check()
        Policy(steps=(Step("endless_test", sessions=5), Step("formulation")), at_once=1).check()
        Policy(steps=(Step("formulation"), Step("endless_test")), at_once=1).check()
    finally:
        del MODULES["endless_test"]


def test_the_rule_reads_as_sentences():
    text = "\n".join(MIT.sentences())
    assert "In every session: validation, coregulation." in text
    assert "1. formulation (until awareness ≥ 0.7)" in text
    assert "After 20 sessions, a step that has not reached its goal lets the others go first." in text


def test_a_rule_of_the_cases_own(treated):
    case = treated(steps=[{"do": "formulation", "sessions": 3}, {"do": "decentring", "when": ["awareness > 0.2"]}])
    policy = treatment_of(case.treatment).policy
    assert [step.module for step in policy.steps] == ["formulation", "decentring"]
    assert str(policy.steps[1].when[0]) == "awareness > 0.2"


def test_what_belongs_to_every_session_can_be_said_alone(treated):
    policy = treatment_of(treated(always=["validation"], at_once=2, patience=7, ready_from=0.5).treatment).policy
    assert policy.always == ("validation",) and policy.steps == MIT.steps
    assert (policy.at_once, policy.patience, policy.ready_from) == (2, 7, 0.5)
    assert treatment_of(treated(always=[]).treatment).policy.always == ()
    assert treatment_of(treated(steps=[{"do": "formulation"}]).treatment).policy.always == ()


@pytest.mark.parametrize(
    ("plan", "told"),
    [
        ({"doses": {"contract": 11.0}}, "out of bounds.*doses"),
        ({"doses": {"contrct": 1.0}}, 'did you mean "contract".*doses'),
        ({"constants": {"strenght": 1.0}}, 'did you mean "strength".*constants'),
        ({"without": ["supervison"]}, 'did you mean "supervision".*without'),
        ({"order": ["contrct"]}, 'did you mean "contract".*order'),
        ({"always": ["validaton"]}, 'did you mean "validation".*always'),
        ({"steps": [{"do": "contrct"}]}, 'did you mean "contract".*steps'),
        ({"steps": [{"do": "contract", "when": ["trust"]}]}, "cannot be read.*steps"),
        ({"modules": "none.py"}, "no file.*modules"),
    ],
)
def test_a_change_that_cannot_be_is_told_with_the_case_and_the_field(treated, plan, told):
    with pytest.raises(InputError, match=rf"{told}\)$") as caught:
        treatment_of(treated(**plan).treatment, "case small.toml")
    assert caught.match(r"\(case small.toml, treatment, ")


@pytest.mark.parametrize(
    ("plan", "told"),
    [
        ({"patients": ["Nobody"]}, "the patient"),
        ({"therapists": ["Pat"], "patients": ["Pat"]}, "patient and therapist at once"),
        ({"therapists": ["Partner"], "patients": ["Thera"]}, "no tie"),
        (
            {"phases": [{"start": 0.0, "end": 10.0, "every": 7.0}, {"start": 5.0, "end": 20.0, "every": 7.0}]},
            "overlaps",
        ),
        ({"phases": [{"start": 9.0, "end": 3.0, "every": 7.0}]}, "ends before it begins"),
        ({"start": 99999.0}, "cannot be used|out of bounds|after the end"),
        ({"modles": "x.py"}, 'did you mean "modules"'),
    ],
)
def test_a_plan_that_cannot_be_is_told(treated, plan, told):
    data = treated().model_dump()
    data["treatment"] = {
        **{k: v for k, v in data["treatment"].items() if k in ("name", "patients", "therapists")},
        **plan,
    }
    with pytest.raises(InputError, match=told):
        checked(data, "case small")


def test_steps_of_one_module_stay_together_in_another_order():
    first, second = Step("formulation", sessions=5), Step("formulation", until=(condition("awareness > 0.5"),))
    policy = Policy(steps=(Step("episodes", sessions=3), first, second))
    assert policy.in_order(["formulation"]).steps == (first, second, policy.steps[0])
