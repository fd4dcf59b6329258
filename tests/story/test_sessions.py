"""How a treatment is told: its quarters, its end, and the dates that come to nothing once the patient has left."""

import re

import pytest

from simulation import run
from simulation.cases import load_case
from simulation.recording.recording import Record
from simulation.story import tell_story

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


def test_who_never_comes_does_not_come_back(leaves):
    left = leaves.events.query("kind == 'drop_out'")
    before = leaves.events.query("kind == 'session'")
    came = "come back to" if len(before) else "begin the treatment with"
    assert len(left) == 1
    assert f"Angie did not {came} Therapist." in tell_story(leaves)
