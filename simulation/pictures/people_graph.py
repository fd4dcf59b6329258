"""Whom to draw in a picture of the network, and where."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from simulation.population.population import Population

MOST_PEOPLE = 2000
SAMPLE = 450
"""How many people to draw of a network that is too large to be drawn."""


@dataclass(frozen=True)
class DrawnNetwork:
    """The people and relationships of a picture.

    Attributes:
        people: [n] numbers of the people drawn.
        places: [n, 2] where, each coordinate within [-1, 1].
        first, second: [m] the two people of each relationship, as positions in ``people``.
        forth, back: [m] index of the two directed ties, in the order of the population.
        of_all: How many people there are in all.
    """

    people: NDArray[np.int64]
    places: NDArray[np.float64]
    first: NDArray[np.int64]
    second: NDArray[np.int64]
    forth: NDArray[np.int64]
    back: NDArray[np.int64]
    of_all: int


def drawn_network(population: Population, start: int = 0, seed: int = 0) -> DrawnNetwork:
    """Return everybody, or of more than 2,000 people those nearest to one person (breadth first), with places.

    Args:
        population: People and ties.
        start: From whom to go out, when not everybody can be drawn.
        seed: The same seed gives the same places.
    """
    owner, other = population.tie_owner, population.tie_other
    n = population.n_people
    contact = population.tie_column("contact_rate") + population.tie_column("alive")
    key = np.minimum(owner, other) * n + np.maximum(owner, other)
    _, where = np.unique(key, return_inverse=True)
    forth = np.full(where.max() + 1 if len(where) else 0, -1)
    back = forth.copy()
    forth[where[owner < other]] = np.flatnonzero(owner < other)
    back[where[owner > other]] = np.flatnonzero(owner > other)
    there = (contact[forth] > 0) | (contact[back] > 0)
    forth, back = forth[there], back[there]
    first, second = owner[forth], other[forth]
    people = np.arange(n)
    if n > MOST_PEOPLE:
        people = np.sort(_nearest(n, first, second, start, SAMPLE))
        number = np.full(n, -1)
        number[people] = np.arange(len(people))
        inside = (number[first] >= 0) & (number[second] >= 0)
        forth, back = forth[inside], back[inside]
        first, second = number[first[inside]], number[second[inside]]
    return DrawnNetwork(people, _places(len(people), first, second, seed), first, second, forth, back, n)


def _nearest(n: int, first: NDArray[np.int64], second: NDArray[np.int64], start: int, most: int) -> NDArray[np.int64]:
    """Breadth first from one person; when a part of the network is exhausted, on with the lowest number left."""
    ends = np.concatenate([first, second])
    others = np.concatenate([second, first])
    order = np.argsort(ends, kind="stable")
    ends, others = ends[order], others[order]
    begins = np.searchsorted(ends, np.arange(n + 1))
    seen = np.zeros(n, dtype=bool)
    found: list[int] = []
    following = 0
    queue = [start]
    seen[start] = True
    while len(found) < most:
        if not queue:
            while seen[following]:
                following += 1
            queue.append(following)
            seen[following] = True
        person = queue.pop(0)
        found.append(person)
        for other in others[begins[person] : begins[person + 1]]:
            if not seen[other]:
                seen[other] = True
                queue.append(int(other))
    return np.array(found)


def _places(n: int, first: NDArray[np.int64], second: NDArray[np.int64], seed: int) -> NDArray[np.float64]:
    """Places from the network's own layout; people without any tie stand in a row below."""
    from simulation.network import SocialGraph

    places = np.zeros((n, 2))
    tied = np.unique(np.concatenate([first, second]))
    if len(tied):
        number = np.full(n, -1)
        number[tied] = np.arange(len(tied))
        graph = SocialGraph(
            n_people=len(tied), first=number[first].astype(np.int32), second=number[second].astype(np.int32)
        )
        places[tied] = _filled(graph.positions(seed % 2**32)) if len(tied) > 2 else np.array([[-0.5, 0.0], [0.5, 0.0]])
    alone = np.setdiff1d(np.arange(n), tied)
    if len(alone):
        across = np.linspace(-0.9, 0.9, len(alone)) if len(alone) > 1 else np.zeros(1)
        places[alone] = np.column_stack([across, np.full(len(alone), -1.12 if len(tied) else 0.0)])
    return places


def _filled(places: NDArray[np.float64]) -> NDArray[np.float64]:
    """Turn and stretch places so that they fill the square, the longer way across."""
    middle = places - places.mean(axis=0)
    _, _, axes = np.linalg.svd(middle, full_matrices=False)
    turned = middle @ axes.T
    low, high = turned.min(axis=0), turned.max(axis=0)
    half = np.maximum((high - low) / 2, 1e-9)
    stretch = 1.0 / np.maximum(half, half.max() / 1.8)
    return (turned - (low + high) / 2) * stretch
