"""Virtual trials: the same virtual patients in every arm, or parallel groups; effect sizes, drop-out, reports.

A research and teaching model, not a clinical instrument: no trial here evaluates a real therapy.
"""

from __future__ import annotations

from typing import Any

_WHERE = {"TrialResult": "run", "TrialSpec": "spec", "load_trial": "spec", "trial": "run", "write_report": "report"}

__all__ = ["TrialResult", "TrialSpec", "load_trial", "trial", "write_report"]


def __getattr__(name: str) -> Any:
    if name in _WHERE:
        from importlib import import_module

        return getattr(import_module(f"simulation.trials.{_WHERE[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
