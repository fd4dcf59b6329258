"""Which constants and profile centres fit the published patterns best, and can parameters be recovered at all?

    python experiments/calibration.py search --minutes 30      search on; resumes where it stopped (results/calibration)
    python experiments/calibration.py adopt                    write the chosen profile values into profiles.toml
    python experiments/calibration.py recover                  identifiability and simulation-based calibration
    python experiments/calibration.py posterior                a posterior with pyABC for one virtual study

The search uses CMA-ES (Optuna) over simulation/calibration/space.toml against the distances of all patterns at once;
its journal, budget and best point stay in the results folder. Nothing is switched by pattern.
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path

import numpy as np

OUT = Path("results/calibration")


def search(options: argparse.Namespace) -> None:
    from simulation.calibration.search import Budget, search
    from simulation.calibration.space import read_space

    budget = Budget(trials=options.trials, minutes=options.minutes, seed=options.seed)
    found = search(options.out, read_space(options.space), budget, options.groups, tell=print)
    print(f"badness {found['start']:.3f} at the start, {found['badness']:.3f} in trial {found['trial']} of {found['trials']}")


def adopt(options: argparse.Namespace) -> None:
    from simulation.calibration.adopt import adopt

    constants = adopt(options.out, Path("simulation/cases/profiles.toml"))
    print("profiles.toml holds the chosen values now; constants, declared in simulation/theory/constants.py:")
    for name, value in constants.items():
        print(f"  {name} = {value:.4g}")


def recover(options: argparse.Namespace) -> None:
    from simulation.calibration.recovery import recover, write_recovery
    from simulation.calibration.virtual_studies import RECOVERED, Design, table_of
    from simulation.population.compiled import fingerprint

    began = time.perf_counter()
    table = table_of(RECOVERED, options.simulations, options.seed)
    found = recover(table, RECOVERED, options.simulations // 10, options.seed)
    about = {"seed": options.seed, "theory": fingerprint(), "design": vars(Design()), "seconds": round(time.perf_counter() - began)}
    write_recovery(found, options.out / "recovery", about)
    print((options.out / "recovery" / "recovery.md").read_text(encoding="utf-8"))


def posterior(options: argparse.Namespace) -> None:
    from simulation.calibration.abc import fitted_summary, sampled
    from simulation.calibration.virtual_studies import RECOVERED, drawn_points, simulated, table_of

    pilot = table_of(RECOVERED, options.simulations // 4, options.seed)
    summary = fitted_summary(pilot["points"], pilot["statistics"], RECOVERED)
    truth = drawn_points(RECOVERED, 1, options.seed + 1)
    observed = simulated(RECOVERED, truth, options.seed + 1)[0]

    def simulate(point: np.ndarray, number: int) -> np.ndarray:
        return simulated(RECOVERED, point[None], options.seed + 2, first=number)[0]

    draws = sampled(observed, RECOVERED, simulate, summary, options.seed, particles=100)
    rows = {}
    for j, name in enumerate(RECOVERED.bounds):
        low, middle, high = np.quantile(draws[name], [0.05, 0.5, 0.95], weights=draws["weight"], method="inverted_cdf")
        rows[name] = {"truth": float(truth[0, j]), "median": float(middle), "interval_90": [float(low), float(high)]}
        print(f"{name:28} true {truth[0, j]:.3f}  posterior {middle:.3f} [{low:.3f}, {high:.3f}]")
    options.out.mkdir(parents=True, exist_ok=True)
    (options.out / "posterior.json").write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("search", "adopt", "recover", "posterior"))
    parser.add_argument("--out", type=Path, default=OUT)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=30, help="of searching")
    parser.add_argument("--trials", type=int, default=10_000, help="of searching, at most")
    parser.add_argument("--groups", default="abcdegh", help="letters of the groups of patterns that count")
    parser.add_argument("--space", type=Path, default=None, help="another search space than the built-in one")
    parser.add_argument("--simulations", type=int, default=3000, help="virtual studies to learn from")
    options = parser.parse_args()
    {"search": search, "adopt": adopt, "recover": recover, "posterior": posterior}[options.what](options)


if __name__ == "__main__":
    main()
