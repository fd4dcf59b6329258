"""The phases of one person's tick, in plain Python: each changes only what is its own and does what theory says."""

import math
import random
import statistics

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.theory import constants, life, mastery, metacognition, soothing, states, within
from simulation.theory.exchange import REPLIES, TEST_ACT, UNAVAILABLE
from simulation.theory.layout import CONSTANT, PERSON, TIE, WISHES
from simulation.theory.mastery import PERSONAL_COST
from simulation.theory.numerics import chance, kept
from simulation.theory.states import ACTS, FIRST_STRATEGY_ACT, PERSONAL_STRATEGIES
from tests.strategies import GAINS, STATES
from tests.theory.laws import covers
from tests.theory.scene import Scene

UNIT = st.floats(0, 1)
SIGNED = st.floats(-1, 1)
AMOUNT = st.floats(0, 5)
LUCK = st.floats(1e-6, 1 - 1e-6)
INBOX = {q.name for q in PERSON.values() if q.kind == "inbox"}
EVIDENCE = {f"{which}_evidence_{wish}" for which in ("negative", "benevolent") for wish in WISHES}
NEEDS = {f"need_{wish}" for wish in WISHES}
PERSONAL_HABITS = {f"habit_{s}" for s in PERSONAL_STRATEGIES}
ACT_HABITS = {f"habit_{act}" for act in ACTS[FIRST_STRATEGY_ACT:]}
IMAGES = {"good_image", "bad_image"}
FUNCTIONS = ("monitoring", "differentiation", "decentring", "integration", "mastery")

OWN = {
    life.clear_inbox: INBOX | {"due_rejection", "due_acceptance"},
    life.weather_life: {
        "circumstance", "busy", "in_stress", "in_moment", "joy", "connection", "overwhelmed", "criticised", "confused",
        "worried",
    },
    life.long_for: NEEDS,
    life.feel: {"anger", "shame", "sadness", "anxiety"},
    life.arouse: {"arousal", "coregulation"},
    life.reflect: {f"{f}_now" for f in FUNCTIONS},
    life.see_oneself: {"rejection_trace", "acceptance_trace", "negative_self", "benevolent_self"},
    life.hold_together: {"pain", "dissociation", "rumination", "emptiness", "suicidal_crisis"},
    life.wants_to_soothe: {"refractory"},
    life.crave: {"craved"},
    life.soothe: {
        "pain", "arousal", "anger", "anxiety", "shame", "aftermath", "rumination", "dissociation", "refractory",
        "coped",
    } | PERSONAL_HABITS,
    life.learn_slowly: EVIDENCE | PERSONAL_HABITS | ACT_HABITS | set(FUNCTIONS) | {"aftermath"},
    life.name_state: {"dysregulation", "self_state", "in_episode"},
    life.show_face: {f"seek_{wish}" for wish in WISHES},
    life.take_in: {
        "in_rejection", "in_acceptance", "in_moment", "in_arousal", "in_anger", "in_sadness", "in_joy", "in_calm",
    }
    | NEEDS | EVIDENCE | IMAGES | {"expected_response", "trust", "strain", "last_behaviour"},
    life.seek_other: {"seeking"},
    life.turn_tie: {"alive", "ruptured", "missed", "strain", "in_rejection", "in_moment"},
    life.miss_other: {"in_rejection", "in_moment"},
    life.age_tie: IMAGES | {"strain", "last_behaviour", "missed"},
}  # fmt: skip
"""What each phase may change; all else, and the other person, must stay as it was."""

NEUTRAL = {"other_anger": 0.1, "other_sadness": 0.05, "other_joy": 0.2}
"""Feelings of another person."""

EXTRA = {
    life.show_face: {},
    life.take_in: {"wish": 0, "act": 0, "perceived": -0.5, "other_arousal": 0.9, **NEUTRAL, "felt": 0.5, "calm": 1.0},
    life.seek_other: {"seek": 2.0, "need": 0.4, "anxiety": 0.3},
    life.turn_tie: {"own": life.RUPTURE, "theirs": life.NO_TURN},
    life.miss_other: {"wish": 0},
}
TROUBLED = {
    "arousal": 0.7, "anger": 0.4, "shame": 0.6, "sadness": 0.3, "pain": 0.7, "negative_self": 0.7,
    "benevolent_self": 0.4,
    "rumination": 0.5, "dissociation": 0.4, "aftermath": 0.6, "refractory": 0.4, "need_attachment": 0.7, "strain": 0.5,
    "last_behaviour": -0.5, "missed": 0.6,
    "coregulation": 0.3, "connection": 0.4, "rejection_trace": 1.0, "in_rejection": 0.5,
    "in_acceptance": 0.2, "in_criticism": 0.3, "in_overwhelm": 0.2, "in_confusion": 0.1, "in_worry": 0.2,
    "in_calm": 0.2,
    "in_stress": 0.5, "in_arousal": 0.05, "due_rejection": 0.4, "due_acceptance": 0.2, "overwhelmed": 0.2,
    "criticised": 0.2, "confused": 0.2, "worried": 0.2, "dysregulation": 0.5,
}  # fmt: skip


def troubled(**values) -> Scene:
    return Scene(**TROUBLED | values)


@covers(*OWN)
@pytest.mark.parametrize("phase", OWN, ids=lambda phase: phase.__name__)
def test_a_phase_changes_only_what_is_its_own(phase):
    scene = troubled().set(anxiety=0.9)  # after the faces were shown
    changed = scene.changed_by(phase, **EXTRA.get(phase, {}))
    assert changed
    assert changed <= OWN[phase]


@pytest.mark.parametrize("phase", OWN, ids=lambda phase: phase.__name__)
def test_a_phase_leaves_the_other_person_alone(phase):
    scene = troubled()
    before = [scene.p[q.offset + scene.o2] for q in PERSON.values()]
    ties = [scene.t[q.offset + scene.a2] for q in TIE.values()]
    scene.do(phase, **EXTRA.get(phase, {}))
    assert before == [scene.p[q.offset + scene.o2] for q in PERSON.values()]
    assert ties == [scene.t[q.offset + scene.a2] for q in TIE.values()]


def test_every_state_of_a_person_belongs_to_some_phase():
    assert {q.name for q in STATES} <= set().union(*OWN.values())


# ---------------------------------------------------------------- between two people


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
    cold.do(life.seek_other, seek=2.0, need=need, anxiety=0.3)
    other.do(life.seek_other, seek=2.0, need=need, anxiety=0.3)
    assert 0 < cold["seeking"] <= other["seeking"] == 2.0


@covers(life.seek_other)
@given(UNIT, UNIT, st.floats(-1, 1))
def test_after_a_break_fear_of_being_alone_brings_people_back(calm, afraid, last):
    calm, afraid = sorted((calm, afraid))
    parted, missed = (Scene(alive=0.0, ruptured=1.0, last_behaviour=last) for _ in range(2))
    parted.do(life.seek_other, seek=2.0, need=0.5, anxiety=calm)
    missed.do(life.seek_other, seek=2.0, need=0.5, anxiety=afraid)
    assert 0 <= parted["seeking"] <= missed["seeking"] <= 2.0


