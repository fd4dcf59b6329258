"""Treatments and trials at the command line: what is listed, what a run leaves, and what cannot be used."""

from pathlib import Path

import pytest

from simulation.cases import load_case
from simulation.recording.folder import read_run
from simulation.treatment.catalogue import TREATMENTS
from simulation.treatment.contract import MODULES
from simulation.treatment.quantities import target_names

TRIAL = """
cohort = "bpd"
n = 3
criteria_at_least = 0
days = [14]
dt = 0.25
seed = 5
arms = [{ treatment = "mit" }, { treatment = "none" }]
"""


def test_every_treatment_is_listed_with_its_week(cycles):
    result = cycles("treatments")
    assert result.exit_code == 0
    for name in TREATMENTS:
        assert name in result.stdout
    assert "calls in crises" in result.stdout


@pytest.mark.parametrize("name", sorted(TREATMENTS))
def test_a_treatment_is_shown_with_all_its_modules(cycles, name):
    result = cycles("treatments", "show", name)
    assert result.exit_code == 0
    for module in TREATMENTS[name].modules:
        assert MODULES[module].title in result.stdout
    assert "not a clinical instrument" in result.stdout


def test_a_treated_run_says_so_tells_it_and_can_be_repeated(cycles, tmp_path):
    result = cycles("run", "angie", "--treatment", "mit", "--days", 120, "--no-pictures", "--out", "treated")
    assert result.exit_code == 0, result.output
    assert "treated with mit: Angie" in result.stdout
    first = read_run(tmp_path / "treated")
    assert "the treatment, first quarter" in first.story
    assert load_case(tmp_path / "treated").treatment.name == "mit"
    assert cycles("run", "treated", "--no-pictures", "--out", "again").exit_code == 0
    assert read_run(tmp_path / "again").events.equals(first.events)


def test_without_treatment_a_case_is_as_before(cycles, tmp_path):
    assert cycles("run", "angie", "--days", 90, "--no-pictures", "--out", "plain").exit_code == 0
    run = read_run(tmp_path / "plain")
    assert not run.events["kind"].isin(["session", "missed_session", "crisis_call"]).any()
    assert "the treatment" not in run.story


def test_a_trial_leaves_a_report(cycles, tmp_path):
    (tmp_path / "study.toml").write_text(TRIAL)
    result = cycles("trial", "study.toml", "--out", "found", "--workers", 1)
    assert result.exit_code == 0, result.output
    assert "g = " in result.stdout
    assert {p.name for p in (tmp_path / "found").iterdir()} >= {"report.md", "effects.csv", "flow.csv", "course.png"}


def test_targets_are_listed_with_bounds_and_meaning(cycles):
    every = cycles("treatments", "targets").stdout
    for name in (*target_names(), "in_episode", "repair_skill"):
        assert name in every
    some = cycles("treatments", "targets", "shame").stdout
    assert "shame" in some and "engagement" not in some and "0 – 1" in some


def test_a_file_with_modules_is_checked(cycles, own):
    result = cycles("treatments", "check", own(name="numbing_checked"))
    assert result.exit_code == 0, result.output
    assert "numbing_checked: Arousal is numbed" in result.stdout and "keeps every promise" in result.stdout
    result = cycles("treatments", "check", own('return {"arousal": 0.0}'))
    assert result.exit_code == 2
    assert 'the module "numbing" (own.py, line 4) changes arousal at dose 0' in result.stderr


def test_the_example_of_the_readme_runs_as_printed(cycles, tmp_path, own):
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    section = readme.split("## A module of one's own\n")[1].split("\n## ")[0]
    python, toml = (section.split(f"```{kind}\n")[1].split("```")[0] for kind in ("python", "toml"))
    (tmp_path / "own.py").write_text(python)
    (tmp_path / "own-trial.toml").write_text(toml)
    assert cycles("treatments", "check", "own.py").exit_code == 0
    result = cycles("trial", "own-trial.toml", "--out", "found", "--workers", 1)
    assert result.exit_code == 0, result.output
    assert "with words" in (tmp_path / "found" / "report.md").read_text()


def test_a_run_with_modules_of_ones_own_is_repeated_from_its_folder_alone(cycles, tmp_path, own):
    file = own()
    (tmp_path / "mine.toml").write_text(
        'focal = "Pat"\ndays = 40\n'
        'people = [{ name = "Pat", profile = "bpd" }, { name = "Thera", profile = "therapist" }]\n'
        'ties = [{ between = ["Pat", "Thera"], contact_rate = 0.0, bond = 0.5 }]\n'
        '[treatment]\nname = "supportive"\npatients = ["Pat"]\ntherapists = ["Thera"]\nmodules = "own.py"\n'
        'always = ["numbing"]\n'
    )
    for k in ("first", "again"):
        result = cycles("run", "mine.toml" if k == "first" else "first/case.toml", "--no-pictures", "--out", k)
        assert result.exit_code == 0, result.output
        file.write_text("raise ValueError")
    assert (tmp_path / "first" / "modules.py").is_file()
    first, again = read_run(tmp_path / "first"), read_run(tmp_path / "again")
    assert again.trajectories.equals(first.trajectories) and again.events.equals(first.events)
    assert str(tmp_path) not in (tmp_path / "again" / "case.toml").read_text()


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (["treatments", "targets", "arousel"], 'did you mean "arousal"'),
        (["treatments", "check", "none.py"], "there is no file"),
        (["run", "angie", "--treatment", "mti"], 'did you mean "mit"'),
        (["run", "dyad", "--treatment", "mit"], "says nothing about who is treated"),
        (["treatments", "show", "nothing"], "there is no treatment called"),
        (["trial", "none.toml"], "there is no file"),
        (["trial", "study.toml", "--n", "1"], "n = "),
        (["trial", "study.toml", "--out", "study.toml"], "study.toml"),
    ],
)
def test_what_cannot_be_is_told_in_one_sentence(cycles, tmp_path, line, told):
    (tmp_path / "study.toml").write_text(TRIAL)
    result = cycles(*line)
    assert result.exit_code == 2
    assert told in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1
    assert not (tmp_path / "runs").exists()
