"""Networks of real (and one fictional) groups that networkx ships, with who collected them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from simulation.errors import InputError, nearest, quoted, quoted_list
from simulation.network.graph import SocialGraph

if TYPE_CHECKING:
    import networkx


@dataclass(frozen=True)
class PublishedNetwork:
    """A network from the literature.

    Attributes:
        name: What a case file calls it.
        meaning: Who the people are and what a relationship between them is.
        source: Where it was published.
        load: Returns names, and the networkx graph whose nodes are in the order of the names.
        about: Node attributes of networkx that become person columns.
    """

    name: str
    meaning: str
    source: str
    load: Callable[[], tuple[list[str], networkx.Graph]]
    about: tuple[str, ...] = ()


def load_published(name: str) -> SocialGraph:
    """Return a network from the literature, with names; `weight` is there where the source counted something.

    Args:
        name: One of `PUBLISHED`.

    Raises:
        InputError: There is none of that name.
    """
    if name not in PUBLISHED:
        known = f"there are {quoted_list(PUBLISHED)}"
        raise InputError(f"there is no published network called {quoted(name)}{nearest(name, PUBLISHED)}; {known}")
    network = PUBLISHED[name]
    names, graph = network.load()
    number = {node: i for i, node in enumerate(graph)}
    ends = np.array([(number[one], number[other]) for one, other in graph.edges], dtype=np.int32)
    weights = [about["weight"] for _, _, about in graph.edges(data=True) if "weight" in about]
    person: dict[str, list[Any]] = {column: [graph.nodes[node][column] for node in graph] for column in network.about}
    return SocialGraph(
        names=tuple(names),
        n_people=len(names),
        first=ends[:, 0],
        second=ends[:, 1],
        edge={"weight": np.array(weights, dtype=np.float64)} if weights else {},
        person=person,
        source=f"{name} ({network.source})",
    )


def _karate_club() -> tuple[list[str], networkx.Graph]:
    import networkx

    graph = networkx.karate_club_graph()
    return [f"member-{i + 1}" for i in graph], graph


def _florentine_families() -> tuple[list[str], networkx.Graph]:
    import networkx

    graph = networkx.florentine_families_graph()
    return list(graph), graph


def _les_miserables() -> tuple[list[str], networkx.Graph]:
    import networkx

    graph = networkx.les_miserables_graph()
    return list(graph), graph


def _southern_women() -> tuple[list[str], networkx.Graph]:
    import networkx

    attendance = networkx.davis_southern_women_graph()
    women = attendance.graph["top"]
    return list(women), networkx.bipartite.weighted_projected_graph(attendance, women)


PUBLISHED: dict[str, PublishedNetwork] = {
    network.name: network
    for network in (
        PublishedNetwork(
            "karate-club",
            "34 members of a university karate club that split in two; a relationship is contact outside the club, "
            "its weight the number of settings in which they met",
            "Zachary 1977, J. Anthropol. Res. 33:452",
            _karate_club,
            about=("club",),
        ),
        PublishedNetwork(
            "florentine-families",
            "15 leading families of Florence about 1430; a relationship is a marriage between them",
            "Padgett & Ansell 1993, Am. J. Sociol. 98:1259",
            _florentine_families,
        ),
        PublishedNetwork(
            "les-miserables",
            "77 characters of Victor Hugo's novel; the weight is the number of chapters in which both appear",
            "Knuth 1993, The Stanford GraphBase",
            _les_miserables,
        ),
        PublishedNetwork(
            "southern-women",
            "18 women of Natchez, Mississippi, in the 1930s; projected from the record of who came to which of 14 "
            "social events: two women are related if they attended an event together, weight is the number of such "
            "events",
            "Davis, Gardner & Gardner 1941, Deep South; projected from women by events to women",
            _southern_women,
        ),
    )
}
