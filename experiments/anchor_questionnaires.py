"""Which burden do healthy people and people with borderline personality disorder carry, on every scale?

The questionnaires map a burden onto a score through two anchors (`simulation.measures.questionnaires`). The scores at
the anchors are published norms; the burdens are what the virtual cohorts carry, and have to be read off anew whenever
the theory changes. One mapping serves everyone. That the means of these groups then agree with the norms is built
in and no evidence; spreads, other cohorts and change are.

Levels and thresholds of the criteria follow from the same cohorts by the rules that
`simulation.measures.criteria` states.

Run: ``python experiments/anchor_questionnaires.py`` prints them; put them into the tables by hand.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from simulation.cohorts.lives import settle
from simulation.cohorts.networks import EGO_NETWORK
from simulation.measures.burden import burden
from simulation.measures.criteria import CRITERIA, CRITERIA_DAYS, DIAGNOSIS, Criterion, criteria_met
from simulation.measures.instruments import administer
from simulation.measures.questionnaires import SCALES, Scale
from simulation.measures.window import window_of
from simulation.validation.scenes.questionnaires import QUANTITIES

SEED = 1001
PEOPLE = 240
STATED = ("self_harm", "crises", "impulsive_areas", "integration_now")
"""Features of criteria whose level is stated in `simulation.measures.criteria` itself."""


def anchored(
    scale: Scale, table: pd.DataFrame, diagnosed: np.ndarray, community: np.ndarray, healthy: np.ndarray
) -> Scale:
    """The scale with its anchors at the burdens that the groups of its norms carry.

    Norms of the disorder are those of people who have the diagnosis; the others those of students, unscreened, for the
    DERS, and of people screened for health for the rest.
    """
    if scale.name == "metacognition":
        return scale
    carried = burden(scale.parts, table)
    normal = carried[community if scale.name.startswith("ders") else healthy].mean()
    anchors = replace(scale.anchors, healthy_burden=float(normal), clinical_burden=float(carried[diagnosed].mean()))
    return replace(scale, anchors=anchors)


def levelled(criterion: Criterion, table: pd.DataFrame, bpd: np.ndarray, community: np.ndarray) -> Criterion:
    """The criterion with levels and threshold by the rules that `simulation.measures.criteria` states."""
    parts = tuple(
        part if part.feature in STATED else replace(part, full=_two_digits(table.loc[bpd, part.feature].quantile(0.9)))
        for part in criterion.parts
    )
    carried = burden(parts, table)
    low, high = np.median(carried[community]), np.median(carried[bpd])
    threshold = criterion.threshold if criterion.name == "self_harm" else round(10 * (low + high)) / 20
    return replace(criterion, parts=parts, threshold=float(threshold))


def _two_digits(value: float) -> float:
    return float(f"{max(value, 0.01):.2g}")


def main() -> None:
    """Print the burdens."""
    lives = settle({"bpd": PEOPLE, "community": PEOPLE}, EGO_NETWORK, SEED).live(
        CRITERIA_DAYS, 1 / 8, QUANTITIES, ("good_image", "bad_image"), events=True
    )
    who, cohort = lives.people.index, lives.people["cohort"]
    bpd, community = ((cohort == name).to_numpy() for name in ("bpd", "community"))
    quarter = window_of(lives.recording, CRITERIA_DAYS).reindex(who)
    criteria = [levelled(criterion, quarter, bpd, community) for criterion in CRITERIA]
    judged = criteria_met(quarter, criteria)
    healthy = community & (judged["criteria"] <= 1).to_numpy()
    diagnosed = bpd & (judged["criteria"] >= DIAGNOSIS).to_numpy()
    for scale in SCALES.values():
        table = window_of(lives.recording, scale.days).reindex(who)
        new = anchored(scale, table, diagnosed, community, healthy).anchors
        print(f"{scale.name:22} healthy {new.healthy_burden:.3f}  bpd {new.clinical_burden:.3f}  now {scale.anchors}")
    for old, criterion in zip(CRITERIA, criteria, strict=True):
        met = burden(criterion.parts, quarter) >= criterion.threshold
        print(f"{criterion.name:22} threshold {criterion.threshold} (now {old.threshold}), met by "
              f"{met[community].mean():.2f} and {met[bpd].mean():.2f}")  # fmt: skip
        for before, part in zip(old.parts, criterion.parts, strict=True):
            print(f"  {part.feature:20} counts in full from {part.full} on (now {before.full})")
    print(f"burdens of bpd spread by {_spread(criteria, quarter, bpd):.3f}")
    scores = administer(lives.recording, seed=SEED).groupby(cohort)
    for name in ("ders", "gsi", "rsq", "metacognition", "criteria"):
        print(f"{name:22}", scores[name].agg(["mean", "std"]).round(2).to_dict("index"))


def _spread(criteria: list[Criterion], table: pd.DataFrame, people: np.ndarray) -> float:
    return float(np.mean([burden(criterion.parts, table)[people].std() for criterion in criteria]))


if __name__ == "__main__":
    main()
