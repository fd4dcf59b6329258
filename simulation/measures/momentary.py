"""Momentary-assessment statistics of one quantity, per person: level, variability, instability, inertia, change.

Every function takes a table of prompts as `sampling.sample_as_study` gives it (person, day, prompt, time and the
quantity; NaN where a prompt was missed) and the name of the quantity, and returns one number per person in the units of
the quantity unless said otherwise. Successive differences are taken within days only, between neighbouring prompts that
were both answered. A person with too few prompts gets NaN; if nobody has enough, an `InputError` says how many are
needed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from simulation.measures.prompts import Prompts, enough, prompts_of, ratio

if TYPE_CHECKING:
    import pandas as pd

_PAIRS = "pairs of successive prompts within a day"
PAIRS_FOR_CHANGE = 5
"""Pairs of successive prompts needed for statistics of change. ASSUMED."""
PAIRS_FOR_INERTIA = 10
"""Pairs of successive prompts needed for an autoregression. ASSUMED."""
ACUTE = 0.9
"""An acute change is at or above this quantile of all successive differences, pooled, as in Jahng et al. 2008."""


def mean_level(table: pd.DataFrame, value: str) -> pd.Series:
    """Mean over answered prompts."""
    p = prompts_of(table, value)
    count, mean = _moments(p)[:2]
    enough(count, 1, f"the mean of {value}", "answered prompts")
    return p.series(mean, value)


def within_variance(table: pd.DataFrame, value: str) -> pd.Series:
    """Within-person variance (unbiased), in squared units; 0 or more."""
    p = prompts_of(table, value)
    count, mean, at = _moments(p)
    there = enough(count, 2, f"the within-person variance of {value}", "answered prompts")
    squares = p.per_person(at, (p.value[at] - mean[p.person[at]]) ** 2)
    return p.series(ratio(squares, count - 1, there), value)


def mssd(table: pd.DataFrame, value: str) -> pd.Series:
    """Mean squared successive difference: instability, in squared units; 0 or more.

    Source: von Neumann et al. 1941; in momentary assessment Jahng, Wood & Trull 2008 (10.1037/a0014173).
    """
    p = prompts_of(table, value)
    count = p.per_person(p.first)
    there = enough(count, PAIRS_FOR_CHANGE, f"the MSSD of {value}", _PAIRS)
    return p.series(ratio(p.per_person(p.first, _steps(p) ** 2), count, there), value)


def rmssd(table: pd.DataFrame, value: str) -> pd.Series:
    """Square root of `mssd`, in the units of the quantity; 0 or more."""
    return mssd(table, value) ** 0.5


def inertia(table: pd.DataFrame, value: str) -> pd.Series:
    """Lag-1 autoregression within the person, by least squares; about -1 to 1, without unit.

    The intervals between prompts are taken as equal; `ornstein_uhlenbeck` uses the true ones. Biased downward by about
    (1 + 3φ)/n for n pairs, as in every study that uses it. NaN for a quantity that does not change.

    Source: Kuppens, Allen & Sheeber 2010 (10.1177/0956797610372634).
    """
    p = prompts_of(table, value)
    count = p.per_person(p.first)
    there = enough(count, PAIRS_FOR_INERTIA, f"the inertia of {value}", _PAIRS)
    who = p.person[p.first]
    before, after = p.value[p.first], p.value[p.first + 1]
    centred = before - ratio(p.per_person(p.first, before), count, count > 0)[who]
    spread = p.per_person(p.first, centred**2)
    slope = ratio(p.per_person(p.first, centred * after), spread, there & (spread > 1e-20))
    return p.series(slope, value)


def acute_change(
    table: pd.DataFrame, value: str, cutoff: float | None = None, log_odds: bool = False
) -> pd.Series:  # fmt: skip
    """Probability that the quantity rises acutely from one prompt to the next; 0 to 1.

    Args:
        table, value: see the module.
        cutoff: a rise of at least this much is acute; None takes the `ACUTE` quantile of all successive differences of
            everyone in the table, so that groups must be in one table to be compared.
        log_odds: as log odds, the scale of a logistic model; half a case is added to either side, so that they are
            finite (empirical logit).

    Source: Jahng, Wood & Trull 2008 (10.1037/a0014173).
    """
    p = prompts_of(table, value)
    count = p.per_person(p.first)
    there = enough(count, PAIRS_FOR_CHANGE, f"the probability of acute change of {value}", _PAIRS)
    steps = _steps(p)
    edge = float(np.quantile(steps, ACUTE)) if cutoff is None else cutoff
    acute = p.per_person(p.first, (steps >= edge).astype(float))
    if log_odds:
        return p.series(np.where(there, np.log((acute + 0.5) / (count - acute + 0.5)), np.nan), value)
    return p.series(ratio(acute, count, there), value)


def time_to_baseline(table: pd.DataFrame, value: str, beyond: float = 1.0, band: float = 0.25) -> pd.DataFrame:
    """How long the quantity takes to come back after it rose well above the person's own level.

    An excursion begins at a prompt more than `beyond` of the person's standard deviations above their median, and ends
    at the first prompt less than `band` of them above it. Excursions that a missed prompt or the night cuts short count
    with the time for which they were seen: the mean time is that time divided by the number of returns (the estimate
    for exponential times with censoring).

    Returns:
        By person: ``excursions`` (count), ``returned`` (share seen to come back, 0 to 1), ``days`` (mean time to
        return, in days of the model; NaN without a return).

    Source: definition ASSUMED; the question is that of Stiglmayr et al. 2005 (10.1111/j.1600-0447.2004.00466.x).
    """
    import pandas as pd

    p = prompts_of(table, value)
    count = p.per_person(np.flatnonzero(np.isfinite(p.value)))
    there = enough(count, PAIRS_FOR_CHANGE, f"the time to baseline of {value}", "answered prompts")
    by_person = pd.Series(p.value).groupby(p.person)
    middle, sd = by_person.median().to_numpy(), by_person.std().to_numpy()
    height = ratio(p.value - middle[p.person], sd[p.person], there[p.person])
    linked = np.zeros(len(p.value), dtype=bool)
    linked[p.first + 1] = True  # seen together with the prompt before
    out = np.zeros(len(p.value), dtype=bool)
    begun = np.zeros(len(p.value), dtype=bool)
    for i in range(len(p.value)):  # an excursion lasts until it is seen to end
        before = i > 0 and linked[i] and out[i - 1]
        out[i] = height[i] >= band if before else height[i] > beyond
        begun[i] = out[i] and not before
    step = p.first[out[p.first]]
    time = p.per_person(step, p.time[step + 1] - p.time[step])
    back = p.per_person(step[~out[step + 1]])
    begins = p.per_person(np.flatnonzero(begun))
    return pd.DataFrame(
        {
            "excursions": begins,
            "returned": ratio(back, begins, there),
            "days": ratio(time, back, there),
        },
        index=pd.Index(p.names, name="person"),
    )


def crash_share(table: pd.DataFrame, value: str, top: float | None = None, floor: float = 0.0) -> pd.Series:
    """Share of declines from a top band that end below a floor; 0 to 1, NaN for who never fell from it.

    Args:
        table: see the module.
        value: usually ``valence``.
        top: lower edge of the band; None takes the upper fifth of all answers of everyone in the table (ASSUMED), so
            that one band holds for all groups.
        floor: where negative begins.

    Source: Ebner-Priemer et al. 2007 (10.1017/S0033291706009706): sudden declines from very positive to negative mood.
    """
    p = prompts_of(table, value)
    enough(p.per_person(p.first), PAIRS_FOR_CHANGE, f"the share of crashes of {value}", _PAIRS)
    edge = float(np.nanquantile(p.value, 0.8)) if top is None else top
    before, after = p.value[p.first], p.value[p.first + 1]
    fell = p.first[(before >= edge) & (after < before)]
    below = p.per_person(fell, (p.value[fell + 1] < floor).astype(float))
    falls = p.per_person(fell)
    return p.series(ratio(below, falls, falls > 0), value)


def switches(table: pd.DataFrame, value: str, zero: float = 0.0) -> pd.DataFrame:
    """How often the quantity changes sign, and how far it moves when it does.

    Returns:
        By person: ``rate`` (share of successive pairs that change sign, 0 to 1), ``size`` (mean size of the step
        given a change of sign), ``size_within`` (given none); NaN where there was no such step.

    Source: Houben et al. 2016 (Personality Disorders 7:50).
    """
    import pandas as pd

    p = prompts_of(table, value)
    count = p.per_person(p.first)
    there = enough(count, PAIRS_FOR_CHANGE, f"the switch rate of {value}", _PAIRS)
    switched = (p.value[p.first] >= zero) != (p.value[p.first + 1] >= zero)
    size = np.abs(_steps(p))
    crossed = p.per_person(p.first, switched.astype(float))
    columns = {
        "rate": ratio(crossed, count, there),
        "size": ratio(p.per_person(p.first, size * switched), crossed, there),
        "size_within": ratio(p.per_person(p.first, size * ~switched), count - crossed, there),
    }
    return pd.DataFrame(columns, index=pd.Index(p.names, name="person"))


def episodes_of_tension(table: pd.DataFrame, value: str, threshold: float) -> pd.DataFrame:
    """Stretches within days in which the quantity is at or above a threshold, and how fast it rose into them.

    Returns:
        By person: ``share`` of answered prompts above it (0 to 1), ``begun`` (stretches per day of sampling, those open
        at waking included), ``rise`` (mean step, in units a day, with which it rose past the threshold), ``days`` (mean
        length of a stretch, from the time seen above it per seen end; NaN without an end).

    Source: Stiglmayr et al. 2005 (10.1111/j.1600-0447.2004.00466.x); censoring as in `time_to_baseline`.
    """
    import pandas as pd

    p = prompts_of(table, value)
    answered = np.flatnonzero(np.isfinite(p.value))
    count = p.per_person(answered)
    there = enough(count, PAIRS_FOR_CHANGE, f"the episodes of {value}", "answered prompts")
    high = p.value >= threshold
    before, after = high[p.first], high[p.first + 1]
    elapsed = p.time[p.first + 1] - p.time[p.first]
    rising = p.first[~before & after]
    alone = np.ones(len(p.value), dtype=bool)
    alone[p.first + 1] = False
    days = pd.Series(p.day).groupby(p.person).nunique().to_numpy()
    begun = p.per_person(rising) + p.per_person(np.flatnonzero(high & alone))
    steep = (p.value[rising + 1] - p.value[rising]) / (p.time[rising + 1] - p.time[rising])
    ends = p.per_person(p.first[before & ~after])
    columns = {
        "share": ratio(p.per_person(answered, high[answered].astype(float)), count, there),
        "begun": ratio(begun, days, there),
        "rise": ratio(p.per_person(rising, steep), p.per_person(rising), there),
        "days": ratio(p.per_person(p.first[before], elapsed[before]), ends, there),
    }
    return pd.DataFrame(columns, index=pd.Index(p.names, name="person"))


def _moments(p: Prompts) -> tuple[Any, Any, Any]:
    """[people] count and mean of what was answered, and where it was."""
    at = np.flatnonzero(np.isfinite(p.value))
    count = p.per_person(at)
    return count, ratio(p.per_person(at, p.value[at]), count, count > 0), at


def _steps(p: Prompts) -> Any:
    return p.value[p.first + 1] - p.value[p.first]
