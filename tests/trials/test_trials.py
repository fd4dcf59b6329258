"""Trials: known answers of the statistics, the same patients in every arm, and files that cannot be used."""

import os
import signal

import numpy as np
import pandas as pd
import pytest

from simulation.errors import InputError
from simulation.trials.analyse import (
    alliance_outcome,
    change_classes,
    drop_out,
    effects,
    g_interval,
    hedges_g,
    log_rank,
    needed_n,
    with_missing,
)
from simulation.trials.run import allocated, trial
from simulation.trials.spec import arms_of, checked_trial, load_trial

SMALL = {
    "name": "small", "n": 6, "criteria_at_least": 0, "days": [28.0], "dt": 0.25, "seed": 9,
    "arms": [{"treatment": "mit"}, {"treatment": "none"}],
}  # fmt: skip
LATE = {"start": 28.0, "end": 90.0, "every": 7.0}
OVERLAP = [{"start": 0.0, "end": 9.0, "every": 7.0}, {"start": 5.0, "end": 19.0, "every": 7.0}]


def spec(**changes):
    return checked_trial({**SMALL, **changes})


def table(scores, day=28.0, dropped=None):
    """Assessments with given severities, by arm."""
    rows = []
    for arm, values in scores.items():
        for k, value in enumerate(values):
            left = (dropped or {}).get(arm, {}).get(k, np.nan)
            for at, score in ((0.0, 5.0), (day, value)):
                rows.append({"arm": arm, "patient": f"p{k}", "day": at, "severity": score, "ders": 100.0 + score,
                             "gsi": 1.0, "dropped_at": left if at else np.nan, "scheduled": 4, "attended": 3,
                             "early_alliance": 0.1 * k, "assessed": True})  # fmt: skip
    return pd.DataFrame(rows)


def test_hedges_g_of_known_groups():
    # means 2 and 3, standard deviations 1, n = 3 each: d = -1, J = 1 - 3 / 15
    assert hedges_g(np.array([1.0, 2.0, 3.0]), np.array([2.0, 3.0, 4.0])) == pytest.approx(-0.8)
    assert hedges_g(np.ones(4), np.ones(4)) == 0.0
    assert np.isnan(hedges_g(np.ones(1), np.ones(4)))


def test_interval_covers_and_pairing_narrows_it():
    luck = np.random.default_rng(4)
    base = luck.normal(0, 1, 80)
    mine, theirs = base + luck.normal(-0.5, 0.2, 80), base
    paired, apart = (g_interval(mine, theirs, 1, p) for p in (True, False))
    g = hedges_g(mine, theirs)
    assert paired[0] < g < paired[1] and apart[0] < g < apart[1]
    assert paired[1] - paired[0] < apart[1] - apart[0]


def test_needed_n_of_the_textbook():
    # Cohen 1988: 64 per group for d = 0.5, 26 for 0.8, 394 for 0.2
    assert needed_n(0.5) == 64
    assert needed_n(0.8) == 26
    assert abs(needed_n(0.2) - 394) <= 1


def test_kaplan_meier_of_a_known_course():
    found = drop_out(table({"mit": [1, 2, 3, 4], "none": [1, 2, 3, 4]}, dropped={"mit": {0: 7.0, 1: 14.0}}), spec())
    assert found["mit"]["days"][1:3] == [7.0, 14.0]
    assert found["mit"]["staying"][1:3] == pytest.approx([0.75, 0.5])
    assert found["mit"]["share"] == pytest.approx(0.5)
    assert found["none"]["share"] == 0.0
    assert np.isnan(log_rank(table({"mit": [1, 2], "none": [1, 2]}), spec(), "mit", "none"))


def test_effects_against_the_last_arm():
    found = effects(table({"mit": [3.0, 4.0, 5.0], "none": [4.0, 5.0, 6.0]}), spec(outcomes=["severity"]))
    row = found.iloc[0]
    assert (row["mean"], row["mean_reference"]) == (4.0, 5.0)
    assert row["g"] == pytest.approx(-0.8)
    assert row["change"] == pytest.approx(-1.0)


