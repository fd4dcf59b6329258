"""T5-T8: regulation, lent by the therapist at first, one's own later; and medication."""

from __future__ import annotations

import numpy as np

from simulation.treatment.arithmetic import Number, nearer
from simulation.treatment.contract import Changes, Now, module
from simulation.treatment.modules.formulation import PAPER, learned


@module(
    "coregulation", number="T5", title="calm lent in the session: an auxiliary prefrontal cortex", technique=False,
    targets=("arousal", "pain", "coregulation", "learned_calm"),
    needs=(("alliance_trust", 0.0, 0.6), ("therapist_arousal", 0.7, 0.35), ("rupture", 1.4, 0.4)),
    dose=0.65, unit="share of the arousal above the home base that is taken away in the session", goal=None,
    source=f"{PAPER}, Conceptualization: the therapist as auxiliary regulating prefrontal cortex; dose ASSUMED",
)  # fmt: skip
def lend_calm(now: Now, ready: Number, dose: Number) -> Changes:
    """Voice, face and posture calm the patient now; slowly, by repetition, the calm becomes the patient's own."""
    share = dose * ready
    excess = np.maximum(now.arousal - now.home_base, 0.0)
    return {
        "arousal": now.arousal - np.minimum(share, 1.0) * excess,
        "pain": nearer(now.pain, 0.0, 0.5 * share),
        "coregulation": nearer(now.coregulation, 1.0, 0.5 * share),
        "learned_calm": learned(now, "learned_calm", 0.08 * share),
    }


@module(
    "crisis_call", number="T6", title="a call in a crisis that is answered", technique=False,
    targets=("arousal", "pain", "shame", "coregulation", "habit_calm_request", "learned_regulation", "engagement"),
    needs=(("therapist_arousal", 0.8, 0.4),),
    dose=0.5, unit="share of the arousal above the home base that is taken away", goal=None,
    source=f"{PAPER}, Course: calls in moments of crisis, subject to availability; dose ASSUMED",
)  # fmt: skip
def answer_call(now: Now, ready: Number, dose: Number) -> Changes:
    """The call is validated as a choice against harm, then the two get through the moment: breathing, body, plan."""
    share = dose * ready
    excess = np.maximum(now.arousal - now.home_base, 0.0)
    return {
        "arousal": now.arousal - np.minimum(share, 1.0) * excess,
        "pain": nearer(now.pain, 0.0, share),
        "shame": nearer(now.shame, 0.0, 0.3 * share),
        "coregulation": nearer(now.coregulation, 1.0, 0.5 * share),
        "habit_calm_request": nearer(now.habit_calm_request, 1.0, 0.04 * share),
        "learned_regulation": learned(now, "learned_regulation", 0.02 * share),
        "engagement": nearer(now.engagement, 1.0, 0.04 * share),
    }


@module(
    "autonomous_regulation", number="T7",
    title="a menu of one's own: body work, mindfulness, grounding, pleasant activity",
    targets=("habit_bodily_regulation", "habit_pleasant_activity", "learned_regulation", "learned_mastery",
             "learned_pause", "learned_window", "learned_calm", "learned_letting_go", "explained", "due_rejection"),
    needs=(("over_window", 0.1, -0.05), ("engagement", 0.15, 0.5), ("monitoring", 0.25, 0.45)),
    dose=0.65, unit="share of the skill still to be learned", goal=("regulation_skill", 0.7),
    source=f"{PAPER}, Course: menu of emotion regulation activities, at first felt as rejection; mindfulness and "
    "pleasant activity also take the mind off distressing thoughts; doses ASSUMED",
)  # fmt: skip
def offer_menu(now: Now, ready: Number, dose: Number) -> Changes:
    """Ways to regulate alone are practised; heard as "you want to get rid of me" until it is explained."""
    share = dose * ready
    secure = now.alliance_trust * (1.0 - now.alliance_strain) * (0.5 + 0.5 * now.image_link)
    heard = now.rejection_sensitivity * (1.0 - now.explained) * (1.0 - secure)
    return {
        "habit_bodily_regulation": nearer(now.habit_bodily_regulation, 0.8, share),
        "habit_pleasant_activity": nearer(now.habit_pleasant_activity, 0.8, 0.7 * share),
        "learned_regulation": learned(now, "learned_regulation", share),
        "learned_mastery": learned(now, "learned_mastery", 0.4 * share),
        "learned_pause": learned(now, "learned_pause", 0.9 * share),
        "learned_window": learned(now, "learned_window", 0.7 * share),
        "learned_calm": learned(now, "learned_calm", 0.7 * share),
        "learned_letting_go": learned(now, "learned_letting_go", 0.3 * share),
        "explained": nearer(now.explained, 1.0, 3.0 * dose * now.alliance_trust * (1.0 - now.rupture)),
        "due_rejection": now.due_rejection + 8.0 * dose * heard,
    }


@module(
    "medication", number="T8", title="medication against fluctuation and impulsivity", technique=False,
    targets=("medicated", "eased_impulsivity", "eased_noise", "eased_reactivity", "impulsivity", "affect_noise",
             "reactivity"),
    needs=(("engagement", 0.1, 0.5),),
    dose=0.2, unit="share of impulsivity, fluctuation and reactivity taken off while it is taken", goal=None,
    source=f"{PAPER}, Course: topiramate and fluoxetine to reduce distress and impulsivity; dose ASSUMED",
)  # fmt: skip
def medicate(now: Now, ready: Number, dose: Number) -> Changes:
    """While it is taken, arousal fluctuates less and impulses are weaker; taking it off is not learning."""
    taken = nearer(now.medicated, 1.0, ready * np.minimum(dose, 1.0))
    changes: Changes = {"medicated": taken}
    for trait, eased in EASED:
        off = np.maximum(now[eased], dose * taken * (now[trait] + now[eased]))
        changes[eased] = off
        changes[trait] = now[trait] + now[eased] - off
    return changes


EASED = (("impulsivity", "eased_impulsivity"), ("affect_noise", "eased_noise"), ("reactivity", "eased_reactivity"))
"""What medication takes off, and where the course remembers how much."""


def withdraw(now: Now) -> Changes:
    """T8. The medication is no longer taken: what it took off comes back."""
    changes: Changes = {"medicated": 0.0 * now.medicated}
    for trait, eased in EASED:
        changes[trait] = now[trait] + now[eased]
        changes[eased] = 0.0 * now[eased]
    return changes
