"""Which constants and doses of treatment give published figures of treatment all at once?

    python -m experiments.find_treatment_constants [--rounds 3] [--seed 2000]

A search by response surfaces (`experiments/response_surface.py`) over the unsourced constants of treatment and the
doses of modules, against the published rows about treatment, each computed as `cycles validate` computes it. Its seeds
are used for nothing else; verdicts on claims have seeds of their own. The best values are written to
results/calibration/treatment.json, and adopted by hand, rounded, into simulation/treatment/.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from experiments.pattern_targets import pattern_targets
from experiments.response_surface import Target, search
from simulation.treatment.catalogue import TREATMENTS
from simulation.treatment.constants import TREATMENT
from simulation.treatment.contract import declared
from simulation.validation import evaluate

CONSTANTS: dict[str, tuple[float, float]] = {
    "strength": (0.5, 6), "fade": (0.01, 0.15), "consolidation": (0.1, 1.2), "half_use": (0.02, 0.3),
    "experiment_evidence": (0.1, 3), "session_stirs": (0.1, 0.9), "attend_base": (0.7, 0.92),
    "attend_engagement": (0.05, 0.25), "drop_out": (0.003, 0.15),
    "rupture_at": (0.2, 1.5), "counter_gain": (0.1, 1),
}  # fmt: skip
DOSES: dict[str, tuple[float, float]] = {
    "autonomous_regulation": (0.05, 0.5), "differentiation": (0.05, 0.3), "coregulation": (0.2, 0.9),
    "validation": (0.05, 0.8), "episodes": (0.03, 0.3), "decentring": (0.04, 0.3), "experiments": (0.1, 0.9),
    "formulation": (0.03, 0.5), "medication": (0.05, 0.3), "healthy_self": (0.02, 0.4),
    "metacommunication": (0.02, 0.4),
}  # fmt: skip
PATTERNS = ("A8", "F1", "F5", "F8", "F9", "F11", "F12", "F15", "F18", "F20", "F24", "F29")
"""Trials only: the course of the case is looked at afterwards, not searched for."""
MARGIN = 0.3
"""Patterns are to be met by that many units, so that they still are with other seeds."""


def targets() -> dict[str, Target]:
    """The checks of the patterns, a little inside of their intervals."""
    return pattern_targets(PATTERNS, MARGIN)


def measure(values: Mapping[str, float], seed: int) -> dict[str, float]:
    """Every check of the patterns under these constants and doses; changes them in this process."""
    for name in CONSTANTS:
        TREATMENT[name] = replace(TREATMENT[name], default=values[name])
    for name, treatment in list(TREATMENTS.items()):
        doses = {module: values[module] for module in DOSES if module in treatment.modules}
        TREATMENTS[name] = replace(treatment, doses=doses)
    verdicts = evaluate(seed=seed, quick=True, only=PATTERNS, resamples=0)
    return {f"{verdict.id} {check.name}": check.value for verdict in verdicts for check in verdict.checks}


def main() -> None:
    """Search and write the best values."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seed", type=int, default=2000)
    parser.add_argument("--step", type=float, default=0.1, help="reach of the design, as a share of each range")
    parser.add_argument("--start", type=Path, help="values to start from instead of the present ones")
    parser.add_argument("--out", type=Path, default=Path("results/calibration/treatment.json"))
    given = parser.parse_args()
    start = {name: TREATMENT[name].default for name in CONSTANTS}
    start |= {module.name: module.dose for module in declared(DOSES)}
    if given.start:
        start |= json.loads(given.start.read_text(encoding="utf-8"))["values"]
    search(
        measure, {**CONSTANTS, **DOSES}, start, targets(), given.out, given.rounds, given.seed, given.step,
        caution=(0.5, 3.0), again=3, workers=given.workers,
    )  # fmt: skip


if __name__ == "__main__":
    main()
