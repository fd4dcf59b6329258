"""How do people with borderline personality disorder fare over ten years without any specific treatment?

Most remit, slowly. The published course is that of people in whatever care was to be had; here it is set beside usual
care (a supportive contact once a fortnight, medication) and beside no care at all, for people who meet five criteria at
the start. They are interviewed every half year about the last quarter. The published interviews asked about two years
at a time, so remission in them lies between two readings of ours: that the four interviews of two years find fewer than
five criteria on average, and that every one of them does. The rate at which metacognition grows
(`metacognition_growth`) was set by hand to the shares below five at one time, so agreement with them is calibration.

Run: ``python experiments/natural_course.py`` (writes results/natural_course/natural_course.csv and .md)
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from simulation.measures.criteria import DIAGNOSIS
from simulation.trials import trial

SEED = 2027
PATIENTS = 240
OUT = Path(__file__).resolve().parent.parent / "results" / "natural_course"
HALF_YEAR = 182.5
INTERVIEWS = 4
"""Of the two years that a published interview asked about."""
YEARS = (2, 4, 6, 8, 10)
PUBLISHED = {2: 0.345, 4: 0.494, 6: 0.686}
"""Share in remission by year: Zanarini et al. 2003, 10.1176/appi.ajp.160.2.274 (interviews every two years)."""
RECURRED = 0.059
"""Of those who remitted within six years, share who met the criteria again within them: the same source."""
ARMS = {"none": "no care", "usual-care": "usual care"}
NOW, MEAN, EVERY = "below five now", "below five on average", "below five every time"


def recurred(table: pd.DataFrame, reading: str) -> float:
    """Of patients who remit by a reading within the six years published, share with five criteria on average later."""
    at = table[table["day"].isin([365.0 * year for year in PUBLISHED])]
    remitted, back = (at.pivot(index="patient", columns="day", values=name) for name in (reading, MEAN))
    before = remitted.cummax(axis=1).shift(axis=1, fill_value=False)
    return float((before & ~back).any(axis=1)[remitted.any(axis=1)].mean())


def main() -> None:
    """Run, print and write the table."""
    days = [HALF_YEAR * k for k in range(1, 2 * YEARS[-1] + 1)]
    arms = [
        {"treatment": name, "name": called, "phases": [{"start": 0, "end": days[-1], "every": 14}]}
        for name, called in ARMS.items()
    ]
    spec = {"name": "natural-course", "cohort": "bpd", "n": PATIENTS, "mode": "same", "arms": arms, "days": days,
            "seed": SEED, "outcomes": ["severity"], "criteria_at_least": DIAGNOSIS}  # fmt: skip
    table = trial(spec, workers=2).table.sort_values(["arm", "patient", "day"])
    lately = table.groupby(["arm", "patient"], observed=True)["criteria"].rolling(INTERVIEWS)
    table[NOW] = table["criteria"] < DIAGNOSIS
    table[MEAN] = (lately.mean() < DIAGNOSIS).to_numpy()
    table[EVERY] = (lately.max() < DIAGNOSIS).to_numpy()
    columns = [NOW, MEAN, EVERY, "criteria", "gsi", "ders", "in_episode"]
    mean = table.groupby(["arm", "day"], observed=True)[columns].mean()
    OUT.mkdir(parents=True, exist_ok=True)
    mean.round(4).to_csv(OUT / "natural_course.csv")
    readings = [f"{reading}, {called}" for called in reversed(ARMS.values()) for reading in (NOW, MEAN, EVERY)]
    more = [f"{what}, usual care" for what in ("GSI", "DERS", "time in episodes")]
    head = ["year", "published", *readings, *more]
    lines = ["| " + " | ".join(head) + " |", "|---" * len(head) + "|"]
    for year in (0, *YEARS):
        shares = " | ".join(
            f"{mean.loc[(called, 365.0 * year), reading]:.0%}" if year or reading == NOW else ""
            for called in reversed(ARMS.values())
            for reading in (NOW, MEAN, EVERY)
        )
        published = f"{PUBLISHED[year]:.0%}" if year in PUBLISHED else ""
        usual = mean.loc[("usual care", 365.0 * year)]
        lines.append(f"| {year} | {published} | {shares} | {usual['gsi']:.2f} | {usual['ders']:.0f} | "
                     f"{usual['in_episode']:.0%} |")  # fmt: skip
    usual_care = table[table["arm"] == "usual care"]
    again = {reading: recurred(usual_care, reading) for reading in (MEAN, EVERY)}
    about = (
        f"{PATIENTS} patients, the same in both arms, interviewed every half year; on average and every time: of the "
        "four interviews of the last two years. Published: remission, by interviews about two years (Zanarini et al. "
        f"2003). Of those who remit on average within six years of usual care, {again[MEAN]:.0%} later have five "
        f"criteria on average over two years, of those who remit every time {again[EVERY]:.0%} "
        f"(published: {RECURRED:.0%}). A research and teaching model, not a clinical instrument.\n\n"
    )
    (OUT / "natural_course.md").write_text(about + "\n".join(lines) + "\n", encoding="utf-8")
    print(about + "\n".join(lines))


if __name__ == "__main__":
    main()
