"""Does unsupervised counter-reaction harm?  python -m experiments.claims.claim_09_supervision"""

from experiments.claims.common import Finding, shown, treatment_claim

QUESTION = "Counter-reactions of a therapist without supervision harm"


def examine(size: tuple[int, int]) -> Finding:
    """MIT against MIT by therapists who have nobody to talk to."""
    return treatment_claim(
        9, QUESTION, "g on severity at 18 months, without supervision less MIT", "mit", "mit-without-supervision", size,
    )  # fmt: skip


if __name__ == "__main__":
    shown(examine((200, 0)))
