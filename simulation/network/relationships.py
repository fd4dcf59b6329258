"""From what a network file says, row by row, to a social graph: the checks all file formats share."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from numbers import Real
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from simulation.errors import InputError, nearest, quoted
from simulation.network.graph import MAX_NAME, SocialGraph

MAX_PEOPLE = 2_000_000

ROLES = {
    **dict.fromkeys(("source", "from", "a", "ego"), "source"),
    **dict.fromkeys(("target", "to", "b", "alter"), "target"),
    **dict.fromkeys(("weight", "closeness"), "weight"),
    "bond": "bond",
    "contact_rate": "contact_rate",
    "kind": "kind",
}
"""What a column or attribute of a relationship may be called, and what it then is."""

NUMBERS = ("weight", "bond", "contact_rate")


def role_of(column: str, place: str) -> str | None:
    """Return what a column says about a relationship, or None for a column that is none of our concern.

    Raises:
        InputError: The column looks like a misspelling of one that would be read.
    """
    plain = column.strip().casefold().replace(" ", "_").replace("-", "_")
    if plain in ROLES:
        return ROLES[plain]
    if len(plain) > 3:
        hint = nearest(plain, [known for known in ROLES if len(known) > 3], likeness=0.8)
        if hint:
            raise InputError(f"{quoted(column)} is not a column that is read ({place}){hint}; rename or remove it")
    return None


def roles_of(columns: Iterable[str], place: str) -> dict[str, str]:
    """Return the columns that are read, in order, each with what it says; see `role_of`.

    Raises:
        InputError: Two columns say the same ("weight" and "closeness").
    """
    roles: dict[str, str] = {}
    for column in columns:
        role = role_of(column, place)
        if role is None:
            continue
        if role in roles.values():
            other = next(known for known in roles if roles[known] == role)
            raise InputError(f"{quoted(other)} and {quoted(column)} both give the {role} ({place}); keep one of them")
        roles[column] = role
    return roles


def number(value: object, column: str, place: Callable[[], str]) -> float:
    """Return a number given for a relationship: finite, and 0 or more.

    Raises:
        InputError: Anything else; `place` is asked where only then.
    """
    if value is None or (isinstance(value, str) and not value.strip()):
        raise InputError(f"{column} is missing ({place()}); give it for every relationship or for none")
    wrong = ""
    try:
        if isinstance(value, bool) or not isinstance(value, (str, Real)) or "_" in str(value):
            raise ValueError
        read = float(value)
        if math.isfinite(read) and read >= 0:
            return read
        wrong = "negative" if read < 0 and math.isfinite(read) else "not a finite number"
    except (ValueError, OverflowError):
        wrong = "not a number"
    shown = quoted(value) if isinstance(value, str) else quoted(value)[1:-1]
    raise InputError(f"{column} = {shown} is {wrong} ({place()}); it is a number from 0 upwards")


def kind_of(value: object, place: Callable[[], str]) -> str | None:
    """Return what a relationship is, stripped, or None where that is not said.

    Raises:
        InputError: Not text, or more than 100 characters.
    """
    if value is None:
        return None
    if not isinstance(value, str) or len(value.strip()) > MAX_NAME:
        raise InputError(
            f"kind = {quoted(value)} ({place()}) cannot be used; it is text of at most {MAX_NAME} characters"
        )
    return value.strip() or None


def pair(one: str, other: str) -> str:
    """Return how messages name a relationship."""
    return f"{quoted(one)} and {quoted(other)}"


def graph_of(
    names: Sequence[str],
    source: ArrayLike,
    target: ArrayLike,
    numbers: dict[str, ArrayLike],
    kinds: list[str | None] | None,
    *,
    place: Callable[[int], str],
    made_from: str,
    person: dict[str, list[Any]] | None = None,
) -> SocialGraph:
    """Return the social graph of ties that may be given in one direction or in both.

    A tie given in both directions makes one relationship, with the mean of the numbers.

    Args:
        names: Names of people, checked.
        source: Whom each tie starts from, int of shape [ties].
        target: Whom it goes to, int of shape [ties].
        numbers: Columns of numbers, each of shape [ties], checked by `number`.
        kinds: What each tie is, or None.
        place: Says where a tie was given: file and, where known, line.
        made_from: Becomes `SocialGraph.source`.
        person: Columns about people.

    Raises:
        InputError: A tie of a person to themselves, a tie given twice in one direction, two kinds for one
            relationship, no people or too many, no relationships.
    """
    one, other = np.asarray(source, dtype=np.int64), np.asarray(target, dtype=np.int64)
    check_size(len(names), made_from)
    if not one.size:
        raise InputError(f"{made_from} has no relationships; a network needs at least one")
    alone = np.flatnonzero(one == other)
    if alone.size:
        who = quoted(names[int(one[alone[0]])])
        raise InputError(
            f"{who} has a tie to themselves ({place(int(alone[0]))}); a relationship joins two different people"
        )
    key = np.minimum(one, other) * len(names) + np.maximum(one, other)
    turned = one > other
    order = np.lexsort((turned, key))
    same = key[order][1:] == key[order][:-1]
    _refuse_repeats(names, one, other, order, same & (turned[order][1:] == turned[order][:-1]), place)
    there, back = order[:-1][same], order[1:][same]
    columns: dict[str, NDArray[np.float64]] = {}
    for column, given in numbers.items():
        values = np.array(given, dtype=np.float64)
        values[there] = values[there] / 2 + values[back] / 2
        columns[column] = values
    for first, second in zip(there.tolist(), back.tolist(), strict=True) if kinds is not None else ():
        assert kinds is not None
        told = {kinds[first], kinds[second]} - {None}
        if len(told) > 1:
            a, b = names[int(one[first])], names[int(other[first])]
            raise InputError(
                f"the relationship of {pair(a, b)} is {quoted(kinds[first])} one way and {quoted(kinds[second])} the "
                f"other ({place(max(first, second))}); it has one kind"
            )
        kinds[first] = told.pop() if told else None
    keep = np.ones(one.size, dtype=bool)
    keep[back] = False
    return SocialGraph(
        names=tuple(names),
        n_people=len(names),
        first=one[keep].astype(np.int32),
        second=other[keep].astype(np.int32),
        edge={column: values[keep] for column, values in columns.items()},
        edge_kind=None if kinds is None else [kinds[i] for i in np.flatnonzero(keep)],
        person=person or {},
        source=made_from,
    )


def check_size(people: int, made_from: str) -> None:
    """Refuse a network of nobody, or of more people than can be read from a file."""
    if not people:
        raise InputError(f"{made_from} has no people; a network needs at least two")
    if people > MAX_PEOPLE:
        raise InputError(f"{made_from} has more than {MAX_PEOPLE:,} people, the most that can be read from a file")


def _refuse_repeats(
    names: Sequence[str],
    one: NDArray[np.int64],
    other: NDArray[np.int64],
    order: NDArray[np.intp],
    repeated: NDArray[np.bool_],
    place: Callable[[int], str],
) -> None:
    rows = np.flatnonzero(repeated)
    if not rows.size:
        return
    at = rows[np.argmin(order[rows + 1])]
    again, before = int(order[at + 1]), int(order[at])
    tie = f"{quoted(names[int(one[again])])} → {quoted(names[int(other[again])])}"
    raise InputError(f"{tie} is given twice ({place(again)}, and before that {place(before)}); give each tie once")