@covers(life.turn_of_tie)
@pytest.mark.parametrize(
    ("state", "turn"),
    [
        ({"alive": 1.0, "strain": 0.9}, life.RUPTURE),
        ({"alive": 0.0, "ruptured": 1.0, "strain": 0.1}, life.RECONCILIATION),
        ({"alive": 0.0, "ruptured": 0.0}, life.ACQUAINTANCE),
    ],
)
def test_how_a_tie_can_turn(state, turn):
    scene = Scene(**state)
    assert scene.do(life.turn_of_tie, luck=1e-6) == turn
    assert scene.do(life.turn_of_tie, luck=1 - 1e-6) == life.NO_TURN
    scene.set(contact_rate=0.0)
    assert scene.do(life.turn_of_tie, luck=1e-6) == life.NO_TURN, "there is no such tie"


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


# ---------------------------------------------------------------- what it does to each


def taken_in(
    perceived=-0.6, act=0, felt=0.0, calm=0.0, other_arousal=0.2, other_anger=0.1, other_sadness=0.05,
    other_joy=0.2, **values
) -> Scene:  # fmt: skip
    scene = Scene(**{"arousal": 0.2, "dissociation": 0.0, "negative_self": 0.5, **values})
    scene.do(life.take_in, wish=0, act=act, perceived=perceived, other_arousal=other_arousal,
             other_anger=other_anger, other_sadness=other_sadness, other_joy=other_joy, felt=felt,
             calm=calm)  # fmt: skip
    return scene


@covers(life.take_in)
@given(SIGNED, UNIT, UNIT, UNIT, st.integers(0, 8))
def test_everything_stays_in_bounds_after_an_encounter(perceived, level, trust, dissociation, act):
    scene = taken_in(perceived, act, felt=2 * level, trust=trust, strain=level, dissociation=dissociation, bond=level)
    for name in ("trust", "strain", "good_image", "bad_image", "need_attachment"):
        assert 0 <= scene[name] <= 1
    assert -1 <= scene["expected_response"] <= 1
    assert scene["in_rejection"] >= 0 <= scene["in_acceptance"]
    assert scene["in_rejection"] * scene["in_acceptance"] == 0


@covers(life.take_in)
@pytest.mark.parametrize("perceived", [-0.6, 0.6])
def test_dissociation_keeps_out_good_and_bad_and_blocks_learning(perceived):
    awake, away = taken_in(perceived), taken_in(perceived, dissociation=1.0, dissociation_filter=1.0)
    came_in = "in_rejection" if perceived < 0 else "in_acceptance"
    learned = "negative_evidence_attachment" if perceived < 0 else "benevolent_evidence_attachment"
    before = Scene()[learned]
    assert away[came_in] == 0 < awake[came_in]
    assert away[learned] == before < awake[learned]


@covers(life.take_in)
@pytest.mark.parametrize(("perceived", "evidence"), [(-0.6, "negative"), (0.6, "benevolent")])
def test_dissociation_blocks_learning_even_of_what_comes_in(perceived, evidence):
    learned = [
        taken_in(perceived, dissociation=level, dissociation_filter=0.0)[f"{evidence}_evidence_attachment"]
        for level in (0.0, 0.5, 1.0)
    ]
    assert learned[0] > learned[1] > learned[2] == Scene()[f"{evidence}_evidence_attachment"]


@covers(life.take_in)
def test_a_rejection_hurts_less_where_the_active_schema_expected_it():
    def hurt(**values):
        scene = taken_in(-0.5, expected_response=0.6, surprise=2.0, expectation_coloured_by_schema=1.0, **values)
        return scene["in_rejection"]

    hopeful = hurt(negative_self=0.0, differentiation_now=0.0)
    assert hurt(negative_self=0.8, differentiation_now=0.0) < hopeful
    assert hurt(negative_self=0.8, differentiation_now=1.0) == pytest.approx(hopeful)
    assert hurt(negative_self=0.8, differentiation_now=0.0, negative_expectation=0.0) == pytest.approx(hopeful)


@covers(life.take_in)
def test_only_the_wish_of_the_tie_is_touched():
    scene = Scene(negative_self=0.5)
    changed = scene.changed_by(
        life.take_in, wish=2, act=0, perceived=-0.5, other_arousal=0.2, **NEUTRAL, felt=0.0, calm=0.0
    )
    assert {n for n in changed if "evidence" in n or n.startswith("need")} == {
        "negative_evidence_autonomy",
        "need_autonomy",
    }


@covers(life.take_in, life.take_in_reply)
def test_the_answer_to_a_test_is_stronger_evidence():
    learned = {act: taken_in(0.6, act)["benevolent_evidence_attachment"] for act in (0, TEST_ACT)}
    assert learned[TEST_ACT] > learned[0]
    scene = Scene(negative_self=0.5)
    scene.row[life.ACT], scene.row[life.ANSWERED] = TEST_ACT, 0.6
    scene.do(life.take_in_reply, wish=0)
    assert scene["benevolent_evidence_attachment"] == pytest.approx(learned[TEST_ACT])


HABIT_OF = {act: f"habit_{act}" for act in ACTS[FIRST_STRATEGY_ACT:]}


def answered(act: str, percept: float, **values) -> Scene:
    """Somebody who has just heard the answer to what they did."""
    scene = Scene(**{"bond": 0.8, **values})
    scene.row[life.ACT], scene.row[life.ANSWERED] = float(ACTS.index(act)), percept
    scene.do(life.take_in_reply, wish=0)
    return scene


@covers(life.take_in_reply)
@pytest.mark.parametrize(("act", "habit"), HABIT_OF.items())
@given(st.floats(0.05, 1), st.floats(0.05, 1))
def test_an_interpersonal_strategy_that_is_met_warmly_becomes_habit(act, habit, warmth, bond):
    before = Scene()[habit]
    warm = answered(act, warmth, bond=bond)
    assert before < warm[habit] <= 1
    assert answered(act, warmth, bond=bond / 2)[habit] < warm[habit], "an answer counts as much as the one who gives it"
    assert {name for name in ACT_HABITS if warm[name] != Scene()[name]} == {habit}
    assert answered(act, warmth, habit_formation=0.0)[habit] == pytest.approx(before)


@covers(life.take_in_reply)
@pytest.mark.parametrize(("act", "habit"), HABIT_OF.items())
@given(st.floats(-1, 0))
def test_one_that_is_met_coldly_does_not(act, habit, percept):
    assert answered(act, percept)[habit] == pytest.approx(Scene()[habit], abs=1e-12)


@covers(life.take_in_reply)
@pytest.mark.parametrize("act", ACTS[:FIRST_STRATEGY_ACT])
def test_everyday_contact_is_no_strategy_and_forms_no_habit(act):
    scene = answered(act, 0.9)
    assert all(scene[name] == Scene()[name] for name in ACT_HABITS)


@covers(life.take_in_act)
def test_who_is_reached_feels_the_act_but_its_test_weighs_only_for_the_tester():
    after = {}
    for act in (0, TEST_ACT):
        scene = Scene(negative_self=0.5)
        for place, value in ((life.ACT, act), (life.REACHED, 1.0), (life.HEARD, 0.5), (life.WORRY, 0.3)):
            scene.row[place] = float(value)
        scene.do(life.take_in_act, wish=0)
        after[act] = scene["benevolent_evidence_attachment"]
        assert scene["in_worry"] == 0.3
    assert after[0] == after[TEST_ACT]


