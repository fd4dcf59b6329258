"""M3 perception and M4 expectation: what a person makes of the other's response."""

from __future__ import annotations

from simulation.theory.numerics import clip, mechanism


@mechanism
def threat_of_rejection(felt_of_late: float, half: float) -> float:
    """M3. How far rejection seems possible now, in [0, 1]: not at all without a sign of it, half at ``half``.

    Source: sensitivity to rejection is a readiness to defend oneself under threat: startle of sensitive people is
    raised by pictures of rejection only, not by other negative ones (Downey et al. 2004,
    10.1111/j.0956-7976.2004.00738.x); form ASSUMED.
    """
    return felt_of_late / (felt_of_late + half)


@mechanism
def pull_toward_rejection(
    sensitivity: float, threat: float, negative_self: float, differentiation: float, decentring: float,
    by_sensitivity: float, by_schema: float, weakened_by_differentiation: float, weakened_by_decentring: float,
) -> float:  # fmt: skip
    """M3. How strongly ambiguous responses look like rejection to this person now.

    Sensitivity is on its guard under threat only (``threat_of_rejection``); an active negative self-image needs none.
    Source: rejection sensitivity (Downey & Feldman 1996); differentiation and decentring (Salvatore et al. 2020).
    """
    bias = by_sensitivity * sensitivity * threat + by_schema * negative_self
    return bias * (1.0 - weakened_by_differentiation * differentiation) * (1.0 - weakened_by_decentring * decentring)


@mechanism
def expected_response(learned: float, gloom: float, good_image: float, bad_image: float, by_image: float) -> float:
    """M4, M18. What the person expects of this other now: what was learned, darkened by the active schema.

    The image of the other that is up now tilts it: one who splits expects everything after a kindness, and nothing
    after a hurt.
    """
    return clip(learned - gloom + by_image * (good_image - bad_image), -1.0, 1.0)


@mechanism
def perceived_response(valence: float, pull: float, expected: float, prior_weight: float) -> float:
    """M3 and M4. Perceived valence of a response whose true valence is ``valence``, both in [-1, 1].

    The more ambiguous a response (the closer to 0), the more room for expectation and pull; a clear kindness or a
    clear insult is seen as what it is.
    """
    ambiguity = 1.0 - abs(valence)
    belief = valence + ambiguity * (prior_weight * (expected - valence) - pull)
    return clip(belief, -1.0, 1.0)


@mechanism
def felt_rejection(perceived: float, expected: float, surprise: float) -> float:
    """M4. How much a response hurts: the rejection in it, more when a hope was violated."""
    return max(-perceived, 0.0) * (1.0 + surprise * max(expected - perceived, 0.0))


@mechanism
def felt_acceptance(perceived: float) -> float:
    """M4. How much acceptance the person finds in a response."""
    return max(perceived, 0.0)


@mechanism
def learned_expectation(learned: float, perceived: float, share: float) -> float:
    """M4. The expectation moves by a share of the prediction error."""
    return learned + share * (perceived - learned)