def test_alliance_and_outcome_correlate_in_the_right_direction():
    better = table({"mit": [5.0, 4.0, 3.0, 2.0, 1.0, 0.5], "none": [5.0] * 6})
    better.loc[better["day"] == 0, "severity"] = np.tile([5, 6, 5, 6, 5, 6], 2)
    assert alliance_outcome(better, spec(), "mit", "severity") > 0.8


def test_missing_assessments_are_never_the_first_and_follow_the_rates():
    full = table(
        {"mit": np.arange(400.0) % 9, "none": np.arange(400.0) % 9}, dropped={"mit": dict.fromkeys(range(200), 7.0)}
    )
    found = with_missing(full, spec(missing={"at_random": 0.25, "after_drop_out": 1.0}))
    assert found.loc[found["day"] == 0, "assessed"].all()
    later = found[found["day"] > 0]
    assert not later.loc[later["dropped_at"].notna(), "assessed"].any()
    assert later.loc[later["arm"] == "none", "assessed"].mean() == pytest.approx(0.75, abs=0.06)


def test_classes_sum_to_one():
    found = change_classes(table({"mit": [1.0, 5.0, 9.0], "none": [5.0, 5.0, 5.0]}), spec())
    shares = found[["recovered", "improved", "unchanged", "deteriorated"]].sum(axis=1)
    assert shares.to_numpy() == pytest.approx(np.ones(len(found)))


def test_allocation_keeps_to_the_ratio():
    arms = [{"treatment": "mit", "share": 2.0}, {"treatment": "none", "share": 1.0}]
    found = allocated(spec(mode="parallel", arms=arms, n=30), 60)
    assert np.bincount(found).tolist() == [40, 20]
    assert not np.array_equal(found, np.sort(found))


@pytest.fixture(scope="module")
def twins():
    return trial(spec())


def test_the_same_patients_start_alike_in_every_arm(twins):
    start = twins.table[twins.table["day"] == 0]
    one, two = (start[start["arm"] == arm].set_index("patient") for arm in ("mit", "none"))
    for column in ("ders", "severity", "in_episode"):
        np.testing.assert_allclose(one[column], two[column])
    end = twins.table[twins.table["day"] == 28]
    assert not np.allclose(end.loc[end["arm"] == "mit", "ders"], end.loc[end["arm"] == "none", "ders"])


def test_same_seed_same_trial_whatever_the_parts(twins, monkeypatch):
    monkeypatch.setattr("simulation.trials.run.PART", 4)
    again = trial(spec(), workers=1)
    columns = ["ders", "severity", "attended", "trust"]
    order = ["arm", "patient", "day"]
    one, two = (t.sort_values(order)[columns].to_numpy() for t in (twins.table, again.table))
    np.testing.assert_allclose(one, two, rtol=1e-12)


def test_parallel_groups_share_no_patient():
    found = trial(spec(mode="parallel", n=4))
    groups = found.table.groupby("arm")["patient"].unique()
    assert not set(groups["mit"]) & set(groups["none"])
    assert len(groups["mit"]) + len(groups["none"]) == 8


