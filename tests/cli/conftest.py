import os
import signal
import subprocess
import sys
import types
from pathlib import Path

import pytest
from typer.testing import CliRunner

from simulation.cli.app import app
from simulation.running import run

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session", autouse=True)
def theory_is_compiled():
    """The first run on a machine says that it compiles; these tests are about all later ones."""
    run("dyad", days=1)


@pytest.fixture
def cycles(tmp_path, monkeypatch):
    """Carry out a command line in this process, in an empty folder; returns typer's result."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "200")  # tables as on a wide screen, wherever the tests run
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    return lambda *arguments: CliRunner().invoke(app, [str(argument) for argument in arguments], prog_name="cycles")


@pytest.fixture
def plain(monkeypatch):
    """A story and a picture that take no time."""

    def draw_pictures(recording, folder):
        (folder / "course.png").write_bytes(b"picture")
        return [folder / "course.png"]

    story = types.SimpleNamespace(tell_story=lambda recording: f"# The story of {recording.case.name}\n")
    monkeypatch.setitem(sys.modules, "simulation.story", story)
    monkeypatch.setitem(sys.modules, "simulation.pictures", types.SimpleNamespace(draw_pictures=draw_pictures))


@pytest.fixture
def signals_heard():
    """Ctrl-C as in a terminal, also where whoever started the tests had them ignore it (`nohup`, `&`)."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def hear_signals():
    """Let a new process hear signals that its parent ignores."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)


@pytest.fixture
def process(tmp_path):
    """Start a command line as a process of its own, in an empty folder."""

    def start(*arguments, **options):
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "MPLBACKEND": "Agg"}
        command = [sys.executable, *(("-m", "simulation") if arguments[0] != "-c" else ()), *map(str, arguments)]
        streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True, "preexec_fn": hear_signals}
        return subprocess.Popen(command, cwd=tmp_path, env=environment, **{**streams, **options})

    return start


def everything(place: Path) -> list[str]:
    """Every file and folder within a folder."""
    return sorted(str(path.relative_to(place)) for path in place.rglob("*"))
