"""Two people in plain Python, to try single phases of the theory on."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

from simulation.theory.layout import CONSTANT, LANES, PERSON, TIE, WISHES
from simulation.theory.life import RECORD_SIZE, show_face
from simulation.theory.states import ACTS, FACE_SIZE, FIRST_STRATEGY_ACT, PERSONAL_STRATEGIES
from tests.strategies import Blueprint, couple

DAY = 1.0

INBOX = {q.name for q in PERSON.values() if q.kind == "inbox"}
EVIDENCE = {f"{which}_evidence_{wish}" for which in ("negative", "benevolent") for wish in WISHES}
NEEDS = {f"need_{wish}" for wish in WISHES}
PERSONAL_HABITS = {f"habit_{s}" for s in PERSONAL_STRATEGIES}
ACT_HABITS = {f"habit_{act}" for act in ACTS[FIRST_STRATEGY_ACT:]}
IMAGES = {"good_image", "bad_image"}
FUNCTIONS = ("monitoring", "differentiation", "decentring", "integration", "mastery")

NEUTRAL = {"other_anger": 0.1, "other_sadness": 0.05, "other_joy": 0.2}
"""Feelings of another person."""

TROUBLED = {
    "arousal": 0.7, "anger": 0.4, "shame": 0.6, "sadness": 0.3, "pain": 0.7, "negative_self": 0.7,
    "benevolent_self": 0.4,
    "rumination": 0.5, "dissociation": 0.4, "aftermath": 0.6, "refractory": 0.4, "need_attachment": 0.7, "strain": 0.5,
    "last_behaviour": -0.5, "missed": 0.6,
    "coregulation": 0.3, "connection": 0.4, "rejection_trace": 1.0, "in_rejection": 0.5,
    "in_acceptance": 0.2, "in_criticism": 0.3, "in_overwhelm": 0.2, "in_confusion": 0.1, "in_worry": 0.2,
    "in_calm": 0.2,
    "in_stress": 0.5, "in_arousal": 0.05, "due_rejection": 0.4, "due_acceptance": 0.2, "overwhelmed": 0.2,
    "criticised": 0.2, "confused": 0.2, "worried": 0.2, "dysregulation": 0.5,
}  # fmt: skip


class Scene:
    """The first person of a couple, their tie, and the other; arguments of phases are found by name.

    ``p``, ``o``, ``k``, ``t``, ``a`` are pages and lanes as the theory names them; ``mine`` and ``other`` the faces;
    what happens, happens in the middle of the tick.
    """

    def __init__(self, blueprint: Blueprint | None = None, **values: float) -> None:
        world = (blueprint or couple()).population().as_lists()
        self.p = world.persons[0]
        self.k = self.k2 = world.constants[0]
        self.t = self.t2 = world.ties[0]
        self.o, self.o2 = 0, 1
        self.a, self.a2 = world.tie_start[0], world.tie_start[1]
        self.row = [0.0] * RECORD_SIZE
        self.mine, self.other = [0.0] * FACE_SIZE, [0.0] * FACE_SIZE
        self.f = self.mine
        self.dt = 0.125
        self.moment = 0.5
        self.set(**values)
        self.show()

    def set(self, **values: float) -> Scene:
        """Change quantities by name: of the first person, their constants, or their tie."""
        for name, value in values.items():
            for page, lane, registry in ((self.p, self.o, PERSON), (self.k, self.o, CONSTANT), (self.t, self.a, TIE)):
                if name in registry:
                    page[registry[name].offset + lane] = value
                    break
            else:
                raise KeyError(name)
        return self

    def set_other(self, **values: float) -> Scene:
        """Change quantities of the second person, their constants, or their tie to the first."""
        mine = self.o, self.a
        self.o, self.a = self.o2, self.a2
        self.set(**values)
        self.o, self.a = mine
        return self

    def show(self) -> Scene:
        """Publish both faces."""
        show_face(self.p, self.o, self.k, self.mine)
        show_face(self.p, self.o2, self.k, self.other)
        return self

    def __getitem__(self, name: str) -> float:
        """A quantity of the first person or of their tie."""
        if name in PERSON:
            return self.p[PERSON[name].offset + self.o]
        return self.t[TIE[name].offset + self.a]

    def do(self, phase: Callable[..., Any], **given: Any) -> Any:
        """Carry out a phase; what is not given is taken from the scene. Luck is one half unless given."""
        arguments = {}
        for name in inspect.signature(phase).parameters:
            if name in given:
                arguments[name] = given[name]
            elif name.startswith("luck"):
                arguments[name] = 0.5
            else:
                arguments[name] = getattr(self, name)
        assert given.keys() <= arguments.keys(), f"{phase.__name__} does not take {given.keys() - arguments.keys()}"
        return phase(**arguments)

    def changed_by(self, phase: Callable[..., Any], **given: Any) -> set[str]:
        """Names of all quantities, of anybody in the scene, that a phase changes."""
        tables = ((PERSON, self.p), (CONSTANT, self.k), (TIE, self.t))
        before = [list(page) for _, page in tables]
        self.do(phase, **given)
        return {
            q.name
            for (registry, page), old in zip(tables, before, strict=True)
            for q in registry.values()
            if page[q.offset : q.offset + LANES] != old[q.offset : q.offset + LANES]
        }


def troubled(**values: float) -> Scene:
    """A scene of someone in distress."""
    return Scene(**TROUBLED | values)
