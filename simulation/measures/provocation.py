"""What one provocation does: how high a quantity rises, and how long it takes to come down.

Source of the question: anger after a standard provocation is not higher but lasts longer (Jacob et al. 2008,
10.1016/j.jbtep.2007.10.009); return of affect to its level after a stressor.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simulation.errors import InputError, nearest, quoted
from simulation.measures.prompts import TooFew

if TYPE_CHECKING:
    import pandas as pd


def response_to(
    course: pd.DataFrame, quantity: str, at: float, before: float = 1.0, after: float = 3.0
) -> pd.DataFrame:
    """Return everyone's response to something that happened on one day.

    Args:
        course: densely recorded, like `Recording.trajectories`: day, person and the quantity.
        quantity: column.
        at: day on which it happened; the sample of that day is the last before it shows.
        before: days before it whose mean is the level to which the response is compared.
        after: days after it that are looked at.

    Returns:
        By person: ``level`` (before), ``peak`` (highest value after, minus the level; in units of the quantity),
        ``time_to_peak`` and ``half_life`` (days from the peak until at most half of it is left; NaN if that is not seen
        or nothing rose), ``area`` (mean height above the level after it, times days; units times days).

    Raises:
        InputError: there is no such column.
        TooFew: there are no samples before or after.
    """
    import pandas as pd

    if quantity not in course:
        raise InputError(f"the course has no column {quoted(quantity)}{nearest(quantity, course.columns)}")
    slack = 1e-9
    rows = {}
    for person, own in course.groupby(course["person"].astype(str)):
        day, value = own["day"].to_numpy(dtype=float), own[quantity].to_numpy(dtype=float)
        earlier = (day <= at + slack) & (day > at - before + slack)
        later = (day > at + slack) & (day <= at + after + slack)
        if not earlier.any() or not later.any():
            raise TooFew(
                f"the response to what happened on day {at:g} needs samples in the {before:g} days before it and the "
                f"{after:g} days after it; {quoted(person)} has {earlier.sum()} and {later.sum()}"
            )
        level = float(value[earlier].mean())
        height, when = value[later] - level, day[later]
        top = int(np.argmax(height))
        halved = np.flatnonzero(height[top:] <= height[top] / 2)
        rises = height[top] > 0
        rows[person] = {
            "level": level,
            "peak": float(height[top]),
            "time_to_peak": float(when[top] - at),
            "half_life": float(when[top + halved[0]] - when[top]) if rises and len(halved) else np.nan,
            "area": float(height.mean() * (when[-1] - at)),
        }
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("person")
