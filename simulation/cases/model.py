"""What a case says: who there is, how they stand to each other, what happens to them, and for how long."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from simulation.cases.defects import Defects
from simulation.cases.parameters import TIE_FIELDS, Values
from simulation.cases.part import MAX_DAYS, Name, Part, Text
from simulation.cases.plan import TreatmentSpec
from simulation.cases.profiles import Profile

Wish = Literal["attachment", "rank", "autonomy", "group"]
MAX_TICKS = 2**31
MAX_GENERATED = 10_000_000
DEFAULT_DT = 1 / 32
"""Days. Four times as fine as eight waking slots a day: from here on, halving the tick leaves long-run means alone
(``tests/behaviour``); at 1/16, people in distress lose a tenth of their shame to the coarse tick."""


class PersonSpec(Part):
    """One named person.

    Attributes:
        name: Unique within the case. The name of a member of the network speaks about that member.
        profile: What kind of person; without it "ordinary", and for a member of the network the one drawn.
        role: Who the person is in this case, in plain words.
        answering: How the person answers questionnaires whatever is asked, in standard deviations of what people's ways
            of answering add to a score: below 0, less is admitted. Without it, luck.
        values: Parameters that differ from the profile; also conveniences, constants and gains (this person's own).
    """

    name: Name
    profile: str | None = None
    role: Text = ""
    answering: Annotated[float, Field(ge=-5, le=5)] | None = None
    values: Values = {}


class _TiePart(Part):
    """Fields of a tie, written beside its other keys, are gathered in `values`."""

    wish: Wish | None = None
    values: Values = {}

    @model_validator(mode="before")
    @classmethod
    def _gather_fields(cls, data: Any) -> Any:
        if not isinstance(data, dict):
            return data
        fields = {key: value for key, value in data.items() if key not in cls.model_fields}
        own = {key: value for key, value in data.items() if key in cls.model_fields}
        given = own.get("values", {})
        return {**own, "values": {**given, **fields}} if fields and isinstance(given, dict) else data


class Side(_TiePart):
    """What differs for one of the two directed ties of a relationship.

    Attributes:
        wish: The wish that the tie answers for this person.
        values: Fields of the tie.
    """


class TieSpec(_TiePart):
    """One relationship: two directed ties.

    Fields of the tie (`bond`, `contact_rate`, `trust`, `strain`, `expected_response`, `alive`, `good_image`,
    `bad_image`, `last_behaviour`) are written beside the others and hold both ways; `from_first` and `from_second`
    say what differs for one of the two. What is not said has the default of the theory or, between two members of a
    network who know each other there, the value of the network. `alive = 0` with a contact rate above 0 is an
    acquaintance that may become a tie (M18); with `contact_rate = 0` nothing happens until an event says so.

    Attributes:
        between: The two people.
        kind: What they are to each other, in plain words.
        wish: The wish that the relationship answers; "attachment" if not said.
        values: Fields of the tie that hold both ways.
        from_first: What the first of the two holds about the second.
        from_second: What the second holds about the first.
    """

    between: list[Name] = Field(min_length=2, max_length=2)
    kind: Text = ""
    from_first: Side = Side()
    from_second: Side = Side()

    @property
    def pair(self) -> tuple[str, str]:
        """The two people."""
        return self.between[0], self.between[1]

    def direction(self, first: bool) -> tuple[Wish | None, Values]:
        """Return the wish and the fields of one of the two directed ties."""
        own = self.from_first if first else self.from_second
        return own.wish or self.wish, {**self.values, **own.values}


class Network(Part):
    """People and relationships that are not written one by one: drawn by rule, published, or from a file.

    Exactly one of `topology`, `published`, `file` and `edges` says where the network comes from.

    Attributes:
        topology: A kind of generated network; see `simulation.network.TOPOLOGIES`.
        published: A network from the literature; see `simulation.network.PUBLISHED`.
        file: A file of relationships; a relative path starts at the folder of the case file.
        edges: Relationships as pairs of names.
        numbers: With `edges`: numbers per relationship by column, `weight`, `bond` or `contact_rate`.
        names: With `edges` or `file`: people who may have no relationship at all.
        n: With `topology`: how many people.
        mean_degree: With `topology`: how many relationships a person has on average.
        options: With `topology`: its other options.
        seed: Of the drawn network and of who is who in it; without it, the seed of the case.
        profiles: Share of people with each profile; the rest is "ordinary".
        values: Parameters that differ from the profile, for all of them.
        spread: How much people of a profile differ: standard deviation of each trait on the logit scale (shares) or
            log scale (rates and evidence).
        wishes: Share of relationships that answer each wish; the shares sum to 1.
        tie: Fields of the ties. Where the network has weights, `bond` and `contact_rate` are those of a
            relationship of average weight.
        acquaintances: How many acquaintances a person has on average: people met through others, with whom a tie may
            begin (M18).
        acquaintance_tie: Fields in which an acquaintance differs from a tie.
    """

    topology: str | None = None
    published: str | None = None
    file: str | None = Field(None, min_length=1, max_length=4000)
    edges: list[Annotated[list[Name], Field(min_length=2, max_length=2)]] | None = Field(None, min_length=1)
    numbers: dict[str, list[float]] = {}
    names: list[Name] = []
    n: int | None = Field(None, ge=2, le=MAX_GENERATED)
    mean_degree: float | None = Field(None, ge=0)
    options: Values = {}
    seed: int | None = Field(None, ge=0, lt=2**63)
    profiles: dict[str, Annotated[float, Field(ge=0, le=1)]] = {}
    values: Values = {}
    spread: float = Field(0.0, ge=0, le=2)
    wishes: dict[Wish, Annotated[float, Field(ge=0, le=1)]] = {
        "attachment": 0.3,
        "rank": 0.2,
        "autonomy": 0.15,
        "group": 0.35,
    }
    tie: Values = {}
    acquaintances: float = Field(0.0, ge=0, le=100)
    acquaintance_tie: Values = {}


class Event(Part):
    """Something that life brings on a certain day; it changes circumstances, never an outcome.

    An event that changes nothing is a landmark: a date that pictures and measures refer to.

    Attributes:
        day: When, in days since the start of the run.
        label: What happens, in plain words.
        mark: A short name for the date ("intake"), unique within the case.
        person: To whom it happens.
        other: The other person involved, if any.
        set_person: New values of parameters of the person; conveniences are allowed, constants are not.
        set_tie: New values of fields of both directed ties between the two.
        set_from_person: The same, only for what the person holds about the other.
        set_from_other: The same, only for what the other holds about the person.
        rejection: Rejection that the person feels at that moment, from the other if one is named.
        acceptance: Acceptance that the person feels at that moment.
        only_in_touch: The event takes place only if the two are in touch on that day: the tie that the person holds
            to the other is alive. A therapy's dates, say, come to nothing once the patient has left it.
    """

    day: float = Field(ge=0, le=MAX_DAYS)
    label: Text = Field(min_length=1)
    mark: str = Field("", max_length=60)
    person: Name
    other: Name | None = None
    set_person: Values = {}
    set_tie: Values = {}
    set_from_person: Values = {}
    set_from_other: Values = {}
    rejection: float = Field(0.0, ge=0, le=10)
    acceptance: float = Field(0.0, ge=0, le=10)
    only_in_touch: bool = False


class Case(Part):
    """Who there is, how they stand to each other, what happens to them, and for how long.

    Attributes:
        name: Short name: letters, digits, "-", "_" and ".".
        title: One line.
        description: What is represented, and what to look at.
        question: The question that the case is meant to answer, if it has one.
        focal: The person it is about. With a network it may be left out; then it is a person of the rarest profile.
        days: Length of a run.
        dt: Length of a tick in days.
        seed: Of all chance in a run.
        watch: People to record in detail; without it the focal person and those they have ties with.
        lesions: Arrows of Figure 1 that are cut (gain 0) for everyone.
        constants: Constants and gains that differ from the theory's, for everyone.
        profiles: Profiles of the case's own, by name.
        people: Named people.
        ties: Relationships between them.
        network: People and relationships not written one by one.
        events: What happens, in any order.
        treatment: Who is treated by whom, and when.

    Raises:
        pydantic.ValidationError: Something is wrong; `load_case` and `configure` say it in one sentence.
    """

    name: str = Field(min_length=1, max_length=60, pattern=r"\A[A-Za-z0-9][A-Za-z0-9._-]*\z")
    title: Text = ""
    description: Text = ""
    question: Text = ""
    focal: Name | None = None
    days: float = Field(gt=0, le=MAX_DAYS)
    dt: float = Field(DEFAULT_DT, gt=0, le=0.5)
    seed: int = Field(1, ge=0, lt=2**63)
    watch: list[Name] = []
    lesions: list[str] = []
    constants: Values = {}
    profiles: dict[str, Profile] = {}
    people: list[PersonSpec] = []
    ties: list[TieSpec] = []
    network: Network | None = None
    events: list[Event] = []
    treatment: TreatmentSpec | None = None

    @model_validator(mode="after")
    def _check(self) -> Case:
        from simulation.cases.checks import defects_of

        found = defects_of(self)
        if found:
            raise Defects(found)
        return self

    @property
    def answering(self) -> dict[str, float]:
        """Ways of answering questionnaires, in standard deviations, of those of whom the case says it."""
        return {person.name: person.answering for person in self.people if person.answering is not None}

    def day_of(self, mark: str) -> float:
        """Return the day of the event with this mark.

        Raises:
            KeyError: There is none.
        """
        for event in self.events:
            if event.mark == mark:
                return event.day
        raise KeyError(f"{self.name} has no event marked {mark}")


TIE_KEYS = ("between", "kind", "wish", "from_first", "from_second", *TIE_FIELDS)
"""What may be written about a tie in a case file."""
