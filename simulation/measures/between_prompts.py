"""What happened to a person between two prompts, from the causal events: what studies ask "since the last prompt"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from simulation.measures.causes import HOSTILE, causes_of
from simulation.measures.cycles import HELPFUL

if TYPE_CHECKING:
    import pandas as pd

MEANINGS = {
    "contacts": "encounters with anyone, whoever began them",
    "rejections": "perceived rejections",
    "rejection": "perceived rejection: sum of how far each percept lies below 0",
    "acceptance": "perceived acceptance: sum of how far each percept lies above 0",
    "perceived": "mean valence of what was perceived of others, -1 to 1; NaN without a contact",
    "behaviour": "mean affiliation of what the person did towards others, -1 to 1; NaN without a contact",
    "partner_behaviour": "mean affiliation of what others in fact did, -1 to 1; NaN without a contact",
    "hostile_acts": "angry demands and attacks by the person",
    "coping": "attempts to soothe alone",
    "maladaptive_coping": "of these, those that carry a later cost",
    "self_harm": "of these, acts of self-harm",
}
"""Columns of `between_prompts`: counts unless said otherwise, 0 if nothing happened."""


def between_prompts(events: pd.DataFrame, names: Sequence[str], who: Any, since: Any, until: Any) -> pd.DataFrame:
    """Return what happened to people after tick `since` and up to and including tick `until`.

    Args:
        events: as in `Recording.events`.
        names: of people.
        who: [rows] index into `names`.
        since, until: [rows] ticks.

    Returns:
        One row per stretch, the columns of `MEANINGS`.
    """
    import pandas as pd

    causes = causes_of(events)
    place = {name: i for i, name in enumerate(names)}
    number = np.array([*(place.get(name, -1) for name in causes.names), -1], dtype=np.int64)[causes.person]
    span = int(max(causes.tick.max(initial=0), np.max(until, initial=0))) + 2
    tick = causes.tick + 1  # so that the tick before the first is 0
    order = np.lexsort((tick, number))
    key = number[order] * span + tick[order]
    start = np.searchsorted(key, who * span + np.asarray(since) + 1, side="right")
    stop = np.searchsorted(key, who * span + np.asarray(until) + 1, side="right")

    def total(amount: Any) -> Any:
        running = np.concatenate([[0.0], np.cumsum(np.asarray(amount, dtype=float)[order])])
        return running[stop] - running[start]

    percept, behaviour, coping = causes.percept, causes.behaviour, causes.kind == "coping"
    low = np.where(percept, np.maximum(-causes.perceived, 0.0), 0.0)
    high = np.where(percept, np.maximum(causes.perceived, 0.0), 0.0)
    heard, did = total(percept), total(behaviour)
    felt = total(np.where(percept, causes.perceived, 0.0))
    shown = total(np.where(behaviour, causes.affiliation, 0.0))
    met = total(np.where(percept, causes.affiliation, 0.0))
    with np.errstate(divide="ignore", invalid="ignore"):
        perceived, own, partner = felt / heard, shown / did, met / heard
    return pd.DataFrame(
        {
            "contacts": did,
            "rejections": total(causes.hurt),
            "rejection": np.maximum(total(low), 0.0),
            "acceptance": np.maximum(total(high), 0.0),
            "perceived": np.where(heard > 0, perceived, np.nan),
            "behaviour": np.where(did > 0, own, np.nan),
            "partner_behaviour": np.where(heard > 0, partner, np.nan),
            "hostile_acts": total((causes.kind == "act") & np.isin(causes.what, HOSTILE)),
            "coping": total(coping),
            "maladaptive_coping": total(coping & ~np.isin(causes.what, HELPFUL)),
            "self_harm": total(coping & (causes.what == "self_harm")),
        }
    )
