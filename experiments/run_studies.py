"""Run the ready studies in experiments/studies, and leave for each a short answer, its tables and a few pictures.

Each study is a question; its answer is computed from the results and written as it comes out, expected or not.

Run: ``python experiments/run_studies.py [NAME ...]`` (writes results/studies/NAME; some minutes for all on two cores).
One alone, with everything: ``cycles sweep experiments/studies/NAME.toml --out runs/NAME && cycles analyse runs/NAME``
"""

from __future__ import annotations

import contextlib
import shutil
import sys
import tempfile
import time
from pathlib import Path

import pandas as pd

from simulation.errors import InputError
from simulation.studies.analysis.analyse import analyse
from simulation.studies.analysis.discovery import rules
from simulation.studies.analysis.regimes import REGIMES, regime_of
from simulation.studies.analysis.results import Results, read_courses, read_results
from simulation.studies.analysis.scans import hysteresis
from simulation.studies.analysis.sensitivity import morris_effects, sobol_indices
from simulation.studies.analysis.warning import summarised, warning_signs
from simulation.studies.hypotheses.effects import effects
from simulation.studies.model import load_study, study_from
from simulation.studies.outcomes import ALWAYS
from simulation.studies.plan import plan_study
from simulation.studies.runner import sweep

HERE = Path(__file__).resolve().parent
OUT = HERE.parent / "results" / "studies"
REAL_NETWORKS = ("karate-club", "florentine-families", "les-miserables", "southern-women")
MOST_PICTURES = 3


def run_study(file: Path) -> None:
    """Run one study and write its folder of results."""
    began = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        runs = Path(folder) / file.stem
        plan = plan_study(load_study(file), f"study {file.name}")
        done = sweep(plan, runs)
        report = analyse(runs)
        results = read_results(runs)
        target = fresh(file.stem)
        for picture in chosen_pictures(report):
            shutil.copy(picture, target / picture.name)
        for table in sorted(report.glob("*.csv")):
            shutil.copy(table, target / table.name)
        write_readme(results, target, f"experiments/studies/{file.name}", answers(results))
    print(f"{file.stem}: {done.runs:,} runs, {done.failed} failed, {time.perf_counter() - began:.0f} s", flush=True)


def run_real_networks() -> None:
    """How far does dysregulation travel in published networks, with and without contagion of arousal?"""
    began = time.perf_counter()
    question = "How far does dysregulation travel in real, published networks, and does contagion of arousal carry it?"
    tables = []
    with tempfile.TemporaryDirectory() as folder:
        for case in REAL_NETWORKS:
            study = study_from({
                "question": question, "case": case, "days": 60.0, "seed": 23, "replicates": 8,
                "measures": ["pushed_share", "cascade_size", "largest_cascade", "people_in_episodes"],
                "design": {"kind": "grid"}, "factors": {"arousal_contagion": {"values": [0.0, 1.0, 3.0]}},
            })  # fmt: skip
            sweep(plan_study(study), Path(folder) / case)
            frame = read_results(Path(folder) / case).frame
            tables.append(frame.assign(network=case))
    table = pd.concat(tables).groupby(["network", "arousal_contagion"])
    measures = ["pushed_share", "cascade_size", "largest_cascade", "people_in_episodes"]
    shown = table[measures].mean().round(3).reset_index()
    interval = (1.96 * table["pushed_share"].sem()).round(3).reset_index(drop=True)
    shown.insert(3, "pushed_share_interval", interval)
    target = fresh("real-networks")
    shown.to_csv(target / "networks.csv", index=False, lineterminator="\n")
    most = shown.sort_values("pushed_share").iloc[-1]
    lines = [
        f"The pooled reproduction number (episodes pushed by others' episodes, per episode) reaches at most "
        f"{most['pushed_share']:.2f} ± {most['pushed_share_interval']:.2f}, in {most['network']} with contagion "
        f"{most['arousal_contagion']:g}; below 1, cascades die out.",
        *(
            f"{name}: {of.iloc[0]['pushed_share']:.2f} without contagion, {of.iloc[1]['pushed_share']:.2f} "
            f"with it as it "
            f"is, {of.iloc[2]['pushed_share']:.2f} with three times as much."
            for name, of in shown.groupby("network")
        ),
    ]  # fmt: skip
    text = [f"# {question}", "", "`python experiments/run_studies.py real-networks`", "",
            *(f"- {line}" for line in lines), "",
            "Profiles are drawn by chance: nothing here is about those who were members. A research and "
            "teaching model, not "
            "a clinical instrument."]  # fmt: skip
    (target / "README.md").write_text("\n".join(text) + "\n", encoding="utf-8")
    print(f"real-networks: {time.perf_counter() - began:.0f} s", flush=True)


def fresh(name: str) -> Path:
    """Return the empty folder of a study's results."""
    target = OUT / name
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    return target


def chosen_pictures(report: Path) -> list[Path]:
    """The pictures that say most: phases, ramps, indices, then responses."""
    order = ("ramp-", "sobol-", "morris-", "phases", "response-")
    found = [picture for start in order for picture in sorted(report.glob(f"{start}*.png"))]
    return found[:MOST_PICTURES]


