"""The command that searches a policy: what it leaves, what it refuses, and that a stop leaves nothing."""

import os
import signal
import time

import pytest

from tests.cli.conftest import everything

pytest.importorskip("optuna")
SMALL = ("--evaluations", 2, "--patients", 3, "--new-patients", 4, "--days", 21, "--seed", 3)


def test_a_search_leaves_a_report_and_a_rule(cycles, tmp_path):
    result = cycles("policy", *SMALL, "--out", "found")
    assert result.exit_code == 0, result.output
    assert everything(tmp_path) == ["found", "found/policy.md", "found/treatment.toml"]
    report = (tmp_path / "found" / "policy.md").read_text(encoding="utf-8")
    assert report in result.stdout and "report and rule: found" in result.stdout
    assert (tmp_path / "found" / "treatment.toml").read_text(encoding="utf-8") in report
    command = report.split("`")[1]
    assert command.startswith("cycles policy --treatment mit") and "--seed 3" in command
    again = cycles(*command.split()[1:], "--quiet")
    assert again.exit_code == 0
    assert again.stdout == f"{os.path.join('runs', 'policy-mit-3')}\n"
    assert (tmp_path / "runs" / "policy-mit-3" / "policy.md").read_text(encoding="utf-8") == report


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--treatment", "mti"], 'did you mean "mit"'),
        (["--treatment", "supportive"], "has no steps"),
        (["--cohort", "bdp"], 'did you mean "bpd"'),
        (["--days", "nan"], "days = nan is out of bounds"),
        (["--days", "-5"], "days = -5.0 is out of bounds"),
        (["--seed", "-1"], "seed = -1 is out of bounds"),
        (["--patients", "0"], "patients = 0 is out of bounds"),
        (["--new-patients", "1"], "new_patients = 1 is out of bounds"),
        (["--evaluations", "0"], "evaluations = 0 is out of bounds"),
        (["--evaluations", "many"], "--evaluations"),
        (["--out", "full"], "is not empty"),
    ],
)
def test_what_cannot_be_is_told_in_one_sentence(cycles, tmp_path, options, message):
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.txt").write_text("mine")
    result = cycles("policy", *options)
    assert result.exit_code == 2
    assert message in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1
    assert everything(tmp_path) == ["full", "full/mine.txt"]


@pytest.mark.usefixtures("signals_heard")
@pytest.mark.parametrize(
    "where", ["simulation.trials.search.eligible", "simulation.trials.search.gathered",
              "simulation.trials.search_report.case_part"]
)  # fmt: skip
def test_a_stop_within_any_part_leaves_nothing(cycles, monkeypatch, tmp_path, where):
    def stop(*arguments, **options):
        signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr(where, stop)
    result = cycles("policy", *SMALL)
    assert result.exit_code == 130
    assert result.stderr == "cycles: stopped; nothing was written\n"
    assert everything(tmp_path) == []


@pytest.mark.usefixtures("signals_heard")
def test_ctrl_c_in_the_midst_of_a_search_leaves_nothing(process, tmp_path):
    running = process("policy", "--evaluations", 1000, "--out", "out")
    deadline = time.monotonic() + 60
    while not list(tmp_path.glob(".out.*.partial")):
        assert running.poll() is None, running.communicate()
        assert time.monotonic() < deadline
        time.sleep(0.02)
    time.sleep(3)
    running.send_signal(signal.SIGINT)
    out, err = running.communicate(timeout=30)
    assert (running.returncode, out, err) == (130, "", "cycles: stopped; nothing was written\n")
    assert everything(tmp_path) == []
