"""What a case may say about people and ties: the parameters of the theory, and a few handy summaries of them."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from simulation.cases.defects import Defect, unknown_name
from simulation.theory import constants, states, tie_states, traits
from simulation.theory.layout import CONSTANT, PERSON, TIE, WISHES, Quantity

DECLARED_IN = (traits, states, constants, tie_states)
"""The modules that fill the registries: importing them is what makes the names below known."""

TRAITS: dict[str, Quantity] = {name: q for name, q in PERSON.items() if q.kind in ("trait", "start")}
"""What differs between people and is given by profiles and persons."""
CONSTANTS: dict[str, Quantity] = {name: q for name, q in CONSTANT.items() if q.kind in ("constant", "gain")}
"""Constants of the theory and gains of Figure 1: for everyone, or for one person."""
GAINS: dict[str, Quantity] = {name: q for name, q in CONSTANT.items() if q.kind == "gain"}
"""The arrows of Figure 1: what can be lesioned."""
TIE_FIELDS: dict[str, Quantity] = {name: q for name, q in TIE.items() if q.kind == "tie"}
"""What one person holds about another when a run starts."""

METACOGNITION = ("monitoring", "differentiation", "decentring", "integration", "mastery")
"""The five metacognitive functions of the paper."""

Values = dict[str, float]


@dataclass(frozen=True)
class Convenience:
    """A summary of several parameters that can be set as if it were one.

    Attributes:
        low: Smallest value.
        high: Largest value.
        meaning: What setting it does.
        apply: Sets the parameters it stands for, in place, starting from their values so far.
    """

    low: float
    high: float
    meaning: str
    apply: Callable[[Values, float], None]


def _set_metacognition(values: Values, level: float) -> None:
    """Shift the five capacities by one amount, each held within [0, 1], so that their mean is `level`."""
    before = [values[name] for name in METACOGNITION]
    low, high = -1.0, 1.0
    for _ in range(60):
        shift = (low + high) / 2
        reached = math.fsum(min(max(value + shift, 0.0), 1.0) for value in before) / len(before)
        low, high = (shift, high) if reached < level else (low, shift)
    for name, value in zip(METACOGNITION, before, strict=True):
        values[name] = min(max(value + high, 0.0), 1.0)


def _set_evidence(values: Values, wish: str, total: float, share: float) -> None:
    for image, part in (("negative", share), ("benevolent", 1.0 - share)):
        name = f"{image}_evidence_{wish}"
        quantity = TRAITS[name]
        values[name] = min(max(total * part, quantity.low), quantity.high)


def _evidence(values: Values, wish: str) -> tuple[float, float]:
    """Return how much evidence about the self a person has under a wish, and the negative share of it."""
    negative, benevolent = values[f"negative_evidence_{wish}"], values[f"benevolent_evidence_{wish}"]
    return negative + benevolent, negative / (negative + benevolent)


def _set_negative_share(values: Values, share: float) -> None:
    for wish in WISHES:
        _set_evidence(values, wish, _evidence(values, wish)[0], share)


def _set_history(values: Values, total: float) -> None:
    for wish in WISHES:
        _set_evidence(values, wish, total, _evidence(values, wish)[1])


CONVENIENCES: dict[str, Convenience] = {
    "schema_history": Convenience(
        0.1, 1000, "total evidence about the self under each of the four wishes; the negative share stays", _set_history
    ),
    "negative_self_image": Convenience(
        0, 1, "negative share of the evidence about the self under all four wishes; its total stays",
        _set_negative_share,
    ),
    "metacognitive_level": Convenience(
        0, 1, "mean of the five metacognitive capacities; they are shifted together, each held within [0, 1]",
        _set_metacognition,
    ),
}  # fmt: skip
"""Handy summaries, applied in this order after the parameters given beside them."""


def default_values() -> Values:
    """Return the value of every trait and start value of a person about whom nothing is said."""
    return {name: quantity.default for name, quantity in TRAITS.items()}


def override(values: Values, given: Mapping[str, float]) -> None:
    """Set what is given, in place: plain parameters first, then conveniences; constants and gains are left out."""
    for name, value in given.items():
        if name in TRAITS:
            values[name] = value
    for name, convenience in CONVENIENCES.items():
        if name in given:
            convenience.apply(values, given[name])


def bounds(name: str) -> tuple[float, float]:
    """Return the smallest and largest value of a parameter, constant, tie field or convenience."""
    known: Quantity | Convenience
    known = CONVENIENCES[name] if name in CONVENIENCES else {**TRAITS, **CONSTANTS, **TIE_FIELDS}[name]
    return known.low, known.high


def check_values(given: Mapping[str, float], known: Iterable[str], what: str, where: str) -> list[Defect]:
    """Return what is wrong with values given by name.

    Args:
        given: Values by name.
        known: Names that may be used here.
        what: What such a name is, for the message: "parameter of a person".
        where: The place within the case.
    """
    known = list(known)
    found = []
    for name, value in given.items():
        if name not in known:
            found.append(unknown_name(what, name, known, where))
            continue
        low, high = bounds(name)
        if not low <= value <= high:
            side = f"above {high:g}" if value > high else f"below {low:g}"
            side = side if math.isfinite(value) else "not a finite number"
            found.append(Defect(f"{name} = {value:g} is {side}", where, f"it must lie in [{low:g}, {high:g}]"))
    return found


PERSON_NAMES = (*TRAITS, *CONVENIENCES, *CONSTANTS)
"""Names that a person, a profile or a generated network may give values to."""
EVENT_NAMES = (*TRAITS, *CONVENIENCES)
"""Names that an event may give values to: constants and gains do not change during a run."""
