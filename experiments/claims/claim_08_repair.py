"""Does repairing ruptures matter?  python -m experiments.claims.claim_08_repair"""

from experiments.claims.common import Finding, shown, treatment_claim

QUESTION = "Repairing ruptures matters, because technique during a rupture fails"


def examine(size: tuple[int, int]) -> Finding:
    """MIT against MIT in which ruptures are neither looked for nor repaired."""
    return treatment_claim(
        8, QUESTION, "g on severity at 18 months, without repair less MIT", "mit", "mit-without-repair", size,
        told="That technique fails during a rupture is assumed by the modules; what it costs is measured here.",
    )  # fmt: skip


if __name__ == "__main__":
    shown(examine((200, 0)))
