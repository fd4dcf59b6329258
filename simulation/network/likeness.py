"""Who lives beside whom: people who know each other are a little alike."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from simulation.errors import InputError


def seats(
    scores: ArrayLike, first: ArrayLike, second: ArrayLike, likeness: float, rng: np.random.Generator
) -> NDArray[np.int64]:
    """Place people in a network so that those who know each other have like scores.

    Every place gets a number of its own and a share of one number per relationship, which both of its people have in
    common; so two who know each other correlate, and people two steps apart hardly do. The person with the k-th lowest
    score takes the place with the k-th lowest number.

    Args:
        scores: [people] what they are alike in.
        first, second: [relationships] places that know each other.
        likeness: Correlation between people who know each other, from 0 to about 1 / relationships per place.
        rng: Of the placing.

    Returns:
        [places] the index of the person who sits there.

    Raises:
        InputError: People cannot be this much alike by what each relationship has in common.
    """
    scores, first, second = np.asarray(scores), np.asarray(first, dtype=np.int64), np.asarray(second, dtype=np.int64)
    n = scores.size
    known = np.maximum(np.bincount(first, minlength=n) + np.bincount(second, minlength=n), 1)
    most = float(np.mean(1.0 / np.sqrt(known[first] * known[second]))) if first.size else 1.0
    if not 0.0 <= likeness <= most:
        raise InputError(f"likeness = {likeness:g} of people who know each other must lie in [0, {most:.2g}]")
    shared = likeness / most
    tie = rng.standard_normal(first.size)
    common = (np.bincount(first, tie, n) + np.bincount(second, tie, n)) / np.sqrt(known)
    place = np.sqrt(shared) * common + np.sqrt(1.0 - shared) * rng.standard_normal(n)
    sitting = np.empty(n, dtype=np.int64)
    sitting[np.argsort(place)] = np.argsort(scores)
    return sitting
