"""M9 metacognition now."""

from __future__ import annotations

from simulation.theory.numerics import logistic, mechanism


@mechanism
def within_window(arousal: float, window: float, slope: float, calm: float, gain: float) -> float:
    """M9. Share of metacognitive capacity left: collapses as arousal leaves the window of tolerance.

    A co-regulating other widens the window. With ``gain`` 0 (lesion) nothing collapses.
    """
    return 1.0 - gain * (1.0 - logistic(slope * (window + 0.2 * calm - arousal)))


@mechanism
def function_now(capacity: float, left: float) -> float:
    """M9. What is left of one metacognitive function."""
    return capacity * max(left, 0.0)
