"""Coping, acts and replies, ties and self-state labels: what must hold beyond bounds and directions."""

import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from simulation.theory import exchange, mastery, selfstate, tie
from simulation.theory.numerics import choose
from simulation.theory.states import ACTS, FIRST_STRATEGY_ACT, PERSONAL_STRATEGIES, SELF_STATES
from tests.strategies import UNIT
from tests.theory.laws import Law, arguments, covers

ACT = st.integers(0, len(ACTS) - 1)
SMALL = 1e-9


def share_of(option, logits, temperature):
    """How often an option is chosen."""
    logits = tuple(logits)
    luck = [(i + 0.5) / 200 for i in range(200)]
    return sum(choose(logits, temperature, x) == option for x in luck) / 200


# ---------------------------------------------------------------- the tables


def test_every_strategy_and_act_has_its_place_in_every_table():
    for table in (mastery.PERSONAL_RELIEF, mastery.PERSONAL_COST, mastery.PERSONAL_BARRIER):
        assert len(table) == len(PERSONAL_STRATEGIES)
    acts = (mastery.ACT_AFFILIATION, mastery.ACT_DOMINANCE, mastery.ACT_COSTS)
    for table in (*acts, exchange.DEMAND, exchange.HOSTILITY, exchange.DISTRESS, exchange.OPACITY):
        assert len(table) == len(ACTS)
    assert len(exchange.REPLY_VALENCE) == len(exchange.REPLIES)


def test_codes_mean_what_they_say():
    assert ACTS[exchange.TEST_ACT] == "relational_test"
    assert ACTS[FIRST_STRATEGY_ACT] == "calm_request"
    assert exchange.REPLIES[exchange.UNAVAILABLE] == "unavailable"
    codes = (selfstate.REGULATED, selfstate.ANGRY, selfstate.UNWORTHY, selfstate.FRAGMENTED, selfstate.DETACHED)
    assert [SELF_STATES[code] for code in (*codes, selfstate.SOOTHING)] == list(SELF_STATES)


def test_acts_and_replies_lie_on_the_circumplex():
    for x, y in zip(mastery.ACT_AFFILIATION, mastery.ACT_DOMINANCE, strict=True):
        assert math.hypot(x, y) <= math.sqrt(2)
        assert max(abs(x), abs(y)) <= 1
    assert list(exchange.REPLY_VALENCE) == sorted(exchange.REPLY_VALENCE, reverse=True), "from warm to cold"
    assert mastery.ACT_AFFILIATION[ACTS.index("attack")] == min(mastery.ACT_AFFILIATION)
    assert mastery.ACT_AFFILIATION[ACTS.index("warm_contact")] == max(mastery.ACT_AFFILIATION)


def test_no_rejecting_reply_is_as_ambiguous_as_being_unavailable():
    cold = [abs(v) for v in exchange.REPLY_VALENCE if v < 0]
    assert abs(exchange.REPLY_VALENCE[exchange.UNAVAILABLE]) == min(cold)


def test_relief_and_costs_are_shares_and_adaptive_strategies_cost_nothing():
    tables = (mastery.PERSONAL_RELIEF, mastery.PERSONAL_COST, mastery.PERSONAL_BARRIER, mastery.ACT_COSTS)
    assert all(0 <= x <= 1 for table in tables for x in table)
    cost = dict(zip(PERSONAL_STRATEGIES, mastery.PERSONAL_COST, strict=True))
    adaptive = {"bodily_regulation", "pleasant_activity", "reappraisal"}
    assert {name for name, x in cost.items() if x == 0} == adaptive
    assert max(cost, key=cost.get) == "self_harm"
    assert max(mastery.PERSONAL_RELIEF) == mastery.PERSONAL_RELIEF[PERSONAL_STRATEGIES.index("self_harm")]


# ---------------------------------------------------------------- M13, M14, M15


@covers(mastery.urge_to_soothe)
@given(UNIT, st.floats(0.05, 1))
def test_arousal_within_the_window_needs_no_soothing(arousal, window):
    assume(arousal <= window)
    assert mastery.urge_to_soothe(0.0, arousal, window, 0.0, 0.0, 0.5, 0.5, 0.5, 1.0, 1.0, 1.0) == 0


@covers(mastery.cascaded)
@given(UNIT, UNIT, st.floats(0.001, 1))
def test_a_feeling_turns_into_an_act_by_itself_only_in_part(rumination, share, half):
    assert mastery.cascaded(0.0, share, half) == pytest.approx(1 - share)
    assert mastery.cascaded(half, share, half) == pytest.approx(1 - share / 2), "half of the cascade is there"
    assert mastery.cascaded(rumination, 0.0, half) == 1
    assert mastery.cascaded(rumination, share, half) >= 1 - share - SMALL


@covers(mastery.urge_to_soothe)
@given(arguments(mastery.urge_to_soothe), UNIT)
def test_pain_urges_by_itself_and_other_feelings_as_far_as_they_cascade(given_, cascade):
    nothing_else = {"arousal": 0.0, "shame": 0.0, "sadness": 0.0}
    pain = mastery.urge_to_soothe(**given_ | nothing_else)
    assert pain == mastery.urge_to_soothe(**given_ | nothing_else | {"cascade": cascade})
    assert mastery.urge_to_soothe(**given_ | {"cascade": 0.0}) == pain
    rest = mastery.urge_to_soothe(**given_ | {"cascade": 1.0}) - pain
    assert mastery.urge_to_soothe(**given_ | {"cascade": cascade}) == pytest.approx(pain + cascade * rest)


