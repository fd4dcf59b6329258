"""The catalogue of generated networks, and the one function that builds them."""

from __future__ import annotations

import math
import numbers
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from simulation.errors import InputError, nearest, quoted, quoted_list
from simulation.network import generators
from simulation.network.graph import SocialGraph

MAX_PEOPLE = 100_000_000
MAX_RELATIONSHIPS = 100_000_000  # some 5 GB while building


@dataclass(frozen=True)
class Option:
    """One number a topology is given: its default, the closed interval it lies in, and what it means."""

    default: float
    low: float
    high: float
    meaning: str
    whole: bool = False
    even: bool = False


@dataclass(frozen=True)
class Topology:
    """One way to draw a network: what it is, where it is from, what it takes, and the rule itself.

    Attributes:
        name: What a case file calls it.
        meaning: One line for people who choose.
        source: Literature, or "—" for shapes that need none.
        rule: The generator, called with the number of people, a numpy `Generator` and the options.
        options: The numbers it takes besides people and seed, by name.
    """

    name: str
    meaning: str
    source: str
    rule: Callable[..., generators.Pairs]
    options: dict[str, Option] = field(default_factory=dict)


_DEGREE = "people a person has a relationship with, on average"
_ANY_DEGREE = Option(4, 0, math.inf, _DEGREE)
_EVEN_DEGREE = Option(4, 2, math.inf, f"{_DEGREE}; an even number", whole=True, even=True)

_ALL = (
    Topology(
        "ring",
        "a circle; everyone knows the same number of people on either side",
        "—",
        generators.ring,
        {"mean_degree": _EVEN_DEGREE},
    ),
    Topology(
        "small-world",
        "a ring in which some relationships lead to random other people: clustered, yet short paths",
        "Watts & Strogatz 1998, Nature 393:440",
        generators.small_world,
        {"mean_degree": _EVEN_DEGREE, "rewiring": Option(0.1, 0, 1, "chance that a relationship is rewired")},
    ),
    Topology(
        "random",
        "relationships between people chosen by chance alone, an exact number of them",
        "Erdős & Rényi 1959, Publ. Math. Debrecen 6:290",
        generators.random_pairs,
        {"mean_degree": _ANY_DEGREE},
    ),
    Topology(
        "scale-free",
        "newcomers prefer people who already know many: few hubs, many with few (mean degree is approached from below)",
        "Barabási & Albert 1999, Science 286:509",
        generators.scale_free,
        {"mean_degree": _EVEN_DEGREE},
    ),
    Topology(
        "communities",
        "groups of equal size whose members mostly know each other",
        "planted partition: Condon & Karp 2001, Random Struct. Algor. 18:116, with exact numbers of relationships",
        generators.planted_communities,
        {
            "mean_degree": _ANY_DEGREE,
            "communities": Option(4, 2, math.inf, "number of groups, each of at least two people", whole=True),
            "mixing": Option(0.1, 0, 1, "share of relationships that lead to another group"),
        },
    ),
    Topology("lattice", "neighbours on a square floor: left, right, before, behind", "—", generators.lattice),
    Topology("complete", "everyone knows everyone", "—", generators.complete),
    Topology("star", "one person whom all others know, and nobody else", "—", generators.star),
    Topology("pairs", "couples who know only each other; an even number of people", "—", generators.pairs),
)

TOPOLOGIES: dict[str, Topology] = {topology.name: topology for topology in _ALL}


