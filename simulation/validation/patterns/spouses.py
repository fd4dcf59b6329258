"""D7, D9. Anger that goes back and forth on meeting, and demand met by withdrawal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from simulation.measures.causes import causes_of
from simulation.measures.contingency import weighted_slopes
from simulation.measures.sampling import Protocol
from simulation.validation.criteria import Between
from simulation.validation.estimates import FEWEST, Estimate, NotCheckable
from simulation.validation.pattern import Pattern

if TYPE_CHECKING:
    from simulation.validation.laboratory import Laboratory
    from simulation.validation.scenes.couples import Couples

DEMANDS = ("angry_demand", "clinging", "relational_test")
WITHDRAWALS = ("withdrawal", "pulling_back")


def covarying(lab: Laboratory) -> dict[str, Estimate]:
    """Slope of one partner's change of anger on the other's when they meet after a time apart; and by insecurity."""
    scene: Couples = lab.scene("couples")
    lives = scene.lives
    table = lives.prompts(Protocol(prompts=6, days=7, scheme="fixed", compliance=1.0), lab.seed).sort_values(
        ["person", "day", "prompt"]
    )
    by_day = table.groupby(["person", "day"], observed=True)
    change = by_day["anger"].diff()
    reunited = (table["contacts"] > 0) & (by_day["contacts"].shift() == 0)
    wide = pd.DataFrame(
        {
            "person": table["person"].astype(str),
            "day": table["day"],
            "prompt": table["prompt"],
            "own": change.where(reunited),
        }
    )
    first = wide[wide["person"].isin(lives.people.index)]
    partner = dict(zip(lives.people.index, lives.partners, strict=True))
    second = wide.rename(columns={"own": "theirs"}).set_index(["person", "day", "prompt"])["theirs"]
    keys = pd.MultiIndex.from_arrays([first["person"].map(partner), first["day"], first["prompt"]])
    rows = first.assign(theirs=second.reindex(keys).to_numpy()).dropna()
    found = weighted_slopes(rows, "own", "theirs")
    slope, weight = found["slope"].to_numpy(), found["weight"].to_numpy()
    sensitivity = lives.people["rejection_sensitivity"].reindex(found.index).to_numpy()
    boot = lab.bootstrap
    return {
        "slope (d)": boot.weighted(slope, weight),
        "slope x rejection sensitivity (r)": boot.weighted_correlation(slope, sensitivity, weight),
    }


def demand_withdraw(lab: Laboratory) -> dict[str, Estimate]:
    """Days with demand met by withdrawal, in either direction, against other days of conflict of the same couple."""
    scene: Couples = lab.scene("couples")
    lives = scene.lives
    causes = causes_of(lives.recording.events)
    people = list(lives.people.index)
    place = {name: k for k, name in enumerate(people)} | {name: k for k, name in enumerate(lives.partners)}
    number = np.array([place.get(name, -1) for name in (*causes.names, "")])
    couple = number[causes.person]
    first = set(people)
    by_first = np.array([name in first for name in (*causes.names, "")])[causes.person]
    day = (causes.tick * lives.dt).astype(int)
    days = int(day.max()) + 1

    def per_day(which: np.ndarray) -> np.ndarray:
        chosen = which & (couple >= 0)
        return np.bincount(couple[chosen] * days + day[chosen], minlength=len(people) * days).reshape(-1, days)

    demand, turned = (
        np.isin(causes.what, DEMANDS) & causes.behaviour,
        np.isin(causes.what, WITHDRAWALS) & causes.behaviour,
    )
    a = (per_day(demand & by_first) > 0) & (per_day(turned & ~by_first) > 0)
    b = (per_day(demand & ~by_first) > 0) & (per_day(turned & by_first) > 0)
    hostile = per_day(causes.behaviour & (causes.affiliation <= -0.4))
    conflict = (hostile > 0) | a | b
    pattern = a | b
    per = round(1 / lives.dt)
    negative = np.mean([lives.course(name) for name in ("anger", "shame", "sadness", "anxiety")], axis=0)
    negative = negative[:, : days * per].reshape(len(people), days, per).mean(axis=2)
    strain = lives.tie_course("strain")[:, 0, : days * per].reshape(len(people), days, per)
    unresolved = np.full(pattern.shape, np.nan)
    unresolved[:, :-1] = strain[:, 1:, -1] - strain[:, :-1, 0]
    gaps = {}
    for name, values in (("negative", negative), ("hostile", hostile.astype(float)), ("unresolved", unresolved)):
        with_, without = (
            np.where(conflict & chosen & np.isfinite(values), values, np.nan) for chosen in (pattern, ~pattern)
        )
        few = (np.isfinite(with_).sum(axis=1) < 1) | (np.isfinite(without).sum(axis=1) < 1)
        filled = [np.where(few[:, None], 0.0, v) for v in (with_, without)]
        gaps[name] = np.where(few, np.nan, np.nanmean(filled[0], axis=1) - np.nanmean(filled[1], axis=1))
    usable = int(np.isfinite(gaps["negative"]).sum())
    if usable < 2 * FEWEST:
        raise NotCheckable(f"only {usable} couples had conflicts with and without the pattern; {2 * FEWEST} are needed")
    boot = lab.bootstrap
    return {
        "share by the first partner": boot.share(
            a.sum(axis=1).astype(float), (a.sum(axis=1) + b.sum(axis=1)).astype(float)
        ),
        "negative emotion (d)": boot.standardised(gaps["negative"]),
        "negative tactics (d)": boot.standardised(gaps["hostile"]),
        "less resolution (d)": boot.standardised(gaps["unresolved"]),
    }


PATTERNS = [
    Pattern(
        "D7",
        "couples",
        covarying,
        {"slope (d)": Between(0.1, None, 0.1), "slope x rejection sensitivity (r)": Between(0.05, None, 0.05)},
        reading="reunion: contact since the last prompt and none before it; couples count by how much the partner's "
        "anger changed, as in a multilevel model (with equal weights, couples in which nothing happened decided)",
    ),
    Pattern(
        "D9",
        "couples",
        demand_withdraw,
        {
            "share by the first partner": Between(0.4, 0.6, 0.1),
            "negative emotion (d)": Between(0.2, None, 0.2),
            "negative tactics (d)": Between(0.0, None, 0.2),
            "less resolution (d)": Between(0.0, None, 0.2),
        },
        reading="within couples, so that satisfaction is held constant; resolution: strain from the morning of "
        "the conflict "
        "to the evening of the next day",
        nulls=("share by the first partner",),
    ),
]