@covers(mastery.urge_to_soothe)
@given(arguments(mastery.urge_to_soothe))
def test_differentiation_takes_its_share_of_the_urge(given_):
    driven = mastery.urge_to_soothe(**given_ | {"differentiation": 0.0})
    seen_through = mastery.urge_to_soothe(**given_ | {"differentiation": 1.0})
    assert seen_through == pytest.approx((1 - given_["distance"]) * driven)
    assert mastery.urge_to_soothe(**given_ | {"distance": 0.0}) == driven


@covers(mastery.urge_to_soothe)
@given(arguments(mastery.urge_to_soothe))
def test_a_view_from_outside_takes_the_urge_out_of_sadness_alone(given_):
    assert mastery.urge_to_soothe(**given_ | {"decentring": 1.0}) == mastery.urge_to_soothe(**given_ | {"sadness": 0.0})


@covers(mastery.hold_of_relief)
@given(UNIT, st.floats(0.001, 1))
def test_soothing_takes_hold_of_feelings_as_far_as_there_is_pain(pain, half):
    assert mastery.hold_of_relief(0.0, half) == 0
    assert mastery.hold_of_relief(half, half) == pytest.approx(0.5)
    assert mastery.hold_of_relief(pain, half) < 1


@covers(mastery.promised_relief)
@given(UNIT, UNIT, st.floats(0.001, 1))
def test_a_strategy_promises_what_experience_taught(relief, habit, half_known):
    assert mastery.promised_relief(relief, 0.0, half_known) == 0, "what one never tried promises nothing"
    assert mastery.promised_relief(relief, half_known, half_known) == pytest.approx(relief / 2)
    assert mastery.promised_relief(relief, habit, half_known) <= relief


@covers(mastery.coping_hazard)
@given(arguments(mastery.coping_hazard, fresh=0.0))
def test_nobody_soothes_again_at_once(given_):
    assert mastery.coping_hazard(**given_) == 0


@covers(mastery.foresight)
@given(UNIT, UNIT)
def test_lesion_impulsivity_no_longer_blinds(ability, impulsivity):
    assert mastery.foresight(ability, impulsivity, 0.0) == ability


@covers(mastery.choice_temperature)
@given(arguments(mastery.choice_temperature, gain=0.0))
def test_lesion_impulsivity_no_longer_scatters_choices(given_):
    assert mastery.choice_temperature(**given_) == given_["base"]


@covers(mastery.personal_utility)
@given(arguments(mastery.personal_utility, foreseen=0.0), UNIT)
def test_what_is_not_foreseen_does_not_count(given_, cost):
    assert mastery.personal_utility(**given_) == mastery.personal_utility(**given_ | {"cost": cost})


@covers(mastery.personal_utility)
@given(arguments(mastery.personal_utility, habit=0.0, by_habit=st.floats(1, 10)), st.floats(0.2, 1))
def test_of_two_like_strategies_the_habitual_one_is_preferred(given_, habit):
    plain, habitual = (mastery.personal_utility(**given_ | {"habit": h}) for h in (0.0, habit))
    assert share_of(1, (plain, habitual), 1.0) > 0.5


@covers(mastery.personal_utility)
@given(arguments(mastery.personal_utility, habit=0.0, by_cost=st.floats(1, 10), cost=0.0), st.floats(0.2, 1))
def test_of_two_like_strategies_the_costly_one_is_avoided_only_with_foresight(given_, cost):
    def share_of_costly(foreseen):
        options = (mastery.personal_utility(**given_ | {"cost": c, "foreseen": foreseen}) for c in (0.0, cost))
        return share_of(1, options, 1.0)

    assert share_of_costly(0.0) == 0.5
    assert share_of_costly(1.0) < 0.5


@covers(mastery.pain_after_relief)
@given(UNIT, UNIT, UNIT, st.sampled_from(["relief", "ability", "share"]))
def test_no_relief_leaves_the_pain(pain, one, other, missing):
    given_ = {"relief": one, "ability": other, "share": one} | {missing: 0.0}
    assert mastery.pain_after_relief(pain, **given_) == pain


@covers(mastery.pain_after_relief, mastery.aftermath_after)
@pytest.mark.parametrize("strategy", [s for s, cost in enumerate(mastery.PERSONAL_COST) if cost > 0])
@given(st.floats(0.1, 1), st.floats(0.1, 1))
def test_a_maladaptive_strategy_relieves_now_and_costs_later(strategy, pain, share):
    assert mastery.pain_after_relief(pain, mastery.PERSONAL_RELIEF[strategy], 1.0, share) < pain
    assert mastery.aftermath_after(0.0, mastery.PERSONAL_COST[strategy], share) > 0


@covers(mastery.habit_after_use)
@given(UNIT, UNIT, st.floats(0.01, 1))
def test_habits_grow_by_relief_alone_and_never_beyond_one(habit, relieved, learning):
    assert mastery.habit_after_use(habit, 0.0, learning) == pytest.approx(habit)
    for _ in range(200):
        habit = mastery.habit_after_use(habit, relieved, learning)
    assert habit <= 1


@covers(mastery.act_readiness)
@given(arguments(mastery.act_readiness), ACT)
def test_costly_acts_are_held_back_by_foresight_alone(given_, act):
    blind = given_ | {"foreseen": 0.0}
    assert mastery.act_readiness(**blind) == mastery.act_readiness(**blind | {"act": act})
    cheap, dear = sorted((given_["act"], act), key=lambda a: mastery.ACT_COSTS[a])
    assert mastery.act_readiness(**given_ | {"act": dear}) <= mastery.act_readiness(**given_ | {"act": cheap}) + SMALL


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
def test_absence_hurts_only_where_a_bond_a_wish_and_longing_meet(bond, need, missed):
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
