"""Is autonomous regulation first heard as rejection, then a help?  python -m experiments.claims.claim_11_autonomy"""

from experiments.claims.battery import ARMS
from experiments.claims.common import VERDICT_SEED, Finding, lived, scores, shown, treatment_claim

QUESTION = "Introducing autonomous regulation is first heard as rejection, then helps"


def examine(size: tuple[int, int]) -> Finding:
    """MIT with and without the menu of autonomous regulation, and how much rejection its offers were heard as."""
    found = treatment_claim(
        11, QUESTION, "g on severity at 18 months, without the menu less MIT", "mit", "mit-without-menu", size,
    )  # fmt: skip
    heard = scores(lived(ARMS, size[0], VERDICT_SEED), "mit", 548.0, "heard_as_rejection")
    told = (
        f"{(heard > 0.05).mean():.0%} of patients hear rejection in it, on average {heard.mean():.2f} (a "
        f"cold answer is about 0.3)."
    )
    return Finding(**{**found.__dict__, "told": told})


if __name__ == "__main__":
    shown(examine((200, 0)))
