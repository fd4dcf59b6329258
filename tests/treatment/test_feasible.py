"""Rules that never take a step, or never finish one, are refused where they are read; those that can are not."""

import pytest

from simulation.cases import load_case
from simulation.errors import InputError
from simulation.running import run
from simulation.studies.model import study_from
from simulation.studies.plan import plan_study
from simulation.treatment.assign import adjusted, treatment_of
from simulation.treatment.catalogue import TREATMENTS
from simulation.treatment.contract import MODULES, module
from simulation.treatment.policy import Policy, Step, condition
from simulation.trials.spec import checked_trial

CASE = """
name = "own-rule"
focal = "Ann"
days = 30
ties = [{ between = ["Ann", "Ben"], contact_rate = 0 }]

[[people]]
name = "Ann"
profile = "bpd"

[[people]]
name = "Ben"
profile = "therapist"

[treatment]
name = "mit"
patients = ["Ann"]
therapists = ["Ben"]
steps = [STEPS]
"""
LOOP = '{do = "contract", when = ["experiment > 0.3"]}, {do = "experiments", when = ["contract > 0.3"]}'
REFUSED = [
    ('{do = "contract", when = ["mastery > 1"]}', "never taken: no mastery meets when \"mastery > 1\""),
    ('{do = "contract", when = ["mastery > 0.7", "mastery < 0.3"]}', "never taken: no mastery"),
    ('{do = "contract", when = ["mastery > 0.7"], until = ["mastery > 0.6"]}', "before until \"mastery > 0.6\""),
    ('{do = "contract", until = ["mastery > -1"]}', "never taken: no mastery meets before until"),
    ('{do = "contract", when = ["over_window > 0.96"]}', "over_window lies in"),
    ('{do = "contract", until = ["mastery > 1"]}', "never comes to an end: its until \"mastery > 1\" can never hold"),
    ('{do = "contract", until = ["mastery > 1", "mastery < 0"]}', "never comes to an end"),
    ('{do = "contract", until = ["awareness > 0.5"]}', "never comes to an end: its until \"awareness > 0.5\""),
    ('{do = "contract", when = ["awareness > 0.5"]}', "nothing in the treatment moves awareness"),
    ('{do = "contract", when = ["contract > 0.5"]}', "contract is moved only by \"contract\", which waits in turn"),
    (LOOP, "never taken: it waits for \"experiment > 0.3\", and experiment is moved only by \"experiments\""),
    (LOOP.replace("contract > 0.3", "awareness > 0.2")
     + ', {do = "formulation", when = ["contract > 0.1"]}', "which waits in turn"),
    ('{do = "differentiation"}, {do = "formulation", when = ["learned_openness > 0.1"]}', "which waits in turn"),
]  # fmt: skip
"""Steps, and what is told; the last loop goes by what a module needs."""


@pytest.mark.parametrize(("steps", "told"), REFUSED)
def test_a_case_whose_rule_never_ends_or_begins_is_refused_before_it_runs(tmp_path, steps, told):
    (tmp_path / "own.toml").write_text(CASE.replace("STEPS", steps))
    case = load_case(tmp_path / "own.toml")
    for read in (lambda: treatment_of(case.treatment), lambda: run(case, days=1)):
        with pytest.raises(InputError) as error:
            read()
        assert told in str(error.value)


def test_a_study_of_such_a_case_is_refused_before_its_first_run(tmp_path):
    (tmp_path / "own.toml").write_text(CASE.replace("STEPS", LOOP))
    study = {
        "question": "?",
        "case": str(tmp_path / "own.toml"),
        "measures": ["mean_arousal"],
        "design": {"kind": "grid", "points": 2},
        "factors": {"Ann.rejection_sensitivity": {"low": 0.0, "high": 1.0}},
    }
    with pytest.raises(InputError, match="never taken: it waits for"):
        plan_study(study_from(study))


@pytest.mark.parametrize(
    "steps",
    [
        '{do = "contract", when = ["experiment > 0.3"]}, {do = "experiments"}',
        '{do = "contract", when = ["awareness > 0.2"]}, {do = "formulation", until = ["awareness > 0.5"]}',
        '{do = "contract", when = ["contract < 0.5"]}',
        '{do = "contract", when = ["medicated > 0.1", "rupture < 0.5", "engagement > 0.4"]}',
        '{do = "contract", when = ["mastery > 0.7"], until = ["mastery > 0.8", "mastery > 2"]}',
        '{do = "contract", until = ["mastery > 1"], sessions = 4}',
        '{do = "differentiation"}',
    ],
)
def test_a_rule_that_can_go_on_is_not_refused(tmp_path, steps):
    (tmp_path / "own.toml").write_text(CASE.replace("STEPS", steps))
    assert treatment_of(load_case(tmp_path / "own.toml").treatment).policy.steps


@pytest.mark.parametrize("name", sorted(TREATMENTS))
def test_every_treatment_and_every_one_short_of_a_module_can_be_carried_out(name):
    whole = TREATMENTS[name]
    for left_out in [[], *([m] for m in whole.modules)]:
        adjusted(whole.without(left_out), [], 1.0, {}, {})


def test_the_fixed_order_asks_no_conditions():
    Policy(steps=(Step("contract", when=(condition("mastery > 1"),)),), iterative=False).check()


def test_a_rule_that_never_gets_past_a_step_is_refused_in_a_trial_too(tmp_path):
    @module("endless_in_a_trial", targets=["shame"], dose=0.1, unit="share", source="ASSUMED")
    def endless(now, ready, dose):
        """Never done."""
        return {"shame": now.shame}

    arms = [{"treatment": "mit-endless"}, {"treatment": "none"}]
    steps = (Step("endless_in_a_trial"), Step("formulation"))
    with pytest.MonkeyPatch.context() as patch:
        stuck = Policy(steps=steps, at_once=1)
        patch.setitem(TREATMENTS, "mit-endless", TREATMENTS["mit"].__class__("mit-endless", "stuck", stuck))
        try:
            with pytest.raises(InputError, match=r"never comes to an end with its step .*arm \"mit-endless\""):
                checked_trial({"name": "stuck", "arms": arms})
        finally:
            del MODULES["endless_in_a_trial"]
