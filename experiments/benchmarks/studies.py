"""How fast is a sweep: against mesa.batch_run, per tiny run, on two cores, through Dask; and how much memory it takes.

Everything is measured in one run of this script, in turn, so that ratios hold whatever else the machine does.
``mesa.batch_run`` runs the same theory with the same cases: Mesa agents in plain Python, as a Mesa model is usually
written, and Mesa agents whose phases are compiled.

Run: ``python experiments/benchmarks/studies.py [mesa[=RUNS]] [tiny] [cores] [dask[=RUNS]] [memory]``
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from simulation.studies.model import study_from
from simulation.studies.plan import Plan, plan_study
from simulation.studies.runner import sweep

PEOPLE, TICKS, DT = 200, 1000, 0.0625
ONE_NETWORK = f"""
title = "Two hundred people, one network"
days = {TICKS * DT}
dt = {DT}
[network]
topology = "small-world"
n = {PEOPLE}
mean_degree = 6
seed = 1
options = {{ rewiring = 0.1 }}
profiles = {{ bpd = 0.06, reactive = 0.2, tolerant = 0.2 }}
tie = {{ bond = 0.45, contact_rate = 0.35, trust = 0.55, strain = 0.1 }}
"""


def study(case: str, days: float, replicates: int, points: int = 1, measure: str = "everyone.mean_arousal") -> Plan:
    """A study with one factor of the focal person."""
    return plan_study(study_from({
        "question": "How fast?", "case": case, "days": days, "dt": DT, "seed": 1, "replicates": replicates,
        "measures": [measure], "design": {"kind": "grid", "points": points},
        "factors": {"rejection_sensitivity": {"low": 0.1, "high": 0.9}},
    }))  # fmt: skip


def timed(plan: Plan, **options: object) -> float:
    """Seconds of a sweep, all files written."""
    with tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        sweep(plan, Path(folder) / "s", **options)  # type: ignore[arg-type]
        return time.perf_counter() - began


class MesaRun:
    """Runs of a case by `mesa.batch_run`, with two processes."""

    def __init__(self, case: str, compiled: bool) -> None:
        self.case, self.compiled = case, compiled

    def seconds(self, runs: int, steps: int) -> float:
        """Wall time of so many runs of so many steps."""
        from mesa.batchrunner import batch_run

        from simulation import Model

        began = time.perf_counter()
        batch_run(
            Model, {"case": [self.case], "rng": list(range(1, runs + 1)), "compiled": [self.compiled]},
            number_processes=2, max_steps=steps, display_progress=False,
        )  # fmt: skip
        return time.perf_counter() - began

    def rate(self, runs: int, few: int, many: int, steps: int) -> float:
        """Runs a second at `steps` steps: from the difference of two lengths, so that start-up is not counted."""
        short, long = self.seconds(runs, few), self.seconds(runs, many)
        per_step = (long - short) / (many - few) / runs
        per_run = max(short / runs - few * per_step, 0.0)
        return 1.0 / (per_run + steps * per_step)


def against_mesa(runs: int = 1000) -> None:
    """1,000 runs (or as many as are asked for: the rate is per run) of 200 people and 1,000 ticks."""
    with tempfile.TemporaryDirectory() as folder:
        case = Path(folder) / "one-network.toml"
        case.write_text(ONE_NETWORK)
        plan = study(str(case), TICKS * DT, runs)
        timed(study(str(case), 1, 2))  # everything is compiled and imported
        ours = [runs / timed(plan, workers=2)]
        plain = MesaRun(str(case), compiled=False).rate(2, 2, 12, TICKS)
        ours.append(runs / timed(plan, workers=2))
        phases = MesaRun(str(case), compiled=True).rate(2, 10, 60, TICKS)
    rate = min(ours)
    print(
        f"{runs:,} runs of {PEOPLE} people × {TICKS} ticks, two threads: {ours[0]:.0f} and {ours[1]:.0f} runs a second"
    )
    print(f"  mesa.batch_run, two processes, plain Python: {plain:.3g} a second, at least {rate / plain:.0f} times")
    print(
        f"  mesa.batch_run, two processes, compiled phases: {phases:.3g} a second: at least {rate / phases:.0f} times"
    )


def tiny_runs() -> None:
    """Overhead per run: two people, one tick; of both from two numbers of runs, so that start-up is not counted."""
    short, long = (study("dyad", DT, 1, runs, "mean_arousal") for runs in (2_000, 102_000))
    mesa = MesaRun("dyad", compiled=True)
    timed(short)
    mesa.seconds(4, 1)  # both have compiled what they need
    ours, theirs = [], []
    for _ in range(3):
        ours.append((timed(long, workers=2) - timed(short, workers=2)) / 100_000)
        theirs.append((mesa.seconds(1_204, 1) - mesa.seconds(4, 1)) / 1_200)
    one, other = sorted(ours)[1], sorted(theirs)[1]
    print(f"a tiny run (two people, one tick): {1e6 * one:.1f} µs, written; mesa.batch_run {1e3 * other:.2f} ms: "
          f"1/{other / one:.0f}; medians of {', '.join(f'{1e6 * x:.1f}' for x in ours)} µs "
          f"and {', '.join(f'{1e3 * x:.2f}' for x in theirs)} ms")  # fmt: skip


def two_cores() -> None:
    """Two workers against one, as threads and as processes."""
    plan = study("dyad", 180, 400, 10, "mean_arousal")
    timed(study("dyad", 1, 2))
    for kind in (False, True):
        single, double = [], []
        for _ in range(2):
            single.append(timed(plan, workers=1, processes=kind))
            double.append(timed(plan, workers=2, processes=kind))
        name = "processes" if kind else "threads"
        one, two = min(single), min(double)
        print(f"two {name} against one: {one / two:.2f} times ({one:.1f} s and {two:.1f} s)")


def dask(runs: int = 12_000) -> None:
    """The same study through a Dask cluster of two worker processes on this machine."""
    from distributed import LocalCluster

    plan = study("dyad", 360, runs // 12, 12, "mean_arousal")
    timed(study("dyad", 1, 2))
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
        timed(study("dyad", 1, 2, 20), scheduler=cluster.scheduler_address)
        pairs = [(timed(plan, workers=2), timed(plan, scheduler=cluster.scheduler_address)) for _ in range(2)]
    local, remote = (min(side) for side in zip(*pairs, strict=True))
    print(f"{plan.n_runs:,} runs: local {local:.1f} s, Dask {remote:.1f} s ({remote / local - 1:+.0%})")


def memory() -> None:
    """Peak memory of 10,000 and of 100,000 runs, each in a process of its own."""
    peaks = []
    for runs in (10_000, 100_000):
        done = subprocess.run(
            [sys.executable, __file__, "--peak", str(runs)], capture_output=True, text=True, check=True
        )
        peaks.append(float(done.stdout.split()[-1]))
    print(
        f"peak memory: 10,000 runs {peaks[0]:.0f} MB, 100,000 runs {peaks[1]:.0f} MB ({peaks[1] / peaks[0] - 1:+.1%})"
    )


def main(names: list[str]) -> None:
    """Measure and print."""
    if names[:1] == ["--peak"]:
        timed(study("dyad", 10, int(names[1]) // 10, 10, "mean_arousal"), workers=2)
        print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
        return
    every: dict[str, Callable[..., None]] = {
        "mesa": against_mesa,
        "tiny": tiny_runs,
        "cores": two_cores,
        "dask": dask,
        "memory": memory,
    }
    for name in names or every:
        name, _, runs = name.partition("=")
        every[name](*([int(runs)] if runs else []))


if __name__ == "__main__":
    main(sys.argv[1:])
