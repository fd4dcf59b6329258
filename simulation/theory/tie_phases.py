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
    free_to_love,
    kept_apart,
    love_hazard,
    protest,
    reconciliation_hazard,
    rupture_hazard,
    rupture_hurt,
)

Page = Any
"""One page: a float64 array, or a list of floats in plain-Python mode."""

# How a tie can turn
NO_TURN, RUPTURE, RECONCILIATION, ACQUAINTANCE, LOVE = range(5)


@mechanism
def seek_other(
    t: Page, a: int, k: Page, o: int, seek: float, need: float, anxiety: float, committed: float
) -> None:  # fmt: skip
    """M1, M18. How much contact the owner of a tie seeks with this other now, under the wish that the tie answers.

    People who live with one another keep their distance after a cold exchange; after a break, fear drives them back.
    Who is together with a partner (``committed``: the bond) is hardly open to another.
    """
    near = kept_apart(t[a + ts.LAST_BEHAVIOUR], need, k[o + c.DISTANCE])
    t[a + ts.SEEKING] = seek * (near + t[a + ts.RUPTURED] * (protest(anxiety) - near))
    t[a + ts.FREE] = free_to_love(committed)


@mechanism
def contacts_of_tie(t: Page, a: int, dt: float) -> float:
    """M1. Mean number of contacts that the owner of a tie starts in a tick."""
    return t[a + ts.CONTACT_RATE] * t[a + ts.ALIVE] * t[a + ts.SEEKING] * dt


@mechanism
def turn_of_tie(t: Page, a: int, k: Page, o: int, dt: float, luck: float) -> int:
    """M18. Whether the tie breaks, is mended, begins or turns into love in this tick, on the owner's part."""
    strain = t[a + ts.STRAIN]
    alive = t[a + ts.ALIVE]
    broken = t[a + ts.RUPTURED]
    seek = t[a + ts.SEEKING]
    friends = 1.0 - t[a + ts.ROMANTIC]
    free = t[a + ts.FREE]
    breaking = rupture_hazard(strain, k[o + c.RUPTURE_RATE], k[o + c.RUPTURE_THRESHOLD], k[o + c.RUPTURE_SLOPE])
    loving = love_hazard(seek, t[a + ts.ELIGIBLE] * friends, free, k[o + c.LOVE_RATE])
    mending = reconciliation_hazard(strain, t[a + ts.BOND], seek, k[o + c.REPAIR_RATE])
    beginning = acquaintance_hazard(seek, k[o + c.NEW_TIE_RATE])
    exists = 1.0 if t[a + ts.CONTACT_RATE] > 0.0 else 0.0
    waiting = max(friends, free) * (broken * mending + (1.0 - broken) * beginning)
    hazard = alive * (breaking + loving) + (1.0 - alive) * waiting
    odds = chance(exists * hazard, dt)
    if luck >= odds:
        return NO_TURN
    if alive > 0.5:
        return RUPTURE if luck * (breaking + loving) < odds * breaking else LOVE
    return RECONCILIATION if broken > 0.5 else ACQUAINTANCE


@mechanism
def agreed(t: Page, a: int, turn: int, committed: float, luck: float) -> bool:
    """M18. Whether the other takes part in what the owner of a tie wants: nobody becomes a partner beside another."""
    partners = turn == LOVE or (turn > RUPTURE and t[a + ts.ROMANTIC] > 0.5)
    return not partners or luck < free_to_love(committed)


@mechanism
def be_together(p: Page, o: int, t: Page, a: int) -> None:
    """M18. The closest of the romantic ties in which there is contact is what a person is committed to."""
    if t[a + ts.CONTACT_RATE] > 0.0:
        p[o + s.COMMITTED] = max(p[o + s.COMMITTED], t[a + ts.ROMANTIC] * t[a + ts.ALIVE] * t[a + ts.BOND])


@mechanism
def miss_other(p: Page, o: int, k: Page, t: Page, a: int, wish: int, dt: float, luck: float) -> None:
    """M18. Now and then something reminds of the other from whom a person has parted: a pang of sadness."""
    odds = chance(k[o + c.REMINDED], dt)
    if luck < odds:
        # it stands for all pangs of the tick: the mean sadness is exact for any dt
        longing = absence(t[a + ts.BOND], p[o + s.NEED + wish * LANES], t[a + ts.MISSED], k[o + c.ABSENCE])
        p[o + s.IN_SADNESS] += longing * dt / odds


@mechanism
def turn_tie(p: Page, o: int, k: Page, t: Page, a: int, own: int, theirs: int) -> None:
    """M18. Apply what either of the two did to the tie: it breaks (which hurts), is mended, begins, turns into love."""
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
        if own == LOVE or theirs == LOVE:
            t[a + ts.ROMANTIC] = 1.0
            t[a + ts.BOND] = max(t[a + ts.BOND], k[o + c.LOVE_BOND])
            t[a + ts.CONTACT_RATE] = max(t[a + ts.CONTACT_RATE], k[o + c.LOVE_CONTACT])


@mechanism
def age_tie(t: Page, a: int, k: Page, o: int, dt: float) -> None:
    """M18. What time does to a tie: strain wears off, memories and images of the other fade."""
    t[a + ts.STRAIN] = t[a + ts.STRAIN] * kept(k[o + c.STRAIN_RATE], dt)
    t[a + ts.LAST_BEHAVIOUR] = t[a + ts.LAST_BEHAVIOUR] * kept(k[o + c.MEMORY_RATE], dt)
    t[a + ts.MISSED] = t[a + ts.MISSED] * kept(k[o + c.MOURNING], dt)
    fade = kept(k[o + c.REPRESENTATION_RATE], dt)
    t[a + ts.GOOD_IMAGE] = t[a + ts.TRUST] + (t[a + ts.GOOD_IMAGE] - t[a + ts.TRUST]) * fade
    t[a + ts.BAD_IMAGE] = t[a + ts.STRAIN] + (t[a + ts.BAD_IMAGE] - t[a + ts.STRAIN]) * fade
