"""Interpersonal variability on the circumplex: flux, pulse and spin.

Source: Moskowitz & Zuroff 2004 (10.1037/0022-3514.86.6.880); places of the acts: theory of the model (M16).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simulation.measures.prompts import TooFew
from simulation.theory.mastery import ACT_AFFILIATION, ACT_DOMINANCE
from simulation.theory.states import ACTS

if TYPE_CHECKING:
    import pandas as pd

FEWEST_ACTS = 5
"""Acts needed for a person's variability. ASSUMED."""
_PLACE = {act: (ACT_AFFILIATION[i], ACT_DOMINANCE[i]) for i, act in enumerate(ACTS)}


def places_of(events: pd.DataFrame) -> pd.DataFrame:
    """Return where each act stands: one row per act.

    Columns: person, other, tick, day; affiliation and dominance in [-1, 1].
    """
    acts = events[events["kind"] == "act"]
    place = np.array([_PLACE[what] for what in acts["what"]], dtype=float).reshape(-1, 2)
    return acts[["person", "other", "tick", "day"]].assign(affiliation=place[:, 0], dominance=place[:, 1])


def variability(places: pd.DataFrame) -> pd.DataFrame:
    """Return interpersonal variability, one row per person (index), NaN for those with fewer than `FEWEST_ACTS` acts.

    Args:
        places: one row per act with person, affiliation and dominance, as `places_of` gives them.

    Returns:
        ``acts``; ``affiliation`` and ``dominance`` (means); ``flux_affiliation``, ``flux_dominance`` (standard
        deviations, 0 or more); ``pulse`` (of the distance from the origin: how extreme); ``spin`` (circular standard
        deviation of the angle, in radians, 0 or more; acts at the origin have no angle and are left out of it).

    Raises:
        TooFew: nobody has enough acts.
    """
    import pandas as pd
    from scipy.stats import circstd

    rows = {}
    for person, own in places.groupby("person", observed=True):
        x, y = own["affiliation"].to_numpy(), own["dominance"].to_numpy()
        size = np.hypot(x, y)
        turned = size > 0
        enough = len(own) >= FEWEST_ACTS
        rows[person] = {
            "acts": len(own),
            "affiliation": x.mean(),
            "dominance": y.mean(),
            "flux_affiliation": x.std(ddof=1) if enough else np.nan,
            "flux_dominance": y.std(ddof=1) if enough else np.nan,
            "pulse": size.std(ddof=1) if enough else np.nan,
            "spin": float(circstd(np.arctan2(y[turned], x[turned]))) if enough and turned.any() else np.nan,
        }
    frame = pd.DataFrame.from_dict(rows, orient="index")
    if not len(frame) or not (frame["acts"] >= FEWEST_ACTS).any():
        most = int(frame["acts"].max()) if len(frame) else 0
        raise TooFew(f"flux, pulse and spin need at least {FEWEST_ACTS} acts of a person; nobody has more than {most}")
    return frame.rename_axis("person")
