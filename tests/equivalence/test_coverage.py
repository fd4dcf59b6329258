"""Plain Python reaches every line of the theory and of the loop: no branch is known to the compiler alone."""

import inspect
import sys
from collections.abc import Iterator
from types import CodeType

import pytest

from simulation.population import advance, loop, notes, phases
from simulation.theory import (
    arousal,
    between,
    emotion,
    encounter,
    exchange,
    fragmentation,
    learning,
    mastery,
    metacognition,
    perception,
    schema,
    selfstate,
    soothing,
    tie,
    tie_phases,
    within,
)
from tests.strategies import random_network

THEORY = (
    arousal, between, emotion, encounter, exchange, fragmentation, learning, mastery, metacognition, perception, schema,
    selfstate, soothing, tie, tie_phases, within,
)  # fmt: skip


def functions_of(*modules) -> Iterator[CodeType]:
    """Code of the functions that modules define themselves."""
    for module in modules:
        for value in vars(module).values():
            if inspect.isfunction(value) and value.__module__ == module.__name__:
                yield value.__code__


class LinesLeft:
    """Lines of some functions that no call has reached yet."""

    def __init__(self, codes):
        self.left = {code: {n for *_, n in code.co_lines() if n and n != code.co_firstlineno} for code in codes}

    def __enter__(self):
        self.before = sys.gettrace()
        sys.settrace(self.on_call)
        return self

    def __exit__(self, *_):
        sys.settrace(self.before)

    def on_call(self, frame, what, _):
        return self.on_line if self.left.get(frame.f_code) else None  # nothing left: run at full speed

    def on_line(self, frame, what, _):
        lines = self.left[frame.f_code]
        lines.discard(frame.f_lineno)
        return self.on_line if lines else None

    @property
    def missed(self) -> list[str]:
        return [f"{code.co_name}: {sorted(lines)}" for code, lines in self.left.items() if lines]


ELSEWHERE = {"advance"}
"""Stops early for want of room only; test_ticks.py sees to that."""


@pytest.mark.parametrize(
    ("engine", "modules"), [("python", (*THEORY, loop, notes, advance)), ("mesa-plain", (*THEORY, phases))]
)
def test_plain_python_reaches_every_line(engine, modules):
    blueprint = random_network(32, 60, seed=3, coping_threshold=0.05, barrier_weight=0.0, habit_weight=0.0)
    simulation = blueprint.simulation(
        engine,
        watch=range(32),
        sums=["arousal"],
        quantities=["arousal"],
        tie_fields=["trust"],
        tie_every=1,
        events=True,
    )
    with LinesLeft(code for code in functions_of(*modules) if code.co_name not in ELSEWHERE) as lines:
        simulation.changed()
        for _ in range(60):
            simulation.run(10)
            if not lines.missed:
                break
    assert lines.missed == []
