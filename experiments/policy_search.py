"""Which order and gating rule of MIT's steps does best, judged on patients whom the search has not seen?

    python -m experiments.policy_search     (or `make policy`; some minutes)

The search of `cycles policy` with a seed of its own; writes results/policy/policy.md and the rule as a part of a case.
"""

from __future__ import annotations

from pathlib import Path

from simulation.trials.search import search_policy
from simulation.trials.search_report import told, write_policy

OUT = Path(__file__).resolve().parent.parent / "results" / "policy"
SEED = 9_200_001


def main() -> None:
    found = search_policy(seed=SEED, progress=lambda n, value: print(f"{n}: {value:.3f}", flush=True))
    command = "python -m experiments.policy_search"
    OUT.mkdir(parents=True, exist_ok=True)
    write_policy(found, OUT, command)
    print(told(found, command))


if __name__ == "__main__":
    main()
