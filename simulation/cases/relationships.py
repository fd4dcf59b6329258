"""Ties of a case as arrays: those of its network, acquaintances, and those it gives one by one."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulation.cases.model import Network
from simulation.cases.parameters import TIE_FIELDS, Values
from simulation.cases.roster import Roster
from simulation.cases.variety import Column, luck_of, network_seed
from simulation.network import SocialGraph
from simulation.theory.layout import WISHES

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_THROUGH_OTHERS, _BY_CHANCE = 3, 10  # rounds of drawing acquaintances; those missing after them are left out


class Ties(NamedTuple):
    """Directed ties: first one direction of every relationship, then the other.

    Attributes:
        owner: Who holds the tie, int64 of shape [ties].
        other: Toward whom.
        wish: Index of the wish that it answers.
        fields: Fields that differ from the theory's defaults, each a number or float64 of shape [ties].
    """

    owner: Ints
    other: Ints
    wish: Ints
    fields: dict[str, Column]


class _Drawn(NamedTuple):
    """Relationships of the network, each once; fields are numbers or float64 of shape [relationships]."""

    first: Ints
    second: Ints
    wish: Ints
    fields: dict[str, Column]


def ties_of(roster: Roster) -> Ties:
    """Return all directed ties of a case; every relationship appears in both directions."""
    none = np.empty(0, dtype=np.int64)
    drawn = _Drawn(none, none, none, {}) if roster.graph is None else _draw(roster, roster.graph)
    places = _places(drawn.first, drawn.second, roster.n) if roster.case.ties else None
    new: list[tuple[int, int]] = []
    said: list[tuple[int, int, str | None, Values]] = []
    for tie in roster.case.ties:
        one, other = (roster.number(name) for name in tie.pair)
        assert places is not None
        at = places(one, other)
        turned = at >= 0 and int(drawn.first[at]) != one
        if at < 0:
            at = drawn.first.size + len(new)
            new.append((one, other))
        said += [(at, side, *tie.direction(first=(side == 0) != turned)) for side in (0, 1)]
    more = np.array(new, dtype=np.int64).reshape(-1, 2)
    first, second = np.concatenate([drawn.first, more[:, 0]]), np.concatenate([drawn.second, more[:, 1]])
    wish, fields = _both_ways(drawn, said, first.size)
    return Ties(np.concatenate([first, second]), np.concatenate([second, first]), wish, fields)


def _both_ways(
    drawn: _Drawn, said: list[tuple[int, int, str | None, Values]], n: int
) -> tuple[Ints, dict[str, Column]]:
    """Return wishes and fields of the 2n directed ties: as drawn, then as said of relationship `at`, side 0 or 1."""
    known = drawn.first.size
    wish = np.zeros((2, n), dtype=np.int64)
    wish[:, :known] = drawn.wish
    columns: dict[str, Floats] = {}
    for name in dict.fromkeys([*drawn.fields, *(name for *_, fields in said for name in fields)]):
        columns[name] = np.full((2, n), TIE_FIELDS[name].default)
        columns[name][:, :known] = drawn.fields.get(name, TIE_FIELDS[name].default)
    for at, side, own_wish, fields in said:
        if own_wish is not None:
            wish[side, at] = WISHES.index(own_wish)
        for name, value in fields.items():
            columns[name][side, at] = value
    return wish.reshape(-1), {name: column.reshape(-1) for name, column in columns.items()}


def _places(first: Ints, second: Ints, n: int) -> Callable[[int, int], int]:
    """Return a function that finds the number of a relationship between two people, or -1."""
    key = _keys(first, second, n)
    order = np.argsort(key, kind="stable")
    ordered = key[order]

    def find(one: int, other: int) -> int:
        wanted = min(one, other) * n + max(one, other)
        at = int(np.searchsorted(ordered, wanted))
        return int(order[at]) if at < ordered.size and ordered[at] == wanted else -1

    return find


def _keys(first: Ints, second: Ints, n: int) -> Ints:
    keys: Ints = np.minimum(first, second) * n + np.maximum(first, second)
    return keys


def _draw(roster: Roster, graph: SocialGraph) -> _Drawn:
    """Return the relationships of the network and its acquaintances, with their wishes and fields."""
    network, seed = roster.case.network, network_seed(roster.case)
    assert network is not None
    first, second = graph.first.astype(np.int64), graph.second.astype(np.int64)
    fields: dict[str, Column] = {**network.tie, **_told_by(graph, network)}
    if network.acquaintances > 0:
        given = [[roster.number(name) for name in tie.pair] for tie in roster.case.ties]
        within = np.array([pair for pair in given if max(pair) < graph.n_people], dtype=np.int64).reshape(-1, 2)
        reserved = _keys(within[:, 0], within[:, 1], graph.n_people)
        more = _acquaintances(first, second, reserved, graph.n_people, network.acquaintances, seed)
        fields = _with_acquaintances(fields, network, first.size, more[0].size)
        first, second = np.concatenate([first, more[0]]), np.concatenate([second, more[1]])
    by_name = {str(wish): share for wish, share in network.wishes.items()}
    shares = np.cumsum([by_name.get(wish, 0.0) for wish in WISHES])
    lots = luck_of(seed, "wishes").random(first.size) * shares[-1]
    wish = np.minimum(np.searchsorted(shares, lots, side="right"), len(WISHES) - 1).astype(np.int64)
    return _Drawn(first, second, wish, fields)


def _told_by(graph: SocialGraph, network: Network) -> dict[str, Column]:
    """Return the bond and the contact rate that the network itself tells, or its weights imply (ASSUMED)."""
    told: dict[str, Column] = {}
    weight = graph.edge.get("weight")
    if weight is not None and weight.max() > 0:
        relative = weight / weight.max()
        relative /= relative.mean()
        bond = network.tie.get("bond", TIE_FIELDS["bond"].default)
        rate = network.tie.get("contact_rate", TIE_FIELDS["contact_rate"].default)
        told["bond"] = 1.0 - (1.0 - bond) ** relative
        told["contact_rate"] = np.minimum(rate * relative, TIE_FIELDS["contact_rate"].high)
    return told | {name: graph.edge[name] for name in ("bond", "contact_rate") if name in graph.edge}


def _with_acquaintances(fields: dict[str, Column], network: Network, known: int, new: int) -> dict[str, Column]:
    """Return fields of ties with those of acquaintances behind them."""
    differ = {"alive": 0.0, **network.acquaintance_tie}
    longer: dict[str, Column] = {}
    for name in dict.fromkeys([*fields, *differ]):
        default = TIE_FIELDS[name].default
        here = np.broadcast_to(fields.get(name, default), known)
        longer[name] = np.concatenate([here, np.full(new, differ.get(name, network.tie.get(name, default)))])
    return longer


def _acquaintances(first: Ints, second: Ints, reserved: Ints, n: int, each: float, seed: int) -> tuple[Ints, Ints]:
    """Draw acquaintances: people met through someone both know, or by chance where there is nobody.

    Args:
        first: One person of each relationship there is.
        second: The other.
        reserved: Keys of further pairs that cannot become acquaintances.
        n: How many people there are.
        each: How many acquaintances a person has on average.
        seed: Of the network.

    Returns:
        The two people of each new relationship.
    """
    chance = luck_of(seed, "acquaintances")
    ends = np.concatenate([first, second])
    friend = np.concatenate([second, first])[np.argsort(ends, kind="stable")]
    degree = np.bincount(ends, minlength=n)
    start = np.concatenate([[0], np.cumsum(degree)])
    taken = np.sort(np.concatenate([_keys(first, second, n), reserved]))
    wanted = min(round(n * each / 2), n * (n - 1) // 2 - taken.size)

    def friend_of(person: Ints) -> Ints:
        """Return someone each person knows, or anybody for those who know nobody."""
        pick = start[person] + (chance.random(person.size) * degree[person]).astype(np.int64)
        anybody = chance.integers(0, n, person.size)
        return np.where(degree[person] > 0, friend[np.minimum(pick, friend.size - 1)], anybody)

    new = np.empty(0, dtype=np.int64)
    for attempt in range(_THROUGH_OTHERS + _BY_CHANCE):
        missing = wanted - new.size
        if missing <= 0:
            break
        one = chance.integers(0, n, missing)
        other = friend_of(friend_of(one)) if attempt < _THROUGH_OTHERS else chance.integers(0, n, missing)
        pairs = _keys(one, other, n)[one != other]
        at = np.minimum(np.searchsorted(taken, pairs), taken.size - 1)
        new = np.sort(np.concatenate([new, pairs[taken[at] != pairs]]))
        new = new[np.diff(new, prepend=-1) > 0]
    return new // n, new % n
