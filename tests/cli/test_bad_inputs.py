"""What cannot be used is told in one sentence, with exit code 2, before anything is written."""

import pytest

from tests.cli.conftest import everything

FILES = {
    "full/file": "x",
    "a-file": "x",
    "broken.toml": "name = \n",
    "empty.toml": "",
    "latin.toml": 'title = "é"\n'.encode("latin-1"),
    "loop.csv": "source,target\na,a\n",
    "nothing.csv": "",
    "damaged/provenance.json": "{",
    "trial.toml": 'n = 2\narms = [{ treatment = "mit" }, { treatment = "none" }]\n',
}

BAD = [
    (["run", "agnie"], 'did you mean "angie"?'),
    (["run", "nothing-like-it"], 'there is no case called "nothing-like-it"'),
    (["run", "missing.toml"], "there is no file"),
    (["run", "full"], "has no case.toml"),
    (["run", "broken.toml"], "is not a TOML file"),
    (["run", "empty.toml"], "is missing"),
    (["run", "latin.toml"], "not UTF-8"),
    (["run", "dyad", "--days", "nan"], "days = nan"),
    (["run", "dyad", "--days", "inf"], "days = inf"),
    (["run", "dyad", "--days", "-3"], "must be above 0"),
    (["run", "dyad", "--days", "0"], "must be above 0"),
    (["run", "dyad", "--days", "1e12"], "must be at most"),
    (["run", "dyad", "--days", "soon"], "'--days'"),
    (["run", "dyad", "--dt", "0"], "dt = 0"),
    (["run", "dyad", "--dt", "1e-9"], "dt = 1e-09"),
    (["run", "dyad", "--seed", "-1"], "must be at least 0"),
    (["run", "dyad", "--seed", "1.5"], "'--seed'"),
    (["run", "dyad", "--seed", "9" * 30], "seed"),
    (["run", "dyad", "--people", "9"], "no generated network"),
    (["run", "community", "--people", "1"], "must be at least 2"),
    (["run", "community", "--people", "99999999999"], "must be at most"),
    (["run", "dyad", "--set", "Alex"], "cannot be read"),
    (["run", "dyad", "--set", "Alex.rejection_sensitivity=1.4"], "rejection_sensitivity = 1.4 is above 1"),
    (["run", "dyad", "--set", "Alex.rejection_sensitivty=0.4"], 'did you mean "rejection_sensitivity"?'),
    (["run", "dyad", "--set", "Alexa.warmth=0.4"], 'did you mean "Alex"?'),
    (["run", "dyad", "--set", "Alex.warmth=nan"], "finite"),
    (["run", "dyad", "--lesion", "biased-perception-x"], 'did you mean "biased_perception"?'),
    (["run", "dyad", "--network", "loop.csv"], "no network"),
    (["run", "community", "--network", "loop.csv"], "tie to themselves"),
    (["run", "community", "--network", "nothing.csv"], "nothing.csv"),
    (["run", "community", "--network", "missing.csv"], "missing.csv"),
    (["run", "dyad", "--engine", "compile"], 'did you mean "compiled"?'),
    (["run", "dyad", "--out", "full"], "is not empty"),
    (["run", "dyad", "--out", "a-file"], "is a file, not a folder"),
    (["run", "dyad", "--out", "a-file/run"], "Not a directory"),
    (["run", "dyad", "--out", "/proc/run"], "nothing was written"),
    (["run", "dyad", "--out", "."], "where you are"),
    (["run"], "Missing argument"),
    (["run", "dyad", "angie"], "angie"),
    (["run", "dyad", "--dayz", "3"], 'did you mean "--days"?'),
    (["rum", "dyad"], "Did you mean 'run'?"),
    (["trial", "missing.toml"], "there is no file"),
    (["trial", "trial.toml", "--workers", "0"], "'--workers'"),
    (["trial", "trial.toml", "--workers", "-2"], "'--workers'"),
    (["trial", "trial.toml", "--n", "1"], "n = 1 is out of bounds"),
    (["trial", "trial.toml", "--seed", "-1"], "seed = -1 is out of bounds"),
    (["trial", "trial.toml", "--out", "full"], "is not empty"),
    (["cases", "show", "agnie"], 'did you mean "angie"?'),
    (["cases", "agnie"], "No such command"),
    (["parameters", "no such thing"], "no parameter has"),
    (["parameters", "--kind", "constants"], 'did you mean "constant"?'),
    (["story", "missing"], "does not exist"),
    (["story", "a-file"], "is a file"),
    (["story", "full"], "not the folder of a run"),
    (["story", "damaged"], "damaged"),
    (["run", "a\x00b"], ""),
    (["run", "line\nbreak"], "line\\nbreak"),
]


@pytest.mark.parametrize(("arguments", "told"), BAD, ids=[" ".join(arguments)[:50] for arguments, _ in BAD])
def test_one_sentence_and_nothing_written(cycles, tmp_path, arguments, told):
    for name, content in FILES.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    before = everything(tmp_path)
    result = cycles(*arguments)
    assert result.exit_code == 2, result.output
    assert result.stdout == ""
    (sentence,) = result.stderr.splitlines()
    assert sentence.startswith("cycles: ")
    assert told in sentence
    assert "Traceback" not in sentence
    assert everything(tmp_path) == before


def test_exit_codes_reach_the_shell(process, tmp_path):
    running = process("run", "agnie")
    out, err = running.communicate()
    assert (running.returncode, out) == (2, "")
    assert err.startswith('cycles: there is no case called "agnie" (did you mean "angie"?)')
    assert len(err.splitlines()) == 1
    assert everything(tmp_path) == []
