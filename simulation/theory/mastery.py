"""M13 mastery choice, M14 relief then cost, M15 habit, M16 the circumplex."""

from __future__ import annotations

from simulation.theory.numerics import logistic, mechanism, raised, toward

# Alone: rumination, binge_eating, alcohol, self_harm, dissociation, bodily_regulation, pleasant_activity, reappraisal
PERSONAL_RELIEF = (0.15, 0.60, 0.70, 1.00, 0.70, 0.55, 0.45, 0.60)
"""Immediate relief as a share of the most relieving strategy. ASSUMED order: self-harm relieves most at once
(Klonsky 2007, affect-regulation function), rumination least."""
PERSONAL_COST = (0.35, 0.70, 0.70, 1.00, 0.45, 0.00, 0.00, 0.00)
"""Later cost as a share of the most costly strategy; 0 marks an adaptive one. ASSUMED."""

PERSONAL_BARRIER = (0.00, 0.15, 0.15, 1.00, 0.25, 0.10, 0.10, 0.10)
"""What keeps people from a strategy without any reflection, as a share of the highest barrier. Source of the idea:
benefits and barriers of self-injury (Hooley & Franklin 2018, 10.1177/2167702617724420); figures ASSUMED."""

# In contact: warm, ordinary, calm request, test, clinging, seduction, angry demand, attack, withdrawal
ACT_AFFILIATION = (0.75, 0.30, 0.25, -0.10, 0.25, 0.40, -0.45, -0.85, -0.40)
ACT_DOMINANCE = (0.25, 0.25, -0.10, -0.15, -0.55, 0.10, 0.35, 0.60, -0.50)
"""Places of the acts on the interpersonal circumplex (affiliation, dominance), after the octants of Kiesler 1983 and
Wiggins 1979: warm and everyday contact is where people take the lead, suggest and speak their mind; a test hints
instead of asking; clinging and withdrawal are submissive. The figures themselves are ASSUMED."""
ACT_COSTS = (0.0, 0.0, 0.1, 0.5, 0.5, 0.5, 0.9, 1.0, 0.4)
"""Interpersonal cost to come, as it would be foreseen. ASSUMED."""


@mechanism
def cascaded(rumination: float, share: float, half: float) -> float:
    """M12, M13. How far a feeling turns into an act: by itself only in part, the rest where rumination magnifies it.

    Negative emotion without rumination hardly predicts dysregulated behaviour (emotional cascades: Selby & Joiner 2013,
    Personality Disorders); form ASSUMED.
    """
    return 1.0 - share + share * rumination * rumination / (rumination * rumination + half * half)


@mechanism
def urge_to_soothe(
    pain: float, arousal: float, window: float, shame: float, sadness: float, differentiation: float, decentring: float,
    distance: float, by_pain: float, by_shame: float, by_sadness: float, cascade: float,
) -> float:  # fmt: skip
    """M13. Urge to make it stop: pain by itself; shame, sadness, and arousal past the window as far as they cascade.

    Who can see a feeling as a passing state of mind is less driven by it; who takes a view from outside, least of all
    by sadness (decentering weakens the way from sadness to self-injury: 10.1007/s11126-020-09875-7). Weights ASSUMED.
    """
    sad = by_sadness * sadness * (1.0 - decentring)
    distress = by_pain * pain + cascade * (by_shame * shame + sad + 0.5 * max(arousal - window, 0.0))
    return distress * (1.0 - distance * differentiation)


@mechanism
def coping_hazard(urge: float, fresh: float, rate: float, threshold: float, slope: float) -> float:
    """M13. Hazard of a soothing attempt: a threshold on the urge, and a refractory time after the last one."""
    return rate * fresh * logistic(slope * (urge - threshold))


@mechanism
def foresight(mastery: float, impulsivity: float, gain: float) -> float:
    """M13. How far later cost counts: as far as mastery now and low impulsivity allow."""
    return mastery * (1.0 - gain * impulsivity)


@mechanism
def choice_temperature(impulsivity: float, base: float, by_impulsivity: float, gain: float) -> float:
    """M13. Impulsive choices are less governed by what speaks for and against them."""
    return base + gain * by_impulsivity * impulsivity


@mechanism
def promised_relief(relief: float, habit: float, half_known: float) -> float:
    """M13, M15. The relief that a strategy promises: as much as experience with it has taught one to expect.

    Source of the idea: urges and barriers of self-injury differ by experience (Hooley & Franklin 2018,
    10.1177/2167702617724420); form ASSUMED.
    """
    return relief * habit / (habit + half_known)


@mechanism
def personal_utility(
    relief: float, cost: float, barrier: float, habit: float, ability: float, urge: float, foreseen: float,
    by_relief: float, by_habit: float, by_cost: float, by_barrier: float,
) -> float:  # fmt: skip
    """M13. What speaks for a strategy now: relief and habit, less its barrier, and its cost as far as it is foreseen.

    Relief counts in proportion to the urge: moderate distress is soothed by moderate means, extreme pain by extreme
    ones.
    """
    return by_relief * relief * ability * urge + by_habit * habit - by_barrier * barrier - by_cost * foreseen * cost


@mechanism
def pain_after_relief(pain: float, relief: float, ability: float, share: float) -> float:
    """M14. Relief is immediate."""
    return pain * (1.0 - share * relief * ability)


@mechanism
def hold_of_relief(pain: float, half: float) -> float:
    """M14. Soothing eases a mood as far as there is pain in it: it ends what cannot be borne, not ordinary ill humour.

    Source of the idea: drinking goes with less negative affect only in borderline personality disorder (Carpenter et
    al. 2017, 10.1007/s00213-017-4727-1); form ASSUMED.
    """
    return pain / (pain + half)


@mechanism
def aftermath_after(pool: float, cost: float, size: float) -> float:
    """M14. The cost comes later: it enters a pool that empties over the next hours and days."""
    return pool + size * cost


@mechanism
def habit_after_use(habit: float, relieved: float, learning: float) -> float:
    """M15. Relief reinforces the strategy that brought it: it becomes indispensable."""
    return raised(habit, learning * relieved)


@mechanism
def habit_by_repetition(habit: float, rumination: float, learning: float, dt: float) -> float:
    """M15. Thoughts that a low mood repeats become a habit, whether or not they bring relief.

    Rumination as a mental habit (Watkins & Nolen-Hoeksema 2014, 10.1037/a0035540); form ASSUMED.
    """
    return toward(habit, 1.0, learning * rumination, dt)


@mechanism
def act_readiness(
    act: int, motive: float, habit: float, foreseen: float, base: float, by_habit: float, by_cost: float
) -> float:
    """M13. Readiness for an interpersonal strategy: its motive now, habit, and the cost as far as it is foreseen."""
    return base + motive + by_habit * habit - by_cost * foreseen * ACT_COSTS[act]
