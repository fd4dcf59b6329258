"""The commands, as typed."""

import pandas as pd
import pytest
from typer.testing import CliRunner

from simulation.cli.app import app
from simulation.studies.model import load_study
from simulation.studies.plan import plan_study
from tests.studies.conftest import EXAMPLE, SMALL
from tests.studies.test_ledger import ROOT


@pytest.fixture
def cycles(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return lambda *arguments: CliRunner().invoke(app, [str(argument) for argument in arguments], prog_name="cycles")


def test_the_example_runs_as_it_stands(cycles, tmp_path):
    (tmp_path / "s.toml").write_text(EXAMPLE)
    result = cycles("sweep", "s.toml", "--out", "DIR")
    assert result.exit_code == 0, result.output
    frame = pd.read_parquet("DIR/runs.parquet")
    assert len(frame) == 12 * 12 * 8 and not frame["failed"].any()
    assert {"rejection_sensitivity", "metacognitive_level", "episodes", "cycles", "mean_arousal", "seed"} <= set(frame)
    assert frame[["episodes", "cycles", "mean_arousal"]].notna().all().all()
    calm = frame[frame["metacognitive_level"] == 1]["mean_arousal"].mean()
    assert calm < frame[frame["metacognitive_level"] == 0]["mean_arousal"].mean()
    again = cycles("sweep", "s.toml", "--out", "DIR")
    assert again.exit_code == 0 and "were there already" in again.output
    replayed = cycles("replay", "DIR", frame["run_id"][77])
    assert replayed.exit_code == 0 and "the numbers agree" in replayed.output


def test_failed_runs_are_told_and_the_exit_code_says_so(cycles, tmp_path):
    text = SMALL.replace('"dyad"', '"community"\npeople = 20').replace('"Robin.strain"', '"strain"')
    text = text[: text.index("[factors]")] + '[factors]\n"network.mean_degree" = { values = [4, 400] }\n'
    (tmp_path / "s.toml").write_text(text)
    result = cycles("sweep", "s.toml", "--out", "DIR")
    assert result.exit_code == 1 and "4 of 8 runs failed" in result.output
    assert pd.read_parquet("DIR/runs.parquet")["failed"].tolist() == [False] * 4 + [True] * 4
    replayed = cycles("replay", "DIR", "6")
    assert "mean_degree" in replayed.output


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("sweep", "no.toml", "--out", "DIR"), "there is no file"),
        (("sweep", "bad.toml", "--out", "DIR"), "upside down"),
        (("sweep", "s.toml", "--out", "s.toml"), "is a file, not a folder"),
        (("sweep", "s.toml", "--out", "DIR", "--shard", "3/2"), "is no shard"),
        (("sweep", "large.toml", "--out", "DIR"), "--yes"),
        (("analyse", "nowhere"), "does not exist"),
        (("hypotheses", "nowhere"), "does not exist"),
        (("merge", "OUT", "nowhere"), "does not exist"),
        (("replay", "nowhere", "1"), "does not exist"),
    ],
)
def test_what_cannot_be_used_is_told_in_one_sentence(cycles, tmp_path, arguments, said):
    (tmp_path / "s.toml").write_text(SMALL)
    (tmp_path / "bad.toml").write_text(SMALL.replace("low = 0.1, high = 0.9", "low = 0.9, high = 0.1"))
    (tmp_path / "large.toml").write_text(SMALL.replace("replicates = 4", "replicates = 40000"))
    result = cycles(*arguments)
    assert result.exit_code == 2, result.output
    assert said in result.output and "Traceback" not in result.output
    assert not (tmp_path / "DIR").exists() and not (tmp_path / "OUT").exists()


@pytest.mark.parametrize("file", sorted((ROOT / "experiments" / "studies").glob("*.toml")), ids=lambda file: file.stem)
def test_ready_studies_can_be_planned_and_ask_a_question(file):
    plan = plan_study(load_study(file), file.name)
    assert plan.study.question.rstrip().endswith(("?", "domains")) and plan.n_runs >= 90
