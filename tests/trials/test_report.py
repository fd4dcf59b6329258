"""What a trial leaves: true sizes, the settings of its arms, names that can be read, and all it takes to repeat it."""

import json
from itertools import pairwise

import pandas as pd
import pytest
from typer.testing import CliRunner

from simulation.cli.app import app
from simulation.errors import InputError
from simulation.treatment.contract import MODULES
from simulation.trials.report import told, write_trial
from simulation.trials.run import trial
from simulation.trials.settings import assessments, changes, schedule, sizes
from simulation.trials.spec import checked_trial, load_trial

LONG = "change first and then everything else, at half of the dose"
TWO_PHASES = [{"start": 7.0, "end": 28.0, "every": 7.0}, {"start": 0.0, "end": 7.0, "every": 1.0}]
UNEQUAL = {
    "name": "unequal", "n": 4, "mode": "parallel", "criteria_at_least": 0, "days": [14.0], "dt": 0.25, "seed": 9,
    "outcomes": ["severity", "ders"], "missing": {"at_random": 0.2, "after_drop_out": 0.5},
    "arms": [
        {"treatment": "mit", "share": 3.0, "name": LONG, "strength": 0.5, "without": ["crisis_call"]},
        {"treatment": "supportive"},
        {"treatment": "none"},
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def unequal():
    return trial(checked_trial(UNEQUAL))


def arm(**settings):
    return checked_trial({**UNEQUAL, "mode": "same", "arms": [settings, {"treatment": "none", "name": "z"}]}).arms[0]


def test_the_report_says_how_many_patients_there_really_are(unequal):
    assert unequal.flow["allocated"].tolist() == [7, 3, 2]
    text = told(unequal)
    assert "Cohort `bpd`, 12 patients, 2 to 7 per arm, seed 9" in text
    assert f"| {LONG} | mit | 7 | without crisis_call; strength 0.5 | every 7 days from day 0 to 548 |" in text
    assert "| none | none | 2 | – | – |" in text


def test_sizes_that_are_alike_are_said_once():
    flow = pd.DataFrame({"allocated": [30, 30]})
    assert sizes(flow, checked_trial({**UNEQUAL, "arms": [{"treatment": "mit"}, {"treatment": "none"}]})) == (
        "30 patients per arm"
    )


def test_the_table_of_effects_counts_both_sides(unequal):
    row = unequal.effects.iloc[0]
    assert row["n"] != row["n_reference"]
    assert "| n | n of none |" in told(unequal)
    assert f"| {row['n']} | {row['n_reference']} |" in told(unequal)


def test_every_change_of_an_arm_is_told():
    changed = arm(treatment="mit", order=["experiments", "episodes"], doses={"episodes": 0.4, "contract": 1.0})
    assert changes(changed) == "order experiments, episodes; doses episodes 0.4, contract 1"
    assert changes(arm(treatment="mit")) == ""
    told_schedule = "every day from day 0 to 7; every 7 days from day 7 to 28"
    assert schedule(arm(treatment="mit", phases=TWO_PHASES)) == told_schedule


def test_what_is_assessed_and_missing_is_told():
    text = assessments(checked_trial(UNEQUAL))
    assert "days 0, 14, with errors" in text
    assert "0.2 of the assessments after the first by chance, and all later ones of 0.5 of those who leave" in text
    complete = checked_trial({**UNEQUAL, "missing": {}, "criteria_at_least": 5, "measurement_error": False})
    assert assessments(complete).startswith("Included is whoever meets at least 5 criteria")
    assert "without errors" in assessments(complete) and "No assessment is missing." in assessments(complete)


@pytest.mark.parametrize("name", ["course_figure", "staying_figure"])
def test_long_names_of_arms_are_within_the_picture_and_apart(unequal, name):
    from simulation.trials import pictures

    figure = getattr(pictures, name)(unequal)
    edge = figure.get_window_extent().x1
    for ax in figure.axes:
        labels = [text for text in ax.texts if text.get_text().replace("\n", " ") in (LONG, "supportive", "none")]
        assert len(labels) == len(unequal.drop_out if name == "staying_figure" else unequal.spec.arms)
        boxes = sorted((text.get_window_extent() for text in labels), key=lambda box: box.y0)
        assert all(box.x1 < edge for box in boxes)
        assert all(lower.y1 <= upper.y0 + 1 for lower, upper in pairwise(boxes))


def test_a_trial_can_be_repeated_from_its_folder(tmp_path, monkeypatch):
    (tmp_path / "mine.py").write_text(
        "from simulation.treatment import module\n"
        '@module("own_report_test", targets=["habit_calm_request"], dose=0.5, unit="share", source="ASSUMED")\n'
        "def own(now, ready, dose):\n"
        '    """A habit is practised."""\n'
        '    return {"habit_calm_request": now.habit_calm_request + dose * ready * (1 - now.habit_calm_request)}\n'
    )
    (tmp_path / "study.toml").write_text(
        "n = 3\ncriteria_at_least = 0\ndays = [14]\ndt = 0.25\n"
        '[[arms]]\ntreatment = "supportive"\nmodules = "mine.py"\nalways = ["own_report_test"]\n'
        "doses = { own_report_test = 0.4 }\n"
        '[[arms]]\ntreatment = "none"\n'
    )
    monkeypatch.chdir(tmp_path)
    try:
        for arguments in (["study.toml", "--seed", "5", "--n", "2", "--out", "first"], ["first", "--out", "again"]):
            done = CliRunner().invoke(app, ["trial", *arguments])
            assert done.exit_code == 0, done.output
            (tmp_path / "mine.py").unlink(missing_ok=True)  # the folder has its own
            MODULES.pop("own_report_test", None)
    finally:
        MODULES.pop("own_report_test", None)
    first, again = (pd.read_parquet(folder + "/patients.parquet") for folder in ("first", "again"))
    pd.testing.assert_frame_equal(first, again)
    assert (load_trial("again").seed, load_trial("again").n) == (5, 2)
    about = json.loads((tmp_path / "first" / "provenance.json").read_text())
    assert {"version", "commit", "theory", "python", "packages"} <= set(about)


def test_what_is_left_of_a_trial_says_all_of_it(tmp_path):
    spec = checked_trial(UNEQUAL)
    write_trial(spec, tmp_path)
    assert load_trial(tmp_path) == load_trial(tmp_path / "trial.json") == spec


def test_a_folder_that_is_no_trials(tmp_path):
    with pytest.raises(InputError, match="there is no file"):
        load_trial(tmp_path)
    (tmp_path / "trial.json").write_text("[1]")
    with pytest.raises(InputError, match="is not what a trial leaves"):
        load_trial(tmp_path)
