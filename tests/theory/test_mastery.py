"""Tables of strategies, choice, relief, cost and habit: what must hold beyond bounds and directions."""

import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from simulation.theory import exchange, mastery, selfstate
from simulation.theory.states import ACTS, FIRST_STRATEGY_ACT, PERSONAL_STRATEGIES, SELF_STATES
from tests.strategies import UNIT
from tests.theory.laws import SMALL, arguments, covers, share_of

ACT = st.integers(0, len(ACTS) - 1)


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
    assert mastery.urge_to_soothe(0.0, arousal, window, 0.0, 0.0, 0.5, 0.5, 0.5, 1.0, 1.0, 1.0, 1.0) == 0


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
