"""Do self-states run anger, unworthiness, pain, soothing?  python -m experiments.claims.claim_04_order_of_states"""

from itertools import pairwise

import numpy as np

from experiments.claims.common import VERDICT_SEED, Finding, resampled, shown, verdict
from simulation.population.simulation import Simulation
from simulation.studies.couples import Group, build_couples
from simulation.theory.states import SELF_STATES

QUESTION = "Self-states run anger, then shame and unworthiness, then pain, then soothing, more often than the reverse"
ORDER = tuple(SELF_STATES.index(name) for name in ("angry", "unworthy", "fragmented", "soothing"))


def examine(size: tuple[int, int]) -> Finding:
    """Of all direct changes between these states, the share that goes forward, less one half."""
    n = 2 * size[0]
    population, _ = build_couples([Group("couples", "bpd", "reactive", n)], VERDICT_SEED)
    simulation = Simulation(population, 1 / 16, watch=range(0, 2 * n, 2), quantities=("self_state",), every=1)
    simulation.run(30 * 16)
    simulation.forget()
    simulation.run(90 * 16)
    states = simulation.parts["samples"][-1][:, :, 0].round().astype(int)
    rank = np.full(len(SELF_STATES), -1)
    rank[list(ORDER)] = np.arange(len(ORDER))
    here, there = rank[states[:-1]], rank[states[1:]]
    change = (here >= 0) & (there >= 0) & (here != there)
    forward, all_of_them = ((change & (there > here)).sum(axis=0), change.sum(axis=0))
    value, low, high = resampled(lambda i: forward[i].sum() / max(all_of_them[i].sum(), 1) - 0.5, n, VERDICT_SEED)
    word, hangs = verdict(value, low, high, least=0.02)
    told = []
    for a, b in pairwise(ORDER):
        one, back = (
            (change & (states[:-1] == a) & (states[1:] == b)).sum(),
            (change & (states[:-1] == b) & (states[1:] == a)).sum(),
        )
        told.append(f"{SELF_STATES[a]} to {SELF_STATES[b]} {one}, back {back}")
    return Finding(
        4, QUESTION, "share of forward changes, less one half", value, low, high, word, hangs, "; ".join(told) + "."
    )


if __name__ == "__main__":
    shown(examine((200, 0)))
