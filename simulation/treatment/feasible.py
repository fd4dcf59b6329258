"""Whether the steps of a rule can ever be taken, and can ever end.

Refused is only what no life can change: conditions outside the bounds of what they ask for, conditions that exclude
one another, and conditions on what treatment alone moves, such as "awareness > 0.5", where nothing that can be done
moves it (steps that wait for one another among them).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from simulation.errors import InputError, quoted
from simulation.treatment.contract import Module
from simulation.treatment.quantities import COURSE, POOLS, described, limit_of

if TYPE_CHECKING:
    from simulation.treatment.policy import Condition, Step

_OF_LIFE = {"engagement", "rupture", "rupture_seen", *(limit_of(p) for pool in POOLS.values() for p in pool.moves)}
"""States of a course that change without any module."""
BY_MODULES = frozenset(name for name in COURSE if name not in _OF_LIFE)
"""States of a course that rise only where a module moves them."""


def check_steps(steps: Sequence[Step], beside: Iterable[Module], modules: Mapping[str, Module]) -> None:
    """Refuse steps that are never taken, or never come to an end.

    Args:
        steps: Of a rule that goes by the patient's state.
        beside: The modules that are worked with whatever the steps are.
        modules: Those of the steps, by name.

    Raises:
        InputError: Which step, which condition, and why.
    """
    for step in steps:
        _check_bounds(step)
    moved = _moved(steps, beside, modules)
    for step in steps:
        for wanted in step.when:
            if _has_to_rise(wanted) and wanted.quantity not in moved:
                raise InputError(
                    f"the step {quoted(step.module)} is never taken: it waits for {quoted(wanted)}, "
                    f"{_nobody(wanted.quantity, steps, modules)}"
                )
        if step.until and not step.sessions and not any(_may_hold(end, moved) for end in step.until):
            raise InputError(
                f"the step {quoted(step.module)} never comes to an end: its until "
                f"{' or '.join(quoted(end) for end in step.until)} can never hold "
                f"({'; '.join(dict.fromkeys(_between(end.quantity) for end in step.until))}; only what can be reached "
                "ends a step, or a number of sessions)"
            )


def _check_bounds(step: Step) -> None:
    """Refuse a step whose conditions leave nothing of a quantity."""
    for quantity in dict.fromkeys(c.quantity for c in (*step.when, *step.until)):
        when = [c for c in step.when if c.quantity == quantity]
        until = [c for c in step.until if c.quantity == quantity]
        if not _left(quantity, when, until):
            parts = [f"when {' and '.join(quoted(c) for c in when)}"] if when else []
            parts += [f"before until {' or '.join(quoted(c) for c in until)}"] if until else []
            raise InputError(
                f"the step {quoted(step.module)} is never taken: no {quantity} meets {' and '.join(parts)}; "
                f"{_between(quantity)}"
            )


def _left(quantity: str, when: Sequence[Condition], until: Sequence[Condition]) -> bool:
    """Whether some value within bounds meets every `when` and no `until`."""
    low, high = _bounds(quantity)
    least = max([low, *(c.value for c in until if not c.above)])
    most = min([high, *(c.value for c in until if c.above)])
    above = max((c.value for c in when if c.above), default=-math.inf)
    below = min((c.value for c in when if not c.above), default=math.inf)
    return least <= most and above < below and least < below and above < most


def _may_hold(condition: Condition, moved: set[str]) -> bool:
    """Whether a condition can come to hold where these states of the course are moved."""
    possible = condition.quantity in moved or not _has_to_rise(condition)
    return possible and _left(condition.quantity, [condition], [])


def _has_to_rise(condition: Condition) -> bool:
    """Whether a condition holds only once a module has moved what it asks for."""
    return condition.above and _rises_by_modules(condition.quantity, condition.value)


def _rises_by_modules(quantity: str, above: float) -> bool:
    """Whether a quantity gets above a value only if a module moves it there."""
    return quantity in BY_MODULES and above >= COURSE[quantity].default


def _moved(steps: Sequence[Step], beside: Iterable[Module], modules: Mapping[str, Module]) -> set[str]:
    """Everything that is moved by what can be done: step by step, until no further step becomes possible."""
    moved = {target for module in beside for target in module.targets}
    waiting = list(steps)
    while True:
        ready = [step for step in waiting if all(name in moved for name in _awaited(step, modules[step.module]))]
        if not ready:
            return moved
        moved |= {target for step in ready for target in modules[step.module].targets}
        waiting = [step for step in waiting if step not in ready]


def _awaited(step: Step, about: Module) -> set[str]:
    """What has to be moved by others before a step can be taken for the first time."""
    needs = {n.quantity for n in about.needs if n.start < n.full and _rises_by_modules(n.quantity, n.start)}
    return needs | {c.quantity for c in step.when if _has_to_rise(c)}


def _nobody(quantity: str, steps: Sequence[Step], modules: Mapping[str, Module]) -> str:
    """Why nothing moves a quantity."""
    able = dict.fromkeys(step.module for step in steps if quantity in modules[step.module].targets)
    if not able:
        return f"and nothing in the treatment moves {quantity}"
    return f"and {quantity} is moved only by {', '.join(quoted(name) for name in able)}, which waits in turn"


def _bounds(quantity: str) -> tuple[float, float]:
    """Lowest and highest value a condition can meet."""
    if quantity == "over_window":
        arousal, window = described("arousal"), described("window_of_tolerance")
        return arousal.low - window.high, arousal.high - window.low
    about = described(quantity)
    return about.low, about.high


def _between(quantity: str) -> str:
    low, high = _bounds(quantity)
    return f"{quantity} lies in [{low:g}, {high:g}]"