@covers(life.take_in_act)
@pytest.mark.parametrize("felt", [life.OVERWHELM, life.CRITICISM, life.CONFUSION])
def test_every_felt_reaction_strains_the_tie(felt):
    def strain(size):
        scene = Scene(strain=0.2)
        scene.row[life.REACHED] = 1.0
        scene.row[felt] = size
        scene.do(life.take_in_act, wish=0)
        return scene["strain"]

    assert strain(0.8) > strain(0.2) > strain(0.0)


@covers(life.take_in)
def test_splitting_lets_one_image_drive_out_the_other():
    split, whole = (taken_in(-0.8, integration_now=i, good_image=0.8) for i in (0.0, 1.0))
    assert split["good_image"] < whole["good_image"] == pytest.approx(0.8)
    assert split["bad_image"] > 0.2


@covers(life.take_in)
@pytest.mark.parametrize(("perceived", "image"), [(0.8, "good_image"), (-0.8, "bad_image")])
def test_splitting_idealises_after_a_kindness_and_devalues_after_a_hurt(perceived, image):
    def seen(integration, **values):
        return taken_in(perceived, integration_now=integration, good_image=0.4, bad_image=0.4, **values)[image]

    assert seen(0.0) > seen(0.5) > seen(1.0) > 0.4
    assert seen(0.0, splitting=0.0) == seen(1.0)


@covers(life.take_in)
def test_a_schema_that_sleeps_still_decides_what_counts_as_an_exception():
    def gained(negative_evidence):
        scene = taken_in(0.6, negative_self=0.0, negative_evidence_attachment=negative_evidence,
                         benevolent_evidence_attachment=20.0, differentiation_now=0.0, integration_now=0.0)  # fmt: skip
        return scene["benevolent_evidence_attachment"] - 20.0

    assert 0 < gained(200.0) < gained(20.0) < gained(1.0)


@covers(life.take_in)
@pytest.mark.parametrize(
    ("lesion", "untouched", "given_"),
    [
        ("schema_learning", "negative_evidence_attachment", {"perceived": -0.6}),
        ("schema_learning", "benevolent_evidence_attachment", {"perceived": 0.6}),
        ("arousal_contagion", "in_arousal", {"other_arousal": 0.9}),
        ("arousal_contagion", "in_anger", {"other_anger": 0.9}),
        ("arousal_contagion", "in_sadness", {"other_sadness": 0.9}),
        ("arousal_contagion", "in_joy", {"other_joy": 0.9}),
        ("relationship_strain", "strain", {"perceived": -0.6, "felt": 1.0}),
        ("wish_activation", "need_attachment", {"perceived": -0.6}),
    ],
)
def test_lesions_of_what_an_encounter_does(lesion, untouched, given_):
    before = Scene()[untouched]
    assert taken_in(**given_)[untouched] != before
    assert taken_in(**given_, **{lesion: 0.0})[untouched] == pytest.approx(before)


@covers(life.turn_tie)
@pytest.mark.parametrize("own", range(4))
@pytest.mark.parametrize("theirs", range(4))
def test_a_break_by_either_wins_over_mending(own, theirs):
    scene = Scene(alive=0.0, ruptured=1.0, strain=0.4)
    scene.do(life.turn_tie, own=own, theirs=theirs)
    breaks = life.RUPTURE in (own, theirs)
    lives = not breaks and (own > 0 or theirs > 0)
    assert scene["alive"] == (1.0 if lives else 0.0)
    assert scene["ruptured"] == (0.0 if lives else 1.0)
    assert scene["strain"] == (0.2 if lives else 0.4)
    assert scene["missed"] == (1.0 if breaks else 0.0)


@covers(life.miss_other)
@given(UNIT, UNIT)
def test_absence_hurts_until_the_other_is_no_longer_missed_or_back(bond, need):
    scene = Scene(bond=bond, need_attachment=need, in_rejection=0.0, absence=0.5)
    scene.do(life.miss_other, wish=0)
    assert scene["in_rejection"] == 0  # nobody has parted
    felt = []
    scene.do(life.turn_tie, own=life.NO_TURN, theirs=life.RUPTURE)
    for _ in range(3):
        scene.set(in_rejection=0.0)
        scene.do(life.miss_other, wish=0)
        felt.append(scene["in_rejection"])
        scene.do(life.age_tie, dt=30.0)
    assert felt == sorted(felt, reverse=True)
    assert felt[0] == pytest.approx(0.5 * bond * need * scene.dt)
    scene.do(life.turn_tie, own=life.RECONCILIATION, theirs=life.NO_TURN)
    scene.set(in_rejection=0.0)
    scene.do(life.miss_other, wish=0)
    assert scene["in_rejection"] == 0


@covers(life.miss_other)
def test_what_absence_adds_in_a_day_does_not_depend_on_the_tick():
    once, often = (Scene(missed=1.0, bond=0.8, need_attachment=0.5, in_rejection=0.0) for _ in range(2))
    once.do(life.miss_other, wish=0, dt=1.0)
    for _ in range(8):
        often.do(life.miss_other, wish=0, dt=1 / 8)
    assert often["in_rejection"] == pytest.approx(once["in_rejection"])


@covers(life.age_tie)
@given(UNIT, UNIT, SIGNED, UNIT)
def test_time_wears_off_strain_and_memories(strain, trust, memory, image):
    values = {"strain": strain, "trust": trust, "last_behaviour": memory, "good_image": image}
    once, twice = Scene(**values), Scene(**values)
    once.do(life.age_tie)
    for _ in range(2):
        twice.do(life.age_tie, dt=once.dt / 2)
    assert once["strain"] <= strain
    assert abs(once["last_behaviour"]) <= abs(memory)
    assert min(image, trust) <= once["good_image"] + 1e-12 and once["good_image"] <= max(image, trust) + 1e-12
    for name in ("strain", "last_behaviour", "good_image"):
        assert once[name] == pytest.approx(twice[name], abs=1e-12)


# ---------------------------------------------------------------- within one person


@covers(life.clear_inbox)
def test_life_events_are_taken_in_once():
    scene = troubled()
    scene.do(life.clear_inbox)
    assert (scene["in_rejection"], scene["in_acceptance"]) == (0.4, 0.2)
    assert scene["in_moment"] == pytest.approx(0.6), "it came when the whole tick was still to come"
    assert all(scene[name] == 0 for name in INBOX - {"in_rejection", "in_acceptance", "in_moment"})
    scene.do(life.clear_inbox)
    assert all(scene[name] == 0 for name in INBOX)


@covers(life.weather_life)
@given(LUCK, LUCK, st.sampled_from([1 / 32, 1 / 8, 1.0]))
def test_stress_has_its_mean_number_of_moments_for_any_tick(luck_stress, luck_uplift, dt):
    scene = Scene(stress_rate=2.0, circumstance=0.0)
    scene.do(life.weather_life, luck_stress=luck_stress, luck_uplift=luck_uplift, dt=dt)
    odds = chance(2.0, dt)
    assert scene["in_stress"] == pytest.approx(2.0 * dt / odds if luck_stress < odds else 0.0)
    assert 0 <= scene["joy"] <= 1


