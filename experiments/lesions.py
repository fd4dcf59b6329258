"""Which arrows of Figure 1 carry the cycle of a person with the BPD profile and a reactive partner?

One arrow at a time is cut (gain 0) in couples with the same luck. Ruptures are switched off, so that all couples are
compared over the same time together.

Run: ``python experiments/lesions.py`` (writes results/lesions/lesions.csv, .md and .png)
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from simulation.studies.couples import Group, run_couples
from simulation.theory.layout import CONSTANT

SEED = 2027
OUT = Path(__file__).resolve().parent.parent / "results" / "lesions"


def measure() -> pd.DataFrame:
    """Change of the time in episodes by lesion, with its 95 % interval, over paired couples."""
    together = {"rupture_rate": 0.0}
    links = [q for q in CONSTANT.values() if q.kind == "gain"]
    groups = [Group("intact", "bpd", "reactive", 200, together)]
    groups += [Group(q.name, "bpd", "reactive", 200, {**together, q.name: 0.0}) for q in links]
    frame = run_couples(groups, days=180, seed=SEED, burn_in=60)
    episodes = frame[frame["partner"] == 0].pivot(index="couple", columns="group", values="in_episode")
    change = episodes.sub(episodes["intact"], axis=0)
    rows = [
        {
            "lesion": q.name,
            "arrow": q.meaning,
            "time_in_episode": episodes[q.name].mean(),
            "change": change[q.name].mean(),
            "interval": 1.96 * change[q.name].sem(),
        }
        for q in links
    ]
    table = pd.DataFrame(rows).sort_values("change").reset_index(drop=True)
    table.attrs["intact"] = float(episodes["intact"].mean())
    return table


def draw(table: pd.DataFrame, path: Path) -> None:
    """Draw the change per arrow."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot as plt

    figure, ax = plt.subplots(figsize=(8.5, 7), layout="constrained")
    shown = table.iloc[::-1]
    colours = ["#b2182b" if change > 0 else "#2166ac" for change in shown["change"]]
    ax.barh(shown["lesion"].str.replace("_", " "), 100 * shown["change"], xerr=100 * shown["interval"], color=colours)
    ax.axvline(0, color="black", linewidth=0.8)
    ax.set_xlabel("change of the time in episodes when the arrow is cut (percentage points, 95 % interval)")
    ax.set_title(f"Which arrows carry the cycle? Intact: {100 * table.attrs['intact']:.0f} % of the time in an episode")
    ax.spines[["top", "right"]].set_visible(False)
    figure.savefig(path, dpi=130)


def main() -> None:
    """Run, print and write."""
    table = measure()
    OUT.mkdir(parents=True, exist_ok=True)
    table.round(4).to_csv(OUT / "lesions.csv", index=False)
    lines = [
        f"Intact: {table.attrs['intact']:.3f} of the time in an episode.",
        "",
        "| arrow cut | change | 95 % interval |",
    ]
    lines.append("|---|---|---|")
    lines += [f"| {row.lesion}: {row.arrow} | {row.change:+.3f} | ± {row.interval:.3f} |" for row in table.itertuples()]
    (OUT / "lesions.md").write_text("\n".join(lines) + "\n", encoding="utf-8")
    print("\n".join(lines))
    draw(table, OUT / "lesions.png")


if __name__ == "__main__":
    main()
