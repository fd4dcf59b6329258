"""H1, H3. Switches of valence, and polarity: positive and negative experience apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from simulation.measures.momentary import switches
from simulation.validation.criteria import Between, more, null
from simulation.validation.estimates import Estimate
from simulation.validation.pattern import Pattern

if TYPE_CHECKING:
    from simulation.validation.laboratory import Laboratory
    from simulation.validation.scenes.momentary import Sampled


def switching(lab: Laboratory) -> dict[str, Estimate]:
    """Tendency to switch valence, size of the change when it switches, and when it does not."""
    scene: Sampled = lab.scene("momentary")
    found = switches(scene.table, "valence")
    boot = lab.bootstrap
    return {
        name: boot.d(scene.of(found[column], "bpd"), scene.of(found[column], "community"))
        for name, column in (
            ("switch rate (d)", "rate"), ("size of switches (d)", "size"), ("size within a valence (d)", "size_within"),
        )
    }  # fmt: skip


def polarity(lab: Laboratory) -> dict[str, Estimate]:
    """How far positive and negative experience exclude each other within a person (minus their correlation)."""
    scene: Sampled = lab.scene("momentary")
    boot = lab.bootstrap
    stress = (scene.table["rejections"] > 0).where(scene.table["answered"])
    pairs = {"affect": ("positive_affect", "negative_affect"), "relation": ("partner_good", "partner_bad")}
    found: dict[str, Estimate] = {}
    for what, (good, bad) in pairs.items():
        whole = _apart(scene.table, good, bad)
        found[f"{what} (d)"] = boot.d(scene.of(whole, "bpd"), scene.of(whole, "community"))
    stressed = _apart(scene.table[stress == 1], "partner_good", "partner_bad")
    calm = _apart(scene.table[stress == 0], "partner_good", "partner_bad")
    found["relation, more under interpersonal stress in bpd"] = boot.standardised(scene.of(stressed - calm, "bpd"))
    return found


def _apart(table: pd.DataFrame, good: str, bad: str) -> pd.Series:
    rows = table[["person", good, bad]].dropna()

    def minus_correlation(own: pd.DataFrame) -> Any:
        if len(own) < 8 or own[good].std() < 1e-6 or own[bad].std() < 1e-6:
            return np.nan
        return -np.arctanh(np.clip(np.corrcoef(own[good], own[bad])[0, 1], -0.999, 0.999))

    return rows.groupby(rows["person"].astype(str))[[good, bad]].apply(minus_correlation)


PATTERNS = [
    Pattern(
        "H1", "momentary", switching,
        {
            "switch rate (d)": null(), "size of switches (d)": more(),
            "size within a valence (d)": Between(None, 0.3, 0.1),
        },
        nulls=("switch rate (d)", "size within a valence (d)"),
    ),
    Pattern(
        "H3", "momentary", polarity,
        {
            "affect (d)": more(), "relation (d)": more(),
            "relation, more under interpersonal stress in bpd": Between(0.0, None, 0.2),
        },
        reading="minus the within-person correlation (Fisher z) of positive and negative affect, and of the good and the bad "
        "image of the partner; stress: a perceived rejection since the last prompt",
    ),
]  # fmt: skip