def answers(results: Results) -> list[str]:
    """What came out, in sentences; whatever the design allows to say."""
    if results.plan.steps:
        return ramp_answers(results)
    lines = []
    regime = regime_of(results.frame[ALWAYS])
    shares = ", ".join(f"{(regime == code).mean():.0%} {name}" for code, name in enumerate(REGIMES))
    lines.append(f"Runs: {shares} (by the focal person's time in episodes: below 5 %, between, 50 % or more).")
    kind = results.plan.study.design.kind
    for measure in results.measures:
        if kind == "morris":
            table = morris_effects(results, measure)
            dummy = float((table["size"] + table["interval"])[table["factor"] == "dummy"].iloc[0])
            told = ", ".join(
                f"{row.factor} {row.size_:.2g}" for row in table.rename(columns={"size": "size_"}).head(4).itertuples()
            )
            none = table.loc[table["size"] - table["interval"] <= dummy, "factor"].tolist()
            none = [name for name in none if name != "dummy"]
            lines.append(
                f"{measure}: largest elementary effects {told}; not told apart from none: "
                f"{', '.join(none) or 'nothing'}."
            )
        elif kind == "sobol":
            table = sobol_indices(results, measure)
            told = ", ".join(
                f"{r.factor} {r.first:.2f} alone, {r.total:.2f} in all"
                for r in table.itertuples()
                if r.factor != "dummy"
            )
            alone = float(table.loc[table["factor"] != "dummy", "first"].sum())
            lines.append(f"{measure}: {told}. Alone they explain {alone:.0%} of the variance; the rest is interaction.")
    if kind in ("grid", "latin-hypercube"):
        for effect in [e for e in effects(results) if e.clear][:6]:
            ends = (
                (effect.low, effect.high)
                if isinstance(effect.low, str)
                else (f"{effect.low:.2g}", f"{effect.high:.2g}")
            )
            lines.append(
                f"{effect.measure}: {effect.mean_low:.3g} at {effect.factor} {ends[0]}, {effect.mean_high:.3g} "
                f"at {ends[1]} "
                f"(d = {effect.d:.2f} [{effect.interval[0]:.2f}, {effect.interval[1]:.2f}])."
            )
        nulls = [f"{e.factor} on {e.measure}" for e in effects(results) if e.negligible]
        if nulls:
            lines.append(f"Negligible (|d| below 0.2 with its whole interval): {', '.join(nulls)}.")
        with contextlib.suppress(InputError):  # too few runs, or the library is not there
            lines += [rule.sentence() for rule in rules(results)]
    elif kind == "list":
        lines += list_answers(results)
    return lines


def list_answers(results: Results) -> list[str]:
    """Mean of each measure at each point, and the difference of the first two points with common luck."""
    lines = []
    for measure in results.measures:
        wide = results.frame.pivot_table(index="replicate", columns="point", values=measure)
        gap = (wide[1] - wide[0]).dropna()
        half = 1.96 * gap.sem()
        verdict = "no clear difference" if abs(gap.mean()) <= half else "a clear difference"
        lines.append(
            f"{measure}: {', '.join(f'{wide[p].mean():.3g}' for p in wide)} at the points in their order; "
            f"second against "
            f"first, same luck: {gap.mean():+.3g} ± {half:.2g}, {verdict}."
        )
    return lines


def ramp_answers(results: Results) -> list[str]:
    """Gaps between the way back and the way up, and early-warning signs where courses were kept."""
    by = [name for name in [*results.numeric, *results.words]][:1]
    lines = []
    for measure in results.measures:
        for row in hysteresis(results, measure, by).to_dict("records"):
            where = f" at {by[0]} {row[by[0]]:g}" if by else ""
            way = "lower" if row["high"] < 0 else "higher" if row["low"] > 0 else ""
            sure = f"{way} on the way back, it remembers" if way else "it comes back the way it went"
            lines.append(
                f"{measure}{where}: falling minus rising {row['gap']:+.3g} [{row['low']:.3g}, "
                f"{row['high']:.3g}]: {sure}."
            )
    courses = read_courses(results)
    if courses is not None:
        for row in summarised(warning_signs(results, courses)).to_dict("records"):
            long_enough = row["long enough"]
            which = f"{row['how many']} run{'s' * (row['how many'] != 1)} that {row['runs']}"
            sure = f" ± {row['±']:.2f}" if long_enough > 1 else ""  # one run has no interval
            trend = f"mean Kendall τ {row['mean τ']:+.2f}{sure}" if long_enough else "no trend to be told"
            lines.append(f"{row['sign']} before, in {which} ({long_enough} long enough): {trend}.")
    return lines


def write_readme(results: Results, target: Path, file: str, lines: list[str]) -> None:
    """Write question, command, answer and pictures."""
    plan = results.plan
    name = target.name
    more = "" if plan.steps else f" && cycles hypotheses runs/{name}"
    text = [
        f"# {plan.study.question}", "",
        f"{plan.n_runs:,} runs of case {plan.case.name}, {plan.case.days:g} days each; {plan.replicates} "
        f"replicates with the "
        f"same luck at each of {plan.n_points:,} points. Computed answer, as it came out:", "",
        *(f"- {line}" for line in lines), "",
        *(f"![{picture.stem}]({picture.name})\n" for picture in sorted(target.glob("*.png"))),
        f"`cycles sweep {file} --out runs/{name} && cycles analyse runs/{name}{more}`", "",
        "A research and teaching model, not a clinical instrument.",
    ]  # fmt: skip
    (target / "README.md").write_text("\n".join(text) + "\n", encoding="utf-8")


def main(names: list[str]) -> None:
    """Run the studies named, or all."""
    files = {file.stem: file for file in sorted((HERE / "studies").glob("*.toml"))}
    unknown = [name for name in names if name not in (*files, "real-networks")]
    if unknown:
        raise SystemExit(f"there is no study {unknown[0]}; there are {', '.join([*files, 'real-networks'])}")
    for name in names or [*files, "real-networks"]:
        if name in files:
            run_study(files[name])
        else:
            run_real_networks()


if __name__ == "__main__":
    main(sys.argv[1:])
