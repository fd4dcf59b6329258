"""Who knows whom: a social graph as plain arrays, whatever it came from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from simulation.errors import InputError, quoted

if TYPE_CHECKING:
    import networkx

MAX_NAME = 100  # characters in the name of a person
MAX_PEOPLE = 2**31 - 1  # people are numbered with 32-bit integers


@dataclass(frozen=True, eq=False, repr=False, kw_only=True)
class SocialGraph:
    """People and the relationships between them.

    A relationship is stored once, whoever began it; the population makes two directed ties of it. On construction
    the relationships are turned so that `first < second` and sorted, so that the graph does not depend on the order
    in which they were given, and everything is checked. The arrays cannot be written to.

    Attributes:
        n_people: How many people; they are numbered from 0.
        first: One person of each relationship, int32 of shape [relationships].
        second: The other person, int32 of shape [relationships]; always above `first`.
        names: One name per person (non-empty, stripped, at most 100 characters, all different), or None for people
            who are called "person-0", "person-1" and so on.
        edge: Numbers per relationship by column name, each float64 of shape [relationships], finite. Columns known
            to the rest of the project are `weight` (closeness), `bond` and `contact_rate`.
        edge_kind: What each relationship is ("friend", "sister"; None where not stated), or None when none is stated.
        person: Columns about people by name, each a list of length `n_people`.
        source: How the graph came to be, for captions and records.

    Raises:
        InputError: Nobody or no relationship at all, a person beyond `n_people`, a tie of a person to themselves, a
            relationship given twice, a column of the wrong length, a number that is not finite, or unusable names.
    """

    n_people: int
    first: NDArray[np.int32]
    second: NDArray[np.int32]
    names: tuple[str, ...] | None = None
    edge: dict[str, NDArray[np.float64]] = field(default_factory=dict)
    edge_kind: Sequence[str | None] | None = None
    person: dict[str, list[Any]] = field(default_factory=dict)
    source: str = "given in Python"

    def __post_init__(self) -> None:
        """Check everything, then put the relationships in their one order."""
        if not isinstance(self.n_people, (int, np.integer)) or not 1 <= self.n_people <= MAX_PEOPLE:
            raise InputError(f"a network has a whole number of people, from 1 to {MAX_PEOPLE:,}, not {self.n_people}")
        object.__setattr__(self, "n_people", int(self.n_people))
        if self.names is not None:
            object.__setattr__(self, "names", tuple(self.names))
            self._check_names(self.names)
        first, second = self._endpoints()
        low, high = np.minimum(first, second), np.maximum(first, second)
        key = low * self.n_people + high
        order: NDArray[np.intp] | None = None
        if np.any(key[1:] < key[:-1]):
            order = np.argsort(key, kind="stable")
            key = key[order]
        again = np.flatnonzero(key[1:] == key[:-1])
        if again.size:
            one, other = divmod(int(key[again[0]]), self.n_people)
            pair = f"{quoted(self.name(one))} and {quoted(self.name(other))}"
            raise InputError(f"the relationship between {pair} is given twice; give each relationship once")
        self._freeze("first", (key // self.n_people).astype(np.int32))
        self._freeze("second", (key % self.n_people).astype(np.int32))
        self._set_columns(order)

    def _endpoints(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        ends = np.asarray(self.first), np.asarray(self.second)
        if any(a.ndim != 1 or (a.size and a.dtype.kind not in "iu") for a in ends) or ends[0].size != ends[1].size:
            raise InputError("a network needs `first` and `second`: two lists of person numbers of the same length")
        if not ends[0].size:
            raise InputError(f"a network needs at least one relationship; {_count(self.n_people, 'person')} have none")
        first, second = ends[0].astype(np.int64), ends[1].astype(np.int64)
        for person in (int(min(first.min(), second.min())), int(max(first.max(), second.max()))):
            if not 0 <= person < self.n_people:
                allowed = f"people are numbered 0 to {self.n_people - 1}"
                raise InputError(f"a relationship names person number {person}, who does not exist; {allowed}")
        alone = np.flatnonzero(first == second)
        if alone.size:
            who = quoted(self.name(int(first[alone[0]])))
            raise InputError(f"{who} has a tie to themselves; a relationship joins two different people")
        return first, second

    def _check_names(self, names: tuple[str, ...]) -> None:
        if len(names) != self.n_people:
            raise InputError(f"{len(names)} names are given for {_count(self.n_people, 'person')}; give one each")
        for number, name in enumerate(names):
            check_name(name, f"person number {number}")
        if len(set(names)) < len(names):
            seen: set[str] = set()
            twice = next(name for name in names if name in seen or seen.add(name))  # type: ignore[func-returns-value]
            raise InputError(f"two people are called {quoted(twice)}; every person needs a name of their own")

    def _set_columns(self, order: NDArray[np.intp] | None) -> None:
        edge = {}
        for column, given in self.edge.items():
            values = np.array(given, dtype=np.float64)
            self._check_length(column, values.shape, (self.first.size,), "relationship")
            values = values if order is None else values[order]
            wrong = np.flatnonzero(~np.isfinite(values))
            if wrong.size:
                one, other = (quoted(self.name(ends[wrong[0]])) for ends in (self.first, self.second))
                raise InputError(f"{column} = {values[wrong[0]]} ({one} and {other}) is not a finite number")
            values.flags.writeable = False
            edge[column] = values
        object.__setattr__(self, "edge", edge)
        if self.edge_kind is not None:
            kinds = tuple(self.edge_kind)
            self._check_length("edge_kind", (len(kinds),), (self.first.size,), "relationship")
            object.__setattr__(self, "edge_kind", kinds if order is None else tuple(kinds[i] for i in order))
        for column, people in self.person.items():
            self._check_length(column, (len(people),), (self.n_people,), "person")
        object.__setattr__(self, "person", {column: list(people) for column, people in self.person.items()})

    @staticmethod
    def _check_length(column: str, shape: tuple[int, ...], wanted: tuple[int, ...], each: str) -> None:
        if shape != wanted:
            raise InputError(f"the column {quoted(column)} has shape {shape}; it needs one value per {each}, {wanted}")

    def _freeze(self, name: str, values: NDArray[Any]) -> None:
        values.flags.writeable = False
        object.__setattr__(self, name, values)

    @property
    def n_relationships(self) -> int:
        """How many relationships, each counted once."""
        return int(self.first.size)

    def name(self, i: int) -> str:
        """Return what person number `i` is called."""
        return f"person-{i}" if self.names is None else self.names[i]

    def degrees(self) -> NDArray[np.int64]:
        """Return how many people each person has a relationship with, int64 of shape [n_people]."""
        counted = np.bincount(self.first, minlength=self.n_people)
        counted += np.bincount(self.second, minlength=self.n_people)
        return counted

    def mean_degree(self) -> float:
        """Return how many people a person has a relationship with on average."""
        return 2 * self.n_relationships / self.n_people

    def components(self) -> int:
        """Return how many separate parts there are; a person without relationships is a part of their own."""
        from scipy.sparse import coo_array
        from scipy.sparse.csgraph import connected_components

        there = np.ones(self.n_relationships, dtype=np.int8)
        shape = (self.n_people, self.n_people)
        matrix = coo_array((there, (self.first, self.second)), shape=shape)
        return int(connected_components(matrix, directed=False)[0])

    def describe(self) -> str:
        """Return one sentence such as "34 people, 78 relationships, one component"."""
        parts = self.components()
        how = "one component" if parts == 1 else f"{parts:,} components without a path between them"
        return f"{_count(self.n_people, 'person')}, {_count(self.n_relationships, 'relationship')}, {how}"

    def to_networkx(self) -> networkx.Graph:
        """Return a `networkx.Graph` whose nodes are 0 to n_people - 1.

        A node has the person columns and the name as `label`; an edge has the edge columns and `kind` where stated.
        For analysis and files; a million people take some 10 seconds and 3 GB.
        """
        import networkx

        graph: networkx.Graph = networkx.Graph()
        for i in range(self.n_people):
            about = {column: values[i] for column, values in self.person.items() if values[i] is not None}
            graph.add_node(i, **{**about, "label": self.name(i)})
        columns = {column: values.tolist() for column, values in self.edge.items()}
        for e, (i, j) in enumerate(zip(self.first.tolist(), self.second.tolist(), strict=True)):
            graph.add_edge(i, j, **{column: values[e] for column, values in columns.items()})
            if self.edge_kind is not None and self.edge_kind[e] is not None:
                graph.edges[i, j]["kind"] = self.edge_kind[e]
        return graph

    def positions(self, seed: int = 0) -> NDArray[np.float64]:
        """Return where to draw each person, float64 of shape [n_people, 2] within [-1, 1]; see `layout`."""
        from simulation.network.layout import positions

        return positions(self, seed)

    def __repr__(self) -> str:
        """Return people, relationships and source, on one line."""
        size = f"{_count(self.n_people, 'person')}, {_count(self.n_relationships, 'relationship')}"
        return f"<SocialGraph: {size}; {self.source}>"


def check_name(name: object, where: str) -> str:
    """Return `name` stripped of spaces around it, if a person can be called that.

    Raises:
        InputError: Not text, empty, longer than 100 characters, or not writable as UTF-8. `where` tells the user
            whose name it is.
    """
    if not isinstance(name, str):
        raise InputError(f"the name of a person is text, not {quoted(name)} ({where})")
    stripped = name.strip()
    if not stripped:
        raise InputError(f"the name of a person is empty ({where}); it needs 1 to {MAX_NAME} characters")
    if len(stripped) > MAX_NAME:
        raise InputError(f"the name {quoted(stripped)} has {len(stripped)} characters ({where}); at most {MAX_NAME}")
    if not stripped.isascii():
        try:
            stripped.encode("utf-8")
        except UnicodeEncodeError:
            raise InputError(f"the name {quoted(stripped)} contains half a character ({where})") from None
    return stripped


def _count(number: int, of: str) -> str:
    plural = {"person": "people"}.get(of, of + "s")
    return f"{number:,} {of if number == 1 else plural}"
