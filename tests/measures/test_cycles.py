"""Cycles and cascades on graphs small enough to draw, and what must hold on any run."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.errors import InputError
from simulation.measures.cascades import cascades_in, episodes_in, reproduction_number
from simulation.measures.causes import AFFILIATION, HURT, causes_of, spells_of
from simulation.measures.cycles import ENDINGS, cycles_in, loop_gain, turn_starts, turns_in
from tests.measures.conftest import encounter, events_of

BEGINS = ("episode_begins", "A", None, "angry", 0.6)


def loop(second_reply="criticism", heard=-0.5, answered=-0.6, episode=True, cause=3):
    """A is put off and hurt (3), and attacks because of it; B hears it (6), answers coldly; A is hurt again (8)."""
    rows = encounter("A", "B", "ordinary_contact", 0.1, "unavailable", -0.4, -1, 0, 0)
    rows += [(*BEGINS, 3, 1)] if episode else [("coping", "A", None, "alcohol", 0.1, 3, 1)]
    rows += encounter("A", "B", "attack", heard, second_reply, answered, cause, 4, 5)
    return rows


def test_one_turn():
    turns = turns_in(events_of(loop()))
    assert turns.to_dict("records") == [
        {"person": "A", "other": "B", "start": 3, "between": 6, "id": 8, "behaviour": "criticism", "day": 0.625,
         "days": 0.5, "episode": True}
    ]  # fmt: skip
    cycles = cycles_in(events_of(loop()), days=1.0)
    assert cycles.to_dict("records") == [
        # B was reached and put A off: a cold reply, so B began
        {"person": "A", "other": "B", "turns": 1, "mutual": False, "begins": 0.125, "ends": 0.625, "duration": 0.5,
         "period": 0.5, "initiator": "B", "ending": "open"}
    ]  # fmt: skip
    # hurts of A: 3 and 8; of B: 6 (the attack). One turn of three hurts, one of A's two
    assert loop_gain(events_of(loop())) == pytest.approx(1 / 3)
    assert loop_gain(events_of(loop()), "A") == pytest.approx(1 / 2)
    assert loop_gain(events_of(loop()), "B") == 0
    assert turn_starts(events_of(loop())) == {8: 3}


@pytest.mark.parametrize(
    "change",
    [
        {"second_reply": "warmth"},  # taken as rejection, but the other was warm: no turn
        {"answered": -0.2},  # not taken as rejection
        {"cause": -1},  # the attack had another reason
    ],
)
def test_what_is_no_turn(change):
    events = events_of(loop(**change))
    assert turns_in(events).empty and cycles_in(events).empty


def test_without_an_episode_a_turn_is_no_cycle():
    events = events_of(loop(episode=False))
    assert len(turns_in(events)) == 1 and not turns_in(events)["episode"].any()
    assert cycles_in(events).empty


def test_a_turn_needs_the_mind_of_the_other():
    rows = loop()[:5]
    rows += [
        ("act", "A", "B", "attack", 0.0, 3, 4),  # did not reach B
        ("reply", "B", "A", "unavailable", 0.0, 5, 4),
        ("percept_of_reply", "A", "B", "unavailable", -0.6, 6, 4),
    ]
    assert turns_in(events_of(rows)).empty


def test_a_turn_stays_within_the_relationship():
    rows = loop()
    rows[5] = ("act", "A", "C", "attack", 0.0, 3, 4)  # the hurt by B is passed on to C
    rows[6] = ("percept_of_act", "C", "A", "attack", -0.5, 5, 4)
    rows[7] = ("reply", "C", "A", "criticism", 0.0, 6, 4)
    rows[8] = ("percept_of_reply", "A", "C", "criticism", -0.6, 7, 4)
    assert turns_in(events_of(rows)).empty


def mutual():
    """After the first turn B is hurt by the attack, attacks in turn, A answers coldly, and B is hurt again."""
    rows = loop()
    return rows + encounter("B", "A", "attack", -0.7, "rejection", -0.8, 6, 6, 9)


def test_turns_of_both_are_one_cycle():
    turns = turns_in(events_of(mutual()))
    # A's hurt comes back twice: as criticism at once (8) and as B's attack later (10); B's comes back as A's rejection
    assert set(zip(turns["person"], turns["start"], turns["id"], strict=True)) == {
        ("A", 3, 8),
        ("A", 3, 10),
        ("B", 6, 12),
    }
    cycle = cycles_in(events_of(mutual())).iloc[0]
    assert (cycle.person, cycle.turns, cycle.mutual) == ("A", 3, True)
    assert (cycle.begins, cycle.ends) == (0.125, 0.875)
    assert cycle.period == pytest.approx((0.5 + 0.75 + 0.25) / 3)


def test_the_initiator_is_who_took_as_rejection_what_was_none():
    rows = loop()
    rows[2] = ("reply", "B", "A", "neutral", 0.0, 1, 0)
    rows[3] = ("percept_of_reply", "A", "B", "neutral", -0.4, 2, 0)
    assert cycles_in(events_of(rows))["initiator"].tolist() == ["A"]
    rows = loop()
    rows[1] = ("coping", "B", None, "alcohol", 0.0, -1, 0)  # B was not reached: being busy is nobody's doing
    rows[2] = ("reply", "B", "A", "unavailable", 0.0, 0, 0)
    assert cycles_in(events_of(rows))["initiator"].tolist() == ["A"]


@pytest.mark.parametrize(
    ("after", "ending"),
    [
        ([], "time"),
        ([("rupture", "B", "A", "", 0.0, -1, 6), ("coping", "A", None, "reappraisal", 0.0, -1, 6)], "rupture"),
        ([("coping", "A", None, "reappraisal", 0.0, -1, 6), ("reconciliation", "A", "B", "", 0.0, -1, 7)], "repair"),
        ([("percept_of_act", "A", "B", "warm_contact", 0.3, -1, 12)], "repair"),
        ([("percept_of_act", "A", "C", "warm_contact", 0.9, -1, 12)], "time"),
        ([("coping", "A", None, "pleasant_activity", 0.0, -1, 6)], "regulation"),
        ([("coping", "A", None, "alcohol", 0.0, -1, 6)], "time"),
        ([("coping", "A", None, "reappraisal", 0.0, -1, 13)], "time"),  # more than a day later
    ],
)
def test_endings(after, ending):
    assert cycles_in(events_of(loop() + after), days=10.0)["ending"].tolist() == [ending]


def test_an_episode_pushes_others():
    rows = [
        (*BEGINS, -1, 0),
        *encounter("A", "B", "attack", -0.8, "neutral", 0.0, -1, 2, 1),
        ("episode_begins", "B", None, "angry", 0.6, 2, 4),
        *encounter("B", "C", "attack", -0.8, "neutral", 0.0, 2, 5, 6),
        ("episode_begins", "C", None, "angry", 0.6, 7, 8),
        ("episode_ends", "A", None, "angry", 0.2, -1, 10),
        *encounter("A", "D", "attack", -0.8, "neutral", 0.0, -1, 12, 12),
        ("episode_begins", "D", None, "angry", 0.6, 13, 13),  # A was calm again: D's episode starts a tree of its own
    ]
    episodes = episodes_in(events_of(rows)).set_index("person")
    assert episodes["pushed_by"].to_dict() == {"A": -1, "B": 0, "C": 5, "D": -1}
    assert episodes["generation"].to_dict() == {"A": 0, "B": 1, "C": 2, "D": 0}
    assert episodes.loc["A", "ends"] == 11 * 0.125 and np.isnan(episodes.loc["B", "ends"])
    first, second = cascades_in(events_of(rows)).to_dict("records")
    assert (first["root"], first["size"], first["people"], first["depth"]) == ("A", 3, 3, 2)
    assert first["speed"] == pytest.approx(2 / (8 * 0.125))
    assert (second["root"], second["size"]) == ("D", 1) and np.isnan(second["speed"])
    assert reproduction_number(events_of(rows)) == pytest.approx(2 / 4)
    assert reproduction_number(events_of(rows), "A") == 1


def test_no_events():
    events = events_of([])
    assert turns_in(events).empty and cycles_in(events).empty and cascades_in(events).empty
    assert np.isnan(loop_gain(events)) and np.isnan(reproduction_number(events))


def test_a_table_that_is_none_is_explained():
    with pytest.raises(InputError, match='lacks "cause"'):
        cycles_in(events_of(loop()).drop(columns="cause"))
    with pytest.raises(InputError, match="out of order"):
        cycles_in(events_of(loop()).iloc[::-1])


def test_of_a_run(dyad):
    """Every turn is checked link by link against the events, in the plainest way."""
    rows = {row.id: row for row in dyad.events.itertuples()}
    found = {}
    for event in rows.values():
        if not event.kind.startswith("percept") or event.perceived > HURT:
            continue
        chain = [event]
        while len(chain) < 5 and chain[-1].cause in rows:
            chain.append(rows[chain[-1].cause])
        if len(chain) < 5:
            continue
        kinds = [link.kind.split("_")[0] for link in chain]
        between = [(link.person, link.other) for link in chain]
        me, you = (event.person, event.other), (event.other, event.person)
        if (
            [kind == "percept" for kind in kinds] == [True, False, True, False, True]
            and between == [me, you, you, me, me]
            and chain[4].perceived <= HURT
            and AFFILIATION[chain[1].what] < 0
        ):
            found[event.id] = chain[4].id
    assert found and turn_starts(dyad.events) == found
    cycles = cycles_in(dyad.events, dyad.days)
    turns = turns_in(dyad.events)
    assert len(cycles) > 2 and set(cycles["ending"]) <= set(ENDINGS)
    assert cycles["turns"].sum() <= len(turns) and (cycles["duration"] >= 0).all()
    assert (cycles["begins"] < cycles["ends"] + 1e-9).all() and cycles["begins"].is_monotonic_increasing
    assert 0 <= loop_gain(dyad.events) <= 3


def test_names_do_not_matter(dyad):
    """Renaming the two changes names only."""
    swap = {"Alex": "Zoe", "Robin": "Ann"}
    events = dyad.events.assign(**{c: dyad.events[c].astype(object).map(swap) for c in ("person", "other")})
    plain, renamed = cycles_in(dyad.events), cycles_in(events)
    assert renamed["person"].tolist() == plain["person"].map(swap).tolist()
    assert renamed.drop(columns=["person", "other", "initiator"]).equals(
        plain.drop(columns=["person", "other", "initiator"])
    )
    assert reproduction_number(events) == reproduction_number(dyad.events)


@given(st.lists(st.tuples(st.sampled_from("ABC"), st.integers(1, 5), st.integers(0, 6)), max_size=12), st.data())
def test_spells_as_a_plain_search_finds_them(stretches, data):
    """Episodes laid out one after the other for each person; whether one covers a time, asked the slow way too."""
    clock, marks, spells = {"A": 0, "B": 0, "C": 0}, [], []
    for person, length, gap in stretches:
        first = clock[person] + gap
        clock[person] = last = first + length
        spells.append((person, first, last))
        marks += [
            ("episode_begins", person, None, "angry", 0.6, -1, first),
            ("episode_ends", person, None, "angry", 0.1, -1, last),
        ]
        clock[person] += 1
    marks.sort(key=lambda row: row[-1])
    causes = causes_of(events_of(marks))
    found = spells_of(causes)
    assert len(found.row) == len(spells) and (found.end >= 0).all()
    since = data.draw(st.integers(0, 60))
    until = since + data.draw(st.integers(0, 10))
    for number, name in enumerate(causes.names):
        at = int(found.covering(np.array([number]), np.array([since]), np.array([until]))[0])
        covering = [first for who, first, last in spells if who == name and first <= until and last >= since]
        assert (found.first[at] if at >= 0 else None) == (max(covering) if covering else None)
