"""The treatments of runs that lie side by side."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from simulation.population.population import Population
from simulation.studies.columns import Side
from simulation.treatment.assign import assignment_of
from simulation.treatment.assignment import Assignment
from simulation.treatment.courses import Courses


def courses_beside(side: Side, population: Population, dt: float) -> Courses:
    """Return everyone's treatment: runs of one variant share a course, with one entry per patient and run.

    Raises:
        InputError: Something about a treatment cannot be used.
    """
    runs: dict[int, list[int]] = {}
    for run, variant in enumerate(side.variants):
        if variant.case.treatment is not None and variant.case.treatment.name:
            runs.setdefault(id(variant), []).append(run)
    return Courses(population, [_repeated(side, mine) for mine in runs.values()], dt)


def _repeated(side: Side, runs: list[int]) -> Assignment:
    """The assignment of a variant, for each of its runs."""
    variant = side.variants[runs[0]]
    base = assignment_of(variant.case, variant.blueprint.build(0))
    assert base is not None
    first = side.first[runs][:, None]
    shift = np.arange(len(runs))[:, None] * len(base.therapists)
    return replace(
        base,
        patients=(base.patients + first).reshape(-1),
        therapists=(base.therapists + first).reshape(-1),
        therapist_of=(base.therapist_of + shift).reshape(-1),
        offset=np.tile(base.offset, len(runs)),
    )
