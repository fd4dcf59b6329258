"""How a treatment is told and shown: its quarters, its end, and dates that come to nothing without the patient."""

import re

import pytest

from simulation import run
from simulation.cases import load_case
from simulation.pictures.labels import dated_events
from simulation.recording.recording import Record
from simulation.story import tell_story
from simulation.story.reading import Event
from simulation.story.sessions import _nth, _rejected, _therapist

RECORD = Record(watch=("Angie", "Therapist"), summaries=())
LATER = "Weekly sessions end"


def angie(**constants):
    """The first half year of the case with treatment, and a date of the therapy that presupposes contact."""
    case = load_case("angie")
    date = case.events[-1].model_copy(
        update={"day": 150, "mark": "later", "label": LATER, "other": "Therapist", "only_in_touch": True}
    )
    events = [event for event in case.events if event.day <= 150] + [date]
    plan = case.treatment.model_copy(update={"constants": constants})
    case = case.model_copy(update={"events": events, "treatment": plan})
    return run(case, days=160, dt=1 / 8, treatment="mit", record=RECORD)


@pytest.fixture(scope="module")
def stays():
    return angie(drop_out=0.0, attend_base=1.0)


@pytest.fixture(scope="module")
def leaves():
    return angie(drop_out=1.0)


def test_sessions_told_are_those_that_were_held(stays):
    held = (stays.events["kind"] == "session").sum()
    told = re.findall(r"Angie came to (\w+) sessions? with Therapist", tell_story(stays))
    words = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
    assert held == sum(words.index(n) + 1 if n in words else int(n) for n in told) > 0


def test_a_date_of_the_therapy_is_told_of_those_who_are_in_it(stays, leaves):
    assert LATER in tell_story(stays)
    assert "the treatment ends early" not in tell_story(stays)
    assert LATER not in tell_story(leaves)
    assert "the treatment ends early" in tell_story(leaves)


def test_a_date_that_came_to_nothing_is_not_in_pictures(stays, leaves):
    assert LATER in [label for _, label in dated_events(stays)]
    assert LATER not in [label for _, label in dated_events(leaves)]


def test_who_never_comes_does_not_come_back(leaves):
    left = leaves.events.query("kind == 'drop_out'")
    before = leaves.events.query("kind == 'session'")
    came = "come back to" if len(before) else "begin the treatment with"
    assert len(left) == 1
    assert f"Angie did not {came} Therapist." in tell_story(leaves)


def test_calls_told_are_those_on_record(stays):
    story = tell_story(stays)
    kinds = stays.events["kind"].value_counts()
    assert ("Therapist answered" in story) == (kinds["crisis_call"] > 0)
    assert ("nobody picked up" in story) == (kinds["unanswered_call"] > 0)


def test_without_calls_none_is_told():
    recording = run("angie", days=130, dt=1 / 8, treatment="supportive", record=RECORD)
    story = tell_story(recording)
    assert "the treatment, first quarter" in story
    assert "nobody picked up" not in story and "In crises Angie called" not in story
    assert "mostly about validation" in story


def test_medication_and_supervision_are_told(stays):
    story = tell_story(stays)
    assert "Angie was given medication." in story
    assert re.search(r"Therapist, by now [a-zA-Z' ]+, talked about it in supervision \w+", story)


def test_what_is_stirred_up_is_told_at_its_strongest():
    found = [
        Event(i, -1, i, "counter_reaction", "Angie", "Therapist", what, "none", size, 0.0)
        for i, (what, size) in enumerate([("fear", 0.2), ("irritation", 0.1), ("irritation", 0.4), ("guilt", 0.15)])
    ]
    felt = "irritated and a little afraid for Angie's life"
    assert _therapist("Angie", "Therapist", found, 6) == (
        f"Therapist, by now {felt}, talked about it in supervision six times"
    )
    assert _therapist("Angie", "Therapist", found, 0) == f"Therapist was by now {felt}"
    assert _therapist("Angie", "Therapist", [], 6) == ""


def test_every_quarter_has_its_number():
    told = [_nth(n - 1) for n in (1, 10, 11, 12, 13, 21, 22, 23, 24, 111, 121)]
    assert told == ["first", "tenth", "11th", "12th", "13th", "21st", "22nd", "23rd", "24th", "111th", "121st"]


def test_rejection_heard_in_a_session_is_told_in_words():
    assert [_rejected(s) for s in (0.1, 0.5, 2.41)] == ["a little rejected", "rejected", "strongly rejected"]


def test_the_case_tells_of_no_schedule_without_a_treatment():
    labels = " ".join(event.label for event in load_case("angie").events)
    assert not re.search(r"sessions|contract|weekly", labels)
