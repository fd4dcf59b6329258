"""Beyond one machine, for real: a scheduler and two workers as processes of their own, one of which is killed."""

import os
import re
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from simulation.studies import plan as plan_module
from simulation.studies.runner import sweep

pytest.importorskip("distributed")
ROOT = Path(__file__).parents[2]


def start(module, *arguments):
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "DASK_DISTRIBUTED__SCHEDULER__WORK_STEALING": "false"}
    return subprocess.Popen(
        [sys.executable, "-m", module, *arguments],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def wait_for(process, pattern, seconds=60):
    """Read what a process says until it says this; go on reading so that it never waits for a reader."""
    found = threading.Event()
    match = []

    def read():
        for line in process.stdout:
            hit = re.search(pattern, line)
            if hit and not match:
                match.append(hit)
                found.set()

    threading.Thread(target=read, daemon=True).start()
    assert found.wait(seconds), f"no line like {pattern}"
    return match[0]


@pytest.fixture
def cluster(tmp_path):
    """Address of a scheduler on loopback, and its two worker processes."""
    running = [
        start("distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--dashboard-address", ":0")
    ]
    try:
        address = wait_for(running[0], r"Scheduler at:\s+(tcp://127\.0\.0\.1:\d+)")[1]
        for number in range(2):
            running.append(
                start("distributed.cli.dask_worker", address, "--no-nanny", "--nthreads", "1", "--no-dashboard",
                      "--local-directory", str(tmp_path / f"worker{number}"))
            )  # fmt: skip
        for worker in running[1:]:
            wait_for(worker, r"Registered to:")
        yield address, running[1:]
    finally:
        for process in reversed(running):
            if process.poll() is None:
                process.kill()
            process.wait(10)
            process.stdout.close()


@pytest.mark.slow
def test_a_cluster_that_loses_a_worker_gives_the_same_table(cluster, planned, tmp_path, monkeypatch):
    address, workers = cluster
    monkeypatch.setattr(plan_module, "MOST_ROWS", 4)
    plan = planned(days="30", replicates="16", measures='["cycles", "mean_arousal"]')
    assert plan.n_blocks == 40
    sweep(plan, tmp_path / "local")
    killed = []

    def progress(done):
        if done.done >= 16 and not killed:
            workers[1].kill()
            workers[1].wait(10)
            killed.append(time.monotonic())

    done = sweep(plan, tmp_path / "cluster", scheduler=address, progress=progress)
    assert killed and workers[1].poll() is not None and workers[0].poll() is None
    assert done.complete and done.failed == 0
    assert (tmp_path / "cluster" / "runs.parquet").read_bytes() == (tmp_path / "local" / "runs.parquet").read_bytes()
