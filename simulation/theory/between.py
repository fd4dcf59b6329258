"""The phases of a tick between two people: meeting, act, percept, felt reaction, reply; and what it does to each."""

from __future__ import annotations

from typing import Any

from simulation.theory import constants as c
from simulation.theory import states as s
from simulation.theory import tie_states as ts
from simulation.theory import traits as r
from simulation.theory.arousal import (
    caught_arousal,
    caught_feeling,
    caught_upset,
)
from simulation.theory.encounter import wish_after_response
from simulation.theory.exchange import (
    REPLY_VALENCE,
    UNAVAILABLE,
    confused_by,
    criticised_by,
    expressed,
    friendliness,
    overwhelmed_by,
    reply_readiness,
    stung_by,
    test_weight,
    uncertainty_about,
    worried_by,
)
from simulation.theory.layout import LANES
from simulation.theory.learning import confirming_evidence, conviction, disconfirming_evidence
from simulation.theory.mastery import ACT_AFFILIATION, habit_after_use
from simulation.theory.numerics import choose, mechanism
from simulation.theory.perception import (
    expected_response,
    felt_acceptance,
    felt_rejection,
    learned_expectation,
    perceived_response,
)
from simulation.theory.schema import negative_share
from simulation.theory.tie import (
    image_after,
    splitting_now,
    strain_after,
    trust_after,
    wish_to_repair,
)

Page = Any
"""One page: a float64 array, or a list of floats in plain-Python mode."""

# What one encounter leaves on record, in this order
(
    ACT,
    REPLY,
    REACHED,
    HEARD,
    ANSWERED,
    OVERWHELM,
    CRITICISM,
    CONFUSION,
    WORRY,
    AROUSAL_OF_ACTOR,
    AROUSAL_OF_OTHER,
    CALM,
    MOMENT,
    ANGER_OF_ACTOR,
    ANGER_OF_OTHER,
    JOY_OF_ACTOR,
    JOY_OF_OTHER,
    SADNESS_OF_ACTOR,
    SADNESS_OF_OTHER,
) = range(19)
RECORD_SIZE = 19


@mechanism
def expectation(t: Page, a: int, k: Page, o: int, gloom: float) -> float:
    """M4. What the owner of a tie expects of the other now."""
    return expected_response(
        t[a + ts.EXPECTED], gloom, t[a + ts.GOOD_IMAGE], t[a + ts.BAD_IMAGE], k[o + c.EXPECTATION_IMAGE]
    )


