"""Draw people from a cohort: correlated traits around its centre."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from simulation.cases.parameters import TRAITS, WISHES, bounds
from simulation.cases.variety import luck_of, shifted
from simulation.cohorts.definition import DERIVED, centre_of, definitions
from simulation.errors import InputError

if TYPE_CHECKING:
    import pandas as pd

Floats = NDArray[np.float64]
MOST = 1_000_000


def draw_cohort(
    profile: str, n: int, seed: int, profiles: Mapping[str, Mapping[str, float]] | None = None
) -> pd.DataFrame:
    """Draw people from a cohort.

    The first people stay the same when more are drawn, and the k-th person of every cohort has the same luck: cohorts
    compared under one seed differ by what they are.

    Args:
        profile: Name of the cohort: community, bpd, bpd-remitted, depressed or avoidant.
        n: How many people.
        seed: Of the draw.
        profiles: Values that replace those of built-in profiles, which moves the centre, e.g.
            ``{"bpd": {"rejection_sensitivity": 0.7}}``.

    Returns:
        One row per person: the factors (standard normal, narrower where a cohort is selected; ``severity`` first), then
        every trait and start value.

    Raises:
        InputError: Unknown cohort, profile or parameter; a number of people that is not in [1, 1,000,000].
    """
    import pandas as pd

    return pd.DataFrame(drawn_columns(profile, n, seed, profiles), index=pd.RangeIndex(n, name="person"))


def drawn_columns(
    profile: str, n: int, seed: int, profiles: Mapping[str, Mapping[str, float]] | None = None
) -> dict[str, Floats]:
    """The columns of :func:`draw_cohort`, each of shape [n]."""
    if not 1 <= n <= MOST:
        raise InputError(f"{n} people cannot be drawn from a cohort; it must be 1 to {MOST:,}")
    known = definitions()
    centre = centre_of(profile, profiles)
    narrowed = known.cohort[profile].factor_spread
    factors = {
        name: narrowed.get(name, 1.0) * luck_of(seed, f"factor {name}").standard_normal(n) for name in known.factors
    }
    columns = dict(factors)
    varied: dict[str, Floats] = {}
    for name, value in centre.items():
        spread = known.spread.get(name)
        if spread is None:
            varied[name] = np.full(n, value)
            continue
        common = sum((loading * factors[factor] for factor, loading in spread.loadings.items()), np.zeros(n))
        own = np.sqrt(1.0 - sum(loading**2 for loading in spread.loadings.values()))
        z = common + own * luck_of(seed, f"own part of {name}").standard_normal(n)
        varied[name] = shifted(np.full(n, value), spread.spread * z, *bounds(name))
    varied |= evidence_of(varied["schema_history"], varied["negative_self_image"])
    columns |= {name: column for name, column in varied.items() if name not in DERIVED}
    return columns


def evidence_of(history: Floats, negative_share: Floats) -> dict[str, Floats]:
    """Start values of the evidence for both images of the self, by wish, each of shape [n].

    Args:
        history: [n] how much people have lived through of it, in pseudo-observations.
        negative_share: [n] share of it that speaks for the negative image.
    """
    found = {}
    for wish in WISHES:
        for image, part in (("negative", negative_share), ("benevolent", 1.0 - negative_share)):
            name = f"{image}_evidence_{wish}"
            found[name] = np.clip(history * part, TRAITS[name].low, TRAITS[name].high)
    return found
