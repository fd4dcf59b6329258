"""What everyday observation would accept of couples, of the untreated case, of a provocation and of virtual cohorts.

Each table says what is wanted, each function simulates it. ASSUMED, where no source is given.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from experiments.anchor_questionnaires import anchored, levelled
from experiments.response_surface import Target
from simulation.cases import blueprint_of, load_case
from simulation.cases.profiles import profile_values
from simulation.cases.schedule import Schedule
from simulation.cohorts.lives import settle
from simulation.cohorts.networks import EGO_NETWORK
from simulation.measures.criteria import CRITERIA, CRITERIA_DAYS, DIAGNOSIS, criteria_met
from simulation.measures.instruments import scores
from simulation.measures.questionnaires import SCALES
from simulation.measures.window import window_of
from simulation.population.blueprint import Blueprint
from simulation.population.simulation import Simulation
from simulation.randomness import mixed_seed
from simulation.studies.couples import Group, run_couples
from simulation.validation.scenes.questionnaires import QUANTITIES, RETEST_DAYS

COUPLES = {
    "ordinary + ordinary": ("ordinary", "ordinary"),
    "sensitive + ordinary": ("ordinary", "ordinary"),
    "ordinary + reactive": ("ordinary", "reactive"),
    "bpd + tolerant": ("bpd", "tolerant"),
    "bpd + ordinary": ("bpd", "ordinary"),
    "bpd + reactive": ("bpd", "reactive"),
}
OO, SO, OR, BT, BO, BR = COUPLES

# couple, which partner (0 the first), quantity, lowest and highest accepted value, one unit
COUPLES_WANTED: list[tuple[str, int, str, float, float, float]] = [
    (OO, 0, "arousal", 0.22, 0.30, 0.05), (OO, 0, "anger", 0.03, 0.08, 0.02), (OO, 0, "in_episode", 0.003, 0.03, 0.01),
    (OO, 0, "strain", 0.05, 0.15, 0.05), (OO, 0, "joy", 0.20, 0.45, 0.05),
    (OO, 0, "together", 0.90, 0.99, 0.03),
    (OO, 0, "negative_share", 0.15, 0.25, 0.03), (OO, 0, "shame", 0.003, 0.04, 0.02),
    (OO, 0, "anxiety", 0.08, 0.2, 0.05),
    (OO, 0, "negative_self", 0.001, 0.10, 0.03), (OO, 0, "self_harm_per_month", 0.0, 0.01, 0.02),
    (SO, 0, "together", 0.70, 0.93, 0.05), (SO, 0, "in_episode", 0.001, 0.08, 0.02),
    (OR, 0, "in_episode", 0.005, 0.06, 0.02), (OR, 0, "strain", 0.07, 0.25, 0.05), (OR, 0, "anger", 0.03, 0.10, 0.02),
    (BT, 0, "arousal", 0.33, 0.45, 0.03), (BT, 0, "in_episode", 0.08, 0.22, 0.04), (BT, 0, "pain", 0.02, 0.10, 0.03),
    (BT, 1, "strain", 0.07, 0.28, 0.06), (BT, 0, "together", 0.75, 0.99, 0.05),
    (BT, 0, "negative_self", 0.15, 0.40, 0.05), (BT, 0, "negative_share", 0.70, 0.77, 0.01),
    (BT, 0, "self_harm_per_month", 0.1, 1.5, 0.5),
    (BO, 0, "in_episode", 0.18, 0.36, 0.04), (BO, 1, "strain", 0.15, 0.40, 0.06), (BO, 0, "together", 0.65, 0.95, 0.05),
    (BO, 0, "negative_share", 0.71, 0.79, 0.01),
    (BR, 0, "arousal", 0.45, 0.57, 0.03), (BR, 0, "in_episode", 0.30, 0.52, 0.04), (BR, 0, "anger", 0.14, 0.28, 0.03),
    (BR, 0, "shame", 0.18, 0.40, 0.05), (BR, 0, "pain", 0.10, 0.25, 0.05),
    (BR, 0, "self_harm_per_month", 0.2, 2.5, 0.5), (BR, 0, "maladaptive_per_month", 10.0, 24.0, 3.0),
    (BR, 1, "strain", 0.32, 0.55, 0.06), (BR, 0, "together", 0.50, 0.88, 0.08),
    (BR, 0, "benevolent_self", 0.2, 0.5, 0.08), (BR, 0, "negative_self", 0.2, 0.55, 0.06),
    (BR, 0, "negative_share", 0.73, 0.81, 0.015), (BR, 1, "anger", 0.06, 0.20, 0.04),
    (BR, 1, "negative_share", 0.15, 0.32, 0.03), (BR, 0, "suicidal_crisis", 0.03, 0.25, 0.05),
    (BR, 0, "dissociation", 0.005, 0.12, 0.03),
]  # fmt: skip

CASE_WANTED: list[tuple[str, str, float, float, float]] = [
    ("before", "in_episode", 0.40, 0.70, 0.06), ("early", "in_episode", 0.28, 0.50, 0.04),
    ("late / early", "in_episode", 0.75, 1.15, 0.08), ("late / early", "self_harm", 0.55, 1.5, 0.15),
    ("early", "self_harm", 0.2, 3.0, 0.4), ("early", "maladaptive", 5.0, 26.0, 3.0),
    ("early", "arousal", 0.42, 0.56, 0.03),
    ("early", "anger", 0.12, 0.28, 0.03), ("early", "shame", 0.12, 0.35, 0.04), ("early", "pain", 0.06, 0.22, 0.04),
    ("late", "negative_share", 0.71, 0.79, 0.01),
]  # fmt: skip
"""The case without treatment: severe before the break-up, hardly better a year later. First two months, months three to
seven, and months fifteen to eighteen after intake."""

PROVOCATION_WANTED = [("peak ratio", 0.80, 1.25, 0.1), ("half-life ratio", 1.3, 5.0, 0.2), ("peak", 0.3, 0.7, 0.1)]
"""One standard provocation of people who are alone: anger peaks alike and lasts longer (Jacob et al. 2008)."""

COHORTS = ("bpd", "community", "avoidant", "depressed")
COHORTS_WANTED: list[tuple[str, float, float, float, float]] = [
    ("avoidant gsi", 0.9, 1.36, 0.25, 3), ("bpd gsi SD", 0.35, 0.75, 0.2, 3), ("healthy gsi SD", 0.05, 0.21, 0.08, 2),
    ("avoidant gsi SD", 0.23, 0.58, 0.2, 3), ("bpd ders SD", 16.6, 28.6, 4, 1), ("bpd diagnosed", 0.85, 1, 0.1, 4),
    ("community diagnosed", 0, 0.1, 0.05, 2), ("healthy rsq SD", 1.7, 4.1, 1, 1), ("bpd rsq SD", 3.6, 7.3, 1.5, 2),
    ("community rsq", 6.15, 12, 1.5, 1), ("community rsq SD", 2, 4.6, 1, 1), ("rsq retest", 0.76, 0.93, 0.1, 1),
    ("community ders SD", 14, 26, 5, 1), ("ders retest", 0.8, 0.96, 0.08, 1), ("ders reliability", 0.87, 0.95, 0.04, 1),
    ("community gsi SD", 0.19, 0.46, 0.15, 1), ("outpatients gsi", 0.96, 1.56, 0.3, 1),
    ("outpatients gsi SD", 0.43, 0.93, 0.2, 1), ("bpd gsi drift", -0.15, 0.15, 0.1, 2),
    ("bpd gsi retest", 0.6, 0.9, 0.1, 3), ("community breaks", 0, 0.1, 0.05, 3), ("bpd breaks", 0.03, 0.4, 0.1, 3),
    ("bpd episodes, tenth", 0.08, 0.4, 0.06, 2), ("bpd episodes, median", 0.2, 0.45, 0.06, 2),
    ("bpd episodes, ninetieth", 0.3, 0.65, 0.06, 2),
]  # fmt: skip
"""Levels and spreads of scores as published (A8 to A17), and that people with the profile differ by degrees: neither
calm nor locked; distress over a week is about as stable over a month as self-reports of symptoms are (ASSUMED). Breaks
with a partner, a month: of young adults, four in ten know one that was mended from the last two years (Halpern-Meekin
et al. 2013, 10.1111/j.1741-3737.2012.01016.x). With a weight."""

SENSITIVE = {
    "rejection_sensitivity": 0.45,
    "negative_evidence_attachment": 21.0,
    "benevolent_evidence_attachment": 39.0,
}
"""The more rejection-sensitive half of ordinary people."""


def wanted_everyday() -> dict[str, Target]:
    """All of it by the names that the functions below use."""
    wanted = {f"{c} [{p}] {q}": Target(low, high, unit, 0.4) for c, p, q, low, high, unit in COUPLES_WANTED}
    for couple in (BT, BO, BR):  # partners make a difference of degree
        wanted[f"{couple} [0] in_episode"] = replace(wanted[f"{couple} [0] in_episode"], weight=1.0)
    wanted |= {f"case {w} {q}": Target(low, high, unit, 0.4) for w, q, low, high, unit in CASE_WANTED}
    wanted |= {f"provocation {q}": Target(low, high, unit, 0.4) for q, low, high, unit in PROVOCATION_WANTED}
    return wanted | {name: Target(low, high, unit, weight) for name, low, high, unit, weight in COHORTS_WANTED}


def couples(constants: dict[str, float], traits: dict[str, float], seed: int, n: int = 24) -> dict[str, float]:
    """Means of all couples of the targets, side by side over eight months."""
    groups = [
        Group(name, first, second, n, constants, traits if first == "bpd" else SENSITIVE if name == SO else {})
        for name, (first, second) in COUPLES.items()
    ]
    frame = run_couples(groups, days=240, seed=seed, burn_in=30)
    maladaptive = ["rumination", "binge_eating", "alcohol", "self_harm", "dissociation"]
    frame["maladaptive_per_month"] = frame[[f"{name}_per_month" for name in maladaptive]].sum(axis=1)
    means = frame.drop(columns="couple").groupby(["group", "partner"], observed=True).mean()
    return {f"{c} [{p}] {q}": float(means.loc[(c, p), q]) for c, p, q, *_ in COUPLES_WANTED}


def case(constants: dict[str, float], traits: dict[str, float], seed: int, copies: int = 12) -> dict[str, float]:
    """The case of the paper, untreated, lived several times."""
    angie = load_case("angie")
    blueprint = blueprint_of(angie)
    focal = [blueprint.names.index("Angie") + i * blueprint.n for i in range(copies)]  # type: ignore[union-attr]
    many = blueprint.repeated(copies)
    own = {name: np.array(np.broadcast_to(many.person_values[name], many.n), dtype=float) for name in traits}
    for name, value in traits.items():
        own[name][focal] = value
    many = many.with_values(own, constants)
    seeds = np.repeat([mixed_seed(seed, i) for i in range(copies)], blueprint.n)
    quantities = [
        "in_episode", "arousal", "anger", "shame", "pain", "coped", "negative_evidence_attachment",
        "benevolent_evidence_attachment",
    ]  # fmt: skip
    simulation = Simulation(many.build(seeds), angie.dt, watch=focal, quantities=quantities)
    schedule = Schedule([angie] * copies, [i * blueprint.n for i in range(copies)])
    end = round(600 / angie.dt)
    while simulation.tick < end:
        schedule.apply_due(simulation)
        simulation.run(min(end, schedule.next_tick) - simulation.tick)
    samples = np.concatenate(simulation.parts["samples"])

    def window(first: float, last: float) -> dict[str, float]:
        part = samples[round(first / angie.dt) : round(last / angie.dt)]
        months = len(part) * angie.dt / 30 * copies
        read = {name: float(part[:, :, i].mean()) for i, name in enumerate(quantities)}
        read["self_harm"] = float((part[:, :, 5] == 4).sum() / months)
        read["maladaptive"] = float(((part[:, :, 5] > 0) & (part[:, :, 5] < 6)).sum() / months)
        read["negative_share"] = float((part[:, :, 6] / (part[:, :, 6] + part[:, :, 7])).mean())
        return read

    read = {"before": window(10, 60), "early": window(120, 240), "late": window(480, 600)}
    read["late / early"] = {name: read["late"][name] / (read["early"][name] + 1e-6) for name in read["late"]}
    return {f"case {when} {name}": read[when][name] for when, name, *_ in CASE_WANTED}


def provocation(constants: dict[str, float], traits: dict[str, float], seed: int, n: int = 64) -> dict[str, float]:
    """The anger after one standard rejection."""
    tables = [profile_values("ordinary")[0], {**profile_values("bpd")[0], **traits}]
    kind = np.repeat([0, 1], n)
    none = np.empty(0, dtype=np.int64)
    people = Blueprint(
        2 * n, np.tile(np.arange(n), 2), none, none, none,
        {name: np.array([table[name] for table in tables])[kind] for name in tables[0]}, {}, constants,
    )  # fmt: skip
    simulation = Simulation(people.build(seed), 1 / 16, watch=range(2 * n), quantities=["anger"])
    simulation.run(160)
    for person in range(2 * n):
        simulation.population.set_value(person, "due_rejection", 0.35)
    simulation.changed()
    simulation.forget()
    simulation.run(64)
    course = simulation.parts["samples"][0][:, :, 0]
    peaks, halves = [], []
    for group in (0, 1):
        mean = course[:, kind == group].mean(axis=1) - course[-16:, kind == group].mean()
        top = int(mean.argmax())
        peaks.append(float(mean[top]))
        below = np.nonzero(mean[top:] < mean[top] / 2)[0]
        halves.append(float(below[0]) if len(below) else 64.0)
    read = {"peak ratio": peaks[1] / (peaks[0] + 1e-9), "half-life ratio": halves[1] / halves[0], "peak": peaks[0]}
    return {f"provocation {name}": value for name, value in read.items()}


def cohorts(constants: dict[str, float], traits: dict[str, float], seed: int, n: int = 60) -> dict[str, float]:
    """Scores of virtual cohorts over a quarter of a year, on scales anchored at these very cohorts."""
    settled = settle(dict.fromkeys(COHORTS, n), EGO_NETWORK, seed, constants=constants, profiles={"bpd": traits})
    lives = settled.live(CRITERIA_DAYS, 1 / 8, QUANTITIES, ("good_image", "bad_image", "alive"), events=True)
    who, cohort = lives.people.index, lives.people["cohort"]
    lengths = {scale.days for scale in SCALES.values()}
    at_end, before = (
        {days: window_of(lives.recording, days, until) for days in lengths}
        for until in (None, CRITERIA_DAYS - RETEST_DAYS)
    )
    mask = {name: (cohort == name).to_numpy() for name in COHORTS}
    quarter = window_of(lives.recording, CRITERIA_DAYS).reindex(who)
    criteria = [levelled(criterion, quarter, mask["bpd"], mask["community"]) for criterion in CRITERIA]
    judged = criteria_met(quarter, criteria, seed)
    healthy = mask["community"] & (judged["criteria"] <= 1).to_numpy()
    diagnosed = mask["bpd"] & (judged["criteria"] >= DIAGNOSIS).to_numpy()
    scales = {
        name: anchored(scale, at_end[scale.days].reindex(who), diagnosed, mask["community"], healthy)
        for name, scale in SCALES.items()
    }
    now, again, earlier = (
        scores(windows, seed, occasion, scales).reindex(who)
        for occasion, windows in enumerate((at_end, at_end, before))
    )
    episodes = lives.course("in_episode").mean(axis=1)[mask["bpd"]]
    outpatients = mask["bpd"] | mask["avoidant"] | mask["depressed"]

    def spread(score: str, people: np.ndarray) -> float:
        return float(now[score][people].std())

    def agreement(score: str, other: pd.DataFrame) -> float:
        return float(now[score][mask["community"]].corr(other[score][mask["community"]]))

    def breaks(of: str) -> float:
        course = lives.tie_course("alive")[mask[of], 0]
        return float(30 * (np.diff(course, axis=1) < 0).sum(axis=1).mean() / CRITERIA_DAYS)

    def met_by(of: str) -> float:
        return float((judged["criteria"][mask[of]] >= DIAGNOSIS).mean())

    drift = now["gsi"][mask["bpd"]].mean() - earlier["gsi"][mask["bpd"]].mean()
    tenth, median, ninetieth = np.quantile(episodes, [0.1, 0.5, 0.9])
    return {
        "avoidant gsi": float(now["gsi"][mask["avoidant"]].mean()),
        "bpd gsi SD": spread("gsi", diagnosed), "healthy gsi SD": spread("gsi", healthy),
        "avoidant gsi SD": spread("gsi", mask["avoidant"]), "community gsi SD": spread("gsi", mask["community"]),
        "outpatients gsi": float(now["gsi"][outpatients].mean()), "outpatients gsi SD": spread("gsi", outpatients),
        "community breaks": breaks("community"), "bpd breaks": breaks("bpd"),
        "bpd gsi retest": float(now["gsi"][mask["bpd"]].corr(earlier["gsi"][mask["bpd"]])),
        "bpd gsi drift": float(drift / now["gsi"][mask["bpd"]].std()),
        "bpd ders SD": spread("ders", diagnosed), "community ders SD": spread("ders", mask["community"]),
        "bpd diagnosed": met_by("bpd"), "community diagnosed": met_by("community"),
        "healthy rsq SD": spread("rsq", healthy), "bpd rsq SD": spread("rsq", diagnosed),
        "community rsq": float(now["rsq"][mask["community"]].mean()),
        "community rsq SD": spread("rsq", mask["community"]),
        "rsq retest": agreement("rsq", earlier), "ders retest": agreement("ders", earlier),
        "ders reliability": agreement("ders", again),
        "bpd episodes, tenth": float(tenth), "bpd episodes, median": float(median),
        "bpd episodes, ninetieth": float(ninetieth),
    }  # fmt: skip
