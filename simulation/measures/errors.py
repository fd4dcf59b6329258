"""Errors of measurement: seeded, one for each person, scale and occasion."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np


def errors_of(people: Sequence[str], seed: int | None, scale: str, occasion: int) -> Any:
    """[people] standard normal errors of one occasion, zero without a seed."""
    if seed is None:
        return np.zeros(len(people))
    from simulation.cases.variety import luck_of

    return np.array([luck_of(seed, f"{scale} of {person}, {occasion}").standard_normal() for person in people])


def ways_of(people: Sequence[str], seed: int | None) -> Any:
    """[people] ways of answering, standard normal, one for all questionnaires and occasions; zero without a seed."""
    return errors_of(people, seed, "way of answering", 0)
