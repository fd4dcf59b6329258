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
FIFTEEN_DAYS = 15
SELF_HARM = 4
"""Code of self-harm among the strategies felt like and chosen."""
FORTNIGHT = 14
REPEATEDLY = 2
"""Dysregulated acts in a fortnight for which people count as behaviourally dysregulated. ASSUMED."""


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

    Two weeks of people who are behaviourally dysregulated, as in the study: the two weeks before show who is. Simple
    slopes are those of people with many features, each at low values of the other, as its abstract reports them.
    """
    scene: Sampled = lab.scene("momentary")
    severity = scene.lives.people["severity"] + 2.0 * (scene.lives.people["cohort"] == "bpd")
    table = scene.rows("bpd", "depressed", "avoidant")
    table = table.assign(dysregulated=_dysregulated(scene)[table.index])
    before = table[table["day"] < FORTNIGHT].groupby("person", observed=True)["dysregulated"].sum()
    studied = table["person"].isin(before.index[before >= REPEATEDLY]) & (table["day"] >= FORTNIGHT)
    table = table[studied]
    who = table["person"].map(severity).astype(float)
    table = table.assign(features=(who - who.mean()) / who.std())
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
    both = rows[["rumination", "negative_affect"]]
    x = (both - both.quantile(0.1)) / both.std()
    x = x.assign(features=rows["features"] - 1.0)
    for names in (("rumination", "negative_affect"), ("rumination", "features"), ("negative_affect", "features"),
                  ("rumination", "negative_affect", "features")):  # fmt: skip
        x[":".join(names)] = x[list(names)].prod(axis=1)
    x.insert(0, "intercept", 1.0)
    return _fitted(rows, x)


def buffer(lab: Laboratory) -> dict[str, Estimate]:
    """Momentary sadness, the capacity for decentring, and self-harm by the next prompt; frustration at the prompt.

    The study (10.1007/s11126-020-09875-7, abstract) asked for decentring once, in a questionnaire, and took people with
    the disorder, students and healthy people.
    """
    scene: Sampled = lab.scene("momentary")
    harmed = scene.since(scene.lives.course("coped") == SELF_HARM) > 0
    table = scene.table.assign(act=np.where(scene.table["answered"], harmed, np.nan).astype(float))
    table = table[table["cohort"].isin(("bpd", "community")) & (table["day"] < FIFTEEN_DAYS)]
    decentring = scene.people["decentring"]
    capacity = pd.Series(np.log(decentring / (1.0 - decentring)))
    rows = paired(table, "act", ["sadness"], lag=1)
    moderated = _moderated(rows, "sadness", capacity)
    frustration = odds(table, "act", ["anger"], lag=0)
    return {
        "decentring (log odds)": term(_fitted(rows, moderated), "trait"),
        "sadness x decentring (probability)": term(_fitted(rows, moderated, logistic=False), "sadness:trait"),
        "frustration (log odds)": term(frustration, "anger"),
    }


def _moderated(rows: pd.DataFrame, predictor: str, trait: pd.Series) -> pd.DataFrame:
    """Terms of a model: a momentary predictor and a trait, both in standard deviations, and their product."""
    of_person = rows["person"].map(trait.rename(str)).astype(float)
    x = pd.DataFrame({"intercept": 1.0, predictor: rows[predictor] / rows[predictor].std()})
    x["trait"] = (of_person - of_person.mean()) / of_person.std()
    x[f"{predictor}:trait"] = x[predictor] * x["trait"]
    return x


def _fitted(rows: pd.DataFrame, x: pd.DataFrame, logistic: bool = True) -> Any:
    """Estimates and bounds by term, with robust errors for prompts of the same person (GEE).

    Of the log odds, or else of the probability itself (a linear model).
    """
    import statsmodels.api as sm

    family = sm.families.Binomial() if logistic else sm.families.Gaussian()
    fit = sm.GEE(rows["outcome"], x, groups=rows["person"].to_numpy(), family=family).fit()
    bounds = fit.conf_int()
    return pd.DataFrame({"estimate": fit.params, "low": bounds.iloc[:, 0], "high": bounds.iloc[:, 1]})


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
        "behaviour: binge eating, drinking or self-harm against distress, or a hostile act, by the next prompt; of "
        "people with two such acts in the fortnight before",
        nulls=("rumination alone, many features (log odds)", "negative affect alone, many features (log odds)"),
    ),
    Pattern(
        "E10",
        "momentary",
        buffer,
        {
            "decentring (log odds)": Between(None, -0.05, 0.1),
            "sadness x decentring (probability)": Between(None, 0.0, 0.002),
            "frustration (log odds)": Between(0.05, None, 0.1),
        },
        reading="metacognition: the capacity for decentring, as the study asked for it once; of people with borderline "
        "personality disorder and of the community, over fifteen days; moderation of the probability of the act, as in "
        "the table of patterns (by the scale of log odds sadness adds relatively more where decentring is good and "
        "acts are rare); frustration: anger",
    ),
]
