"""Couples for the claims about mechanisms: side by side, the k-th couple of every group with the same luck."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from simulation.cases.profiles import profile_values
from simulation.studies.couples import Group, run_couples
from simulation.theory.layout import WISHES

DAYS, BURN_IN = 120.0, 30.0
DOMAINS: dict[str, tuple[str, ...]] = {
    "sense of self": ("integration", "window_of_tolerance", "traumatic_load", "habit_dissociation"),
    "schemas": (
        "rejection_sensitivity", "wish_strength_attachment",
        *(f"{kind}_evidence_{wish}" for kind in ("negative", "benevolent") for wish in WISHES),
    ),
    "metacognition": ("monitoring", "differentiation", "decentring", "mastery"),
    "dysregulation": (
        "reactivity", "home_base", "recovery_rate", "impulsivity", "rumination_tendency", "regulation_skill",
        "habit_rumination", "habit_binge_eating", "habit_alcohol", "habit_self_harm", "habit_bodily_regulation",
        "habit_pleasant_activity", "habit_reappraisal", "habit_relational_test", "habit_clinging", "habit_angry_demand",
        "habit_attack", "habit_seduction",
    ),
}  # fmt: skip
"""The four domains of the paper, as parameters in which the profile `bpd` differs from `ordinary`."""


def with_domains(domains: tuple[str, ...]) -> dict[str, float]:
    """An ordinary person with the problems of some domains."""
    values, bpd = profile_values("ordinary")[0], profile_values("bpd")[0]
    return {**values, **{name: bpd[name] for domain in domains for name in DOMAINS[domain]}}


def first_persons(groups: Mapping[str, Group], column: str, seed: int) -> dict[str, np.ndarray]:
    """[couples] a mean over time of the first person of every couple, by group."""
    frame = run_couples(list(groups.values()), DAYS, seed, BURN_IN, dt=0.125)
    own = frame[frame["partner"] == 0].sort_values("couple")
    return {name: own.loc[own["group"] == name, column].to_numpy() for name in groups}
