"""The phases of a tie: how much contact is sought, whether it breaks, is mended or begins, what time does to it."""

from __future__ import annotations

from typing import Any

from simulation.theory import constants as c
from simulation.theory import states as s
from simulation.theory import tie_states as ts
from simulation.theory.layout import LANES
from simulation.theory.numerics import chance, kept, mechanism
from simulation.theory.tie import (
    absence,
    acquaintance_hazard,
    kept_apart,
    protest,
    reconciliation_hazard,
    rupture_hazard,
    rupture_hurt,
)

Page = Any
"""One page: a float64 array, or a list of floats in plain-Python mode."""

# How a tie can turn
NO_TURN, RUPTURE, RECONCILIATION, ACQUAINTANCE = range(4)


@mechanism
def seek_other(t: Page, a: int, k: Page, o: int, seek: float, need: float, anxiety: float) -> None:
    """M1, M18. How much contact the owner of a tie seeks with this other now, under the wish that the tie answers.

    People who live with one another keep their distance after a cold exchange; after a break, fear drives them back.
    """
    near = kept_apart(t[a + ts.LAST_BEHAVIOUR], need, k[o + c.DISTANCE])
    t[a + ts.SEEKING] = seek * (near + t[a + ts.RUPTURED] * (protest(anxiety) - near))


@mechanism
def contacts_of_tie(t: Page, a: int, dt: float) -> float:
    """M1. Mean number of contacts that the owner of a tie starts in a tick."""
    return t[a + ts.CONTACT_RATE] * t[a + ts.ALIVE] * t[a + ts.SEEKING] * dt


@mechanism
def turn_of_tie(t: Page, a: int, k: Page, o: int, dt: float, luck: float) -> int:
    """M18. Whether the tie breaks, is mended or begins in this tick, on the owner's part."""
    strain = t[a + ts.STRAIN]
    alive = t[a + ts.ALIVE]
    broken = t[a + ts.RUPTURED]
    seek = t[a + ts.SEEKING]
    breaking = rupture_hazard(strain, k[o + c.RUPTURE_RATE], k[o + c.RUPTURE_THRESHOLD], k[o + c.RUPTURE_SLOPE])
    mending = reconciliation_hazard(strain, t[a + ts.BOND], seek, k[o + c.REPAIR_RATE])
    beginning = acquaintance_hazard(seek, k[o + c.NEW_TIE_RATE])
    exists = 1.0 if t[a + ts.CONTACT_RATE] > 0.0 else 0.0
    hazard = exists * (alive * breaking + (1.0 - alive) * (broken * mending + (1.0 - broken) * beginning))
    what = RUPTURE if alive > 0.5 else (RECONCILIATION if broken > 0.5 else ACQUAINTANCE)
    return what if luck < chance(hazard, dt) else NO_TURN


@mechanism
def miss_other(p: Page, o: int, k: Page, t: Page, a: int, wish: int, dt: float) -> None:
    """M18. The absence of someone from whom the person has parted hurts, the more they long for the other."""
    hurt = absence(t[a + ts.BOND], p[o + s.NEED + wish * LANES], t[a + ts.MISSED], k[o + c.ABSENCE]) * dt
    p[o + s.IN_REJECTION] += hurt
    p[o + s.IN_MOMENT] += 0.5 * hurt


@mechanism
def turn_tie(p: Page, o: int, k: Page, t: Page, a: int, own: int, theirs: int) -> None:
    """M18. Apply what either of the two did to the tie: it breaks (which hurts), is mended or begins."""
    breaks = own == RUPTURE or theirs == RUPTURE
    lives = (own > RUPTURE or theirs > RUPTURE) and not breaks
    if breaks:
        left = 1.0 if own != RUPTURE else 0.0
        hurt = rupture_hurt(t[a + ts.BOND], left, k[o + c.RUPTURE_HURT])
        p[o + s.IN_REJECTION] += hurt
        p[o + s.IN_MOMENT] += 0.5 * hurt
        t[a + ts.ALIVE] = 0.0
        t[a + ts.RUPTURED] = 1.0
        t[a + ts.MISSED] = 1.0
    elif lives:
        t[a + ts.ALIVE] = 1.0
        t[a + ts.STRAIN] = t[a + ts.STRAIN] * (0.5 if t[a + ts.RUPTURED] > 0.5 else 1.0)
        t[a + ts.RUPTURED] = 0.0
        t[a + ts.MISSED] = 0.0


@mechanism
def age_tie(t: Page, a: int, k: Page, o: int, dt: float) -> None:
    """M18. What time does to a tie: strain wears off, memories and images of the other fade."""
    t[a + ts.STRAIN] = t[a + ts.STRAIN] * kept(k[o + c.STRAIN_RATE], dt)
    t[a + ts.LAST_BEHAVIOUR] = t[a + ts.LAST_BEHAVIOUR] * kept(k[o + c.MEMORY_RATE], dt)
    t[a + ts.MISSED] = t[a + ts.MISSED] * kept(k[o + c.MOURNING], dt)
    fade = kept(k[o + c.REPRESENTATION_RATE], dt)
    t[a + ts.GOOD_IMAGE] = t[a + ts.TRUST] + (t[a + ts.GOOD_IMAGE] - t[a + ts.TRUST]) * fade
    t[a + ts.BAD_IMAGE] = t[a + ts.STRAIN] + (t[a + ts.BAD_IMAGE] - t[a + ts.STRAIN]) * fade
