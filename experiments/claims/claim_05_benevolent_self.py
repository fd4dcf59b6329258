"""Is the benevolent self harder to reach as severity rises, and restored by healthy-self work?

python -m experiments.claims.claim_05_benevolent_self
"""

import numpy as np

from experiments.claims.battery import ARMS
from experiments.claims.common import END, VERDICT_SEED, Finding, lived, resampled, scores, shown, verdict

QUESTION = "The benevolent self-image is harder to reach as severity rises; healthy-self work restores it"


def examine(size: tuple[int, int]) -> Finding:
    """Correlation of severity and the benevolent self before treatment; what healthy-self work adds by the end."""
    table = lived(ARMS, size[0], VERDICT_SEED)
    severity, self_image = (scores(table, "mit", 0.0, column) for column in ("severity", "benevolent_self"))
    r, r_low, _ = resampled(
        lambda i: -float(np.corrcoef(severity[i], self_image[i])[0, 1]), len(severity), VERDICT_SEED
    )
    whole, less = (scores(table, arm, END, "benevolent_self") for arm in ("mit", "mit-without-healthy-self"))
    gain = whole - less
    spread = float(np.std(self_image, ddof=1))
    value, low, high = resampled(lambda i: float(gain[i].mean()) / spread, len(gain), VERDICT_SEED)
    word, hangs = verdict(value, low, high)
    if r_low <= 0 or (word != "supported" and r_low > 0):
        word, hangs = "depends", "severity makes it hard to reach; that healthy-self work adds to MIT does not show"
    if r_low <= 0 and low <= 0:
        word, hangs = "not supported", ""
    told = (
        f"Severity and the benevolent self correlate at {-r:.2f} before treatment; healthy-self work "
        f"adds {value:.2f} SD by 18 months."
    )
    return Finding(
        5,
        QUESTION,
        "benevolent self at 18 months, MIT with less without healthy-self work, in SD",
        value,
        low,
        high,
        word,
        hangs,
        told,
    )


if __name__ == "__main__":
    shown(examine((200, 0)))
