"""Virtual cohorts: profiles as distributions, and cohorts that live in ego networks or couples."""

from __future__ import annotations

from simulation.cohorts.definition import cohort_names
from simulation.cohorts.draw import draw_cohort
from simulation.cohorts.study import CohortStudy, simulate_cohort

__all__ = ["CohortStudy", "cohort_names", "draw_cohort", "simulate_cohort"]
