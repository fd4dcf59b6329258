"""Virtual cohorts: profiles as distributions, and cohorts that live in ego networks or couples."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from simulation.cohorts.definition import cohort_names

if TYPE_CHECKING:
    from simulation.cohorts.draw import draw_cohort
    from simulation.cohorts.study import CohortStudy, simulate_cohort

_NEED_NUMPY = {"CohortStudy": "study", "draw_cohort": "draw", "simulate_cohort": "study"}
"""What is imported only when asked for, because it loads numpy and the population."""

__all__ = ["CohortStudy", "cohort_names", "draw_cohort", "simulate_cohort"]


def __getattr__(name: str) -> Any:
    if name in _NEED_NUMPY:
        from importlib import import_module

        return getattr(import_module(f"simulation.cohorts.{_NEED_NUMPY[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
