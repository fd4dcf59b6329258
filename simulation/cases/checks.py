"""What no part of a case can know alone: names that must exist, values within their bounds, parts that must fit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from simulation.cases.defects import Defect, event_place, person_place, tie_place, unknown_name
from simulation.cases.members import Members
from simulation.cases.parameters import CONSTANTS, EVENT_NAMES, GAINS, PERSON_NAMES, TIE_FIELDS, check_values
from simulation.cases.profiles import check_profile_name, check_profiles
from simulation.errors import nearest, quoted, quoted_list

if TYPE_CHECKING:
    from simulation.cases.model import Case, Event, Network, TieSpec
    from simulation.cases.plan import TreatmentSpec

SOURCES = ("topology", "published", "file", "edges")
_ONLY_WITH = {
    "n": ("topology",),
    "mean_degree": ("topology",),
    "options": ("topology",),
    "numbers": ("edges",),
    "names": ("edges", "file"),
}
_NUMBERS = ("weight", "bond", "contact_rate")


def defects_of(case: Case) -> list[Defect]:
    """Return everything that is wrong with a case whose parts have the right shape."""
    found = check_profiles(case.profiles)
    if case.network is not None:
        found += _check_network(case, case.network)
    if found:
        return found  # names of members cannot be asked for
    members = Members(case.network, case.seed)
    found += _check_people(case, members)
    everyone = _Everyone(case, members)
    found += _check_ties(case, everyone)
    found += check_values(case.constants, CONSTANTS, "constant or gain", "constants")
    found += _check_lesions(case)
    found += _check_time(case)
    found += _check_mentions(case, everyone)
    for event in case.events:
        found += _check_event(case, event, everyone)
    found += _check_marks(case)
    if case.treatment is not None:
        found += _check_treatment(case, case.treatment, everyone)
    return found


class _Everyone:
    """Who there is, and what to say of a name that is nobody's."""

    def __init__(self, case: Case, members: Members) -> None:
        self.named = {person.name for person in case.people}
        self.members = members
        self.pairs = {frozenset(tie.between) for tie in case.ties}

    def missing(self, name: str, what: str, where: str) -> list[Defect]:
        if name in self.named or name in self.members:
            return []
        known = [*self.named, *self.members.some()]
        return [Defect(f"{what} {quoted(name)} is nobody in this case{nearest(name, known)}", where, self.told())]

    def told(self) -> str:
        """Return who there is, for a message."""
        listed = quoted_list(sorted(self.named), limit=20)
        parts = [f"people are {listed}"] if self.named else []
        if self.members.describe():
            parts.append(f"the network has {self.members.describe()}")
        return ", and ".join(parts)

    def related(self, one: str, other: str) -> bool:
        return frozenset((one, other)) in self.pairs or self.members.related(one, other)


def _check_people(case: Case, members: Members) -> list[Defect]:
    found: list[Defect] = []
    seen: set[str] = set()
    for person in case.people:
        where = person_place(person.name)
        found += _unusable(person.name, where)
        if person.name in seen:
            found.append(
                Defect(f"two people are called {quoted(person.name)}", where, "every person needs a name of their own")
            )
        seen.add(person.name)
        found += check_profile_name(person.profile, case.profiles, where)
        found += check_values(person.values, PERSON_NAMES, "parameter of a person", where)
    if not case.people and case.network is None:
        found.append(Defect("there is nobody in this case", "", "give [[people]] or a [network]"))
    elif not case.ties and case.network is None:
        found.append(Defect("nobody in this case has a tie", "", "give [[ties]] between people, or a [network]"))
    return found


def _check_ties(case: Case, everyone: _Everyone) -> list[Defect]:
    found: list[Defect] = []
    seen: set[frozenset[str]] = set()
    for tie in case.ties:
        one, other = tie.pair
        where = tie_place(one, other)
        for name in dict.fromkeys(tie.between):
            found += everyone.missing(name, "the person", where)
        if one == other:
            found.append(Defect(f"{quoted(one)} has a tie to themselves", where, "a tie joins two different people"))
        if frozenset(tie.between) in seen:
            found.append(
                Defect("this tie is given twice", where, "give each once; from_first and from_second say what differs")
            )
        seen.add(frozenset(tie.between))
        found += _check_fields(tie, where)
    return found


