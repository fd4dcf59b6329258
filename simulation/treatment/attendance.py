"""Whether a patient comes, stays, and whether the two are at odds: hazards of alliance, strain and state."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from simulation.treatment.arithmetic import Number, held
from simulation.treatment.contract import Now

MISSED_IN_A_ROW = 4
"""So many scheduled sessions missed in a row end a treatment (the rule of dialectical behaviour therapy, Linehan 1993)."""
HEALED = 0.6
"""A rupture has healed by itself once strain is below this share of where it began. ASSUMED."""


def attendance_chance(now: Now, k: Mapping[str, float]) -> Number:
    """Chance of coming to a session: engagement and trust bring people in; strain, rupture, detachment keep them away."""
    chance = (
        k["attend_base"]
        + k["attend_engagement"] * now.engagement
        + 0.15 * (now.alliance_trust - 0.5)
        - 0.3 * now.alliance_strain
        - 0.25 * now.rupture
        - 0.3 * now.dissociation
    )
    return held(chance, 0.02, 0.99)


def drop_out_chance(now: Now, k: Mapping[str, float]) -> Number:
    """Chance of ending the treatment at a scheduled session: without engagement, under strain, in a rupture."""
    away = (1.0 - now.engagement) * (1.0 - now.engagement)
    return held(k["drop_out"] * away * (1.0 + 3.0 * now.alliance_strain + 3.0 * now.rupture), 0.0, 1.0)


def engagement_after(now: Now, attended: Number) -> Number:
    """Engagement drifts toward what the alliance is worth when the patient comes, and wanes when not."""
    worth = now.alliance_trust * (1.0 - now.alliance_strain) * (1.0 - now.rupture)
    goal = np.where(attended, worth, 0.0)
    return now.engagement + 0.05 * (goal - now.engagement)


def rupture_after(now: Now, k: Mapping[str, float]) -> Number:
    """An alliance is ruptured from a certain strain on, and stays so until repaired or until the strain has worn off."""
    begins = now.alliance_strain >= k["rupture_at"]
    heals = now.alliance_strain < HEALED * k["rupture_at"]
    return np.where(begins, 1.0, np.where(heals, 0.0, now.rupture))