@covers(life.weather_life)
def test_joy_comes_of_good_moments_and_felt_acceptance_alone():
    def joy(luck_uplift=0.999, **values):
        scene = Scene(joy=0.0, joy_home=0.0).set(**values)
        scene.do(life.weather_life, luck_uplift=luck_uplift)
        return scene["joy"]

    assert joy() == 0
    assert joy(in_acceptance=0.5) > 0 == joy(in_acceptance=0.5, joy_gain=0.0)
    assert joy(luck_uplift=1e-6) > 0 == joy(luck_uplift=1e-6, joy_by_uplift=0.0)


@covers(life.weather_life)
def test_joy_returns_to_its_home():
    def joy(start):
        scene = Scene(joy=start, joy_home=0.3)
        scene.do(life.weather_life, luck_stress=0.999, luck_uplift=0.999)
        return scene["joy"]

    assert 0.0 < joy(0.0) < 0.3 < joy(1.0) < 1.0
    assert joy(0.3) == pytest.approx(0.3, abs=1e-8)


@covers(life.weather_life)
@pytest.mark.parametrize("hurt", [{"in_rejection": 0.8}, {"stress_rate": 2.0}])
def test_hurt_and_stress_put_an_end_to_joy(hurt):
    def joy(**values):
        scene = Scene(joy=0.8, stress_rate=0.0).set(**values)
        scene.do(life.weather_life, luck_stress=1e-6, luck_uplift=0.999)
        return scene["joy"]

    assert joy(**hurt) < joy()
    assert joy(**hurt, joy_quenched_by_hurt=0.0) == pytest.approx(joy())


@covers(life.weather_life)
def test_joy_does_not_dwell_under_the_negative_self():
    def joy(**values):
        scene = Scene(joy=0.8, joy_home=0.0, negative_self=0.0).set(**values)
        scene.do(life.weather_life, luck_stress=0.999, luck_uplift=0.999)
        return scene["joy"]

    assert joy(negative_self=0.9) < joy(negative_self=0.3) < joy()
    assert joy(negative_self=0.9, joy_denied_by_negative_self=0.0) == joy()


def weathered(name, dt, days, **values):
    """Course of one quantity under luck alone."""
    scene, luck = Scene(stress_rate=0.0, uplift_rate=0.0, **values), random.Random(4)
    course = []
    for _ in range(round(days / dt)):
        kinds = ("luck_busy", "luck_mood", "luck_mood_2", "luck_phase", "luck_phase_2")
        scene.do(life.weather_life, dt=dt, **{kind: luck.random() for kind in kinds})
        course.append(scene[name])
    return course


@covers(life.weather_life)
@pytest.mark.parametrize("dt", [1 / 8, 1.0])
def test_joy_has_ups_and_downs_of_its_own_as_a_multiple_of_those_of_arousal(dt):
    course = weathered("joy", dt, 6000 * dt, joy=0.5, joy_home=0.5, affect_noise=0.04, joy_noise=2.0, joy_rate=2.0)
    assert statistics.fmean(course) == pytest.approx(0.5, abs=0.015)
    assert statistics.stdev(course) == pytest.approx(0.08, rel=0.1)
    still = weathered("joy", dt, 20 * dt, joy=0.5, joy_home=0.5, affect_noise=0.04, joy_noise=0.0)
    assert still == pytest.approx([0.5] * 20, abs=1e-6)


@covers(life.weather_life)
@pytest.mark.parametrize("dt", [1 / 4, 1.0])
def test_phases_of_life_are_standard_deviations_and_last_as_long_as_their_rate_says(dt):
    course = weathered("circumstance", dt, 8000 * dt, life_phase_rate=0.5 / dt)
    assert statistics.fmean(course) == pytest.approx(0, abs=0.1)
    assert statistics.stdev(course) == pytest.approx(1, rel=0.1)
    assert statistics.correlation(course[:-1], course[1:]) == pytest.approx(math.exp(-0.5), abs=0.05)


@covers(life.weather_life)
@given(st.floats(-4, 4), LUCK, LUCK)
def test_no_phase_of_life_is_beyond_four_standard_deviations(circumstance, luck, luck_2):
    scene = Scene(circumstance=circumstance, life_phase_rate=1.0)
    scene.do(life.weather_life, dt=1.0, luck_phase=luck, luck_phase_2=luck_2)
    assert -4 <= scene["circumstance"] <= 4


@covers(life.weather_life)
def test_a_bad_phase_of_life_brings_more_stress_and_fewer_good_moments():
    def moments(circumstance, **values):
        scene = Scene(joy_noise=0.0, joy_quenched_by_hurt=0.0, stress_rate=0.6, uplift_rate=0.6, **values)
        scene.set(life_phase_rate=1e-5)
        stress = joy = 0.0
        for i in range(200):
            scene.set(circumstance=circumstance, joy=0.0, joy_home=0.0)
            scene.do(life.weather_life, dt=1.0, luck_stress=(i + 0.5) / 200, luck_uplift=(i + 0.5) / 200)
            stress, joy = stress + scene["in_stress"] / 200, joy + scene["joy"] / 200
        return stress, joy

    bad, usual, good = (moments(x, life_phase=0.5) for x in (-1.0, 0.0, 1.0))
    assert bad[0] > usual[0] > good[0]
    assert bad[1] < usual[1] < good[1]
    assert bad[0] == pytest.approx(0.6 * math.exp(0.5), rel=0.02)
    assert good[0] == pytest.approx(0.6 * math.exp(-0.5), rel=0.02)
    assert moments(-1.0, life_phase=0.0) == pytest.approx(usual, rel=1e-3)


@covers(life.weather_life)
def test_connection_is_built_up_by_felt_acceptance_alone():
    def connection(**values):
        scene = Scene(connection=0.3).set(**values)
        scene.do(life.weather_life, luck_uplift=1e-6)
        return scene["connection"]

    assert connection(in_acceptance=0.5) > connection() > 0
    assert connection() < 0.3
    assert connection(in_acceptance=0.5, connection_gain=0.0) == connection()


@covers(life.weather_life)
@given(AMOUNT, AMOUNT, UNIT, LUCK, LUCK)
def test_all_of_a_tick_is_taken_to_happen_at_the_mean_of_its_moments(rejection, acceptance, moment, stress, uplift):
    scene = Scene(in_rejection=rejection, in_acceptance=acceptance, in_moment=(rejection + acceptance) * moment)
    scene.set(stress_rate=1.0, uplift_rate=1.0, circumstance=0.0)
    scene.do(life.weather_life, luck_stress=stress, luck_uplift=uplift)
    odds = chance(1.0, scene.dt)
    moments = [moment] * (rejection + acceptance > 0) + [luck / odds for luck in (stress, uplift) if luck < odds]
    assert min(moments, default=0.5) - 1e-9 <= scene["in_moment"] <= max(moments, default=0.5) + 1e-9


@covers(life.long_for)
def test_wishes_grow_back():
    scene = Scene(need_attachment=0.1, wish_strength_attachment=0.9)
    scene.do(life.long_for)
    assert 0.1 < scene["need_attachment"] < 0.9


@covers(life.active_negative_share)
@given(st.floats(0.01, 500), st.floats(0.01, 500), UNIT, UNIT)
def test_the_active_share_lies_between_those_of_the_wishes(negative, benevolent, need, other_need):
    scene = Scene(
        negative_evidence_attachment=negative, benevolent_evidence_attachment=benevolent, need_attachment=need,
        need_group=other_need,
    )  # fmt: skip
    shares = [n / (n + b) for n, b in ((negative, benevolent), (12.0, 48.0))]
    assert min(shares) - 1e-6 <= scene.do(life.active_negative_share) <= max(shares) + 1e-6


