"""What a trial found: effect sizes with intervals, reliable change, drop-out curves, the flow of patients, needed n."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from simulation.measures.change import CLASSES, Norm, classify_change
from simulation.trials.spec import TrialSpec

if TYPE_CHECKING:
    import pandas as pd

Floats = NDArray[np.float64]

BETTER_HIGH = ("metacognition",)
NORMS = {
    "ders": (Norm(134.48, 22.33), Norm(77.99, 20.72), 0.93),
    "gsi": (Norm(1.68, 0.55), Norm(0.31, 0.31), 0.96),
}
"""Clinical norm, norm of unscreened people, and reliability. Sources: patterns A8, A10, A11, A16, A17 of the published
figures; that of unscreened people for the GSI is the SCL-90-R's own (Derogatis 1994; from memory, not verified)."""
BOOTSTRAPS = 500


def hedges_g(first: Floats, second: Floats) -> float:
    """Standardised mean difference first - second with the pooled standard deviation, corrected for small samples.

    Source: Hedges 1981, 10.3102/10769986006002107.
    """
    n, m = len(first), len(second)
    if n < 2 or m < 2:
        return math.nan
    pooled = math.sqrt(((n - 1) * np.var(first, ddof=1) + (m - 1) * np.var(second, ddof=1)) / (n + m - 2))
    if pooled == 0:
        return 0.0 if np.mean(first) == np.mean(second) else math.nan
    return float((np.mean(first) - np.mean(second)) / pooled * (1.0 - 3.0 / (4.0 * (n + m) - 9.0)))


def g_interval(first: Floats, second: Floats, seed: int, paired: bool, level: float = 0.95) -> tuple[float, float]:
    """Confidence interval of Hedges' g by resampling patients; twins together where the arms share their patients.

    Args:
        first, second: Scores; NaN-free, and in the same order of patients if ``paired``.
        seed: Of the resampling.
        paired: Whether the k-th scores belong to the same patient.
        level: Of confidence.
    """
    from simulation.cases.variety import luck_of

    luck = luck_of(seed, "bootstrap of g")
    found = []
    for _ in range(BOOTSTRAPS):
        i = luck.integers(0, len(first), len(first))
        j = i if paired else luck.integers(0, len(second), len(second))
        found.append(hedges_g(first[i], second[j]))
    tail = (1.0 - level) / 2
    low, high = np.nanquantile(found, [tail, 1.0 - tail]) if found else (math.nan, math.nan)
    return float(low), float(high)


def needed_n(effect: float, power: float = 0.8, alpha: float = 0.05) -> int:
    """Patients per arm to see a standardised difference with a two-sided t test (normal approximation plus one)."""
    from scipy.stats import norm

    z = norm.ppf(1.0 - alpha / 2) + norm.ppf(power)
    return math.ceil(2.0 * (z / effect) ** 2) + 1


def with_missing(table: pd.DataFrame, spec: TrialSpec) -> pd.DataFrame:
    """The assessments with a column ``assessed``: False where one is missing, by chance or after drop-out."""
    from simulation.cases.variety import luck_of

    luck = luck_of(spec.seed, "missing assessments")
    by_chance = luck.random(len(table)) < spec.missing.at_random
    patients = sorted(set(zip(table["arm"], table["patient"], strict=True)))
    lost = dict(zip(patients, luck.random(len(patients)) < spec.missing.after_drop_out, strict=True))
    left = table["dropped_at"].notna().to_numpy()
    gone = np.array([lost[pair] for pair in zip(table["arm"], table["patient"], strict=True)]) & left
    later = (table["day"] > 0).to_numpy()
    return table.assign(assessed=~(later & (by_chance | gone)))


def effects(table: pd.DataFrame, spec: TrialSpec) -> pd.DataFrame:
    """Every arm against the last one: means, Hedges' g and its interval, at every time point and outcome.

    Everyone who was allocated and is assessed counts, whether they stayed in treatment or not (intention to treat).

    Returns:
        One row per outcome, day and arm but the last: ``mean``, ``mean_reference``, ``change`` and ``change_reference``
        since day 0, ``g``, ``low``, ``high``, ``n``, ``n_reference``, ``within`` (pre-post change in SD at day 0).
    """
    import pandas as pd

    reference = spec.arms[-1].called
    start: Any = table[table["day"] == 0].set_index(["arm", "patient"])
    rows = []
    for outcome in spec.outcomes:
        for day in spec.points[1:]:
            now: Any = table[(table["day"] == day) & table["assessed"]].set_index(["arm", "patient"])[outcome]
            theirs = now.loc[reference] if reference in now.index.get_level_values(0) else now.iloc[:0]
            for arm in (a.called for a in spec.arms[:-1]):
                own = now.loc[arm] if arm in now.index.get_level_values(0) else now.iloc[:0]
                mine, other = own, theirs
                if spec.mode == "same":
                    both = own.index.intersection(theirs.index)
                    mine, other = own.loc[both], theirs.loc[both]
                if len(mine) < 2 or len(other) < 2:
                    continue
                low, high = g_interval(mine.to_numpy(), other.to_numpy(), spec.seed, spec.mode == "same")
                before = start.loc[arm, outcome]
                rows.append(
                    {
                        "outcome": outcome, "day": day, "arm": arm, "reference": reference,
                        "mean": mine.mean(), "mean_reference": other.mean(),
                        "change": (mine - before.loc[mine.index]).mean(),
                        "change_reference": (other - start.loc[reference, outcome].loc[other.index]).mean(),
                        "g": hedges_g(mine.to_numpy(), other.to_numpy()), "low": low, "high": high,
                        "n": len(mine), "n_reference": len(other),
                        "within": (mine - before.loc[mine.index]).mean() / max(float(before.std()), 1e-9),
                    }
                )  # fmt: skip
    return pd.DataFrame(rows)