def _check_fields(tie: TieSpec, where: str) -> list[Defect]:
    from simulation.cases.model import TIE_KEYS

    found = []
    for part, keys, place in (
        (tie.values, TIE_KEYS, where),
        (tie.from_first.values, ("wish", *TIE_FIELDS), f"{where}, from_first"),
        (tie.from_second.values, ("wish", *TIE_FIELDS), f"{where}, from_second"),
    ):
        found += [unknown_name("field of a tie", name, keys, place) for name in part if name not in TIE_FIELDS]
        known = {name: value for name, value in part.items() if name in TIE_FIELDS}
        found += check_values(known, TIE_FIELDS, "field of a tie", place)
    return found


def _check_lesions(case: Case) -> list[Defect]:
    found = []
    for name in case.lesions:
        if name not in GAINS:
            found.append(unknown_name("link of Figure 1", name, GAINS, "lesions"))
    if len(set(case.lesions)) < len(case.lesions):
        twice = next(name for name in case.lesions if case.lesions.count(name) > 1)
        found.append(Defect(f"the lesion {quoted(twice)} is given twice", "lesions", "give each once"))
    return found


def _check_time(case: Case) -> list[Defect]:
    from simulation.cases.model import MAX_TICKS

    if case.days / case.dt > MAX_TICKS:
        return [Defect(f"dt = {case.dt:g} makes {case.days:g} days too many ticks", "", f"there can be {MAX_TICKS:,}")]
    if case.days < case.dt:
        return [
            Defect(
                f"days = {case.days:g} is shorter than a tick of dt = {case.dt:g}", "", "a run has at least one tick"
            )
        ]
    return []


def _check_mentions(case: Case, everyone: _Everyone) -> list[Defect]:
    found: list[Defect] = []
    if case.focal is not None:
        found += everyone.missing(case.focal, "the focal person", "")
    elif case.network is None:
        found.append(Defect('"focal" is missing', "", f"it names the person the case is about; {everyone.told()}"))
    for name in case.watch:
        found += everyone.missing(name, "the watched person", "watch")
    if len(set(case.watch)) < len(case.watch):
        twice = next(name for name in case.watch if case.watch.count(name) > 1)
        found.append(Defect(f"{quoted(twice)} is given twice", "watch", "give each person once"))
    return found


def _check_event(case: Case, event: Event, everyone: _Everyone) -> list[Defect]:
    where = event_place(event.day, event.label)
    found = everyone.missing(event.person, "the person", where)
    if event.day > case.days:
        found.append(
            Defect(f"day = {event.day:g} is after the end of the run", where, f"the run has {case.days:g} days")
        )
    found += check_values(event.set_person, EVENT_NAMES, "parameter of a person that an event can set", where)
    changes = {
        "set_tie": event.set_tie,
        "set_from_person": event.set_from_person,
        "set_from_other": event.set_from_other,
    }
    for key, fields in changes.items():
        found += check_values(fields, TIE_FIELDS, "field of a tie", f"{where}, {key}")
    given = [key for key, fields in changes.items() if fields]
    if event.only_in_touch:
        given.append("only_in_touch")
    if event.other is None:
        if given:
            found.append(Defect(f"{given[0]} needs another person", where, 'give "other"'))
        return found
    missing = everyone.missing(event.other, "the other person", where)
    found += missing
    if event.other == event.person:
        found.append(Defect(f"{quoted(event.person)} is also the other person", where, '"other" is somebody else'))
    elif given and not found and not everyone.related(event.person, event.other):
        pair = f"{quoted(event.person)} and {quoted(event.other)}"
        found.append(
            Defect(f"there is no tie between {pair}", where, "a tie that begins later is given with contact_rate = 0")
        )
    return found


