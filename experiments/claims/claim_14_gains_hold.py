"""Do gains hold at twelve months while abrupt anger remains?  python -m experiments.claims.claim_14_gains_hold"""

import numpy as np

from experiments.claims.battery import ARMS
from experiments.claims.common import END, FOLLOW_UP, VERDICT_SEED, Finding, lived, resampled, scores, shown, verdict

QUESTION = "Gains hold twelve months after weekly therapy, while abrupt anger remains, much rarer"


def examine(size: tuple[int, int]) -> Finding:
    """Share of the gain against nothing at 18 months that is there at 30, less one half; and intense anger left."""
    table = lived(ARMS, size[0], VERDICT_SEED)
    gain = {d: scores(table, "none", d, "severity") - scores(table, "mit", d, "severity") for d in (END, FOLLOW_UP)}

    def kept(i: np.ndarray) -> float:
        return gain[FOLLOW_UP][i].mean() / gain[END][i].mean() - 0.5 if gain[END][i].mean() > 0 else np.nan

    value, low, high = resampled(kept, len(gain[END]), VERDICT_SEED)
    word, hangs = verdict(value, low, high)
    before, after = (scores(table, "mit", d, "high_anger").mean() for d in (0.0, FOLLOW_UP))
    if word == "supported" and not 0.02 * before < after < 0.5 * before:
        word, hangs = "depends", "gains hold, but intense anger does not become much rarer"
    told = (
        f"{value + 0.5:.0%} of the gain is there at 30 months. Intense anger: {before:.1%} of the time "
        f"before, {after:.1%} after."
    )
    return Finding(14, QUESTION, "share of the gain kept, less one half", value, low, high, word, hangs, told)


if __name__ == "__main__":
    shown(examine((200, 0)))
