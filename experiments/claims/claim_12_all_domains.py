"""Does treating every domain beat each single one, with less drop-out?

python -m experiments.claims.claim_12_all_domains
"""

import numpy as np
import pandas as pd

from experiments.claims.battery import ARMS, SINGLE
from experiments.claims.common import (
    END,
    VERDICT_SEED,
    Effect,
    Finding,
    advantage,
    lived,
    scores,
    sensitivity,
    shown,
    values,
    verdict,
)

QUESTION = "The multi-domain treatment beats each single-domain one and has less drop-out"


def examine(size: tuple[int, int]) -> Finding:
    """MIT against the best of the single-domain treatments, on severity; and drop-out."""
    table = lived(ARMS, size[0], VERDICT_SEED)
    found = {arm: advantage(table, "mit", arm, VERDICT_SEED) for arm in SINGLE}
    closest = min(found, key=lambda arm: found[arm][0])
    value, low, high = found[closest]

    def least(t: pd.DataFrame) -> Effect:
        return min(advantage(t, "mit", arm, VERDICT_SEED) for arm in SINGLE)

    others = sensitivity(least, ARMS, size[1], VERDICT_SEED + 500) if size[1] else {}
    word, hangs = verdict(value, low, high, others)
    left = {arm: float(np.mean(np.isfinite(scores(table, arm, END, "dropped_at")))) for arm in ("mit", *SINGLE)}
    if any(left["mit"] > left[arm] for arm in SINGLE) and word == "supported":
        word, hangs = "depends", "on the outcome: severity, but not drop-out"
    told = f"The closest is {closest}. Drop-out: " + ", ".join(f"{a} {x:.0%}" for a, x in left.items()) + "."
    return Finding(
        12,
        QUESTION,
        "g on severity at 18 months, closest single domain less MIT",
        value,
        low,
        high,
        word,
        hangs,
        told,
        {**values(others), **{f"against {a}": v[0] for a, v in found.items()}},
    )


if __name__ == "__main__":
    shown(examine((200, 0)))