def _check_treatment(case: Case, plan: TreatmentSpec, everyone: _Everyone) -> list[Defect]:
    """Return what is wrong with who is treated by whom, and when; what a treatment is, is known elsewhere."""
    found: list[Defect] = []
    for what, names in (("patient", plan.patients), ("therapist", plan.therapists)):
        for name in names:
            found += everyone.missing(name, f"the {what}", "treatment")
        if len(set(names)) < len(names):
            twice = next(name for name in names if names.count(name) > 1)
            found.append(Defect(f"the {what} {quoted(twice)} is given twice", "treatment", "give each once"))
    both = [name for name in plan.patients if name in plan.therapists]
    if both:
        found.append(Defect(f"{quoted(both[0])} is patient and therapist at once", "treatment", "it takes two"))
    if found:
        return found
    for name in plan.patients:
        if not any(everyone.related(name, therapist) for therapist in plan.therapists):
            found.append(
                Defect(f"there is no tie between the patient {quoted(name)} and a therapist", "treatment",
                       "give a tie; with contact_rate = 0 nothing happens on it before the treatment")
            )  # fmt: skip
    before = None
    for phase in sorted(plan.phases, key=lambda phase: phase.start):
        told = f"days {phase.start:g} to {phase.end:g}"
        if phase.end <= phase.start:
            found.append(Defect(f"a phase ends before it begins ({told})", "treatment, phases", "end is after start"))
        if before is not None and phase.start < before.end:
            found.append(
                Defect(f"the phase of {told} overlaps the one of days {before.start:g} to {before.end:g}",
                       "treatment, phases", "a phase begins when the one before has ended")
            )  # fmt: skip
        before = phase
    if plan.name and plan.start > case.days:  # without a name it is only a plan: nobody is treated
        found.append(
            Defect(
                f"start = {plan.start:g} is after the end of the run", "treatment", f"the run has {case.days:g} days"
            )
        )
    return found


def _check_marks(case: Case) -> list[Defect]:
    marks = [event.mark for event in case.events if event.mark]
    twice = [mark for mark in marks if marks.count(mark) > 1]
    return [Defect(f"two events are marked {quoted(twice[0])}", "events", "a mark is unique")] if twice else []


def _check_network(case: Case, network: Network) -> list[Defect]:
    where = "network"
    found: list[Defect] = []
    given = [source for source in SOURCES if getattr(network, source) is not None]
    if len(given) != 1:
        told = f"{' and '.join(given)} are given" if given else "nothing says where it comes from"
        return [Defect(told, where, f"give exactly one of {', '.join(SOURCES)}")]
    for key, sources in _ONLY_WITH.items():
        if getattr(network, key) not in (None, {}, []) and given[0] not in sources:
            found.append(
                Defect(f"{key} cannot be given with {given[0]}", where, f"it goes with {' or '.join(sources)}")
            )
    if network.topology is not None and network.n is None:
        found.append(Defect('"n" is missing', where, "it says how many people a generated network has"))
    found += _check_edges(network)
    found += _check_shares(case, network)
    found += check_values(network.values, PERSON_NAMES, "parameter of a person", where)
    for key in ("tie", "acquaintance_tie"):
        found += check_values(getattr(network, key), TIE_FIELDS, "field of a tie", f"{where}, {key}")
    return found


def _unusable(name: str, where: str) -> list[Defect]:
    """Return what is wrong with the letters of a name."""
    if name == name.strip() and name.isprintable():
        return []
    return [Defect(f"the name {quoted(name)} has spaces around it or signs that cannot be seen", where, "remove them")]


def _check_edges(network: Network) -> list[Defect]:
    named = [name for edge in network.edges or () for name in edge] + network.names
    found = [defect for name in dict.fromkeys(named) for defect in _unusable(name, "network")]
    for column, values in network.numbers.items():
        if column not in _NUMBERS:
            found.append(unknown_name("column", column, _NUMBERS, "network, numbers"))
        elif network.edges is not None and len(values) != len(network.edges):
            found.append(
                Defect(
                    f"{column} has {len(values)} numbers for {len(network.edges)} edges",
                    "network, numbers",
                    "it needs one for each",
                )
            )
        elif any(value < 0 for value in values):
            found.append(
                Defect(f"{column} = {min(values):g} is below 0", "network, numbers", "it is a number from 0 upwards")
            )
    return found


def _check_shares(case: Case, network: Network) -> list[Defect]:
    found: list[Defect] = []
    for name in network.profiles:
        found += check_profile_name(name, case.profiles, "network, profiles")
    found += _over_one(network.profiles, "profiles", exactly=False)
    found += _over_one(network.wishes, "wishes", exactly=True)
    return found


def _over_one(shares: Mapping[Any, float], what: str, exactly: bool) -> list[Defect]:
    total = sum(shares.values())
    if total > 1 + 1e-9 or (exactly and total < 1 - 1e-9):
        rule = "they must sum to 1" if exactly else "together they must not exceed 1"
        return [Defect(f"the shares of {what} sum to {total:g}", "network", rule)]
    return []
