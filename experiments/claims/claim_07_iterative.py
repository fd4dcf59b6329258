"""Does iterative gating beat fixed phases?  python -m experiments.claims.claim_07_iterative"""

from experiments.claims.common import Finding, shown, treatment_claim

QUESTION = "Iterative gating on the patient's state beats fixed phases"


def examine(size: tuple[int, int]) -> Finding:
    """MIT against the same modules in the same order in fixed stretches."""
    return treatment_claim(
        7, QUESTION, "g on severity at 18 months, fixed phases less MIT", "mit", "mit-fixed-phases", size,
        told="Same modules, same order; only the rule differs.",
    )  # fmt: skip


if __name__ == "__main__":
    shown(examine((200, 0)))