@mechanism
def exchange(
    mine: Page, t: Page, a: int, k: Page, o: int,
    other: Page, t2: Page, a2: int, k2: Page, o2: int,
    row: Page, luck_act: float, luck_reply: float, luck_voice: float, luck_tone: float, moment: float,
) -> None:  # fmt: skip
    """One encounter that the owner of tie ``t[a]`` starts: act, percept, felt reaction, reply, percept.

    ``mine`` and ``other`` are the published faces; ``t2[a2]`` is the other's tie to the owner; ``row`` is filled.
    ``moment`` is the share of the tick that is still to come.
    """
    uncertain = uncertainty_about(t[a + ts.TRUST], t[a + ts.STRAIN])
    good_will = t[a + ts.TRUST] - t[a + ts.STRAIN] + k[o + c.ACT_IMAGE] * (t[a + ts.GOOD_IMAGE] - t[a + ts.BAD_IMAGE])
    sore = -t[a + ts.LAST_BEHAVIOUR] * mine[s.F_ANGER]
    mending = k[o + c.ACT_REPAIR] * wish_to_repair(
        t[a + ts.LAST_BEHAVIOUR], t[a + ts.TRUST], t[a + ts.STRAIN], mine[s.F_ANGER]
    )
    act = choose(
        (
            mine[s.F_ACT] + good_will + mending,
            mine[s.F_ACT + 1],
            mine[s.F_ACT + 2],
            mine[s.F_ACT + 3] + 1.5 * uncertain,
            mine[s.F_ACT + 4],
            mine[s.F_ACT + 5] - 20.0 * (1.0 - t[a + ts.ROMANTIC]),
            mine[s.F_ACT + 6] + sore,
            mine[s.F_ACT + 7] + sore,
            mine[s.F_ACT + 8] + t[a + ts.STRAIN],
        ),
        mine[s.F_TEMPERATURE],
        luck_act,
    )
    row[ACT] = act
    row[AROUSAL_OF_ACTOR] = mine[s.F_AROUSAL]
    row[AROUSAL_OF_OTHER] = other[s.F_AROUSAL]
    row[ANGER_OF_ACTOR] = mine[s.F_ANGER]
    row[ANGER_OF_OTHER] = other[s.F_ANGER]
    row[JOY_OF_ACTOR] = mine[s.F_JOY]
    row[JOY_OF_OTHER] = other[s.F_JOY]
    row[SADNESS_OF_ACTOR] = mine[s.F_SADNESS]
    row[SADNESS_OF_OTHER] = other[s.F_SADNESS]
    reached = 1.0 - other[s.F_BUSY]
    row[REACHED] = reached

    # the other perceives, feels, and answers
    heard = perceived_response(
        expressed(ACT_AFFILIATION[act], mine[s.F_ANGER], luck_voice, k[o + c.TONE_ANGER], k[o + c.VALENCE_JITTER]),
        other[s.F_PULL],
        expectation(t2, a2, k2, o2, other[s.F_GLOOM]),
        other[s.F_PRIOR],
    )
    strain = t2[a2 + ts.STRAIN]
    felt = k2[o2 + c.G_FELT]
    overwhelm = felt * overwhelmed_by(act, other[s.F_TOLERANCE], other[s.F_AROUSAL], strain)
    criticism = felt * criticised_by(act, heard, other[s.F_TOLERANCE], other[s.F_DECENTRING])
    confusion = felt * confused_by(act, other[s.F_DECENTRING])
    worry = felt * worried_by(act, t2[a2 + ts.BOND], other[s.F_DECENTRING])
    friendly = friendliness(
        other[s.F_WARMTH], t2[a2 + ts.BOND], t2[a2 + ts.TRUST], worry, ACT_AFFILIATION[act],
        k2[o2 + c.REPLY_WARMTH], k2[o2 + c.REPLY_COMPLEMENT], k2[o2 + c.REPLY_WORRY],
    )  # fmt: skip
    weary = k2[o2 + c.REPLY_OVERWHELM] * overwhelm
    stung = stung_by(criticism, strain, k2[o2 + c.REPLY_CRITICISM], k2[o2 + c.REPLY_STRAIN])
    irritated = k2[o2 + c.REPLY_ANGER] * other[s.F_ANGER]
    chosen = choose(
        reply_readiness(
            friendly, k2[o2 + c.REPLY_NEUTRAL], k2[o2 + c.REPLY_COLD], weary, stung, irritated, k2[o2 + c.G_COLD]
        ),
        k2[o2 + c.REPLY_TEMPERATURE],
        luck_reply,
    )
    reply = chosen if reached > 0.5 else UNAVAILABLE
    row[REPLY] = reply
    row[HEARD] = heard * reached
    row[OVERWHELM] = overwhelm * reached
    row[CRITICISM] = criticism * reached
    row[CONFUSION] = confusion * reached
    row[WORRY] = worry * reached

    # the owner of the tie perceives the reply
    row[ANSWERED] = perceived_response(
        expressed(
            REPLY_VALENCE[reply],
            reached * other[s.F_ANGER],
            luck_tone,
            k2[o2 + c.TONE_ANGER],
            k2[o2 + c.VALENCE_JITTER],
        ),
        mine[s.F_PULL],
        expectation(t, a, k, o, mine[s.F_GLOOM]),
        mine[s.F_PRIOR],
    )
    row[CALM] = 1.0 if reply == 0 else 0.0
    row[MOMENT] = moment


