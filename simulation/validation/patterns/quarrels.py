"""C6, C8. Where quarrelsomeness comes from, and how behaviour varies on the interpersonal circle."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from simulation.measures.affect import NEGATIVE
from simulation.measures.circumplex import places_of, variability
from simulation.measures.contingency import person_slopes
from simulation.measures.causes import causes_of
from simulation.validation.criteria import Between, less, more, null
from simulation.validation.estimates import Estimate
from simulation.validation.pattern import Pattern

if TYPE_CHECKING:
    from simulation.validation.laboratory import Laboratory
    from simulation.validation.scenes.momentary import Sampled

STUDY_DAYS = 20


def interactions(scene: Sampled) -> pd.DataFrame:
    """One row per interaction that reached both, as event-contingent studies record it, in the shape of prompts.

    ``percept``: coldness as perceived; ``behaviour``: the person's own coldness in it; ``negative``: their negative
    affect right after. Sadikaj et al. 2013: 20 days.
    """
    causes = causes_of(scene.lives.recording.events)
    person = np.array([*causes.names, ""], dtype=object)[causes.person]
    percept = causes.percept & (causes.tick * scene.lives.dt < STUDY_DAYS)
    rows = np.flatnonzero(percept)
    # a percept of an act is answered by the next event, the reply; a percept of a reply follows the person's own act
    of_act = causes.kind[rows] == "percept_of_act"
    cause = causes.cause[rows]
    act_of_reply = causes.cause[np.maximum(cause, 0)]
    back = np.where(
        causes.percept[np.maximum(act_of_reply, 0)], causes.cause[np.maximum(act_of_reply, 0)], act_of_reply
    )
    own = np.where(of_act, np.minimum(rows + 1, len(causes.kind) - 1), back)
    fine = (
        (own >= 0)
        & causes.behaviour[own]
        & (causes.person[own] == causes.person[rows])
        & (causes.what[rows] != "unavailable")
    )
    rows, own = rows[fine], own[fine]
    order = {name: k for k, name in enumerate(scene.people.index)}
    who = np.array([order.get(name, -1) for name in person[rows]])
    keep = who >= 0
    rows, own, who = rows[keep], own[keep], who[keep]
    tick = causes.tick[rows]
    courses = [scene.lives.course(name) for name in NEGATIVE]
    frame = pd.DataFrame(
        {
            "person": scene.people.index.to_numpy()[who], "day": 0, "percept": -causes.perceived[rows],
            "behaviour": -causes.affiliation[own], "negative": np.mean([c[who, tick] for c in courses], axis=0),
        }
    )  # fmt: skip
    frame["prompt"] = frame.groupby("person").cumcount()
    return frame


def reactivity(lab: Laboratory) -> dict[str, Estimate]:
    """Three slopes within each person, compared between groups; and how much negative affect carries."""
    scene: Sampled = lab.scene("momentary")
    boot = lab.bootstrap
    rows = interactions(scene)
    affect = person_slopes(rows, "negative", ["percept"])["percept"]
    total = person_slopes(rows, "behaviour", ["percept"])["percept"]
    both = person_slopes(rows, "behaviour", ["percept", "negative"])
    pairs = {
        "percept, affect (d)": affect, "percept, behaviour (d)": total, "own affect, behaviour (d)": both["negative"],
    }  # fmt: skip
    found = {name: boot.d(scene.of(s, "bpd"), scene.of(s, "community")) for name, s in pairs.items()}
    carried = scene.of(affect * both["negative"], "bpd")
    return {**found, "carried by negative affect in bpd (d)": boot.standardised(carried)}


def circle(lab: Laboratory) -> dict[str, Estimate]:
    """Level and variability of behaviour on the interpersonal circle."""
    scene: Sampled = lab.scene("momentary")
    places = places_of(scene.lives.recording.events)
    places = places[places["person"].isin(scene.people.index)]
    places = places.assign(person=places["person"].astype(str))
    found = variability(places)
    parts = places.assign(
        quarrelsome=(-places["affiliation"]).clip(lower=0), agreeable=places["affiliation"].clip(lower=0),
        submissive=(-places["dominance"]).clip(lower=0), dominant=places["dominance"].clip(lower=0),
    ).groupby("person")[["quarrelsome", "agreeable", "submissive", "dominant"]]  # fmt: skip
    mean, sd = parts.mean(), parts.std()
    compared = {
        "quarrelsome (d)": mean["quarrelsome"], "submissive (d)": mean["submissive"], "dominant (d)": mean["dominant"],
        "variability of dominant acts (d)": sd["dominant"], "variability of quarrelsome acts (d)": sd["quarrelsome"],
        "variability of agreeable acts (d)": sd["agreeable"], "spin (d)": found["spin"],
    }  # fmt: skip
    return {name: lab.bootstrap.d(scene.of(v, "bpd"), scene.of(v, "community")) for name, v in compared.items()}


PATTERNS = [
    Pattern(
        "C6", "momentary", reactivity,
        {
            "percept, affect (d)": more(), "percept, behaviour (d)": more(), "own affect, behaviour (d)": null(),
            "carried by negative affect in bpd (d)": Between(0.1, None, 0.1),
        },
        reading="each interaction in which both took part, for 20 days",
        nulls=("own affect, behaviour (d)",),
    ),
    Pattern(
        "C8", "momentary", circle,
        {
            "quarrelsome (d)": more(), "submissive (d)": more(), "dominant (d)": less(),
            "variability of dominant acts (d)": more(), "variability of quarrelsome acts (d)": more(),
            "variability of agreeable acts (d)": more(), "spin (d)": more(),
        },
    ),
]  # fmt: skip
