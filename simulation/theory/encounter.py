"""M1 encounter and M2 wish: when people meet, and what they long for."""

from __future__ import annotations

from simulation.theory.numerics import clip, exp, kept, mechanism, raised, toward


@mechanism
def contact_seeking(
    need: float, distress: float, shame: float, base: float, by_need: float, by_distress: float, by_shame: float
) -> float:
    """M1. How much more (or less) contact a person seeks than the tie's own contact rate.

    An active wish and distress make people seek contact (the repeated calls of the case); shame makes them hide.
    """
    return max(
        (base + by_need * need) * (1.0 + by_distress * distress) * (1.0 - by_shame * clip(shame, 0.0, 1.0)), 0.02
    )


@mechanism
def busy_next(busy: float, share: float, turnover: float, dt: float, luck: float) -> float:
    """Whether a person is unavailable, for reasons of their own: a two-state process, exact in ``dt``."""
    share_next = toward(busy, share, turnover, dt)
    return 1.0 if luck < share_next else 0.0


@mechanism
def in_phase(rate: float, circumstance: float, by_phase: float) -> float:
    """M7. Frequency of stressful (negative ``by_phase``) or good moments in the present phase of life."""
    return rate * exp(by_phase * circumstance)


@mechanism
def wish_between_meetings(need: float, strength: float, recovery: float, dt: float) -> float:
    """M2. A wish returns to its strength between meetings."""
    return toward(need, strength, recovery, dt)


@mechanism
def wish_after_response(
    need: float, acceptance: float, rejection: float, satisfaction: float, evoked: float, gain: float
) -> float:
    """M2. An accepting response meets the wish; a rejection evokes it."""
    return raised(need * kept(satisfaction, acceptance), gain * evoked * rejection)
