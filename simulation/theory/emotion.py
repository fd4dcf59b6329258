"""M6 emotion pattern: which feelings a response calls up depends on the self-image that is active."""

from __future__ import annotations

from simulation.theory.numerics import exp, mechanism
from simulation.theory.tie import splitting_now


@mechanism
def deserving(benevolent_self: float, negative_self: float) -> float:
    """M6. How far the benevolent self-image has the working self: its share of what is active of the two."""
    return benevolent_self / (benevolent_self + negative_self + 1e-9)


@mechanism
def anger_impulse(
    rejection: float, criticism: float, deserves_better: float, decentring: float, by_rejection: float,
    by_criticism: float, excused: float,
) -> float:  # fmt: skip
    """M6. Strong but mistreated: rejection of a self that deserves better is unfair, and makes angry.

    Who can see that the other may be tired, or has troubles of their own, takes less of it as meant.
    """
    meant = 1.0 - excused * decentring
    return meant * (deserves_better * by_rejection * rejection + by_criticism * criticism)


@mechanism
def brooded_feeling(rumination: float, self_image: float, gain: float) -> float:
    """M6, M12. Perseverative thinking calls up anew the feeling that belongs to the self-image it turns around.

    More than in proportion, as one such thought brings on the next: an emotional cascade (Selby & Joiner 2009,
    10.1037/a0015687); the square is ASSUMED.
    """
    return gain * rumination * rumination * self_image


@mechanism
def driven_out(opposite: float, integration: float, gain: float) -> float:
    """M6. How much sooner a feeling gives way while its opposite is up: without integration one drives out the other.

    Pleasant and painful feelings are kept apart like the images of the other (M18), which makes moods extreme
    (polarity: Coifman et al. 2012, 10.1037/a0028502); form ASSUMED.
    """
    return 1.0 + splitting_now(integration, gain) * opposite


@mechanism
def joy_left(joy: float, rejection: float, stress: float, quenched: float) -> float:
    """M6. Hurt and stress put an end to joy."""
    return joy * exp(-quenched * (rejection + 0.5 * stress))


@mechanism
def joy_fading(rate: float, negative_self: float, denied: float) -> float:
    """M5, M6. Under an active negative self-image a good moment does not dwell in consciousness for long."""
    return rate * (1.0 + denied * negative_self)


@mechanism
def shame_impulse(rejection: float, negative_self: float, by_rejection: float) -> float:
    """M6. Unworthy: rejection of a self that feels it deserves nothing else makes ashamed."""
    return by_rejection * negative_self * rejection


@mechanism
def lasting_shame(negative_share: float, differentiation: float) -> float:
    """M5, M6. Who holds little of themselves is ashamed without any event, unless it is seen as no more than a belief.

    Being prone to shame is part of the self-concept in borderline personality disorder (Ruesch et al. 2007,
    10.1176/ajp.2007.164.3.500); the square, so that ordinary self-doubt hardly shames, is ASSUMED.
    """
    return negative_share * negative_share * (1.0 - differentiation)


@mechanism
def sadness_impulse(rejection: float, negative_self: float, by_rejection: float) -> float:
    """M6. The unmet wish itself saddens, more under the negative self-image."""
    return by_rejection * rejection * (0.4 + 0.6 * negative_self)


@mechanism
def loneliness(need: float, negative_share: float, connection: float) -> float:
    """M2, M6. An unmet wish saddens without any event, most those who hold little of themselves and lack connection.

    Loneliness is the distress of social needs that are not met (Hawkley & Cacioppo 2010, 10.1007/s12160-010-9210-8);
    form ASSUMED.
    """
    return need * negative_share * (1.0 - connection)


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
