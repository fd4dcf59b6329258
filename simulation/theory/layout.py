"""How the quantities of the theory are named, described and laid out in memory.

People live in *pages* of ``LANES`` persons. A page holds one contiguous row of ``LANES`` numbers per quantity, so
the value of quantity ``Q`` of the person in lane ``o`` is ``page[o + Q]``: every quantity below *is* its offset in
the page. Distances within a page are compile-time constants; that is what lets the compiler vectorise a phase.
"""

from __future__ import annotations

from dataclasses import dataclass

LANES = 32
ASSUMED = "ASSUMED"
"""The source of a value for which the literature gives none."""

WISHES = ("attachment", "rank", "autonomy", "group")
"""The core wishes of the paper: attachment, social rank, autonomy/exploration, group inclusion."""


@dataclass(frozen=True)
class Quantity:
    """One named number of the theory, with all a reader wants to know about it."""

    name: str
    symbol: str
    default: float
    low: float
    high: float
    unit: str
    meaning: str
    source: str
    kind: str
    """``trait``, ``start``, ``state``, ``inbox``, ``constant``, ``gain``, ``tie`` or ``face``."""
    offset: int


class Registry(dict[str, Quantity]):
    """Quantities of one page layout, by name, in the order of their rows."""

    @property
    def size(self) -> int:
        """Numbers in one page of this layout."""
        return len(self) * LANES

    def declare(
        self,
        kind: str,
        name: str,
        symbol: str,
        default: float,
        low: float,
        high: float,
        unit: str,
        meaning: str,
        source: str = ASSUMED,
    ) -> int:
        """Add a quantity and return its offset."""
        if name in self:
            raise ValueError(f"{name} is declared twice")
        if not low <= default <= high:
            raise ValueError(f"default of {name} lies outside its bounds")
        offset = len(self) * LANES
        self[name] = Quantity(name, symbol, default, low, high, unit, meaning, source, kind, offset)
        return offset


PERSON = Registry()
"""Traits and states of a person."""
CONSTANT = Registry()
"""Constants of the theory and gains of Figure 1: the same for everyone unless a case says otherwise."""
TIE = Registry()
"""What one person holds about one other (a directed tie)."""
FACE: dict[str, int] = {}
"""What an encounter needs to know of a person, published at the end of a tick; plain positions, not offsets."""


def face(name: str) -> int:
    """Declare one number of the published face and return its position."""
    FACE[name] = len(FACE)
    return FACE[name]