def change_classes(table: pd.DataFrame, spec: TrialSpec) -> pd.DataFrame:
    """Shares recovered, improved, unchanged, deteriorated at the last time point, of those assessed (DERS and GSI)."""
    import pandas as pd

    start: Any = table[table["day"] == 0].set_index(["arm", "patient"])
    end: Any = table[(table["day"] == spec.points[-1]) & table["assessed"]].set_index(["arm", "patient"])
    rows = []
    for outcome, (clinical, healthy, reliability) in NORMS.items():
        for arm in (a.called for a in spec.arms):
            if arm not in end.index.get_level_values(0):
                continue
            after = end.loc[arm, outcome]
            classes = classify_change(start.loc[arm, outcome].loc[after.index], after, clinical, healthy, reliability)
            shares = {name: float(np.mean(classes == name)) for name in CLASSES}
            rows.append({"outcome": outcome, "arm": arm, "n": len(after), **shares})
    return pd.DataFrame(rows)


def drop_out(table: pd.DataFrame, spec: TrialSpec) -> dict[str, dict[str, Any]]:
    """Kaplan-Meier curves of staying in treatment by arm, and the share that left by the end with its interval."""
    from scipy.stats import CensoredData, ecdf

    found = {}
    last = table[table["day"] == spec.points[-1]]
    for arm in (a.called for a in spec.arms):
        own = last[last["arm"] == arm]
        if not len(own) or own["scheduled"].max() == 0:
            continue
        left = own["dropped_at"].notna().to_numpy()
        days = np.where(left, own["dropped_at"].to_numpy(), spec.points[-1])
        curve = {"days": [0.0], "staying": [1.0], "low": [1.0], "high": [1.0]}
        share, low, high = 0.0, 0.0, 0.0
        if left.any():
            survival: Any = ecdf(CensoredData(uncensored=days[left], right=days[~left])).sf
            bounds: Any = survival.confidence_interval(0.95, method="log-log")
            curve["days"] += survival.quantiles.tolist()
            curve["staying"] += survival.probabilities.tolist()
            curve["low"] += np.nan_to_num(bounds.low.probabilities, nan=0.0).tolist()
            curve["high"] += np.nan_to_num(bounds.high.probabilities, nan=1.0).tolist()
            share, low, high = 1 - curve["staying"][-1], 1 - curve["high"][-1], 1 - curve["low"][-1]
        found[arm] = {
            **curve,
            "share": share,
            "share_low": low,
            "share_high": high,
            "left": int(left.sum()),
            "n": len(own),
        }
    return found


def log_rank(table: pd.DataFrame, spec: TrialSpec, first: str, second: str) -> float:
    """P value of the log-rank test between the drop-out of two arms; NaN where nobody left."""
    from scipy.stats import CensoredData, logrank

    data, gone = [], []
    for arm in (first, second):
        own = table[(table["day"] == spec.points[-1]) & (table["arm"] == arm)]
        left = own["dropped_at"].notna().to_numpy()
        days = np.where(left, own["dropped_at"].to_numpy(), spec.points[-1])
        data.append(CensoredData(uncensored=days[left], right=days[~left]))
        gone.append(int(left.sum()))
    if 0 in gone:
        return math.nan
    return float(logrank(data[0], data[1]).pvalue)


def flow(table: pd.DataFrame, spec: TrialSpec, assessed: int, excluded: int) -> pd.DataFrame:
    """The flow of patients, as CONSORT has it: one row per arm.

    Args:
        table: Assessments.
        spec: The trial.
        assessed: How many were assessed for eligibility.
        excluded: How many of them did not meet enough criteria.
    """
    import pandas as pd

    last = spec.points[-1]
    rows = []
    for arm in (a.called for a in spec.arms):
        own = table[table["arm"] == arm]
        end = own[own["day"] == last]
        rows.append(
            {
                "arm": arm, "assessed_for_eligibility": assessed, "excluded": excluded,
                "allocated": own["patient"].nunique(), "began": int((end["attended"] > 0).sum()),
                "left_treatment": int(end["dropped_at"].notna().sum()),
                **{f"assessed_day_{day:g}": int((own["assessed"] & (own["day"] == day)).sum()) for day in spec.points},
                "analysed": int(end["assessed"].sum()),
                "sessions_attended": float(end["attended"].mean()),
            }
        )  # fmt: skip
    return pd.DataFrame(rows)


def alliance_outcome(table: pd.DataFrame, spec: TrialSpec, arm: str, outcome: str) -> float:
    """Correlation of the early alliance (sessions 3 to 5) with the outcome at the end, given the outcome at the start.

    Positive: a better alliance goes along with a better outcome, whichever direction of the scale is better.
    """
    own = table[table["arm"] == arm].set_index("patient")
    start, end = own[own["day"] == 0][outcome], own[own["day"] == spec.points[-1]]
    both = end[end["early_alliance"].notna() & end["assessed"]]
    if len(both) < 5:
        return math.nan
    before, after = start.loc[both.index].to_numpy(), both[outcome].to_numpy()
    slope, level = np.polyfit(before, after, 1)
    better = 1.0 if outcome in BETTER_HIGH else -1.0
    return float(better * np.corrcoef(both["early_alliance"].to_numpy(), after - slope * before - level)[0, 1])
