"""M10 pain (the black hole), M11 dissociation, M12 rumination, M24 suicidal crisis."""

from __future__ import annotations

from simulation.theory.numerics import logistic, mechanism


@mechanism
def pain_drive(
    negative_self: float, benevolent_self: float, shame: float, integration: float, overload: float,
    by_shame: float, by_split: float,
) -> float:  # fmt: skip
    """M10. Without integration, incompatible selves at once, or shame flooding the unworthy self, fragment a person."""
    split = negative_self * benevolent_self
    return overload * (1.0 - integration) * (by_split * split + by_shame * shame * negative_self)


@mechanism
def dissociation_target(pain: float, dissociation: float, threshold: float, slope: float, hysteresis: float) -> float:
    """M11. A switch with hysteresis: entered at high pain, left only when pain has fallen well below."""
    return logistic(slope * (pain + hysteresis * dissociation - threshold))


@mechanism
def rumination_drive(
    shame: float, sadness: float, anger: float, tendency: float, habit: float, monitoring: float, by_monitoring: float
) -> float:
    """M12. Perseverative thinking feeds on shame, sadness and anger where monitoring does not notice it."""
    return (shame + sadness + 0.5 * anger) * (tendency + 0.5 * habit) * (1.0 - by_monitoring * monitoring)


@mechanism
def emptiness_target(benevolent_self: float, joy: float, connection: float) -> float:
    """Emptiness is the absence of a benevolent self, of joy and of others."""
    return (1.0 - benevolent_self) * (1.0 - 0.5 * joy) * (1.0 - 0.5 * connection)


@mechanism
def crisis_drive(pain: float, emptiness: float, connection: float) -> float:
    """M24. Sustained pain and emptiness without connection. A state of risk; it ends nobody's run.

    Source of the form: Wang, Robinaugh et al., general escape theory (preprint b29cs).
    """
    return pain * emptiness * (1.0 - connection)


@mechanism
def dysregulation(arousal: float, home: float, pain: float, shame: float, anger: float) -> float:
    """Read-out: how dysregulated a person is, in [0, 1]; feeds nothing. Weights ASSUMED."""
    return min(0.5 * max(arousal - home, 0.0) / (1.0 - home) + 0.35 * max(anger, shame) + 0.17 * pain, 1.0)
