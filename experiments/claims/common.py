"""What the claims share: patients in many arms with the same luck, effects with intervals, and the words of a verdict.

Verdicts are computed on the seeds from VERDICT_SEED on, which nothing else uses. While a claim is
written, CLAIMS_SEED in the environment names others, so that those of the verdict stay unseen.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd

from simulation.treatment.assignment import Phase
from simulation.treatment.catalogue import TREATMENTS, Treatment
from simulation.treatment.constants import TREATMENT
from simulation.trials.analyse import hedges_g
from simulation.trials.conduct import Arm, Job
from simulation.trials.run import eligible, gathered
from simulation.trials.spec import checked_trial

VERDICT_SEED = int(os.environ.get("CLAIMS_SEED", "48000001"))
SUPPORTED, NOT_SUPPORTED, DEPENDS = "supported", "not supported", "depends"
DAYS = (0.0, 150.0, 274.0, 548.0, 913.0)
END, FOLLOW_UP = 548.0, 913.0
SCHEDULE = (Phase(0, 548, 7), Phase(548, 700, 14), Phase(700, 852, 21))
DT = 0.25
RESULTS = Path("results/claims")
PART = 100
"""Patients of one part; the arms of a part cost nearly the same whether they have ten patients or a hundred."""

Effect = tuple[float, float, float]
"""An effect and its 95 % interval."""
AS_IT_IS = "as it is"
"""The variation that varies nothing: the same patients as in the others, beside which those are read."""

FACTORS: dict[str, tuple[str, float]] = {
    "weaker doses": ("strength", 0.5),
    "stronger doses": ("strength", 2.0),
    "faster fading": ("fade", 4.0),
    "calmer sessions": ("session_stirs", 0.35),
    "fewer ruptures": ("rupture_at", 1.6),
    "lighter therapists": ("counter_gain", 0.35),
    "fewer calls": ("call_rate", 0.35),
    "patients more alike": ("divide", 0.5),
    "fewer who respond": ("half_way", 0.5),
}
"""By what an unsourced constant of treatment is multiplied."""
VARIATIONS: dict[str, dict[str, float]] = {
    name: {constant: round(factor * TREATMENT[constant].default, 3)} for name, (constant, factor) in FACTORS.items()
}
"""Unsourced constants, changed by a factor of about two or more, for the sensitivity of verdicts about treatment."""


@dataclass(frozen=True)
class Finding:
    """What became of a claim.

    Attributes:
        number, question: Of the claim.
        effect: What the numbers are.
        value, low, high: Effect and its 95 % interval; above 0 speaks for the claim.
        verdict: One of the three words.
        hangs_on: The assumptions under which it would be another one.
        told: One or two sentences on what was found.
    """

    number: int
    question: str
    effect: str
    value: float
    low: float
    high: float
    verdict: str
    hangs_on: str
    told: str
    more: Mapping[str, float] = field(default_factory=dict)


def extra_arms() -> dict[str, Treatment]:
    """Arms that are no entry of the catalogue."""
    mit = TREATMENTS["mit"]
    return {
        "mit-without-menu": replace(mit.without(["autonomous_regulation"]), name="mit-without-menu"),
        "mit-without-healthy-self": replace(mit.without(["healthy_self"]), name="mit-without-healthy-self"),
    }


@cache
def patients(n: int, seed: int) -> tuple[int, ...]:
    """Numbers of eligible patients (five criteria or more) of a draw."""
    arms = [{"treatment": "mit"}, {"treatment": "none"}]
    spec = checked_trial({"name": "claims", "n": n, "seed": seed, "dt": DT, "days": [28.0], "arms": arms})
    return tuple(eligible(spec, n)[0].tolist())


@cache
def lived(names: tuple[str, ...], n: int, seed: int) -> pd.DataFrame:
    """The same patients in each of these arms: one row per arm, patient and day."""
    parts = [np.array(patients(n, seed)[i : i + PART]) for i in range(0, n, PART)]
    return gathered([Job(_arms(names, {}), "bpd", seed, DT, max(DAYS), part, DAYS) for part in parts], None)


@cache
def varied(names: tuple[str, ...], n: int, seed: int) -> dict[str, pd.DataFrame]:
    """The same as it is and under every variation of unsourced constants, up to the end of weekly treatment."""
    days = tuple(day for day in DAYS if day <= END)
    numbers = np.array(patients(n, seed))
    variations = {AS_IT_IS: {}, **VARIATIONS}
    jobs = [
        Job(_arms(names, change, f"{variation}/"), "bpd", seed, DT, END, numbers, days)
        for variation, change in variations.items()
    ]
    table = gathered(jobs, None)
    which = table["arm"].str.split("/", n=1, expand=True)
    table = table.assign(arm=which[1])
    return {variation: table[which[0] == variation] for variation in variations}


def _arms(names: tuple[str, ...], constants: Mapping[str, float], prefix: str = "") -> tuple[Arm, ...]:
    known = {**TREATMENTS, **extra_arms()}
    return tuple(Arm(prefix + name, replace(known[name], constants=dict(constants)), SCHEDULE) for name in names)


def scores(table: pd.DataFrame, arm: str, day: float, column: str) -> np.ndarray:
    """[patients] a column of one arm at one day, in the order of patients."""
    rows = table[(table["arm"] == arm) & (table["day"] == day)].sort_values("patient")
    return rows[column].to_numpy(dtype=float)


def resampled(
    statistic: Callable[[np.ndarray], float], n: int, seed: int, times: int = 800
) -> tuple[float, float, float]:
    """Value and 95 % interval of a statistic of patients given by their indices."""
    luck = np.random.default_rng(seed)
    found = [statistic(luck.integers(0, n, n)) for _ in range(times)]
    low, high = np.nanquantile(found, [0.025, 0.975])
    return float(statistic(np.arange(n))), float(low), float(high)


def advantage(
    table: pd.DataFrame, better: str, worse: str, seed: int, column: str = "severity", day: float = END
) -> tuple[float, float, float]:
    """Hedges' g by which one arm ends lower than another, with the interval over twins; above 0: lower, so better."""
    a, b = scores(table, better, day, column), scores(table, worse, day, column)
    return resampled(lambda i: -hedges_g(a[i], b[i]), len(a), seed)


