"""Which order and gating rule of MIT's steps does best, judged on patients whom the search has not seen?

    python experiments/policy_search.py [--tries 24] [--patients 24] [--new 60] [--cohort bpd]

Writes results/policy/policy.md.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from simulation.trials.search import PolicyFound, search_policy


def told(found: PolicyFound, command: str) -> str:
    """The report."""
    before, after = found.training
    g = f"{found.g:.2f} [{found.low:.2f}, {found.high:.2f}]".replace("-", "−")
    told = (
        "does better with new patients"
        if found.high < 0
        else "does worse with new patients"
        if found.low > 0
        else (
            "cannot be told from the treatment as it was with new patients: what the search gained was luck "
            "with its own"
        )
    )
    return "\n".join([
        "# A rule for MIT's steps", "", f"`{command}`", "",
        "A research and teaching model, not a clinical instrument.", "",
        f"{found.tried} rules tried. Training patients: severity {before:.2f} with the rule as it was, "
        f"{after:.2f} with the best.",
        f"New patients: g = {g} (below 0: the rule found has lower severity). The rule found {told}.", "",
        "## The rule found", "", *(f"{line}  " for line in found.rule), "",
        "## The rule it began with", "", *(f"{line}  " for line in found.start.sentences()),
    ]) + "\n"  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--tries", type=int, default=24)
    parser.add_argument("--patients", type=int, default=24)
    parser.add_argument("--new", type=int, default=60)
    parser.add_argument("--cohort", default="bpd")
    parser.add_argument("--seed", type=int, default=9_200_001)
    given = parser.parse_args()
    found = search_policy(
        "mit",
        given.cohort,
        tries=given.tries,
        patients=given.patients,
        new_patients=given.new,
        seed=given.seed,
        progress=lambda n, value: print(f"{n}: {value:.3f}", flush=True),
    )
    asked = " ".join(f"--{name} {value}" for name, value in vars(given).items())
    command = f"python experiments/policy_search.py {asked}"
    folder = Path("results/policy")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "policy.md").write_text(told(found, command), encoding="utf-8")
    print((folder / "policy.md").read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
