"""The phase in which a person publishes what an encounter in the next tick needs to know of them: the face."""

from __future__ import annotations

from typing import Any

from simulation.theory import constants as c
from simulation.theory import states as s
from simulation.theory import traits as r
from simulation.theory.encounter import contact_seeking
from simulation.theory.layout import LANES
from simulation.theory.mastery import act_readiness, cascaded, choice_temperature, foresight
from simulation.theory.numerics import mechanism
from simulation.theory.perception import pull_toward_rejection, threat_of_rejection

Page = Any
"""One page: a float64 array, or a list of floats in plain-Python mode."""


@mechanism
def show_face(p: Page, o: int, k: Page, f: Page) -> None:
    """Publish what an encounter in the next tick needs to know of this person. Weights of feelings ASSUMED."""
    negative = p[o + s.NEGATIVE_SELF]
    anxiety = p[o + s.ANXIETY]
    anger = p[o + s.ANGER]
    shame = p[o + s.SHAME]
    joy = p[o + s.JOY]
    distress = 0.5 * anxiety + 0.3 * anger + 0.1 * p[o + s.PAIN]
    hiding = 0.6 * shame + 0.6 * p[o + s.DISSOCIATION]
    for w in range(4):
        need = p[o + s.NEED + w * LANES]
        closeness = 1.0 if w == 0 else 0.3
        p[o + s.SEEK + w * LANES] = contact_seeking(
            need, distress * closeness, hiding, k[o + c.SEEK_BASE], k[o + c.SEEK_NEED], k[o + c.SEEK_DISTRESS],
            k[o + c.SEEK_SHAME],
        )  # fmt: skip
    f[s.F_COMMITTED] = p[o + s.COMMITTED]
    f[s.F_BUSY] = p[o + s.BUSY]
    f[s.F_AROUSAL] = p[o + s.AROUSAL]
    f[s.F_ANGER] = anger
    f[s.F_SADNESS] = p[o + s.SADNESS]
    f[s.F_JOY] = joy
    f[s.F_DECENTRING] = p[o + s.DECENTRING_NOW]
    f[s.F_WARMTH] = p[o + r.WARMTH]
    f[s.F_TOLERANCE] = p[o + r.TOLERANCE]
    f[s.F_PULL] = k[o + c.G_PERCEPTION] * pull_toward_rejection(
        p[o + r.REJECTION_SENSITIVITY], threat_of_rejection(p[o + s.REJECTION_TRACE], k[o + c.THREAT_HALF]), negative,
        p[o + s.DIFFERENTIATION_NOW], p[o + s.DECENTRING_NOW],
        k[o + c.PULL_SENSITIVITY], k[o + c.PULL_SCHEMA], k[o + c.PULL_DIFFERENTIATION], k[o + c.PULL_DECENTRING],
    )  # fmt: skip
    undistinguished = 1.0 - p[o + s.DIFFERENTIATION_NOW]
    f[s.F_PRIOR] = k[o + c.G_EXPECTATION] * k[o + c.PRIOR_WEIGHT] * undistinguished
    f[s.F_GLOOM] = k[o + c.G_EXPECTATION] * k[o + c.EXPECTATION_COLOUR] * negative * undistinguished
    f[s.F_TEMPERATURE] = choice_temperature(
        p[o + r.IMPULSIVITY], k[o + c.TEMPERATURE], k[o + c.TEMPERATURE_IMPULSIVITY], k[o + c.G_IMPULSIVITY]
    )

    seen = 1.0 - k[o + c.G_DECENTRING] * (1.0 - p[o + s.DECENTRING_NOW])
    foreseen = foresight(p[o + s.MASTERY_NOW], p[o + r.IMPULSIVITY], k[o + c.G_IMPULSIVITY]) * seen
    gain = k[o + c.G_INTERPERSONAL]
    base = k[o + c.ACT_BASE]
    cost = k[o + c.ACT_COST]
    habit = 0.5 * k[o + c.HABIT_WEIGHT]
    longing = k[o + c.ACT_NEED] * (0.5 * p[o + s.NEED] + 0.5 * anxiety)
    rage = k[o + c.ACT_ANGER] * anger * cascaded(p[o + s.RUMINATION], k[o + c.CASCADE], k[o + c.CASCADE_HALF])
    h = o + s.ACT_HABIT
    f[s.F_ACT] = k[o + c.ACT_WARM] * (0.6 * p[o + r.WARMTH] + 0.4 * joy) * (1.0 - hiding) - 0.5 * rage
    f[s.F_ACT + 1] = k[o + c.ACT_ORDINARY]
    f[s.F_ACT + 2] = act_readiness(2, longing * (0.5 + p[o + s.MASTERY_NOW]), p[h], foreseen, base, habit, cost)
    f[s.F_ACT + 3] = act_readiness(
        3, gain * longing * (0.5 + negative), gain * p[h + LANES], foreseen, base, habit, cost
    )
    f[s.F_ACT + 4] = act_readiness(
        4, gain * longing * (anxiety + negative), gain * p[h + 2 * LANES], foreseen, base, habit, cost
    )
    f[s.F_ACT + 5] = act_readiness(5, gain * longing * 0.5, gain * p[h + 3 * LANES], foreseen, base, habit, cost)
    f[s.F_ACT + 6] = act_readiness(6, gain * rage, gain * p[h + 4 * LANES], foreseen, base, habit, cost)
    f[s.F_ACT + 7] = act_readiness(7, gain * (1.2 * rage - 1.0), gain * p[h + 5 * LANES], foreseen, base, habit, cost)
    f[s.F_ACT + 8] = act_readiness(
        8, gain * k[o + c.ACT_SHAME] * hiding, gain * p[h + 6 * LANES], foreseen, base, habit, cost
    )
