"""The built-in cases: each loads, explains itself, survives a round trip, and can be built."""

import pytest

from simulation.cases import (
    build_population,
    built_in_profiles,
    case_names,
    describe_case,
    dump_case,
    focal_person,
    happenings,
    load_case,
    watched_people,
)
from simulation.cases.read import parse_case
from simulation.theory.layout import CONSTANT, PERSON, TIE

EXPECTED = {
    "angie", "childhood", "clinic", "community", "dyad", "florentine-families", "karate-club", "les-miserables",
    "southern-women", "therapy-group",
}  # fmt: skip


def test_the_cases_of_the_design_are_there():
    assert set(case_names()) == EXPECTED


@pytest.mark.parametrize("name", sorted(EXPECTED))
class TestEveryCase:
    def test_explains_itself(self, name):
        case = load_case(name)
        assert case.name == name and case.title and case.question and "Look at:" in case.description
        told = describe_case(case)
        assert case.title in told and "Question:" in told and max(map(len, told.splitlines())) < 200

    def test_survives_a_round_trip(self, name):
        case = load_case(name)
        assert parse_case(dump_case(case), "again.toml", None) == case

    def test_can_be_built_within_bounds(self, name):
        case = load_case(name)
        population = build_population(case)
        for quantity in PERSON.values():
            column = population.column(quantity.name)
            assert quantity.low <= column.min() and column.max() <= quantity.high, quantity.name
        for quantity in TIE.values():
            column = population.tie_column(quantity.name)
            assert quantity.low <= column.min() and column.max() <= quantity.high, quantity.name
        people = range(population.n_people)
        assert focal_person(case) in people and set(watched_people(case)) <= set(people)
        assert len(set(watched_people(case))) == len(watched_people(case))

    def test_happens_in_order(self, name):
        case = load_case(name)
        ticks = [happening.tick for happening in happenings(case)]
        assert ticks == sorted(ticks) and len(ticks) == len(case.events)
        population = build_population(case)
        for happening in happenings(case):
            happening.take_effect(population)


def test_angie_has_the_papers_people_and_schedule():
    case = load_case("angie")
    names = {person.name for person in case.people}
    assert {"Angie", "Ex-partner", "Father", "Mother", "Sister", "Online-contact", "Therapist", "Psychiatrist"} <= names
    intake = case.day_of("intake")
    assert 0 < case.day_of("break-up") < intake
    assert case.days == case.day_of("follow-up") == intake + 913
    assert case.day_of("end-of-weekly") - intake == 548
    assert case.day_of("three-weekly") - case.day_of("end-of-weekly") == 152
    assert case.day_of("end-of-weekly") < case.day_of("party")
    assert intake < case.day_of("drama-course") < case.day_of("end-of-weekly")
    with pytest.raises(KeyError):
        case.day_of("lunch")


def test_nobody_meets_the_therapist_before_intake():
    case = load_case("angie")
    population = build_population(case)
    angie, therapist = (population.names.index(name) for name in ("Angie", "Therapist"))

    def field(name):
        return [population.tie_value(population.tie(*pair), name) for pair in ((angie, therapist), (therapist, angie))]

    assert field("alive") == [0, 0] and field("contact_rate") == [0, 0]
    for happening in happenings(case):
        if happening.event.day <= case.day_of("intake"):
            happening.take_effect(population)
    assert field("alive") == [1, 1] and min(field("contact_rate")) > 0


def test_the_childhood_begins_almost_without_evidence():
    population = build_population(load_case("childhood"))
    child = population.names.index("Child")
    grown = sum(PERSON[f"{image}_evidence_attachment"].default for image in ("negative", "benevolent"))
    total = sum(population.value(child, f"{image}_evidence_attachment") for image in ("negative", "benevolent"))
    assert total < grown / 5


def test_names_of_parameters_cannot_be_confused():
    assert not PERSON.keys() & CONSTANT.keys() and not PERSON.keys() & TIE.keys() and not CONSTANT.keys() & TIE.keys()


def test_profiles_say_where_they_come_from():
    for name, profile in built_in_profiles().items():
        assert profile.meaning and profile.source, name
        assert "ASSUMED" in profile.source, f"{name}: no number of a profile has a published value"
