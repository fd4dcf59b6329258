"""What a case's events do to a population, and whom to look at in it."""

from __future__ import annotations

import math
from dataclasses import dataclass

from simulation.cases.model import Case, Event
from simulation.cases.parameters import TRAITS, override
from simulation.cases.roster import Roster
from simulation.population.population import Population


@dataclass(frozen=True)
class Happening:
    """An event whose people are found.

    Attributes:
        tick: It takes effect before this tick of the run.
        event: What the case says about it.
        person: Number of the person to whom it happens.
        other: Number of the other person, or None.
    """

    tick: int
    event: Event
    person: int
    other: int | None

    def takes_place(self, population: Population) -> bool:
        """Whether it happens at all: an event of two people who must be in touch for it does only if they are."""
        if not self.event.only_in_touch or self.other is None:
            return True
        return population.tie_value(population.tie(self.person, self.other), "alive") > 0.5

    def take_effect(self, population: Population) -> None:
        """Change parameters and ties as the event says; felt rejection and acceptance are left to the loop.

        A tie that life itself begins or ends (`alive`) is no longer one that the two have broken.
        """
        if self.event.set_person:
            before = {name: population.value(self.person, name) for name in TRAITS}
            after = dict(before)
            override(after, self.event.set_person)
            for name, value in after.items():
                if value != before[name]:
                    population.set_value(self.person, name, value)
        if self.other is None:
            return
        both = self.event.set_tie
        for owner, whom, own in (
            (self.person, self.other, self.event.set_from_person),
            (self.other, self.person, self.event.set_from_other),
        ):
            fields = {**both, **own}
            if fields:
                tie = population.tie(owner, whom)
                for name, value in fields.items():
                    population.set_tie_value(tie, name, value)
                if "alive" in fields:
                    population.set_tie_value(tie, "ruptured", 0.0)


def happenings(case: Case) -> list[Happening]:
    """Return the events of a case in the order in which they take effect; those of one tick as the case has them.

    An event takes effect before the tick within which its moment lies.
    """
    roster = Roster(case)
    found = [
        Happening(
            tick=math.floor(event.day / case.dt + 1e-9),
            event=event,
            person=roster.number(event.person),
            other=None if event.other is None else roster.number(event.other),
        )
        for event in case.events
    ]
    return sorted(found, key=lambda happening: happening.tick)


def focal_person(case: Case) -> int:
    """Return the number of the person whom the case is about.

    Where the case does not say, it is the first of those who have the rarest profile other than "ordinary", or
    person 0 if everyone is ordinary.
    """
    return Roster(case).focal()


def watched_people(case: Case) -> list[int]:
    """Return the numbers of the people to record in detail: those to watch, else the focal one and their ties."""
    roster = Roster(case)
    if case.watch:
        return [roster.number(name) for name in case.watch]
    focal = roster.focal()
    return [focal, *roster.neighbours(focal)]
