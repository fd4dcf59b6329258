"""How long does an 18-month trial of two arms with 1,000 patients each take, everyone in a network of their own?

    python experiments/benchmarks/trial_time.py [--patients 1000]

Ticks of 1/8 day; 18 months of treatment after 90 days of burn-in; parts of 250 patients on all processors. Screening is
left out (it is another trial of 90 days); treatment and questionnaires are in.
"""

from __future__ import annotations

import argparse
import os
import time

import numpy as np

from simulation.treatment.assignment import Phase
from simulation.treatment.catalogue import TREATMENTS
from simulation.trials.conduct import Arm, Job
from simulation.trials.run import PART, gathered


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--patients", type=int, default=1000)
    given = parser.parse_args()
    arms = tuple(Arm(name, TREATMENTS[name], (Phase(0, 548, 7),)) for name in ("mit", "supportive"))
    numbers = np.arange(given.patients)
    jobs = [
        Job(arms, "bpd", 1, 0.125, 548.0, numbers[i : i + PART], (0.0, 548.0)) for i in range(0, given.patients, PART)
    ]
    gathered([Job(arms, "bpd", 1, 0.125, 7.0, numbers[:2], (0.0, 7.0))], 1)  # compiled before the clock starts
    began = time.perf_counter()
    table = gathered(jobs, None)
    seconds = time.perf_counter() - began
    print(f"{given.patients} patients per arm, two arms: {seconds:.1f} s on {os.cpu_count()} processors "
          f"({len(table)} assessments)")  # fmt: skip


if __name__ == "__main__":
    main()
