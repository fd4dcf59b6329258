"""A5-A14, A16, A17. What questionnaires say of the cohorts: levels, spread, reliability, criteria."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np

from simulation.measures.change import RELIABLE, reliable_change_index
from simulation.measures.criteria import DIAGNOSIS
from simulation.validation.criteria import Between, near
from simulation.validation.estimates import Estimate
from simulation.validation.pattern import Pattern

if TYPE_CHECKING:
    from simulation.validation.laboratory import Laboratory
    from simulation.validation.scenes.questionnaires import Questionnaires


def levels(*parts: tuple[str, str, tuple[str, ...], str]) -> Callable[[Laboratory], dict[str, Estimate]]:
    """Means and standard deviations of scores: name shown, score, cohorts, how screened ("" if not)."""

    def measure(lab: Laboratory) -> dict[str, Estimate]:
        scene: Questionnaires = lab.scene("questionnaires")
        boot = lab.bootstrap
        found = {}
        for shown, score, cohorts, screened in parts:
            values = scene.of(score, *cohorts, screened=screened)
            found[shown] = boot.mean(values)
            found[f"{shown}, SD"] = boot.of(lambda i, v=values: float(v[i].std(ddof=1)), len(values))
        return found

    return measure


def agreement(score: str, *cohorts: str, weeks_apart: bool = False) -> Callable[[Laboratory], Estimate]:
    """Correlation of two administrations: at one time (reliability), or four weeks apart (retest)."""

    def measure(lab: Laboratory) -> Estimate:
        scene: Questionnaires = lab.scene("questionnaires")
        names = scene.people.index[scene.people["cohort"].isin(cohorts)]
        other = scene.before if weeks_apart else scene.again
        x, y = (frame[score].reindex(names).to_numpy(dtype=float) for frame in (scene.now, other))
        return lab.bootstrap.correlation(x, y)

    return measure


def joined(**parts: Callable[[Laboratory], Any]) -> Callable[[Laboratory], dict[str, Estimate]]:
    """Several estimates in one pattern."""

    def measure(lab: Laboratory) -> dict[str, Estimate]:
        found: dict[str, Estimate] = {}
        for name, part in parts.items():
            value = part(lab)
            found |= value if isinstance(value, dict) else {name.replace("_", " "): value}
        return found

    return measure


def false_alarms(lab: Laboratory) -> dict[str, Estimate]:
    """Share of people without any true change whom the index calls reliably changed."""
    scene: Questionnaires = lab.scene("questionnaires")
    found = {}
    for score in ("ders", "gsi"):
        x, y = scene.now[score].to_numpy(), scene.again[score].to_numpy()
        reliability = float(np.corrcoef(x, y)[0, 1])
        index = reliable_change_index(x, y, float(x.std(ddof=1)), reliability)
        found[f"{score}: called changed"] = lab.bootstrap.mean((np.abs(index) > RELIABLE).astype(float))
    return found


def derived(before: float, after: float, *choices: tuple[float, float]) -> Callable[[Laboratory], dict[str, Estimate]]:
    """The index for the case under several choices of standard deviation and reliability: arithmetic, no simulation."""

    def measure(lab: Laboratory) -> dict[str, Estimate]:
        found = {}
        for sd, reliability in choices:
            value = float(reliable_change_index(before, after, sd, reliability))
            found[f"SD {sd:g}, r {reliability:g}"] = Estimate(value, value, value)
        return found

    return measure


def diagnosis(lab: Laboratory) -> dict[str, Estimate]:
    """Who meets five criteria, and in how many different ways."""
    scene: Questionnaires = lab.scene("questionnaires")
    boot = lab.bootstrap
    columns = [c for c in scene.now if str(c).startswith("criterion_")]
    names = scene.people.index[scene.people["cohort"] == "bpd"]
    met = scene.now.loc[names, columns].to_numpy(dtype=bool)
    diagnosed = met[met.sum(axis=1) >= DIAGNOSIS]
    code = diagnosed @ (1 << np.arange(len(columns)))

    def ways(i: Any) -> float:
        share = np.unique(code[i], return_counts=True)[1] / len(i)
        return float(np.exp(-(share * np.log(share)).sum()))

    counts = {name: (scene.of("criteria", name) >= DIAGNOSIS).astype(float) for name in ("bpd", "community")}
    return {
        "diagnosed in bpd": boot.mean(counts["bpd"]),
        "diagnosed in community": boot.mean(counts["community"]),
        "different ways (effective number)": boot.of(ways, len(code)),
    }


BPD, HC = ("bpd",), ("community",)
DX, HEALTHY = "diagnosed", "healthy"
PATTERNS = [
    Pattern(
        "A5",
        "questionnaires",
        false_alarms,
        {"ders: called changed": near(0.05, 0.04), "gsi: called changed": near(0.05, 0.04)},
        reading="two administrations at one moment differ by error of measurement only",
    ),
    Pattern(
        "A6",
        "questionnaires",
        derived(118, 57, (22.33, 0.93), (22.33, 0.90), (22.33, 0.88)),
        {
            "SD 22.33, r 0.93": near(-7.30, 0.02),
            "SD 22.33, r 0.9": near(-6.11, 0.02),
            "SD 22.33, r 0.88": near(-5.58, 0.02),
        },
    ),
    Pattern(
        "A7",
        "questionnaires",
        derived(2.1, 0.222, (0.55, 0.96), (0.55, 0.84), (0.68, 0.84)),
        {
            "SD 0.55, r 0.96": near(-12.07, 0.02),
            "SD 0.55, r 0.84": near(-6.04, 0.02),
            "SD 0.68, r 0.84": near(-4.88, 0.02),
        },
    ),
    Pattern(
        "A9",
        "questionnaires",
        joined(reliability=agreement("ders", "community")),
        {"reliability": near(0.90, 0.05)},
        reading="alpha: correlation of two administrations at one moment",
    ),
    Pattern(
        "A10",
        "questionnaires",
        levels(("bpd", "gsi", BPD, DX), ("healthy", "gsi", HC, HEALTHY), ("cluster C", "gsi", ("avoidant",), "")),
        {
            "bpd": near(1.68, 0.25),
            "healthy": near(0.13, 0.1),
            "cluster C": near(1.11, 0.25),
            "bpd, SD": near(0.55, 0.2),
            "healthy, SD": near(0.13, 0.08),
            "cluster C, SD": near(0.43, 0.2),
        },
        reading="GSI; bpd: those of the cohort who meet five criteria; healthy: community who meet at most one; "
        "cluster C: the avoidant cohort",
    ),
    Pattern(
        "A11",
        "questionnaires",
        joined(reliability=agreement("gsi", "bpd", "avoidant", "depressed")),
        {"reliability": near(0.96, 0.03)},
    ),
    Pattern(
        "A12",
        "questionnaires",
        diagnosis,
        {
            "diagnosed in bpd": Between(0.8, None, 0.1),
            "diagnosed in community": Between(None, 0.1, 0.05),
            "different ways (effective number)": Between(6.0, None, 3.0),
        },
        reading="five of nine gives the diagnosis; 'many' ways: at least six equally common ones' worth (ASSUMED)",
    ),
    Pattern(
        "A13",
        "questionnaires",
        levels(("healthy", "rsq", HC, HEALTHY), ("bpd", "rsq", BPD, DX)),
        {
            "healthy": near(5.2, 1.5),
            "bpd": near(15.3, 2.5),
            "healthy, SD": near(2.9, 1.2),
            "bpd, SD": near(5.3, 2.0),
        },
    ),
    Pattern(
        "A14",
        "questionnaires",
        joined(levels=levels(("unscreened", "rsq", HC, "")), retest=agreement("rsq", "community", weeks_apart=True)),
        {"unscreened": near(9.15, 3.0), "unscreened, SD": near(3.3, 1.3), "retest": near(0.83, 0.1)},
        reading="the whole community cohort; between the two published means, give or take one SD; retest after "
        "four weeks",
    ),
    Pattern(
        "A16",
        "questionnaires",
        joined(
            levels=levels(("community", "ders", HC, "")),
            reliability=agreement("ders", "community"),
            retest=agreement("ders", "community", weeks_apart=True),
        ),
        {
            "community": near(79, 8),
            "community, SD": near(20, 6),
            "reliability": near(0.93, 0.04),
            "retest": near(0.88, 0.08),
        },
    ),
    Pattern(
        "A17",
        "questionnaires",
        levels(("non-patients", "gsi", HC, ""), ("outpatients", "gsi", ("bpd", "avoidant", "depressed"), "")),
        {
            "non-patients": near(0.31, 0.15),
            "non-patients, SD": near(0.31, 0.15),
            "outpatients": near(1.26, 0.3),
            "outpatients, SD": near(0.68, 0.25),
        },
    ),
]
