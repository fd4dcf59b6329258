"""What a quantity does around an event, such as negative affect before and after self-harm.

Source of the question: momentary studies of urges and acts of self-injury, which report a quadratic course around the
urge (PMC7946409) and affect before and after the act (Kranzler et al. 2018, 10.1111/sltb.12373).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simulation.errors import quoted
from simulation.measures.prompts import TooFew, check_columns, prompts_of

if TYPE_CHECKING:
    import pandas as pd


def aligned(table: pd.DataFrame, event: str, value: str, before: int = 3, after: int = 3) -> pd.DataFrame:
    """Return a quantity at the prompts around each prompt at which something had happened, on the same day.

    Args:
        table: of prompts.
        event: column; above 0 means that it happened since the prompt before.
        value: column.
        before, after: how many prompts to look to each side.

    Returns:
        One row per event and answered prompt: ``event`` (number), ``person``, ``offset`` (0 is the prompt that reports
        it, so the last before it is -1), ``value``, ``centred`` (minus the person's mean over all prompts).

    Raises:
        InputError: a column is missing, or (`TooFew`) it never happened.
    """
    import pandas as pd

    check_columns(table, (event,))
    p, happened = prompts_of(table, value), prompts_of(table, event).value
    at = np.flatnonzero(np.nan_to_num(happened) > 0)
    if not len(at):
        raise TooFew(f"there is nothing to align to: {quoted(event)} happened at no prompt of {len(table):,}")
    offset = np.arange(-before, after + 1)
    index = at[:, None] + offset
    inside = (index >= 0) & (index < len(p.value))
    safe = np.where(inside, index, 0)
    near = inside & (p.person[safe] == p.person[at][:, None]) & (p.day[safe] == p.day[at][:, None])
    near &= p.prompt[safe] - p.prompt[at][:, None] == offset
    near &= np.isfinite(p.value[safe])
    number, column = np.nonzero(near)
    rows = safe[number, column]
    mean = pd.Series(p.value).groupby(p.person).mean().to_numpy()
    return pd.DataFrame(
        {
            "event": number,
            "person": p.names[p.person[rows]],
            "offset": offset[column],
            "value": p.value[rows],
            "centred": p.value[rows] - mean[p.person[rows]],
        }
    )


def profile(around: pd.DataFrame) -> pd.DataFrame:
    """Return the mean course around the event: by offset, ``value``, ``centred``, and ``prompts`` they rest on.

    People weigh equally at each offset, however often it happened to them.
    """
    by_person = around.groupby(["offset", "person"], observed=True)[["value", "centred"]].mean()
    counts = around.groupby("offset").size()
    return by_person.groupby("offset").mean().assign(prompts=counts)


def arc(around: pd.DataFrame) -> dict[str, float]:
    """Return the quadratic course around the event, within events: an arc that rises and falls has ``quadratic`` < 0.

    Least squares of the quantity on offset and its square, each centred on its event, with errors robust to clustering
    by person (statsmodels).

    Keys: ``linear`` and ``quadratic`` (units of the quantity per prompt and per prompt squared), ``quadratic_se``,
    ``events`` (those with three prompts or more), ``people``.

    Raises:
        TooFew: no event has three prompts around it.
    """
    import statsmodels.api as sm

    several = around.groupby("event")["offset"].transform("size") >= 3
    rows = around[several].assign(square=around["offset"] ** 2)
    if rows["event"].nunique() < 1 or len(rows) < 5:
        raise TooFew(
            "the arc around an event needs events with at least 3 answered prompts around them on the same day; "
            f"{rows['event'].nunique()} have them"
        )
    columns = ["offset", "square", "value"]
    rows = rows.assign(**{c: rows[c] - rows.groupby("event")[c].transform("mean") for c in columns})
    people = rows["person"].astype("category").cat.codes.to_numpy()
    clustered = len(np.unique(people)) > 1
    model = sm.OLS(rows["value"], rows[["offset", "square"]].astype(float))
    fitted = model.fit(cov_type="cluster", cov_kwds={"groups": people}) if clustered else model.fit()
    return {
        "linear": float(fitted.params["offset"]),
        "quadratic": float(fitted.params["square"]),
        "quadratic_se": float(fitted.bse["square"]),
        "events": float(rows["event"].nunique()),
        "people": float(len(np.unique(people))),
    }
