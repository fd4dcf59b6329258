"""M6 emotion pattern: which feelings a response calls up depends on the self-image that is active."""

from __future__ import annotations

from simulation.theory.numerics import mechanism


@mechanism
def deserving(benevolent_self: float, negative_self: float) -> float:
    """M6. How far the benevolent self-image has the working self: its share of what is active of the two."""
    return benevolent_self / (benevolent_self + negative_self + 1e-9)


@mechanism
def anger_impulse(
    rejection: float, criticism: float, deserves_better: float, by_rejection: float, by_criticism: float
) -> float:
    """M6. Strong but mistreated: rejection of a self that deserves better is unfair, and makes angry."""
    return deserves_better * by_rejection * rejection + by_criticism * criticism


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
def fading_rate(rate: float, rumination: float, mastery: float, feed: float, by_mastery: float) -> float:
    """M6, M12. Feelings fade more slowly where mastery fails, and while they are turned over and over.

    The same provocation calls up much the same anger in everyone; how long it lasts is what differs
    (Jacob et al. 2008, 10.1016/j.jbtep.2007.10.009).
    """
    return rate * (1.0 - by_mastery * (1.0 - mastery)) / (1.0 + feed * rumination)