@covers(life.active_negative_share)
def test_the_schema_of_the_wish_that_is_active_counts_most():
    scene = Scene(negative_evidence_attachment=90.0, benevolent_evidence_attachment=10.0, need_attachment=0.0)
    quiet = scene.do(life.active_negative_share)
    assert scene.set(need_attachment=1.0).do(life.active_negative_share) > quiet


def compete(scene: Scene, days: float) -> None:
    """The two self-images of somebody move for some days."""
    scene.do(within.compete, share=scene.do(life.active_negative_share), days=days)


@covers(within.compete)
@given(UNIT, UNIT, AMOUNT, AMOUNT, st.floats(0, 2))
def test_two_spells_of_competition_are_as_good_as_one(negative, benevolent, rejection, acceptance, days):
    selves = {"negative_self": negative, "benevolent_self": benevolent}
    once, twice = (Scene(**selves, rejection_trace=rejection, acceptance_trace=acceptance) for _ in range(2))
    compete(once, days)
    for _ in range(2):
        compete(twice, days / 2)
    for self_image in selves:
        assert twice[self_image] == pytest.approx(once[self_image], abs=1e-10)
        assert 0 <= once[self_image] <= 1


@covers(within.compete)
def test_rejection_of_late_calls_up_the_negative_self_and_acceptance_the_benevolent_one():
    def after(**values):
        scene = Scene(negative_self=0.5, benevolent_self=0.5, rejection_trace=0.0, acceptance_trace=0.0).set(**values)
        compete(scene, 5.0)
        return scene["negative_self"], scene["benevolent_self"]

    usual, hurt, accepted = after(), after(rejection_trace=2.0), after(acceptance_trace=2.0)
    assert hurt[0] > usual[0] > accepted[0]
    assert hurt[1] < usual[1] < accepted[1]
    assert after(negative_evidence_attachment=200.0, need_attachment=1.0)[0] > usual[0], "a strong schema wins"
    assert after(schema_activation=0.0)[0] < usual[0]


@covers(within.compete)
def test_rumination_calls_up_the_negative_self():
    def negative_self(**values):
        scene = Scene(negative_self=0.3, rumination=0.0, negative_self_by_rumination=2.0).set(**values)
        compete(scene, 1.0)
        return scene["negative_self"]

    assert negative_self(rumination=0.8) > negative_self(rumination=0.3) > negative_self()
    assert negative_self(rumination=0.8, rumination_response=0.0) == negative_self()


@covers(life.see_oneself)
@given(AMOUNT, AMOUNT, UNIT)
def test_what_happened_is_in_the_traces_from_its_moment_on(rejection, acceptance, moment):
    scene = Scene(rejection_trace=1.0, in_rejection=rejection, in_acceptance=acceptance, in_moment=moment)
    scene.set(social_trace_rate=2.0, acceptance_trace=0.5)
    scene.do(life.see_oneself)
    fade, arrived = kept(2.0, scene.dt), kept(2.0, moment * scene.dt)
    assert scene["rejection_trace"] == pytest.approx(fade + rejection * arrived)
    assert scene["acceptance_trace"] == pytest.approx(0.5 * fade + acceptance * arrived)


@covers(life.see_oneself)
def test_the_selves_have_answered_longer_to_what_came_earlier_in_the_tick():
    def negative_self(moment):
        scene = Scene(negative_self=0.1, in_rejection=2.0, in_moment=moment, social_trace_rate=1.5)
        scene.set(negative_self_by_rejection=3.0, negative_self_at_rest=-2.0)  # where the event is felt at all
        scene.do(life.see_oneself)
        return scene["negative_self"]

    assert negative_self(1.0) > negative_self(0.5) > negative_self(0.0)


@covers(life.see_oneself, life.feel)
def test_after_rejection_anger_gives_way_to_shame():
    # the benevolent self is active at first: anger; rejection goes on, the negative self takes over: shame
    scene = Scene(
        benevolent_self=0.8, negative_self=0.1, anger_gain=1.0, shame_gain=1.0, shame_rate=3.0, anger_rate=6.0
    )
    scene.set(negative_self_by_rejection=3.0, benevolent_self_by_rejection=3.0, social_trace_rate=1.5)
    course = []
    for _ in range(16):
        scene.set(in_rejection=0.6)
        scene.do(life.see_oneself)
        scene.do(life.feel)
        course.append((scene["anger"], scene["shame"]))
    assert course[0][0] > course[0][1]
    assert course[-1][0] < course[-1][1]


@covers(life.feel)
def test_the_aftermath_of_coping_brings_shame_later():
    plain, after = Scene(), Scene(aftermath=1.0)
    for scene in (plain, after):
        scene.do(life.feel)
    assert after["shame"] > plain["shame"]
    lesioned = Scene(aftermath=1.0, later_cost=0.0)
    lesioned.do(life.feel)
    assert lesioned["shame"] == plain["shame"]


FELT = ("anger", "shame", "sadness")


def felt(**values) -> Scene:
    """Somebody calm, after one tick of feeling."""
    calm = dict.fromkeys((*FELT, "rumination", "aftermath", "in_rejection"), 0.0)
    scene = Scene(**calm | {"negative_self": 0.5, "benevolent_self": 0.5} | values)
    scene.do(life.feel)
    return scene


@covers(life.feel)
def test_the_lonely_are_sad_although_nothing_happened():
    lonely = {"negative_self": 0.0, "need_attachment": 0.8, "connection": 0.2, "sadness_drive": 1.0}

    def sadness(**values):
        return felt(**lonely | values)["sadness"]

    assert sadness() > sadness(connection=0.8) > 0
    assert sadness(connection=1.0) == sadness(emotional_response=0.0) == 0
    assert sadness(negative_evidence_attachment=200.0) > sadness(), "most of all who hold little of themselves"


@covers(life.feel)
def test_who_understands_the_other_is_less_angry_and_no_less_hurt():
    hurt = {"in_rejection": 0.6, "anger_excused_by_decentring": 0.6}
    blind, knowing = (felt(decentring_now=x, **hurt) for x in (0.0, 1.0))
    assert 0 < knowing["anger"] < blind["anger"]
    assert all(knowing[name] == blind[name] for name in ("shame", "sadness", "anxiety"))
    unexcused = felt(decentring_now=1.0, in_rejection=0.6, anger_excused_by_decentring=0.0)
    assert unexcused["anger"] == blind["anger"]


@covers(life.feel)
def test_anger_is_a_matter_of_how_the_two_self_images_stand():
    def anger(negative, benevolent):
        return felt(negative_self=negative, benevolent_self=benevolent, in_rejection=0.6)["anger"]

    assert anger(0.1, 0.8) > anger(0.8, 0.8) > anger(0.8, 0.1) > 0
    assert anger(0.2, 0.2) == pytest.approx(anger(0.8, 0.8)), "only their proportion counts"


