"""The phase of a tick in which a person soothes: whether, by which strategy, with what relief and cost."""

from __future__ import annotations

from typing import Any

from simulation.theory import constants as c
from simulation.theory import states as s
from simulation.theory import traits as r
from simulation.theory.layout import LANES
from simulation.theory.mastery import (
    PERSONAL_BARRIER,
    PERSONAL_COST,
    PERSONAL_RELIEF,
    aftermath_after,
    cascaded,
    choice_temperature,
    coping_hazard,
    foresight,
    habit_after_use,
    hold_of_relief,
    pain_after_relief,
    personal_utility,
    promised_relief,
    urge_to_soothe,
)
from simulation.theory.numerics import (
    chance,
    choose,
    kept,
    landed,
    mechanism,
    raised,
)

Page = Any
"""One page: a float64 array, or a list of floats in plain-Python mode."""


@mechanism
def urge_now(p: Page, o: int, k: Page) -> float:
    """M13. How much the person wants the present distress to stop."""
    return urge_to_soothe(
        p[o + s.PAIN], p[o + s.AROUSAL], p[o + r.WINDOW], p[o + s.SHAME], p[o + s.SADNESS],
        p[o + s.DIFFERENTIATION_NOW], p[o + s.DECENTRING_NOW], k[o + c.URGE_DISTANCE], k[o + c.URGE_PAIN],
        k[o + c.URGE_SHAME], k[o + c.URGE_SADNESS],
        cascaded(p[o + s.RUMINATION], k[o + c.CASCADE], k[o + c.CASCADE_HALF]),
    )  # fmt: skip


@mechanism
def wants_to_soothe(p: Page, o: int, k: Page, dt: float, luck: float) -> bool:
    """M13. Whether the person tries to soothe in this tick; the refractory time runs off."""
    urge = urge_now(p, o, k)
    recent = p[o + s.REFRACTORY] * landed(k[o + c.REFRACTORY_RATE], dt)  # its mean over the tick
    p[o + s.REFRACTORY] = p[o + s.REFRACTORY] * kept(k[o + c.REFRACTORY_RATE], dt)
    hazard = coping_hazard(urge, 1.0 - recent, k[o + c.COPING_RATE], k[o + c.COPING_THRESHOLD], k[o + c.COPING_SLOPE])
    return luck < chance(hazard, dt)


@mechanism
def utility_of(
    strategy: int, p: Page, o: int, k: Page, ability: float, urge: float, foreseen: float, allowed: float
) -> float:
    """M13. What speaks for one personal strategy now; a lesion takes it away (``allowed`` 0)."""
    return personal_utility(
        promised_relief(PERSONAL_RELIEF[strategy], p[o + s.HABIT + strategy * LANES], k[o + c.HALF_KNOWN]),
        PERSONAL_COST[strategy], PERSONAL_BARRIER[strategy], p[o + s.HABIT + strategy * LANES], ability, urge, foreseen,
        k[o + c.RELIEF_WEIGHT], k[o + c.HABIT_WEIGHT], k[o + c.COST_WEIGHT], k[o + c.BARRIER_WEIGHT],
    ) - 20.0 * (1.0 - min(allowed, 1.0))  # fmt: skip


@mechanism
def attraction_of(strategy: int, p: Page, o: int, k: Page, ability: float, urge: float) -> float:
    """M13. What draws the person to one strategy, before anything speaks against it: promised relief and habit."""
    habit = p[o + s.HABIT + strategy * LANES]
    relief = promised_relief(PERSONAL_RELIEF[strategy], habit, k[o + c.HALF_KNOWN])
    return personal_utility(
        relief, 0.0, 0.0, habit, ability, urge, 0.0, k[o + c.RELIEF_WEIGHT], k[o + c.HABIT_WEIGHT], 0.0, 0.0
    )


