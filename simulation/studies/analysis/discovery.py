"""Scenario discovery: in which part of the factor space does something happen? Found by PRIM, told as a rule.

Source: Friedman & Fisher 1999 (10.1023/A:1008894516817); Bryant & Lempert 2010 (10.1016/j.techfore.2009.08.002).
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import Any

import numpy as np

from simulation.errors import InputError
from simulation.studies.analysis.regimes import LOCKED, REGIMES, regime_of
from simulation.studies.analysis.results import Results
from simulation.studies.outcomes import ALWAYS

LEAST_RUNS = 100
LEAST_SHARE = 0.02
DENSITY = 0.8
"""Share of runs within a box that shall show what is looked for; the largest box that reaches it is taken."""


@dataclass(frozen=True)
class Rule:
    """Where something happens.

    Attributes:
        what: What happens.
        limits: By factor, lowest and highest value; only those that matter.
        coverage: Share of all runs with it that lie within.
        density: Share of the runs within that show it.
        share: Share of all runs that show it.
        runs: Runs within.
    """

    what: str
    limits: dict[str, tuple[float | None, float | None]]
    coverage: float
    density: float
    share: float
    runs: int

    def sentence(self) -> str:
        """The rule in words."""
        where = " and ".join(_limit(name, low, high) for name, (low, high) in self.limits.items())
        return (
            f"If {where}, then {self.density:.0%} of the runs are {self.what} ({self.share:.0%} of all runs are); "
            f"{self.coverage:.0%} of all {self.what} runs lie there."
        )


def _limit(name: str, low: float | None, high: float | None) -> str:
    if low is None:
        return f"{name} ≤ {high:.3g}"
    return f"{name} ≥ {low:.3g}" if high is None else f"{low:.3g} ≤ {name} ≤ {high:.3g}"


def rules(results: Results) -> list[Rule]:
    """Return where runs are not calm, and where they are locked, as far as either is rare enough to be discovered.

    Raises:
        InputError: Too few runs, no numeric factor, or the library is not there.
    """
    regime = regime_of(results.frame[ALWAYS])
    found = []
    for what, happens in (("not calm", regime > 0), ("locked", regime == REGIMES.index(LOCKED)), ("calm", regime == 0)):
        if LEAST_SHARE <= happens.mean() <= 0.7:
            rule = discover(results, happens, what)
            if rule is not None:
                found.append(rule)
    return found


def discover(results: Results, happens: Any, what: str) -> Rule | None:
    """Return the largest box in which something happens in most runs, or the densest there is; None without any.

    Args:
        results: The study.
        happens: [rows] whether it happened.
        what: What it is, for the sentence.

    Raises:
        InputError: Too few runs, no numeric factor, or the library is not there.
    """
    if len(results.frame) < LEAST_RUNS or not results.numeric:
        raise InputError(
            f"scenario discovery needs {LEAST_RUNS} runs and a numeric factor; there are {len(results.frame)}"
        )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            from ema_workbench.analysis import prim
    except ImportError:
        raise InputError(
            "scenario discovery needs ema_workbench; install it with: pip install 'interpersonal-cycles[discovery]'"
        ) from None
    x = results.frame[results.numeric].astype(float)
    happens = np.asarray(happens, dtype=bool)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        box = prim.Prim(x, happens, threshold=0.01, peel_alpha=0.05).find_box()
    steps = box.peeling_trajectory
    dense = steps[steps["density"] >= DENSITY]
    chosen = int(dense["coverage"].idxmax()) if len(dense) else int(steps["density"].idxmax())
    limits = {}
    for name in results.numeric:
        low, high = (float(value) for value in box.box_lims[chosen][name])
        bound = (low if low > x[name].min() else None, high if high < x[name].max() else None)
        if bound != (None, None):
            limits[name] = bound
    if not limits:
        return None
    inside = np.ones(len(x), dtype=bool)
    for name, (least, most) in limits.items():
        inside &= (x[name] >= (-np.inf if least is None else least)) & (x[name] <= (np.inf if most is None else most))
    density = float(happens[inside].mean()) if inside.any() else 0.0
    return Rule(
        what, limits, float(happens[inside].sum() / happens.sum()), density, float(happens.mean()), int(inside.sum())
    )
