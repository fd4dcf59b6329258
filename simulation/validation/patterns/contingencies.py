"""C1, C2, C5. What rejection does within a person, from prompt to prompt."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from simulation.measures.contingency import person_slopes
from simulation.validation.criteria import Between, more
from simulation.validation.estimates import Estimate
from simulation.validation.pattern import Pattern

if TYPE_CHECKING:
    from simulation.validation.laboratory import Laboratory
    from simulation.validation.scenes.momentary import Sampled


def rated(table: pd.DataFrame) -> pd.DataFrame:
    """The table with `rejected`: perceived rejection since the last prompt as a rating, which has an upper end."""
    return table.assign(rejected=table["rejection"].clip(upper=1.0))


def rejection_rage(lab: Laboratory) -> dict[str, Estimate]:
    """Slope of momentary rage on perceived rejection within persons, compared between groups."""
    scene: Sampled = lab.scene("momentary")
    slope = person_slopes(rated(scene.table), "anger", ["rejected"])["rejected"]
    mine, theirs = scene.of(slope, "bpd"), scene.of(slope, "community")
    return {
        "difference of slopes (d)": lab.bootstrap.d(mine, theirs),
        "slope in bpd (d)": lab.bootstrap.standardised(mine),
    }


def loop(lab: Laboratory) -> dict[str, Estimate]:
    """Rejection and hostility, each predicting the other, from prompt to prompt and from day to day."""
    scene: Sampled = lab.scene("momentary")
    boot = lab.bootstrap
    some = rated(scene.rows("bpd", "depressed"))
    days = some.groupby(["person", "day"], observed=True)[["anger", "rejected"]].mean().reset_index().assign(prompt=0)
    later = days.assign(prompt=days["day"], day=0)
    slopes = {
        "rejection, then hostility (moment)": person_slopes(some, "anger", ["rejected"], lag=1)["rejected"],
        "hostility, then rejection (moment)": person_slopes(some, "rejected", ["anger"], lag=1)["anger"],
        "rejection and hostility (day)": person_slopes(days, "anger", ["rejected"])["rejected"],
        "hostility, next day's rejection (day)": person_slopes(later, "rejected", ["anger"], lag=1)["anger"],
    }
    found = {name: boot.standardised(scene.of(slope, "bpd")) for name, slope in slopes.items()}
    for name in list(slopes)[:2]:
        found[f"{name}, bpd - depressed (d)"] = boot.d(
            scene.of(slopes[name], "bpd"), scene.of(slopes[name], "depressed")
        )
    return found


def triggers(lab: Laboratory) -> dict[str, Estimate]:
    """How often there are triggers, how much likelier symptoms are with them, and how people differ in that."""
    scene: Sampled = lab.scene("momentary")
    boot = lab.bootstrap
    table = scene.table.assign(
        trigger=((scene.table["rejections"] > 0) | (scene.since(scene.lives.course("in_stress")) > 0))
        .astype(float)
        .where(scene.table["answered"]),
        symptom=_symptom(scene),
    )
    mean = table.groupby("person", observed=True)[["trigger", "symptom"]].mean()
    slope = person_slopes(table, "symptom", ["trigger"])["trigger"]
    shown = table.dropna(subset=["symptom", "trigger"]).groupby("person", observed=True)
    error = shown.apply(_squared_error)
    cohorts = ("bpd", "community", "depressed", "avoidant")
    others = cohorts[1:]
    values, errors = scene.of(slope, *cohorts), scene.of(error, *cohorts)
    both = np.isfinite(values) & np.isfinite(errors)
    values, errors = values[both], errors[both]
    symptoms = scene.of(mean["symptom"], *cohorts)
    return {
        "triggers (d)": boot.d(scene.of(mean["trigger"], "bpd"), scene.of(mean["trigger"], *others)),
        "contingency (d)": boot.d(scene.of(slope, "bpd"), scene.of(slope, *others)),
        "contingency x severity (r)": boot.correlation(scene.of(slope, *cohorts), symptoms),
        "true variance of slopes, share": boot.of(
            lambda i: float(1.0 - errors[i].mean() / max(values[i].var(ddof=1), 1e-12)), len(values)
        ),
    }


def _symptom(scene: Sampled) -> Any:
    """Whether a symptom was reported: an episode of dysregulation now, or an attempt to soothe since the last prompt."""
    happened = (
        (scene.table["in_episode"] > 0.5) | (scene.table["maladaptive_coping"] > 0) | (scene.table["hostile_acts"] > 0)
    )
    return happened.astype(float).where(scene.table["answered"])


def _squared_error(rows: pd.DataFrame) -> float:
    """Squared standard error of one person's difference of two shares."""
    with_, without = rows.loc[rows["trigger"] > 0, "symptom"], rows.loc[rows["trigger"] == 0, "symptom"]
    if len(with_) < 2 or len(without) < 2:
        return float("nan")
    return float(with_.var() / len(with_) + without.var() / len(without))


PATTERNS = [
    Pattern(
        "C1", "momentary", rejection_rage, {"difference of slopes (d)": more(), "slope in bpd (d)": more()},
        reading="perceived rejection since the last prompt as a rating with an upper end; rage: anger now",
    ),
    Pattern(
        "C2", "momentary", loop,
        {
            "rejection, then hostility (moment)": more(), "hostility, then rejection (moment)": more(),
            "rejection and hostility (day)": more(), "hostility, next day's rejection (day)": Between(0.0, None, 0.2),
            "rejection, then hostility (moment), bpd - depressed (d)": more(),
            "hostility, then rejection (moment), bpd - depressed (d)": more(),
        },
    ),
    Pattern(
        "C5", "momentary", triggers,
        {
            "triggers (d)": more(), "contingency (d)": more(), "contingency x severity (r)": Between(0.1, None, 0.1),
            "true variance of slopes, share": Between(0.1, None, 0.1),
        },
        reading="trigger: perceived rejection or a stressful moment since the last prompt; symptom: an episode now, or "
        "maladaptive soothing or a hostile act since then; severity: share of prompts with a symptom",
    ),
]  # fmt: skip
