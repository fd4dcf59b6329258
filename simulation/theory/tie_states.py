"""What one person holds about one other: a directed tie."""

from __future__ import annotations

from simulation.theory.layout import TIE


def _tie(kind: str, name: str, symbol: str, default: float, low: float, high: float, meaning: str, unit: str = "1") -> int:
    return TIE.declare(kind, name, symbol, default, low, high, unit, meaning)


CONTACT_RATE = _tie("tie", "contact_rate", "κ", 1.0, 0, 24, "contacts this person starts with the other, at an average need", "1/day")
BOND = _tie("tie", "bond", "B", 0.5, 0, 1, "how close the other is and how much their response matters")
ROMANTIC = _tie("tie", "romantic", "B_r", 0.0, 0, 1, "whether the tie is romantic or could be: only there is seduction a strategy")
ELIGIBLE = _tie("tie", "eligible", "B_e", 0.0, 0, 1, "whether friendship with the other could turn into love")
ALIVE = _tie("tie", "alive", "ℓ", 1.0, 0, 1, "1 while the two are in contact, 0 after a rupture or before they meet")
TRUST = _tie("tie", "trust", "t", 0.5, 0, 1, "trust in the other")
STRAIN = _tie("tie", "strain", "S", 0.1, 0, 1, "wear on the relationship as this person feels it")
EXPECTED = _tie("tie", "expected_response", "ē", 0.3, -1, 1, "how this person expects the other to respond")
GOOD_IMAGE = _tie("tie", "good_image", "R₊", 0.5, 0, 1, "positive representation of the other")
BAD_IMAGE = _tie("tie", "bad_image", "R₋", 0.2, 0, 1, "negative representation of the other")
LAST_BEHAVIOUR = _tie("tie", "last_behaviour", "v̄", 0.0, -1, 1, "memory of the other's last behaviour, fading in time")
RUPTURED = _tie("state", "ruptured", "R", 0.0, 0, 1, "1 after a rupture that has not been repaired")
MISSED = _tie("state", "missed", "R_m", 0.0, 0, 1, "how much the person still misses the other since the break")
SEEKING = _tie("state", "seeking", "κ̂", 1.0, 0, 99, "how much contact the person seeks under the wish this tie answers")
FREE = _tie("state", "free", "B_f", 1.0, 0, 1, "how open the person is to another partner than the one they are with")
