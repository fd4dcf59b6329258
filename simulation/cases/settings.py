"""A case as the user wants it this time: other values, another seed, a lesion, another network."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from simulation.cases.defects import unknown_name
from simulation.cases.members import Members
from simulation.cases.model import Case, PersonSpec, TieSpec
from simulation.cases.parameters import CONSTANTS, PERSON_NAMES, TIE_FIELDS
from simulation.cases.read import checked
from simulation.errors import InputError, nearest, quoted, quoted_list

EVERYONE = "everyone"
"""What a setting calls all people at once."""
NETWORK = "network"
"""What a setting calls the generated network."""
_FORM = '"person.parameter=value", "everyone.parameter=value", "person>other.field=value" or "network.option=value"'

Data = dict[str, Any]


def configure(
    case: Case,
    *,
    days: float | None = None,
    seed: int | None = None,
    settings: Sequence[str] = (),
    lesions: Sequence[str] = (),
    network_file: str | os.PathLike[str] | None = None,
    people: int | None = None,
    dt: float | None = None,
    treatment: str | None = None,
) -> Case:
    """Return the case with some things changed, checked as a whole.

    Args:
        case: The case to start from; it stays as it is.
        days: Length of the run. Events after its end are left out.
        seed: Of all chance.
        settings: "person.parameter=value"; "everyone.parameter=value" (constants and gains too);
            "person.profile=name"; "person>other.field=value" for what one person holds about another, `wish`
            included; "network.topology=name", "network.mean_degree=8" and the like, and "network.profiles.bpd=0.1"
            for a generated network. Later ones win.
        lesions: Arrows of Figure 1 to cut, besides those of the case.
        network_file: A file whose network takes the place of the case's own; see `simulation.network.read_network`.
        people: How many people a generated network has.
        dt: Length of a tick in days.
        treatment: Name of a treatment that the patients of the case get; see `simulation.treatment`.

    Raises:
        InputError: What is wrong, where, and what is allowed. No other exception is raised.
    """
    place = f"case {case.name}"
    data: Data = case.model_dump()
    plain = {"days": days, "seed": seed, "dt": dt}
    data |= {key: value for key, value in plain.items() if value is not None}
    if isinstance(days, (int, float)):
        data["events"] = [event for event in data["events"] if event["day"] <= days]
    if treatment is not None:
        if case.treatment is None:
            raise InputError(
                f"{place} says nothing about who is treated by whom; give it a [treatment] with patients and therapists"
            )
        data["treatment"]["name"] = treatment
    data["lesions"] = list(dict.fromkeys([*case.lesions, *lesions]))
    if people is not None:
        if case.network is None or case.network.topology is None:
            raise InputError(
                f"{place} has no generated network whose number of people could be set to {quoted(people)[1:-1]}"
            )
        data["network"]["n"] = people
    if network_file is not None:
        data["network"] = _with_file(case, network_file, place)
    if settings:
        start = checked(data, place)
        changed = _Settings(start.model_dump(), start, place)
        for setting in settings:
            changed.apply(setting)
        data = changed.data
    return checked(data, place)


def _with_file(case: Case, file: str | os.PathLike[str], place: str) -> Data:
    if case.network is None:
        raise InputError(f"{place} has no network that a file could replace; take one such as community")
    try:
        path = str(Path(file).absolute())
    except (TypeError, ValueError, OSError):
        raise InputError(f"{quoted(file)} is not the path of a network file") from None
    gone = {"topology", "published", "edges", "numbers", "names", "n", "mean_degree", "options"}
    return {key: value for key, value in case.network.model_dump().items() if key not in gone} | {"file": path}


class _Settings:
    """A case as nested tables, being changed by settings one after the other."""

    def __init__(self, data: Data, case: Case, place: str) -> None:
        self.data = data
        self.case = case
        self.place = place
        self.members = Members(case.network, case.seed)
        self.entries: dict[str, Data] = {person["name"]: person for person in data["people"]}
        self.setting = ""

    def apply(self, setting: str) -> None:
        """Carry out one setting, in place."""
        self.setting = setting
        left, equals, value = setting.rpartition("=") if isinstance(setting, str) else ("", "", "")
        who, _, key = left.strip().rpartition(".")
        who, key, value = who.strip(), key.strip(), value.strip()
        if not (equals and who and key and value):
            raise InputError(
                f"the setting {quoted(setting)} cannot be read ({self.place}); a setting is written {_FORM}"
            )
        if ">" in who and not self.exists(who):
            self.set_tie(who, key, value)
        elif who == EVERYONE and not self.exists(who):
            self.set_everyone(key, value)
        elif who in (NETWORK, f"{NETWORK}.profiles") and not self.exists(who):
            self.set_network(who, key, value)
        else:
            self.set_person(who, key, value)

    def exists(self, name: str) -> bool:
        """Return whether someone has this name."""
        return name in self.entries or name in self.members

    def set_person(self, who: str, key: str, value: str) -> None:
        """Set a parameter, or the profile, of one person."""
        if not self.exists(who):
            raise self.nobody(who)
        entry = self.entries.get(who)
        if entry is None:
            entry = self.entries[who] = PersonSpec(name=who).model_dump()
            self.data["people"].append(entry)
        if key == "profile":
            entry["profile"] = value
            return
        self.known(key, [*PERSON_NAMES, "profile"], "parameter of a person")
        entry["values"][key] = self.number(value)

    def set_everyone(self, key: str, value: str) -> None:
        """Set a parameter, a constant or the profile of all people."""
        people, network = self.data["people"], self.data["network"]
        if key == "profile":
            for person in people:
                person["profile"] = value
            if network is not None:
                network["profiles"] = {value: 1.0}
            return
        self.known(key, [*PERSON_NAMES, "profile"], "parameter of a person")
        holders = [person["values"] for person in people] + ([] if network is None else [network["values"]])
        for values in holders:
            values.pop(key, None)
            if key not in CONSTANTS:
                values[key] = self.number(value)
        if key in CONSTANTS:
            self.data["constants"][key] = self.number(value)

    def set_network(self, where: str, key: str, value: str) -> None:
        """Set the kind of generated network, its mean degree, an option of it, or the share of a profile."""
        network = self.data["network"]
        if network is None or network["topology"] is None:
            raise InputError(f"{self.place} has no generated network to change ({self.where()})")
        if where != NETWORK:
            network["profiles"] = {**network["profiles"], key: self.number(value)}
            return
        from simulation.network import TOPOLOGIES

        options = TOPOLOGIES[network["topology"]].options
        self.known(key, ["topology", "n", "mean_degree", "spread", "acquaintances", *options], "setting of the network")
        if key == "topology":
            if value not in TOPOLOGIES:
                raise InputError(
                    unknown_name("topology", value, TOPOLOGIES, f"setting {quoted(self.setting)}").sentence(self.place)
                )
            taken = TOPOLOGIES[value].options
            network["topology"] = value
            network["options"] = {name: number for name, number in network["options"].items() if name in taken}
            if "mean_degree" not in taken:
                network["mean_degree"] = None
        elif key == "n":
            number = self.number(value)
            network["n"] = int(number) if number == int(number) else number
        elif key in ("mean_degree", "spread", "acquaintances"):
            network[key] = self.number(value)
        else:
            network["options"] = {**network["options"], key: self.number(value)}

    def set_tie(self, pair: str, key: str, value: str) -> None:
        """Set a field of what one person holds about another."""
        self.known(key, ["wish", *TIE_FIELDS], "field of a tie")
        halves = pair.split(">")
        splits = [(">".join(halves[:i]).strip(), ">".join(halves[i:]).strip()) for i in range(1, len(halves))]
        one, other = next(((a, b) for a, b in splits if self.exists(a) and self.exists(b)), splits[0])
        for name in (one, other):
            if not self.exists(name):
                raise self.nobody(name)
        ties = self.data["ties"]
        entry = next((tie for tie in ties if tie["between"] in ([one, other], [other, one])), None)
        if entry is None:
            if not self.members.related(one, other):
                there = f"there is no tie between {quoted(one)} and {quoted(other)} ({self.where()})"
                raise InputError(f"{there}; a setting changes ties that are there")
            entry = TieSpec(between=[one, other]).model_dump()
            ties.append(entry)
        side = entry["from_first" if entry["between"][0] == one else "from_second"]
        if key == "wish":
            side["wish"] = value
        else:
            side["values"][key] = self.number(value)

    def where(self) -> str:
        return f"{self.place}, setting {quoted(self.setting)}"

    def nobody(self, name: str) -> InputError:
        known = [*self.entries, *self.members.some()]
        told = f"people are {quoted_list(known, 20)}" if known else f"the network has {self.members.describe()}"
        return InputError(
            f"there is no person called {quoted(name)}{nearest(name, [*known, EVERYONE])} ({self.where()}); {told}"
        )

    def known(self, key: str, known: Sequence[str], what: str) -> None:
        if key not in known:
            raise InputError(unknown_name(what, key, known, f"setting {quoted(self.setting)}").sentence(self.place))

    def number(self, text: str) -> float:
        try:
            if "_" in text:
                raise ValueError
            return float(text)
        except ValueError:
            raise InputError(f"{quoted(text)} is not a number ({self.where()}); give one such as 0.5") from None
