"""What a person would report of their affect at a prompt: composites of states, and the noise of items.

Each composite is the unweighted mean of the states it names, as momentary studies average their items. ASSUMED choice
of items: the model has one state for each emotion, studies ask several adjectives for each.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import pandas as pd

NEGATIVE = ("anger", "shame", "sadness", "anxiety")
"""States behind negative affect, in [0, 1]."""
POSITIVE = ("joy",)
"""States behind positive affect, in [0, 1]."""
ITEMS = (*NEGATIVE, *POSITIVE, "arousal")
RATED = (*ITEMS, "tension")
"""What is asked for as such at a prompt: the noise of answering falls on these."""


def with_affect(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the frame with the composites for which it has the states; nothing else changes.

    Adds ``negative_affect`` and ``positive_affect`` in [0, 1] and ``valence`` (positive minus negative) in [-1, 1].
    """
    has = set(frame.columns)
    new = {}
    if has.issuperset(NEGATIVE):
        new["negative_affect"] = frame[list(NEGATIVE)].mean(axis=1, skipna=False)
    if has.issuperset(POSITIVE):
        new["positive_affect"] = frame[list(POSITIVE)].mean(axis=1, skipna=False)
    if len(new) == 2:
        new["valence"] = new["positive_affect"] - new["negative_affect"]
    return frame.assign(**new)


def with_tension(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the frame with ``tension`` in [0, 1] for which it has the states; nothing else changes.

    Aversive tension, after Stiglmayr et al. 2005 (10.1111/j.1600-0447.2004.00466.x), who ask for unpleasant arousal
    with one item: arousal times the share of negative in all affect. The product is ASSUMED.
    """
    if not set(frame.columns).issuperset(ITEMS):
        return frame
    negative, positive = (frame[list(which)].mean(axis=1, skipna=False) for which in (NEGATIVE, POSITIVE))
    total = positive + negative
    share = (negative / total.where(total > 0, 1.0)).where(total > 0, 0.5)
    return frame.assign(tension=frame["arousal"] * share.mask(total.isna()))


def with_item_noise(frame: pd.DataFrame, size: float, luck: np.ndarray, items: tuple[str, ...] = RATED) -> pd.DataFrame:
    """Return the frame with the noise of answering added to the items it has, kept within [0, 1].

    Args:
        frame: one row per prompt.
        size: standard deviation of the noise, on the scale of the states; 0 changes nothing.
        luck: standard normal numbers of shape [rows, len(items)].
        items: columns that are answered; those the frame lacks are passed over.
    """
    if not size:
        return frame
    there = [(j, item) for j, item in enumerate(items) if item in frame]
    return frame.assign(**{item: np.clip(frame[item] + size * luck[:, j], 0.0, 1.0) for j, item in there})
