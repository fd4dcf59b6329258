"""The rival explanation: how much of the effect is support alone?  python -m experiments.claims.claim_13_rival"""

import numpy as np

from experiments.claims.battery import ARMS
from experiments.claims.common import END, VERDICT_SEED, Finding, lived, resampled, scores, shown, verdict

QUESTION = "Support alone (alliance, validation, calm) explains less than half of the effect"


def examine(size: tuple[int, int]) -> Finding:
    """Share of MIT's effect against nothing that support alone has; the claim is about one half less this share."""
    table = lived(ARMS, size[0], VERDICT_SEED)
    mit, support, none = (scores(table, arm, END, "severity") for arm in ("mit", "supportive", "none"))

    def share(i: np.ndarray) -> float:
        effect = none[i].mean() - mit[i].mean()
        return 0.5 - (none[i].mean() - support[i].mean()) / effect if effect > 0 else np.nan

    value, low, high = resampled(share, len(mit), VERDICT_SEED)
    word, hangs = verdict(value, low, high)
    told = (
        f"Support has {0.5 - value:.0%} of the effect of MIT on severity (interval {0.5 - high:.0%} to "
        f"{0.5 - low:.0%})."
    )
    return Finding(13, QUESTION, "one half less the share of support", value, low, high, word, hangs, told)


if __name__ == "__main__":
    shown(examine((200, 0)))
