"""Everyone in a case: their numbers, names and profiles."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from simulation.cases.members import graph_of
from simulation.cases.model import Case
from simulation.cases.profiles import ORDINARY
from simulation.cases.variety import draw_profiles, network_seed

if TYPE_CHECKING:
    from simulation.network import SocialGraph

Ints = NDArray[np.int64]
_WORDS = 2**32


class Roster:
    """Everyone in a case, numbered: first the members of the network, then the other people in the case's order.

    Attributes:
        case: The case.
        graph: The social graph of its network, or None.
        members: How many members the network has.
        n: How many people there are.
        names: Their names, or None when all are members of a generated network.

    Raises:
        InputError: The network cannot be had as described.
    """

    def __init__(self, case: Case) -> None:
        self.case = case
        self.graph: SocialGraph | None = None if case.network is None else graph_of(case.network, case.seed)
        self.members = 0 if self.graph is None else self.graph.n_people
        named = None if self.graph is None else self.graph.names
        self.generated = self.graph is not None and named is None
        self._number = {name: i for i, name in enumerate(named or ())}
        newcomers = [person.name for person in case.people if self._member(person.name) is None]
        self._number |= {name: self.members + i for i, name in enumerate(newcomers)}
        self.n = self.members + len(newcomers)
        self.names: list[str] | None = [*(named or ()), *newcomers]
        if self.generated:
            self.names = [f"person-{i}" for i in range(self.members)] + newcomers if newcomers else None

    def _member(self, name: str) -> int | None:
        """Return the number of a member of the network, or None for anybody else."""
        if not self.generated:
            return self._number.get(name)
        digits = name.removeprefix("person-")
        plain = digits != name and digits.isascii() and digits.isdigit() and str(int(digits[:12])) == digits
        return int(digits) if plain and int(digits) < self.members else None

    def number(self, name: str) -> int:
        """Return the number of a person by name; the case has seen to it that there is one."""
        number = self._member(name)
        return self._number[name] if number is None else number

    def identities(self) -> Ints:
        """Return stable numbers below 2³² that key everyone's luck, int64 of shape [n].

        Members of a generated network have their number, all others the CRC-32 of their name; should two be equal,
        the later person gets that of the name with a mark behind it.
        """
        unnamed = self.members if self.generated else 0
        named = [] if self.names is None else self.names[unnamed:]
        hashed = np.fromiter((zlib.crc32(name.encode()) for name in named), dtype=np.int64, count=len(named))
        if len(set(hashed.tolist())) < len(hashed) or (hashed < unnamed).any():
            hashed = without_collisions(named, unnamed, zlib.crc32)
        return np.concatenate([np.arange(unnamed, dtype=np.int64), hashed])

    @cached_property
    def profiles(self) -> tuple[list[str], Ints]:
        """Names of profiles, and for each person the index of theirs, int64 of shape [n]."""
        names, index = [ORDINARY], np.zeros(self.n, dtype=np.int64)
        if self.case.network is not None:
            names, drawn = draw_profiles(self.case.network, network_seed(self.case), self.members)
            index[: self.members] = drawn
        for person in self.case.people:
            if person.profile is not None:
                if person.profile not in names:
                    names.append(person.profile)
                index[self.number(person.name)] = names.index(person.profile)
        return names, index

    def focal(self) -> int:
        """Return the number of the person whom the case is about.

        Where the case does not say, it is the first of those who have the rarest profile other than "ordinary", or
        person 0 if everyone is ordinary.
        """
        if self.case.focal is not None:
            return self.number(self.case.focal)
        names, index = self.profiles
        counts = np.bincount(index, minlength=len(names))
        there = [i for i, name in enumerate(names) if name != ORDINARY and counts[i] > 0]
        return int(np.argmax(index == min(there, key=lambda i: int(counts[i])))) if there else 0

    def neighbours(self, person: int) -> list[int]:
        """Return the numbers of those with whom a person has or may have a tie, acquaintances left out."""
        found = {self.number(one) for tie in self.case.ties for one in tie.pair if person in map(self.number, tie.pair)}
        if self.graph is not None:
            found |= set(self.graph.second[self.graph.first == person].tolist())
            found |= set(self.graph.first[self.graph.second == person].tolist())
        return sorted(found - {person})


def without_collisions(names: Sequence[str], taken_below: int, hashed: Callable[[bytes], int]) -> Ints:
    """Return one number per name, all different and none below `taken_below`; earlier names keep theirs."""
    numbers = np.empty(len(names), dtype=np.int64)
    taken: set[int] = set()
    for i, name in enumerate(names):
        text, number = name, hashed(name.encode())
        while number in taken or number < taken_below:
            text += "'"
            number = hashed(text.encode()) % _WORDS
        taken.add(number)
        numbers[i] = number
    return numbers
