"""Which burden do healthy people and people with borderline personality disorder carry, on every scale?

The questionnaires map a burden onto a score through two anchors (`simulation.measures.questionnaires`). The scores at
the anchors are published norms; the burdens are what the virtual cohorts carry, and have to be read off anew whenever
the theory changes. One mapping serves everyone. That the means of these two cohorts then agree with the norms is built
in and no evidence; spreads, other cohorts and change are.

Run: ``python experiments/anchor_questionnaires.py`` prints one line per scale; put the burdens into the tables by hand.
"""

from __future__ import annotations

import pandas as pd

from simulation.cohorts.lives import settle
from simulation.cohorts.networks import EGO_NETWORK
from simulation.measures.burden import burden
from simulation.measures.criteria import CRITERIA, CRITERIA_DAYS
from simulation.measures.instruments import administer
from simulation.measures.questionnaires import SCALES
from simulation.measures.window import window_of
from simulation.validation.scenes.questionnaires import QUANTITIES

SEED = 1001
PEOPLE = 120


def main() -> None:
    """Print the burdens."""
    lives = settle({"bpd": PEOPLE, "community": PEOPLE}, EGO_NETWORK, SEED).live(
        CRITERIA_DAYS, 1 / 16, QUANTITIES, ("good_image", "bad_image"), events=True
    )
    cohort = lives.people["cohort"]
    for scale in SCALES.values():
        table = window_of(lives.recording, scale.days)
        found = pd.Series(burden(scale.parts, table), index=table.index).groupby(cohort)
        mean, spread = found.mean(), found.std()
        print(
            f"{scale.name:22} healthy {mean['community']:.3f} (SD {spread['community']:.3f})  "
            f"bpd {mean['bpd']:.3f} (SD {spread['bpd']:.3f})  now {scale.anchors}"
        )
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
