"""M18 tie dynamics."""

from __future__ import annotations

from simulation.theory.numerics import exp, logistic, mechanism, raised


@mechanism
def strain_after(
    strain: float, felt: float, rejection: float, acceptance: float, by_felt: float, by_rejection: float, repair: float
) -> float:
    """M18. Strain grows with overwhelming, critical or confusing contact and with hurt; warmth mends it."""
    return raised(strain * exp(-repair * acceptance), by_felt * felt + by_rejection * rejection)


@mechanism
def trust_after(trust: float, rejection: float, acceptance: float, gain: float, loss: float) -> float:
    """M18. Trust is gained slowly and lost quickly."""
    return raised(trust, gain * acceptance) * exp(-loss * rejection)


@mechanism
def kept_apart(last: float, need: float, distance: float) -> float:
    """M18. Share of contact left while a cold exchange is remembered: people keep their distance until it has faded.

    Who longs for the other stays near: one pursues while the other draws back (demand and withdrawal: Christensen &
    Heavey 1990, 10.1037/0022-3514.59.1.73); form ASSUMED.
    """
    return exp(-distance * max(-last, 0.0) * (1.0 - need))


@mechanism
def protest(anxiety: float) -> float:
    """M18. How much someone who has parted from the other seeks them again: only much fear of being alone brings back.

    Attachment anxiety goes with wanting the other back after a break and trying to win them back (Davis et al. 2003,
    10.1177/0146167203252884); form ASSUMED, the cube.
    """
    return anxiety * anxiety * anxiety


@mechanism
def wish_to_repair(last: float, trust: float, strain: float, anger: float) -> float:
    """M18. After a cold exchange people make up, as far as they trust the other, are not worn, and no longer angry.

    Source of the idea: how couples rebound from a conflict tells those that last from those that part (Gottman &
    Levenson 1999, 10.1111/j.1545-5300.1999.00287.x); form ASSUMED.
    """
    return max(-last, 0.0) * trust * (1.0 - strain) * (1.0 - anger)


@mechanism
def splitting_now(integration: float, gain: float) -> float:
    """M18. How far one image of the other drives out its opposite: integration holds both. ASSUMED: as its square."""
    return gain * (1.0 - integration) * (1.0 - integration)


@mechanism
def image_after(image: float, same: float, opposite: float, gain: float, splitting: float) -> float:
    """M18. An image of the other grows with what fits it; without integration its opposite drives it out: splitting.

    Where images are split, each event moves them further: idealisation after a kindness, devaluation after a hurt.
    """
    return raised(image, gain * (0.5 + splitting) * same) * exp(-gain * splitting * opposite)


@mechanism
def rupture_hazard(strain: float, rate: float, threshold: float, slope: float) -> float:
    """M18. Past a threshold of strain a tie breaks, sooner or later."""
    return rate * logistic(slope * (strain - threshold))


@mechanism
def reconciliation_hazard(strain: float, bond: float, seeking: float, rate: float) -> float:
    """M18. A broken tie is mended by someone who seeks the other once the strain has worn off."""
    return rate * bond * min(seeking, 3.0) * (1.0 - strain) * (1.0 - strain)


@mechanism
def acquaintance_hazard(seeking: float, rate: float) -> float:
    """M18. An acquaintance from a shared activity becomes a tie when either of the two seeks it."""
    return rate * min(seeking, 3.0)


@mechanism
def free_to_love(committed: float) -> float:
    """M18. How open a person is to another partner: not at all beside a bond of a half or more. ASSUMED."""
    return max(1.0 - 2.0 * committed, 0.0)


@mechanism
def love_hazard(seeking: float, eligible: float, free: float, rate: float) -> float:
    """M18. Friendship turns into love when someone who is free seeks the other.

    Two of three couples were friends first (Stinson et al. 2022, 10.1177/19485506211026992); form ASSUMED.
    """
    return rate * eligible * free * min(seeking, 3.0)


@mechanism
def absence(bond: float, need: float, missed: float, rate: float) -> float:
    """M18. Sadness per day, on average, by the absence of someone from whom one has parted, as long as one misses them.

    The sadness after a break lasts longest in those who still long for the other (Sbarra & Emery 2005,
    10.1111/j.1475-6811.2005.00112.x; Sbarra 2006, 10.1177/0146167205280913: abstracts); form ASSUMED.
    """
    return rate * bond * need * missed


@mechanism
def rupture_hurt(bond: float, left: float, size: float) -> float:
    """M18. A break hurts both: felt as rejection, twice as much by the one who is left."""
    return size * bond * (0.5 + 0.5 * left)
