"""M7 arousal, M8 re-activation of trauma, M19 contagion."""

from __future__ import annotations

from simulation.theory.numerics import mechanism


@mechanism
def recovery(
    rate: float, rumination: float, mastery: float, calm: float, by_rumination: float, by_mastery: float, by_calm: float
) -> float:
    """M7. Rate of return to the home base: slowed by rumination, sped by mastery now and by a calming other."""
    return rate * (0.5 + 0.5 * by_mastery * mastery + by_calm * calm) / (1.0 + by_rumination * rumination)


@mechanism
def arousal_impulse(
    rejection: float, stress: float, reactivity: float, by_rejection: float, by_stress: float, trauma: float
) -> float:
    """M7 and M8. Arousal called up by felt rejection and by stress, out of proportion when trauma is re-activated."""
    return reactivity * (by_rejection * rejection + by_stress * stress) + trauma


@mechanism
def trauma_reactivation(load: float, negative_self: float, rejection: float, gain: float) -> float:
    """M8. A present rejection under the active schema re-activates a memory that is not recalled."""
    return gain * load * negative_self * rejection


@mechanism
def emotional_drive(anger: float, anxiety: float, shame: float, pain: float) -> float:
    """M7. What feelings add to arousal while they last. Weights ASSUMED."""
    return 0.35 * anger + 0.25 * anxiety + 0.15 * shame + 0.08 * pain


@mechanism
def caught_arousal(own: float, other: float, bond: float, openness: float, share: float) -> float:
    """M19. Arousal absorbed from the other in one contact (negative when the other is calmer)."""
    return share * bond * openness * (other - own)


@mechanism
def caught_feeling(own: float, other: float, bond: float, openness: float, sensitivity: float, share: float) -> float:
    """M19. A feeling of the other absorbed in one contact, more by those who watch the other's moods for rejection.

    Source of the idea: anger of spouses covaries on meeting, more under interpersonal insecurity (Schoebi 2008,
    10.1037/0893-3200.22.3.595); form ASSUMED.
    """
    return share * bond * openness * (0.5 + sensitivity) * (other - own)


@mechanism
def caught_upset(own: float, other: float, bond: float, openness: float, sensitivity: float, share: float) -> float:
    """M19. Anger or sadness of the other absorbed in one contact; that the other feels none takes one's own not away.

    What another's calm does is a matter of co-regulation. Source of the idea: low mood is caught (Joiner & Katz 1999,
    10.1093/clipsy.6.2.149, a meta-analysis; Hill et al. 2015, 10.1098/rspb.2015.1180, found good mood only); form
    ASSUMED.
    """
    return caught_feeling(own, max(other, own), bond, openness, sensitivity, share)
