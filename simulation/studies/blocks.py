"""One block of a study: many runs side by side in one population, and the rows that come of them."""

from __future__ import annotations

import traceback
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from simulation.cases.schedule import Schedule
from simulation.errors import InputError
from simulation.recording.recording import COURSE, TIE_COURSE
from simulation.studies.adding import AddingSimulation
from simulation.studies.columns import Side, laid_out, set_people, with_levels
from simulation.studies.plan import Plan, plan_from
from simulation.studies.tally import Tally
from simulation.studies.targets import EVERYONE
from simulation.studies.treating import courses_beside
from simulation.studies.variants import Variant
from simulation.theory.layout import LANES, PERSON

if TYPE_CHECKING:
    import pyarrow as pa

TILE_PEOPLE = 4_096
"""People who advance together: their pages stay in cache."""
TILE_EVENT_TICKS = 100_000
"""People times ticks that are carried out together when causal events are kept: some ten megabytes of them."""

TILE_RECORD_TICKS = 20_000
"""The same when all that a recording holds is kept."""

Columns = dict[str, Any]


def run_block(payload: str, start: int, stop: int) -> tuple[pa.Table, pa.Table | None]:
    """Carry out a block of a plan; what workers are asked to do.

    Args:
        payload: The plan, as `Plan.payload` writes it.
        start, stop: The runs of the block: from one number up to, and without, another.

    Returns:
        The rows of its runs, and the courses kept over time, or None. A run that failed is a row that says why.
    """
    from simulation.studies.rows import courses_table, rows_table

    plan = plan_from(payload)
    columns: list[Columns] = []
    courses: list[Columns] = []
    for runs in _tiles(plan, range(start, stop)):
        rows, kept = run_together(plan, runs)
        columns.append(rows)
        if kept is not None:
            courses.append(kept)
    return rows_table(plan, columns), courses_table(plan, courses) if plan.study.courses is not None else None


