"""Treatment: modules, a therapist with a mind, policies; what happens between the ticks of a life.

A module declares what it may move and what it needs; it never touches an outcome. See `contract` for how to write one,
`catalogue` for the treatments there are.
"""

from __future__ import annotations

from typing import Any

_WHERE = {
    "MODULES": "contract", "Module": "contract", "Now": "contract", "module": "contract",
    "TREATMENTS": "catalogue", "Treatment": "catalogue", "treatment_named": "catalogue",
    "Courses": "courses", "Assignment": "assignment", "Phase": "assignment",
    "Policy": "policy", "Step": "policy", "condition": "policy", "courses_of": "assign", "load_modules": "load",
}  # fmt: skip

__all__ = [
    "MODULES", "TREATMENTS", "Assignment", "Courses", "Module", "Now", "Phase", "Policy", "Step", "Treatment",
    "condition", "courses_of", "load_modules", "module", "treatment_named",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    if name in _WHERE:
        from importlib import import_module

        return getattr(import_module(f"simulation.treatment.{_WHERE[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
