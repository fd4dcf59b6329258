"""B1. From a very positive mood straight into a negative one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simulation.measures.prompts import prompts_of
from simulation.validation.criteria import Between, near
from simulation.validation.estimates import Estimate
from simulation.validation.pattern import Pattern

if TYPE_CHECKING:
    from simulation.validation.laboratory import Laboratory
    from simulation.validation.scenes.momentary import Sampled

HOUR = 4
"""Prompts of a quarter of an hour: a sudden decline falls without a pause for at most an hour. ASSUMED."""
LEAST = 0.05
"""Smallest fall of valence that a rating would show (scale -1 to 1). ASSUMED."""


def crashes(lab: Laboratory) -> dict[str, Estimate]:
    """Share of declines out of the upper fifth of all moods that end below zero, per group."""
    scene: Sampled = lab.scene("quarter_hours")
    mood = prompts_of(scene.table, "valence").value.reshape(len(scene.people), -1)
    order = np.argsort(scene.people.index)
    groups = scene.people["cohort"].to_numpy()[order]
    top = np.quantile(mood, 0.8)
    falls, below = np.zeros(len(mood)), np.zeros(len(mood))
    for person, course in enumerate(mood):
        at = 0
        while at < len(course) - 1:
            end = at
            while end + 1 < len(course) and course[end + 1] < course[end] and end - at < HOUR:
                end += 1
            if course[at] >= top and course[at] - course[end] >= LEAST:
                falls[person] += 1
                below[person] += course[end] < 0
            at = max(end, at + 1)
    bpd, community = groups == "bpd", groups == "community"
    boot = lab.bootstrap
    gap = boot.of(
        lambda i, j: float(below[bpd][i].sum() / falls[bpd][i].sum() - below[community][j].sum() / falls[community][j].sum()),
        bpd.sum(), community.sum(),
    )  # fmt: skip
    return {
        "share in bpd": boot.share(below[bpd], falls[bpd]),
        "share in community": boot.share(below[community], falls[community]),
        "difference": gap,
    }


PATTERNS = [
    Pattern(
        "B1", "quarter_hours", crashes,
        {"share in bpd": near(0.48, 0.15), "share in community": near(0.09, 0.08), "difference": Between(0.15, None, 0.1)},
        reading="very positive: upper fifth of all valence ratings of both groups; a decline: a fall without a pause, "
        "for an hour at most. Tolerance ±15 and ±8 points: the number of declines is not reported.",
    )
]  # fmt: skip