def _tiles(plan: Plan, runs: range) -> Iterator[list[int]]:
    """Split runs into those that advance together."""
    most = TILE_PEOPLE
    if plan.events:
        most = min(most, (TILE_RECORD_TICKS if plan.recorded else TILE_EVENT_TICKS) // max(plan.ticks, 1))
    step = max(1, most // max(plan.people, 1))
    for start in range(runs.start, runs.stop, step):
        yield list(range(start, min(start + step, runs.stop)))


def run_together(plan: Plan, runs: Sequence[int]) -> tuple[Columns, Columns | None]:
    """Carry out some runs side by side; where that fails, each alone, so that a failure costs no other run.

    Returns:
        Columns of rows in the order of the runs, with ``run`` and ``error`` (None where all went well), and courses.
    """
    able: list[int] = []
    variants: list[Variant] = []
    failed: dict[int, str] = {}
    replicates, only = plan.replicates, plan.variants.only()
    if only is not None:
        able, variants = list(runs), [only] * len(runs)
    for run in runs if only is None else ():
        point, replicate = divmod(run, replicates)
        try:
            variants.append(plan.variants.get(plan.levels(point), int(plan.seeds[replicate])))
            able.append(run)
        except InputError as error:
            failed[run] = f"InputError: {error}"
        except Exception:
            failed[run] = traceback.format_exc()
    results: list[tuple[Columns, Columns | None]] = []
    if able:
        try:
            results.append(_advanced(plan, able, variants))
        except MemoryError:
            raise
        except Exception:
            if len(able) == 1:
                failed[able[0]] = traceback.format_exc()
            else:
                results += [run_together(plan, [run]) for run in able]
    results += [(_failure(plan, run, text), None) for run, text in failed.items()]
    return _joined(results)


def _joined(results: list[tuple[Columns, Columns | None]]) -> tuple[Columns, Columns | None]:
    rows = {name: np.concatenate([r[name] for r, _ in results]) for name in results[0][0]}
    order = np.argsort(rows["run"], kind="stable")
    kept = [courses for _, courses in results if courses is not None]
    joined = {name: np.concatenate([c[name] for c in kept]) for name in kept[0]} if kept else None
    if joined is not None:
        by_run = np.argsort(joined["run"], kind="stable")
        joined = {name: column[by_run] for name, column in joined.items()}
    return {name: column[order] for name, column in rows.items()}, joined


def _failure(plan: Plan, run: int, text: str) -> Columns:
    rows = plan.rows_per_run
    columns: Columns = {"run": np.full(rows, run), "step": np.arange(rows)}
    columns |= {a.label: np.full(rows, np.nan) for a in plan.asked}
    return columns | {"error": np.array([text] * rows, dtype=object)}


def _advanced(plan: Plan, runs: Sequence[int], variants: Sequence[Variant]) -> tuple[Columns, Columns | None]:
    """Build, advance and measure runs side by side."""
    side = laid_out(variants)
    simulation = started(plan, runs, side)
    schedule = Schedule([variant.case for variant in variants], side.first)
    courses = courses_beside(side, simulation.population, plan.case.dt)
    alive = simulation.population.tie_column("alive") > 0.5
    stages = []

    def advance(until: int) -> None:
        while simulation.tick < until:
            schedule.apply_due(simulation)
            courses.apply_due(simulation)
            simulation.run(min(until, schedule.next_tick, courses.next_tick) - simulation.tick)

    advance(round(plan.study.burn_in / plan.case.dt))
    simulation.start_over()
    for level, _ in plan.steps:
        _set_ramp(plan, simulation, side, level)
        ramp = plan.study.ramp
        assert ramp is not None
        begin = simulation.tick
        advance(begin + round(ramp.settle / plan.case.dt))
        simulation.start_over()
        advance(begin + round(ramp.days / plan.case.dt))
        stages.append(_measured(plan, Tally(simulation, side, alive, schedule.labels, courses)))
    if not plan.steps:
        advance(plan.ticks)
        stages.append(_measured(plan, Tally(simulation, side, alive, schedule.labels, courses)))
    broken = _not_finite(simulation, side)
    steps, count = len(stages), len(runs)
    columns: Columns = {"run": np.repeat(np.array(runs), steps), "step": np.tile(np.arange(steps), count)}
    for label in stages[0]:
        columns[label] = np.stack([stage[label] for stage in stages], axis=1).reshape(-1)
    columns["error"] = np.repeat(broken, steps)
    for label in stages[0]:
        columns[label][columns["error"] != None] = np.nan  # noqa: E711 - an array of objects
    return columns, _courses(plan, simulation, side, runs)


def started(plan: Plan, runs: Sequence[int], side: Side) -> AddingSimulation:
    """Return a simulation of runs side by side, at its first tick."""
    points, replicates = np.divmod(np.array(runs), plan.replicates)
    levels: Columns = {}
    for name, column in zip(plan.names, plan.points, strict=True):
        levels[name] = [column[p] for p in points] if isinstance(column, list) else column[points]
    seeds = plan.seeds[replicates]
    population = with_levels(side, plan.targets, levels).build(np.repeat(seeds, side.size))
    outcomes = [a.outcome for a in plan.asked]
    courses = plan.study.courses
    watch: Any = range(population.n_people) if plan.events else side.focal if courses is not None else ()
    quantities, every = _sampled(plan)
    return AddingSimulation(
        population,
        plan.case.dt,
        added=list(dict.fromkeys(name for outcome in outcomes for name in outcome.added)),
        moments=list(dict.fromkeys(name for outcome in outcomes for name in outcome.moments)),
        tie_added=list(dict.fromkeys(name for outcome in outcomes for name in outcome.tie_added)),
        watch=watch,
        quantities=quantities,
        every=every,
        tie_fields=TIE_COURSE if plan.recorded else (),
        tie_every=max(round(1 / plan.case.dt), 1),
        events=plan.events,
    )


def _sampled(plan: Plan) -> tuple[list[str], int]:
    """States to sample, and every how many ticks."""
    courses = plan.study.courses
    asked = list(courses.quantities) if courses is not None else []
    if plan.recorded:
        return list(dict.fromkeys([*COURSE, *asked])), 1
    return asked, _stride(plan)


def _stride(plan: Plan) -> int:
    """Ticks between two samples of the courses that a study keeps."""
    courses = plan.study.courses
    return max(round(courses.every / plan.case.dt), 1) if courses is not None else 1


def _set_ramp(plan: Plan, simulation: AddingSimulation, side: Side, level: float) -> None:
    target = plan.targets[-1]
    population = simulation.population
    people = np.arange(population.n_people) if target.who == EVERYONE else side.people(target.who)
    set_people(population, people, target.key, np.full(len(people), level))
    simulation.changed()


def _measured(plan: Plan, tally: Tally) -> Columns:
    return {a.label: np.array(a.values(tally), dtype=float) for a in plan.asked}


def _not_finite(simulation: AddingSimulation, side: Side) -> Any:
    """[runs] what is not a finite number any more, or None."""
    pages = np.asarray(simulation.world.persons).reshape(-1, len(PERSON), LANES)
    found = np.full(len(side.size), None, dtype=object)
    bad = ~np.isfinite(pages)
    if bad.any():
        for page, row, lane in np.argwhere(bad):
            person = page * LANES + lane
            if person < simulation.population.n_people:
                run = side.run_of[person]
                found[run] = found[run] or f"FloatingPointError: {list(PERSON)[row]} is not a finite number at the end"
    return found


def _courses(plan: Plan, simulation: AddingSimulation, side: Side, runs: Sequence[int]) -> Columns | None:
    """Courses of the focal people, run after run."""
    courses = plan.study.courses
    if courses is None:
        return None
    samples = np.concatenate(simulation.parts["samples"])
    if plan.events:
        samples = samples[:, side.focal]
    samples = samples[:: _stride(plan) // simulation.every]
    times = samples.shape[0]
    ticks = np.arange(times) * _stride(plan)
    columns: Columns = {"run": np.repeat(np.array(runs), times), "day": np.tile((ticks + 1) * simulation.dt, len(runs))}
    for name in courses.quantities:
        columns[name] = samples[:, :, simulation.quantities.index(name)].T.reshape(-1)
    return columns
