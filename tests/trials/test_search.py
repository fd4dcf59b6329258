"""The search for a policy: seeded, judged on others, readable; and what cannot be searched."""

import math
import re
import tomllib
from dataclasses import replace

import pytest

from simulation.cases.plan import TreatmentSpec
from simulation.errors import InputError
from simulation.treatment.assign import treatment_of
from simulation.treatment.catalogue import treatment_named
from simulation.treatment.policy import Policy, Step, condition
from simulation.trials import search
from simulation.trials.people import draw_patients
from simulation.trials.search import PolicyFound, Sought, search_policy
from simulation.trials.search_report import case_part, told, verdict, write_policy

pytest.importorskip("optuna")
SMALL = {"evaluations": 2, "patients": 3, "new_patients": 4, "days": 21.0, "seed": 3}
MIT = treatment_named("mit").policy
OTHER = replace(MIT.in_order(["decentring", "episodes"]), at_once=2, patience=33, ready_from=0.28)


def found(**changes):
    """What a search might have found."""
    sought = Sought("mit", "bpd", "severity", 24, 24, 60, 365.0, 1, 0.25)
    usual = {"policy": OTHER, "start": MIT, "g": 0.2, "low": 0.1, "high": 0.3, "left": (0.35, 0.3)}
    return PolicyFound(**{"sought": sought, "training": (2.9, 2.6), "tried": 24, **usual, **changes})


@pytest.fixture(scope="module")
def twice():
    """The same search twice, and the parts of trials the first consisted of."""
    jobs = []

    def noting(given, *arguments):
        jobs.extend(given)
        return gathered(given, *arguments)

    gathered = search.gathered
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(search, "gathered", noting)
        first = search_policy("mit", **SMALL)
    return first, search_policy("mit", **SMALL), jobs


def test_a_search_is_seeded_reads_as_a_rule_and_is_judged_on_others(twice):
    first, again, _ = twice
    assert first == again
    assert {s.module for s in first.policy.steps} == {s.module for s in first.start.steps}
    assert first.training[1] <= first.training[0]  # the present rule is among those tried
    assert first.low <= first.g <= first.high or first.g == 0.0
    assert all(0 <= share <= 1 for share in first.left)
    assert any("ready now" in line for line in first.rule)


def test_the_present_rule_is_tried_first_and_the_judgement_has_other_patients(twice):
    first, _, jobs = twice
    *searched, judged = jobs
    assert searched[0].arms[0].treatment.policy == first.start == MIT
    assert {job.seed for job in searched} == {SMALL["seed"]}
    assert judged.seed not in {job.seed for job in searched}
    assert [arm.treatment.policy for arm in judged.arms] == [first.start, first.policy]
    assert len(judged.numbers) == SMALL["new_patients"]
    drawn = [draw_patients("bpd", job.numbers, 1, job.seed) for job in (searched[0], searched[-1], judged)]
    seen, again, new = (set(d.population.column("regulation_skill")[d.patients[0]].tolist()) for d in drawn)
    assert len(seen) == SMALL["patients"] and seen == again
    assert not seen & new


def test_where_the_calendar_decides_that_is_searched_too():
    rule = search_policy("mit-fixed-phases", **SMALL)
    assert not rule.start.iterative
    assert rule.training[1] <= rule.training[0]


def test_a_seed_of_any_size_can_be_searched_with():
    sought = Sought("mit", "bpd", "severity", 2, 2, 2, 7.0, 2**63 - 1, 0.25)
    sought.check()
    assert 0 <= sought.unseen < 2**63
    assert search._study(MIT, 2**40) is not None


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"treatment": "supportive"}, "no steps"),
        ({"treatment": "none"}, "no steps"),
        ({"treatment": "regulation-skills-only"}, "only one step"),
        ({"treatment": "mti"}, 'did you mean "mit"'),
        ({"cohort": "bdp"}, 'no cohort "bdp".*did you mean "bpd"'),
        ({"outcome": "metacognition"}, "should be low"),
        ({"evaluations": 1}, "evaluations = 1 is out of bounds"),
        ({"patients": 1}, "patients = 1 is out of bounds"),
        ({"new_patients": 1}, "new_patients = 1 is out of bounds"),
        ({"patients": 10**9}, "2 to 100,000 patients"),
        ({"days": math.nan}, "days = nan is out of bounds"),
        ({"days": math.inf}, "days = inf is out of bounds"),
        ({"days": -5.0}, "7 to 3,650 days"),
        ({"days": 0.0}, "days = 0.0 is out of bounds"),
        ({"seed": -1}, "seed = -1 is out of bounds"),
        ({"seed": 2**63}, "below 2\\^63"),
        ({"dt": math.nan}, "dt = "),
    ],
)
def test_what_cannot_be_searched_is_told_before_anything_is_computed(monkeypatch, asked, message):
    monkeypatch.setattr(search, "eligible", None)
    monkeypatch.setattr(search, "gathered", None)
    with pytest.raises(InputError, match=message):
        search_policy(**{**SMALL, **asked})


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({}, "does better with new patients"),
        ({"g": 0.1, "low": -0.01}, "is not better: .* luck"),
        ({"g": -0.1, "low": -0.24, "high": 0.0}, "is not better"),
        ({"g": -0.1, "low": -0.24, "high": -0.01}, "does worse with new patients: .* luck"),
        ({"g": math.nan, "low": math.nan, "high": math.nan}, "is not better"),
        ({"policy": MIT, "g": 0.0, "low": 0.0, "high": 0.0}, "the one it began with"),
    ],
)
def test_only_a_rule_with_an_interval_above_zero_is_called_better(changes, message):
    rule = found(**changes)
    assert re.search(message, verdict(rule))
    assert ("does better" in verdict(rule)) == (not changes)


def test_the_report_says_both_rules_the_effect_and_who_left(tmp_path):
    files = write_policy(found(), tmp_path, "cycles policy")
    text = files[0].read_text(encoding="utf-8")
    assert text == told(found(), "cycles policy")
    parts = (
        "g = 0.20 [0.10, 0.30]",
        "24 rules tried",
        "35% with the rule as it was, 30% with the rule found",
        "After 33 sessions",
        "After 20 sessions",
        "not a clinical instrument",
        case_part(found()).rstrip(),
    )
    for part in parts:
        assert part in text
    few = replace(found().sought, new_patients=4)
    assert "few new patients" in verdict(found(sought=few)) and "few new patients" not in text


@pytest.mark.parametrize("name", ["mit", "skills-with-coaching", "mit-fixed-phases"])
def test_the_part_of_a_case_file_says_the_same_rule(name):
    policy = replace(treatment_named(name).policy, iterative=True, at_once=2, patience=33, ready_from=0.28)
    policy = policy.in_order([step.module for step in reversed(policy.steps)])
    rule = found(policy=policy, sought=replace(found().sought, treatment=name))
    part = tomllib.loads(case_part(rule))["treatment"]
    spec = TreatmentSpec.model_validate({**part, "patients": ["A"], "therapists": ["B"]})
    assert treatment_of(spec).policy == policy


def test_conditions_and_numbers_of_sessions_are_in_the_part_of_a_case_file():
    step = Step("formulation", (condition("mastery > 0.2"),), (condition("awareness > 0.5"),), 5)
    (read,) = tomllib.loads(case_part(found(policy=Policy(steps=(step,)))))["treatment"]["steps"]
    assert read == {"do": "formulation", "when": ["mastery > 0.2"], "until": ["awareness > 0.5"], "sessions": 5}
