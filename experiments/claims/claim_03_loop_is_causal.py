"""Is the interpersonal loop causal?  python -m experiments.claims.claim_03_loop_is_causal"""

from experiments.claims.common import VERDICT_SEED, Finding, resampled, shown, values, verdict
from experiments.claims.couples import first_persons
from simulation.studies.couples import Group

QUESTION = "The interpersonal loop is causal: fixing the other's reactions lowers episodes"


def examine(size: tuple[int, int]) -> Finding:
    """Couples with and without the arrow from felt reactions and strain to rejection."""
    found = {}
    n = 3 * size[0]
    for partner in ("reactive", "ordinary", "tolerant"):
        groups = {
            "whole": Group("whole", "bpd", partner, n),
            "fixed": Group("fixed", "bpd", partner, n, constants={"others_rejection": 0.0}),
        }
        time = first_persons(groups, "in_episode", VERDICT_SEED)
        found[partner] = time["whole"] - time["fixed"]
    gains = {p: resampled(lambda i, gain=gain: gain[i].mean(), n, VERDICT_SEED) for p, gain in found.items()}
    value, low, high = gains["reactive"]
    others = {f"partner {p}": gains[p] for p in ("ordinary", "tolerant")}
    word, hangs = verdict(value, low, high, others, least=0.01)
    told = (
        f"With a reactive partner {value:.0%} of the time less in episodes once the other no longer "
        f"answers strain with coldness."
    )
    return Finding(
        3, QUESTION, "time in episodes that the loop adds", value, low, high, word, hangs, told, values(others)
    )


if __name__ == "__main__":
    shown(examine((200, 0)))
