"""Many runs at once give what each gives alone, measured as `simulation.measures` measures."""

import numpy as np
import pytest

from simulation.cases import build_population
from simulation.measures.registry import MEASURES, measures
from simulation.recording import Record
from simulation.running import run_population
from simulation.studies import blocks
from simulation.studies.blocks import run_block
from simulation.studies.outcomes import FIXED, outcome_named
from simulation.studies.replay import resolved_case
from tests.studies.conftest import SMALL

SHARED = [name for name in MEASURES if name in FIXED or name.startswith("mean_")]
NETWORK = """
question = "What does the network do?"
case = "community"
people = 30
days = 12
seed = 3
replicates = 2
measures = ["mean_arousal", "everyone.mean_arousal", "cascade_size", "people_in_episodes", "pushed_share", "cascades",
  "largest_cascade", "cascade_people", "cascade_depth"]
[design]
kind = "grid"
[factors]
"network.topology" = { values = ["ring", "scale-free"] }
"network.profiles.bpd" = { values = [0.1, 0.3] }
"biased_perception" = { values = [0.0, 1.0] }
"""


def table(plan):
    return run_block(plan.payload(), 0, plan.n_runs)[0].to_pandas()


@pytest.mark.parametrize("factors", [
    '"Robin.tolerance" = { values = [0.1, 0.9] }\n"metacognitive_level" = { values = [0.2, 0.8] }',
    '"Alex>Robin.contact_rate" = { values = [1.0, 4.0] }\n"Robin.profile" = { values = ["tolerant", "reactive"] }',
    'lesion = { values = ["none", "biased_perception"] }\n"relief" = { values = [0.2, 0.7] }',
    '"everyone.negative_self_image" = { values = [0.2, 0.8] }\n"schema_history" = { values = [20, 200] }',
])  # fmt: skip
def test_rows_agree_with_measures_of_the_resolved_case_run_alone(planned, factors):
    text = SMALL[: SMALL.index("[factors]")] + "[factors]\n" + factors
    plan = planned(text, days="30", measures=str([*SHARED, "Robin.mean_anger", "Robin.trust"]))
    frame = table(plan)
    assert not frame["failed"].any()
    for run in (0, 5, 14):
        case = resolved_case(plan, run)
        recording = run_population(case, build_population(case), record=Record(watch=("Alex", "Robin")))
        alone = measures(recording, SHARED)
        row = frame.iloc[run]
        for name in SHARED:
            assert row[name] == pytest.approx(alone[name], rel=1e-9, nan_ok=True), name
        assert row["Robin.mean_anger"] == pytest.approx(measures(recording, ["mean_anger"], "Robin")["mean_anger"])


def test_networks_differ_by_what_was_asked_and_replicates_share_their_luck(planned):
    plan = planned(NETWORK)
    frame = table(plan)
    assert len(frame) == 16 and not frame["failed"].any()
    assert frame["seed"].nunique() == 2 and frame.groupby("replicate")["seed"].nunique().eq(1).all()
    assert frame["run_id"].is_unique
    again = frame["cascade_size"] * frame["cascades"]
    assert (frame["largest_cascade"].dropna() >= frame["cascade_size"].dropna() - 1e-9).all()
    assert again.dropna().ge(frame["cascades"][again.notna()]).all()
    for run in (3, 12):
        case = resolved_case(plan, run)
        recording = run_population(case, build_population(case), record=Record(watch=(), summaries=("arousal",)))
        mean = recording.summaries["arousal"].mean()
        assert frame["everyone.mean_arousal"][run] == pytest.approx(mean, rel=1e-9)


def test_how_runs_are_laid_out_changes_nothing(planned, monkeypatch):
    plan = planned(measures='["cycles", "mean_arousal", "sd_arousal", "inertia_arousal", "final_pain"]')
    before = table(plan)
    monkeypatch.setattr(blocks, "TILE_PEOPLE", 6)
    after = table(plan)
    assert before.equals(after)


def test_a_factor_without_effect_has_none(planned):
    text = SMALL.replace(
        '"rejection_sensitivity" = { values = [0.2, 0.9] }', '"schema_history" = { low = 60, high = 60.5 }'
    )
    plan = planned(text.replace('kind = "grid"\npoints = 5', 'kind = "sobol"\npoints = 2'))
    frame = table(plan)
    base = [name for name in ("Robin.tolerance", "schema_history", "replicate")]
    assert (frame.groupby(base)["mean_arousal"].nunique() == 1).all()


def test_a_failed_run_is_a_row_and_costs_no_other(planned):
    text = NETWORK.replace('"network.topology" = { values = ["ring", "scale-free"] }',
                           '"network.mean_degree" = { values = [4, 500] }')  # fmt: skip
    frame = table(planned(text))
    assert frame["failed"].sum() == 8 and len(frame) == 16
    failed = frame[frame["failed"]]
    assert (failed["network.mean_degree"] == 500).all() and failed["mean_arousal"].isna().all()
    assert failed["error"].str.contains("mean_degree").all() and failed["seed"].notna().all()


