"""Are the domains together worse than the sum of each alone?  python -m experiments.claims.claim_01_perfect_storm"""

from experiments.claims.common import VERDICT_SEED, Finding, resampled, shown, values, verdict
from experiments.claims.couples import DOMAINS, first_persons, with_domains
from simulation.studies.couples import Group

QUESTION = "The domains together are worse than the sum of each alone (a perfect storm)"


def excess(size: int, seed: int, partner: str) -> tuple[float, float, float]:
    """Time in episodes with all domains, beyond ordinary and the sum of what each domain adds alone."""
    kinds = {"none": (), **{name: (name,) for name in DOMAINS}, "all": tuple(DOMAINS)}
    groups = {
        name: Group(name, "ordinary", partner, size, first_values=with_domains(domains))
        for name, domains in kinds.items()
    }
    time = first_persons(groups, "in_episode", seed)
    beyond = time["all"] - time["none"] - sum(time[name] - time["none"] for name in DOMAINS)
    return resampled(lambda i: beyond[i].mean(), size, seed)


def examine(size: tuple[int, int]) -> Finding:
    """The paper's four domains, one at a time and together, in people who are ordinary otherwise."""
    value, low, high = excess(2 * size[0], VERDICT_SEED, "ordinary")
    others = (
        {f"with a {p} partner": excess(2 * size[0], VERDICT_SEED, p) for p in ("reactive", "tolerant")}
        if size[1]
        else {}
    )
    word, hangs = verdict(value, low, high, others, least=0.02)
    return Finding(
        1,
        QUESTION,
        "time in episodes beyond the sum of the domains",
        value,
        low,
        high,
        word,
        hangs,
        f"All domains together add {value:.0%} of the time more than the four alone add up to.",
        values(others),
    )


if __name__ == "__main__":
    shown(examine((200, 0)))
