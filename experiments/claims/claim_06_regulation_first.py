"""Does regulation before differentiation beat the reverse?  python -m experiments.claims.claim_06_regulation_first"""

from experiments.claims.common import Finding, shown, treatment_claim

QUESTION = "Regulation before differentiation beats the reverse order"


def examine(size: tuple[int, int]) -> Finding:
    """MIT against its modules in the reverse order, in fixed stretches; the same patients in both."""
    return treatment_claim(
        6, QUESTION, "g on severity at 18 months, reverse order less MIT", "mit", "mit-reversed-order", size,
        told="The reverse order is given in fixed stretches, so this compares order and gating together.",
    )  # fmt: skip


if __name__ == "__main__":
    shown(examine((200, 0)))
