"""Do Angie's published scores lie within what the simulation gives?  python -m experiments.claims.claim_15_angie"""

import numpy as np

from experiments.angie import many, table_of
from experiments.claims.common import VERDICT_SEED, Finding, resampled, shown

QUESTION = "Angie: DERS 118 to 57, GSI 2.100 to 0.222, criteria 8 to fewer than 5, dysregulation before differentiation"


def examine(size: tuple[int, int]) -> Finding:
    """How many of the published scores lie in the central 80 % of as many Angies as seeds."""
    n = 2 * size[0]
    found = many(VERDICT_SEED, n, "mit")
    table, more = table_of(found)
    told = table[table["in the central 80 %"] != ""]
    inside = (told["in the central 80 %"] == "yes").tolist()
    days = sorted(found["day"].unique())
    start, end = (found[found["day"] == d].sort_values("seed")["gsi"].to_numpy() for d in (days[0], days[-1]))
    value, low, high = resampled(lambda i: float((start[i] - end[i]).mean() / start.std(ddof=1)), n, VERDICT_SEED)
    outside = [f"{o} at {m}" for o, m, ok in zip(told["outcome"], told["moment"], inside, strict=True) if not ok]
    order = more["dysregulation first or together"]
    good = not outside and order > 0.5
    word = "supported" if good else "not supported" if np.mean(inside) < 0.5 else "depends"
    hangs = "" if good else "outside: " + ", ".join(outside) if outside else "the order of change"
    return Finding(15, QUESTION, "fall of the GSI from intake to 30 months, in SD", value, low, high, word, hangs,
                   f"{sum(inside)} of {len(inside)} published scores lie in the central 80 % of {n} seeds; "
                   f"dysregulation changes "
                   f"first or together in {order:.0%}; {more['left treatment']:.0%} leave treatment.")  # fmt: skip


if __name__ == "__main__":
    shown(examine((30, 0)))
