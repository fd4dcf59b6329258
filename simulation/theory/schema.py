"""M5 schema competition: which self-image has the working self."""

from __future__ import annotations

from simulation.theory.numerics import exp, mechanism


@mechanism
def negative_share(negative_evidence: float, benevolent_evidence: float) -> float:
    """Strength of a negative self-image: its share of the evidence, never exactly 0 or 1."""
    return negative_evidence / (negative_evidence + benevolent_evidence)


@mechanism
def negative_self_target(
    share: float, rejection: float, acceptance: float, rumination: float, differentiation: float,
    rest: float, by_rejection: float, by_acceptance: float, by_rumination: float, by_differentiation: float,
    gain: float,
) -> float:  # fmt: skip
    """M5. Where the working activation of the negative self-image tends.

    A logistic in the log-odds of the evidence, called by recent rejection and by rumination, quieted by acceptance and
    differentiation.
    """
    odds = share * exp(
        rest
        + gain * by_rejection * rejection
        + by_rumination * rumination
        - by_acceptance * acceptance
        - by_differentiation * differentiation
    )
    return odds / (odds + 1.0 - share)


@mechanism
def benevolent_self_target(
    share: float, rejection: float, acceptance: float, rest: float, by_rejection: float, by_acceptance: float
) -> float:
    """M5. Where the working activation of the benevolent self-image tends.

    Severity (a high negative ``share``) makes it hard to reach; rejection closes it, acceptance brings it back.
    """
    odds = (1.0 - share) * exp(rest + by_acceptance * acceptance - by_rejection * rejection)
    return odds / (odds + share)
