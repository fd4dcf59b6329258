"""Which burden do healthy people and people with borderline personality disorder carry, on every scale?

The questionnaires map a burden onto a score through two anchors (`simulation.measures.questionnaires`). The scores at
the anchors are published norms; the burdens are what the virtual cohorts carry, and have to be read off anew whenever
the theory changes. One mapping serves everyone. That the means of these two cohorts then agree with the norms is built
in and no evidence; spreads, other cohorts and change are.

Run: ``python experiments/anchor_questionnaires.py`` prints one line per scale; put the burdens into the tables by hand.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from simulation.cohorts.lives import settle
from simulation.cohorts.networks import EGO_NETWORK
from simulation.measures.burden import burden
from simulation.measures.criteria import CRITERIA, CRITERIA_DAYS, criteria_met
from simulation.measures.instruments import administer
from simulation.measures.questionnaires import SCALES, Scale
from simulation.measures.window import window_of
from simulation.validation.scenes.questionnaires import QUANTITIES

SEED = 1001
PEOPLE = 240


def anchored(scale: Scale, table: pd.DataFrame, bpd: np.ndarray, community: np.ndarray, healthy: np.ndarray) -> Scale:
    """The scale with its anchors at the burdens that the groups of its norms carry.

    Norms of the DERS are those of students, unscreened; of the others those of people screened for health.
    """
    if scale.name == "metacognition":
        return scale
    carried = burden(scale.parts, table)
    normal = carried[community if scale.name.startswith("ders") else healthy].mean()
    anchors = replace(scale.anchors, healthy_burden=float(normal), clinical_burden=float(carried[bpd].mean()))
    return replace(scale, anchors=anchors)


def main() -> None:
    """Print the burdens."""
    lives = settle({"bpd": PEOPLE, "community": PEOPLE}, EGO_NETWORK, SEED).live(
        CRITERIA_DAYS, 1 / 8, QUANTITIES, ("good_image", "bad_image"), events=True
    )
    who, cohort = lives.people.index, lives.people["cohort"]
    judged = criteria_met(window_of(lives.recording, CRITERIA_DAYS), CRITERIA).reindex(who)
    bpd, community = ((cohort == name).to_numpy() for name in ("bpd", "community"))
    healthy = community & (judged["criteria"] <= 1).to_numpy()
    for scale in SCALES.values():
        table = window_of(lives.recording, scale.days).reindex(who)
        new = anchored(scale, table, bpd, community, healthy).anchors
        print(f"{scale.name:22} healthy {new.healthy_burden:.3f}  bpd {new.clinical_burden:.3f}  now {scale.anchors}")
    table = window_of(lives.recording, CRITERIA_DAYS)
    for criterion in CRITERIA:
        burdens = pd.Series(burden(criterion.parts, table), index=table.index)
        met = (burdens >= criterion.threshold).groupby(cohort).mean()
        middle = burdens.groupby(cohort).median()
        print(
            f"{criterion.name:22} met by {met['community']:.2f} and {met['bpd']:.2f}; median burden "
            f"{middle['community']:.2f} and {middle['bpd']:.2f}; threshold {criterion.threshold}"
        )
    scores = administer(lives.recording, seed=SEED).groupby(cohort)
    for name in ("ders", "gsi", "rsq", "metacognition", "criteria"):
        print(f"{name:22}", scores[name].agg(["mean", "std"]).round(2).to_dict("index"))


if __name__ == "__main__":
    main()
