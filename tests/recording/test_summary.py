"""The few numbers agree with the tables they come from."""

import json

import numpy as np
import pytest

from simulation import load_case
from simulation.cli.report import _tie, _treatment
from simulation.recording import Record
from simulation.recording.summary import MEANINGS, summarise
from simulation.running import run
from simulation.story import tell_story


@pytest.fixture(scope="module")
def summary(recording):
    return summarise(recording)


def test_it_is_plain_json(summary):
    assert json.loads(json.dumps(summary, allow_nan=False)) == summary


def test_every_number_about_a_person_is_explained(summary):
    derived = {"episodes_per_week", "coping_per_30_days"}
    assert set(summary["watched"]["Alex"]) - derived <= set(MEANINGS)


def test_counts_agree_with_events(recording, summary):
    events = recording.events
    for name, person in summary["watched"].items():
        own = events[events["person"] == name]
        for key, kind in (("acts", "act"), ("replies", "reply"), ("coping", "coping")):
            assert sum(person[key].values()) == (own["kind"] == kind).sum()
            assert list(person[key].values()) == sorted(person[key].values(), reverse=True)
        assert person["episodes"] == (own["kind"] == "episode_begins").sum()
        assert person["episodes_per_week"] == pytest.approx(person["episodes"] / 3)


def test_a_treatment_is_counted_and_only_for_those_who_have_one():
    recording = run("angie", days=120, treatment="mit", record=Record(watch=["Angie", "Sister"], summaries=()))
    watched = summarise(recording)["watched"]
    kinds = recording.events["kind"].value_counts()
    treatment = watched["Angie"]["treatment"]
    assert treatment["sessions"] == kinds["session"] > 0
    assert treatment["missed"] == kinds["missed_session"]
    assert treatment["crisis_calls"] == kinds["crisis_call"]
    assert treatment["unanswered_calls"] == kinds["unanswered_call"]
    assert (treatment["left_on_day"] is not None) == (kinds["drop_out"] == 1)
    assert watched["Sister"]["treatment"] is None


def test_calls_are_reported_answered_and_not():
    lived = {"sessions": 5, "missed": 1, "crisis_calls": 0, "unanswered_calls": 2, "ruptures": 0, "repairs": 0}
    assert "0 crisis calls answered, 2 not" in _treatment({**lived, "left_on_day": None})
    assert "call" not in _treatment({**lived, "unanswered_calls": 0, "left_on_day": None})


def test_shares_and_means_agree_with_courses(recording, summary):
    for name, person in summary["watched"].items():
        assert sum(person["self_states"].values()) == pytest.approx(1)
        assert person["mean"]["arousal"] == pytest.approx(recording.course(name, "arousal").mean())
        assert person["time_in_episode"] == recording.course(name, "in_episode").mean()
        assert 0 < person["negative_self_image"]["at_end"] < 1
    assert summary["everyone"]["arousal"] == pytest.approx(recording.summaries["arousal"].mean())


def test_pairs_have_two_sides(summary):
    one, other = summary["pairs"]
    assert (one["first"], one["other"]) == (other["other"], other["first"]) == ("Alex", "Robin")
    assert one["acts"] == sum(summary["watched"]["Alex"]["acts"].values())
    assert one["replies"] == sum(summary["watched"]["Robin"]["replies"].values())
    assert 0 <= one["cold_replies"] <= one["replies"]
    assert one["ruptures"] == other["ruptures"] == summary["watched"]["Alex"]["ruptures"]


def test_friends_who_fall_in_love_are_counted_and_told_of():
    case = load_case("dyad")
    friends = [tie.model_copy(update={"values": {**tie.values, "romantic": 0.0, "eligible": 1.0}}) for tie in case.ties]
    recording = run(case.model_copy(update={"ties": friends, "constants": {"love_rate": 0.2}}), days=20)
    (begun,) = np.flatnonzero(recording.events["kind"] == "new_partner")
    one, other = summarise(recording)["pairs"]
    assert one["became_partners"] == other["became_partners"] == 1
    assert "friends who became partners" in _tie(one)
    assert "Friendship with Robin had turned into love" in tell_story(recording)
    together = recording.course("Robin", "committed") > 0
    assert (np.diff(together.astype(int)) == 1).sum() == 1
    first = recording.trajectories["day"].unique()[together][0]
    assert recording.events["day"].iloc[begun] == pytest.approx(first, abs=1)


def test_people_of_a_network_have_everyone_they_know():
    recording = run("karate-club", days=2)
    summary = summarise(recording)
    assert summary["people"] == 34
    assert summary["relationships"] >= 78  # a tie may have begun
    assert summary["focal"] in summary["watched"]
    ties = {(pair["first"], pair["other"]) for pair in summary["pairs"]}
    assert {first for first, _ in ties} == set(summary["watched"])


def test_what_was_not_recorded_is_none():
    person = summarise(run("dyad", days=1, record=Record(events=False, quantities=("joy",), tie_fields=())))["watched"][
        "Alex"
    ]
    assert person["episodes"] is person["acts"] is person["self_states"] is person["time_in_episode"] is None
    assert person["mean"] == dict.fromkeys(("arousal", "anger", "shame", "pain"))
    assert person["negative_self_image"]["at_start"] is None
