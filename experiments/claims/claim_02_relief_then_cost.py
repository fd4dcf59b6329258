"""Does maladaptive mastery relieve at once and sustain later?

python -m experiments.claims.claim_02_relief_then_cost
"""

from experiments.claims.common import VERDICT_SEED, Finding, resampled, shown, verdict
from experiments.claims.couples import first_persons
from simulation.studies.couples import Group

QUESTION = "Maladaptive mastery relieves at once and sustains dysregulation later"


def examine(size: tuple[int, int]) -> Finding:
    """Cut the relief, or the later cost, of personal strategies: both must show in the time spent in episodes."""
    n = 3 * size[0]
    cuts = {"whole": {}, "no relief": {"momentary_relief": 0.0}, "no later cost": {"later_cost": 0.0}}
    groups = {name: Group(name, "bpd", "reactive", n, constants=cut) for name, cut in cuts.items()}
    time = first_persons(groups, "in_episode", VERDICT_SEED)
    relief, cost = time["no relief"] - time["whole"], time["whole"] - time["no later cost"]
    value, low, high = resampled(lambda i: cost[i].mean(), n, VERDICT_SEED)
    _, relief_low, _ = resampled(lambda i: relief[i].mean(), n, VERDICT_SEED)
    word, hangs = verdict(value, low, high, least=0.005)
    if word == "supported" and relief_low <= 0:
        word, hangs = "depends", "the later cost shows, the relief does not"
    told = (
        f"Without the later cost {value:+.1%} less of the time in episodes; without the relief "
        f"{relief.mean():+.1%} more."
    )
    return Finding(2, QUESTION, "time in episodes that the later cost adds", value, low, high, word, hangs, told)


if __name__ == "__main__":
    shown(examine((200, 0)))
