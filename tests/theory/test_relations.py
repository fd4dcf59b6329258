"""Behaviour, the other's reaction, ties and self-states: what must hold beyond bounds and directions."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.theory import exchange, mastery, selfstate, tie
from simulation.theory.states import ACTS, SELF_STATES
from tests.strategies import UNIT
from tests.theory.laws import SMALL, Law, arguments, covers, share_of

ACT = st.integers(0, len(ACTS) - 1)


# ---------------------------------------------------------------- M16, M17, M23


@covers(exchange.expressed)
@given(st.floats(-1, 1), UNIT, st.floats(0, 2), UNIT)
def test_a_behaviour_varies_around_its_place(valence, luck, by_anger, half_width):
    assert abs(exchange.expressed(valence, 0.0, luck, by_anger, half_width) - valence) <= half_width + SMALL
    assert exchange.expressed(valence, 0.0, 0.5, by_anger, half_width) == pytest.approx(valence)
    assert exchange.expressed(valence, 0.0, luck, by_anger, 0.0) == valence


@covers(exchange.expressed)
@given(st.floats(-1, 1), UNIT, st.floats(0, 2))
def test_anger_is_heard_in_the_voice_in_proportion(valence, anger, by_anger):
    heard = exchange.expressed(valence, anger, 0.5, by_anger, 0.2)
    assert heard == pytest.approx(max(valence - by_anger * anger, -1.0))
    assert exchange.expressed(valence, anger, 0.5, 0.0, 0.2) == pytest.approx(valence)


@covers(exchange.uncertainty_about)
@given(UNIT, UNIT)
def test_the_ground_for_a_test_is_middling_trust(trust, strain):
    assert exchange.uncertainty_about(trust, strain) <= exchange.uncertainty_about(0.5, strain) + SMALL
    assert exchange.uncertainty_about(0.0, strain) == exchange.uncertainty_about(1.0, strain) == 0


@covers(exchange.overwhelmed_by)
@given(ACT, UNIT, UNIT)
def test_full_tolerance_is_never_overwhelmed(act, arousal, strain):
    assert exchange.overwhelmed_by(act, 1.0, arousal, strain) == 0


@covers(exchange.overwhelmed_by, exchange.criticised_by)
@given(arguments(exchange.overwhelmed_by, tolerance=st.floats(0, 0.9)), arguments(exchange.criticised_by))
def test_warm_contact_weighs_less_than_clinging_and_an_attack_stings_most(demanding, stinging):
    warm, clinging, attack = (ACTS.index(a) for a in ("warm_contact", "clinging", "attack"))
    demanding.pop("act"), stinging.pop("act")
    assert exchange.overwhelmed_by(warm, **demanding) < exchange.overwhelmed_by(clinging, **demanding)
    felt = [exchange.criticised_by(act, **stinging) for act in range(len(ACTS))]
    assert max(felt) == felt[attack]


@covers(exchange.confused_by)
@given(UNIT)
def test_a_test_confuses_most(decentring):
    felt = [exchange.confused_by(act, decentring) for act in range(len(ACTS))]
    assert max(felt) == felt[exchange.TEST_ACT]


@covers(exchange.worried_by)
@given(ACT, UNIT)
def test_nobody_worries_about_a_stranger(act, decentring):
    assert exchange.worried_by(act, 0.0, decentring) == 0


@covers(exchange.friendliness)
@given(arguments(exchange.friendliness, complementarity=st.floats(0.1, 10)))
def test_friendliness_invites_friendliness(given_):
    given_.pop("affiliation")
    warm, attack = (mastery.ACT_AFFILIATION[ACTS.index(a)] for a in ("warm_contact", "attack"))
    assert exchange.friendliness(affiliation=warm, **given_) > exchange.friendliness(affiliation=attack, **given_)


@covers(exchange.reply_readiness)
@given(arguments(exchange.reply_readiness, gain=0.0))
def test_lesion_felt_reactions_no_longer_turn_into_rejection(given_):
    untouched = given_ | {"weary": 0.0, "stung": 0.0}
    assert exchange.reply_readiness(**given_) == exchange.reply_readiness(**untouched)


@covers(exchange.reply_readiness)
@pytest.mark.parametrize("felt", ["weary", "stung", "irritated"])
@given(data=st.data())
def test_warm_answers_become_rarer_with_every_burden(felt, data):
    moderate = {name: st.floats(0, 2) for name in ("friendly", "neutral", "cold")}
    burdens = {name: st.floats(0, 5) for name in ("weary", "stung", "irritated")}
    given_ = data.draw(arguments(exchange.reply_readiness, gain=1.0, **moderate, **burdens))
    light, heavy = (exchange.reply_readiness(**given_ | {felt: x}) for x in (0.0, 5.0))
    assert share_of(0, heavy, 0.7) <= share_of(0, light, 0.7)


@covers(exchange.stung_by)
@given(arguments(exchange.stung_by, criticised=st.floats(0.01, 1), by_criticism=st.floats(0.1, 5)))
def test_criticism_stings_more_on_a_strained_tie_and_strain_alone_does_not_sting(given_):
    worn = given_ | {"strain": 1.0}
    assert exchange.stung_by(**worn) >= exchange.stung_by(**given_) > 0
    assert exchange.stung_by(**worn | {"criticised": 0.0}) == 0


@covers(exchange.test_weight)
@given(ACT, st.floats(-1, 1), st.floats(0, 50))
def test_only_the_answer_to_a_test_weighs_more_and_both_ways_alike(act, perceived, extra):
    weight = exchange.test_weight(act, perceived, extra)
    assert weight == (1 + extra * abs(perceived) if act == exchange.TEST_ACT else 1)
    assert weight == exchange.test_weight(act, -perceived, extra)


# ---------------------------------------------------------------- M18


@covers(tie.strain_after, tie.trust_after, tie.image_after)
@given(UNIT, st.floats(0, 5), st.floats(0, 5))
def test_an_encounter_without_feeling_leaves_the_tie(level, a, b):
    assert tie.strain_after(level, 0.0, 0.0, 0.0, a, b, a) == pytest.approx(level)
    assert tie.trust_after(level, 0.0, 0.0, a, b) == pytest.approx(level)
    assert tie.image_after(level, 0.0, 0.0, a, min(b, 1.0)) == pytest.approx(level)


@covers(tie.strain_after, tie.trust_after)
@given(UNIT, st.floats(0, 5), st.floats(0.01, 5), st.floats(0.01, 5), st.floats(0.01, 5))
def test_warmth_mends_and_hurt_wears(level, amount, a, b, repair):
    assert tie.strain_after(level, 0.0, 0.0, amount, a, b, repair) <= level + SMALL
    assert tie.strain_after(level, 0.0, amount, 0.0, a, b, repair) >= level - SMALL
    assert tie.trust_after(level, 0.0, amount, a, b) >= level - SMALL
    assert tie.trust_after(level, amount, 0.0, a, b) <= level + SMALL


@covers(tie.kept_apart)
@given(st.floats(-1, 1), UNIT, st.floats(0.1, 20))
def test_people_keep_their_distance_after_coldness_alone_and_least_where_they_long(last, need, distance):
    assert tie.kept_apart(max(last, 0.0), need, distance) == 1
    assert tie.kept_apart(last, 1.0, distance) == 1, "whoever longs for the other stays near"
    assert tie.kept_apart(last, need, 0.0) == 1
    assert tie.kept_apart(-1.0, 0.0, distance) == pytest.approx(np.exp(-distance))


@covers(tie.wish_to_repair)
@given(st.floats(-1, 1), UNIT, UNIT, UNIT)
def test_there_is_something_to_repair_only_after_coldness_and_where_there_is_trust(last, trust, strain, anger):
    assert tie.wish_to_repair(max(last, 0.0), trust, strain, anger) == 0
    assert tie.wish_to_repair(last, 0.0, strain, anger) == 0
    assert tie.wish_to_repair(last, trust, 1.0, anger) == 0, "the worn no longer try"
    assert tie.wish_to_repair(last, trust, strain, 1.0) == 0, "not while the anger is hot"
    assert tie.wish_to_repair(-1.0, 1.0, 0.0, 0.0) == 1


@covers(tie.splitting_now)
@given(UNIT, UNIT)
def test_nobody_splits_with_full_integration(integration, gain):
    assert tie.splitting_now(1.0, gain) == 0
    assert tie.splitting_now(0.0, gain) == gain
    assert tie.splitting_now(integration, gain) <= gain * (1 - integration) + SMALL, "a little integration helps much"


@covers(tie.image_after)
@given(st.floats(0.05, 0.95), st.floats(0.05, 2), st.floats(0.05, 2), st.floats(0.1, 1))
def test_where_images_are_split_each_event_moves_both_of_them_further(image, amount, gain, splitting):
    def moved(same, opposite, split):
        return tie.image_after(image, same, opposite, gain, split) - image

    assert moved(amount, 0.0, splitting) > moved(amount, 0.0, 0.0) > 0, "idealised after a kindness"
    assert moved(0.0, amount, splitting) < moved(0.0, amount, 0.0) + SMALL, "and devalued after a hurt"


@covers(tie.image_after)
@given(UNIT, st.floats(0, 2), st.floats(0, 10))
def test_with_integration_the_opposite_image_stays(image, opposite, gain):
    assert tie.image_after(image, 0.0, opposite, gain, 0.0) == pytest.approx(image)


@covers(tie.rupture_hazard)
@given(st.floats(0.01, 5), st.floats(0.2, 0.8))
def test_ties_break_past_the_threshold(rate, threshold):
    assert tie.rupture_hazard(threshold, rate, threshold, 50.0) == pytest.approx(rate / 2)
    assert tie.rupture_hazard(threshold - 0.2, rate, threshold, 50.0) < 0.01 * rate
    assert tie.rupture_hazard(threshold + 0.2, rate, threshold, 50.0) > 0.99 * rate


@covers(tie.reconciliation_hazard)
@given(UNIT, st.floats(0, 99), st.floats(0, 5))
def test_no_reconciliation_under_full_strain_or_without_a_bond(level, seeking, rate):
    assert tie.reconciliation_hazard(1.0, level, seeking, rate) == 0
    assert tie.reconciliation_hazard(level, 0.0, seeking, rate) == 0
    assert tie.reconciliation_hazard(level, 1.0, seeking, rate) <= 3 * rate + SMALL


@covers(tie.absence)
@given(UNIT, UNIT, UNIT)
def test_absence_saddens_only_where_a_bond_a_wish_and_longing_meet(bond, need, missed):
    assert tie.absence(bond, need, missed, 1.0) == pytest.approx(bond * need * missed)
    assert tie.absence(1.0, 1.0, 1.0, 0.0) == 0


@covers(tie.protest)
@given(UNIT)
def test_little_fear_brings_hardly_anybody_back(anxiety):
    assert 0 <= tie.protest(anxiety) <= anxiety
    assert tie.protest(0.2) < 0.2 * tie.protest(0.4)


@covers(tie.acquaintance_hazard)
@given(st.floats(0, 99), st.floats(0, 5))
def test_new_ties_need_someone_who_seeks(seeking, rate):
    assert tie.acquaintance_hazard(0.0, rate) == 0
    assert tie.acquaintance_hazard(seeking, rate) <= 3 * rate + SMALL


@covers(tie.free_to_love)
@given(UNIT)
def test_who_has_a_partner_is_not_free_for_another(committed):
    assert tie.free_to_love(0.0) == 1
    assert 0 <= tie.free_to_love(committed) <= 1
    assert tie.free_to_love(0.5 + committed / 2) == 0


@covers(tie.love_hazard)
@given(st.floats(0, 99), UNIT, UNIT, st.floats(0, 1))
def test_love_needs_a_friend_someone_free_and_someone_who_seeks(seeking, eligible, free, rate):
    assert tie.love_hazard(0.0, eligible, free, rate) == 0
    assert tie.love_hazard(seeking, 0.0, free, rate) == 0
    assert tie.love_hazard(seeking, eligible, 0.0, rate) == 0
    assert tie.love_hazard(seeking, eligible, free, rate) <= 3 * rate + SMALL


# ---------------------------------------------------------------- M22

LEVELS = {name: UNIT for name in ("dysregulated", "anger", "shame", "sadness", "pain", "dissociation", "soothing")}


@covers(selfstate.strongest_state)
@given(arguments(selfstate.strongest_state))
def test_a_label_is_one_of_the_codes(given_):
    assert selfstate.strongest_state(**given_) in range(len(SELF_STATES))


@covers(selfstate.strongest_state)
@pytest.mark.parametrize(
    ("felt", "label"),
    [
        ({}, "regulated"),
        ({"anger": 0.8}, "angry"),
        ({"shame": 0.8}, "unworthy"),
        ({"sadness": 0.8}, "unworthy"),
        ({"pain": 0.8}, "fragmented"),
        ({"dissociation": 0.8}, "detached"),
        ({"pain": 0.8, "soothing": 0.9, "dysregulated": 0.6}, "soothing"),
    ],
)
@pytest.mark.parametrize("previous", range(6))
def test_the_strongest_state_gives_the_label(felt, label, previous):
    calm = dict.fromkeys(LEVELS, 0.0)
    assert SELF_STATES[int(selfstate.strongest_state(previous, **calm | felt))] == label


@covers(selfstate.strongest_state)
@given(arguments(selfstate.strongest_state, soothing=0.0), st.integers(0, 4))
def test_a_label_does_not_flicker(given_, previous):
    # whatever state won stays when nothing changes; and having been in a state never works against it
    first = selfstate.strongest_state(**given_ | {"previous": previous})
    assert selfstate.strongest_state(**given_ | {"previous": int(first)}) == first


@covers(selfstate.strongest_state)
@pytest.mark.parametrize(("previous", "label"), [(0, "regulated"), (1, "angry")])
def test_the_present_state_has_a_head_start(previous, label):
    felt = dict.fromkeys(LEVELS, 0.0) | {"anger": 0.35}
    assert SELF_STATES[int(selfstate.strongest_state(previous, **felt))] == label


@covers(selfstate.episode_next)
@given(UNIT, st.floats(0.35, 1), st.floats(0, 0.3))
def test_an_episode_goes_on_between_its_two_thresholds(level, on, off):
    begins, goes_on = (selfstate.episode_next(before, level, on, off) for before in (0.0, 1.0))
    assert begins == (level > on)
    assert goes_on == (level > off)


def test_laws_can_be_broken():
    # the table of directions is only worth something if a wrong sign in it would be noticed
    law = Law(tie.rupture_hazard, falls="strain")
    calm, strained = (law.value(strain=s, rate=1.0, threshold=0.5, slope=10.0) for s in (0.1, 0.9))
    assert strained > calm
