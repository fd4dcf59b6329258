"""Where to draw people in a picture of their network."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from simulation.network.graph import SocialGraph

SPRINGS_BELOW = 500  # people; from there on networkx takes another, much slower way to the same picture
_ROUNDS = 40  # of neighbour averaging; more rounds pull apart larger communities


def positions(graph: SocialGraph, seed: int = 0) -> NDArray[np.float64]:
    """Return places for people, near those they are related to.

    Below 500 people this is the spring layout of Fruchterman & Reingold (1991) as networkx has it. Above, people
    begin at random places, move halfway to the mean of those they know again and again (power iteration towards
    the slowest modes of the network), and are then spread evenly by rank; a million people take some 10 seconds.

    Args:
        graph: The people and their relationships.
        seed: The same seed gives the same picture; from 0 to 2³² - 1.

    Returns:
        float64 of shape [n_people, 2], each coordinate within [-1, 1].
    """
    return _springs(graph, seed) if graph.n_people < SPRINGS_BELOW else _averages(graph, seed)


def _springs(graph: SocialGraph, seed: int) -> NDArray[np.float64]:
    import networkx

    plain: networkx.Graph = networkx.Graph()
    plain.add_nodes_from(range(graph.n_people))
    plain.add_edges_from(zip(graph.first.tolist(), graph.second.tolist(), strict=True))
    placed = networkx.spring_layout(plain, seed=seed)
    return np.clip(np.array([placed[i] for i in range(graph.n_people)], dtype=np.float64), -1, 1)


def _averages(graph: SocialGraph, seed: int) -> NDArray[np.float64]:
    from scipy.sparse import coo_array

    n = graph.n_people
    ends = np.concatenate([graph.first, graph.second]), np.concatenate([graph.second, graph.first])
    adjacency = coo_array((np.ones(ends[0].size, dtype=np.float32), ends), shape=(n, n)).tocsr()
    known = graph.degrees().astype(np.float64)[:, None]
    share = known / known.sum()
    places = np.random.Generator(np.random.PCG64(seed)).normal(size=(n, 2))
    for _ in range(_ROUNDS):
        met = np.divide(adjacency @ places, known, out=places.copy(), where=known > 0)
        places = (places + met) / 2
        places -= (places * share).sum(axis=0)  # without this, everyone ends at the same place
        across = (places[:, 0] * share[:, 0] * places[:, 1]).sum() / (places[:, 0] ** 2 * share[:, 0]).sum()
        places[:, 1] -= across * places[:, 0]  # the second direction says something the first does not
        places /= np.abs(places).max(axis=0)
    ranks = np.empty_like(places)
    for axis in range(2):
        ranks[np.argsort(places[:, axis], kind="stable"), axis] = np.linspace(-1, 1, n)
    return ranks
