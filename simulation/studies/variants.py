"""Populations that a study needs: one for each shape of the network, each built once and repeated."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from simulation.cases.build import blueprint_of
from simulation.cases.model import Case
from simulation.cases.read import checked
from simulation.cases.roster import Roster
from simulation.cases.settings import configure
from simulation.population.blueprint import Blueprint
from simulation.studies.model import Level
from simulation.studies.targets import EVENT, FOCAL, STRUCTURE, TREATMENT, UNTREATED, Target

KEPT_PEOPLE = 400_000
"""People of all variants kept in memory."""


@dataclass(frozen=True)
class Variant:
    """One case made ready to be repeated.

    Attributes:
        case: The case, configured.
        roster: Who is who.
        blueprint: Its people and ties.
        focal: Number of the person it is about.
    """

    case: Case
    roster: Roster
    blueprint: Blueprint
    focal: int

    def number(self, who: str) -> int:
        """Number of a person by name, of the focal one by FOCAL."""
        return self.focal if who == FOCAL else self.roster.number(who)

    def tie(self, who: str, whom: str) -> int:
        """Index of the tie from one person to another among those of the blueprint."""
        pair = (self.number(who), self.number(whom))
        found = np.flatnonzero((self.blueprint.tie_owner == pair[0]) & (self.blueprint.tie_other == pair[1]))
        if not len(found):
            from simulation.errors import InputError, quoted

            raise InputError(f"there is no tie from {quoted(who)} to {quoted(whom)} in case {self.case.name}")
        return int(found[0])


class Variants:
    """Variants of a case by what makes them differ, made when first needed.

    Args:
        case: The case with all that holds for every run.
        targets: What the factors change; those that change the network or an event's day make variants.
    """

    def __init__(self, case: Case, targets: list[Target]) -> None:
        self.case = case
        self.targets = [target for target in targets if target.kind in (STRUCTURE, EVENT)]
        self.varied = case.network is not None and case.network.seed is None
        self._made: OrderedDict[tuple[object, ...], Variant] = OrderedDict()
        self._people = 0

    def only(self) -> Variant | None:
        """The one variant that serves every run, if nothing that varies changes the network or an event."""
        return None if self.targets or self.varied else self.get({}, 0)

    def get(self, levels: Mapping[str, Level], seed: int) -> Variant:
        """Return the variant for the levels of a point and the seed of a run.

        Raises:
            InputError: There is no such network.
        """
        key = (*(levels[target.factor] for target in self.targets), seed if self.varied else 0)
        if key in self._made:
            self._made.move_to_end(key)
            return self._made[key]
        made = self._make(levels, seed)
        self._made[key] = made
        self._people += made.blueprint.n
        while self._people > KEPT_PEOPLE and len(self._made) > 1:
            self._people -= self._made.popitem(last=False)[1].blueprint.n
        return made

    def _make(self, levels: Mapping[str, Level], seed: int) -> Variant:
        case = self.configured(levels, seed if self.varied else None)
        roster = Roster(case)
        return Variant(case, roster, blueprint_of(case), roster.focal())

    def configured(self, levels: Mapping[str, Level], seed: int | None) -> Case:
        """Return the case with the levels of structural factors, and a seed if one is given."""
        shapes = [t for t in self.targets if t.kind == STRUCTURE and t.who != TREATMENT]
        settings = [f"{t.factor}={_written(levels[t.factor])}" for t in shapes]
        case = configure(self.case, settings=settings, seed=seed) if settings or seed is not None else self.case
        treated = {t.key: levels[t.factor] for t in self.targets if t.who == TREATMENT}
        if treated:
            case = _treated(case, treated)
        days = {t.key: float(levels[t.factor]) for t in self.targets if t.kind == EVENT}
        if not days:
            return case
        data = case.model_dump()
        for event in data["events"]:
            event["day"] = days.get(event["mark"], event["day"])
        data["events"] = [event for event in data["events"] if event["day"] <= case.days]
        return checked(data, f"case {case.name}")


def _treated(case: Case, changes: Mapping[str, Level]) -> Case:
    """Return the case with another treatment, or something about it changed."""
    data = case.model_dump()
    about = data["treatment"]
    for key, value in changes.items():
        if not key:
            about["name"] = "" if value == UNTREATED else value
        elif key.startswith("doses."):
            about["doses"] = {**about["doses"], key.removeprefix("doses."): value}
        else:
            about[key] = value
    return checked(data, f"case {case.name}")


def _written(value: Level) -> str:
    return value if isinstance(value, str) else repr(float(value))