def test_report_tells_and_shows(twins, tmp_path):
    from simulation.trials.report import write_report

    files = write_report(twins, tmp_path)
    assert all(file.stat().st_size > 100 for file in files)
    text = (tmp_path / "report.md").read_text()
    assert "not a clinical instrument" in text and "patients per arm (two-sided, power 80 %)" in text
    assert "assessed for eligibility" in text


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"arms": [{"treatment": "mit"}, {"treatment": "mit"}]}, "two arms are called"),
        ({"arms": [{"treatment": "mti"}, {"treatment": "none"}]}, 'did you mean "mit"'),
        ({"arms": [{"treatment": "mit"}]}, "at least 2"),
        ({"arms": [{"treatment": "mit", "share": 0.0}, {"treatment": "none"}], "mode": "parallel"}, "without patients"),
        ({"arms": [{"treatment": "mit", "share": 2.0}, {"treatment": "none"}]}, "every arm has all patients"),
        ({"arms": [{"treatment": "mit", "without": ["magic"]}, {"treatment": "none"}]}, "cannot be left out"),
        ({"arms": [{"treatment": "mit", "doses": {"magic": 1.0}}, {"treatment": "none"}]}, "no module called"),
        ({"arms": [{"treatment": "supportive", "doses": {"repairs": 1.0}}, {"treatment": "none"}]}, "no module called"),
        (
            {"arms": [{"treatment": "supportive", "doses": {"decentring": 1.0}}, {"treatment": "none"}]},
            "supportive does not contain it; its modules are validation, coregulation.*arm .supportive., doses",
        ),
        ({"arms": [{"treatment": "none", "patience": 3}, {"treatment": "mit"}]}, "no sessions that patience could"),
        (
            {"arms": [{"treatment": "mit", "phases": OVERLAP}, {"treatment": "none"}]},
            "overlaps",
        ),
        *(
            ({"arms": [{"treatment": "mit", "phases": [{**OVERLAP[0], late: 3651.0}]}, {"treatment": "none"}]}, told)
            for late, told in (("end", "end = 3651 .* at most"), ("every", "every = 3651 .* at most"))
        ),
        ({"arms": [{"treatment": "mit", "phases": [LATE]}, {"treatment": "none"}]},
         "days 28 to 90 begins when the trial is over .* the last assessment is on day 28"),
        *(({"arms": [{"treatment": "mit", "name": name}, {"treatment": "none"}]}, told) for name, told in (
            ("a|b", r'contains "\|" \(trial, arm "a\|b"\)'), ("`a`", 'contains "`"'), ("a\nb", r'contains "\\n"'),
            ("a\u2028b", "contains"), ("   ", "a space"), ("mit ", "a space"))),
        ({"days": [0.01]}, "days 0 and 0.01 are too close .* at least 1 day apart"),
        ({"days": [30.0, 30.5]}, "days 30 and 30.5 are too close"),
        *(({"dt": dt}, told) for dt, told in ((1e-9, "dt = 1e-09 .* at least 0.01"), (0.6, "dt = 0.6 .* at most 0.5"))),
        ({"outcomes": ["ders", "gsi", "ders"]}, 'the outcome "ders" is named twice'),
        ({"missing": {"after_dropout": 0.1}},
         'key "missing.after_dropout" .did you mean "after_drop_out".*known are "at_random", "after_drop_out"'),
        ({"arms": [{"treatment": "mit", "phases": [{**OVERLAP[0], "evry": 7.0}]}, {"treatment": "none"}]},
         'key "phases.0.evry" .did you mean "every".*arm "mit".*known are "start", "end", "every"'),
        ({"arms": [{"treatment": "mit"}, {"traetment": "none"}]}, 'did you mean "treatment".* .trial, arm number 2.'),
        ({"arms": ["mit", "none"]}, '"mit" cannot be used .trial, arm number 1.; it must be a table'),
        ({"n": "-3"}, 'n = "-3" cannot be used .trial.; it must be a whole number'),
        ({"mode": "both"}, 'mode = "both" .* it must be "same" or "parallel"'),
        ({"name": "my trial"}, 'name = "my trial" .* it must be letters, digits'),
        ({"outcomes": ["happiness"]}, "is not an outcome"),
        ({"outcomes": []}, "outcomes is empty"),
        ({"cohort": "bdp"}, 'did you mean "bpd"'),
        ({"days": [0.0]}, "no day after 0"),
        ({"n": 1}, "n = "),
        ({"arm": []}, 'did you mean "arms"'),
    ],
)  # fmt: skip
def test_a_trial_that_cannot_be_is_told_in_one_sentence(changes, told):
    with pytest.raises(InputError, match=told) as error:
        spec(**changes)
    assert "\n" not in str(error.value)


