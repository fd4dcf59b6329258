"""What an encounter, a break and absence do to each of the two."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.theory import life
from simulation.theory.exchange import TEST_ACT
from simulation.theory.layout import CONSTANT
from simulation.theory.states import ACTS, FIRST_STRATEGY_ACT
from tests.strategies import SIGNED, UNIT
from tests.theory.laws import covers
from tests.theory.scene import ACT_HABITS, NEUTRAL, Scene


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
@pytest.mark.parametrize("own", range(5))
@pytest.mark.parametrize("theirs", range(5))
def test_a_break_by_either_wins_over_mending(own, theirs):
    scene = Scene(alive=0.0, ruptured=1.0, strain=0.4)
    scene.do(life.turn_tie, own=own, theirs=theirs)
    breaks = life.RUPTURE in (own, theirs)
    lives = not breaks and (own > 0 or theirs > 0)
    assert scene["alive"] == (1.0 if lives else 0.0)
    assert scene["ruptured"] == (0.0 if lives else 1.0)
    assert scene["strain"] == (0.2 if lives else 0.4)
    assert scene["missed"] == (1.0 if breaks else 0.0)


@covers(life.turn_tie, life.be_together)
@pytest.mark.parametrize(("own", "theirs"), [(life.LOVE, life.NO_TURN), (life.NO_TURN, life.LOVE)])
def test_friends_who_fall_in_love_are_partners_as_close_as_partners_are(own, theirs):
    near, far = (Scene(bond=bond, contact_rate=rate, strain=0.4) for bond, rate in ((0.9, 3.0), (0.3, 0.25)))
    for scene, bond, rate in ((near, 0.9, 3.0), (far, 0.7, 2.0)):
        scene.set(love_bond=0.7, love_contact=2.0, committed=0.0)
        scene.do(life.be_together)
        assert scene["committed"] == 0, "friends"
        scene.do(life.turn_tie, own=own, theirs=theirs)
        scene.do(life.be_together)
        assert (scene["romantic"], scene["bond"], scene["contact_rate"], scene["strain"]) == (1.0, bond, rate, 0.4)
        assert scene["committed"] == bond
        scene.set(committed=0.95)
        scene.do(life.be_together)
        assert scene["committed"] == 0.95, "the closest counts"


@covers(life.be_together)
@pytest.mark.parametrize("there", [{"contact_rate": 0.0}, {"alive": 0.0}, {"romantic": 0.0}], ids=str)
def test_nobody_is_committed_to_a_partner_who_is_not_there(there):
    scene = Scene(**{"romantic": 1.0, "alive": 1.0, "contact_rate": 2.0, "bond": 0.8, "committed": 0.0, **there})
    scene.do(life.be_together)
    assert scene["committed"] == 0


@covers(life.turn_tie)
def test_a_break_by_one_wins_over_the_love_of_the_other():
    scene = Scene(alive=1.0)
    scene.do(life.turn_tie, own=life.LOVE, theirs=life.RUPTURE)
    assert (scene["alive"], scene["romantic"]) == (0.0, 0.0)


REMINDED, NOT_REMINDED = 1e-9, 1.0 - 1e-9


@covers(life.miss_other)
@given(UNIT, UNIT)
def test_reminders_sadden_until_the_other_is_no_longer_missed_or_back(bond, need):
    scene = Scene(bond=bond, need_attachment=need, in_sadness=0.0, absence=0.5)
    odds = 1.0 - math.exp(-CONSTANT["reminder_rate"].default * scene.dt)
    scene.do(life.miss_other, wish=0, luck=REMINDED)
    assert scene["in_sadness"] == 0  # nobody has parted
    felt = []
    scene.do(life.turn_tie, own=life.NO_TURN, theirs=life.RUPTURE)
    for _ in range(3):
        scene.set(in_sadness=0.0)
        scene.do(life.miss_other, wish=0, luck=NOT_REMINDED)
        assert scene["in_sadness"] == 0
        scene.do(life.miss_other, wish=0, luck=REMINDED)
        felt.append(scene["in_sadness"])
        scene.do(life.age_tie, dt=30.0)
    assert felt == sorted(felt, reverse=True)
    assert felt[0] == pytest.approx(0.5 * bond * need * scene.dt / odds)
    scene.do(life.turn_tie, own=life.RECONCILIATION, theirs=life.NO_TURN)
    scene.set(in_sadness=0.0)
    scene.do(life.miss_other, wish=0, luck=REMINDED)
    assert scene["in_sadness"] == 0


@covers(life.miss_other)
@pytest.mark.parametrize("dt", [1.0, 1 / 8, 1 / 16])
def test_what_absence_adds_in_a_day_on_average_does_not_depend_on_the_tick(dt):
    many = 2000  # each value of luck stands for its share of the ticks, to within half of one
    reminded = many * (1.0 - math.exp(-CONSTANT["reminder_rate"].default * dt))
    scene = Scene(missed=1.0, bond=0.8, need_attachment=0.5, in_sadness=0.0, absence=0.3)
    for i in range(many):
        scene.do(life.miss_other, wish=0, dt=dt, luck=(i + 0.5) / many)
    assert scene["in_sadness"] / many == pytest.approx(0.3 * 0.8 * 0.5 * dt, rel=0.51 / reminded)


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
