"""Who the members of a case's network are: its social graph, and what can be known without drawing it."""

from __future__ import annotations

import re
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from simulation.cases.parameters import TIE_FIELDS
from simulation.errors import InputError, quoted

if TYPE_CHECKING:
    from simulation.cases.model import Network
    from simulation.network import SocialGraph

_GENERATED = re.compile(r"person-(0|[1-9][0-9]{0,9})")


class Members:
    """The names of a network's members, without making a list of millions of them."""

    def __init__(self, network: Network | None, case_seed: int) -> None:
        self.network = network
        self.seed = case_seed

    @cached_property
    def _known(self) -> _Known:
        assert self.network is not None
        return _known(self.network, self.seed)

    def __contains__(self, name: str) -> bool:
        if self.network is None:
            return False
        if self.network.topology is not None:
            match = _GENERATED.fullmatch(name)
            return match is not None and int(match[1]) < (self.network.n or 0)
        return name in self._known.number

    def number(self, name: str) -> int:
        """Return the number of a member in the social graph."""
        assert self.network is not None
        if self.network.topology is not None:
            return int(name.removeprefix("person-"))
        return self._known.number[name]

    def some(self) -> list[str]:
        """Return names to suggest when one is not found."""
        if self.network is None or self.network.topology is not None:
            return []
        return list(self._known.graph.names or ())

    def describe(self) -> str:
        """Return who the members are, for a message; '' when there are none."""
        if self.network is None:
            return ""
        if self.network.topology is not None:
            return f'"person-0" to "person-{(self.network.n or 1) - 1}"'
        names = self.some()
        return f"{len(names)} people, such as {quoted(names[0])}"

    def related(self, one: str, other: str) -> bool:
        """Return whether two people know each other in the network; a generated one is drawn for that."""
        if self.network is None or one not in self or other not in self:
            return False
        graph = self._known.graph
        low, high = sorted((self.number(one), self.number(other)))
        return bool(((graph.first == low) & (graph.second == high)).any())


def graph_of(network: Network, case_seed: int) -> SocialGraph:
    """Return who knows whom in a network.

    Members of a network from a file or from edges are in the natural order of their names, however they were given.
    The last few graphs are kept, so that asking again is free.

    Args:
        network: What the case says.
        case_seed: Seed of a generated network that has none of its own.

    Raises:
        InputError: The network cannot be had as described, or does not fit into memory.
    """
    return _known(network, case_seed).graph


class _Known:
    """A graph, and the number of each of its members by name."""

    def __init__(self, graph: SocialGraph) -> None:
        self.graph = graph

    @cached_property
    def number(self) -> dict[str, int]:
        return {name: i for i, name in enumerate(self.graph.names or ())}


def _known(network: Network, case_seed: int) -> _Known:
    fixed = network.topology is None
    seed = 0 if fixed else case_seed if network.seed is None else network.seed
    about = network.model_dump_json(
        include={"topology", "published", "file", "edges", "numbers", "names", "n", "mean_degree", "options"}
    )
    try:
        return _read_or_drawn(about, seed)
    except MemoryError:
        raise InputError("this network needs more memory than there is; take fewer people or relationships") from None


@lru_cache(maxsize=4)
def _read_or_drawn(about: str, seed: int) -> _Known:
    graph = _graph(about, seed)
    for column in ("bond", "contact_rate"):
        if column in graph.edge:
            _check_column(graph, column)
    return _Known(graph)


def _check_column(graph: SocialGraph, column: str) -> None:
    """Refuse numbers of relationships that no tie can have."""
    low, high = TIE_FIELDS[column].low, TIE_FIELDS[column].high
    values = graph.edge[column].tolist()
    wrong = next((e for e, value in enumerate(values) if not low <= value <= high), None)
    if wrong is not None:
        pair = f"{quoted(graph.name(int(graph.first[wrong])))} – {quoted(graph.name(int(graph.second[wrong])))}"
        raise InputError(f"{column} = {values[wrong]:g} of {pair} cannot be used; it must lie in [{low:g}, {high:g}]")


def _graph(about: str, seed: int) -> SocialGraph:
    from simulation.cases.model import Network
    from simulation.network import build_topology, load_published, read_network

    network = Network.model_validate_json(about, strict=True)
    if network.topology is not None:
        assert network.n is not None
        options = dict(network.options)
        if network.mean_degree is not None:
            options["mean_degree"] = network.mean_degree
        if "n" in options or "seed" in options or "name" in options:
            raise InputError(
                'the options of a network cannot have "name", "n" or "seed"; these stand beside the options'
            )
        return build_topology(network.topology, network.n, seed, **options)
    if network.published is not None:
        return load_published(network.published)
    if network.file is not None:
        return _in_order(read_network(network.file), network.names)
    return _from_edges(network)


def _from_edges(network: Network) -> SocialGraph:
    import numpy as np

    from simulation.network import SocialGraph

    assert network.edges is not None
    names = list(dict.fromkeys(name for edge in network.edges for name in edge))
    number = {name: i for i, name in enumerate(names)}
    ends = np.array([[number[one], number[other]] for one, other in network.edges], dtype=np.int32)
    graph = SocialGraph(
        n_people=len(names),
        first=ends[:, 0],
        second=ends[:, 1],
        names=tuple(names),
        edge={column: np.array(values) for column, values in network.numbers.items()},
        source="given in the case",
    )
    return _in_order(graph, network.names)


def _in_order(graph: SocialGraph, also: list[str]) -> SocialGraph:
    """Return the graph with its people, and some more, in the natural order of their names."""
    import numpy as np

    from simulation.network import SocialGraph

    names = [graph.name(i) for i in range(graph.n_people)]
    known = set(names)
    names += [name for name in dict.fromkeys(also) if name not in known]
    order = sorted(range(len(names)), key=lambda i: natural(names[i]))
    rank = np.empty(len(names), dtype=np.int32)
    rank[order] = np.arange(len(names), dtype=np.int32)
    return SocialGraph(
        n_people=len(names),
        first=rank[graph.first],
        second=rank[graph.second],
        names=tuple(names[i] for i in order),
        edge=graph.edge,
        source=graph.source,
    )


def natural(name: str) -> tuple[list[str | int], str]:
    """Return a key that sorts "p2" before "p10"."""
    parts = re.split("([0-9]+)", name)
    return [int(part) if i % 2 else part.casefold() for i, part in enumerate(parts)], name
