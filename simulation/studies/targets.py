"""What a factor changes: whose parameter, which constant, which tie, or the shape of the network itself."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from simulation.cases.defects import unknown_name
from simulation.cases.model import Case
from simulation.cases.parameters import CONSTANTS, CONVENIENCES, GAINS, TIE_FIELDS, TRAITS, bounds, default_values
from simulation.cases.settings import EVERYONE, NETWORK
from simulation.errors import InputError, nearest, quoted, quoted_list
from simulation.studies.model import Factor, Study

FOCAL = ""
"""The person a bare name speaks of: the one the case is about."""
LESION, NO_LESION = "lesion", "none"
TREATMENT, UNTREATED = "treatment", "none"
NETWORK_SETTINGS = ("topology", "n", "mean_degree", "spread", "acquaintances")

PERSON, CONSTANT, TIE, CUT, STRUCTURE, EVENT = "person", "constant", "tie", "cut", "structure", "event"
"""Kinds of targets: values that are set in columns (the first four), and what needs a population of its own."""


@dataclass(frozen=True)
class Target:
    """What one factor changes.

    Attributes:
        factor: Its name in the study.
        kind: One of the kinds above.
        who: Name of a person, `everyone`, or FOCAL; of a tie, the owner.
        whom: Of a tie, the other.
        key: Parameter, field, setting or mark.
    """

    factor: str
    kind: str
    who: str
    key: str
    whom: str = ""

    @property
    def bounds(self) -> tuple[float, float] | None:
        """Smallest and largest value, where the theory gives them."""
        return bounds(self.key) if self.kind in (PERSON, CONSTANT, TIE) else None


def targets_of(study: Study, case: Case, place: str) -> list[Target]:
    """Return what each factor changes, after checking that no two factors change the same.

    Args:
        study: The study.
        case: Its case, configured with what holds for all runs.
        place: What messages call the study.

    Raises:
        InputError: A factor names nothing, a value is out of bounds, or two factors overlap.
    """
    targets = [_target(name, case, place) for name in study.factors]
    if study.ramp is not None:
        targets.append(_ramp_target(study, case, place))
    for target in targets:
        if target.factor in study.factors:
            _check_levels(target, study.factors[target.factor], study, case, place)
    for i, one in enumerate(targets):
        for other in targets[:i]:
            shared = _overlap(one, other, case)
            if shared:
                raise InputError(
                    f"the factors {quoted(other.factor)} and {quoted(one.factor)} overlap: both change {shared} "
                    f"({place}); leave one of them out"
                )
    return targets


def _ramp_target(study: Study, case: Case, place: str) -> Target:
    assert study.ramp is not None
    target = _target(study.ramp.factor, case, f"{place}, ramp")
    if target.kind != PERSON or target.key not in TRAITS:
        raise InputError(
            f"{quoted(study.ramp.factor)} cannot be ramped ({place}, ramp); a ramp changes a parameter of a person"
        )
    for value in (study.ramp.low, study.ramp.high):
        _check_number(target, value, f"{place}, ramp")
    return target


def _target(name: str, case: Case, place: str) -> Target:
    if name == TREATMENT or name.startswith(f"{TREATMENT}."):
        return _treatment_target(name, case, place)
    if name == LESION:
        return Target(name, CUT, EVERYONE, LESION)
    who, _, key = name.rpartition(".")
    known = [person.name for person in case.people]
    if name.startswith(f"{NETWORK}."):
        if case.network is None or case.network.topology is None:
            raise InputError(
                f"the factor {quoted(name)} needs a generated network, which case {case.name} has not ({place})"
            )
        return Target(name, STRUCTURE, NETWORK, name.removeprefix(f"{NETWORK}."))
    if name.startswith("event.") and name.endswith(".day"):
        mark = name.removeprefix("event.").removesuffix(".day")
        marks = [event.mark for event in case.events if event.mark]
        if mark not in marks:
            raise InputError(
                unknown_name("event marked", mark, marks or ["none"], f"factor {quoted(name)}").sentence(place)
            )
        return Target(name, EVENT, "", mark)
    if ">" in who:
        one, _, other = (part.strip() for part in who.partition(">"))
        _check_person(one, known, case, name, place)
        _check_person(other, known, case, name, place)
        if key not in TIE_FIELDS:
            raise InputError(unknown_name("field of a tie", key, TIE_FIELDS, f"factor {quoted(name)}").sentence(place))
        return Target(name, TIE, one, key, other)
    if who and who != EVERYONE:
        _check_person(who, known, case, name, place)
    if key == "profile":
        if not who:
            raise InputError(f"the factor {quoted(name)} needs a person ({place}); write person.profile")
        return Target(name, STRUCTURE, who, key)
    names = [*TRAITS, *CONVENIENCES, *CONSTANTS]
    if key not in names:
        raise InputError(unknown_name("parameter", key, [*names, LESION], f"factor {quoted(name)}").sentence(place))
    if key in CONSTANTS:
        return Target(name, CONSTANT, who or EVERYONE, key)
    if who == EVERYONE and case.network is not None and case.network.spread > 0:
        return Target(name, STRUCTURE, who, key)  # people vary around it: the population is drawn anew
    return Target(name, PERSON, who or FOCAL, key)


def _treatment_target(name: str, case: Case, place: str) -> Target:
    """A treatment, or something about it; the names are checked when a run is made ready."""
    if case.treatment is None:
        raise InputError(
            f"the factor {quoted(name)} needs a case that says who is treated by whom, which {case.name} does "
            f"not ({place})"
        )
    key = name.removeprefix(TREATMENT).removeprefix(".")
    if key and key not in ("start", "strength") and not key.startswith("doses."):
        known = ["start", "strength", "doses.MODULE"]
        raise InputError(unknown_name("setting of a treatment", key, known, f"factor {quoted(name)}").sentence(place))
    return Target(name, STRUCTURE, TREATMENT, key)


def _check_person(who: str, known: Sequence[str], case: Case, name: str, place: str) -> None:
    if who in known:
        return
    if case.network is not None:
        from simulation.cases.roster import Roster

        try:
            Roster(case).number(who)
            return
        except KeyError:
            pass
    people = f"; people are {quoted_list(known, 20)}" if known else ""
    raise InputError(
        f"there is no person called {quoted(who)}{nearest(who, [*known, EVERYONE, NETWORK])} "
        f"({place}, factor {quoted(name)}){people}"
    )


def _check_levels(target: Target, factor: Factor, study: Study, case: Case, place: str) -> None:
    """See that all values a factor can take are allowed."""
    where = f"{place}, factor {quoted(target.factor)}"
    values = list(factor.values or [])
    if study.design.rows is not None:
        values += [row[target.factor] for row in study.design.rows]
    words = [value for value in values if isinstance(value, str)]
    takes_words = target.kind == CUT or target.key in ("profile", "topology") or target.factor == TREATMENT
    if takes_words and (len(words) < len(values) or factor.low is not None):
        raise InputError(f'{target.factor} takes words, not numbers ({where}); give values = ["…"]')
    if words and not takes_words:
        raise InputError(f"{quoted(words[0])} is not a number ({where})")
    if target.factor == TREATMENT:
        from simulation.treatment.catalogue import treatment_named

        for word in words:
            if word != UNTREATED:
                treatment_named(word)
    if target.kind == CUT:
        for word in words:
            if word not in (*GAINS, NO_LESION):
                raise InputError(
                    unknown_name("lesion", word, [NO_LESION, *GAINS], f"factor {quoted(target.factor)}").sentence(place)
                )
    for value in [*values, *(v for v in (factor.low, factor.high, factor.mode, factor.mean) if v is not None)]:
        if not isinstance(value, str):
            _check_number(target, value, where)


def _check_number(target: Target, value: float, where: str) -> None:
    if target.bounds is None:
        return
    low, high = target.bounds
    if not low <= value <= high:
        side = f"above {high:g}" if value > high else f"below {low:g}"
        raise InputError(f"{target.key} = {value:g} is {side} ({where}); it must lie in [{low:g}, {high:g}]")


def _overlap(one: Target, other: Target, case: Case) -> str:
    """Return what both change, in words, or nothing."""
    if {one.kind, other.kind} == {CUT, CONSTANT}:
        key = one.key if one.kind == CONSTANT else other.key
        return f"the gain {key}" if key in GAINS else ""
    if one.kind in (PERSON, CONSTANT) and other.kind in (PERSON, CONSTANT):
        if not _same_people(one.who, other.who, case):
            return ""
        if one.key == other.key:
            return one.key
        pair = {one.key, other.key}
        if pair == {"schema_history", "negative_self_image"}:
            return ""  # the total of the evidence and the share of it: made to be set together
        shared = touched_by(one.key) & touched_by(other.key)
        return sorted(shared)[0] if shared else ""
    if one.kind == TIE and other.kind == TIE:
        return one.key if (one.who, one.whom, one.key) == (other.who, other.whom, other.key) else ""
    if one.kind == STRUCTURE and other.kind == STRUCTURE and one.who == other.who and one.key == other.key:
        return one.key
    if one.kind == EVENT and other.kind == EVENT and one.key == other.key:
        return f"the day of {one.key}"
    kinds = {one.kind: one, other.kind: other}
    if STRUCTURE in kinds and PERSON in kinds and kinds[STRUCTURE].key == kinds[PERSON].key:
        return one.key
    return ""


def _same_people(one: str, other: str, case: Case) -> bool:
    if EVERYONE in (one, other):
        return True
    focal = case.focal or FOCAL
    return (one or focal) == (other or focal)


class _Watched(dict[str, float]):
    """Values of a person that remember which were asked for or changed."""

    def __init__(self, values: Mapping[str, float]) -> None:
        super().__init__(values)
        self.touched: set[str] = set()

    def __getitem__(self, key: str) -> float:
        self.touched.add(key)
        return super().__getitem__(key)


@functools.cache
def touched_by(key: str) -> frozenset[str]:
    """Names of the parameters that setting a parameter, or a convenience, reads or changes."""
    if key not in CONVENIENCES:
        return frozenset([key])
    values = _Watched(default_values())
    CONVENIENCES[key].apply(values, (CONVENIENCES[key].low + CONVENIENCES[key].high) / 2)
    return frozenset(values.touched)
