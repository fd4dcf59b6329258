"""What does recording summaries cost, and how long does the case of the paper take?

Run: ``python experiments/benchmarks/recording_cost.py``
"""

from __future__ import annotations

import statistics
import time

from simulation import Record, configure, load_case, run
from simulation.cases import build_population
from simulation.population.simulation import Simulation
from simulation.recording.recording import SUMMARIES


def main() -> None:
    """Measure and print."""
    case = configure(load_case("community"), people=10_000)
    bare = Simulation(build_population(case), case.dt)
    summed = Simulation(build_population(case), case.dt, sums=SUMMARIES)
    times: dict[str, list[float]] = {"bare": [], "summed": []}
    for simulation in (bare, summed):
        simulation.run(5)
    for _ in range(9):
        for name, simulation in (("bare", bare), ("summed", summed)):
            began = time.perf_counter()
            simulation.run(20)
            times[name].append(time.perf_counter() - began)
    ratio = statistics.median(b / a for a, b in zip(times["bare"], times["summed"], strict=True))
    print(f"recording {len(SUMMARIES)} summaries of 10,000 people costs {100 * (ratio - 1):.1f} % of a run")
    for label, record in (("everything", Record()), ("nothing", Record.nothing())):
        recording = run("angie", record=record)
        print(
            f"angie, {recording.days:.0f} days, recording {label}: {recording.seconds_simulating:.2f} s simulating "
            f"({recording.person_ticks:,} person-ticks)"
        )


if __name__ == "__main__":
    main()
