"""Contacts and exchanges between two people: who begins, what is expected, how it is said and answered."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.theory import life, states
from simulation.theory.exchange import REPLIES, UNAVAILABLE
from simulation.theory.states import ACTS
from tests.strategies import LUCK, UNIT
from tests.theory.laws import covers
from tests.theory.scene import TROUBLED, Scene, troubled


@covers(life.contacts_of_tie)
@given(st.floats(0, 24), st.floats(0, 10))
def test_contacts_of_a_tie(rate, seeking):
    scene = Scene(contact_rate=rate, seeking=seeking)
    assert scene.do(life.contacts_of_tie) == pytest.approx(rate * seeking * 0.125)
    scene.set(alive=0.0)
    assert scene.do(life.contacts_of_tie) == 0


@covers(life.seek_other)
@given(UNIT, st.floats(-1, 0))
def test_less_contact_is_sought_with_someone_who_was_cold(need, last):
    cold, other = Scene(last_behaviour=last), Scene(last_behaviour=0.3)
    cold.do(life.seek_other, seek=2.0, need=need, anxiety=0.3, committed=0.0)
    other.do(life.seek_other, seek=2.0, need=need, anxiety=0.3, committed=0.0)
    assert 0 < cold["seeking"] <= other["seeking"] == 2.0


@covers(life.seek_other)
@given(UNIT, UNIT, st.floats(-1, 1))
def test_after_a_break_fear_of_being_alone_brings_people_back(calm, afraid, last):
    calm, afraid = sorted((calm, afraid))
    parted, missed = (Scene(alive=0.0, ruptured=1.0, last_behaviour=last) for _ in range(2))
    parted.do(life.seek_other, seek=2.0, need=0.5, anxiety=calm, committed=0.0)
    missed.do(life.seek_other, seek=2.0, need=0.5, anxiety=afraid, committed=0.0)
    assert 0 <= parted["seeking"] <= missed["seeking"] <= 2.0


@covers(life.seek_other)
def test_who_has_a_partner_is_not_open_to_another():
    scene = Scene()
    found = []
    for committed in (0.0, 0.25, 0.5, 0.9):
        scene.do(life.seek_other, seek=2.0, need=0.5, anxiety=0.3, committed=committed)
        found.append(scene["free"])
    assert found == [1.0, 0.5, 0.0, 0.0]


@covers(life.turn_of_tie)
@pytest.mark.parametrize(
    ("state", "turn"),
    [
        ({"alive": 1.0, "strain": 0.9}, life.RUPTURE),
        ({"alive": 0.0, "ruptured": 1.0, "strain": 0.1}, life.RECONCILIATION),
        ({"alive": 0.0, "ruptured": 0.0}, life.ACQUAINTANCE),
        ({"alive": 1.0, "strain": 0.0, "eligible": 1.0, "rupture_rate": 0.0}, life.LOVE),
    ],
)
def test_how_a_tie_can_turn(state, turn):
    scene = Scene(**state)
    assert scene.do(life.turn_of_tie, luck=1e-6) == turn
    assert scene.do(life.turn_of_tie, luck=1 - 1e-6) == life.NO_TURN
    scene.set(contact_rate=0.0)
    assert scene.do(life.turn_of_tie, luck=1e-6) == life.NO_TURN, "there is no such tie"


@covers(life.turn_of_tie)
def test_who_has_a_partner_neither_falls_in_love_nor_goes_back_to_a_former_one():
    friend = Scene(alive=1.0, strain=0.0, eligible=1.0, rupture_rate=0.0)
    former, old_friend = (Scene(alive=0.0, ruptured=1.0, strain=0.1, romantic=x) for x in (1.0, 0.0))
    stranger = Scene(alive=0.0, ruptured=0.0, romantic=1.0)
    turns = [scene.set(free=0.0).do(life.turn_of_tie, luck=1e-6) for scene in (friend, former, stranger, old_friend)]
    assert turns == [life.NO_TURN, life.NO_TURN, life.NO_TURN, life.RECONCILIATION]
    friend.set(romantic=1.0, free=1.0)
    assert friend.do(life.turn_of_tie, luck=1e-6) == life.NO_TURN, "they are partners already"


@covers(life.turn_of_tie)
def test_a_tie_under_strain_breaks_or_turns_into_love_each_as_often_as_its_hazard_says():
    scene = Scene(strain=1.0, eligible=1.0, seeking=1.0, rupture_rate=0.5, love_rate=0.2, rupture_slope=100.0)
    turns = [scene.do(life.turn_of_tie, luck=(i + 0.5) / 10_000) for i in range(10_000)]
    either = 1 - math.exp(-0.7 * scene.dt)
    assert turns.count(life.RUPTURE) / 10_000 == pytest.approx(either * 5 / 7, abs=2e-4)
    assert turns.count(life.LOVE) / 10_000 == pytest.approx(either * 2 / 7, abs=2e-4)


@covers(life.agreed)
@given(LUCK)
def test_nobody_becomes_a_partner_beside_another(luck):
    scene = Scene(romantic=1.0)
    for turn in (life.LOVE, life.RECONCILIATION, life.ACQUAINTANCE):
        assert scene.do(life.agreed, turn=turn, committed=0.0, luck=luck)
        assert not scene.do(life.agreed, turn=turn, committed=0.8, luck=luck)
    assert scene.do(life.agreed, turn=life.RUPTURE, committed=0.8, luck=luck), "one is enough to part"
    scene.set(romantic=0.0)
    assert scene.do(life.agreed, turn=life.RECONCILIATION, committed=0.8, luck=luck), "friends make up"


@covers(life.exchange)
@given(LUCK, LUCK, LUCK, LUCK)
def test_an_exchange_leaves_a_valid_record(luck_act, luck_reply, luck_voice, luck_tone):
    scene = troubled().set_other(**TROUBLED).show()
    scene.do(life.exchange, luck_act=luck_act, luck_reply=luck_reply, luck_voice=luck_voice, luck_tone=luck_tone)
    row = scene.row
    assert row[life.ACT] in range(len(ACTS))
    assert row[life.REPLY] in range(len(REPLIES))
    assert -1 <= row[life.HEARD] <= 1 and -1 <= row[life.ANSWERED] <= 1
    assert all(0 <= row[x] <= 2 for x in (life.OVERWHELM, life.CRITICISM, life.CONFUSION, life.WORRY))
    assert row[life.AROUSAL_OF_ACTOR] == row[life.AROUSAL_OF_OTHER] == TROUBLED["arousal"]


@covers(life.exchange, life.take_in_act)
@given(LUCK, LUCK)
def test_who_is_busy_cannot_be_reached_and_feels_nothing(luck_act, luck_reply):
    scene = troubled().set_other(busy=1.0).show()
    scene.do(life.exchange, luck_act=luck_act, luck_reply=luck_reply)
    assert scene.row[life.REPLY] == UNAVAILABLE
    felt = (life.HEARD, life.REACHED, life.OVERWHELM, life.CRITICISM, life.CONFUSION, life.WORRY, life.CALM)
    assert [scene.row[x] for x in felt] == [0] * len(felt)
    theirs = {"o": scene.o2, "t": scene.t2, "a": scene.a2, "wish": 0}
    assert scene.changed_by(life.take_in_act, **theirs) == set()


@covers(life.exchange)
def test_the_pull_makes_the_same_answer_look_worse():
    unbiased, biased = (
        Scene(rejection_sensitivity=0.0, negative_self=0.0),
        Scene(rejection_sensitivity=1.0, negative_self=0.9),
    )
    for scene in (unbiased, biased):
        scene.mine[states.F_ACT + 1] = 1e3  # ordinary contact
        scene.do(life.exchange, luck_reply=0.5)
    assert unbiased.row[life.REPLY] == biased.row[life.REPLY]
    assert biased.row[life.ANSWERED] < unbiased.row[life.ANSWERED]


@covers(life.exchange)
def test_lesions_of_felt_reactions_and_of_rejection():
    scene = troubled(felt_reactions=0.0).set_other(felt_reactions=0.0, **TROUBLED).show()
    scene.do(life.exchange)
    assert [scene.row[x] for x in (life.OVERWHELM, life.CRITICISM, life.CONFUSION, life.WORRY)] == [0] * 4


@covers(life.exchange)
def test_the_image_that_is_up_decides_how_warm_people_are():
    def warm(good, bad, **values):
        scene = Scene(good_image=good, bad_image=bad, choice_temperature=1.0, **{"act_by_image": 3.0, **values})
        acts = []
        for i in range(200):
            scene.do(life.exchange, luck_act=(i + 0.5) / 200)
            acts.append(scene.row[life.ACT])
        return acts.count(ACTS.index("warm_contact"))

    assert warm(0.9, 0.1) > warm(0.5, 0.5) > warm(0.1, 0.9)
    assert warm(0.9, 0.1, act_by_image=0.0) == warm(0.1, 0.9, act_by_image=0.0)


def spoken(**values):
    """How an act, always the same, and its answer, always the same, are heard by two people without any bias."""
    fair = {"rejection_sensitivity": 0.0, "negative_self": 0.0, "differentiation_now": 1.0, "expected_response": 0.0}
    scene = Scene(**fair | {"busy": 0.0} | {k: v for k, v in values.items() if not k.startswith("their_")})
    scene.set_other(**fair | {"busy": 0.0}).set_other(
        **{k.removeprefix("their_"): v for k, v in values.items() if k.startswith("their_")}
    )
    scene.show()
    scene.mine[states.F_ACT + 1] = 1e3  # ordinary contact
    scene.do(life.exchange, luck_reply=1e-6)
    assert ACTS[int(scene.row[life.ACT])] == "ordinary_contact"
    return scene.row


@covers(life.exchange)
def test_anger_is_heard_in_the_voice_of_either():
    calm, angry, answered_angrily = spoken(), spoken(anger=0.8), spoken(their_anger=0.8)
    assert angry[life.HEARD] < calm[life.HEARD] == answered_angrily[life.HEARD]
    assert answered_angrily[life.REPLY] == calm[life.REPLY]
    assert answered_angrily[life.ANSWERED] < calm[life.ANSWERED]
    assert spoken(anger=0.8, tone_by_anger=0.0)[life.HEARD] == calm[life.HEARD]
    unheard = [spoken(their_busy=1.0, their_anger=anger)[life.ANSWERED] for anger in (0.0, 0.8)]
    assert unheard[0] == unheard[1], "who cannot be reached has no voice"


@covers(life.exchange)
def test_anger_remembers_what_the_other_did():
    def hostile(last_behaviour):
        scene = Scene(anger=0.6, last_behaviour=last_behaviour, choice_temperature=1.0)
        acts = []
        for i in range(200):
            scene.do(life.exchange, luck_act=(i + 0.5) / 200)
            acts.append(ACTS[int(scene.row[life.ACT])])
        return acts.count("angry_demand"), acts.count("attack")

    after_kindness, after_insult = hostile(0.9), hostile(-0.9)
    assert all(more > less for more, less in zip(after_insult, after_kindness, strict=True))


@covers(life.expectation)
def test_what_is_expected_comes_from_what_was_learned_the_mood_and_the_image_that_is_up():
    def expected(gloom=0.0, **values):
        return Scene(expected_response=0.2, **values).do(life.expectation, gloom=gloom)

    assert expected(good_image=0.5, bad_image=0.5) == pytest.approx(0.2)
    assert expected(good_image=0.9, bad_image=0.1) > expected() > expected(gloom=0.5)
    assert expected(good_image=0.1, bad_image=0.9) < 0.2
