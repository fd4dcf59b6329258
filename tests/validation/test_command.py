"""The command `cycles validate`."""

import json
import subprocess
import sys


def run(*arguments, cwd):
    command = [sys.executable, "-m", "simulation", "validate", *arguments]
    return subprocess.run(command, capture_output=True, text=True, cwd=cwd, timeout=170, check=False)


def test_a_bad_file_of_patterns_is_told_and_the_rest_runs(tmp_path, monkeypatch):
    import os
    from pathlib import Path

    monkeypatch.setenv(
        "PYTHONPATH", os.pathsep.join([str(Path(__file__).parents[2]), os.environ.get("PYTHONPATH", "")])
    )
    (tmp_path / "bad.csv").write_text("id,statement\n")
    done = run("--quick", "--only", "A6", "--patterns", "bad.csv", "--out", "report", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "lacks the column" in done.stderr and "Traceback" not in done.stderr
    told = json.loads((tmp_path / "report" / "report.json").read_text(encoding="utf-8"))
    assert [p["id"] for p in told["patterns"]] == ["A6"] and told["problems"]
    again = run("--only", "Z9", "--out", "other", cwd=tmp_path)
    assert again.returncode == 2 and "no pattern" in again.stderr
    assert not (tmp_path / "other").exists()
    negative = run("--only", "A6", "--seed", "-1", cwd=tmp_path)
    assert negative.returncode == 2 and "seed = -1" in negative.stderr
