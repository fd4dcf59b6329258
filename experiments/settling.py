"""Do virtual cohorts stay what they are for as long as they are watched, when nobody treats them?

People are drawn and set among others from one moment to the next. Some of what follows is settling: ties that do not
hold break first, strain finds its level, habits that nothing feeds fade. Studies are simulated from day 30 on, trials
from day 90 on; what still moves then is read as the people's own course. This table shows how much that is.

Run: ``python experiments/settling.py`` (writes results/settling/settling.csv and .md)
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from simulation.cohorts.lives import settle
from simulation.cohorts.networks import EGO_NETWORK

SEED = 777
PEOPLE = {"bpd": 300, "community": 300}
DAYS = (14, 30, 60, 90, 180, 365, 730)
WINDOW = 14
"""Days before each of these over which is averaged."""
DT = 1 / 8
QUANTITIES = {
    "in_episode": "time in episodes", "sadness": "sadness", "rumination": "rumination",
    "decentring_now": "decentring now", "habit_rumination": "habit of ruminating",
    "habit_clinging": "habit of clinging", "habit_alcohol": "habit of drinking",
}  # fmt: skip
TIES = {"strain": "strain on the first tie", "trust": "trust in it"}
OUT = Path(__file__).resolve().parent.parent / "results" / "settling"


def watched() -> pd.DataFrame:
    """Means of both cohorts in the two weeks before each day; one row per cohort and day."""
    settled = settle(PEOPLE, EGO_NETWORK, SEED, dt=DT, burn_in=0.0)
    cohort = settled.people["cohort"].to_numpy()
    rows = []
    for day in DAYS:
        lives = settled.live(day - settled.day, DT, (*QUANTITIES, "committed"), (*TIES, "alive"))
        ticks = slice(-round(WINDOW / DT), None)
        for name in PEOPLE:
            of = cohort == name
            row = {called: lives.course(q)[of, ticks].mean() for q, called in QUANTITIES.items()}
            row |= {called: lives.tie_course(field)[of, 0, ticks].mean() for field, called in TIES.items()}
            together = lives.course("committed")[of, ticks] > 0
            first = lives.tie_course("alive")[of, 0, ticks] > 0.5
            row |= {"with a partner": together.mean(), "with another than the first": (together & ~first).mean()}
            rows.append({"cohort": name, "day": day, **row})
    return pd.DataFrame(rows).set_index(["cohort", "day"])


def main() -> None:
    """Run, print and write the tables."""
    table = watched()
    OUT.mkdir(parents=True, exist_ok=True)
    table.round(4).to_csv(OUT / "settling.csv")
    lines = [f"Means over the {WINDOW} days before, nobody treated, {PEOPLE['bpd']} people each. "
             "A research and teaching model, not a clinical instrument."]  # fmt: skip
    for name in PEOPLE:
        of = table.loc[name]
        lines += ["", "| " + name + " | " + " | ".join(f"day {day}" for day in of.index) + " |",
                  "|---" * (len(of) + 1) + "|"]  # fmt: skip
        lines += [f"| {column} | " + " | ".join(f"{x:.2f}" for x in of[column]) + " |" for column in of]
    (OUT / "settling.md").write_text("\n".join(lines) + "\n", encoding="utf-8")
    print("\n".join(lines))


if __name__ == "__main__":
    main()
