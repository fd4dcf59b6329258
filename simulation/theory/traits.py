"""What differs between people and stays, unless learning or a treatment shifts it."""

from __future__ import annotations

from simulation.theory.layout import ASSUMED, PERSON, WISHES


def _trait(
    name: str,
    symbol: str,
    default: float,
    low: float,
    high: float,
    meaning: str,
    unit: str = "1",
    source: str = ASSUMED,
) -> int:
    return PERSON.declare("trait", name, symbol, default, low, high, unit, meaning, source)


REJECTION_SENSITIVITY = _trait(
    "rejection_sensitivity", "ρ", 0.25, 0, 1, "readiness to perceive and expect rejection",
    source="construct: Downey & Feldman 1996, 10.1037/0022-3514.70.6.1327; value ASSUMED")  # fmt: skip
WISH_STRENGTH = _trait("wish_strength_attachment", "W₁", 0.6, 0, 1, "strength of the attachment wish")
for _w, _wish in enumerate(WISHES[1:], 2):
    _trait(f"wish_strength_{_wish}", f"W{'₁₂₃₄'[_w - 1]}", 0.4, 0, 1, f"strength of the {_wish} wish")

_MAS = "construct: Semerari et al. 2003 (Metacognition Assessment Scale); value ASSUMED"
MONITORING = _trait(
    "monitoring", "M₁", 0.75, 0, 1, "capacity to recognise one's own thoughts and feelings", source=_MAS
)
DIFFERENTIATION = _trait(
    "differentiation", "M₂", 0.75, 0, 1, "capacity to tell beliefs about self and other from reality", source=_MAS
)
DECENTRING = _trait("decentring", "M₃", 0.75, 0, 1, "capacity to take the other's point of view", source=_MAS)
INTEGRATION = _trait("integration", "M₄", 0.75, 0, 1, "capacity to hold differing images of self and other together",
                     source=_MAS)  # fmt: skip
MASTERY = _trait(
    "mastery", "M₅", 0.75, 0, 1, "capacity to use psychological knowledge to deal with distress", source=_MAS
)

REACTIVITY = _trait("reactivity", "g_q", 1.0, 0, 5, "size of the arousal response to a rejection")
HOME_BASE = _trait("home_base", "q₀", 0.2, 0, 0.95, "arousal the person returns to",
                   source="form: Kuppens et al. 2010, affective home base; value ASSUMED")  # fmt: skip
RECOVERY_RATE = _trait("recovery_rate", "λ", 4.0, 0.1, 50, "rate at which arousal returns to the home base", "1/day")
AFFECT_NOISE = _trait("affect_noise", "σ", 0.05, 0, 1, "size of spontaneous ups and downs of arousal")
IMPULSIVITY = _trait("impulsivity", "ι", 0.25, 0, 1, "tendency to act at once, without weighing later cost")
TRAUMA = _trait("traumatic_load", "τ", 0.05, 0, 1, "load of traumatic memory that a present event can re-activate")
WINDOW = _trait("window_of_tolerance", "q*", 0.6, 0.05, 1, "arousal above which metacognition fails",
                source="construct: Siegel 1999, window of tolerance; value ASSUMED")  # fmt: skip
RUMINATION_TENDENCY = _trait(
    "rumination_tendency", "r", 0.3, 0, 1, "readiness to think the same painful thoughts again"
)
REGULATION_SKILL = _trait("regulation_skill", "k", 0.6, 0, 1, "skill in adaptive self-regulation")
STRESS_RATE = _trait("stress_rate", "σ₁", 0.5, 0, 20, "frequency of stressful moments from the rest of life", "1/day",
                     source="order of magnitude: at least one stressor on some 40 % of days (Almeida et al. 2002, 10.1177/1073191102091006)")  # fmt: skip
UPLIFT_RATE = _trait("uplift_rate", "σ₂", 0.8, 0, 20, "frequency of good moments from the rest of life", "1/day")
WARMTH = _trait("warmth", "ω", 0.65, 0, 1, "readiness to answer warmly")
TOLERANCE = _trait("tolerance", "θ", 0.65, 0, 1, "how much demand and hostility is borne without strain")
BUSY_SHARE = _trait("busy_share", "β̄", 0.15, 0, 1, "share of time unavailable to others for reasons of one's own")