@mechanism
def crave(p: Page, o: int, k: Page, luck: float) -> None:
    """M13. What the person feels like first, by relief and habit alone: an urge, acted on or not (a read-out)."""
    urge = urge_now(p, o, k)
    skill = p[o + r.REGULATION_SKILL]
    p[o + s.CRAVED] = 1.0 + choose(
        (
            attraction_of(0, p, o, k, 1.0, urge),
            attraction_of(1, p, o, k, 1.0, urge),
            attraction_of(2, p, o, k, 1.0, urge),
            attraction_of(3, p, o, k, 1.0, urge),
            attraction_of(4, p, o, k, 1.0, urge),
            attraction_of(5, p, o, k, skill, urge),
            attraction_of(6, p, o, k, skill, urge),
            attraction_of(7, p, o, k, p[o + s.DIFFERENTIATION_NOW], urge),
        ),
        choice_temperature(
            p[o + r.IMPULSIVITY], k[o + c.TEMPERATURE], k[o + c.TEMPERATURE_IMPULSIVITY], k[o + c.G_IMPULSIVITY]
        ),
        luck,
    )


@mechanism
def soothe(p: Page, o: int, k: Page, luck: float) -> None:
    """M13, M14, M15. Choose a strategy; relief at once, cost later, and a stronger habit."""
    foreseen = foresight(p[o + s.MASTERY_NOW], p[o + r.IMPULSIVITY], k[o + c.G_IMPULSIVITY])
    allowed = k[o + c.G_PERSONAL]
    skill = p[o + r.REGULATION_SKILL]
    insight = p[o + s.DIFFERENTIATION_NOW]
    urge = urge_now(p, o, k)
    pick = choose(
        (
            utility_of(0, p, o, k, 1.0, urge, foreseen, allowed),
            utility_of(1, p, o, k, 1.0, urge, foreseen, allowed),
            utility_of(2, p, o, k, 1.0, urge, foreseen, allowed),
            utility_of(3, p, o, k, 1.0, urge, foreseen, allowed),
            utility_of(4, p, o, k, 1.0, urge, foreseen, allowed),
            utility_of(5, p, o, k, skill, urge, foreseen, 1.0),
            utility_of(6, p, o, k, skill, urge, foreseen, 1.0),
            utility_of(7, p, o, k, insight, urge, foreseen, 1.0),
        ),
        choice_temperature(
            p[o + r.IMPULSIVITY], k[o + c.TEMPERATURE], k[o + c.TEMPERATURE_IMPULSIVITY], k[o + c.G_IMPULSIVITY]
        ),
        luck,
    )
    ability = 1.0 if pick < 5 else (skill if pick < 7 else insight)
    share = min(k[o + c.G_RELIEF] * k[o + c.RELIEF], 1.0)
    relief = PERSONAL_RELIEF[pick]
    before = p[o + s.PAIN]
    p[o + s.PAIN] = pain_after_relief(before, relief, ability, share)
    excess = max(p[o + s.AROUSAL] - p[o + r.HOME_BASE], 0.0)
    eased = share * relief * ability * hold_of_relief(before, k[o + c.RELIEF_HALF])
    p[o + s.AROUSAL] = p[o + s.AROUSAL] - 0.6 * eased * excess
    p[o + s.ANGER] = p[o + s.ANGER] * (1.0 - 0.5 * eased)
    p[o + s.ANXIETY] = p[o + s.ANXIETY] * (1.0 - 0.3 * eased)
    p[o + s.SHAME] = p[o + s.SHAME] * (1.0 - 0.3 * eased)
    p[o + s.AFTERMATH] = aftermath_after(p[o + s.AFTERMATH], PERSONAL_COST[pick], k[o + c.AFTERMATH_COST])
    if pick == 0:
        p[o + s.RUMINATION] = raised(p[o + s.RUMINATION], 0.3 * k[o + c.G_RUMINATION])
    if pick == 4:
        p[o + s.DISSOCIATION] = raised(p[o + s.DISSOCIATION], 0.7 * k[o + c.G_DISSOCIATION])
    row = o + s.HABIT + pick * LANES
    p[row] = habit_after_use(p[row], relief * ability, k[o + c.G_HABIT] * k[o + c.HABIT_LEARNING])
    p[o + s.REFRACTORY] = 1.0
    p[o + s.COPED] = pick + 1.0
