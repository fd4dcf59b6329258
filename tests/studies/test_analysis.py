"""Analyses find what is known to be there, and say what they cannot do."""

import re

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest

from simulation.errors import InputError
from simulation.studies.analysis.analyse import analyse
from simulation.studies.analysis.discovery import discover
from simulation.studies.analysis.regimes import regime_of
from simulation.studies.analysis.response import response, strength
from simulation.studies.analysis.results import Results, read_results
from simulation.studies.analysis.scans import hysteresis
from simulation.studies.analysis.sensitivity import morris_effects, pawn_indices, sobol_indices
from simulation.studies.analysis.surrogate import fit_surrogate
from simulation.studies.designs import unit_points
from simulation.studies.rows import RUNS, rows_table
from simulation.studies.runner import sweep
from tests.studies.conftest import SMALL

THREE = """
question = "What matters?"
case = "dyad"
days = 4
seed = 2
replicates = 1
measures = ["mean_arousal"]
[design]
kind = "sobol"
points = 512
[factors]
"rejection_sensitivity" = { low = 0, high = 1 }
"Robin.tolerance" = { low = 0, high = 1 }
"Robin.warmth" = { low = 0, high = 1 }
"""


def invented(planned, text, outcome, replicates=1):
    """Results whose outcome is a known function of the factors, put into the table as if they had been simulated."""
    plan = planned(text, replicates=str(replicates))
    runs = np.arange(plan.n_runs)
    x = {name: np.asarray(column)[runs // replicates] for name, column in zip(plan.names, plan.points, strict=True)}
    y = outcome(x, np.random.default_rng(4))
    columns = {"run": runs, "error": np.full(len(runs), None, dtype=object), "step": 0 * runs}
    columns |= {a.label: y for a in plan.asked}
    return Results(None, plan, rows_table(plan, [columns]).to_pandas(), 0, [a.label for a in plan.asked][:1])


def ishigami(x, luck):
    a, b, c = (np.pi * (2 * x[name] - 1) for name in list(x)[:3])
    return np.sin(a) + 7 * np.sin(b) ** 2 + 0.1 * c**4 * np.sin(a)


def test_sobol_indices_of_a_function_with_known_indices(planned):
    """Ishigami & Homma 1990: first-order 0.3139, 0.4424, 0; total 0.5576, 0.4424, 0.2437."""
    table = sobol_indices(invented(planned, THREE, ishigami), "mean_arousal").set_index("factor")
    names = ["rejection_sensitivity", "Robin.tolerance", "Robin.warmth"]
    assert table.loc[names, "first"].to_numpy() == pytest.approx([0.3139, 0.4424, 0], abs=0.12)
    assert table.loc[names, "total"].to_numpy() == pytest.approx([0.5576, 0.4424, 0.2437], abs=0.1)
    assert abs(table.loc["dummy", "total"]) < 0.01 and (table["total_interval"] >= 0).all()


def test_morris_effects_of_a_plane_are_its_slopes(planned):
    text = THREE.replace('kind = "sobol"\npoints = 512', 'kind = "morris"\npoints = 10')
    results = invented(planned, text, lambda x, luck: 3 * x["rejection_sensitivity"] - 2 * x["Robin.tolerance"])
    table = morris_effects(results, "mean_arousal").set_index("factor")
    assert table.loc["rejection_sensitivity", "mean"] == pytest.approx(3)
    assert table.loc["Robin.tolerance", "mean"] == pytest.approx(-2)
    assert table.loc[["Robin.warmth", "dummy"], "size"].to_numpy() == pytest.approx([0, 0], abs=1e-9)
    assert table["spread"].max() < 1e-9
    assert unit_points(results.plan.study.design, 4, 2).shape == (50, 4)


def test_designs_that_cannot_be_analysed_are_refused(planned):
    results = invented(planned, THREE, ishigami)
    with pytest.raises(InputError, match='need a design of kind "morris"'):
        morris_effects(results, "mean_arousal")
    holes = Results(None, results.plan, results.frame.iloc[5:], 5, results.measures)
    with pytest.raises(InputError, match=r"missing at 5 of 3,072 points"):
        sobol_indices(holes, "mean_arousal")
    grid = invented(planned, SMALL, lambda x, luck: 0 * x["Robin.tolerance"])
    with pytest.raises(InputError, match='need a design of kind "sobol"'):
        sobol_indices(grid, "episodes")
    with pytest.raises(InputError, match="PAWN needs 50 runs"):
        pawn_indices(grid, "episodes")


def latin(points):
    return THREE.replace('kind = "sobol"\npoints = 512', f'kind = "latin-hypercube"\npoints = {points}')


def test_pawn_tells_what_matters_from_what_does_not(planned):
    results = invented(planned, latin(600), lambda x, luck: x["Robin.tolerance"] ** 2 + 0.1 * luck.random(600))
    table = pawn_indices(results, "mean_arousal").set_index("factor")
    assert table["median"].idxmax() == "Robin.tolerance"
    assert table.loc["Robin.tolerance", "low"] > table.loc["dummy", "high"]
    assert table.loc["Robin.warmth", "low"] <= table.loc["dummy", "high"]


def test_a_surrogate_says_how_good_it_is(planned):
    smooth = invented(planned, latin(300), lambda x, luck: 2 * x["Robin.tolerance"] + x["rejection_sensitivity"])
    noise = invented(planned, latin(300), lambda x, luck: luck.random(300))
    assert fit_surrogate(smooth, "mean_arousal").explained > 0.95
    assert fit_surrogate(noise, "mean_arousal").explained < 0.2


def test_prim_finds_the_box_and_tells_it_as_a_rule(planned):
    pytest.importorskip("ema_workbench")
    results = invented(planned, latin(1500), lambda x, luck: luck.random(1500))
    x = results.frame
    happens = (x["Robin.tolerance"] < 0.4) & (x["rejection_sensitivity"] > 0.5)
    rule = discover(results, happens, "loud")
    assert set(rule.limits) == {"Robin.tolerance", "rejection_sensitivity"}
    assert rule.limits["Robin.tolerance"][1] == pytest.approx(0.4, abs=0.08)
    assert rule.limits["rejection_sensitivity"][0] == pytest.approx(0.5, abs=0.08)
    assert rule.density >= 0.8 and rule.coverage > 0.7
    assert "loud" in rule.sentence() and "Robin.tolerance ≤" in rule.sentence()


def test_responses_have_intervals_that_hold_the_truth(planned):
    results = invented(planned, latin(500), lambda x, luck: 5 * x["Robin.tolerance"] + luck.normal(size=500))
    table = response(results, "Robin.tolerance", "mean_arousal")
    assert len(table) == 10 and table["runs"].sum() == 500
    assert ((table["low"] < 5 * table["level"]) & (5 * table["level"] < table["high"])).sum() >= 8
    assert (
        strength(results, "Robin.tolerance", "mean_arousal")
        > 0.5
        > 0.1
        > strength(results, "Robin.warmth", "mean_arousal")
    )


def test_regimes_have_their_limits():
    assert regime_of([0, 0.049, 0.05, 0.499, 0.5, 1]).tolist() == [0, 0, 1, 1, 2, 2]


RAMP = SMALL.replace("days = 6\n", "") + '[ramp]\nfactor = "recovery_rate"\nlow = 1\nhigh = 5\nsteps = 5\ndays = 4\n'


def test_hysteresis_is_the_gap_between_the_branches(planned):
    plan = planned(RAMP)
    rows = pd.DataFrame({
        "run": np.repeat(np.arange(40), 10), "replicate": 0, "point": 0, "step": np.tile(np.arange(10), 40),
        "direction": np.tile(["rising"] * 5 + ["falling"] * 5, 40),
        "ramp:recovery_rate": np.tile([1.0, 2, 3, 4, 5, 5, 4, 3, 2, 1], 40),
        "Robin.tolerance": 0.5, "rejection_sensitivity": 0.5,
    })  # fmt: skip
    rows["m"] = rows["ramp:recovery_rate"] + np.where(rows["direction"] == "falling", 0.7, 0.0)
    found = hysteresis(Results(None, plan, rows, 0, ["m"]), "m")
    assert found["gap"][0] == pytest.approx(0.7) and found["low"][0] == pytest.approx(0.7)
    rows["m"] = rows["ramp:recovery_rate"]
    assert hysteresis(Results(None, plan, rows, 0, ["m"]), "m")["gap"][0] == pytest.approx(0)


@pytest.mark.parametrize("text", [SMALL, RAMP.replace("settle", "settle")])
def test_a_report_explains_itself(planned, tmp_path, text):
    sweep(planned(text), tmp_path / "s")
    place = analyse(tmp_path / "s")
    report = (place / "report.md").read_text(encoding="utf-8")
    assert report.startswith("# What does tolerance do?") and "not a clinical instrument" in report
    assert "cycles replay s " in report and str(tmp_path) not in report
    for picture in place.glob("*.png"):
        assert f"({picture.name})" in report
    page = (place / "report.html").read_text(encoding="utf-8")
    assert page.count("<img") == len(list(place.glob("*.png")))
    assert "http" not in re.sub(r"base64,[^\"]+", "", page), "an address; letters of a picture do not count"
    assert analyse(tmp_path / "s") == place  # again: the earlier report is replaced
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("x")
    with pytest.raises(InputError, match="holds something else"):
        analyse(tmp_path / "s", tmp_path / "mine")


def test_damaged_or_foreign_results_are_told(planned, tmp_path):
    sweep(planned(), tmp_path / "a", shard=(1, 1))
    with pytest.raises(InputError, match="is not complete"):
        read_results(tmp_path / "a")
    sweep(planned(), tmp_path / "a")
    sweep(planned(seed="6"), tmp_path / "b")
    with pytest.raises(InputError, match=r'was not measured.*did you mean "episodes"'):
        read_results(tmp_path / "a", ["episode"])
    table = tmp_path / "a" / f"{RUNS}.parquet"
    whole = table.read_bytes()
    for cut in (50, len(whole) // 2, len(whole) - 3):
        table.write_bytes(whole[:cut])
        with pytest.raises(InputError, match="damaged or cut short"):
            read_results(tmp_path / "a")
    table.write_bytes(whole)
    chunk = pq.read_metadata(table).row_group(0).column(8)
    bit = chunk.data_page_offset + chunk.total_compressed_size - 3
    table.write_bytes(whole[:bit] + bytes([whole[bit] ^ 255]) + whole[bit + 1 :])
    with pytest.raises(InputError, match="damaged or cut short"):
        read_results(tmp_path / "a")
    table.write_bytes((tmp_path / "b" / f"{RUNS}.parquet").read_bytes())
    with pytest.raises(InputError, match="belongs to another study"):
        read_results(tmp_path / "a")