@covers(life.feel)
@pytest.mark.parametrize("feeling", FELT)
def test_feelings_last_where_mastery_fails_and_while_they_are_turned_over(feeling):
    still = {"negative_self": 0.0, "feelings_by_rumination": 0.0, feeling: 0.8}

    def left(**values):
        return felt(**{"mastery_now": 0.5, **still, **values})[feeling]

    assert left(mastery_now=0.0) > left() > left(mastery_now=1.0)
    assert left(mastery_now=0.0, fading_by_mastery=0.0) == left(mastery_now=1.0, fading_by_mastery=0.0)
    assert left(rumination=0.8) > left()
    assert left(rumination=0.8, rumination_response=0.0) == left()


@covers(life.feel)
@pytest.mark.parametrize("feeling", ["shame", "sadness"])
def test_brooding_calls_up_feelings_that_were_gone(feeling):
    brooding = {"rumination": 0.8, "negative_self": 0.7, "rumination_feed": 0.0}
    none = felt(**brooding, feelings_by_rumination=0.0)[feeling]
    assert felt(**brooding, feelings_by_rumination=2.0)[feeling] > none
    assert felt(**brooding, feelings_by_rumination=2.0, rumination_response=0.0)[feeling] == none
    assert felt(**brooding, feelings_by_rumination=2.0, emotional_response=0.0)[feeling] == 0
    kind = felt(**brooding | {"negative_self": 0.0, "sadness_drive": 0.0}, feelings_by_rumination=2.0)[feeling]
    assert kind == 0, "it belongs to the negative self-image"


@covers(life.feel)
def test_angry_brooding_keeps_up_anger_but_does_not_make_it():
    def anger(**values):
        return felt(**{"rumination": 0.8, "rumination_feed": 0.0, "feelings_by_rumination": 5.0, **values})["anger"]

    assert anger() == 0
    assert anger(anger=0.5) > anger(anger=0.5, feelings_by_rumination=0.0)
    assert anger(anger=0.5, benevolent_self=0.0) == anger(anger=0.5, feelings_by_rumination=0.0)


@covers(life.arouse)
@given(UNIT, LUCK, LUCK, st.floats(0, 10), st.floats(-5, 5))
def test_arousal_stays_in_bounds(arousal, luck, luck_2, rejection, caught):
    scene = Scene(arousal=arousal, in_rejection=rejection, in_arousal=caught, affect_noise=1.0)
    scene.do(life.arouse, luck_noise=luck, luck_noise_2=luck_2)
    assert 0 <= scene["arousal"] <= 1


@covers(life.arouse)
@pytest.mark.parametrize("dt", [1 / 32, 1 / 8, 1.0])
def test_spontaneous_ups_and_downs_have_the_stated_size_for_any_tick(dt):
    calm = dict.fromkeys(("anger", "shame", "anxiety", "pain", "in_rejection", "in_stress", "in_arousal"), 0.0)
    scene = Scene(home_base=0.5, affect_noise=0.05, **calm)
    luck = random.Random(2)
    course = []
    for _ in range(8000):
        scene.do(life.arouse, dt=dt, luck_noise=luck.random(), luck_noise_2=luck.random())
        course.append(scene["arousal"])
    assert statistics.fmean(course) == pytest.approx(0.5, abs=0.01)
    assert statistics.stdev(course) == pytest.approx(0.05, rel=0.1)


@covers(life.arouse)
def test_arousal_returns_more_slowly_under_rumination_and_faster_with_mastery():
    def after(**values):
        calm = dict.fromkeys(("anger", "shame", "anxiety", "pain", "affect_noise"), 0.0)
        scene = Scene(arousal=0.9, home_base=0.2, mastery_now=0.3, rumination=0.0, **calm).set(**values)
        scene.do(life.arouse)
        return scene["arousal"]

    assert after(mastery_now=1.0) < after() < after(rumination=1.0) < 0.9
    assert after(rumination=1.0, rumination_response=0.0) == after()


@covers(life.arouse)
def test_lesion_neither_feelings_nor_rejection_arouse():
    quiet = dict.fromkeys(("anger", "shame", "anxiety", "pain", "in_rejection", "in_stress"), 0.0)
    calm, upset = troubled(arousal_response=0.0, **quiet), troubled(arousal_response=0.0)
    for scene in (calm, upset):
        scene.do(life.arouse)
    assert calm["arousal"] == upset["arousal"]


@covers(life.arouse)
def test_trauma_answers_out_of_proportion():
    def jump(**values):
        scene = Scene(arousal=0.2, in_rejection=0.5, negative_self=0.8, affect_noise=0.0).set(**values)
        scene.do(life.arouse)
        return scene["arousal"]

    assert jump(traumatic_load=1.0) > jump(traumatic_load=0.0) == jump(traumatic_load=1.0, trauma_reactivation=0.0)


@covers(life.reflect)
def test_metacognition_fails_under_arousal_and_returns_with_calm():
    def now(arousal, **values):
        scene = Scene(arousal=arousal, window_of_tolerance=0.5, collapse_slope=20.0, decentring=0.8).set(**values)
        scene.do(life.reflect)
        return scene["decentring_now"]

    assert now(0.1) > 0.75 and now(0.95) < 0.05
    assert now(0.95, metacognitive_collapse=0.0) == 0.8
    assert now(0.6, coregulation=1.0) > now(0.6)


@covers(life.hold_together)
@given(UNIT, UNIT, UNIT, UNIT, UNIT)
def test_pain_and_its_company_stay_in_bounds(arousal, negative, benevolent, shame, level):
    scene = Scene(arousal=arousal, negative_self=negative, benevolent_self=benevolent, shame=shame, pain=level,
                  dissociation=level, rumination=level, emptiness=level, suicidal_crisis=level)  # fmt: skip
    scene.do(life.hold_together, dt=1.0)
    assert all(0 <= scene[name] <= 1 for name in OWN[life.hold_together])


@covers(life.hold_together)
@pytest.mark.parametrize(
    ("lesion", "state"),
    [("fragmentation", "pain"), ("rumination_response", "rumination"), ("dissociation_response", "dissociation")],
)
def test_lesions_of_fragmentation(lesion, state):
    whole, lesioned = troubled(**{state: 0.0}), troubled(**{state: 0.0, lesion: 0.0})
    for scene in (whole, lesioned):
        scene.do(life.hold_together)
    assert lesioned[state] == 0 < whole[state]


@covers(life.hold_together)
@pytest.mark.parametrize("rate", ["pain_rate", "rumination_rate", "crisis_rate"])
def test_what_hardly_fades_and_is_not_driven_stays(rate):
    scene = Scene(fragmentation=0.0, rumination_response=0.0, crisis_gain=0.0, **{rate: CONSTANT[rate].low})
    before = {state: scene[state] for state in ("pain", "rumination", "suicidal_crisis")}
    scene.do(life.hold_together)
    state = {"pain_rate": "pain", "rumination_rate": "rumination", "crisis_rate": "suicidal_crisis"}[rate]
    assert scene[state] == pytest.approx(before[state], rel=0.01)


@covers(life.wants_to_soothe)
def test_soothing_needs_an_urge_and_time_since_the_last():
    def wants(scene):
        return scene.set(coping_rate=50.0, coping_slope=100.0).do(life.wants_to_soothe, luck=0.01)

    assert wants(troubled(refractory=0.0))
    assert not wants(Scene(refractory=0.0, pain=0.0, shame=0.0, arousal=0.1))
    assert not wants(troubled(refractory=1.0, refractory_rate=0.0))


