"""T9-T12: promoting change, once the patient can regulate somewhat; and the asking that a comparator relies on."""

from __future__ import annotations

from simulation.treatment.arithmetic import Number, nearer, ramp
from simulation.treatment.contract import Changes, Now, module
from simulation.treatment.modules.formulation import PAPER, learned


@module(
    "differentiation", number="T9", title="beliefs about self and other are representations",
    targets=("learned_differentiation", "learned_openness", "learned_reappraisal", "arousal"),
    needs=(("monitoring", 0.3, 0.55), ("over_window", 0.05, -0.1), ("alliance_trust", 0.25, 0.85),
           ("awareness", 0.15, 0.5), ("regulation_skill", 0.2, 0.45)),
    dose=0.12, unit="share of the differentiation still to be learned", goal=("differentiation", 0.75),
    source=f"{PAPER}, Change promoting: differentiation, origins in development; dose ASSUMED",
)  # fmt: skip
def differentiate(now: Now, ready: Number, dose: Number) -> Changes:
    """The idea of being unlovable was learned, and loses the weight of fact. Touching it upsets who is upset."""
    share = dose * ready
    return {
        "learned_differentiation": learned(now, "learned_differentiation", share),
        "learned_openness": learned(now, "learned_openness", 0.6 * share),
        "learned_reappraisal": learned(now, "learned_reappraisal", 0.5 * share),
        "arousal": nearer(now.arousal, 1.0, dose * ramp(now.arousal - now.window_of_tolerance, -0.05, 0.15)),
    }


@module(
    "experiments", number="T10", title="behavioural experiments between sessions",
    targets=("experiment", "habit_calm_request", "habit_reappraisal"),
    needs=(("differentiation", 0.25, 0.5), ("engagement", 0.2, 0.5), ("regulation_skill", 0.2, 0.45),
           ("alliance_trust", 0.25, 0.85)),
    dose=0.6, unit="share of the way to full readiness to try and to notice", goal=("experiment", 0.7),
    source=f"{PAPER}, Change promoting: planning change, new behaviours, reflecting on them; dose ASSUMED",
)  # fmt: skip
def experiment(now: Now, ready: Number, dose: Number) -> Changes:
    """A feared step is planned; what really comes back from others can then count against the schema."""
    return {
        "experiment": nearer(now.experiment, 1.0, dose * ready),
        "habit_calm_request": nearer(now.habit_calm_request, 0.8, 0.06 * dose * ready),
        "habit_reappraisal": nearer(now.habit_reappraisal, 0.8, 0.1 * dose * ready),
    }


@module(
    "healthy_self", number="T11", title="the healthy self: wishes and interests that were suppressed",
    targets=("joy", "learned_desires", "experiment", "wish_strength_autonomy", "wish_strength_group",
             "habit_pleasant_activity"),
    needs=(("over_window", 0.1, -0.05), ("alliance_trust", 0.15, 0.7), ("engagement", 0.2, 0.5)),
    dose=0.08, unit="share of the joyful activity still to be found", goal=("habit_pleasant_activity", 0.5),
    source=f"{PAPER}, Change promoting: accessing core wishes that were suppressed; dose ASSUMED",
)  # fmt: skip
def find_wishes(now: Now, ready: Number, dose: Number) -> Changes:
    """What the person likes and never did is found and tried: joy, good moments, a benevolent view of oneself."""
    share = dose * ready
    return {
        "joy": nearer(now.joy, 1.0, 0.5 * share),
        "learned_desires": learned(now, "learned_desires", share),
        "experiment": nearer(now.experiment, 1.0, 0.8 * share),
        "wish_strength_autonomy": nearer(now.wish_strength_autonomy, 0.6, 0.1 * share),
        "wish_strength_group": nearer(now.wish_strength_group, 0.6, 0.1 * share),
        "habit_pleasant_activity": nearer(now.habit_pleasant_activity, 0.8, 0.3 * share),
    }


@module(
    "decentring", number="T12", title="the other's mind, and one's own part in the cycle",
    targets=("learned_decentring", "habit_angry_demand", "habit_attack", "habit_clinging"),
    needs=(("differentiation", 0.3, 0.55), ("over_window", 0.05, -0.1), ("alliance_trust", 0.25, 0.85)),
    dose=0.12, unit="share of the decentring still to be learned", goal=("decentring", 0.75),
    source=f"{PAPER}, Change promoting: a more nuanced understanding of others, own part in cycles; dose ASSUMED",
)  # fmt: skip
def decentre(now: Now, ready: Number, dose: Number) -> Changes:
    """Others have reasons of their own; seeing what one's demands do to them loosens the habit."""
    share = dose * ready
    return {
        "learned_decentring": learned(now, "learned_decentring", share),
        "habit_angry_demand": nearer(now.habit_angry_demand, 0.0, 0.4 * share),
        "habit_attack": nearer(now.habit_attack, 0.0, 0.4 * share),
        "habit_clinging": nearer(now.habit_clinging, 0.0, 0.4 * share),
    }


@module(
    "mentalising_questions", title="asking for reflection without explaining (a comparator's technique)",
    targets=("learned_monitoring", "learned_differentiation", "learned_decentring", "arousal", "engagement"),
    needs=(("over_window", 0.0, -0.15), ("monitoring_now", 0.25, 0.5), ("alliance_trust", 0.15, 0.7)),
    dose=0.08, unit="share of each function still to be learned", goal=None,
    source=f"{PAPER}, Theoretical basis, on approaches that ask before they regulate; the paper's own view; ASSUMED",
)  # fmt: skip
def ask_to_mentalise(now: Now, ready: Number, dose: Number) -> Changes:
    """It trains a regulated mind; one that is not is asked for what it cannot do, and gets more upset."""
    share = dose * ready
    asked_too_much = dose * (1.0 - ready)
    return {
        "learned_monitoring": learned(now, "learned_monitoring", share),
        "learned_differentiation": learned(now, "learned_differentiation", 0.8 * share),
        "learned_decentring": learned(now, "learned_decentring", share),
        "arousal": nearer(now.arousal, 1.0, 2.0 * asked_too_much),
        "engagement": nearer(now.engagement, 0.0, 0.15 * asked_too_much),
    }
