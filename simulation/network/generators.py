"""Networks drawn by rule: who gets a relationship with whom, in numpy arrays.

Every generator takes the number of people and a numpy `Generator` and returns the two people of each relationship
(integer arrays of shape [relationships], in any order). Options are checked in `topologies` before they come here.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from simulation.errors import InputError

Ints = NDArray[np.int64]
Pairs = tuple[Ints, Ints]

_SHARE = 32  # newcomers are taken together while they are at most one in 32 of the people so far
_REWIRING_ROUNDS = 64  # tries to find a free place for a rewired relationship; it then stays where it was


def ring(n: int, rng: np.random.Generator, mean_degree: int) -> Pairs:
    """Everyone knows the `mean_degree / 2` people on either side of them, in a circle."""
    person = np.repeat(np.arange(n, dtype=np.int64), mean_degree // 2)
    step = np.tile(np.arange(1, mean_degree // 2 + 1, dtype=np.int64), n)
    return person, (person + step) % n


def small_world(n: int, rng: np.random.Generator, mean_degree: int, rewiring: float) -> Pairs:
    """A ring in which each relationship is moved, with chance `rewiring`, to a random other person.

    All relationships that are to move try at once; those that would meet an existing relationship, or each
    other, try again. The number of relationships never changes.
    """
    person, other = ring(n, rng, mean_degree)
    keys = _key(person, other, n)
    waiting = np.flatnonzero(rng.random(keys.size) < rewiring)
    for _ in range(_REWIRING_ROUNDS):
        if not waiting.size:
            break
        target = rng.integers(0, n, size=waiting.size)
        wanted = _key(person[waiting], target, n)
        _, earliest = np.unique(wanted, return_index=True)
        free = np.zeros(waiting.size, dtype=bool)
        free[earliest] = True
        free &= (target != person[waiting]) & ~_contains(np.sort(keys), wanted)
        keys[waiting[free]] = wanted[free]
        waiting = waiting[~free]
    return keys // n, keys % n


def random_pairs(n: int, rng: np.random.Generator, mean_degree: float) -> Pairs:
    """Exactly `n * mean_degree / 2` of all possible relationships, each set equally likely: G(n, m)."""

    def draw(size: int) -> Ints:
        one, other = rng.integers(0, n, size=size), rng.integers(0, n, size=size)
        return _key(one, other, n)[one != other]

    def every() -> Ints:
        one, other = np.triu_indices(n, k=1)
        return one * n + other

    keys = _distinct(rng, round(n * mean_degree / 2), n * (n - 1) // 2, draw, every)
    return keys // n, keys % n


def scale_free(n: int, rng: np.random.Generator, mean_degree: int) -> Pairs:
    """Newcomers each choose `mean_degree / 2` different people, those with many relationships more often.

    Begins with `mean_degree / 2 + 1` people who all know each other. A newcomer picks ends of the relationships so
    far, which is a choice in proportion to how many relationships people have. Newcomers are taken many at a
    time: a pick may then be the end of a relationship whose other person is itself still being picked, which
    `_follow` looks up. If somebody picks one person twice, everything before them stands, they choose again, and
    the rest of the block is looked up once more; so the result is that of taking newcomers one by one.
    """
    each = mean_degree // 2
    founders = each + 1
    own, other = (np.empty(each * n - each * founders // 2, dtype=np.int64) for _ in range(2))
    known = each * founders // 2
    own[:known], other[:known] = np.triu_indices(founders, k=1)
    own[known:] = np.repeat(np.arange(founders, n, dtype=np.int64), each)
    while known < own.size:
        block = max(1, known // (each * _SHARE))
        sizes = known + each * np.arange(min(block, (own.size - known) // each))
        picks = (rng.random((sizes.size, each)) * (2 * sizes[:, None])).astype(np.int64)
        while picks.size:
            chosen = _follow(picks, own, other, known)
            in_order = np.sort(chosen, axis=1)
            twice = np.flatnonzero((in_order[:, 1:] == in_order[:, :-1]).any(axis=1))
            good = int(twice[0]) if twice.size else len(picks)
            other[known : known + good * each] = chosen[:good].ravel()
            known += good * each
            if twice.size:
                different = dict.fromkeys(chosen[good].tolist())
                while len(different) < each:
                    pick = int(rng.random() * 2 * known)
                    different[int((other if pick % 2 else own)[pick // 2])] = None
                other[known : known + each] = list(different)
                known += each
            picks = picks[good + 1 :]
    return own, other


def _follow(picks: Ints, own: Ints, other: Ints, known: int) -> Ints:
    """Return the people at the picked ends; end 2r is `own[r]`, 2r+1 is `other[r]`, a pick itself from `known` on."""
    relationship = picks.ravel() // 2
    people = np.where(picks.ravel() % 2, other[relationship], own[relationship])
    waiting = np.flatnonzero((picks.ravel() % 2 == 1) & (relationship >= known))
    people[waiting] = -1
    while waiting.size:
        people[waiting] = people[relationship[waiting] - known]
        waiting = waiting[people[waiting] < 0]
    return people.reshape(picks.shape)


def planted_communities(n: int, rng: np.random.Generator, mean_degree: float, communities: int, mixing: float) -> Pairs:
    """Exactly the share `mixing` of all relationships joins different communities; otherwise all is chance.

    Raises:
        InputError: The communities are too small for that many relationships inside, or too few for those between.
    """
    starts = np.arange(communities + 1, dtype=np.int64) * n // communities
    sizes = np.diff(starts)
    member = community_of(n, communities)
    total = round(n * mean_degree / 2)
    between = round(total * mixing)
    room_within = int((sizes * (sizes - 1) // 2).sum())
    room_between = n * (n - 1) // 2 - room_within
    for needed, room, where in ((total - between, room_within, "inside"), (between, room_between, "between")):
        if needed > room:
            raise InputError(
                f"{communities} communities of {n / communities:g} people have room for {room:,} "
                f"relationships {where} communities, but mean_degree = {mean_degree} with mixing = {mixing} asks for "
                f"{needed:,}; lower mean_degree or change mixing or communities"
            )

    def draw_within(size: int) -> Ints:
        one = rng.integers(0, n, size=size)
        other = starts[member[one]] + rng.integers(0, sizes.max(), size=size)
        fits = (other < starts[member[one] + 1]) & (other != one)
        return _key(one[fits], other[fits], n)

    def draw_between(size: int) -> Ints:
        one, other = rng.integers(0, n, size=size), rng.integers(0, n, size=size)
        return _key(one, other, n)[member[one] != member[other]]

    def every_between() -> Ints:
        one, other = np.triu_indices(n, k=1)
        return (one * n + other)[member[one] != member[other]]

    def every_within() -> Ints:
        blocks = (np.triu_indices(size, k=1) for size in sizes)
        return np.concatenate([(one + s) * n + other + s for s, (one, other) in zip(starts, blocks, strict=False)])

    keys = np.concatenate(
        [
            _distinct(rng, total - between, room_within, draw_within, every_within),
            _distinct(rng, between, room_between, draw_between, every_between),
        ]
    )
    return keys // n, keys % n


def community_of(n: int, communities: int) -> Ints:
    """Return the community of each person, int64 of shape [n]: blocks whose sizes differ by at most one."""
    starts = np.arange(communities + 1, dtype=np.int64) * n // communities
    return np.repeat(np.arange(communities, dtype=np.int64), np.diff(starts))


def lattice(n: int, rng: np.random.Generator) -> Pairs:
    """Neighbours left, right, before and behind on a square floor, filled row by row."""
    width = int(np.ceil(np.sqrt(n)))
    person = np.arange(n, dtype=np.int64)
    beside = person[(person % width != width - 1) & (person + 1 < n)]
    behind = person[person + width < n]
    return np.concatenate([beside, behind]), np.concatenate([beside + 1, behind + width])


def complete(n: int, rng: np.random.Generator) -> Pairs:
    """Everyone knows everyone."""
    one, other = np.triu_indices(n, k=1)
    return one, other


def star(n: int, rng: np.random.Generator) -> Pairs:
    """Person 0 knows everyone; nobody else knows anyone but person 0."""
    return np.zeros(n - 1, dtype=np.int64), np.arange(1, n, dtype=np.int64)


def pairs(n: int, rng: np.random.Generator) -> Pairs:
    """Couples: 0 with 1, 2 with 3, and so on."""
    return np.arange(0, n, 2, dtype=np.int64), np.arange(1, n, 2, dtype=np.int64)


def _key(one: Ints, other: Ints, n: int) -> Ints:
    """One number per relationship, the same whichever person comes first."""
    return np.minimum(one, other) * n + np.maximum(one, other)


def _contains(in_order: Ints, wanted: Ints) -> NDArray[np.bool_]:
    at = np.searchsorted(in_order, wanted)
    return in_order[np.minimum(at, in_order.size - 1)] == wanted


def _distinct(
    rng: np.random.Generator, count: int, room: int, draw: Callable[[int], Ints], every: Callable[[], Ints]
) -> Ints:
    """Return `count` different relationships out of `room` possible ones, each set equally likely.

    Few out of many are drawn until there are enough, keeping the first of equal ones; many out of few are a
    shuffle of `every` possible one.
    """
    if 2 * count > room:
        return rng.permutation(every())[:count]
    keys = np.empty(0, dtype=np.int64)
    while keys.size < count:
        keys = np.concatenate([keys, draw(int(1.1 * (count - keys.size)) + 16)])
        _, earliest = np.unique(keys, return_index=True)
        keys = keys[np.sort(earliest)]
    return keys[:count]