@mechanism
def take_in(
    p: Page, o: int, k: Page, t: Page, a: int, wish: int, act: int, perceived: float, other_arousal: float,
    other_anger: float, other_sadness: float, other_joy: float, felt: float, calm: float, moment: float, dt: float,
) -> None:  # fmt: skip
    """One side of one encounter: wish, expectation, evidence about the self, tie, arousal caught."""
    w = wish * LANES
    open_to_it = 1.0 - k[o + c.DISSOCIATION_FILTER] * p[o + s.DISSOCIATION]
    need = p[o + s.NEED + w]
    salience = t[a + ts.BOND] * (0.4 + 0.6 * need) * open_to_it
    gloom = k[o + c.G_EXPECTATION] * k[o + c.EXPECTATION_COLOUR] * p[o + s.NEGATIVE_SELF]
    gloom = gloom * (1.0 - p[o + s.DIFFERENTIATION_NOW])
    hurt = felt_rejection(perceived, expectation(t, a, k, o, gloom), k[o + c.SURPRISE])
    warmth = felt_acceptance(perceived)
    rejection = salience * hurt
    acceptance = salience * warmth

    p[o + s.IN_REJECTION] += rejection
    p[o + s.IN_ACCEPTANCE] += acceptance
    p[o + s.IN_MOMENT] += (rejection + acceptance) * moment
    p[o + s.IN_AROUSAL] += k[o + c.G_CONTAGION] * caught_arousal(
        p[o + s.AROUSAL], other_arousal, t[a + ts.BOND], open_to_it, k[o + c.CONTAGION]
    )
    vigilance = p[o + r.REJECTION_SENSITIVITY]
    share = k[o + c.G_CONTAGION] * k[o + c.CONTAGION_FEELING]
    bond = t[a + ts.BOND]
    p[o + s.IN_ANGER] += caught_upset(p[o + s.ANGER], other_anger, bond, open_to_it, vigilance, share)
    p[o + s.IN_SADNESS] += caught_upset(p[o + s.SADNESS], other_sadness, bond, open_to_it, vigilance, share)
    p[o + s.IN_JOY] += caught_feeling(p[o + s.JOY], other_joy, bond, open_to_it, vigilance, share)
    p[o + s.IN_CALM] += calm * acceptance

    p[o + s.NEED + w] = wish_after_response(
        need, acceptance, rejection, k[o + c.NEED_SATISFACTION], k[o + c.NEED_EVOKED], k[o + c.G_WISH]
    )
    learning = k[o + c.G_LEARNING] * k[o + c.EVIDENCE_GAIN] * (1.0 - p[o + s.DISSOCIATION])
    weight = test_weight(act, perceived, k[o + c.TEST_PASSED])
    p[o + s.NEGATIVE_EVIDENCE + w] += confirming_evidence(
        rejection, p[o + s.NEGATIVE_SELF], weight, learning, k[o + c.CONFIRMATION]
    )
    share = negative_share(p[o + s.NEGATIVE_EVIDENCE + w], p[o + s.BENEVOLENT_EVIDENCE + w])
    p[o + s.BENEVOLENT_EVIDENCE + w] += disconfirming_evidence(
        acceptance, conviction(p[o + s.NEGATIVE_SELF], share), p[o + s.DIFFERENTIATION_NOW], p[o + s.INTEGRATION_NOW],
        weight, learning, k[o + c.DISCOUNT],
    )  # fmt: skip

    split = splitting_now(p[o + s.INTEGRATION_NOW], k[o + c.SPLITTING])
    gain = k[o + c.REPRESENTATION_GAIN]
    good = t[a + ts.GOOD_IMAGE]
    t[a + ts.GOOD_IMAGE] = image_after(good, warmth, hurt, gain, split)
    t[a + ts.BAD_IMAGE] = image_after(t[a + ts.BAD_IMAGE], hurt, warmth, gain, split)
    t[a + ts.EXPECTED] = learned_expectation(t[a + ts.EXPECTED], perceived, k[o + c.EXPECTATION_LEARNING])
    t[a + ts.TRUST] = trust_after(t[a + ts.TRUST], hurt, warmth, k[o + c.TRUST_GAIN], k[o + c.TRUST_LOSS])
    t[a + ts.STRAIN] = strain_after(
        t[a + ts.STRAIN], k[o + c.G_STRAIN] * felt, k[o + c.G_STRAIN] * hurt, warmth,
        k[o + c.STRAIN_FELT], k[o + c.STRAIN_HURT], k[o + c.STRAIN_REPAIR],
    )  # fmt: skip
    t[a + ts.LAST_BEHAVIOUR] = t[a + ts.LAST_BEHAVIOUR] * 0.3 + 0.7 * perceived


@mechanism
def take_in_reply(p: Page, o: int, k: Page, t: Page, a: int, wish: int, row: Page, dt: float) -> None:
    """The side of the one who started the encounter; an interpersonal strategy that was met warmly becomes habit."""
    act = int(row[ACT])
    if act >= s.FIRST_STRATEGY_ACT:
        habit = o + s.ACT_HABIT + (act - s.FIRST_STRATEGY_ACT) * LANES
        relieved = t[a + ts.BOND] * felt_acceptance(row[ANSWERED])
        p[habit] = habit_after_use(p[habit], relieved, k[o + c.G_HABIT] * k[o + c.HABIT_LEARNING])
    take_in(
        p, o, k, t, a, wish, int(row[ACT]), row[ANSWERED], row[AROUSAL_OF_OTHER],
        row[REACHED] * row[ANGER_OF_OTHER], row[REACHED] * row[SADNESS_OF_OTHER],
        row[REACHED] * row[JOY_OF_OTHER] + (1.0 - row[REACHED]) * p[o + s.JOY], 0.0, row[CALM], row[MOMENT], dt,
    )  # fmt: skip


@mechanism
def take_in_act(p: Page, o: int, k: Page, t: Page, a: int, wish: int, row: Page, dt: float) -> None:
    """The side of the one who was sought out (nothing, if they could not be reached)."""
    if row[REACHED] > 0.5:
        felt = row[OVERWHELM] + row[CRITICISM] + 0.5 * row[CONFUSION]
        # the extra weight of a test belongs to the one who tests
        take_in(
            p, o, k, t, a, wish, 0, row[HEARD], row[AROUSAL_OF_ACTOR], row[ANGER_OF_ACTOR],
            row[SADNESS_OF_ACTOR], row[JOY_OF_ACTOR], felt, 0.0, row[MOMENT], dt,
        )  # fmt: skip
        p[o + s.IN_OVERWHELM] += row[OVERWHELM]
        p[o + s.IN_CRITICISM] += row[CRITICISM]
        p[o + s.IN_CONFUSION] += row[CONFUSION]
        p[o + s.IN_WORRY] += row[WORRY]
