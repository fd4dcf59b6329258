"""Causal events: what happened is written once, in order, and every event has the right cause."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.population import notes
from simulation.theory.exchange import REPLIES
from simulation.theory.states import ACTS, PERSONAL_STRATEGIES, SELF_STATES
from tests.strategies import blueprints, couple, random_network

KIND = dict(enumerate(notes.EVENT_KINDS))


class Events:
    """Events of a run by column, and by id."""

    def __init__(self, simulation):
        self.rows = np.concatenate([np.zeros((0, 8), np.int64), *simulation.parts["rows"]])
        self.values = np.concatenate([np.zeros((0, 2)), *simulation.parts["values"]])
        self.id, self.cause, self.tick, kind, self.person, self.other, self.what, self.felt = self.rows.T
        self.kind = np.array([KIND[k] for k in kind], dtype=object)
        self.at = {number: i for i, number in enumerate(self.id)}

    def of(self, *kinds):
        """Positions of all events of some kinds."""
        return [int(i) for i in np.flatnonzero(np.isin(self.kind, kinds))]

    def cause_of(self, i):
        """Position of the cause of an event, or None."""
        return None if self.cause[i] == notes.NO_CAUSE else self.at[self.cause[i]]


def eventful(blueprint, watch, ticks=300):
    return Events(blueprint.run(ticks, watch=watch, events=True))


def check_graph(events: Events) -> None:
    """What holds of any events, whoever is watched."""
    assert events.id.tolist() == list(range(len(events.id))), "ids rise one by one"
    assert (np.diff(events.tick) >= 0).all()
    assert (events.cause < events.id).all()
    assert (events.cause >= notes.NO_CAUSE).all()
    for i in range(len(events.id)):
        cause = events.cause_of(i)
        kind = events.kind[i]
        here = (events.person[i], events.other[i])
        if kind in ("percept_of_act", "percept_of_reply"):
            assert events.kind[cause] == kind.removeprefix("percept_of_")
            assert (events.other[cause], events.person[cause]) == here, "between the same two"
            assert events.what[cause] == events.what[i]
            assert events.tick[cause] == events.tick[i]
            assert -1 <= events.values[i, 0] <= 1
        elif kind == "reply":
            assert events.kind[cause] in ("act", "percept_of_act")
            assert {events.person[cause], events.other[cause]} == set(here)
            reached = events.kind[cause] == "percept_of_act"
            assert reached or REPLIES[events.what[i]] == "unavailable"
        elif cause is not None:  # acts, coping, episodes, crises, turns of ties: moved by a percept of one's own
            assert events.kind[cause] in ("percept_of_act", "percept_of_reply", "life_event")
            assert events.person[cause] == events.person[i]
        codes = {"act": ACTS, "percept_of_act": ACTS, "reply": REPLIES, "percept_of_reply": REPLIES,
                 "coping": PERSONAL_STRATEGIES, "episode_begins": SELF_STATES, "episode_ends": SELF_STATES}  # fmt: skip
        assert 0 <= events.what[i] < len(codes.get(kind, [0]))
        assert 0 <= events.felt[i] < len(notes.FELT_REACTIONS)
        assert events.felt[i] == 0 or kind == "percept_of_act"


@given(blueprints(people=st.integers(2, 40), most_pairs=60), st.data())
def test_every_event_has_the_right_cause_and_nobody_else_is_noted(blueprint, data):
    watch = data.draw(st.lists(st.integers(0, blueprint.n - 1), unique=True, max_size=6))
    events = eventful(blueprint, watch, ticks=60)
    check_graph(events)
    for person, other, kind in zip(events.person, events.other, events.kind, strict=True):
        if other == notes.NOBODY:
            assert person in watch
            assert kind in ("coping", "episode_begins", "episode_ends", "crisis_begins", "crisis_ends")
        else:
            assert person in watch or other in watch


@pytest.mark.parametrize("seed", range(4))
def test_events_of_an_eventful_couple(seed):
    check_graph(eventful(couple(seed), [0, 1], ticks=1500))


@pytest.mark.parametrize("begins", ["episode", "crisis"])
def test_what_begins_ends_before_it_begins_again(begins):
    # whoever starts in an episode has it begin in the first tick
    events = eventful(random_network(40, 80, seed=5), range(40), ticks=800)
    seen = 0
    for person in range(40):
        turns = [events.kind[i] for i in events.of(f"{begins}_begins", f"{begins}_ends") if events.person[i] == person]
        expected = [f"{begins}_begins", f"{begins}_ends"] * len(turns)
        assert turns == expected[: len(turns)]
        seen += len(turns)
    assert seen > 10


def test_episodes_are_those_of_the_flag():
    simulation = couple(2).run(600, watch=[0, 1], quantities=["in_episode"], events=True)
    events = Events(simulation)
    flag = np.concatenate(simulation.parts["samples"])[:, 0, 0]
    begins = [events.tick[i] for i in events.of("episode_begins") if events.person[i] == 0]
    assert begins == np.flatnonzero(np.diff(flag, prepend=0) > 0).tolist()


def test_coping_is_that_of_the_state():
    simulation = couple(2).run(600, watch=[0], quantities=["coped"], events=True)
    events = Events(simulation)
    coped = np.concatenate(simulation.parts["samples"])[:, 0, 0]
    noted = {int(events.tick[i]): int(events.what[i]) for i in events.of("coping")}
    assert noted == {int(t): int(coped[t]) - 1 for t in np.flatnonzero(coped)}
    assert noted


def test_an_act_of_someone_who_was_hurt_follows_from_the_percept_that_hurt_most():
    events = eventful(couple(2), [0, 1], ticks=1500)
    moved = [i for i in events.of("act") if events.cause_of(i) is not None]
    assert moved
    strengths = [max(-events.values[events.cause_of(i), 0], 0) + events.values[events.cause_of(i), 1] for i in moved]
    assert min(strengths) > notes.STILL_MOVED


def test_each_encounter_is_an_act_and_a_reply_and_what_was_made_of_them():
    events = eventful(couple(4), [0], ticks=400)
    acts, replies = events.of("act"), events.of("reply")
    assert len(acts) == len(replies) == len(events.of("percept_of_reply"))
    reached = [i for i in replies if events.kind[events.cause_of(i)] == "percept_of_act"]
    assert len(events.of("percept_of_act")) == len(reached) < len(replies)


def test_ruptures_are_those_of_the_tie():
    simulation = couple(1).run(2400, watch=[0, 1], tie_fields=["ruptured"], tie_every=1, events=True)
    events = Events(simulation)
    broken = np.concatenate(simulation.parts["tie_samples"])[:, 0, 0]
    assert (
        sorted({int(events.tick[i]) for i in events.of("rupture")})
        == np.flatnonzero(np.diff(broken, prepend=0) > 0).tolist()
    )
    mended = sorted({int(events.tick[i]) for i in events.of("reconciliation")})
    assert mended == np.flatnonzero(np.diff(broken, prepend=0) < 0).tolist()


@pytest.mark.parametrize("engine", ["compiled", "python"])
def test_a_life_event_is_noted_and_moves_the_person(engine):
    simulation = couple(3).simulation(engine, watch=[0], events=True)
    simulation.run(5)
    simulation.note_life_event(0, None, 2, 5.0)
    simulation.note_life_event(0, 1, 1, 0.0)
    simulation.run(40)
    events = Events(simulation)
    first, second = events.of("life_event")
    assert (events.person[first], events.other[first], events.what[first], events.cause[first]) == (0, -1, 2, -1)
    assert (events.other[second], events.values[second, 1]) == (1, 0.0)
    followed = [i for i in range(len(events.id)) if events.cause[i] == events.id[first]]
    assert followed
    assert {events.person[i] for i in followed} == {0}


def test_without_events_life_events_are_not_noted():
    simulation = couple(3).simulation(watch=[0])
    simulation.note_life_event(0, None, 0, 1.0)
    assert simulation.parts["rows"] == []


def test_life_events_of_people_who_are_not_watched_are_not_noted():
    simulation = couple(3).simulation(watch=[0], events=True)
    simulation.note_life_event(1, None, 0, 1.0)
    assert simulation.parts["rows"] == []
