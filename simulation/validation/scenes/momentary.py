"""Four weeks of momentary assessment, and ambulatory monitoring of a day or two."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from simulation.cohorts.lives import Lives, settle
from simulation.cohorts.networks import EGO_NETWORK
from simulation.cohorts.study import FOUR_WEEKS, ITEM_NOISE
from simulation.measures.affect import ITEMS
from simulation.measures.sampling import every
from simulation.validation.laboratory import Laboratory, scene

if TYPE_CHECKING:
    import pandas as pd

STATES = (
    *ITEMS, "pain", "rumination", "dissociation", "in_episode", "in_stress", "coped", "craved",
    "rejection_trace", "mastery_now", "decentring_now", "negative_self", "emptiness",
)  # fmt: skip


@dataclass
class Sampled:
    """Cohorts seen through a protocol.

    Attributes:
        lives: What was observed at every tick.
        table: One row per person and prompt, as studies have it.
    """

    lives: Lives
    table: pd.DataFrame

    @property
    def people(self) -> pd.DataFrame:
        """One row per person, by name."""
        return self.lives.people

    def of(self, by_person: pd.Series, *cohorts: str) -> Any:
        """[people] a number per person, of those in the cohorts, in their order; NaN where it is not defined."""
        names = self.people.index[self.people["cohort"].isin(cohorts)]
        return by_person.reindex(names).to_numpy(dtype=float)

    def rows(self, *cohorts: str) -> pd.DataFrame:
        """The prompts of some cohorts."""
        return self.table[self.table["cohort"].isin(cohorts)]

    def since(self, course: Any) -> Any:
        """[rows] sum of a course ([people, ticks]) since the prompt before, or since waking (NaN where missed)."""
        total = np.cumsum(course, axis=1)
        order = {name: k for k, name in enumerate(self.people.index)}
        who = self.table["person"].map(order).to_numpy(dtype=np.int64)
        tick, day = self.table["tick"].to_numpy(), self.table["day"].to_numpy()
        waking = day * round(1 / self.lives.dt) - 1
        before = np.where(self.table["prompt"].to_numpy() > 0, np.roll(tick, 1), waking)
        so_far = np.where(before >= 0, total[who, np.maximum(before, 0)], 0.0)
        return np.where(self.table["answered"], total[who, tick] - so_far, np.nan)

    @cached_property
    def own_mean(self) -> pd.DataFrame:
        """Mean of every number at prompts, by person."""
        return self.table.groupby("person", observed=True).mean(numeric_only=True)


@scene("momentary")
def momentary(lab: Laboratory) -> Sampled:
    """Four weeks, six prompts a day, of people who each live with a partner, close others and wider ties."""
    people = {
        "bpd": lab.people(80, 2000),
        "community": lab.people(80, 2000),
        "depressed": lab.people(60, 1200),
        "avoidant": lab.people(60, 1200),
    }
    settled = settle(people, EGO_NETWORK, lab.seed, **lab.changes)
    lives = settled.live(28, 1 / 16, STATES, ("good_image", "bad_image"), events=True)
    more = {"partner_good": lives.tie_course("good_image")[:, 0], "partner_bad": lives.tie_course("bad_image")[:, 0]}
    return Sampled(lives, lives.prompts(FOUR_WEEKS, lab.seed, more))


@scene("quarter_hours")
def quarter_hours(lab: Laboratory) -> Sampled:
    """Every quarter of an hour of one waking day, as Ebner-Priemer et al. 2007."""
    people = {"bpd": lab.people(100, 2800), "community": lab.people(100, 2800)}
    lives = settle(people, EGO_NETWORK, lab.seed, **lab.changes).live(1, 1 / 64, ITEMS)
    return Sampled(lives, lives.prompts(replace(every(15, days=1), item_noise=ITEM_NOISE), lab.seed))


@scene("hourly")
def hourly(lab: Laboratory) -> Sampled:
    """Every hour of two waking days, as Stiglmayr et al. 2005."""
    people = {"bpd": lab.people(126, 2016), "community": lab.people(80, 1280)}
    lives = settle(people, EGO_NETWORK, lab.seed, **lab.changes).live(2, 1 / 16, (*ITEMS, "in_stress"), events=True)
    return Sampled(lives, lives.prompts(replace(every(60, days=2), item_noise=ITEM_NOISE), lab.seed))
