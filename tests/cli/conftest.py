import os
import subprocess
import sys
import types
from pathlib import Path

import pytest
from typer.testing import CliRunner

from simulation.cli.app import app

ROOT = Path(__file__).parents[2]


@pytest.fixture
def cycles(tmp_path, monkeypatch):
    """Carry out a command line in this process, in an empty folder; returns typer's result."""
    monkeypatch.chdir(tmp_path)
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
def process(tmp_path):
    """Start a command line as a process of its own, in an empty folder."""

    def start(*arguments, **options):
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "MPLBACKEND": "Agg"}
        command = [sys.executable, *(("-m", "simulation") if arguments[0] != "-c" else ()), *map(str, arguments)]
        streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
        return subprocess.Popen(command, cwd=tmp_path, env=environment, **{**streams, **options})

    return start


def everything(place: Path) -> list[str]:
    """Every file and folder within a folder."""
    return sorted(str(path.relative_to(place)) for path in place.rglob("*"))
