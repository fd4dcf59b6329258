"""Do crisis calls cut self-harm early, then fade?  python -m experiments.claims.claim_10_crisis_calls"""

from experiments.claims.battery import ARMS
from experiments.claims.common import END, VERDICT_SEED, Finding, lived, scores, shown, treatment_claim

QUESTION = "Crisis calls cut self-harm in the first four to five months, then fade"


def examine(size: tuple[int, int]) -> Finding:
    """Self-harm in the quarter before day 150, with and without calls; and how often patients call, early and late."""
    found = treatment_claim(
        10, QUESTION, "g on self-harm at day 150, without calls less MIT", "mit", "mit-without-crisis-calls", size,
        column="self_harm", day=150.0,
    )  # fmt: skip
    table = lived(ARMS, size[0], VERDICT_SEED)
    calls = {
        day: scores(table, "mit", day, "answered") + scores(table, "mit", day, "unanswered")
        for day in (150.0, 274.0, END)
    }
    early, late = calls[150.0].mean() / 5, (calls[END] - calls[274.0]).mean() / 9
    return Finding(
        **{
            **found.__dict__,
            "told": f"{early:.1f} calls a month in the first five months, {late:.1f} in the last nine. {found.told}",
        }
    )


if __name__ == "__main__":
    shown(examine((200, 0)))
