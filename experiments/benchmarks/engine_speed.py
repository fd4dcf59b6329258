"""How much faster is the compiled loop than Mesa stepping people through the same theory in plain Python?

Prints person-ticks per second of each engine and their ratio, measured in one run on one core, and the cost of a
person-tick of the compiled loop from a thousand to a million people.
Run: ``python experiments/benchmarks/engine_speed.py``
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable

from simulation import configure, load_case
from simulation.cases import build_population
from simulation.mesa_face.model import MesaSimulation
from simulation.population.simulation import Simulation


def seconds(work: Callable[[], None]) -> float:
    """Wall time of one call."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def community(people: int) -> Simulation:
    """A community of mean degree 8, warmed up."""
    case = configure(load_case("community"), people=people)
    simulation = Simulation(build_population(case), case.dt)
    simulation.run(3)
    return simulation


def person_ticks_per_second(people: int, ticks: int, repeats: int) -> float:
    """Median rate of the compiled loop."""
    simulation = community(people)
    rates = sorted(people * ticks / seconds(lambda: simulation.run(ticks)) for _ in range(repeats))
    return rates[len(rates) // 2]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=10_000, help="people in the comparison with Mesa")
    parser.add_argument("--largest", type=int, default=1_000_000, help="largest population of the scaling series")
    options = parser.parse_args()

    compare(options.people)
    scale(options.largest)


def compare(people: int) -> None:
    """Compiled loop against Mesa, in turn, so that a change in the machine's speed meets both."""
    case = configure(load_case("community"), people=people)
    mesa = MesaSimulation(build_population(case), case.dt, engine="mesa-plain")
    mesa.run(1)
    compiled = community(people)
    ratios, rates = [], []
    for _ in range(3):
        fast = people * 40 / seconds(lambda: compiled.run(40))
        slow = people / seconds(lambda: mesa.run(1))
        ratios.append(fast / slow)
        rates.append((fast, slow))
    fast, slow = sorted(rates)[1]
    print(f"N = {people}: compiled {fast:,.0f} person-ticks/s; Mesa in plain Python {slow:,.0f}/s")
    print(f"compiled / Mesa plain Python: {min(ratios):.0f}x to {max(ratios):.0f}x")


def scale(largest: int) -> None:
    """Cost of a person-tick from a thousand people up."""
    cost = {}
    people = 1_000
    while people <= largest:
        rate = person_ticks_per_second(people, max(4, 2_000_000 // people), repeats=3)
        cost[people] = 1e9 / rate
        print(f"N = {people:>9,}: {cost[people]:7.0f} ns per person-tick")
        people *= 10
    print(f"largest / smallest cost: {max(cost.values()) / min(cost.values()):.2f}x")


if __name__ == "__main__":
    main()
