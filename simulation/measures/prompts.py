"""A table of prompts as arrays: who, when, what; and which prompts follow one another within a day."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from simulation.errors import InputError, nearest, quoted, quoted_list

if TYPE_CHECKING:
    import pandas as pd


class TooFew(InputError):
    """There is too little data for a statistic; the message says which and how much it needs."""


@dataclass(frozen=True)
class Prompts:
    """Prompts in order of person, day and prompt; arrays of shape [prompts].

    Attributes:
        names: of people, [people]; `person` counts them.
        day, prompt: as in `sampling.sample_as_study`.
        time: days since the start of the run; only differences within a day are used.
        value: what was answered; NaN where the prompt was missed.
    """

    names: Any
    person: Any
    day: Any
    prompt: Any
    time: Any
    value: Any

    @property
    def people(self) -> int:
        """How many people there are."""
        return len(self.names)

    @cached_property
    def first(self) -> Any:
        """[pairs] index of the first of two prompts that follow one another within a day and were both answered."""
        same = (np.diff(self.person) == 0) & (np.diff(self.day) == 0) & (np.diff(self.prompt) == 1)
        return np.flatnonzero(same & np.isfinite(self.value[:-1]) & np.isfinite(self.value[1:]))

    def per_person(self, at: Any, weight: Any = None) -> Any:
        """[people] sum of a weight (or the count) over prompts given by index."""
        return np.bincount(self.person[at], weights=weight, minlength=self.people)

    def series(self, values: Any, name: str) -> pd.Series:
        """Return numbers of people as a series by person."""
        import pandas as pd

        return pd.Series(np.asarray(values, dtype=float), index=pd.Index(self.names, name="person"), name=name)


def prompts_of(table: pd.DataFrame, value: str) -> Prompts:
    """Read one column of a table of prompts.

    Raises:
        InputError: it lacks a column or has no row.
    """
    check_columns(table, ("person", "day", "prompt", "time", value))
    if not len(table):
        raise InputError(f"there is not a single prompt from which {quoted(value)} could be measured")
    names, person = np.unique(table["person"].astype(str).to_numpy(), return_inverse=True)
    day, prompt = table["day"].to_numpy(), table["prompt"].to_numpy()
    order = np.lexsort((prompt, day, person))
    values = table[value].to_numpy(dtype=float)
    return Prompts(
        names, person[order], day[order], prompt[order], table["time"].to_numpy(dtype=float)[order], values[order]
    )


def check_columns(table: pd.DataFrame, columns: tuple[str, ...]) -> None:
    """Check that a table of prompts has what a statistic needs.

    Raises:
        InputError: a column is missing.
    """
    for column in columns:
        if column not in table:
            hint = nearest(column, table.columns)
            raise InputError(f"the table of prompts has no column {quoted(column)}{hint}; "
                             f"it has {quoted_list(table.columns)}")  # fmt: skip


def enough(counts: Any, needed: int, statistic: str, what: str) -> Any:
    """[people] which have as many of something as a statistic needs.

    Raises:
        TooFew: nobody has.
    """
    there = np.asarray(counts) >= needed
    if not there.any():
        most = int(np.max(counts, initial=0))
        raise TooFew(f"{statistic} needs at least {needed} {what} of a person; nobody has more than {most}")
    return there


def ratio(above: Any, below: Any, where: Any) -> Any:
    """Divide where it is allowed; NaN elsewhere."""
    result = np.full(np.shape(above), np.nan)
    np.divide(above, below, out=result, where=where & (np.asarray(below) != 0))
    return result
