"""Ctrl-C, a full disk and their like: the folder is complete or absent, and nothing else is left."""

import gc
import os
import signal
import time

import pytest

from simulation.cli.stopping import Stopped, stoppable
from simulation.recording.folder import read_run
from simulation.running import run
from tests.cli.conftest import everything

pytestmark = pytest.mark.usefixtures("signals_heard")

LONG = ("run", "community", "--people", 3000, "--days", 3000, "--out", "out")


@pytest.fixture(scope="module")
def compiled():
    """The loop is compiled, so that a process is soon in the midst of a run."""
    run("dyad", days=1)


def wait_until_simulating(running, place):
    deadline = time.monotonic() + 60
    while not list(place.glob(".out.*.partial")):
        assert running.poll() is None, running.communicate()
        assert time.monotonic() < deadline
        time.sleep(0.02)
    time.sleep(1)  # into the simulation, however long building takes


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_a_run_that_is_stopped_leaves_nothing(compiled, process, tmp_path, number, code):
    running = process(*LONG)
    wait_until_simulating(running, tmp_path)
    running.send_signal(number)
    out, err = running.communicate(timeout=30)
    assert (running.returncode, out) == (code, "")
    assert err == "cycles: stopped; nothing was written\n"
    assert everything(tmp_path) == []


@pytest.mark.parametrize("seconds", [0.02, 0.5, 1, 1.5, 2])
def test_a_stop_at_any_moment_leaves_all_or_nothing(compiled, process, tmp_path, seconds):
    """While libraries are imported, machine code is loaded, tables are written …: it takes about three seconds."""
    script = """
import sys
from simulation.cli import main
sys.argv[1:] = ["run", "dyad", "--days", "60", "--no-pictures", "--out", "out"]
print("go", flush=True)
main()
"""
    running = process("-c", script)
    assert running.stdout.readline() == "go\n"
    time.sleep(seconds)
    running.send_signal(signal.SIGINT)
    _, err = running.communicate(timeout=30)
    assert {path.name for path in tmp_path.iterdir()} <= {"out"}
    if (tmp_path / "out").exists():
        assert "Traceback" not in err
        read_run(tmp_path / "out")
    else:
        assert running.returncode == 130, err
        assert err == "cycles: stopped; nothing was written\n"


@pytest.mark.parametrize("seconds", [0.1, 4])
def test_a_trial_on_several_processes_that_is_stopped_leaves_nothing(compiled, process, tmp_path, seconds):
    """Ctrl-C in a terminal reaches all processes at once, while they start as well as while they simulate."""
    (tmp_path / "long.toml").write_text(
        'n = 200\ncriteria_at_least = 0\ndays = [3650]\narms = [{treatment = "mit"}, {treatment = "none"}]\n'
    )
    script = """
import multiprocessing, sys, threading, time
import simulation.trials.run as run
from simulation.cli import main

def tell():
    while len(multiprocessing.active_children()) < 2:
        time.sleep(0.01)
    print(*(child.pid for child in multiprocessing.active_children()), flush=True)

run.PART = 100
threading.Thread(target=tell, daemon=True).start()
sys.argv[1:] = ["trial", "long.toml", "--workers", "2", "--out", "out"]
main()
"""
    running = process("-c", script, start_new_session=True)
    workers = [int(number) for number in running.stdout.readline().split()]
    time.sleep(seconds)
    os.killpg(running.pid, signal.SIGINT)
    _, err = running.communicate(timeout=30)
    assert (running.returncode, err) == (130, "cycles: stopped; nothing was written\n")
    assert everything(tmp_path) == ["long.toml"]
    assert len(workers) == 2
    for worker in workers:
        with pytest.raises(ProcessLookupError):
            os.kill(worker, 0)


@pytest.mark.parametrize("where", ["simulation.running.run_population", "simulation.recording.folder.write_table"])
def test_a_stop_within_any_part_leaves_nothing(cycles, plain, monkeypatch, tmp_path, where):
    def stop(*arguments, **options):
        signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr(where, stop)
    result = cycles("run", "dyad", "--days", 1)
    assert result.exit_code == 130
    assert result.stderr == "cycles: stopped; nothing was written\n"
    assert everything(tmp_path) == []


def test_a_stop_after_the_folder_is_complete_says_where_it_is(cycles, plain, monkeypatch, tmp_path):
    monkeypatch.setattr("simulation.cli.run.print_report", lambda *arguments: signal.raise_signal(signal.SIGINT))
    result = cycles("run", "dyad", "--days", 1)
    assert result.exit_code == 130
    assert result.stderr == "cycles: stopped; complete run folder at runs/dyad-1\n"
    read_run(tmp_path / "runs" / "dyad-1")


def test_a_defect_after_the_folder_is_complete_says_where_it_is(cycles, plain, monkeypatch, tmp_path):
    monkeypatch.setattr("simulation.cli.run.print_report", lambda *arguments: 1 / 0)
    result = cycles("run", "dyad", "--days", 1)
    assert result.exit_code == 1
    assert result.stderr.startswith("cycles: complete run folder at runs/dyad-1")
    read_run(tmp_path / "runs" / "dyad-1")


def test_a_stop_that_python_loses_comes_again():
    class Deaf:
        def __del__(self):
            signal.raise_signal(signal.SIGINT)

    with pytest.raises(Stopped) as stopped, stoppable():
        deaf = Deaf()
        del deaf  # an exception in here is only reported
        gc.collect()
        time.sleep(10)
    assert stopped.value.exit_code == 130
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_a_disk_that_is_full(compiled, process, tmp_path):
    """A limit of the system on the size of files stands for the disk."""
    script = """
import resource, sys
from simulation.cli import main
resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))
sys.argv[1:] = ["run", "dyad", "--days", "120", "--out", "a/b", "--no-pictures"]
main()
"""
    running = process("-c", script)
    out, err = running.communicate(timeout=60)
    assert (running.returncode, out) == (2, "")
    assert err == f'cycles: "{tmp_path}/a/b" cannot be written: File too large; nothing was written\n'
    assert everything(tmp_path) == []
