"""A study made ready: its case, its points, its runs and their identities, and the blocks they are carried out in."""

from __future__ import annotations

import functools
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulation.cases.model import Case
from simulation.cases.read import checked, load_case
from simulation.cases.settings import configure
from simulation.errors import InputError, quoted
from simulation.randomness import mixed_seed
from simulation.studies.code import code_version
from simulation.studies.designs import count_points, design_points, factor_names
from simulation.studies.model import MAX_RUNS, Level, Study, study_from
from simulation.studies.outcomes import Asked, asked
from simulation.studies.targets import Target, targets_of
from simulation.studies.variants import Variants
from simulation.treatment.assign import check_treatment

Ints = NDArray[np.int64]

BLOCK_PERSON_TICKS = 4_000_000
"""About how much a block holds: a fifth of a second of the loop."""
EVENTS_COST = 5
"""How much dearer a person-tick is when causal events are kept and read."""
RECORDS_COST = 50
"""The same where each run is recorded and measured by itself."""
MOST_ROWS = 4096
"""Rows of a block at most, so that memory stays flat."""


@dataclass(frozen=True)
class Plan:
    """All that carrying out a study needs; the same on every worker.

    Attributes:
        study: As read.
        case: Its case with what holds for all runs.
        targets: What each factor changes, and what the ramp changes.
        asked: What is measured.
    """

    study: Study
    case: Case
    targets: list[Target]
    asked: list[Asked]

    @property
    def replicates(self) -> int:
        """Runs at every point."""
        return self.study.replicates

    @cached_property
    def names(self) -> list[str]:
        """Names of the columns of the design."""
        return factor_names(self.study.design, self.study.factors)

    @cached_property
    def points(self) -> list[Any]:
        """Values of each of `names` at every point."""
        bounds = {target.factor: target.bounds for target in self.targets if target.bounds is not None}
        return design_points(self.study.design, self.study.factors, bounds, self.study.seed)

    @cached_property
    def n_points(self) -> int:
        """Points of the design."""
        return count_points(self.study.design, self.study.factors)

    @property
    def n_runs(self) -> int:
        """Runs in all."""
        return self.n_points * self.replicates

    @cached_property
    def seeds(self) -> Any:
        """[replicates] seed of each replicate: the same luck at every point."""
        return np.array([mixed_seed(self.study.seed, r) for r in range(self.replicates)], dtype=np.int64)

    @cached_property
    def variants(self) -> Variants:
        """The populations that the points need."""
        return Variants(self.case, self.targets)

    @cached_property
    def steps(self) -> list[tuple[float, str]]:
        """Value and direction of each step of the ramp; empty without one."""
        ramp = self.study.ramp
        if ramp is None:
            return []
        levels = [float(x) for x in np.linspace(ramp.low, ramp.high, ramp.steps)]
        return [(x, "rising") for x in levels] + [(x, "falling") for x in reversed(levels)]

    @property
    def rows_per_run(self) -> int:
        """Rows that a run gives: one, or one for each step of a ramp."""
        return len(self.steps) or 1

    @property
    def events(self) -> bool:
        """Whether a measure needs causal events."""
        return any(a.outcome.events for a in self.asked)

    @property
    def recorded(self) -> bool:
        """Whether a measure needs the full recording of each run."""
        return any(a.outcome.recorded for a in self.asked)

    @property
    def ticks(self) -> int:
        """Ticks of a run."""
        return round(self.case.days / self.case.dt)

    @cached_property
    def people(self) -> int:
        """People of the largest run, as far as the study tells."""
        n = self.variants.get(self.levels(0), int(self.seeds[0])).blueprint.n if self._first_can_be_had else 1
        if "network.n" in self.study.factors:
            n = max(n, int(np.max(self.points[self.names.index("network.n")])))
        return n

    @cached_property
    def _first_can_be_had(self) -> bool:
        try:
            self.variants.get(self.levels(0), int(self.seeds[0]))
        except InputError:
            return False  # told in its row
        return True

    @property
    def person_ticks(self) -> float:
        """People times ticks of all runs."""
        return float(self.n_runs) * self.people * self.ticks

    @cached_property
    def runs_per_block(self) -> int:
        """Runs of a block; it depends on nothing but the study."""
        cost = self.people * self.ticks * (RECORDS_COST if self.recorded else EVENTS_COST if self.events else 1)
        most = max(MOST_ROWS // self.rows_per_run, 1)
        return max(1, min(BLOCK_PERSON_TICKS // max(cost, 1), most))

    @property
    def n_blocks(self) -> int:
        """Blocks in all."""
        return -(-self.n_runs // self.runs_per_block)

    def runs_of(self, block: int) -> range:
        """Numbers of the runs of a block."""
        return range(block * self.runs_per_block, min((block + 1) * self.runs_per_block, self.n_runs))

    def levels(self, point: int) -> dict[str, Level]:
        """Values of the factors at a point, by name."""
        return {
            name: column[point] if isinstance(column, list) else float(column[point])
            for name, column in zip(self.names, self.points, strict=True)
        }

    @cached_property
    def digest(self) -> str:
        """Identity of the study: what is run, with which code."""
        return _hash({"plan": json.loads(self.payload()), "code": code_version()})

    @cached_property
    def _base(self) -> bytes:
        """What all run ids share: the resolved configuration and the code, but neither design nor replicates."""
        study = self.study.model_dump(exclude={"question", "design", "factors", "replicates", "case"}, mode="json")
        return _hash({"study": study, "case": self.case.model_dump(mode="json"), "code": code_version()}).encode()

    def run_id(self, run: int) -> str:
        """Identity of a run: configuration, code, values of the factors, replicate."""
        return self.run_ids([run])[0]

    def run_ids(self, runs: Sequence[int]) -> list[str]:
        """Identities of several runs, in their order: a hash of what all share, then of 8 bytes for each number.

        To write a run as text costs as much as a tiny run takes.
        """
        factors = dict(sorted(zip(self.names, self.points, strict=True)))
        base = hashlib.blake2b(self._base + json.dumps(list(factors)).encode(), digest_size=8)
        point, replicate = np.divmod(np.asarray(runs, dtype="<i8"), self.replicates)
        numbers = [_eight_bytes(column, point) for column in factors.values()]
        content = np.stack([*numbers, replicate], axis=1).tobytes()
        width = 8 * (len(numbers) + 1)
        found = []
        for start in range(0, len(content), width):
            digest = base.copy()
            digest.update(content[start : start + width])
            found.append(digest.hexdigest())
        return found

    def payload(self) -> str:
        """The plan as text, for workers; `plan_from` reads it. The order of the factors is part of the design."""
        return json.dumps({"study": self.study.model_dump(mode="json"), "case": self.case.model_dump(mode="json")})


def _eight_bytes(column: Any, points: Ints) -> Ints:
    """Values of one factor at points, each as 8 bytes: a number as it is, a word by its hash."""
    if isinstance(column, list):
        words = [hashlib.blake2b(json.dumps(column[point]).encode(), digest_size=8).digest() for point in points]
        return np.frombuffer(b"".join(words), dtype="<i8")
    return np.ascontiguousarray(column[points], dtype="<f8").view("<i8")


def plan_study(study: Study, place: str = "study") -> Plan:
    """Make a study ready; everything that can be checked without running is checked here.

    Raises:
        InputError: What is wrong, where, and what is allowed.
    """
    try:
        case = configure(
            load_case(study.case),
            days=_days(study),
            dt=study.dt,
            seed=study.seed,
            settings=study.settings,
            lesions=study.lesions,
            people=study.people,
            treatment=study.treatment,
        )
        if study.events:
            data = case.model_dump()
            data["events"] += [event.model_dump() for event in study.events]
            case = checked(data, f"case {case.name} with the events of the study")
        check_treatment(case)
    except InputError as error:
        raise InputError(f"{error} ({place})") from None
    return _planned(study, case, place)


@functools.lru_cache(maxsize=4)
def plan_from(payload: str) -> Plan:
    """Return the plan that `Plan.payload` wrote down."""
    data = json.loads(payload)
    return _planned(study_from(data["study"]), checked(data["case"], "case"), "study")


def _planned(study: Study, case: Case, place: str) -> Plan:
    targets = targets_of(study, case, place)
    if study.burn_in >= case.days:
        raise InputError(f"burn_in = {study.burn_in:g} leaves nothing of {case.days:g} days to measure ({place})")
    _check_courses(study, place)
    if study.ramp is not None and any(a.outcome.recorded for a in asked(study.measures, case, place)):
        name = next(a.label for a in asked(study.measures, case, place) if a.outcome.recorded)
        raise InputError(f"{quoted(name)} looks at a whole run and cannot be measured step by step of a ramp ({place})")
    plan = Plan(study, case, targets, asked(study.measures, case, place))
    if plan.n_runs * plan.rows_per_run > MAX_RUNS:
        raise InputError(f"the study has {plan.n_runs * plan.rows_per_run:,} runs ({place}); {MAX_RUNS:,} is the most")
    if _least_ticks(study, case) < 1:
        raise InputError(f"less than one tick of {case.dt:g} days would be measured ({place}); take more days")
    return plan


def _least_ticks(study: Study, case: Case) -> int:
    if study.ramp is not None:
        return round((study.ramp.days - study.ramp.settle) / case.dt)
    return round(case.days / case.dt) - round(study.burn_in / case.dt)


def _days(study: Study) -> float | None:
    if study.ramp is None:
        return study.days
    return study.burn_in + 2 * study.ramp.steps * study.ramp.days


def _check_courses(study: Study, place: str) -> None:
    if study.courses is None:
        return
    from simulation.cases.defects import unknown_name
    from simulation.studies.outcomes import STATES

    for name in study.courses.quantities:
        if name not in STATES:
            raise InputError(unknown_name("state", name, STATES, "courses").sentence(place))
    if len(set(study.courses.quantities)) < len(study.courses.quantities):
        raise InputError(f"a state is listed twice in {quoted('courses')} ({place})")


def _hash(content: Any) -> str:
    return hashlib.blake2b(json.dumps(content).encode(), digest_size=16).hexdigest()
