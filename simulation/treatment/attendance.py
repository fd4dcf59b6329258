"""Whether a patient comes, stays, and whether the two are at odds: hazards of alliance, strain and state."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from simulation.theory.numerics import kept
from simulation.treatment.arithmetic import Number, held, nearer, ramp
from simulation.treatment.contract import Now

MISSED_IN_A_ROW = 4
"""So many scheduled sessions missed in a row end a treatment: the rule of Linehan 1993."""
RUPTURE_RATE = 0.02
"""Rate (1/day) at which a rupture fades by itself. ASSUMED: weeks."""


def attendance_chance(now: Now, k: Mapping[str, float]) -> Number:
    """Chance of coming to a session: engagement and trust bring people in; strain and detachment keep them away."""
    chance = (
        k["attend_base"]
        + k["attend_engagement"] * now.engagement
        + 0.15 * (now.alliance_trust - 0.5)
        - 0.2 * now.alliance_strain
        - 0.15 * now.rupture
        - 0.2 * now.dissociation
    )
    return held(chance, 0.02, 0.99)


def drop_out_chance(now: Now, invested: Number, k: Mapping[str, float], days: float) -> Number:
    """Chance of ending the treatment in the days since the last session: not engaged, under strain, in a rupture.

    Who has put much into a relationship leaves it less easily (Rusbult 1980, 10.1016/0022-1031(80)90007-4).
    ``invested`` is the share of the planned sessions that were attended, so that an end in sight holds people: the goal
    gradient (Hull 1932, 10.1037/h0072640), and the lower drop-out of time-limited treatments (Swift & Greenberg 2012,
    10.1037/a0028226; both from memory).
    """
    away = (1.0 - now.engagement) * (1.0 - now.engagement) * (1.0 - invested) * (1.0 - invested)
    hazard = k["drop_out"] / 7.0 * away * (1.0 + 3.0 * now.alliance_strain + 3.0 * now.rupture)
    return 1.0 - np.exp(-hazard * days)


def stirred(now: Now, k: Mapping[str, float]) -> Number:
    """Arousal on arrival: being close to someone who may reject stirs up whoever expects rejection and is not safe yet.

    Source of the idea: Salvatore et al. 2020, Theoretical basis (patients are hyperactivated by the relationship).
    """
    safe = now.alliance_trust * (1.0 - now.alliance_strain)
    return nearer(now.arousal, 1.0, k["session_stirs"] * now.rejection_sensitivity * (1.0 - safe))


def at_odds(now: Now) -> Number:
    """How much stands between the two on arrival: strain, a hurt still felt, and anger that lands on the therapist.

    Anger over whatever happened lands on the therapist as far as rejection is expected, and the good image of the
    therapist is not to hand in a bad moment (splitting).
    """
    hurt = np.maximum(-now.alliance_last_behaviour, 0.0)
    split = (1.0 - now.integration_now) * (1.0 - now.image_link)
    return now.alliance_strain + 0.5 * hurt + now.anger * (now.alliance_bad_image + now.rejection_sensitivity * split)


def engagement_after(now: Now, attended: Number, k: Mapping[str, float]) -> Number:
    """Engagement drifts toward what the alliance is worth when the patient comes, and wanes when not."""
    worth = now.alliance_trust * (1.0 - now.alliance_strain) * (1.0 - now.rupture)
    goal = np.where(attended, worth, 0.0)
    return nearer(now.engagement, goal, k["engagement_drift"])


def rupture_chance(now: Now, k: Mapping[str, float]) -> Number:
    """Chance that a patient arrives for a session at odds with the therapist: a rupture of the alliance."""
    return ramp(at_odds(now), 0.2 * k["rupture_at"], k["rupture_at"])


def rupture_in_time(now: Now, days: float) -> Number:
    """A rupture that nobody repairs fades slowly, as far as trust allows."""
    return now.rupture * kept(RUPTURE_RATE, days) if days else now.rupture


def still_ruptured(rupture: Number) -> Number:
    """Below this little is left of a rupture."""
    return np.where(rupture < 0.3, 0.0, rupture)
