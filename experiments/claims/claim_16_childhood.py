"""Does the case's childhood produce the case's schema, and a benign family not?

python -m experiments.claims.claim_16_childhood
"""

import numpy as np

from experiments.claims.common import VERDICT_SEED, Finding, resampled, shown, verdict
from simulation.cases import blueprint_of, configure, load_case
from simulation.cases.roster import Roster
from simulation.cases.schedule import Schedule
from simulation.population.blueprint import side_by_side
from simulation.population.simulation import Simulation

QUESTION = "A childhood in the case's family produces the case's schema; a benign family does not"
BENIGN = ("Father.profile=benign-parent", "Mother.profile=benign-parent")


def shares(settings: tuple[str, ...], n: int) -> np.ndarray:
    """[n] negative share of the evidence about the self under the attachment wish, at eighteen."""
    case = configure(load_case("childhood"), settings=list(settings), dt=0.125)
    whole, first = side_by_side([blueprint_of(case)] * n)
    population = whole.build((VERDICT_SEED + np.arange(n)).repeat(whole.n // n))
    schedule, simulation = Schedule([case] * n, first), Simulation(population, case.dt)
    end = round(case.days / case.dt)
    while simulation.tick < end:
        schedule.apply_due(simulation)
        simulation.run(min(schedule.next_tick, end) - simulation.tick)
        simulation.forget()
    child = first + Roster(case).number("Child")
    bad, good = (population.column(f"{kind}_evidence_attachment")[child] for kind in ("negative", "benevolent"))
    return bad / (bad + good)


def examine(size: tuple[int, int]) -> Finding:
    """The same child in the case's family and in one with benign parents, from three to eighteen."""
    n = max(size[0] // 2, 6)
    harsh, benign = shares((), n), shares(BENIGN, n)
    value, low, high = resampled(lambda i: float((harsh[i] - benign[i]).mean()), n, VERDICT_SEED)
    word, hangs = verdict(value, low, high, least=0.1)
    if word == "supported" and not (harsh.mean() > 0.5 > benign.mean()):
        word, hangs = "depends", "the families differ, but the shares do not lie on either side of one half"
    told = (
        f"Negative share of the evidence at eighteen: {harsh.mean():.2f} in the case's family, "
        f"{benign.mean():.2f} with benign parents."
    )
    return Finding(16, QUESTION, "difference of the negative share at eighteen", value, low, high, word, hangs, told)


if __name__ == "__main__":
    shown(examine((20, 0)))
