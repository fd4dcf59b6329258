"""The values of a design written into the columns of many runs that lie side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from simulation.cases.parameters import CONVENIENCES
from simulation.cases.settings import EVERYONE
from simulation.population.blueprint import Blueprint, side_by_side
from simulation.studies.targets import CONSTANT, CUT, FOCAL, NO_LESION, PERSON, TIE, Target, touched_by
from simulation.studies.variants import Variant
from simulation.theory.layout import CONSTANT as CONSTANTS
from simulation.theory.layout import PERSON as PEOPLE
from simulation.theory.layout import TIE as TIES

Levels = Mapping[str, Any]
"""By factor: [runs] values, or words."""


@dataclass(frozen=True)
class Side:
    """Runs side by side, before they are built.

    Attributes:
        variants: [runs] what each was made from.
        blueprint: All of them.
        first: [runs] number of the first person.
        size: [runs] number of people.
        focal: [runs] number of the person each is about.
    """

    variants: Sequence[Variant]
    blueprint: Blueprint
    first: Any
    size: Any
    focal: Any

    @property
    def run_of(self) -> Any:
        """[people] which run each person belongs to."""
        return np.repeat(np.arange(len(self.size)), self.size)

    def people(self, who: str) -> Any:
        """[runs] number of a person by name, of the focal ones by FOCAL."""
        if who == FOCAL:
            return self.focal
        local = {id(v): v.number(who) for v in self.variants}
        return self.first + np.array([local[id(v)] for v in self.variants])


def laid_out(variants: Sequence[Variant]) -> Side:
    """Lay runs side by side; those of one variant are repeated without looking at each."""
    size = np.array([variant.blueprint.n for variant in variants], dtype=np.int64)
    if all(variant is variants[0] for variant in variants):
        whole = variants[0].blueprint.repeated(len(variants))
        first = np.cumsum(size) - size
    else:
        whole, first = side_by_side([variant.blueprint for variant in variants])
    return Side(variants, whole, first, size, first + np.array([variant.focal for variant in variants]))


def with_levels(side: Side, targets: Sequence[Target], levels: Levels) -> Blueprint:
    """Return the blueprint of runs side by side, each with its levels of the factors."""
    blueprint = side.blueprint
    by_kind = {
        kind: [t for t in targets if t.kind == kind and t.factor in levels] for kind in (PERSON, CONSTANT, CUT, TIE)
    }
    people = _people_columns(side, by_kind[PERSON], levels)
    constants = _constant_columns(side, by_kind[CONSTANT], by_kind[CUT], levels)
    if people or constants:
        blueprint = blueprint.with_values(people, constants)
    return replace(blueprint, tie_values=_tie_columns(side, by_kind[TIE], levels)) if by_kind[TIE] else blueprint


def _rows(side: Side, who: str, values: Any) -> tuple[Any, Any]:
    """Numbers of the people a target speaks of, and the value of each."""
    if who == EVERYONE:
        return slice(None), np.repeat(values, side.size)
    return side.people(who), values


def _writable(table: Mapping[str, Any], name: str, n: int, default: float) -> Any:
    return np.array(np.broadcast_to(np.asarray(table.get(name, default), dtype=float), n))


def _people_columns(side: Side, targets: Sequence[Target], levels: Levels) -> dict[str, Any]:
    """Plain parameters first, then conveniences in their order, as in a case."""
    blueprint, columns = side.blueprint, {}

    def column(name: str) -> Any:
        if name not in columns:
            columns[name] = _writable(blueprint.person_values, name, blueprint.n, PEOPLE[name].default)
        return columns[name]

    for target in targets:
        if target.key not in CONVENIENCES:
            rows, values = _rows(side, target.who, levels[target.factor])
            column(target.key)[rows] = values
    for name, convenience in CONVENIENCES.items():
        for target in (t for t in targets if t.key == name):
            rows, values = _rows(side, target.who, levels[target.factor])
            touched = sorted(touched_by(name))
            before = np.stack([column(key)[rows] for key in touched], axis=1)
            kinds, which = np.unique(np.column_stack([before, values]), axis=0, return_inverse=True)
            after = np.empty((len(kinds), len(touched)))
            for i, kind in enumerate(kinds.tolist()):  # once for each level, however many runs have it
                table = dict(zip(touched, kind, strict=False))
                convenience.apply(table, kind[-1])
                after[i] = [table[key] for key in touched]
            for j, key in enumerate(touched):
                column(key)[rows] = after[which.reshape(-1), j]
    return columns


def _constant_columns(side: Side, targets: Sequence[Target], cuts: Sequence[Target], levels: Levels) -> dict[str, Any]:
    blueprint, columns = side.blueprint, {}

    def column(name: str) -> Any:
        if name not in columns:
            columns[name] = _writable(blueprint.person_constants, name, blueprint.n, CONSTANTS[name].default)
        return columns[name]

    for target in targets:
        rows, values = _rows(side, target.who, levels[target.factor])
        column(target.key)[rows] = values
    for target in cuts:
        words = np.array(levels[target.factor])
        for word in sorted(set(words.tolist()) - {NO_LESION}):
            column(word)[np.repeat(words == word, side.size)] = 0.0
    return columns


def _tie_columns(side: Side, targets: Sequence[Target], levels: Levels) -> dict[str, Any]:
    blueprint = side.blueprint
    tables = dict(blueprint.tie_values)
    counts = np.array([len(variant.blueprint.tie_owner) for variant in side.variants])
    start = np.cumsum(counts) - counts
    for target in targets:
        local = {id(v): v.tie(target.who, target.whom) for v in side.variants}
        rows = start + np.array([local[id(v)] for v in side.variants])
        column = _writable(tables, target.key, len(blueprint.tie_owner), TIES[target.key].default)
        column[rows] = levels[target.factor]
        tables[target.key] = column
    return tables


def set_people(population: Any, rows: Any, name: str, values: Any) -> None:
    """Change one quantity of some people of a running population, [people] numbers and values."""
    from simulation.theory.layout import LANES

    offset = PEOPLE[name].offset
    population.world.persons[rows // LANES, offset + rows % LANES] = values
