"""M16 expressed behaviour, M17 the other's reaction, M23 the relational test."""

from __future__ import annotations

from simulation.theory.numerics import clip, mechanism

REPLIES = ("warmth", "neutral", "unavailable", "pulling_back", "criticism", "rejection")
REPLY_VALENCE = (0.75, 0.15, -0.15, -0.35, -0.60, -0.85)
"""Affiliation of the replies on the circumplex; being unavailable is the most ambiguous one. ASSUMED."""
UNAVAILABLE = 2

# Demand, hostility, distress shown and opacity of the acts, in the order of ``states.ACTS``. ASSUMED.
DEMAND = (0.02, 0.0, 0.25, 0.45, 0.85, 0.35, 0.80, 0.70, 0.05)
HOSTILITY = (0.0, 0.0, 0.05, 0.30, 0.05, 0.05, 0.65, 1.00, 0.35)
DISTRESS = (0.0, 0.0, 0.40, 0.40, 0.80, 0.15, 0.60, 0.35, 0.30)
OPACITY = (0.0, 0.02, 0.0, 0.90, 0.25, 0.35, 0.25, 0.25, 0.55)
TEST_ACT = 3


@mechanism
def uncertainty_about(trust: float, strain: float) -> float:
    """M23. A person is unsure of the other at middling trust, and more so under strain: the ground for a test."""
    return 4.0 * trust * (1.0 - trust) * (0.5 + 0.5 * strain)


@mechanism
def overwhelmed_by(act: int, tolerance: float, arousal: float, strain: float) -> float:
    """M17. Feeling overwhelmed: demand that exceeds one's tolerance, more so when aroused or worn."""
    return DEMAND[act] * (1.0 - tolerance) * (0.6 + 0.8 * arousal + strain)


@mechanism
def criticised_by(act: int, perceived: float, tolerance: float, decentring: float) -> float:
    """M17. Feeling criticised: hostility as perceived, softened by tolerance and by seeing the other's side."""
    return (0.6 * HOSTILITY[act] + 0.4 * max(-perceived, 0.0)) * (1.0 - 0.5 * tolerance) * (1.0 - 0.5 * decentring)


@mechanism
def confused_by(act: int, decentring: float) -> float:
    """M17. Feeling confused: an act that does not say what it wants, less so for one who understands others."""
    return OPACITY[act] * (1.0 - 0.7 * decentring)


@mechanism
def worried_by(act: int, bond: float, decentring: float) -> float:
    """M17. Feeling worried: distress of someone close, seen by one who takes the other's view."""
    return DISTRESS[act] * bond * (0.4 + 0.6 * decentring)


@mechanism
def friendliness(
    warmth: float, bond: float, trust: float, worried: float, affiliation: float, by_warmth: float,
    complementarity: float, by_worry: float,
) -> float:  # fmt: skip
    """M17. Readiness for a warm answer; a friendly act invites one (complementarity on the circumplex)."""
    return by_warmth * (0.6 * warmth + 0.2 * bond + 0.2 * trust) + complementarity * affiliation + by_worry * worried


@mechanism
def stung_by(criticised: float, strain: float, by_criticism: float, by_strain: float) -> float:
    """M17. Readiness to answer back when one feels criticised, the more the tie is strained.

    Source of the idea: distressed couples answer negative with negative more than contented ones do (reviewed by
    Gottman 1998, 10.1146/annurev.psych.49.1.169: from memory); form ASSUMED.
    """
    return by_criticism * criticised * (1.0 + by_strain * strain)


@mechanism
def reply_readiness(
    friendly: float, neutral: float, cold: float, weary: float, stung: float, irritated: float, gain: float
) -> tuple[float, float, float, float, float, float]:
    """M17. Readiness for warmth, neutrality, unavailability, pulling back, criticism and rejection, in that order."""
    weary = gain * weary
    stung = gain * stung
    return (
        friendly - 0.5 * (weary + stung + irritated),
        neutral,
        cold + 0.8 * weary,
        cold + weary + 0.3 * stung,
        cold + 0.3 * weary + stung + irritated,
        cold - 0.8 + 0.6 * weary + 0.7 * stung + 0.6 * irritated,
    )


@mechanism
def expressed(valence: float, anger: float, luck: float, by_anger: float, half_width: float) -> float:
    """M16, M19. How a behaviour comes across: its place on the circumplex, the anger in the voice, and chance."""
    return clip(valence - by_anger * anger + half_width * (2.0 * luck - 1.0), -1.0, 1.0)


@mechanism
def test_weight(act: int, perceived: float, extra: float) -> float:
    """M23. The answer to a test weighs more, whichever way it goes, unless it leaves the question open."""
    return 1.0 + extra * abs(perceived) if act == TEST_ACT else 1.0
