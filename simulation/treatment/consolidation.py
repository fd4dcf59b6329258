"""In-session change fades unless it is used between sessions (Kolb 1984, after the paper): what use consolidates it.

What a module teaches lies in pools (`quantities.POOLS`) and moves nothing. Daily life draws on them: what is used
becomes part of the person, what is not fades. Use needs metacognition *now*: nobody practises differentiation in a
storm. So a patient who stays dysregulated loses most of what sessions teach, without anyone having said so.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from simulation.theory.numerics import kept
from simulation.treatment.arithmetic import held
from simulation.treatment.contract import Now
from simulation.treatment.quantities import BENEVOLENT, POOLS, limit_of
from simulation.treatment.reach import Ints, Reach

Floats = NDArray[np.float64]

USES = ("noticing", "differentiating", "decentring", "integrating", "regulating", "calming", "exploring", "warmth")
"""Ways in which daily life draws on what was learned."""
ADAPTIVE = 6
"""From this code of ``coped`` on, soothing is adaptive: bodily regulation, pleasant activity, reappraisal."""


def uses_of(now: Now, dt: float) -> dict[str, Floats]:
    """How much a tick of daily life drew on each thing, by patient.

    What matters with others (felt rejection and acceptance) is the occasion for noticing, differentiating, decentring
    and integrating; distress for calming oneself; adaptive soothing for skills; joy for exploring.
    """
    felt = now.in_rejection + now.in_acceptance
    soothed = np.where(now.coped >= ADAPTIVE - 0.5, 1.0, 0.0)
    excess = np.maximum(now.arousal - now.home_base, 0.0)
    return {
        "noticing": now.monitoring_now * (felt + now.in_stress * 0.2),
        "differentiating": now.differentiation_now * felt,
        "decentring": now.decentring_now * felt,
        "integrating": now.integration_now * felt,
        "regulating": soothed * 0.2 + now.mastery_now * excess * dt,
        "calming": now.mastery_now * excess * dt * 2.0 + soothed * 0.2,
        "exploring": now.joy * dt * 0.3,
        "warmth": now.in_acceptance * now.differentiation_now,
    }


def change_within_reach(luck: Floats, k: Mapping[str, float]) -> Floats:
    """Share of the way to ordinary functioning that treatment can take this patient: some go nearly all of it.

    What patients can make of a therapy differs, and nobody knows beforehand by how much; without such differences
    whoever stays long enough is cured. About half of the patients of well-conducted trials do not respond (Woodbridge
    et al. 2021, 10.1177/00048674211046893); form ASSUMED: a curve that is flat at both ends, where most people lie, the
    flatter the larger ``divide``, and reaches half at the luck that a share ``half_way`` of the patients exceed.
    """
    placed = luck ** (np.log(0.5) / np.log(1.0 - k["half_way"]))
    far, near = placed ** k["divide"], (1.0 - placed) ** k["divide"]
    within: Floats = far / (far + near)
    return within


def trust_at_first(trust: Floats, within_reach: Floats, k: Mapping[str, float]) -> Floats:
    """Trust in the therapist as therapy begins: more in those whom it can take far, as both hang on openness to others.

    Epistemic trust, the readiness to take in what another mind offers, is what lets people change by therapy (Fonagy,
    Luyten & Allison 2015, 10.1521/pedi.2015.29.5.575). Trust in parents did not tell who changed
    (10.1186/s40479-019-0110-7), so it is trust in the therapist here. Size ASSUMED.
    """
    return held(trust + k["epistemic_trust"] * (within_reach - 0.5), 0.0, 1.0)


def consolidate(reach: Reach, rows: Ints, use: Mapping[str, Floats], days: float, k: Mapping[str, float]) -> None:
    """What was used in the last ``days`` becomes part of the person; the rest fades.

    Args:
        reach: The patients.
        rows: Those to whom it happens.
        use: By way, [rows] amounts since the last time.
        days: Length of that time.
        k: Constants of treatment.
    """
    now = reach.now(rows)
    aware = 0.4 + 0.6 * now.awareness
    fading = kept(k["fade"], days)
    for name, pool in POOLS.items():
        learned = now[name]
        drawn = use[pool.use] * aware
        share = held(k["consolidation"] * days * drawn / (drawn + k["half_use"] * days), 0.0, 1.0)
        moved = share * learned
        for parameter in pool.moves:
            here = now[parameter]
            step = moved * here if pool.relative else moved
            beyond = pool.sign * (now[limit_of(parameter)] - here)
            reach.put(parameter, rows, here + pool.sign * np.minimum(step, np.maximum(beyond, 0.0)))
        reach.put(name, rows, held((learned - moved) * fading, 0.0, 1.0))
    noticed = k["experiment_evidence"] * now.experiment * use["warmth"]
    for evidence in BENEVOLENT:
        reach.put(evidence, rows, np.minimum(now[evidence] + noticed, 1000.0))
    reach.put("experiment", rows, now.experiment * kept(k["experiment_fade"], days))
