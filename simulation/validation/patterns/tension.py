"""B3. Aversive tension: more often, faster, longer, and what precedes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from simulation.measures.momentary import episodes_of_tension
from simulation.validation.criteria import Between, near
from simulation.validation.estimates import Estimate
from simulation.validation.pattern import Pattern

if TYPE_CHECKING:
    from simulation.validation.laboratory import Laboratory
    from simulation.validation.scenes.momentary import Sampled


def tension(lab: Laboratory) -> dict[str, Estimate]:
    """Frequency, rise and length of tension states as ratios of the groups; how many have a trigger before."""
    scene: Sampled = lab.scene("hourly")
    boot = lab.bootstrap
    calm = scene.rows("community")["tension"]
    threshold = float(calm.mean() + 1.5 * calm.std())
    found = episodes_of_tension(scene.table, "tension", threshold)
    table = scene.table.assign(stress=scene.since(scene.lives.course("in_stress")))
    high = table["tension"] >= threshold
    before = high.groupby(table["person"], observed=True).shift(1, fill_value=False)
    onset = high & ~before & (table["prompt"] > 0) & (table["cohort"] == "bpd")
    triggered = onset & ((table["rejections"] > 0) | (table["stress"] > 0))
    count = onset.groupby(table["person"], observed=True).sum()
    led = triggered.groupby(table["person"], observed=True).sum()
    found["rise"] = _mean_rise(table)
    pairs = {
        name: (scene.of(found[name], "bpd"), scene.of(found[name], "community")) for name in ("share", "rise", "days")
    }
    return {
        "frequency ratio": boot.ratio(*pairs["share"]),
        "rise ratio": boot.ratio(*pairs["rise"]),
        "length ratio": boot.ratio(*pairs["days"]),
        "share with a trigger": boot.share(np.asarray(scene.of(led, "bpd")), np.asarray(scene.of(count, "bpd"))),
    }


def _mean_rise(table: pd.DataFrame) -> pd.Series:
    """By person, the mean size of those steps of tension from one hour to the next that go up."""
    step = table.groupby(["person", "day"], observed=True)["tension"].diff()
    return step.where(step > 0).groupby(table["person"], observed=True).mean()


PATTERNS = [
    Pattern(
        "B3",
        "hourly",
        tension,
        {
            "frequency ratio": Between(1.2, None, 0.2),
            "rise ratio": Between(1.1, None, 0.1),
            "length ratio": Between(1.1, None, 0.1),
            "share with a trigger": near(0.39, 0.15),
        },
        reading="tension: unpleasant arousal; a state of it: above 1.5 SD of the community's mean; triggers in the "
        "hour before: perceived rejection (being left alone included: the other is unavailable) or a stressful moment "
        "(failure); rise: mean step up from one hour to the next (the step past the threshold, read at first, is small "
        "in those who are always near it)",
    )
]
