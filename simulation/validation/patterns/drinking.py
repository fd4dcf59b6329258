"""E9. Drinking against distress: faster, and with relief only in borderline personality disorder."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from simulation.measures.affect import NEGATIVE
from simulation.theory.states import PERSONAL_STRATEGIES
from simulation.validation.criteria import Between, less, more
from simulation.validation.estimates import FEWEST, Estimate, NotCheckable
from simulation.validation.pattern import Pattern

if TYPE_CHECKING:
    from simulation.validation.laboratory import Laboratory
    from simulation.validation.scenes.momentary import Sampled

HOURS = 4 / 16
"""Waking hours after the first drink that belong to one occasion, in days."""


def drinking(lab: Laboratory) -> dict[str, Estimate]:
    """Drinks per occasion in the four hours from the first one, and the change of negative affect in the hour after."""
    scene: Sampled = lab.scene("momentary")
    boot = lab.bootstrap
    lives = scene.lives
    negative = np.mean([lives.course(name) for name in NEGATIVE], axis=0)
    drinks = lives.course("coped") == 1 + PERSONAL_STRATEGIES.index("alcohol")
    span = round(HOURS / lives.dt)
    speed, relief = (np.full(len(drinks), np.nan) for _ in range(2))
    for person, own in enumerate(drinks):
        when = np.flatnonzero(own)
        when = when[(when > 0) & (when < lives.ticks - span)]
        if len(when):
            first = when[np.concatenate([[True], np.diff(when) > span])]
            speed[person] = np.mean([own[t : t + span].sum() for t in first])
            relief[person] = np.mean(negative[person, when] - negative[person, when - 1]) / negative[person].std()
    groups = {g: (scene.people["cohort"] == g).to_numpy() for g in ("bpd", "community")}
    drank = {g: int(np.isfinite(speed[mask]).sum()) for g, mask in groups.items()}
    for group, n in drank.items():
        if n < FEWEST:
            raise NotCheckable(
                f"only {n} people of the cohort {group} drank against distress; at least {FEWEST} are needed"
            )

    def part(values: Any, group: str) -> Any:
        return values[groups[group]]

    return {
        "speed (d)": boot.d(part(speed, "bpd"), part(speed, "community")),
        "relief in bpd (within SD)": boot.mean(part(relief, "bpd")),
        "relief, bpd - community (d)": boot.d(part(relief, "bpd"), part(relief, "community")),
    }


PATTERNS = [
    Pattern(
        "E9", "momentary", drinking,
        {
            "speed (d)": more(), "relief in bpd (within SD)": Between(None, -0.1, 0.1),
            "relief, bpd - community (d)": less(),
        },
        reading="a drink: one use of alcohol to soothe; speed: drinks in four hours from the first",
    )
]  # fmt: skip
