"""From a case to a population: everyone's parameters, and both directions of every relationship, as arrays."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from simulation.cases.model import Case
from simulation.cases.parameters import CONSTANTS, TRAITS, Values, override
from simulation.cases.profiles import profile_values
from simulation.cases.relationships import ties_of
from simulation.cases.roster import Roster
from simulation.cases.variety import Column, network_seed, vary
from simulation.population.blueprint import Blueprint
from simulation.population.population import Population

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def blueprint_of(case: Case) -> Blueprint:
    """Return the people and ties of a case as they are when a run starts.

    People are numbered: first the members of the network in their order, then the people who are not members, in the
    order of the case. Nobody's luck and nobody's traits depend on who else there is, save for the network itself.

    Raises:
        InputError: The network cannot be had as described.
    """
    roster = Roster(case)
    ties = ties_of(roster)
    return Blueprint(
        n=roster.n,
        identities=roster.identities(),
        tie_owner=ties.owner,
        tie_other=ties.other,
        tie_wish=ties.wish,
        person_values=values_of(roster),
        tie_values=ties.fields,
        person_constants=constants_of(roster),
        names=roster.names,
    )


def build_population(case: Case) -> Population:
    """Return the population of a case as it is when a run starts; see :func:`blueprint_of`.

    Raises:
        InputError: The network cannot be had as described.
    """
    return blueprint_of(case).build(case.seed)


def values_of(roster: Roster) -> dict[str, Column]:
    """Return everyone's traits and start values: profile, then the network's, then chance, then the person's own.

    Returns:
        By name, one number for everyone or float64 of shape [n].
    """
    case, (names, index) = roster.case, roster.profiles
    tables = [profile_values(name, case.profiles)[0] for name in names]
    values: dict[str, Column] = {name: _looked_up([table[name] for table in tables], index) for name in TRAITS}
    if case.network is not None:
        if case.network.values:
            _override_members(values, case.network.values, tables, index[: roster.members], roster.n)
        vary(values, case.network.spread, network_seed(case), roster.members, roster.n)
    for person in case.people:
        if person.values:
            number = roster.number(person.name)
            before = {name: _entry(values[name], number) for name in TRAITS}
            after = dict(before)
            override(after, person.values)
            for name in after:
                if after[name] != before[name]:
                    _writable(values, name, roster.n)[number] = after[name]
    return values


def _override_members(values: dict[str, Column], given: Values, tables: list[Values], index: Ints, n: int) -> None:
    """Set what is given for all members of the network, in place."""
    changed = [dict(table) for table in tables]
    for table in changed:
        override(table, given)
    for name in TRAITS:
        if any(new[name] != old[name] for new, old in zip(changed, tables, strict=True)):
            _writable(values, name, n)[: index.size] = _looked_up([table[name] for table in changed], index)


def constants_of(roster: Roster) -> dict[str, Column]:
    """Return constants and gains that differ: everyone's, the profile's, the network's, the person's; lesions cut all.

    Returns:
        By name, one number for everyone or float64 of shape [n].
    """
    case, (names, index) = roster.case, roster.profiles
    changes = [profile_values(name, case.profiles)[1] for name in names]
    constants: dict[str, Column] = {}
    for name, quantity in CONSTANTS.items():
        everyone = case.constants.get(name, quantity.default)
        constants[name] = _looked_up([changed.get(name, everyone) for changed in changes], index)
    if case.network is not None:
        for name in case.network.values.keys() & CONSTANTS.keys():
            _writable(constants, name, roster.n)[: roster.members] = case.network.values[name]
    for person in case.people:
        for name in person.values.keys() & CONSTANTS.keys():
            _writable(constants, name, roster.n)[roster.number(person.name)] = person.values[name]
    constants |= dict.fromkeys(case.lesions, 0.0)
    return {name: value for name, value in constants.items() if not _is(value, CONSTANTS[name].default)}


def _looked_up(by_profile: list[float], index: Ints) -> Column:
    """Return one number if all profiles agree, else everyone's."""
    if all(value == by_profile[0] for value in by_profile):
        return float(by_profile[0])
    column: Floats = np.array(by_profile, dtype=np.float64)[index]
    return column


def _writable(table: dict[str, Column], name: str, n: int) -> Floats:
    """Return a column of a table as float64 of shape [n] that can be written to."""
    column = table[name]
    if isinstance(column, float):
        column = table[name] = np.full(n, column)
    return column


def _entry(column: Column, number: int) -> float:
    return column if isinstance(column, float) else float(column[number])


def _is(column: Column, value: float) -> bool:
    return isinstance(column, float) and column == value
