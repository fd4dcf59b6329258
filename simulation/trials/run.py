"""Run a trial: screen, allocate, let everyone live (in parts, on several processes), and gather what was found."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from simulation.cases.variety import luck_of
from simulation.errors import InputError
from simulation.treatment.catalogue import TREATMENTS
from simulation.trials.analyse import change_classes, drop_out, effects, flow, with_missing
from simulation.trials.conduct import Arm, Job, carry_out
from simulation.trials.processes import carried_out, checked_workers
from simulation.trials.spec import TrialSpec, arms_of, checked_trial, load_trial

if TYPE_CHECKING:
    import pandas as pd

Ints = NDArray[np.int64]
PART = 500
"""Patients of one part of a trial at most; a part can be carried out by another process."""
CANDIDATES = 8
"""So many people are screened at most for every patient who is needed."""


@dataclass
class TrialResult:
    """What a trial yields.

    Attributes:
        spec: What was asked for.
        table: One row per patient, arm and time point: scores, and the treatment so far.
        effects: Hedges' g with interval, per outcome, day and arm against the last arm.
        classes: Shares recovered, improved, unchanged, deteriorated.
        drop_out: Kaplan-Meier curves by arm.
        flow: CONSORT-style flow of patients.
        seconds: How long the simulation took.
    """

    spec: TrialSpec
    table: pd.DataFrame
    effects: pd.DataFrame
    classes: pd.DataFrame
    drop_out: dict[str, dict[str, Any]]
    flow: pd.DataFrame
    seconds: float

    def effect(self, outcome: str, arm: str | None = None, day: float | None = None) -> tuple[float, float, float]:
        """Hedges' g and its interval of one arm against the last, at one day (the last).

        Raises:
            InputError: There is no such comparison.
        """
        day = self.spec.points[-1] if day is None else day
        arm = self.spec.arms[0].called if arm is None else arm
        rows = self.effects[
            (self.effects["outcome"] == outcome) & (self.effects["arm"] == arm) & (self.effects["day"] == day)
        ]
        if rows.empty:
            raise InputError(f"the trial {self.spec.name} does not compare {arm} on {outcome} at day {day:g}")
        row = rows.iloc[0]
        return float(row["g"]), float(row["low"]), float(row["high"])


def trial(
    spec: TrialSpec | dict[str, Any] | str,
    workers: int | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> TrialResult:
    """Carry out a virtual trial.

    Args:
        spec: A trial, its plain values, or the path of a TOML file.
        workers: Processes; as many as there are processors if not given, at most one per part. The result does not
            depend on it.
        progress: Called with (parts done, parts in all).

    Raises:
        InputError: Something about the trial or the workers cannot be used.
    """
    if isinstance(spec, str):
        spec = load_trial(spec)
    elif isinstance(spec, dict):
        spec = checked_trial(spec)
    checked_workers(workers)  # before everyone is screened
    arms = arms_of(spec)
    began = time.perf_counter()
    total = spec.n if spec.mode == "same" else spec.n * len(arms)
    numbers, assessed = eligible(spec, total)
    arm_of = None if spec.mode == "same" else allocated(spec, total)
    files = tuple(dict.fromkeys(arm.modules for arm in spec.arms if arm.modules is not None))
    jobs = []
    for start in range(0, total, PART):
        part = slice(start, start + PART)
        jobs.append(
            Job(
                arms, spec.cohort, spec.seed, spec.dt, max(spec.points), numbers[part], spec.points,
                None if arm_of is None else arm_of[part], spec.seed if spec.measurement_error else None, files,
            )
        )  # fmt: skip
    table = gathered(jobs, workers, progress)
    table = with_missing(table, spec)
    return TrialResult(
        spec, table, effects(table, spec), change_classes(table, spec), drop_out(table, spec),
        flow(table, spec, assessed, assessed - total), time.perf_counter() - began,
    )  # fmt: skip


def gathered(jobs: list[Job], workers: int | None, progress: Callable[[int, int], None] | None = None) -> pd.DataFrame:
    """Carry out parts, in processes where there are several, and put their tables together in order."""
    import pandas as pd

    processes = min(checked_workers(workers), len(jobs))
    tables = []
    for table in map(carry_out, jobs) if processes == 1 else carried_out(jobs, processes):
        tables.append(table)
        if progress:
            progress(len(tables), len(jobs))
    return pd.concat(tables, ignore_index=True)


def eligible(spec: TrialSpec, total: int) -> tuple[Ints, int]:
    """The numbers of the first people of the draw who meet enough criteria, and how many were looked at.

    Raises:
        InputError: Too few people of the cohort meet them.
    """
    if spec.criteria_at_least == 0:
        return np.arange(total), total
    waiting = (Arm("screening", TREATMENTS["none"], ()),)
    error_seed = spec.seed if spec.measurement_error else None  # they are included by the interview of the intake
    found: list[Ints] = []
    looked = have = 0
    while have < total:
        if looked >= CANDIDATES * total + 100:
            raise InputError(
                f"of {looked:,} people of the cohort {spec.cohort} {have:,} meet {spec.criteria_at_least} criteria, "
                f"but the trial {spec.name} needs {total:,}; ask for fewer criteria or patients"
            )
        more = max(32, round((total - have) * 1.6))
        numbers = np.arange(looked, looked + more)
        table = carry_out(Job(waiting, spec.cohort, spec.seed, spec.dt, 0.0, numbers, (0.0,), error_seed=error_seed))
        found.append(numbers[table["criteria"].to_numpy() >= spec.criteria_at_least])
        have += len(found[-1])
        looked += more
    numbers = np.concatenate(found)[:total]
    return numbers, int(numbers[-1]) + 1


def allocated(spec: TrialSpec, total: int) -> Ints:
    """[total] the arm of each patient: the numbers the shares ask for, in random order."""
    shares = np.array([arm.share for arm in spec.arms])
    ideal = total * shares / shares.sum()
    count = np.floor(ideal).astype(np.int64)
    for arm in np.argsort(-(ideal - count), kind="stable")[: total - count.sum()]:
        count[arm] += 1
    arms = np.repeat(np.arange(len(shares)), count)
    luck_of(spec.seed, "allocation").shuffle(arms)
    return arms


def with_seed(spec: TrialSpec, seed: int) -> TrialSpec:
    """The same trial with other patients and other luck."""
    return spec.model_copy(update={"seed": seed})
