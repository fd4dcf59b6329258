"""M6 emotion pattern: which feelings a response calls up depends on the self-image that is active."""

from __future__ import annotations

from simulation.theory.numerics import mechanism


@mechanism
def anger_impulse(
    rejection: float, criticism: float, benevolent_self: float, by_rejection: float, by_criticism: float
) -> float:
    """M6. Strong but mistreated: rejection of a self that deserves better is unfair, and makes angry."""
    return benevolent_self * by_rejection * rejection + by_criticism * criticism


@mechanism
def shame_impulse(rejection: float, negative_self: float, by_rejection: float) -> float:
    """M6. Unworthy: rejection of a self that feels it deserves nothing else makes ashamed."""
    return by_rejection * negative_self * rejection


@mechanism
def sadness_impulse(rejection: float, negative_self: float, by_rejection: float) -> float:
    """M6. The unmet wish itself saddens, more under the negative self-image."""
    return by_rejection * rejection * (0.4 + 0.6 * negative_self)


@mechanism
def anxiety_target(need: float, negative_self: float, sensitivity: float, gain: float) -> float:
    """M6. Anxiety follows the anticipation of rejection: a wish is active and the schema expects it unmet."""
    return min(gain * (0.1 + 0.5 * need * (negative_self + 0.5 * sensitivity)), 1.0)


@mechanism
def fading_rate(rate: float, rumination: float, feed: float) -> float:
    """M12. Feelings that are turned over and over fade more slowly."""
    return rate / (1.0 + feed * rumination)
