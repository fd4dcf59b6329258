"""Can known parameters be recovered from simulated data, and does the posterior mean what it says?

Identifiability: studies simulated at known points of the prior; the posterior of each is compared with the truth.
Simulation-based calibration (Talts et al. 2018, arXiv:1804.06788): the rank of the truth among draws of its posterior
must be uniform; its empirical distribution must lie within a band that holds at all ranks at once (Säilynoja, Bürkner &
Vehtari 2022, 10.1007/s11222-022-10090-6).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulation.calibration.abc import accepted, fitted_summary
from simulation.calibration.space import Space

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
DRAWS = 99
LEVEL = 0.99
WELL = 0.6
"""Correlation of truth and posterior mean from which a parameter counts as recovered. ASSUMED."""


@dataclass(frozen=True)
class Recovered:
    """How well one parameter is recovered.

    Attributes:
        name: Of the parameter.
        correlation: Of truth and posterior mean over studies.
        shrinkage: Posterior standard deviation as a share of the prior's: 1 says that the data hold nothing.
        coverage: Share of truths within the central 90 % of their posterior.
        calibrated: Whether the ranks stay within the band.
        outside: Largest excess of the empirical distribution over the band, 0 if inside.
    """

    name: str
    correlation: float
    shrinkage: float
    coverage: float
    calibrated: bool
    outside: float

    @property
    def recovered(self) -> bool:
        """Whether a study of this design identifies the parameter."""
        return self.correlation >= WELL


@dataclass(frozen=True)
class Recovery:
    """All of a recovery study.

    Attributes:
        parameters: One entry each.
        truth, mean: [studies, parameters].
        ranks: [studies, parameters] in 0 … `DRAWS`.
        studies, table: How many were tested, and how many the posterior was learned from.
    """

    parameters: tuple[Recovered, ...]
    truth: Floats
    mean: Floats
    ranks: Ints
    studies: int
    table: int


def simultaneous_band(studies: int, level: float = LEVEL, repeats: int = 4000) -> tuple[Floats, Floats, Floats]:
    """Where the empirical distribution of uniform ranks lies at all ranks at once with this probability.

    Returns:
        Ranks as shares in (0, 1), lower and upper bound of the empirical distribution there, each of shape [`DRAWS`].
    """
    from scipy.stats import binom

    z = np.arange(1, DRAWS + 1) / (DRAWS + 1)
    luck = np.random.default_rng(20_240)
    ranks = luck.integers(0, DRAWS + 1, (repeats, studies))
    counts = np.apply_along_axis(np.bincount, 1, ranks, minlength=DRAWS + 1).cumsum(axis=1)[:, :-1]
    tails = 2 * np.minimum(binom.cdf(counts, studies, z), binom.sf(counts - 1, studies, z))
    gamma = float(np.quantile(tails.min(axis=1), 1 - level))
    low, high = binom.ppf(gamma / 2, studies, z) / studies, binom.ppf(1 - gamma / 2, studies, z) / studies
    return z, low, high


def outside_band(ranks: Ints, level: float = LEVEL) -> float:
    """How far the empirical distribution of ranks leaves the band, 0 if it stays inside."""
    _, low, high = simultaneous_band(len(ranks), level)
    ecdf = np.bincount(ranks, minlength=DRAWS + 1).cumsum()[:-1] / len(ranks)
    return float(max((low - ecdf).max(), (ecdf - high).max(), 0.0))


def recover(
    table: Mapping[str, Floats], space: Space, studies: int, seed: int, tell: Callable[[int, int], None] | None = None
) -> Recovery:
    """Recover the last studies of a table from the others.

    Args:
        table: ``points`` and ``statistics``, as `virtual_studies.table_of` makes it.
        space: The prior they were drawn from.
        studies: How many to recover; the rest is learned from.
        seed: Of jitter and of the choice of draws.
        tell: Called with (studies done, studies in all).
    """
    points, statistics = table["points"], table["statistics"]
    known = len(points) - studies
    half = known // 3  # the summary is learned apart from what is accepted, or it would fit its noise
    summary = fitted_summary(points[:half], statistics[:half], space)
    bank, summaries = points[half:known], summary.predict(statistics[half:known])
    truth = points[known:]
    mean, sd, inside, ranks = (np.empty_like(truth) for _ in range(4))
    for i in range(studies):
        luck = np.random.default_rng([seed, i])
        draws = accepted(statistics[known + i], bank, summaries, summary, luck)
        mean[i], sd[i] = draws.mean(axis=0), draws.std(axis=0)
        # the place of the truth among its draws, spread evenly within its step: uniform whatever the number of draws
        place = ((draws < truth[i]).sum(axis=0) + luck.random(truth.shape[1])) / (len(draws) + 1)
        inside[i] = (place >= 0.05) & (place <= 0.95)
        ranks[i] = np.floor(place * (DRAWS + 1))
        if tell is not None:
            tell(i + 1, studies)
    prior = points[:known].std(axis=0)
    found = tuple(
        Recovered(
            name, float(np.corrcoef(truth[:, j], mean[:, j])[0, 1]), float((sd[:, j] / prior[j]).mean()),
            float(inside[:, j].mean()), (out := outside_band(ranks[:, j].astype(np.int64))) == 0.0, out,
        )
        for j, name in enumerate(space.bounds)
    )  # fmt: skip
    return Recovery(found, truth, mean, ranks.astype(np.int64), studies, known)


def draw_recovery(recovery: Recovery, path: Path) -> None:
    """Draw truth against posterior mean, and the ranks of simulation-based calibration with their band."""
    import matplotlib

    matplotlib.use("Agg", force=False)
    import matplotlib.pyplot as plt

    from simulation.pictures.style import DPI, FAINT, HELPFUL, INK, NOTE, RC, SOFT, STRAIN, TRUST

    k = len(recovery.parameters)
    z, low, high = simultaneous_band(recovery.studies)
    with plt.rc_context(RC):
        figure, axes = plt.subplots(2, k, figsize=(2.3 * k, 5.6), squeeze=False)
        for j, p in enumerate(recovery.parameters):
            top, bottom = axes[0, j], axes[1, j]
            ends = [recovery.truth[:, j].min(), recovery.truth[:, j].max()]
            top.plot(ends, ends, color=FAINT, lw=0.8)
            top.plot(recovery.truth[:, j], recovery.mean[:, j], ".", color=TRUST, ms=2.5, alpha=0.5)
            top.set_title(f"{p.name}\nr = {p.correlation:.2f}", fontsize=8.5, color=INK)
            top.set_xlabel("true value")
            bottom.fill_between(z, low - z, high - z, color="#E3EEE9", lw=0)
            ecdf = np.bincount(recovery.ranks[:, j], minlength=DRAWS + 1).cumsum()[:-1] / recovery.studies
            bottom.step(z, ecdf - z, where="post", color=HELPFUL if p.calibrated else STRAIN, lw=1.1)
            bottom.axhline(0, color=FAINT, lw=0.6)
            bottom.set_xlabel("rank of the truth (share)")
        axes[0, 0].set_ylabel("posterior mean")
        axes[1, 0].set_ylabel("ECDF of ranks, minus uniform")
        figure.text(
            0.01, 0.012, f"{recovery.studies} virtual studies; green band: 99 %, at all ranks at once · {NOTE}",
            fontsize=7.5, color=SOFT,
        )  # fmt: skip
        figure.tight_layout(rect=(0, 0.035, 1, 1))
        figure.savefig(path, dpi=DPI)
        plt.close(figure)


def write_recovery(recovery: Recovery, folder: Path, about: Mapping[str, Any]) -> None:
    """Write `recovery.json`, `recovery.md` and `recovery.png`."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = [{**asdict(p), "recovered": p.recovered} for p in recovery.parameters]
    told = {**about, "studies": recovery.studies, "table": recovery.table, "parameters": rows}
    (folder / "recovery.json").write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    lines = [
        "# Can known parameters be recovered?", "",
        f"{recovery.studies} virtual studies with known parameters, posteriors by approximate Bayesian computation from "
        f"{recovery.table} others. A research and teaching model, not a clinical instrument.", "",
        "| parameter | r of truth and posterior mean | posterior SD / prior SD | 90 % interval covers | recovered | "
        "ranks within the 99 % band |",
        "|---|---|---|---|---|---|",
    ]  # fmt: skip
    for p in recovery.parameters:
        lines.append(
            f"| {p.name} | {p.correlation:.2f} | {p.shrinkage:.2f} | {p.coverage:.0%} | {'yes' if p.recovered else '**no**'} | "
            f"{'yes' if p.calibrated else f'**no**, by {p.outside:.3f}'} |"
        )
    (folder / "recovery.md").write_text("\n".join([*lines, "", "![Recovery and ranks](recovery.png)", ""]), encoding="utf-8")
    draw_recovery(recovery, folder / "recovery.png")
