"""Does it tell the truth: published patterns, each checked against what the simulation gives."""

from __future__ import annotations

from simulation.validation.evaluate import all_patterns, evaluate
from simulation.validation.pattern import Pattern, Verdict

__all__ = ["Pattern", "Verdict", "all_patterns", "evaluate"]