@covers(soothing.urge_now)
def test_the_urge_is_pain_first_and_feelings_magnified_by_rumination():
    def urge(**values):
        calm = dict.fromkeys(("pain", "shame", "sadness", "rumination", "differentiation_now"), 0.0)
        scene = Scene(**calm, arousal=0.1, cascade_share=0.6, urge_by_differentiation=0.5)
        return scene.set(**values).do(soothing.urge_now)

    assert urge() == 0
    assert urge(pain=0.8) > urge(shame=0.8) > 0 < urge(sadness=0.8)
    assert urge(arousal=0.9, window_of_tolerance=0.5) > 0 == urge(arousal=0.9, window_of_tolerance=0.95)
    assert urge(shame=0.8, rumination=0.8) > urge(shame=0.8)
    assert urge(shame=0.8, rumination=0.8, cascade_share=0.0) == urge(shame=0.8, cascade_share=0.0)
    assert urge(pain=0.8, rumination=0.8) == urge(pain=0.8), "pain needs no cascade"
    assert urge(pain=0.8, differentiation_now=0.9) < urge(pain=0.8)
    assert urge(pain=0.8, differentiation_now=0.9, urge_by_differentiation=0.0) == urge(pain=0.8)


@covers(life.wants_to_soothe)
def test_who_broods_soothes_sooner():
    def wants(rumination):
        scene = Scene(shame=0.9, sadness=0.9, pain=0.2, refractory=0.0, rumination=rumination, differentiation_now=0.2)
        scene.set(cascade_share=0.9, coping_threshold=0.4, coping_slope=50.0, coping_rate=20.0)
        return sum(scene.set(refractory=0.0).do(life.wants_to_soothe, luck=(i + 0.5) / 100) for i in range(100))

    assert wants(0.9) > wants(0.0)


@covers(soothing.attraction_of)
@pytest.mark.parametrize("strategy", range(len(PERSONAL_STRATEGIES)))
def test_what_draws_a_person_is_promised_relief_and_habit_and_nothing_speaks_against_it(strategy):
    habit = f"habit_{PERSONAL_STRATEGIES[strategy]}"

    def attraction(urge=0.8, ability=1.0, **values):
        scene = Scene(**{habit: 0.4} | values)
        return scene.do(soothing.attraction_of, strategy=strategy, ability=ability, urge=urge)

    assert attraction(**{habit: 0.0}) == 0, "what one never tried does not draw"
    assert attraction(**{habit: 0.8}) > attraction() > 0
    assert attraction() > attraction(urge=0.2) and attraction() > attraction(ability=0.2)
    assert attraction(barrier_weight=20.0, cost_weight=20.0, mastery_now=1.0) == attraction()
    assert attraction(relief_weight=0.0, habit_weight=0.0) == 0


@covers(life.crave)
@pytest.mark.parametrize("strategy", PERSONAL_STRATEGIES)
def test_people_crave_what_they_are_used_to_even_where_they_do_not_do_it(strategy):
    scene = troubled(choice_temperature=0.05, impulsivity=0.0, **dict.fromkeys(PERSONAL_HABITS, 0.0))
    scene.set(regulation_skill=0.8, differentiation_now=0.7, mastery_now=1.0, cost_weight=20.0, barrier_weight=20.0)
    scene.set(**{f"habit_{strategy}": 0.9}).do(life.crave)
    assert scene["craved"] == 1 + PERSONAL_STRATEGIES.index(strategy)
    assert all(scene[name] == TROUBLED[name] for name in ("pain", "arousal", "shame")), "a wish relieves nothing"


@covers(life.utility_of)
def test_relief_that_was_never_experienced_is_not_counted_on():
    def utility(habit, half_known):
        scene = Scene(habit_self_harm=habit, habit_half_known=half_known, habit_weight=0.0, barrier_weight=0.0)
        return scene.do(life.utility_of, strategy=3, ability=1.0, urge=0.9, foreseen=0.0, allowed=1.0)

    assert utility(0.0, 0.1) == 0
    assert utility(0.5, 0.1) > utility(0.1, 0.1) > utility(0.1, 0.9) > 0


def soothed(strategy: str, **values) -> Scene:
    """Somebody who has just used one strategy, because the habit of it leaves no other choice."""
    scene = troubled(habit_weight=20.0, choice_temperature=0.05, impulsivity=0.0, **dict.fromkeys(PERSONAL_HABITS, 0.0))
    scene.set(regulation_skill=0.8, differentiation_now=0.7, relief_weight=0.0, cost_weight=0.0, barrier_weight=0.0)
    scene.set(**{f"habit_{strategy}": 0.9}).set(**values)
    scene.do(life.soothe)
    return scene


@covers(life.soothe, life.utility_of)
@pytest.mark.parametrize("strategy", PERSONAL_STRATEGIES)
def test_a_strategy_relieves_at_once_costs_later_and_becomes_a_habit(strategy):
    after = soothed(strategy)
    number = PERSONAL_STRATEGIES.index(strategy)
    assert after["coped"] == 1 + number
    assert after["pain"] < TROUBLED["pain"]
    assert all(0 <= after[state] < TROUBLED[state] for state in ("arousal", "anger", "shame"))
    assert after[f"habit_{strategy}"] > 0.9
    assert (after["aftermath"] > TROUBLED["aftermath"]) == (PERSONAL_COST[number] > 0)
    assert after["refractory"] == 1
    assert (after["rumination"] > TROUBLED["rumination"]) == (strategy == "rumination")
    assert (after["dissociation"] > TROUBLED["dissociation"]) == (strategy == "dissociation")


@covers(life.soothe)
def test_lesions_of_coping():
    assert soothed("self_harm", momentary_relief=0.0)["pain"] == TROUBLED["pain"]
    assert soothed("self_harm", habit_formation=0.0)["habit_self_harm"] == pytest.approx(0.9)
    without = soothed("self_harm", personal_strategies=0.0)
    assert PERSONAL_COST[int(without["coped"]) - 1] == 0, "only adaptive strategies are left"


@covers(life.soothe)
@pytest.mark.parametrize("strategy", ["bodily_regulation", "reappraisal"])
def test_adaptive_strategies_need_skill(strategy):
    unable = soothed(strategy, regulation_skill=0.0, differentiation_now=0.0)
    assert unable["pain"] == TROUBLED["pain"]
    assert unable[f"habit_{strategy}"] == pytest.approx(0.9)


@covers(life.learn_slowly, metacognition.exercise, metacognition.grown)
@given(UNIT, UNIT, UNIT)
def test_metacognition_grows_with_use_and_never_past_one(capacity, now, painful):
    scene = troubled(
        metacognition_growth=0.1, negative_self=painful, connection=0.5,
        **{f: capacity for f in FUNCTIONS}, **{f"{f}_now": capacity * now for f in FUNCTIONS},
    )  # fmt: skip
    scene.do(life.learn_slowly, dt=1.0)
    expected = capacity + (1 - capacity) * capacity * now * (1 - math.exp(-0.1 * painful * 0.5))
    for name in FUNCTIONS:
        assert scene[name] == pytest.approx(expected)
        assert capacity <= scene[name] <= 1
    scene.set(metacognition_growth=0.0)
    before = scene["monitoring"]
    scene.do(life.learn_slowly, dt=1.0)
    assert scene["monitoring"] == before


