"""Who is Angie? Traits of the case, inferred from her scores at intake alone.

    python experiments/case_traits.py [--lives 4000] [--seed 9200001]

The paper describes Angie and reports three scores at intake: DERS 118, GSI 2.1, 8 of 9 criteria. It gives no traits.
Here many people drawn from the cohort `bpd` each live her life up to the intake; the traits of those who score as she
does are hers, as far as one can know. The posterior mean is read off by regression: on the scale on which a trait
varies (logit of a share, logarithm of anything else) it is linear in the three scores. What came after the intake is
not looked at, so that the course of the case remains a prediction. Prints what `angie.toml` says of Angie.
"""

from __future__ import annotations

import argparse
import os
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import numpy as np
import pandas as pd

from simulation.cases import load_case
from simulation.cases.parameters import TRAITS, Values, bounds
from simulation.cases.variety import coordinate, shifted
from simulation.cohorts.definition import centre_of, definitions
from simulation.cohorts.draw import drawn_columns
from simulation.trials.case_lives import live_case

CASE, WHO = "angie", "Angie"
PUBLISHED = {"ders": 118.0, "gsi": 2.1, "criteria": 8.0}
PART = 250
INFERRED = tuple(
    name for name in definitions().spread if not name.startswith(("habit_", "wish_", "stress_", "uplift_", "schema_"))
)
"""Traits that are inferred: all that vary in the cohort but those of which the paper tells something."""
WORTH_SAYING = 0.1
"""Shifts smaller than this, in standard deviations of the cohort, are left at the profile."""


def described() -> Values:
    """What the case says of her, apart from what is inferred here."""
    said = next(person for person in load_case(CASE).people if person.name == WHO).values
    return {name: value for name, value in said.items() if name not in INFERRED}


def drawn_lives(part: int, seed: int) -> pd.DataFrame:
    """Inferred traits and scores at intake of one part of the lives, one row per life."""
    drawn = {name: column[part * PART :] for name, column in drawn_columns("bpd", (part + 1) * PART, seed).items()}
    said = described()
    hers = {name: column for name, column in drawn.items() if name in TRAITS and name not in said}
    intake = load_case(CASE).day_of("intake")
    seeds = [seed + part * PART + life for life in range(PART)]
    scores = live_case(CASE, seeds, "none", [intake], hers).at(intake)
    negative, benevolent = (drawn[f"{image}_evidence_attachment"] for image in ("negative", "benevolent"))
    drawn["negative_self_image"] = negative / (negative + benevolent)
    traits = {name: coordinate(drawn[name], *bounds(name)) for name in INFERRED}
    return pd.DataFrame(traits, index=scores.index).join(scores[list(PUBLISHED)])


def posterior(lives: pd.DataFrame) -> pd.DataFrame:
    """Of every trait: its shift from the cohort's mean in standard deviations, and the share of variance explained."""
    traits, scores = lives[list(INFERRED)], lives[list(PUBLISHED)]
    spread = scores.std()
    design = np.column_stack([np.ones(len(scores)), (scores - pd.Series(PUBLISHED)) / spread])
    coefficients, *_ = np.linalg.lstsq(design, traits.to_numpy(), rcond=None)
    left = (traits.to_numpy() - design @ coefficients).var(axis=0)
    return pd.DataFrame(
        {"shift": coefficients[0] - traits.mean(), "sd": traits.std(), "explained": 1 - left / traits.var(ddof=0)}
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--lives", type=int, default=4000)
    parser.add_argument("--seed", type=int, default=9_200_001)
    given = parser.parse_args()
    parts = range(-(-given.lives // PART))
    with ProcessPoolExecutor(os.cpu_count() or 1, mp_context=get_context("spawn")) as pool:
        lives = pd.concat(list(pool.map(drawn_lives, parts, [given.seed] * len(parts))))
    print(lives[list(PUBLISHED)].describe().loc[["mean", "std"]].round(2).to_string())
    centre = centre_of("bpd")
    for name, row in posterior(lives).iterrows():
        if abs(row["shift"]) >= WORTH_SAYING * row["sd"]:
            value = float(shifted(np.array([centre[name]]), np.array([row["shift"]]), *bounds(name))[0])
            print(f"{name} = {value:.3g}  # {row['shift'] / row['sd']:+.2f} SD, {row['explained']:.0%} explained")


if __name__ == "__main__":
    main()
