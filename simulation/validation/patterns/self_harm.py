"""E1, E2, E5, E6, E10. Urges and acts of self-harm, what leads to them, what they bring, what holds them back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from simulation.measures.around_events import aligned, arc
from simulation.measures.contingency import logistic_slopes, paired
from simulation.theory.states import PERSONAL_STRATEGIES
from simulation.validation.criteria import Between, near
from simulation.validation.estimates import FEWEST, Estimate, NotCheckable
from simulation.validation.pattern import Pattern

if TYPE_CHECKING:
    from simulation.validation.laboratory import Laboratory
    from simulation.validation.scenes.momentary import Sampled

STUDY_DAYS = 21
SELF_HARM = 4
"""Code of self-harm among the strategies felt like and chosen."""


def urges(scene: Sampled) -> pd.DataFrame:
    """Three weeks of prompts of people with borderline personality disorder, with `urge` (0 or 1) at each.

    An urge is what the person felt like doing since the last prompt, acted on or not.
    """
    table = scene.table.assign(urge=scene.since(scene.lives.course("craved") == SELF_HARM))
    table = table[(table["cohort"] == "bpd") & (table["day"] < STUDY_DAYS)]
    return table.assign(urge=(table["urge"] > 0).astype(float).where(table["answered"]))


def odds(table: pd.DataFrame, outcome: str, predictors: list[str], lag: int = 0, interactions: bool = False) -> Any:
    """Log odds per within-person standard deviation, with robust intervals (GEE), one row per term."""
    happened = table[outcome].sum()
    if happened < 2 * FEWEST:
        raise NotCheckable(f"{outcome} happened at {happened:g} prompts only; at least {2 * FEWEST} are needed")
    return logistic_slopes(table, outcome, predictors, lag=lag, interactions=interactions)


def term(fitted: Any, name: str) -> Estimate:
    """One term of a fitted model."""
    row = fitted.loc[name]
    return Estimate(float(row["estimate"]), float(row["low"]), float(row["high"]), float(row["estimate"]))


def rate(lab: Laboratory) -> dict[str, Estimate]:
    """Base rate of urges and where they occur."""
    scene: Sampled = lab.scene("momentary")
    boot = lab.bootstrap
    table = urges(scene)
    by_person = table.groupby("person", observed=True)["urge"]
    count, answered = scene.of(by_person.sum(), "bpd"), scene.of(by_person.count(), "bpd")
    table = table.assign(alone=(table["contacts"] == 0).astype(float).where(table["answered"]))
    fitted = odds(table, "urge", ["negative_affect", "rejection", "hour", "alone"])
    return {
        "share of prompts": boot.share(count, answered),
        "share of people": boot.mean((count > 0).astype(float)),
        "negative affect (log odds)": term(fitted, "negative_affect"),
        "rejection (log odds)": term(fitted, "rejection"),
        "later in the day (log odds)": term(fitted, "hour"),
        "being alone (log odds)": term(fitted, "alone"),
    }


def course(lab: Laboratory) -> dict[str, Estimate]:
    """Quadratic course of negative affect around urges, within urge days."""
    table = urges(lab.scene("momentary"))
    found = arc(aligned(table, "urge", "negative_affect"))
    spread, value = found["quadratic_se"], found["quadratic"]
    if found["events"] < FEWEST:
        raise NotCheckable(f"only {found['events']:g} urges have prompts around them; at least {FEWEST} are needed")
    return {"quadratic / its error": Estimate(value / spread, value / spread - 1.96, value / spread + 1.96)}


def relief(lab: Laboratory) -> dict[str, Estimate]:
    """What each quadrant of affect does from just before to just after an act, in within-person standard deviations."""
    scene: Sampled = lab.scene("momentary")
    boot = lab.bootstrap
    lives = scene.lives
    who, when = np.nonzero(lives.course("coped") == 4)
    keep = (when > 0) & (scene.people["cohort"].to_numpy()[who] == "bpd")
    who, when = who[keep], when[keep]
    if len(who) < FEWEST:
        raise NotCheckable(f"only {len(who)} acts of self-harm happened; at least {FEWEST} are needed")
    quadrants = {
        "tense negative": (lives.course("anger") + lives.course("anxiety")) / 2 * lives.course("arousal"),
        "calm positive": lives.course("joy") * (1 - lives.course("arousal")),
        "calm negative": (lives.course("sadness") + lives.course("shame")) / 2 * (1 - lives.course("arousal")),
        "tense positive": lives.course("joy") * lives.course("arousal"),
    }
    people = np.unique(who)
    change = {}
    for name, values in quadrants.items():
        step = (values[who, when] - values[who, when - 1]) / np.maximum(values.std(axis=1)[who], 1e-9)
        change[name] = np.array([step[who == person].mean() for person in people])
    negative = scene.table["negative_affect"]
    fitted = odds(urges(scene).assign(negative_affect=negative), "urge", ["negative_affect", "positive_affect"], lag=1)
    return {
        "tense negative affect after": boot.mean(change["tense negative"]),
        "calm positive affect after": boot.mean(change["calm positive"]),
        "tense less calm negative (relief)": boot.mean(change["tense negative"] - change["calm negative"]),
        "negative affect before (log odds)": term(fitted, "negative_affect"),
    }


def cascade(lab: Laboratory) -> dict[str, Estimate]:
    """Rumination and negative affect at one prompt, dysregulated behaviour at the next, by severity of features.

    Of people in whom dysregulated behaviour occurs at all, as in the study; simple slopes are those of people with many
    features, each at low values of the other, as its abstract reports them.
    """
    scene: Sampled = lab.scene("momentary")
    severity = scene.lives.people["severity"] + 2.0 * (scene.lives.people["cohort"] == "bpd")
    table = scene.rows("bpd", "depressed", "avoidant")
    who = table["person"].map(severity).astype(float)
    table = table.assign(
        dysregulated=_dysregulated(scene)[table.index],
        features=(who - who.mean()) / who.std(),
    )
    rows = paired(table, "dysregulated", ["rumination", "negative_affect"], lag=1)
    rows["features"] = rows["person"].map(table.groupby("person", observed=True)["features"].first().rename(str))
    fitted = _three_way(rows)
    return {
        "three-way interaction (log odds)": term(fitted, "rumination:negative_affect:features"),
        "rumination alone, many features (log odds)": term(fitted, "rumination"),
        "negative affect alone, many features (log odds)": term(fitted, "negative_affect"),
    }


def _dysregulated(scene: Sampled) -> Any:
    """[rows] whether there was binge eating, drinking or self-harm against distress, or a hostile act, since then."""
    acts = [1 + PERSONAL_STRATEGIES.index(name) for name in ("binge_eating", "alcohol", "self_harm")]
    soothed = scene.since(np.isin(scene.lives.course("coped"), acts))
    happened = (soothed > 0) | (scene.table["hostile_acts"].to_numpy() > 0)
    return pd.Series(np.where(scene.table["answered"], happened, np.nan).astype(float), index=scene.table.index)


def _three_way(rows: pd.DataFrame) -> Any:
    """Logistic model with all products.

    Simple slopes hold at one standard deviation more features than the mean, and at the lowest tenth of the other
    predictor.
    """
    import statsmodels.api as sm

    both = rows[["rumination", "negative_affect"]]
    x = (both - both.quantile(0.1)) / both.std()
    x = x.assign(features=rows["features"] - 1.0)
    for names in (("rumination", "negative_affect"), ("rumination", "features"), ("negative_affect", "features"),
                  ("rumination", "negative_affect", "features")):  # fmt: skip
        x[":".join(names)] = x[list(names)].prod(axis=1)
    x.insert(0, "intercept", 1.0)
    fit = sm.GEE(rows["outcome"], x, groups=rows["person"].to_numpy(), family=sm.families.Binomial()).fit()
    bounds = fit.conf_int()
    return pd.DataFrame({"estimate": fit.params, "low": bounds.iloc[:, 0], "high": bounds.iloc[:, 1]})


def buffer(lab: Laboratory) -> dict[str, Estimate]:
    """Sadness and decentring now, and self-harm by the next prompt."""
    table = urges(lab.scene("momentary"))
    fitted = odds(table, "urge", ["sadness", "decentring_now"], lag=1, interactions=True)
    frustration = odds(table, "urge", ["anger"], lag=0)
    return {
        "decentring (log odds)": term(fitted, "decentring_now"),
        "sadness x decentring (log odds)": term(fitted, "sadness:decentring_now"),
        "frustration (log odds)": term(frustration, "anger"),
    }


PATTERNS = [
    Pattern(
        "E1",
        "momentary",
        rate,
        {
            "share of prompts": near(0.028, 0.014),
            "share of people": near(0.39, 0.15),
            "negative affect (log odds)": Between(0.1, None, 0.1),
            "rejection (log odds)": Between(0.05, None, 0.1),
            "later in the day (log odds)": Between(0.0, None, 0.1),
            "being alone (log odds)": Between(-0.2, 0.2, 0.1),
        },
        reading="an urge: what a person who has to soothe feels like since the last prompt, before barrier and "
        "foresight; tolerances: the 95 % interval of 22 of 56 people, half of the rate of prompts",
        nulls=("being alone (log odds)",),
    ),
    Pattern(
        "E2",
        "momentary",
        course,
        {"quadratic / its error": Between(None, -1.0, 1.0)},
        reading="urges as in E1",
    ),
    Pattern(
        "E5",
        "momentary",
        relief,
        {
            "tense negative affect after": Between(None, -0.1, 0.1),
            "calm positive affect after": Between(0.02, None, 0.1),
            "tense less calm negative (relief)": Between(None, 0.0, 0.1),
            "negative affect before (log odds)": Between(0.1, None, 0.1),
        },
        reading="tense negative: anger and anxiety by arousal; calm positive: joy by lack of arousal; one tick after "
        "against one tick before, in within-person standard deviations",
    ),
    Pattern(
        "E6",
        "momentary",
        cascade,
        {
            "three-way interaction (log odds)": Between(0.01, None, 0.05),
            "rumination alone, many features (log odds)": Between(-0.2, 0.2, 0.1),
            "negative affect alone, many features (log odds)": Between(-0.2, 0.2, 0.1),
        },
        reading="features: the severity factor, two standard deviations more with the diagnosis; dysregulated "
        "behaviour: "
        "binge eating, drinking or self-harm against distress, or a hostile act, by the next prompt",
        nulls=("rumination alone, many features (log odds)", "negative affect alone, many features (log odds)"),
    ),
    Pattern(
        "E10",
        "momentary",
        buffer,
        {
            "decentring (log odds)": Between(None, -0.05, 0.1),
            "sadness x decentring (log odds)": Between(None, 0.0, 0.1),
            "frustration (log odds)": Between(0.05, None, 0.1),
        },
        reading="metacognition: decentring now; frustration: anger",
    ),
]
