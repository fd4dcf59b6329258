"""Edge lists: one relationship per line, columns separated by commas."""

from __future__ import annotations

import csv
import io
import re
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

import numpy as np

from simulation.errors import InputError, nearest, quoted_list
from simulation.network.graph import SocialGraph, check_name
from simulation.network.relationships import (
    MAX_PEOPLE,
    NUMBERS,
    ROLES,
    check_size,
    graph_of,
    kind_of,
    number,
    pair,
    roles_of,
)

_WITHOUT_HEADER = ("source", "target", "weight")


def read_edge_list(raw: bytes, file: str) -> SocialGraph:
    """Return the network of an edge list (UTF-8 text, checked); the format is described in `files.read_network`.

    People are numbered in the natural order of their names ("p2" before "p10"), so that the order of lines makes
    no difference.

    Raises:
        InputError: With file, line, people, column and value, as far as they are known.
    """
    rows = _Rows(raw, file)
    columns: _Columns | None = None
    people: dict[str, int] = {}
    as_written: dict[str, int] = {}
    ends = array("i"), array("i")
    values: dict[str, array[float]] = {}
    kinds: list[str | None] = []
    lines = array("q")
    for row in rows:
        if columns is None:
            columns = _columns(row, rows.place())
            place = partial(columns.place, rows)
            values = {role: array("d") for role in columns.at if role in NUMBERS}
            if columns.header:
                continue
        if len(row) != columns.width:
            raise InputError(f"{rows.place()} has {len(row)} columns; the lines before have {columns.width}")
        for side, role in zip(ends, ("source", "target"), strict=True):
            cell = row[columns.at[role]]
            who = as_written.get(cell)
            if who is None:
                name = check_name(cell, f"{rows.place()}, column {role}")
                who = as_written[cell] = people.setdefault(name, len(people))
                if who >= MAX_PEOPLE:
                    check_size(who + 1, file)
            side.append(who)
        for role, given in values.items():
            given.append(number(row[columns.at[role]], role, place))
        if "kind" in columns.at:
            kinds.append(kind_of(row[columns.at["kind"]], place))
        lines.append(rows.line)
    if columns is None:
        raise InputError(f"{file} is empty; it needs a line with two people for every relationship")
    if not lines:
        raise InputError(f"{file} has a header and nothing else; it needs a line for every relationship")
    columns.refuse_letters(people, file)
    names = sorted(people, key=_natural)
    rank = np.empty(len(names), dtype=np.int64)
    rank[[people[name] for name in names]] = np.arange(len(names))
    return graph_of(
        names,
        rank[np.array(ends[0])],
        rank[np.array(ends[1])],
        {role: np.array(given) for role, given in values.items()},
        kinds if "kind" in columns.at else None,
        place=lambda tie: f"{file}, line {lines[tie]}",
        made_from=f"{file} ({columns.describe()})",
    )


class _Rows:
    """The rows of a CSV table that are not blank, and the line each ends on."""

    def __init__(self, raw: bytes, file: str) -> None:
        self.file = file
        self.row: list[str] = []
        self.rows = csv.reader(io.TextIOWrapper(io.BytesIO(raw), encoding="utf-8-sig", newline=""), strict=True)

    def __iter__(self) -> Iterator[list[str]]:
        try:
            for row in self.rows:
                if row and (row[0].strip() or any(cell.strip() for cell in row)):
                    self.row = row
                    yield row
        except csv.Error as error:
            raise InputError(f"{self.place()} is not part of a CSV table: {error}") from None

    @property
    def line(self) -> int:
        return self.rows.line_num

    def place(self) -> str:
        return f"{self.file}, line {self.line}"


@dataclass(frozen=True)
class _Columns:
    """Which column of an edge list says what."""

    at: dict[str, int]
    width: int
    header: tuple[str, ...] = ()

    def place(self, rows: _Rows) -> str:
        """Return where in the file the present row is, and whom it is about."""
        hint = "" if self.header else '; if this line is a header, call its columns "source" and "target"'
        people = pair(rows.row[self.at["source"]].strip(), rows.row[self.at["target"]].strip())
        return f"{rows.place()}, {people}{hint}"

    def refuse_letters(self, people: dict[str, int], file: str) -> None:
        """Refuse to guess whether a first line "a,b" is a header when people are called by letters."""
        if {cell.casefold() for cell in self.header} == {"a", "b"} and any(len(n) == 1 and n.isalpha() for n in people):
            raise InputError(
                f'the first line of {file}, "{",".join(self.header)}", may be a header or two people, as people are '
                'called by letters; put the line "source,target" before it, or in its place if it is a header'
            )

    def describe(self) -> str:
        """Return what was read and what was not."""
        if not self.header:
            return "edge list without a header"
        read = set(self.at.values())
        ignored = [cell for i, cell in enumerate(self.header) if i not in read]
        return f"edge list; not read: {quoted_list(ignored)}" if ignored else "edge list"


def _columns(row: list[str], place: str) -> _Columns:
    """Return what the columns are, told by the first line, whether a header or not."""
    cells = [cell.strip() for cell in row]
    plain = {ROLES.get(cell.casefold()) for cell in cells}
    if {"source", "target"} <= plain:
        roles = roles_of(cells, place)
        return _Columns({role: cells.index(cell) for cell, role in roles.items()}, len(cells), tuple(cells))
    known = [cell for cell in cells if cell.casefold() not in ("a", "b", "ego") and cell.casefold() in ROLES]
    if known or len(cells) not in (2, 3):
        if len(cells) == 1:
            split = [name for name, sign in (("semicolons", ";"), ("tabs", "\t")) if sign in cells[0]]
            hint = f" (this file seems to have {split[0]})" if split else ""
            raise InputError(f"{place} has one column; an edge list has two or more, separated by commas{hint}")
        missing = [role for role in ("source", "target") if role not in plain]
        hints = "".join(nearest(cell, _WITHOUT_HEADER[:2]) for cell in cells if cell.casefold() not in ROLES)
        raise InputError(
            f"{place} should be a header, but has no column called {quoted_list(missing)}{hints}; only a table of "
            "two or three columns (two people and a weight) may go without a header"
        )
    return _Columns(dict(zip(_WITHOUT_HEADER, range(len(cells)), strict=False)), len(cells))


def _natural(name: str) -> tuple[list[str | int], str]:
    """Return a key that sorts "p2" before "p10"."""
    parts = re.split("([0-9]+)", name)
    return [int(part) if i % 2 else part.casefold() for i, part in enumerate(parts)], name