def test_a_run_that_raises_is_told_with_its_traceback(planned, monkeypatch):
    plan = planned()
    original = blocks.laid_out

    def unlucky(variants):
        if len(variants) > 1:
            raise ZeroDivisionError("together")
        if next(count) == 3:
            raise ZeroDivisionError("alone")
        return original(variants)

    count = iter(range(100))
    monkeypatch.setattr(blocks, "laid_out", unlucky)
    frame = table(plan)
    assert frame["failed"].sum() == 1 and frame["failed"][3]
    assert "ZeroDivisionError: alone" in frame["error"][3] and "Traceback" in frame["error"][3]


def test_a_ramp_gives_a_row_per_step_and_shows_its_parameter(planned):
    text = (
        SMALL.replace("days = 6\n", "")
        + """
[ramp]
factor = "recovery_rate"
low = 0.5
high = 8
steps = 4
days = 3
settle = 1
"""
    )
    frame = table(planned(text))
    assert len(frame) == 40 * 8
    first = frame[frame["run"] == 0]
    assert first["ramp:recovery_rate"].tolist() == [0.5, 3.0, 5.5, 8.0, 8.0, 5.5, 3.0, 0.5]
    assert first["direction"].tolist() == ["rising"] * 4 + ["falling"] * 4
    slow = frame[frame["ramp:recovery_rate"] == 0.5]["mean_arousal"].mean()
    assert slow > frame[frame["ramp:recovery_rate"] == 8.0]["mean_arousal"].mean()


def test_courses_are_kept_for_the_focal_person(planned):
    text = SMALL + '[courses]\nquantities = ["arousal", "pain"]\nevery = 1\n'
    plan = planned(text)
    _, courses = run_block(plan.payload(), 0, 40)
    frame = courses.to_pandas()
    assert len(frame) == 40 * 6 and list(frame.columns) == ["run", "day", "arousal", "pain"]
    case = resolved_case(plan, 7)
    alone = run_population(case, build_population(case)).course("Alex", "arousal")
    own = frame[frame["run"] == 7]
    assert np.array_equal(own["arousal"], alone.loc[own["day"].to_numpy()])


def test_measures_of_every_state_exist():
    assert outcome_named("mean_dysregulation") and outcome_named("sd_shame") and outcome_named("inertia_anger")
    assert outcome_named("final_differentiation") and outcome_named("mean_nothing") is None


def test_questionnaires_are_those_of_the_run_alone(planned):
    names = ["ders", "criteria", "negative_affect", "rejection_anger", "cycles"]
    text = SMALL.replace("{ low = 0.1, high = 0.9 }", "{ values = [0.1, 0.9] }")
    plan = planned(text, days="40", measures=str([*names, "Robin.ders"]), replicates="2")
    frame = table(plan)
    assert not frame["failed"].any(), frame["error"][0]
    for run in (1, 6):
        case = resolved_case(plan, run)
        recording = run_population(case, build_population(case), record=Record(watch=("Alex", "Robin")))
        for name, value in measures(recording, names).items():
            assert frame[name][run] == pytest.approx(value, rel=1e-9, nan_ok=True), name
        assert frame["Robin.ders"][run] == pytest.approx(measures(recording, ["ders"], "Robin")["ders"])


TREATED = """
question = "What does treatment do?"
case = "angie"
days = 110
seed = 3
replicates = 2
measures = ["mean_arousal", "cycles", "sessions_attended", "dropped_out", "final_differentiation", "Therapist.strain"]
[design]
kind = "grid"
[factors]
"treatment" = { values = ["none", "mit", "supportive"] }
"rejection_sensitivity" = { values = [0.5, 0.8] }
"treatment.start" = { values = [60, 80] }
"""


def test_treatments_side_by_side_go_as_they_do_alone(planned):
    plan = planned(TREATED)
    frame = table(plan)
    assert not frame["failed"].any(), frame["error"].dropna().iloc[0]
    treated = frame["treatment"] != "none"
    assert frame.loc[~treated, "sessions_attended"].isna().all()
    early = frame["treatment.start"] == 60
    assert (
        frame.loc[treated & early, "sessions_attended"].mean() > frame.loc[treated & ~early, "sessions_attended"].mean()
    )
    for run in (9, 14, 21):
        case = resolved_case(plan, run)
        recording = run_population(case, build_population(case))
        assert recording.population.value(0, "differentiation") == frame["final_differentiation"][run]
        assert measures(recording, ["mean_arousal"], "Angie")["mean_arousal"] == pytest.approx(
            frame["mean_arousal"][run]
        )


def test_the_day_of_an_event_can_be_varied(planned):
    text = (
        SMALL[: SMALL.index("[design]")]
        + """
[[events]]
day = 1
mark = "learns"
label = "Alex learns to tell beliefs from facts"
person = "Alex"
set_person = { differentiation = 0.9 }
[design]
kind = "grid"
[factors]
"event.learns.day" = { values = [1, 4, 6] }
"""
    )
    frame = table(planned(text, measures='["final_differentiation", "mean_differentiation"]'))
    means = frame.groupby("event.learns.day")["mean_differentiation"].mean()
    assert means.is_monotonic_decreasing and means.nunique() == 3
