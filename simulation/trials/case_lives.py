"""Many lives of one case: the same people and events side by side, each life with luck of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from simulation.cases import blueprint_of, build_population, configure, load_case
from simulation.cases.model import Case
from simulation.cases.schedule import Schedule
from simulation.errors import InputError
from simulation.measures.causes import HURT
from simulation.population.blueprint import side_by_side
from simulation.population.notes import EVENT_KINDS
from simulation.population.simulation import Simulation
from simulation.theory.layout import PERSON
from simulation.treatment.assign import assignment_of
from simulation.treatment.courses import Courses
from simulation.treatment.reach import Reach
from simulation.trials.observe import Watch

if TYPE_CHECKING:
    import pandas as pd

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
DT = 1 / 8
_PERCEPTS = (EVENT_KINDS.index("percept_of_act"), EVENT_KINDS.index("percept_of_reply"))
_CRISIS_CALL = EVENT_KINDS.index("crisis_call")


@dataclass
class CaseLives:
    """What many lives of a case were like for its patient.

    Attributes:
        case: The case.
        assessed: One row per life (``seed``) and day of assessment (``day``): every score, `observe.ALSO`, and of the
            treatment so far ``attended``, ``dropped_at`` (NaN for those still in treatment) and ``calls``.
        anger: [lives, ticks] anger at the end of every tick.
        hurt: [lives, ticks] whether rejection was perceived in the tick.
        calls: [lives, ticks] crisis calls.
    """

    case: Case
    assessed: pd.DataFrame
    anger: Floats
    hurt: Bools
    calls: NDArray[np.int64]

    @property
    def day(self) -> Floats:
        """[ticks] the day on which each tick ended."""
        ended: Floats = np.arange(1, self.anger.shape[1] + 1) * self.case.dt
        return ended

    def at(self, day: float) -> pd.DataFrame:
        """The assessment nearest to a day, one row per life."""
        days = np.sort(self.assessed["day"].unique())
        nearest = days[np.argmin(np.abs(days - day))]
        return self.assessed[self.assessed["day"] == nearest].set_index("seed")


def live_case(
    name: str,
    seeds: Sequence[int],
    treatment: str,
    days: Sequence[float],
    traits: Mapping[str, Floats] | None = None,
    answering: Floats | None = None,
) -> CaseLives:
    """Let a case with one patient be lived many times, up to the last day of assessment.

    Args:
        name: Of the case.
        seeds: One per life: each goes as a run of the case with that seed and `DT` does.
        treatment: Name of the patient's treatment in the catalogue.
        days: When the patient is assessed.
        traits: Traits and start values of the patient that differ from life to life, [lives] each.
        answering: [lives] the patient's way of answering questionnaires; None is what the case says, or else luck.

    Raises:
        InputError: An unknown case or treatment, or a case in which not just one person can be treated.
    """
    import pandas as pd

    plain = load_case(name)
    if plain.treatment is None or len(plain.treatment.patients) != 1:
        raise InputError(f'in the case "{name}" not just one person can be treated; name a case with one patient')
    case = configure(plain, dt=DT, treatment=treatment)
    alone = assignment_of(case, build_population(case))
    assert alone is not None and case.treatment is not None
    n, who = len(seeds), case.treatment.patients[0]
    whole, first = side_by_side([blueprint_of(case)] * n)
    patients, therapists = first + alone.patients[0], first + alone.therapists[alone.therapist_of[0]]
    own = {}
    for trait, values in (traits or {}).items():
        own[trait] = np.array(np.broadcast_to(whole.person_values.get(trait, PERSON[trait].default), whole.n), float)
        own[trait][patients] = values
    population = whole.with_values(own).build(np.array(seeds, dtype=np.int64).repeat(whole.n // n))
    everyone = replace(
        alone, patients=patients, therapists=therapists, therapist_of=np.arange(n), offset=np.tile(alone.offset, n)
    )
    schedule = Schedule([case] * n, first.tolist())
    simulation = Simulation(population, DT, watch=patients.tolist(), events=True)
    courses = Courses(population, [everyone], DT)
    watch = Watch(Reach(population, patients, therapists, np.arange(n)), DT)
    per_day = round(1 / DT)
    due = {round(day * per_day): day for day in days}
    ticks = max(due)
    anger, hurt = np.zeros((n, ticks)), np.zeros((n, ticks), dtype=bool)
    calls = np.zeros((n, ticks), dtype=np.int64)
    names = [f"{who}, seed {s}" for s in seeds]
    if answering is None and who in case.answering:
        answering = np.full(n, case.answering[who])
    ways = None if answering is None else dict(zip(names, answering.tolist(), strict=True))
    life = np.full(population.n_people, -1)
    life[patients] = np.arange(n)
    tables = []
    while simulation.tick < ticks:
        schedule.apply_due(simulation)
        courses.apply_due(simulation)
        simulation.run(1)
        watch.see(simulation)
        if simulation.tick % per_day == 1:
            watch.see_ties()
        anger[:, simulation.tick - 1] = watch.reach.person("anger", patients)
        for rows, values in zip(simulation.parts["rows"], simulation.parts["values"], strict=True):
            felt = np.isin(rows[:, 3], _PERCEPTS) & (values[:, 0] <= HURT)
            hurt[life[rows[felt, 4]], rows[felt, 2]] = True
            called = rows[rows[:, 3] == _CRISIS_CALL]
            np.add.at(calls, (life[called[:, 4]], called[:, 2]), 1)
        simulation.forget()
        if simulation.tick in due:
            day = due[simulation.tick]
            scores = watch.assess([(np.arange(n), names)], 1, round(day), ways)
            course = courses.courses[0]
            told = pd.DataFrame({
                "seed": list(seeds), "day": day, "attended": course.attended, "dropped_at": course.dropped_at,
                "calls": course.answered + course.unanswered,
            })  # fmt: skip
            tables.append(told.join(scores))
    return CaseLives(case, pd.concat(tables, ignore_index=True), anger, hurt, calls)
