"""Patterns of your own from a CSV file, without writing code: simple statistics of momentary assessment.

One row per pattern. Columns: ``id``, ``statement``, ``source``, ``statistic`` (one of `STATISTICS`), ``quantity`` (what
is asked at prompts: valence, negative_affect, anger, …), ``cohort``, ``versus`` (a second cohort, for a difference in
Cohen's d; empty for the cohort's mean), ``low`` and ``high`` (the target; one may be empty), ``tolerance``. Optional:
``prompts`` a day and ``days``, the protocol of the study (6 and 28 if absent).
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulation.cohorts.study import FOUR_WEEKS, simulate_cohort
from simulation.errors import InputError, nearest, quoted, quoted_list
from simulation.measures import momentary
from simulation.measures.home_base import ornstein_uhlenbeck
from simulation.measures.sampling import Protocol
from simulation.validation.criteria import Between
from simulation.validation.estimates import Estimate
from simulation.validation.pattern import Pattern
from simulation.validation.published import OWN, Published

if TYPE_CHECKING:
    from simulation.validation.laboratory import Laboratory

COLUMNS = ("id", "statement", "source", "statistic", "quantity", "cohort", "versus", "low", "high", "tolerance")
STATISTICS: Mapping[str, Callable[..., Any]] = {
    "mean": momentary.mean_level,
    "variance": momentary.within_variance,
    "mssd": momentary.mssd,
    "rmssd": momentary.rmssd,
    "inertia": momentary.inertia,
    "acute_change": momentary.acute_change,
    "switch_rate": lambda table, value: momentary.switches(table, value)["rate"],
    "home_base": lambda table, value: ornstein_uhlenbeck(table, value)["home_base"],
    "attractor": lambda table, value: ornstein_uhlenbeck(table, value)["attractor"],
}
"""Statistics per person that a row may ask for."""
LONGEST = 10_000_000
"""Characters of a file that is read."""


def read_patterns(path: str | Path) -> list[Pattern]:
    """Read patterns from a CSV file. A row that cannot be used becomes a pattern that is not checkable and says why.

    Raises:
        InputError: The file cannot be read, has no rows, lacks a column, or uses an id twice.
    """
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not text in UTF-8"
        raise InputError(f"the file of patterns {quoted(path)} cannot be read: {reason}") from None
    reader = csv.DictReader(text[:LONGEST].splitlines())
    lacking = [column for column in COLUMNS if column not in (reader.fieldnames or ())]
    if lacking:
        raise InputError(
            f"the file of patterns {quoted(path)} lacks the column {', '.join(lacking)}; it needs {', '.join(COLUMNS)}"
        )
    rows = list(reader)
    if not rows:
        raise InputError(f"the file of patterns {quoted(path)} has no rows")
    seen: set[str] = set()
    for row in rows:
        if row["id"] in seen:
            raise InputError(f"the file of patterns {quoted(path)} uses the id {quoted(row['id'])} twice")
        seen.add(row["id"])
    return [_pattern(row, str(path)) for row in rows]


def _pattern(row: dict[str, str], path: str) -> Pattern:
    published = Published(
        row["id"], OWN, row["statement"][:80], row["statement"], f"{row['low']} to {row['high']}", row["statistic"],
        "",
        row["source"], True, f"{row['statistic']} of {row['quantity']}",
    )  # fmt: skip
    name = f"{row['statistic']} of {row['quantity']}" + (" (d)" if row["versus"] else "")
    try:
        low, high = (_number(row, column) for column in ("low", "high"))
        if low is None and high is None:
            raise InputError(f"the pattern {quoted(row['id'])} ({path}) has neither low nor high; it needs a target")
        tolerance = _number(row, "tolerance")
        target = Between(low, high, 0.1 if tolerance is None else tolerance)
    except InputError as error:
        return Pattern(row["id"], _study_of(row), partial(_refuse, error), {name: Between(0, 0, 1)}, own=published)
    return Pattern(row["id"], _study_of(row), partial(_measured, name, row, path), {name: target}, own=published)


def _study_of(row: dict[str, str]) -> str:
    """A name for the study that a row needs: rows that need the same one share it."""
    return f"own study: {', '.join(row.get(column) or '-' for column in ('cohort', 'versus', 'prompts', 'days'))}"


def _refuse(error: InputError, lab: Laboratory) -> dict[str, Estimate]:
    raise error


def _measured(name: str, row: dict[str, str], path: str, lab: Laboratory) -> dict[str, Estimate]:
    if row["statistic"] not in STATISTICS:
        raise InputError(
            f"the statistic {quoted(row['statistic'])} of the pattern {quoted(row['id'])} ({path}) is unknown"
            f"{nearest(row['statistic'], STATISTICS)}; there are {quoted_list(STATISTICS)}"
        )
    cohorts = [row["cohort"], *([row["versus"]] if row["versus"] else [])]
    prompts, days = (_number(row, column) for column in ("prompts", "days"))
    protocol = Protocol(
        prompts=FOUR_WEEKS.prompts if prompts is None else int(prompts),
        days=FOUR_WEEKS.days if days is None else int(days), compliance=FOUR_WEEKS.compliance,
    )  # fmt: skip
    people = dict.fromkeys(cohorts, lab.people(60, 240))
    study = lab.once(
        _study_of(row),
        lambda: simulate_cohort(people, seed=lab.seed, protocol=protocol, events=False, **lab.changes),
    )
    by_person = STATISTICS[row["statistic"]](study.prompts, row["quantity"])
    groups = [by_person.reindex(study.persons.index[study.persons["cohort"] == name]).to_numpy() for name in cohorts]
    boot = lab.bootstrap
    return {name: boot.d(groups[0], groups[1]) if len(groups) > 1 else boot.mean(groups[0])}


def _number(row: dict[str, str], column: str) -> float | None:
    given = (row.get(column) or "").strip()
    if not given:
        return None
    try:
        value = float(given)
    except ValueError:
        value = float("nan")
    if not abs(value) < 1e9:
        raise InputError(f"{column} = {quoted(given)} of the pattern {quoted(row['id'])} is not a number")
    return value
