"""A search that brings many outcomes to their targets at once, by response surfaces.

Each round varies all values together around the present centre (a two-level orthogonal design: a Hadamard matrix), fits
a straight line of every outcome in every value to all rounds so far, moves the centre to where these lines meet the
targets best, and lets fresh simulations decide between a cautious and a bold step, or none. So a hundred values need
some hundred simulations a round, and noise is averaged over all of them. A step counts what the lines do not know:
where they are noise, it is short. Every simulation is written down when it is done, so a search that was stopped goes
on where it was, and others can fit lines of their own to it. Form: Box & Wilson 1951
(10.1111/j.2517-6161.1951.tb00067.x), with ridge regression.
"""

from __future__ import annotations

import csv
import json
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from simulation.population.compiled import fingerprint

Outcomes = Mapping[str, float]
Measure = Callable[[Mapping[str, float], int], Outcomes]
FAR = 3.0
"""Units beyond which a miss counts no further."""
CLIP = 8.0
"""Units beyond which an outcome of a single simulation is taken as that far: rare extremes must not bend the lines."""


@dataclass(frozen=True)
class Target:
    """An outcome is wanted within an interval; misses count in units, with a weight."""

    low: float
    high: float
    unit: float
    weight: float = 1.0

    def miss(self, value: float) -> float:
        """How far outside, in units; an outcome that could not be had is far."""
        return FAR if not np.isfinite(value) else max(self.low - value, 0.0, value - self.high) / self.unit


def loss(found: Outcomes, targets: Mapping[str, Target]) -> float:
    """Weighted sum of squared misses."""
    return sum(t.weight * min(t.miss(found.get(name, np.nan)), FAR) ** 2 for name, t in targets.items())


def missed(found: Outcomes, targets: Mapping[str, Target], more_than: float = 0.3) -> dict[str, float]:
    """Misses in units, the worst first."""
    misses = {name: round(float(t.miss(found.get(name, np.nan))), 2) for name, t in targets.items()}
    return dict(sorted(((n, m) for n, m in misses.items() if m > more_than), key=lambda item: -item[1]))


