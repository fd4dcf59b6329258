"""Errors of measurement: seeded, one for each person, scale and occasion."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np


def errors_of(people: Sequence[str], seed: int | None, scale: str, occasion: int) -> Any:
    """[people] standard normal errors of one occasion, zero without a seed."""
    if seed is None:
        return np.zeros(len(people))
    from simulation.cases.variety import luck_of

    return np.array([luck_of(seed, f"{scale} of {person}, {occasion}").standard_normal() for person in people])


def ways_of(people: Sequence[str], seed: int | None, said: Mapping[str, float] | None = None) -> Any:
    """[people] ways of answering, in standard deviations, one for all questionnaires and occasions.

    What is ``said`` of a person by name; of the others standard normal luck, zero without a seed.
    """
    luck = errors_of(people, seed, "way of answering", 0)
    return np.array([(said or {}).get(person, own) for person, own in zip(people, luck, strict=True)])
