"""The published figures, as data: one row per pattern, with its source and how it was computed."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from simulation.errors import InputError, nearest

COLUMNS = ("id", "group", "name", "statement", "value", "unit", "n", "source", "seen", "how_to_compute")
OWN = "own"
"""Group of patterns that a user brings along."""


@dataclass(frozen=True)
class Published:
    """One row of `published.csv`.

    Attributes:
        id, group, name, statement, value, unit, n, source: As published.
        seen: Whether figure or finding was read in its source; if not, it is informative only.
        how_to_compute: What the simulation must compute to be comparable.
    """

    id: str
    group: str
    name: str
    statement: str
    value: str
    unit: str
    n: str
    source: str
    seen: bool
    how_to_compute: str


@lru_cache(maxsize=1)
def published_rows() -> dict[str, Published]:
    """Return all rows by id.

    Raises:
        InputError: A column is missing, or an id appears twice.
    """
    text = (files("simulation.validation") / "published.csv").read_text(encoding="utf-8")
    return read_published(text, "published.csv")


def read_published(text: str, place: str) -> dict[str, Published]:
    """Read rows of published figures.

    Raises:
        InputError: A column is missing, or an id appears twice.
    """
    reader = csv.DictReader(text.splitlines())
    lacking = [column for column in COLUMNS if column not in (reader.fieldnames or ())]
    if lacking:
        raise InputError(f"{place} lacks the column {', '.join(lacking)}; it needs {', '.join(COLUMNS)}")
    rows: dict[str, Published] = {}
    for row in reader:
        if row["id"] in rows:
            raise InputError(f'{place} has two rows with id "{row["id"]}"')
        rows[row["id"]] = Published(**{k: row[k] for k in COLUMNS if k != "seen"}, seen=row["seen"] == "yes")
    return rows


def published(id_: str) -> Published:
    """Return one row.

    Raises:
        InputError: There is none with that id.
    """
    rows = published_rows()
    if id_ not in rows:
        raise InputError(f'published.csv has no row "{id_}"{nearest(id_, rows)}')
    return rows[id_]