class Journal:
    """A table of simulations, one row each: fingerprint of the theory, seed, values, outcomes.

    Args:
        path: A CSV file; rows in it with other columns are refused, rows of another theory are left alone.
        values, outcomes: Names of the columns.
    """

    def __init__(self, path: Path, values: Sequence[str], outcomes: Sequence[str]) -> None:
        self.path, self.names, self.outcomes = path, list(values), list(outcomes)
        self.header = ["theory", "seed", *self.names, *self.outcomes]
        self.theory = fingerprint()
        self._known: dict[tuple[str, ...], dict[str, float]] = {}
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            path.write_text(",".join(map(_quoted, self.header)) + "\n", encoding="utf-8")
        with path.open(encoding="utf-8", newline="") as file:
            rows = csv.reader(file)
            if next(rows) != self.header:
                raise ValueError(f"{path} is of a search of other values or targets; name another file")
            for row in rows:
                if row[0] == self.theory:
                    found = zip(self.outcomes, row[2 + len(self.names) :], strict=True)
                    self._known[tuple(row[1 : 2 + len(self.names)])] = {n: float(x) for n, x in found if x}

    def __len__(self) -> int:
        return len(self._known)

    def key(self, values: Mapping[str, float], seed: int) -> tuple[str, ...]:
        """What a simulation is known by."""
        return (str(seed), *(repr(float(values[name])) for name in self.names))

    def get(self, values: Mapping[str, float], seed: int) -> Outcomes | None:
        """What was found, if it was simulated before."""
        return self._known.get(self.key(values, seed))

    def add(self, values: Mapping[str, float], seed: int, found: Outcomes) -> None:
        """Write a simulation down."""
        key = self.key(values, seed)
        row = [self.theory, *key, *(f"{found[n]:.5g}" if n in found else "" for n in self.outcomes)]
        with self.path.open("a", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerow(row)
        self._known[key] = {n: float(x) for n, x in zip(self.outcomes, row[2 + len(self.names) :], strict=True) if x}


def read_journal(path: Path, values: Sequence[str], outcomes: Sequence[str]) -> tuple[Any, Any, Any]:
    """[rows] seeds, [rows, values] and [rows, outcomes] of a table, of whatever theory; NaN where nothing was found."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return (
        np.array([int(row["seed"]) for row in rows]),
        np.array([[float(row[name]) for name in values] for row in rows]),
        np.array([[float(row[name] or "nan") for name in outcomes] for row in rows]),
    )


def _quoted(name: str) -> str:
    return f'"{name}"' if "," in name else name


def search(
    measure: Measure,
    space: Mapping[str, tuple[float, float]],
    start: Mapping[str, float],
    targets: Mapping[str, Target],
    out: Path,
    rounds: int,
    seed: int,
    step: float = 0.06,
    caution: Sequence[float] = (0.3, 1.0, 3.0, 10.0),
    again: int = 5,
    workers: int = 2,
) -> dict[str, float]:
    """Search, and write the centre of each round to ``out``, every simulation to a CSV file of that name beside it.

    Args:
        measure: Outcomes by name for values and a seed; must be importable by other processes.
        space: Bounds of each value.
        start: Where to begin; what is in it but not in ``space`` stays as it is.
        targets: What is wanted.
        out: A JSON file: what was spent, loss, values, outcomes. With the same arguments a search goes on where it
            stopped.
        rounds: How many.
        seed: Of designs and simulations; each round has simulation seeds of its own.
        step: How far the design reaches, as a share of each range.
        caution: How heavily what the lines do not know counts against a step; one step is tried for each.
        again: Fresh simulations of each step that decide between them.
        workers: Processes.

    Returns:
        The best values.
    """
    names = list(space)
    low, high = np.array(list(space.values())).T
    centre = np.clip((np.array([start[name] for name in names]) - low) / (high - low), 0.0, 1.0)
    luck, began = np.random.default_rng(seed), time.perf_counter()

    journal = Journal(out.with_suffix(".csv"), list(start), list(targets))

    def values(point: Any) -> dict[str, float]:
        # as many digits as are adopted in the end
        return {**start, **{n: float(f"{x:.4g}") for n, x in zip(names, low + point * (high - low), strict=True)}}

    with ProcessPoolExecutor(workers) as pool:

        def measured(points: Any, seeds: Sequence[int]) -> list[Outcomes]:
            asked = [(values(point), seed) for point, seed in zip(points, seeds, strict=True)]
            new = {journal.key(*one): one for one in asked if journal.get(*one) is None}
            running = {pool.submit(_measured, measure, *one): one for one in new.values()}
            for done in as_completed(running):
                journal.add(*running[done], done.result())
            return [journal.get(*one) or {} for one in asked]

        at_centre = measured([centre] * again, range(seed + 90_000, seed + 90_000 + again))
        points, found, before = np.empty((0, len(names))), [], np.nan
        for round_ in range(rounds):
            design = np.clip(centre + step * two_levels(len(names), luck), 0.0, 1.0)
            points = np.concatenate([points, design])
            found += measured(design, [seed + 100 * round_ + i % 4 for i in range(len(design))])
            slope, doubt = _lines(points - centre, found, targets)
            level = np.array(list(_mean(at_centre, targets).values()))
            tried = [centre, *(centre + _best_step(level, slope, doubt, centre, targets, c) for c in caution)]
            fresh = [seed + 50_000 + 100 * round_ + k for k in range(again)]
            once_more = measured([point for point in tried for _ in fresh], fresh * len(tried))
            each = [once_more[again * i : again * i + again] for i in range(len(tried))]
            means = [_mean(several, targets) for several in each]
            losses = [loss(mean, targets) for mean in means]
            best = int(np.argmin(losses))
            before = losses[0] if round_ == 0 else before
            at_centre = each[best] + (at_centre if best == 0 else [])
            centre = tried[best]
            told = {
                "theory": journal.theory, "seed": seed, "rounds": round_ + 1, "simulations": len(journal),
                "loss": losses[best], "loss of the start": before,
                "values": values(centre), "outcomes": means[best],
            }  # fmt: skip
            out.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
            print(
                f"{time.perf_counter() - began:6.0f} s  round {round_}: loss of the centre {losses[0]:.1f}, of steps "
                f"{', '.join(f'{x:.1f}' for x in losses[1:])}; still missed: {missed(means[best], targets)}",
                flush=True,
            )
    return values(centre)


def two_levels(n: int, luck: np.random.Generator, groups: int = 1) -> Any:
    """[runs, n] of -1 and 1, with columns orthogonal to one another and to the mean of every ``groups``-th run.

    Args:
        n: Columns.
        luck: Says which column of the matrix is which, and its sign.
        groups: A power of two: runs k, k + groups, … are a group of their own, with a seed of its own, say.
    """
    from scipy.linalg import hadamard

    size = 1 << int(np.ceil(np.log2(n + groups)))
    columns = groups + luck.permutation(size - groups)[:n]
    return hadamard(size)[:, columns] * luck.choice([-1, 1], n)


def _measured(measure: Measure, values: Mapping[str, float], seed: int) -> Outcomes:
    try:
        return measure(values, seed)
    except Exception as error:  # a point where something cannot be computed is a bad point, not the end
        print(f"could not be measured: {type(error).__name__}: {error}", flush=True)
        return {}


def _mean(found: Sequence[Outcomes], targets: Mapping[str, Target]) -> dict[str, float]:
    table = np.array([[one.get(name, np.nan) for name in targets] for one in found])
    known = np.isfinite(table)
    total = np.where(known, table, 0.0).sum(axis=0)
    return dict(
        zip(targets, np.where(known.any(axis=0), total / np.maximum(known.sum(axis=0), 1), np.nan), strict=True)
    )


def _lines(away: Any, found: Sequence[Outcomes], targets: Mapping[str, Target]) -> tuple[Any, Any]:
    """[values, outcomes] slopes, and [values, values] the weighted doubt about them.

    Slopes are shrunk by ridge regression, as strongly as their own noise asks for (the largest evidence).
    """
    y = np.array([[one.get(name, np.nan) for name in targets] for one in found])
    for j, t in enumerate(targets.values()):
        near = (t.low if np.isfinite(t.low) else t.high, t.high if np.isfinite(t.high) else t.low)
        y[:, j] = np.clip(y[:, j], near[0] - CLIP * t.unit, near[1] + CLIP * t.unit)
        known = np.isfinite(y[:, j])
        y[~known, j] = y[known, j].mean() if known.any() else 0.0
    y, x = y - y.mean(axis=0), away - away.mean(axis=0)
    left, size, right = np.linalg.svd(x, full_matrices=False)
    slopes, doubt = [], np.zeros((x.shape[1], x.shape[1]))
    for j, t in enumerate(targets.values()):
        slope, noise, ridge = _ridge(left, size, right, y[:, j])
        slopes.append(slope)
        # directions without information keep their prior variance, noise / ridge
        spread = (right.T * (noise / (size**2 + ridge))) @ right
        doubt += t.weight / t.unit**2 * spread
    return np.array(slopes).T, doubt


def ridge_line(x: Any, y: Any) -> tuple[Any, float, float]:
    """Slopes, variance of the noise and penalty of a line through [runs, values] and [runs]; both centred already."""
    left, size, right = np.linalg.svd(x, full_matrices=False)
    return _ridge(left, size, right, y)


def _ridge(left: Any, size: Any, right: Any, y: Any) -> tuple[Any, float, float]:
    """Slopes, variance of the noise and penalty that explain an outcome best (marginal likelihood)."""
    seen = left.T @ y
    rest = float(y @ y - seen @ seen)
    best = (np.inf, 0.0, 1.0)
    for ridge in size.max() ** 2 * np.logspace(-2, 4, 25):
        left_over = ridge / (size**2 + ridge)  # what the prior leaves of each direction as noise
        noise = float(rest + (left_over * seen**2).sum()) / len(y) + 1e-30
        evidence = len(y) * np.log(noise) - np.log(left_over).sum()
        best = min(best, (float(evidence), noise, float(ridge)))
    _, noise, ridge = best
    return right.T @ (size * seen / (size**2 + ridge)), noise, ridge


def _best_step(level: Any, slope: Any, doubt: Any, centre: Any, targets: Mapping[str, Target], caution: float) -> Any:
    """Step that brings the straight lines to the targets, as far as they are known."""
    from scipy.optimize import minimize

    low, high, unit, weight = np.array([(t.low, t.high, t.unit, t.weight) for t in targets.values()]).T

    def cost(step: Any) -> tuple[float, Any]:
        y = level + step @ slope
        miss = (np.maximum(y - high, 0.0) - np.maximum(low - y, 0.0)) / unit
        size = np.abs(miss)
        # beyond two units only in proportion: what is out of reach must not rule
        value = np.where(size < 2.0, size * size, 4.0 * size - 4.0)
        towards = np.where(size < 2.0, 2.0 * size, 4.0) * np.sign(miss) / unit
        unsure = caution * doubt @ step
        return float((weight * value).sum() + step @ unsure), slope @ (weight * towards) + 2.0 * unsure

    bounds = [(max(-0.3, -c), min(0.3, 1.0 - c)) for c in centre]
    return minimize(cost, np.zeros(len(centre)), jac=True, method="L-BFGS-B", bounds=bounds).x