def verdict(
    value: float, low: float, high: float, others: Mapping[str, Effect] | None = None, least: float = 0.05
) -> tuple[str, str]:
    """The word for an effect that the claim says is above 0, and what it hangs on.

    Supported: the interval lies above 0, the effect is at least ``least``, and no variation of an unsourced constant
    takes it below. Depends: one does, or lifts it there with an interval above 0. Not supported: the rest.
    """
    base = low > 0 and value >= least
    flips = [
        name
        for name, (other, other_low, _) in (others or {}).items()
        if name != AS_IT_IS and (other < least if base else other >= least and other_low > 0)
    ]
    if flips:
        return DEPENDS, ", ".join(flips)
    return (SUPPORTED if base else NOT_SUPPORTED), ""


def sensitivity(
    effect: Callable[[pd.DataFrame], Effect], arms: tuple[str, ...], n: int, seed: int
) -> dict[str, Effect]:
    """The effect, with its interval, as it is and under every variation of unsourced constants of treatment."""
    return {name: effect(table) for name, table in varied(arms, n, seed).items()}


def treatment_claim(
    number: int,
    question: str,
    effect: str,
    better: str,
    worse: str,
    size: tuple[int, int],
    column: str = "severity",
    day: float = END,
    told: str = "",
) -> Finding:
    """A claim that one arm does better than another, with its sensitivity.

    Args:
        number, question, effect, told: Of the claim.
        better, worse: Arms.
        size: Patients for the verdict, and for each variation.
        column, day: Outcome.
    """
    from experiments.claims.battery import ARMS  # the arms that all claims share, lived once

    seed = VERDICT_SEED
    table = lived(ARMS, size[0], seed)
    value, low, high = advantage(table, better, worse, seed, column, day)
    others = (
        sensitivity(lambda t: advantage(t, better, worse, seed, column, day), ARMS, size[1], seed + 500)
        if size[1]
        else {}
    )
    word, hangs = verdict(value, low, high, others)
    left = {a: float(np.mean(np.isfinite(scores(table, a, END, "dropped_at")))) for a in (better, worse)}
    stayed = f"Drop-out {left[better]:.0%} against {left[worse]:.0%}."
    return Finding(number, question, effect, value, low, high, word, hangs, f"{told} {stayed}".strip(), values(others))


def values(effects: Mapping[str, Effect]) -> dict[str, float]:
    """The effects without their intervals."""
    return {name: effect[0] for name, effect in effects.items()}


def shown(finding: Finding) -> None:
    """Print a finding."""
    print(f"{finding.number}. {finding.question}")
    print(f"   {finding.effect}: {finding.value:.2f} [{finding.low:.2f}, {finding.high:.2f}] → {finding.verdict}"
          + (f" (on: {finding.hangs_on})" if finding.hangs_on else ""))  # fmt: skip
    print(f"   {finding.told}")
    for name, value in finding.more.items():
        print(f"     {name}: {value:.2f}")
