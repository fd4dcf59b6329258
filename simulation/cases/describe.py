"""A case in plain words."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping

from simulation.cases.members import graph_of
from simulation.cases.model import Case, Event, Network, PersonSpec, TieSpec
from simulation.cases.profiles import ORDINARY, all_profiles

WIDTH = 100
LISTED = 30  # people or ties written out; of more, only the first
_YEAR, _MONTH = 365.25, 30.44


def describe_case(case: Case) -> str:
    """Return what the case represents: who, how they stand to each other, what happens, for how long."""
    return "\n".join(_lines(case)) + "\n"


def _lines(case: Case) -> Iterator[str]:
    yield f"{case.name}: {case.title}" if case.title else case.name
    for text in (case.description, case.question and f"Question: {case.question}"):
        for paragraph in filter(None, text.split("\n\n")):
            yield ""
            yield from textwrap.wrap(paragraph, WIDTH)
    yield ""
    yield f"{case.days:g} days{_in_words(case.days)}, {1 / case.dt:g} ticks a day, seed {case.seed}"
    if case.focal is not None:
        yield f"about {case.focal}"
    if case.network is not None:
        yield ""
        yield from _network(case, case.network)
    if case.people:
        yield from _listed(
            "People", [line for person in case.people for line in _person(case, person)], len(case.people)
        )
    if case.ties:
        yield from _listed("Ties", [line for tie in case.ties for line in _tie(tie)], len(case.ties))
    if case.events:
        yield from _listed("Events", [line for event in sorted(case.events, key=_day) for line in _event(event)], 0)
    if case.treatment is not None:
        plan = case.treatment
        name = plan.name or "none unless --treatment says so"
        who = f"{', '.join(plan.patients)}, by {', '.join(plan.therapists)}"
        yield f"\nTreatment: {name}; from day {plan.start:g}: {who}"
    if case.lesions:
        yield f"\nLesions: {', '.join(case.lesions)}"
    if case.constants:
        yield f"\nConstants that differ: {_values(case.constants)}"


def _listed(title: str, lines: list[str], n: int) -> Iterator[str]:
    yield ""
    yield title if n <= LISTED else f"{title} ({n:,}; the first of them)"
    shown = lines if n <= LISTED else lines[:LISTED]
    yield from (f"  {line}" for line in shown)


def _person(case: Case, person: PersonSpec) -> Iterator[str]:
    profile = person.profile or (ORDINARY if case.network is None else "as drawn")
    yield f"{person.name} ({profile}){': ' + person.role if person.role else ''}"
    if person.values:
        yield textwrap.fill(f"but {_values(person.values)}", WIDTH, initial_indent="    ", subsequent_indent="        ")
    if person.answering is not None:
        yield f"    way of answering questionnaires: {person.answering:+g} standard deviations"


def _tie(tie: TieSpec) -> Iterator[str]:
    one, other = tie.pair
    about = ", ".join(part for part in (tie.kind, tie.wish and f"wish: {tie.wish}", _values(tie.values)) if part)
    yield f"{one} – {other}{': ' + about if about else ''}"
    for name, other_name, side in ((one, other, tie.from_first), (other, one, tie.from_second)):
        fields: dict[str, object] = {"wish": side.wish} if side.wish else {}
        fields |= side.values
        if fields:
            yield f"    {name} toward {other_name}: {_values(fields)}"


def _event(event: Event) -> Iterator[str]:
    mark = f" [{event.mark}]" if event.mark else ""
    yield f"day {event.day:g}{mark}: {event.label}"
    if event.only_in_touch:
        yield f"    only if {event.person} and {event.other} are in touch then"
    changes = [
        (event.person, event.set_person),
        (f"{event.person} – {event.other}", event.set_tie),
        (f"{event.person} toward {event.other}", event.set_from_person),
        (f"{event.other} toward {event.person}", event.set_from_other),
        (f"{event.person} feels", {"rejection": event.rejection} if event.rejection else {}),
        (f"{event.person} feels", {"acceptance": event.acceptance} if event.acceptance else {}),
    ]
    for who, fields in changes:
        if fields:
            yield f"    {who}: {_values(fields)}"


def _day(event: Event) -> float:
    return event.day


def _network(case: Case, network: Network) -> Iterator[str]:
    graph = graph_of(network, case.seed)
    yield f"Network: {graph.describe()}"
    yield f"  from: {graph.source}"
    shares = {name: share for name, share in network.profiles.items() if share}
    rest = 1 - sum(shares.values())
    if rest > 1e-9:
        shares[ORDINARY] = shares.get(ORDINARY, 0.0) + rest
    known = all_profiles(case.profiles)
    for name, share in shares.items():
        yield f"  {share:.1%} {name}: {known[name].meaning}"
    if network.spread:
        yield f"  people of one profile differ (spread {network.spread:g})"
    if network.values:
        yield f"  all of them: {_values(network.values)}"
    yield f"  ties answer the wishes: {', '.join(f'{wish} {share:.0%}' for wish, share in network.wishes.items())}"
    if network.tie:
        yield f"  ties: {_values(network.tie)}"
    if network.acquaintances:
        yield f"  and {network.acquaintances:g} acquaintances a person, with whom a tie may begin"


def _values(values: Mapping[str, object]) -> str:
    return ", ".join(
        f"{name} {value:g}" if isinstance(value, float) else f"{name} {value}" for name, value in values.items()
    )


def _in_words(days: float) -> str:
    """Return ' (about 2.5 years)' for a length that is hard to picture in days."""
    if days >= 1.5 * _YEAR:
        return f" (about {days / _YEAR:.3g} years)"
    return f" (about {days / _MONTH:.2g} months)" if days >= 2 * _MONTH else ""
