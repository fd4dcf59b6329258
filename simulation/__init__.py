"""Interpersonal cycles: how dysregulation and interpersonal cycles arise, spread and change.

A research and teaching model after Salvatore et al. 2020 (Metacognitive Interpersonal Therapy for borderline
personality disorder). It is not a clinical instrument; nothing here evaluates a real therapy or a real person.

    from simulation import load_case, run
    recording = run(load_case("dyad"), days=60)
    recording.events
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from simulation.cases import Case, configure, load_case
    from simulation.errors import InputError
    from simulation.mesa_face.model import Model
    from simulation.mesa_face.people import Person, Therapist
    from simulation.recording.recording import Record, Recording
    from simulation.running import run

_WHERE = {
    "Case": "simulation.cases",
    "InputError": "simulation.errors",
    "Model": "simulation.mesa_face.model",
    "Person": "simulation.mesa_face.people",
    "Record": "simulation.recording.recording",
    "Recording": "simulation.recording.recording",
    "Therapist": "simulation.mesa_face.people",
    "configure": "simulation.cases",
    "load_case": "simulation.cases",
    "run": "simulation.running",
}

__all__ = [
    "Case",
    "InputError",
    "Model",
    "Person",
    "Record",
    "Recording",
    "Therapist",
    "configure",
    "load_case",
    "run",
]


def __getattr__(name: str) -> Any:
    """Import a public name when it is first asked for, so that ``cycles --help`` answers at once."""
    if name not in _WHERE:
        raise AttributeError(f"module 'simulation' has no attribute {name!r}")
    return getattr(import_module(_WHERE[name]), name)


def __dir__() -> list[str]:
    return __all__
