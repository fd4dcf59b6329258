"""D1, D2, D4. Rejection sensitivity, conflicts and the end of couples."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from simulation.measures.causes import causes_of
from simulation.theory.exchange import REPLY_VALENCE
from simulation.theory.mastery import ACT_AFFILIATION
from simulation.validation.criteria import Between, near
from simulation.validation.estimates import FEWEST, Estimate, NotCheckable
from simulation.validation.pattern import Pattern

if TYPE_CHECKING:
    from simulation.validation.laboratory import Laboratory
    from simulation.validation.scenes.couples import Couples

HOSTILE_ACTS = ("angry_demand", "attack")
COLD_REPLIES = ("criticism", "rejection")
COLD = -0.3
"""Behaviour at or below this affiliation is negative, above 0.2 positive. ASSUMED."""
assert min(ACT_AFFILIATION) < COLD and min(REPLY_VALENCE) < COLD


def breakup(lab: Laboratory) -> dict[str, Estimate]:
    """Share of couples that parted within a year, by a median split of the first partner's rejection sensitivity.

    The Kaplan-Meier estimate after a year: nobody is lost to observation, so it is the share.
    """
    scene: Couples = lab.scene("couples")
    boot = lab.bootstrap
    gone = scene.parted[scene.together].astype(float)
    sensitivity = scene.sensitivity[scene.together]
    high = sensitivity > np.median(sensitivity)
    n, m = int(high.sum()), int((~high).sum())
    return {
        "high sensitivity": boot.mean(gone[high]),
        "low sensitivity": boot.mean(gone[~high]),
        "difference": boot.of(lambda i, j: float(gone[high][i].mean() - gone[~high][j].mean()), n, m),
    }


def by_day(scene: Couples) -> dict[str, Any]:
    """Counts of hostile, warm, cold and all behaviour, each of shape [partners, couples, days]."""
    causes = causes_of(scene.lives.recording.events)
    people = list(scene.lives.people.index)
    place = {name: (k, 0) for k, name in enumerate(people)} | {
        name: (k, 1) for k, name in enumerate(scene.lives.partners)
    }
    who = np.array([place.get(name, (-1, 0)) for name in (*causes.names, "")])
    couple, side = who[causes.person, 0], who[causes.person, 1]
    day = (causes.tick * scene.lives.dt).astype(int)
    days = int(day.max()) + 1
    hostile = ((causes.kind == "act") & np.isin(causes.what, HOSTILE_ACTS)) | (
        (causes.kind == "reply") & np.isin(causes.what, COLD_REPLIES)
    )
    spoken = causes.behaviour & (causes.what != "unavailable")
    warm = spoken & (causes.affiliation > 0.2)
    cold = spoken & (causes.affiliation <= COLD)

    def count(which: Any, of: int) -> Any:
        chosen = which & (side == of) & (couple >= 0)
        return np.bincount(couple[chosen] * days + day[chosen], minlength=len(people) * days).reshape(-1, days)

    found = {}
    for name, which in (("hostile", hostile), ("spoken", spoken), ("warm", warm), ("cold", cold)):
        found[name] = np.stack([count(which, 0), count(which, 1)])
    return found


def after_conflict(lab: Laboratory) -> dict[str, Estimate]:
    """Partner's coldness on the day after a conflict, by the first partner's sensitivity; what her part explains."""
    scene: Couples = lab.scene("couples")
    days = by_day(scene)
    conflict = (days["hostile"].sum(axis=0) > 0)[:, :-1]
    theirs = days["spoken"][1][:, 1:]
    rejecting = np.where(theirs > 0, days["cold"][1][:, 1:] / np.maximum(theirs, 1), np.nan)
    own = (days["cold"][0] / np.maximum(days["spoken"][0], 1))[:, :-1]
    z = (scene.sensitivity - scene.sensitivity.mean()) / scene.sensitivity.std()
    with_conflict = np.where(conflict, rejecting, np.nan)
    without = np.where(~conflict, rejecting, np.nan)
    her_part = np.where(conflict, own, np.nan)
    mean = [_own_mean(values) for values in (with_conflict, without, her_part)]
    both = np.isfinite(mean[0]) & np.isfinite(mean[2])
    if both.sum() < 4 * FEWEST:
        raise NotCheckable(
            f"only {both.sum()} couples had a conflict and a day after; at least {4 * FEWEST} are needed"
        )
    boot = lab.bootstrap

    def carried(i: Any) -> float:
        y, x, m = mean[0][both][i], z[both][i], mean[2][both][i]
        total = np.polyfit(x, y, 1)[0]
        design = np.column_stack([np.ones(len(y)), x, m])
        direct = np.linalg.lstsq(design, y, rcond=None)[0][1]
        return float((total - direct) / y.std())

    return {
        "after conflict x sensitivity (r)": boot.correlation(mean[0], z),
        "without conflict x sensitivity (r)": boot.correlation(mean[1], z),
        "carried by her behaviour (SD)": boot.of(carried, int(both.sum())),
    }


def _own_mean(values: Any) -> Any:
    known = np.isfinite(values)
    count = known.sum(axis=1)
    return np.where(count > 0, np.where(known, values, 0.0).sum(axis=1) / np.maximum(count, 1), np.nan)


def positivity(lab: Laboratory) -> dict[str, Estimate]:
    """Positive to negative behaviour on days of conflict, in couples that last the year and in those that do not."""
    scene: Couples = lab.scene("couples")
    days = by_day(scene)
    conflict = days["hostile"].sum(axis=0) > 0
    warm, cold = ((days[name].sum(axis=0) * conflict).sum(axis=1).astype(float) for name in ("warm", "cold"))
    quarrelled = conflict.any(axis=1)
    lasts, fails = quarrelled & ~scene.apart, quarrelled & scene.apart
    boot = lab.bootstrap
    return {
        "stable couples": boot.share(warm[lasts], cold[lasts]),
        "failing couples": boot.share(warm[fails], cold[fails]),
    }


PATTERNS = [
    Pattern(
        "D1",
        "couples",
        breakup,
        {
            "high sensitivity": near(0.44, 0.18),
            "low sensitivity": near(0.15, 0.13),
            "difference": Between(0.08, None, 0.1),
        },
        reading="the first parting within a year is the end, mended or not (Kaplan-Meier); tolerances: 95 % "
        "intervals of 29 couples each",
    ),
    Pattern(
        "D2",
        "couples",
        after_conflict,
        {
            "after conflict x sensitivity (r)": Between(0.1, None, 0.1),
            "without conflict x sensitivity (r)": Between(-0.15, 0.15, 0.1),
            "carried by her behaviour (SD)": Between(0.01, None, 0.05),
        },
        reading="a conflict: a day with a hostile act or a critical or rejecting reply by either; rejecting: "
        "share of the "
        "partner's behaviour that is cold on the next day",
        nulls=("without conflict x sensitivity (r)",),
    ),
    Pattern(
        "D4",
        "couples",
        positivity,
        {"stable couples": Between(2.5, 10.0, 2.5), "failing couples": Between(0.4, 1.6, 0.4)},
        reading="acts and replies on days with a conflict; tolerance a factor of 2, as the source is secondary",
    ),
]