def build_topology(name: str, n: int, seed: int, **options: float) -> SocialGraph:
    """Build a generated network; the same arguments always give the same network.

    Args:
        name: One of `TOPOLOGIES`.
        n: People, from 2 to 100,000,000.
        seed: Whole number from 0 to 2⁶⁴ - 1.
        **options: What the topology takes (`TOPOLOGIES[name].options`): `mean_degree`, `rewiring`, `communities`,
            `mixing`. Options left out have their defaults.

    Returns:
        Graph of `n` unnamed people. "communities" adds the person column `community`.

    Raises:
        InputError: An unknown name or option, a value out of bounds, options that do not fit each other or `n`, or
            more than 100,000,000 relationships.
    """
    if name not in TOPOLOGIES:
        known = f"there are {quoted_list(TOPOLOGIES, limit=20)}"
        raise InputError(f"there is no topology called {quoted(name)}{nearest(name, TOPOLOGIES)}; {known}")
    topology = TOPOLOGIES[name]
    n = int(_number("n", n, Option(0, 2, MAX_PEOPLE, "people", whole=True), name))
    seed = int(_number("seed", seed, Option(0, 0, 2**64 - 1, "the seed", whole=True), name))
    values = _options(topology, options)
    _check_fit(topology, n, values)
    first, second = topology.rule(n, np.random.Generator(np.random.PCG64(seed)), **values)
    person: dict[str, list[Any]] = {}
    if "communities" in values:
        person["community"] = generators.community_of(n, int(values["communities"])).tolist()
    told = ", ".join(f"{key}={value:g}" for key, value in values.items())
    source = f"{name} (n={n}{', ' if told else ''}{told}, seed={seed})"
    return SocialGraph(
        n_people=n, first=first.astype(np.int32), second=second.astype(np.int32), person=person, source=source
    )


def _options(topology: Topology, given: dict[str, float]) -> dict[str, float]:
    for key in given:
        if key not in topology.options:
            takes = quoted_list(topology.options) or "no options"
            wrong = f"the topology {topology.name} has no option called {quoted(key)}"
            raise InputError(f"{wrong}{nearest(key, topology.options)}; it takes {takes}")
    return {
        key: _number(key, given.get(key, option.default), option, topology.name)
        for key, option in topology.options.items()
    }


def _number(key: str, value: object, option: Option, topology: str) -> float:
    """Return `value` as a number within the bounds of its option, as int where it has to be whole."""
    if option.even:
        allowed = f"an even number from {option.low:,g} upwards"
    else:
        kind = "a whole number" if option.whole else "a number"
        allowed = f"{kind} from {option.low:,g} " + ("upwards" if option.high == math.inf else f"to {option.high:,}")
    read = math.nan  # fits no bounds
    if isinstance(value, numbers.Real) and not isinstance(value, bool):
        read = int(value) if isinstance(value, numbers.Integral) else float(value)
    fits = option.low <= read <= option.high and math.isfinite(read)
    if not fits or (option.whole and read % 1) or (option.even and read % 2):
        shown = quoted(value) if isinstance(value, str) else value
        raise InputError(f"{key} = {shown} (topology {topology}) cannot be used; it is {allowed}")
    return int(read) if option.whole else float(read)


def _check_fit(topology: Topology, n: int, values: dict[str, float]) -> None:
    """Check what no option can know alone: how it fits the number of people."""
    name = topology.name
    if name == "pairs" and n % 2:
        raise InputError(f"n = {n} (topology pairs) leaves one person alone; couples need an even number of people")
    if 2 * values.get("communities", 0) > n:
        groups = int(values["communities"])
        raise InputError(f"communities = {groups} with n = {n} (topology {name}): each needs at least two people")
    relationships = n * (n - 1) / 2 if name == "complete" else 2 * n
    if "mean_degree" in values:
        degree = values["mean_degree"]
        relationships = n * degree / 2
        if degree >= n:
            raise InputError(f"mean_degree = {degree:g} with n = {n} (topology {name}): it has to be below n")
        if abs(relationships - round(relationships)) > 1e-9 * relationships or relationships < 1:
            raise InputError(
                f"mean_degree = {degree:g} with n = {n} (topology {name}) would need {relationships:g} relationships; "
                "n times mean_degree has to be an even number from 2 upwards"
            )
    if relationships > MAX_RELATIONSHIPS:
        raise InputError(
            f"{name} with n = {n:,} would have about {relationships:,.0f} relationships; at most {MAX_RELATIONSHIPS:,}"
        )
