"""How do people with borderline personality disorder fare in weeks with a partner, and in weeks without one?

Half a year of an untreated cohort after three months of settling. Whoever has had at least two whole weeks of either
kind is compared with themselves, on the distress score of these weeks (GSI, without error of measurement).

Run: ``python experiments/apart.py`` (writes results/apart/apart.md)
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from simulation.cohorts.lives import settle
from simulation.cohorts.networks import EGO_NETWORK
from simulation.measures.instruments import score
from simulation.measures.questionnaires import SCALES

SEED = 3131
PEOPLE, WEEKS, SETTLING = 480, 26, 90
DT = 1 / 8
FEWEST = 2
"""Weeks of either kind that a person must have had."""
OUT = Path(__file__).resolve().parent.parent / "results" / "apart"


def weeks() -> tuple[np.ndarray, np.ndarray]:
    """[people, weeks] distress, and the share of the week that the person was together with a partner."""
    gsi = SCALES["gsi"]
    parts = tuple(part.feature for part in gsi.parts)
    settled = settle({"bpd": PEOPLE}, EGO_NETWORK, SEED, dt=DT, burn_in=SETTLING)
    lives = settled.live(7 * WEEKS, DT, (*parts, "committed"))
    by_week = {p: lives.course(p).reshape(PEOPLE, WEEKS, -1).mean(axis=2) for p in parts}
    table = pd.DataFrame({p: values.reshape(-1) for p, values in by_week.items()})
    together = (lives.course("committed") > 0).reshape(PEOPLE, WEEKS, -1).mean(axis=2)
    return score(gsi, table).reshape(PEOPLE, WEEKS), together


def main() -> None:
    """Run, print and write the comparison."""
    distress, together = weeks()
    whole, apart = together == 1.0, together == 0.0
    both = (whole.sum(axis=1) >= FEWEST) & (apart.sum(axis=1) >= FEWEST)
    means = [np.nanmean(np.where(kind, distress, np.nan)[both], axis=1) for kind in (whole, apart)]
    gap = means[0] - means[1]
    text = (
        f"GSI of {both.sum()} people with the disorder in weeks together with a partner: {means[0].mean():.2f}; of "
        f"the same people in weeks without one: {means[1].mean():.2f}; difference {gap.mean():.2f} (standard error "
        f"{gap.std(ddof=1) / np.sqrt(len(gap)):.2f}). A research and teaching model, not a clinical instrument."
    )
    OUT.mkdir(parents=True, exist_ok=True)
    (OUT / "apart.md").write_text(text + "\n", encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
