"""Constants of the treatment's machinery.

All are ASSUMED; most were searched together against published figures, on seeds of their own, and then rounded
(`experiments/find_treatment_constants.py`).
"""

from __future__ import annotations

from collections.abc import Mapping

from simulation.errors import InputError, nearest, quoted
from simulation.theory.layout import Registry

TREATMENT = Registry()
"""Every constant of the treatment, by name."""


def _constant(
    name: str, symbol: str, default: float, low: float, high: float, unit: str, meaning: str, source: str = "ASSUMED"
) -> None:
    TREATMENT.declare("treatment", name, symbol, default, low, high, unit, meaning, source)


_constant("strength", "s", 4.0, 0, 20, "1", "factor on the dose of every technique", "ASSUMED; set by hand")
_constant("fade", "μ_ℓ", 0.012, 0, 5, "1/day", "rate at which what was learned in a session fades unless used", "ASSUMED; searched")
_constant("consolidation", "η_ℓ", 0.39, 0, 5, "1/day", "rate at which what was learned is consolidated under full use", "ASSUMED; searched")
_constant("half_use", "u½", 0.025, 0.001, 10, "1", "use in a day at which half the full rate is reached")
_constant("half_way", "r½", 0.45, 0.05, 0.95, "1", "share of patients whom treatment can take at least half of the way to ordinary functioning", "about half respond (Woodbridge et al. 2021, 10.1177/00048674211046893); value ASSUMED, set by hand")
_constant("divide", "d_r", 3.5, 1, 20, "1", "how sharply patients divide into those whom treatment can take far and those whom it cannot (1: evenly spread)", "ASSUMED; set by hand")
_constant("epistemic_trust", "t_e", 0.08, 0, 1, "1", "how much more those who are wholly open to change by therapy trust the therapist at first than those who are not at all", "form: Fonagy et al. 2015, 10.1521/pedi.2015.29.5.575; value ASSUMED, set by hand towards the published correlation of alliance and outcome")
_constant("experiment_evidence", "η_X", 0.5, 0, 20, "pseudo-observations", "benevolent evidence per felt acceptance that an experiment makes noticed", "ASSUMED; set by hand")
_constant("experiment_fade", "μ_X", 0.1, 0, 5, "1/day", "rate at which the readiness to experiment fades")
_constant("session_exchanges", "n_s", 3.0, 0, 20, "1", "exchanges that each of the two starts in a session, on average")
_constant("call_rate", "κ_c", 1.1, 0, 24, "1/day", "calls a patient starts in a full crisis, at an average need", "ASSUMED; set by hand")
_constant("attend_base", "α₀", 0.873, 0, 1, "1", "share of sessions attended without any engagement or strain")
_constant("attend_engagement", "α₁", 0.112, 0, 1, "1", "what full engagement adds to it")
_constant("engagement_drift", "η_ε", 0.1, 0, 1, "1/session", "share of the way to what the alliance is worth that engagement goes from one session to the next")
_constant("drop_out", "h_d", 0.092, 0, 1, "1/week", "hazard of dropping out without any engagement", "ASSUMED; set by hand")
_constant("rupture_at", "S_R", 0.75, 0.01, 3, "1", "how much must stand between the two on arrival for a rupture to be certain", "ASSUMED; searched")
_constant("session_stirs", "a_s", 0.585, 0, 1, "1", "share of the way to full arousal that a session stirs up in a patient who expects rejection and is not safe at all")
_constant("counter_gain", "g_τ", 0.3, 0, 10, "1", "counter-reaction stirred up per unit of felt reaction in a day")
_constant("counter_rate", "ν_τ", 0.04, 0, 5, "1/day", "rate at which a counter-reaction wears off by itself")
_constant("supervision", "σ_τ", 0.4, 0, 1, "1", "share of the counter-reactions that one supervision resolves")
_constant("burden_warmth", "b_ω", 0.5, 0, 1, "1", "share of a therapist's warmth and tolerance lost at full burden")
_constant("burden_quality", "b_q", 0.7, 0, 1, "1", "share of a session's effect lost at full burden")
_constant("caseload_load", "b_n", 0.02, 0, 1, "1", "share of time unavailable for calls that each further patient costs")


def constants_with(changes: Mapping[str, float] | None = None) -> dict[str, float]:
    """All constants by name, with some changed.

    Raises:
        InputError: There is no such constant, or its value is out of bounds.
    """
    values = {name: quantity.default for name, quantity in TREATMENT.items()}
    for name, value in (changes or {}).items():
        if name not in TREATMENT:
            hint = nearest(name, TREATMENT)
            raise InputError(f"there is no constant of treatment called {quoted(name)}{hint}")
        about = TREATMENT[name]
        if not about.low <= value <= about.high:
            raise InputError(f"{name} = {value:g} is out of bounds; it must lie in [{about.low:g}, {about.high:g}]")
        values[name] = value
    return values
