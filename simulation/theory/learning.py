"""M20 schema learning and M21 development."""

from __future__ import annotations

from simulation.theory.numerics import mechanism, toward


@mechanism
def confirming_evidence(
    rejection: float, negative_self: float, weight: float, gain: float, confirmation: float
) -> float:
    """M20. Rejection is evidence for the negative self-image, and more so while that image is active."""
    return gain * weight * rejection * (1.0 + confirmation * negative_self)


@mechanism
def disconfirming_evidence(
    acceptance: float, conviction: float, differentiation: float, integration: float, weight: float, gain: float,
    discount: float,
) -> float:  # fmt: skip
    """M20. Warmth is evidence for the benevolent self-image, but is discounted where the schema says otherwise.

    Differentiation or integration undo the discount: then the exception is noticed and counts.
    Source of the asymmetry: Siegel 2020; Story et al. 2024 (10.1037/rev0000430); the form is ASSUMED.
    """
    noticed = max(differentiation, integration)
    return gain * weight * acceptance * (1.0 - discount * conviction * (1.0 - noticed))


@mechanism
def conviction(negative_self: float, share: float) -> float:
    """M20. How convinced the person is of the negative self-image: by what is active now or by what the past has shown.

    A schema that sleeps still decides what counts as an exception. ASSUMED: the stronger of the two.
    """
    return max(negative_self, share)


@mechanism
def brooded_evidence(rumination: float, negative_self: float, gain: float) -> float:
    """M12, M20. Perseverative thinking goes over the same evidence against the self again: it sustains the schema."""
    return gain * rumination * negative_self


@mechanism
def evidence_in_time(evidence: float, from_life: float, forgetting: float, dt: float) -> float:
    """M20. The rest of life adds a little evidence; old evidence is slowly forgotten.

    The two give every schema an interior equilibrium: it can neither vanish nor become certain.
    M21 needs no mechanism of its own: with little evidence each event moves the share far, so plasticity is high in
    childhood and declines as history accumulates.
    """
    return toward(evidence, from_life / forgetting, forgetting, dt)