def test_a_module_of_ones_own_in_an_arm_changes_outcomes(tmp_path, monkeypatch):
    from simulation.treatment.contract import MODULES

    (tmp_path / "mine.py").write_text(
        "import numpy as np\n"
        "from simulation.treatment import module\n"
        '@module("own_trial_test", targets=["arousal", "rejection_sensitivity"], dose=0.5, unit="share",\n'
        '        source="ASSUMED", technique=False)\n'
        "def own(now, ready, dose):\n"
        '    """Calm and trust, at once."""\n'
        "    left = 1 - np.minimum(dose * ready, 1)\n"
        '    return {"arousal": now.arousal * left, "rejection_sensitivity": now.rejection_sensitivity * left}\n'
    )
    study = tmp_path / "study.toml"
    study.write_text(
        'n = 3\ncriteria_at_least = 0\ndays = [28]\ndt = 0.25\noutcomes = ["severity"]\n'
        '[[arms]]\ntreatment = "supportive"\n'
        '[[arms]]\nname = "with mine"\ntreatment = "supportive"\nmodules = "mine.py"\n'
        'always = ["validation", "coregulation", "own_trial_test"]\ndoses = { own_trial_test = 0.4 }\n'
    )
    monkeypatch.setattr("simulation.trials.run.PART", 2)
    try:
        found = trial(load_trial(study), workers=2)  # other processes have to load the file as well
    finally:
        MODULES.pop("own_trial_test", None)
    end = found.table[found.table["day"] == 28].pivot(index="patient", columns="arm", values="rsq")
    assert len(end) == 3 and (end["with mine"] < end["supportive"] - 1.0).all()


def test_a_rule_that_a_search_may_find_can_be_written_in_a_file():
    about = {"at_once": 1, "ready_from": 0.2, "patience": 9, "order": ["decentring"]}
    arm = arms_of(spec(arms=[{"treatment": "mit", **about}, {"treatment": "none"}]))[0]
    policy = arm.treatment.policy
    assert (policy.at_once, policy.ready_from, policy.patience) == (1, 0.2, 9)
    assert policy.steps[0].module == "decentring" and policy.fallback == "coregulation"


def test_everyone_included_meets_the_criteria_in_the_interview_at_intake():
    found = trial(spec(n=24, criteria_at_least=5, days=[7.0])).table
    assert (found.loc[found["day"] == 0, "criteria"] >= 5).all()
    assert len(found) == 24 * 2 * 2


def test_too_few_who_meet_the_criteria():
    with pytest.raises(InputError, match="ask for fewer criteria or patients"):
        trial(spec(cohort="community", criteria_at_least=9, n=2))


def test_files_that_are_no_trial(tmp_path):
    with pytest.raises(InputError, match="there is no file"):
        load_trial(tmp_path / "none.toml")
    bad = tmp_path / "bad.toml"
    bad.write_text("arms = [")
    with pytest.raises(InputError, match="not a TOML file"):
        load_trial(bad)
    bad.write_text(f"n = {'9' * 5000}")
    with pytest.raises(InputError, match="a number that is too long"):
        load_trial(bad)


@pytest.mark.parametrize("workers", [0, -2])
def test_a_trial_needs_a_worker(workers):
    with pytest.raises(InputError, match=f"workers = {workers} cannot be used; there is at least 1"):
        trial(spec(), workers=workers)


def killed(job):
    """What the system does with a process when there is no memory left."""
    os.kill(os.getpid(), signal.SIGKILL)


def test_a_worker_that_is_killed_is_told(monkeypatch):
    monkeypatch.setattr("simulation.trials.run.PART", 3)
    monkeypatch.setattr("simulation.trials.processes.carry_out", killed)
    with pytest.raises(InputError, match="a worker process ended unexpectedly"):
        trial(spec(), workers=2)


def test_the_first_assessments_may_follow_day_by_day():
    found = trial(spec(n=2, days=[1.0, 2.0]), workers=1).table
    assert sorted(found["day"].unique()) == [0.0, 1.0, 2.0]