@covers(life.learn_slowly)
@given(st.floats(0.5, 500), st.floats(0.5, 500), UNIT)
def test_evidence_stays_within_zero_and_infinity(negative, benevolent, active):
    scene = Scene(
        negative_evidence_attachment=negative, benevolent_evidence_attachment=benevolent, negative_self=active
    )
    for _ in range(5):
        scene.do(life.learn_slowly, dt=1.0)
    assert all(0 < scene[name] < float("inf") for name in EVIDENCE)


@covers(life.learn_slowly)
def test_warmth_from_the_rest_of_life_is_discounted_too():
    values = {"benevolent_evidence_attachment": 5.0, "differentiation_now": 0.0, "integration_now": 0.0}
    free, caught = Scene(negative_self=0.0, **values), Scene(negative_self=1.0, **values)
    for scene in (free, caught):
        scene.do(life.learn_slowly, dt=1.0)
    assert caught["benevolent_evidence_attachment"] < free["benevolent_evidence_attachment"]


@covers(life.learn_slowly)
def test_a_sleeping_schema_still_discounts_the_warmth_of_life():
    def gained(negative):
        scene = Scene(negative_self=0.0, differentiation_now=0.0, integration_now=0.0)
        scene.set(negative_evidence_attachment=negative, benevolent_evidence_attachment=20.0)
        scene.do(life.learn_slowly, dt=1.0)
        return scene["benevolent_evidence_attachment"]

    assert gained(200.0) < gained(20.0) < gained(1.0)


@covers(life.learn_slowly)
@pytest.mark.parametrize("wish", WISHES)
def test_brooding_over_oneself_sustains_the_schema(wish):
    def against(**values):
        scene = Scene(**{"rumination": 0.8, "negative_self": 0.7, "evidence_brooded": 0.5, **values})
        scene.do(life.learn_slowly, dt=1.0)
        return scene[f"negative_evidence_{wish}"]

    usual = against(evidence_brooded=0.0)
    assert against() > against(rumination=0.3) > usual
    assert against(rumination=0.0) == against(negative_self=0.0) == against(schema_learning=0.0) == usual


@covers(life.learn_slowly)
@pytest.mark.parametrize("habit", sorted(PERSONAL_HABITS | ACT_HABITS))
def test_a_habit_that_is_not_kept_up_fades(habit):
    scene = Scene(**{habit: 0.8, "rumination": 0.0, "habit_forgetting": 0.1})
    scene.do(life.learn_slowly, dt=10.0)
    assert scene[habit] == pytest.approx(0.8 * math.exp(-1))
    for_good = Scene(**{habit: 0.8, "rumination": 0.0, "habit_forgetting": 0.0})
    for_good.do(life.learn_slowly, dt=10.0)
    assert for_good[habit] == pytest.approx(0.8)


@covers(life.learn_slowly, mastery.habit_by_repetition)
def test_ruminating_keeps_up_its_own_habit_and_no_other():
    still, turning = Scene(rumination=0.0), Scene(rumination=0.8)
    lesioned = Scene(rumination=0.8, habit_formation=0.0)
    for scene in (still, turning, lesioned):
        scene.do(life.learn_slowly, dt=1.0)
    assert turning["habit_rumination"] > still["habit_rumination"] == lesioned["habit_rumination"]
    assert {h for h in PERSONAL_HABITS | ACT_HABITS if turning[h] != still[h]} == {"habit_rumination"}


@covers(life.dysregulated_now, life.name_state)
def test_the_read_out_follows_and_feeds_nothing():
    scene = troubled(dysregulation=0.0)
    now = scene.do(life.dysregulated_now)
    scene.do(life.name_state)
    assert 0 < scene["dysregulation"] < now <= 1


@covers(life.show_face)
def test_a_face_shows_what_others_meet():
    calm, upset = Scene(pain=0.0, anger=0.0, anxiety=0.0, shame=0.0), troubled(shame=0.0, dissociation=0.0)
    assert upset["seek_attachment"] > calm["seek_attachment"], "distress seeks attachment figures"
    angry, mild = Scene(anger=0.9), Scene(anger=0.0)
    attack = states.F_ACT + ACTS.index("attack")
    assert angry.mine[attack] > mild.mine[attack]
    assert angry.mine[states.F_ACT] < mild.mine[states.F_ACT], "warmth fails in anger"


@covers(life.show_face)
def test_anger_turns_into_demands_and_attacks_where_rumination_magnifies_it():
    acts = [states.F_ACT + ACTS.index(act) for act in ("angry_demand", "attack")]

    def hostile(**values):
        face = Scene(**{"anger": 0.7, "rumination": 0.0, "cascade_share": 0.6, **values}).mine
        return [face[act] for act in acts]

    assert all(more > less for more, less in zip(hostile(rumination=0.8), hostile(), strict=True))
    assert hostile(rumination=0.8, cascade_share=0.0) == hostile(cascade_share=0.0)
    assert hostile(rumination=0.8, anger=0.0) == hostile(anger=0.0)


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


@covers(life.show_face)
def test_without_need_or_anxiety_there_is_no_longing_to_act_on():
    without, strong = (Scene(need_attachment=0.0, anxiety=0.0, act_need=weight).mine for weight in (0.0, 20.0))
    assert without == strong
    asking = [states.F_ACT + ACTS.index(act) for act in ("calm_request", "relational_test", "clinging", "seduction")]
    ashamed = Scene(need_attachment=0.0, anxiety=0.0, negative_self=0.9).mine
    assert ashamed[asking[1]] == Scene(need_attachment=0.0, anxiety=0.0, negative_self=0.0).mine[asking[1]]
    for longing in ({"need_attachment": 0.9}, {"anxiety": 0.9}):
        longs = Scene(**{"need_attachment": 0.0, "anxiety": 0.0, "act_need": 20.0, **longing}).mine
        assert all(longs[act] > strong[act] for act in asking)


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


@covers(life.show_face)
def test_lesions_that_show_in_the_face():
    assert troubled(biased_perception=0.0).mine[states.F_PULL] == 0
    gloomless = troubled(negative_expectation=0.0)
    assert gloomless.mine[states.F_PRIOR] == gloomless.mine[states.F_GLOOM] == 0
    strategies = slice(states.F_ACT + ACTS.index("relational_test"), states.F_ACT + len(ACTS))
    lesioned, upset = (
        troubled(interpersonal_strategies=0.0, **values).mine[strategies]
        for values in ({"anger": 0.0, "habit_clinging": 0.0}, {"anger": 1.0, "anxiety": 1.0, "habit_clinging": 1.0})
    )
    assert lesioned == upset, "neither motive nor habit counts"
    assert max(lesioned) < max(troubled(anger=1.0).mine[strategies])


def test_every_gain_of_figure_1_is_a_constant():
    assert {CONSTANT[q.name].offset for q in GAINS} == {v for n, v in vars(constants).items() if n.startswith("G_")}


@covers(life.expectation)
def test_what_is_expected_comes_from_what_was_learned_the_mood_and_the_image_that_is_up():
    def expected(gloom=0.0, **values):
        return Scene(expected_response=0.2, **values).do(life.expectation, gloom=gloom)

    assert expected(good_image=0.5, bad_image=0.5) == pytest.approx(0.2)
    assert expected(good_image=0.9, bad_image=0.1) > expected() > expected(gloom=0.5)
    assert expected(good_image=0.1, bad_image=0.9) < 0.2
