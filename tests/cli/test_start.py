"""The command comes at once, and says what there is to say."""

import json
import subprocess
import sys

import pytest

from tests.cli.conftest import ROOT

HEAVY = ["mesa", "numba", "numpy", "pandas", "pyarrow", "matplotlib", "networkx", "scipy"]


def heavy_after(process, *arguments) -> list[str]:
    """Heavy modules that are loaded once a command line is done."""
    script = f"""
import json, sys
sys.argv[1:] = {list(arguments)!r}
from simulation.cli import main
try:
    main()
except SystemExit:
    pass
print(json.dumps([name for name in {[*HEAVY, "pydantic"]!r} if name in sys.modules]), file=sys.stderr)
"""
    _, err = process("-c", script).communicate()
    return json.loads(err.splitlines()[-1])


def test_help_loads_nothing_heavy(process):
    assert heavy_after(process, "--help") == []
    assert heavy_after(process, "--version") == []


@pytest.mark.parametrize("arguments", [("run", "--help"), ("parameters", "--json"), ("lesions",), ("cases", "--help")])
def test_light_commands_load_no_arrays_or_models(process, arguments):
    assert set(heavy_after(process, *arguments)) <= {"pydantic"}


@pytest.mark.parametrize(
    ("text", "needed"),
    [("n = 1", []), ('arms = [{ treatment = "mti" }, { treatment = "none" }]', ["numpy"])],
)
def test_a_trial_that_cannot_be_is_refused_before_anything_is_compiled(process, tmp_path, text, needed):
    (tmp_path / "bad.toml").write_text(text)
    assert set(heavy_after(process, "trial", "bad.toml")) <= {"pydantic", *needed}


def test_the_module_is_the_command(process):
    running = process("--version")
    out, err = running.communicate()
    assert (running.returncode, err) == (0, "")
    assert out.startswith("interpersonal-cycles ")


def test_help_says_what_it_is(cycles):
    result = cycles("--help")
    assert result.exit_code == 0
    assert "not a clinical instrument" in " ".join(result.stdout.replace("│", " ").split())
    for command in ("run", "cases", "parameters", "lesions", "profiles", "measures", "story"):
        assert command in result.stdout


def test_every_command_has_help(cycles):
    for command in (
        ["run"],
        ["cases"],
        ["cases", "show"],
        ["parameters"],
        ["lesions"],
        ["profiles"],
        ["measures"],
        ["story"],
    ):
        assert cycles(*command, "--help").exit_code == 0


def test_a_reader_who_has_had_enough_is_no_error(process, tmp_path):
    with (tmp_path / "err").open("w") as err:
        running = process("parameters", "--json", stderr=err)
        reader = subprocess.Popen(["head", "-1"], stdin=running.stdout, stdout=subprocess.PIPE, text=True)
        running.stdout.close()
        assert reader.communicate()[0] == "[\n"
        running.wait()
    assert (tmp_path / "err").read_text() == ""


def test_a_terminal_without_greek_letters_gets_something(process):
    running = process("-c", "import sys; sys.stdout.reconfigure(encoding='ascii'); sys.argv[1:] = ['lesions']\n"
                      "from simulation.cli import main; main()")  # fmt: skip
    out, err = running.communicate()
    assert (running.returncode, err) == (0, "")
    assert "biased_perception" in out


@pytest.mark.parametrize(("redirected", "code"), [(">&-", 0), ("2>&-", 0), (">/dev/full", 1), (">&- 2>&-", 0)])
def test_output_that_goes_nowhere(tmp_path, redirected, code):
    command = f"{sys.executable} -m simulation parameters warmth {redirected}"
    done = subprocess.run(command, shell=True, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == code
    expected = "cycles: the output cannot be written: No space left on device\n" if code else ""
    assert done.stderr == expected
