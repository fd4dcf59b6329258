"""Carry out a trial: the same patients in every arm, or patients allocated to one arm each; everyone lives at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from simulation.measures.criteria import CRITERIA_DAYS
from simulation.population.simulation import Simulation
from simulation.treatment.assignment import Assignment, Phase
from simulation.treatment.catalogue import Treatment
from simulation.treatment.courses import Courses
from simulation.treatment.load import load_modules
from simulation.trials.observe import Watch
from simulation.trials.people import Patients, draw_patients

if TYPE_CHECKING:
    import pandas as pd

Ints = NDArray[np.int64]
BURN_IN = 90.0
"""Days lived before the trial begins: what the first assessment looks back upon."""


@dataclass(frozen=True)
class Arm:
    """One arm of a trial."""

    name: str
    treatment: Treatment
    phases: tuple[Phase, ...]


@dataclass(frozen=True)
class Job:
    """A part of a trial: some patients, in all of their arms. Parts can be carried out anywhere, in any order.

    Attributes:
        arms: All arms.
        cohort, seed, dt, days: What the trial says.
        numbers: [n] numbers of the patients in the draw.
        arm_of: [n] the arm of each patient; None puts everyone into every arm.
        points: Days at which everyone is assessed; 0 is before treatment.
        error_seed: Of errors of measurement; None for none.
        module_files: Files with modules of the user's own, which every process has to load.
    """

    arms: tuple[Arm, ...]
    cohort: str
    seed: int
    dt: float
    days: float
    numbers: Ints
    points: tuple[float, ...]
    arm_of: Ints | None = None
    error_seed: int | None = None
    module_files: tuple[str, ...] = ()


def carry_out(job: Job, progress: Callable[[int, int], None] | None = None) -> pd.DataFrame:
    """Let everyone live through the trial.

    Returns:
        One row per patient, arm and time point: ``arm``, ``patient``, ``day``, every score, and of the treatment so
        far ``attended``, ``scheduled``, ``dropped_at``, ``answered``, ``unanswered``, ``early_alliance``, ``trust``.
    """
    import pandas as pd

    for file in job.module_files:
        load_modules(file)
    people = draw_patients(job.cohort, job.numbers, len(job.arms), job.seed) if job.arm_of is None else None
    if people is None:
        people = draw_patients(job.cohort, job.numbers, 1, job.seed)
    rows = _rows(job, people)
    simulation = Simulation(people.population, job.dt)
    assignments = [
        Assignment(
            arm.treatment, people_of, therapists, np.arange(len(people_of)), BURN_IN, arm.phases,
            numbers % 5 + 0.25 * (numbers // 5 % 3),
        )
        for arm, (people_of, therapists, numbers) in zip(job.arms, rows, strict=True)
    ]  # fmt: skip
    courses = Courses(people.population, [a for a in assignments if len(a.patients)], job.dt)
    live = iter(courses.courses)
    by_arm = [next(live) if len(a.patients) else None for a in assignments]
    everyone = np.concatenate([r[0] for r in rows])
    order = np.argsort(everyone, kind="stable")
    watch = Watch(_reach(people, everyone[order]), job.dt)
    place = np.empty(len(everyone), dtype=np.int64)
    place[order] = np.arange(len(everyone))
    arms = np.repeat(np.arange(len(job.arms)), [len(r[0]) for r in rows])
    names = [f"{job.cohort}-{k:06d}" for r in rows for k in r[2].tolist()]
    groups = [(place[arms == a], [names[i] for i in np.flatnonzero(arms == a)]) for a in range(len(job.arms))]
    per_day = max(round(1 / job.dt), 1)
    ends = {round((BURN_IN + point) / job.dt): (i, point) for i, point in enumerate(job.points)}
    ticks = round((BURN_IN + job.days) / job.dt)
    needed = [t - round((CRITERIA_DAYS + 1) / job.dt) for t in ends]  # one day more: they are counted as whole days
    tables: list[Any] = []

    def assess(tick: int) -> None:
        if tick not in ends:
            return
        occasion, point = ends[tick]
        table = watch.assess(groups, job.error_seed, occasion)
        told = _told(by_arm)
        tables.append(
            pd.DataFrame({"arm": [job.arms[a].name for a in arms], "patient": names, "day": point})
            .join(table).join(told)
        )  # fmt: skip

    while simulation.tick < ticks:
        assess(simulation.tick)
        courses.apply_due(simulation)
        due = min(courses.next_tick, ticks)
        counting = any(start <= simulation.tick < end for start, end in zip(needed, ends, strict=True))
        if counting or due <= simulation.tick + 1:
            simulation.run(1)
            watch.see(simulation, counting)
            if counting and simulation.tick % per_day == 1 % per_day:
                watch.see_ties()
        else:
            nearest = min([t for t in [*needed, *ends] if t > simulation.tick], default=ticks)
            simulation.run(max(min(due, nearest) - simulation.tick, 1))
        simulation.forget()
        if progress and simulation.tick % per_day == 0:
            progress(simulation.tick, ticks)
    assess(simulation.tick)
    return pd.concat(tables, ignore_index=True)


def _rows(job: Job, people: Patients) -> list[tuple[Ints, Ints, Ints]]:
    """Of each arm: numbers of patients and therapists in the population, and in the draw."""
    if job.arm_of is None:
        return [(people.patients[a], people.therapists[a], people.number) for a in range(len(job.arms))]
    return [
        (people.patients[0][job.arm_of == a], people.therapists[0][job.arm_of == a], people.number[job.arm_of == a])
        for a in range(len(job.arms))
    ]


def _reach(people: Patients, patients: Ints) -> Any:
    from simulation.treatment.reach import Reach

    size = people.therapists.reshape(-1)[0] - people.patients.reshape(-1)[0]
    return Reach(people.population, patients, patients + size, np.arange(len(patients)))


def _told(by_arm: Sequence[Any]) -> pd.DataFrame:
    """What each patient's course says of itself, arm after arm."""
    import pandas as pd

    tables = []
    for course in by_arm:
        if course is None:
            continue
        tables.append(
            pd.DataFrame(
                {
                    "attended": course.attended, "scheduled": course.scheduled, "dropped_at": course.dropped_at,
                    "answered": course.answered, "unanswered": course.unanswered,
                    "early_alliance": np.where(course.attended >= 5, course.early_alliance, np.nan),
                    "trust": course.reach.tie("trust", course.reach.toward_therapist),
                    "heard_as_rejection": course.heard_as_rejection,
                    "ruptured_sessions": course.ruptured_sessions,
                    "burden": course.minds.burden()[course.reach.therapist_of],
                }
            )
        )  # fmt: skip
    return pd.concat(tables, ignore_index=True)
