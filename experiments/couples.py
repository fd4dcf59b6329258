"""What do couples of different kinds go through in a year, without any treatment?

Two people without difficulties should quarrel and recover; a person with the BPD profile should be mostly calm with a
tolerant partner and cycle with a reactive one. Same mechanisms and constants for all.

Run: ``python experiments/couples.py`` (writes results/couples/couples.csv and .md)
"""

from __future__ import annotations

from pathlib import Path

from simulation.studies.couples import Group, run_couples

SEED = 2026
OUT = Path(__file__).resolve().parent.parent / "results" / "couples"
KINDS = {
    "ordinary + ordinary": ("ordinary", "ordinary"),
    "ordinary + reactive": ("ordinary", "reactive"),
    "BPD profile + tolerant": ("bpd", "tolerant"),
    "BPD profile + ordinary": ("bpd", "ordinary"),
    "BPD profile + reactive": ("bpd", "reactive"),
}
COLUMNS = {
    "in_episode": "time in an episode",
    "arousal": "arousal",
    "anger": "anger",
    "shame": "shame",
    "pain": "pain",
    "self_harm_per_month": "self-harm per 30 days",
    "partner_strain": "partner's strain",
    "together": "together after a year",
}


def main() -> None:
    """Run, print and write the table."""
    groups = [Group(name, first, second, 200) for name, (first, second) in KINDS.items()]
    frame = run_couples(groups, days=365, seed=SEED)
    first = frame[frame["partner"] == 0].set_index(["group", "couple"])
    second = frame[frame["partner"] == 1].set_index(["group", "couple"])
    first = first.assign(partner_strain=second["strain"])[list(COLUMNS)]
    grouped = first.groupby("group", observed=True)
    mean, error = grouped.mean(), grouped.sem()
    OUT.mkdir(parents=True, exist_ok=True)
    mean.round(4).to_csv(OUT / "couples.csv")
    lines = ["| couple | " + " | ".join(COLUMNS.values()) + " |", "|---" * (len(COLUMNS) + 1) + "|"]
    for kind in KINDS:
        cells = [f"{mean.loc[kind, c]:.2f} ± {1.96 * error.loc[kind, c]:.2f}" for c in COLUMNS]
        lines.append(f"| {kind} | " + " | ".join(cells) + " |")
    table = "\n".join(lines)
    about = (
        "First person of each couple, 200 couples of each kind, mean over a year with 95 % interval. "
        "A research and teaching model, not a clinical instrument.\n\n"
    )
    (OUT / "couples.md").write_text(about + table + "\n", encoding="utf-8")
    print(table)


if __name__ == "__main__":
    main()
