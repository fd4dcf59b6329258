"""Who is Angie? Traits of the case, inferred from her scores at intake alone.

    python -m experiments.case_traits [--lives 4000] [--seed 9200001]

The paper describes Angie and reports three scores at intake: DERS 118, GSI 2.1, 8 of 9 criteria. It gives no traits.
Here many people drawn from the cohort `bpd` each live her life up to the intake; the traits of those who score as she
does are hers, as far as one can know. So is how she answers questionnaires: a DERS below what the other two scores let
expect tells more of that than of any trait. What is known is a distribution: approximate Bayesian computation with
local-linear regression (Beaumont, Zhang & Balding 2002, 10.1093/genetics/162.4.2025), on the scale on which a trait
varies (logit of a share, logarithm of anything else). `angie.toml` says its means, which this prints;
`experiments.angie` draws from all of it. What came after the intake is not looked at here.
"""

from __future__ import annotations

import argparse
import os
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sklearn.linear_model import LinearRegression

from simulation.cases import load_case
from simulation.cases.parameters import TRAITS, Values, bounds
from simulation.cases.variety import coordinate, luck_of, shifted
from simulation.cohorts.definition import centre_of, definitions
from simulation.cohorts.draw import drawn_columns, evidence_of
from simulation.trials.case_lives import live_case

Floats = NDArray[np.float64]
CASE, WHO, COHORT = "angie", "Angie", "bpd"
PUBLISHED = {"ders": 118.0, "gsi": 2.1, "criteria": 8.0}
LIVES, SEED, PART = 4000, 9_200_001, 250
NEAREST = 0.2
"""Share of the lives, those whose scores are nearest to hers, that tell of her. ASSUMED."""
INFERRED = tuple(
    name for name in definitions().spread if not name.startswith(("habit_", "wish_", "stress_", "uplift_", "schema_"))
)
"""Traits that are inferred: all that vary in the cohort but those of which the paper tells something."""
ANSWERING = "answering"
"""How she answers questionnaires whatever is asked, in standard deviations."""
WORTH_SAYING = 0.1
"""Shifts smaller than this, in standard deviations of the cohort, are left at the profile."""


@dataclass(frozen=True)
class Posterior:
    """What her scores at intake tell of her.

    Attributes:
        lives: One row per life: inferred traits on the scale on which they vary, and the way of answering, each moved
            along the regression to where the scores are hers.
        weight: [lives] how much each counts; they sum to 1.
    """

    lives: pd.DataFrame
    weight: Floats

    def mean(self) -> pd.Series:
        """By trait, the mean."""
        return (self.lives.T * self.weight).sum(axis=1)

    def spread(self) -> pd.Series:
        """By trait, the standard deviation."""
        return ((self.lives - self.mean()).pow(2).T * self.weight).sum(axis=1).pow(0.5)

    def draw(self, n: int, seed: int) -> tuple[dict[str, Floats], Floats]:
        """People who score as she did: start values and traits, [n] each, and [n] ways of answering."""
        rows = luck_of(seed, "who she is").choice(len(self.weight), n, p=self.weight)
        drawn = {name: _value(name, self.lives[name].to_numpy()[rows]) for name in INFERRED}
        history = np.full(n, centre_of(COHORT)["schema_history"])
        drawn |= evidence_of(history, drawn["negative_self_image"])
        hers = {name: column for name, column in drawn.items() if name in TRAITS}
        return hers, self.lives[ANSWERING].to_numpy()[rows]


def _value(name: str, found: Floats) -> Floats:
    """Values of a trait from where they stand on the scale on which it varies."""
    centre, limits = np.full(len(found), centre_of(COHORT)[name]), bounds(name)
    return shifted(centre, found - coordinate(centre, *limits), *limits)


def described() -> Values:
    """What the case says of her, apart from what is inferred here."""
    said = next(person for person in load_case(CASE).people if person.name == WHO).values
    return {name: value for name, value in said.items() if name not in INFERRED}


def drawn_lives(part: int, seed: int) -> pd.DataFrame:
    """Inferred traits and scores at intake of one part of the lives, one row per life."""
    drawn = {name: column[part * PART :] for name, column in drawn_columns(COHORT, (part + 1) * PART, seed).items()}
    said = described()
    hers = {name: column for name, column in drawn.items() if name in TRAITS and name not in said}
    answering = luck_of(seed, ANSWERING).standard_normal((part + 1) * PART)[part * PART :]
    intake = load_case(CASE).day_of("intake")
    seeds = [seed + part * PART + life for life in range(PART)]
    scores = live_case(CASE, seeds, "none", [intake], hers, answering).at(intake)
    negative, benevolent = (drawn[f"{image}_evidence_attachment"] for image in ("negative", "benevolent"))
    drawn["negative_self_image"] = negative / (negative + benevolent)
    traits = {name: coordinate(drawn[name], *bounds(name)) for name in INFERRED} | {ANSWERING: answering}
    return pd.DataFrame(traits, index=scores.index).join(scores[list(PUBLISHED)])


def lives_to_intake(lives: int = LIVES, seed: int = SEED) -> pd.DataFrame:
    """Inferred traits and scores at intake, one row per life; the result does not depend on the processes."""
    parts = range(-(-lives // PART))
    with ProcessPoolExecutor(os.cpu_count() or 1, mp_context=get_context("spawn")) as pool:
        return pd.concat(list(pool.map(drawn_lives, parts, [seed] * len(parts))))


def posterior(lives: pd.DataFrame) -> Posterior:
    """Who she may be, given lives to the intake."""
    traits, scores = lives[[*INFERRED, ANSWERING]], lives[list(PUBLISHED)]
    away = ((scores - pd.Series(PUBLISHED)) / scores.std()).to_numpy()
    distance = np.linalg.norm(away, axis=1)
    weight = np.maximum(1.0 - (distance / np.quantile(distance, NEAREST)) ** 2, 0.0)
    along = LinearRegression().fit(away, traits.to_numpy(), sample_weight=weight)
    return Posterior(traits - away @ along.coef_.T, weight / weight.sum())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--lives", type=int, default=LIVES)
    parser.add_argument("--seed", type=int, default=SEED)
    given = parser.parse_args()
    lives = lives_to_intake(given.lives, given.seed)
    print(lives[list(PUBLISHED)].describe().loc[["mean", "std"]].round(2).to_string())
    found = posterior(lives)
    cohort = lives[[*INFERRED, ANSWERING]]
    shift = (found.mean() - cohort.mean()) / cohort.std()
    left = found.spread() / cohort.std()
    for name, mean in found.mean().items():
        if abs(shift[name]) >= WORTH_SAYING:
            value = float(mean if name == ANSWERING else _value(str(name), np.array([mean]))[0])
            print(f"{name} = {value:.3g}  # {shift[name]:+.2f} SD, {left[name]:.2f} of the spread is left")


if __name__ == "__main__":
    main()
