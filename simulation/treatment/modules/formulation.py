"""T1-T4: the shared formulation of functioning, and the therapeutic contract."""

from __future__ import annotations

import numpy as np

from simulation.treatment.arithmetic import Number, held, nearer
from simulation.treatment.contract import Changes, Now, module
from simulation.treatment.quantities import POOLS, limit_of

PAPER = "Salvatore et al. 2020, 10.1177/1534650120960234"


def learned(now: Now, pool: str, share: Number) -> Number:
    """A pool after learning a ``share`` of what there still is to learn about what it moves."""
    about = POOLS[pool]
    here = now[about.moves[0]]
    room = np.maximum(about.sign * (now[limit_of(about.moves[0])] - here), 0.0)
    if about.relative:
        room = np.minimum(room / np.maximum(here, 1e-9), 1.0)
    return now[pool] + held(share, 0.0, 1.0) * np.maximum(room - now[pool], 0.0)


@module(
    "episodes", number="T1", title="telling episodes in detail, not in the abstract",
    targets=("learned_monitoring", "learned_letting_go"),
    needs=(("over_window", 0.15, -0.02), ("alliance_trust", 0.1, 0.6)),
    dose=0.07, unit="share of the monitoring still to be learned", goal=("monitoring", 0.75),
    source=f"{PAPER}, Basic principles: eliciting autobiographical episodes; dose ASSUMED",
)  # fmt: skip
def tell_episodes(now: Now, ready: Number, dose: Number) -> Changes:
    """One's own states are recognised in a concrete episode; abstract talk is diverted to one."""
    return {
        "learned_monitoring": learned(now, "learned_monitoring", dose * ready),
        "learned_letting_go": learned(now, "learned_letting_go", 0.3 * dose * ready),
    }


@module(
    "formulation", number="T2", title="a shared formulation of the schema and what sets it off",
    targets=("awareness", "learned_origins"),
    needs=(("monitoring", 0.1, 0.4), ("over_window", 0.15, -0.02), ("alliance_trust", 0.05, 0.4)),
    dose=0.35, unit="share of the way to full awareness", goal=("awareness", 0.7),
    source=f"{PAPER}, Basic principles: early formulation of schema; dose ASSUMED",
)  # fmt: skip
def formulate(now: Now, ready: Number, dose: Number) -> Changes:
    """Wish, self-images, expected response and what follows are put in order together; later, their origins."""
    return {
        "awareness": nearer(now.awareness, 1.0, dose * ready),
        "learned_origins": learned(now, "learned_origins", 0.25 * dose * ready * now.awareness),
    }


@module(
    "validation", number="T3", title="validating and normalising", technique=False,
    targets=("aftermath", "shame", "engagement", "alliance_trust", "alliance_strain"),
    needs=(("rupture", 1.4, 0.4), ("irritation", 1.0, 0.2)),
    dose=0.15, unit="share of the shame to come that is taken away", goal=None,
    source=f"{PAPER}, Basic principles: validating and normalising dysfunctional behaviours; dose ASSUMED",
)  # fmt: skip
def validate(now: Now, ready: Number, dose: Number) -> Changes:
    """What was done against pain is understood as a human attempt: less shame afterwards, more trust."""
    share = dose * ready
    return {
        "aftermath": nearer(now.aftermath, 0.0, share),
        "shame": nearer(now.shame, 0.0, 0.5 * share),
        "engagement": nearer(now.engagement, 1.0, 0.15 * share),
        "alliance_trust": nearer(now.alliance_trust, 1.0, 0.2 * share),
        "alliance_strain": nearer(now.alliance_strain, 0.0, 0.5 * share),
    }


@module(
    "contract", number="T4", title="a therapeutic contract: goals, tasks, rules, calls in crises",
    targets=("contract", "engagement"),
    needs=(("awareness", 0.0, 0.1), ("alliance_trust", 0.05, 0.4)),
    dose=0.4, unit="share of the way to a full agreement", goal=("contract", 0.9),
    source=f"{PAPER}, Basic principles and Course: therapeutic contract; dose ASSUMED",
)  # fmt: skip
def agree(now: Now, ready: Number, dose: Number) -> Changes:
    """Goals and tasks are agreed on the ground of a shared formulation; the patient may call in a crisis."""
    return {
        "contract": nearer(now.contract, 1.0, dose * ready),
        "engagement": nearer(now.engagement, 1.0, 0.25 * dose * ready),
    }
