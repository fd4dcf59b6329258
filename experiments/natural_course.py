"""How do people with borderline personality disorder fare over ten years without any specific treatment?

Most remit, slowly. The published course is that of people in whatever care was to be had; here it is set beside usual
care (a supportive contact once a fortnight, medication) and beside no care at all, for people who meet five criteria at
the start. The rate at which metacognition grows (`metacognition_growth`) was set by hand to this course, so the
agreement of the last column's level is calibration; its shape, and what else changes, is not.

Run: ``python experiments/natural_course.py`` (writes results/natural_course/natural_course.csv and .md)
"""

from __future__ import annotations

from pathlib import Path

from simulation.measures.criteria import DIAGNOSIS
from simulation.trials import trial

SEED = 2027
PATIENTS = 120
OUT = Path(__file__).resolve().parent.parent / "results" / "natural_course"
YEARS = (1, 2, 4, 6, 10)
PUBLISHED = {2: 0.345, 4: 0.494, 6: 0.686}
"""Share in remission by year: Zanarini et al. 2003, 10.1176/appi.ajp.160.2.274."""
ARMS = {"none": "no care", "usual-care": "usual care"}


def main() -> None:
    """Run, print and write the table."""
    days = [365.0 * year for year in YEARS]
    arms = [
        {"treatment": name, "name": called, "phases": [{"start": 0, "end": days[-1], "every": 14}]}
        for name, called in ARMS.items()
    ]
    spec = {"name": "natural-course", "cohort": "bpd", "n": PATIENTS, "mode": "same", "arms": arms, "days": days,
            "seed": SEED, "outcomes": ["severity"], "criteria_at_least": DIAGNOSIS}  # fmt: skip
    table = trial(spec, workers=2).table
    table["remitted"] = table["criteria"] < DIAGNOSIS
    columns = ["remitted", "criteria", "gsi", "ders", "in_episode"]
    mean = table.groupby(["arm", "day"], observed=True)[columns].mean()
    OUT.mkdir(parents=True, exist_ok=True)
    mean.round(4).to_csv(OUT / "natural_course.csv")
    lines = ["| year | " + " | ".join(f"below five criteria, {called}" for called in ARMS.values())
             + " | published | GSI, usual care | DERS, usual care | time in episodes, usual care |",
             "|---" * 7 + "|"]  # fmt: skip
    for year, day in zip((0, *YEARS), (0.0, *days), strict=True):
        shares = " | ".join(f"{mean.loc[(called, day), 'remitted']:.0%}" for called in ARMS.values())
        published = f"{PUBLISHED[year]:.0%}" if year in PUBLISHED else ""
        usual = mean.loc[("usual care", day)]
        lines.append(f"| {year} | {shares} | {published} | {usual['gsi']:.2f} | {usual['ders']:.0f} | "
                     f"{usual['in_episode']:.0%} |")  # fmt: skip
    about = (
        f"{PATIENTS} patients, the same in both arms, means. Published: remission (Zanarini et al. 2003). "
        "A research and teaching model, not a clinical instrument.\n\n"
    )
    (OUT / "natural_course.md").write_text(about + "\n".join(lines) + "\n", encoding="utf-8")
    print("\n".join(lines))


if __name__ == "__main__":
    main()
