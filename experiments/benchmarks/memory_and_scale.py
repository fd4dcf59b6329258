"""Does a community of a million people fit, how fast is it built, and what does a person weigh?

Prints the time to build 10^6 people of mean degree 8, the time and peak memory of 30 simulated days, and by how much a
process grows for each person: with the compiled loop, with Mesa as it is written by hand (agents, network space, the
state as Python numbers), and with Mesa agents that stand on our arrays.
Run: ``python experiments/benchmarks/memory_and_scale.py``
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import time

from simulation import configure, load_case
from simulation.cases import build_population
from simulation.cases.model import Case


def resident() -> float:
    """Memory in use now, in bytes."""
    with open("/proc/self/statm", encoding="ascii") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def large(people: int, days: float) -> None:
    """Build and run a large community in this process."""
    from simulation.population.simulation import Simulation

    case = configure(load_case("community"), people=people)
    began = time.perf_counter()
    population = build_population(case)
    print(
        f"built {people:,} people, {len(population.tie_owner):,} directed ties in {time.perf_counter() - began:.1f} s"
    )
    simulation = Simulation(population, case.dt, sums=("arousal", "in_episode"))
    began = time.perf_counter()
    simulation.run(round(days / case.dt))
    spent = time.perf_counter() - began
    ticks = simulation.tick
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    print(f"{days:g} days in {spent:.0f} s ({1e9 * spent / ticks / people:.0f} ns per person-tick)")
    print(f"peak memory {peak / 2**30:.2f} GiB; arrays {population.nbytes() / people:.0f} bytes per person")


def weigh(engine: str, people: int) -> None:
    """Print by how many bytes this process grows for each person, and how many of them are the state itself."""
    from simulation.population.simulation import Simulation

    if engine != "compiled":
        from simulation.mesa_face.model import MesaSimulation
    case = configure(load_case("community"), people=people)

    def made(case: Case) -> Simulation:
        population = build_population(case)
        if engine == "compiled":
            return Simulation(population, case.dt)
        return MesaSimulation(population, case.dt, engine=engine)

    made(configure(case, people=100)).close()  # imports, machine code and small caches are no person's
    before = resident()
    kept = made(case)
    print(f"{(resident() - before) / people:.0f} {kept.population.nbytes() / people:.0f}")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=1_000_000)
    parser.add_argument("--days", type=float, default=30)
    parser.add_argument("--weigh", choices=["compiled", "mesa", "mesa-plain"], help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.weigh:
        weigh(options.weigh, 100_000)
        return
    grown = {}
    for engine in ("compiled", "mesa", "mesa-plain"):
        command = [sys.executable, __file__, "--weigh", engine]
        whole, arrays = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
        grown[engine] = float(whole)
        print(f"{engine}: the process grew by {whole} bytes per person, of which the state itself {arrays}")
    print(f"compiled / Mesa in plain Python (as by hand): 1/{grown['mesa-plain'] / grown['compiled']:.1f}")
    print(f"compiled / Mesa agents over the same arrays: 1/{grown['mesa'] / grown['compiled']:.1f}")
    large(options.people, options.days)


if __name__ == "__main__":
    main()
