"""M22 self-states: a readable label with hysteresis, without any effect of its own."""

from __future__ import annotations

from simulation.theory.numerics import mechanism

REGULATED, ANGRY, UNWORTHY, FRAGMENTED, DETACHED, SOOTHING = range(6)


@mechanism
def strongest_state(
    previous: int, dysregulated: float, anger: float, shame: float, sadness: float, pain: float, dissociation: float,
    soothing: float,
) -> float:  # fmt: skip
    """M22. Code of the self-state that is strongest now; the present one has a head start of 0.1."""
    best = 0.30 + (0.1 if previous == 0 else 0.0)
    state = 0.0
    candidate = anger + (0.1 if previous == 1 else 0.0)
    state = 1.0 if candidate > best else state
    best = max(best, candidate)
    candidate = max(shame, 0.9 * sadness) + (0.1 if previous == 2 else 0.0)
    state = 2.0 if candidate > best else state
    best = max(best, candidate)
    candidate = 1.2 * pain + (0.1 if previous == 3 else 0.0)
    state = 3.0 if candidate > best else state
    best = max(best, candidate)
    candidate = 1.3 * dissociation + (0.1 if previous == 4 else 0.0)
    state = 4.0 if candidate > best else state
    best = max(best, candidate)
    return 5.0 if soothing > 0.6 and dysregulated > 0.2 else state


@mechanism
def episode_next(in_episode: float, dysregulated: float, on: float, off: float) -> float:
    """Read-out: an episode begins above one threshold and ends below a lower one."""
    threshold = off if in_episode > 0.5 else on
    return 1.0 if dysregulated > threshold else 0.0
