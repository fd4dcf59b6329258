"""The phases that close a person's tick: what the days leave behind, and the read-outs of their state."""

from __future__ import annotations

from typing import Any

from simulation.theory import constants as c
from simulation.theory import states as s
from simulation.theory import traits as r
from simulation.theory.encounter import in_phase
from simulation.theory.fragmentation import dysregulation
from simulation.theory.layout import LANES
from simulation.theory.learning import brooded_evidence, conviction, disconfirming_evidence, evidence_in_time
from simulation.theory.mastery import habit_by_repetition
from simulation.theory.metacognition import exercise, grown
from simulation.theory.numerics import kept, mechanism, toward
from simulation.theory.schema import negative_share
from simulation.theory.selfstate import episode_next, strongest_state

Page = Any
"""One page: a float64 array, or a list of floats in plain-Python mode."""


@mechanism
def learn_slowly(p: Page, o: int, k: Page, dt: float) -> None:
    """M14, M15, M20, M21. What time does: aftermath empties, evidence arrives and fades, people mature.

    What life beside others shows of one's worth comes with its good moments: interests that are lived out make a person
    feel worth something (Salvatore et al. 2020, Change promoting; form ASSUMED). Habits fade; ruminating feeds its own,
    as nobody has to choose it.
    """
    p[o + s.AFTERMATH] = p[o + s.AFTERMATH] * kept(k[o + c.AFTERMATH_RATE], dt)
    forgetting = k[o + c.FORGETTING]
    brooded = brooded_evidence(
        p[o + s.RUMINATION], p[o + s.NEGATIVE_SELF], k[o + c.G_LEARNING] * k[o + c.EVIDENCE_BROODED]
    )
    good_moments = in_phase(p[o + r.UPLIFT_RATE], p[o + s.CIRCUMSTANCE], k[o + c.LIFE_PHASE])
    for w in range(4):
        row = o + w * LANES
        share = negative_share(p[row + s.NEGATIVE_EVIDENCE], p[row + s.BENEVOLENT_EVIDENCE])
        noticed = disconfirming_evidence(
            good_moments, conviction(p[o + s.NEGATIVE_SELF], share), p[o + s.DIFFERENTIATION_NOW],
            p[o + s.INTEGRATION_NOW], 1.0, k[o + c.LIFE_BENEVOLENT], k[o + c.DISCOUNT],
        )  # fmt: skip
        p[row + s.NEGATIVE_EVIDENCE] = evidence_in_time(
            p[row + s.NEGATIVE_EVIDENCE], k[o + c.LIFE_NEGATIVE] + brooded, forgetting, dt
        )
        p[row + s.BENEVOLENT_EVIDENCE] = evidence_in_time(p[row + s.BENEVOLENT_EVIDENCE], noticed, forgetting, dt)
    exercised = exercise(p[o + s.NEGATIVE_SELF], p[o + s.CONNECTION], k[o + c.METACOGNITION_GROWTH], dt)
    for f in range(5):
        row = o + f * LANES
        p[row + r.MONITORING] = grown(p[row + r.MONITORING], p[row + s.MONITORING_NOW], exercised)
    fade = kept(k[o + c.HABIT_FORGETTING], dt)
    for h in range(15):
        row = o + s.HABIT + h * LANES
        p[row] = p[row] * fade
    repeated = k[o + c.G_HABIT] * k[o + c.HABIT_REPEATED]
    p[o + s.HABIT] = habit_by_repetition(p[o + s.HABIT], p[o + s.RUMINATION], repeated, dt)


@mechanism
def dysregulated_now(p: Page, o: int) -> float:
    """Read-out of how dysregulated the person is."""
    return dysregulation(p[o + s.AROUSAL], p[o + r.HOME_BASE], p[o + s.PAIN], p[o + s.SHAME], p[o + s.ANGER])


@mechanism
def name_state(p: Page, o: int, k: Page, dt: float) -> None:
    """M22. Self-state label and episode flag: read-outs without any effect of their own."""
    level = toward(p[o + s.DYSREGULATION], dysregulated_now(p, o), k[o + c.EPISODE_RATE], dt)
    p[o + s.DYSREGULATION] = level
    p[o + s.SELF_STATE] = strongest_state(
        int(p[o + s.SELF_STATE]), level, p[o + s.ANGER], p[o + s.SHAME], p[o + s.SADNESS], p[o + s.PAIN],
        p[o + s.DISSOCIATION], p[o + s.REFRACTORY],
    )  # fmt: skip
    p[o + s.EPISODE] = episode_next(p[o + s.EPISODE], level, k[o + c.EPISODE_ON], k[o + c.EPISODE_OFF])
