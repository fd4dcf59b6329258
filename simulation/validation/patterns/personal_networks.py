"""G6, G9. Who people have around them after a year, and how lonely they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simulation.validation.criteria import Between, less, more, null
from simulation.validation.estimates import Estimate, cohens_d
from simulation.validation.pattern import Pattern

if TYPE_CHECKING:
    from simulation.cohorts.lives import Lives
    from simulation.validation.laboratory import Laboratory


def _ties(lives: Lives) -> dict[str, np.ndarray]:
    """[people] numbers of each person's network in the month observed; means over ties that are alive at the end."""
    alive = lives.tie_course("alive")[:, :, -1] > 0.5
    count = alive.sum(axis=1)

    def over_ties(name: str) -> np.ndarray:
        values = np.where(alive, lives.tie_course(name).mean(axis=2), np.nan)
        return np.where(count > 0, np.nansum(values, axis=1) / np.maximum(count, 1), np.nan)

    satisfied = lives.tie_course("expected_response").mean(axis=2)
    spread = np.array([v[a].std() if a.sum() > 1 else np.nan for v, a in zip(satisfied, alive, strict=True)])
    broken = lives.tie_course("ruptured")
    ruptures = (np.diff(np.nan_to_num(broken), axis=2) > 0).sum(axis=(1, 2))
    return {
        "size": count.astype(float), "support": over_ties("expected_response"), "satisfaction": over_ties("trust"),
        "conflict": over_ties("strain"), "closeness": over_ties("bond"), "spread": spread,
        "ruptures": ruptures.astype(float),
    }  # fmt: skip


def networks(lab: Laboratory) -> dict[str, Estimate]:
    """Group differences in size, satisfaction, support, conflict, variance between ties, ruptures, closeness."""
    lives: Lives = lab.scene("personal_networks")
    ties = _ties(lives)
    bpd, other = ((lives.people["cohort"] == name).to_numpy() for name in ("bpd", "community"))
    names = {
        "size (d)": "size", "satisfaction (d)": "satisfaction", "support (d)": "support", "conflict (d)": "conflict",
        "variance between ties (d)": "spread", "ruptures (d)": "ruptures", "closeness (d)": "closeness",
    }  # fmt: skip
    return {shown: lab.bootstrap.d(ties[name][bpd], ties[name][other]) for shown, name in names.items()}


def loneliness(lab: Laboratory) -> dict[str, Estimate]:
    """Loneliness, and what is left of it when the size of the network is held constant."""
    lives: Lives = lab.scene("personal_networks")
    bpd, other = (np.flatnonzero(lives.people["cohort"] == name) for name in ("bpd", "community"))
    lonely = (1 - lives.course("connection").mean(axis=1) + lives.course("emptiness").mean(axis=1)) / 2
    size = _ties(lives)["size"]

    def left(i: np.ndarray, j: np.ndarray) -> float:
        rows = np.concatenate([bpd[i], other[j]])
        mine = np.repeat([1.0, 0.0], [len(i), len(j)])
        x = np.column_stack([np.ones(len(rows)), mine, size[rows]])
        beta, *_ = np.linalg.lstsq(x, lonely[rows], rcond=None)
        return float(beta[1] / max((lonely[rows] - x @ beta).std(), 1e-9))

    boot = lab.bootstrap
    return {
        "loneliness (d)": boot.d(lonely[bpd], lonely[other]),
        "loneliness given size (d)": boot.of(left, len(bpd), len(other)),
        "size (d)": boot.of(lambda i, j: cohens_d(size[bpd[i]], size[other[j]]), len(bpd), len(other)),
    }


PATTERNS = [
    Pattern(
        "G6", "personal_networks", networks,
        {
            "size (d)": less(), "satisfaction (d)": less(), "support (d)": less(), "conflict (d)": more(),
            "variance between ties (d)": more(), "ruptures (d)": more(), "closeness (d)": null(),
        },
        reading="satisfaction: trust; support: the response expected; conflict: strain; closeness: bond",
        nulls=("closeness (d)",),
    ),
    Pattern(
        "G9", "personal_networks", loneliness,
        {"loneliness (d)": more(), "loneliness given size (d)": Between(0.2, None, 0.2), "size (d)": less()},
        reading="loneliness: lack of connection, and emptiness",
    ),
]  # fmt: skip
