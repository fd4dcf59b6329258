"""Contingencies and courses around events: by hand and against known truth."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.errors import InputError
from simulation.measures.around_events import aligned, arc, profile
from simulation.measures.contingency import (
    decomposed,
    logistic_slopes,
    mixed_slopes,
    paired,
    person_slopes,
    pooled,
    weighted_slopes,
)
from tests.measures.conftest import prompts


def study(people=40, count=80, slope=0.5, spread=0.2, seed=0):
    """People whose y follows x at once with slopes around `slope`, and z at the next prompt with 0.3."""
    rng = np.random.default_rng(seed)
    names = [f"p{i:02}" for i in range(people)]
    x, z, e = rng.standard_normal((3, people, count))
    own = slope + spread * rng.standard_normal(people)
    level = rng.standard_normal(people)
    before = np.concatenate([np.zeros((people, 1)), z[:, :-1]], axis=1)
    before[:, ::8] = 0  # not overnight
    y = level[:, None] + own[:, None] * x + 0.3 * before + 0.5 * e
    table = prompts(y, names, name="y")
    return table.assign(x=(x + level[:, None]).reshape(-1), z=z.reshape(-1)), own


def test_slopes_by_hand():
    table = prompts([0, 1, 2, 3, 2, 1, 0, 1, 5, 5, 5, 5], per_day=12, name="y").assign(x=np.arange(12.0))
    expected = np.polyfit(np.arange(12), table["y"], 1)[0]
    assert person_slopes(table, "y", ["x"]).loc["A"].to_dict() == pytest.approx({"x": expected, "rows": 12})
    lagged = np.polyfit(np.arange(11), table["y"][1:], 1)[0]
    assert person_slopes(table, "y", ["x"], lag=1).loc["A"].to_dict() == pytest.approx({"x": lagged, "rows": 11})


def test_lags_do_not_cross_nights_or_missed_prompts():
    table = prompts(np.arange(24.0), per_day=8, name="y").assign(x=np.arange(24.0))
    assert len(paired(table, "y", ["x"], lag=1)) == 21
    assert len(paired(table.drop(index=3), "y", ["x"], lag=1)) == 19
    table.loc[3, "x"] = np.nan
    assert len(paired(table, "y", ["x"], lag=1)) == 20
    assert len(paired(table, "y", ["x"], lag=2)) == 17


def test_slopes_are_recovered():
    table, own = study()
    found = person_slopes(table, "y", ["x", "z"])
    assert np.corrcoef(found["x"], own)[0, 1] > 0.9
    assert person_slopes(table, "y", ["z"], lag=1)["z"].mean() == pytest.approx(0.3, abs=0.04)
    mean = pooled(found["x"], seed=1)
    assert mean["low"] < own.mean() < mean["high"] and mean["people"] == 40
    assert mean == pooled(found["x"], seed=1)
    mixed = mixed_slopes(table, "y", ["x"])
    assert mixed.loc["x", "estimate"] == pytest.approx(mean["mean"], abs=0.02)
    assert mixed.loc["x", "low"] < own.mean() < mixed.loc["x", "high"]


def test_weighted_slopes_add_up_to_the_slope_of_all_rows():
    table, _ = study()
    few = table[table["prompt"] < 3]  # too few rows a day for slopes that count alike
    found = weighted_slopes(few, "y", "x")
    centred = few[["x", "y"]] - few.groupby("person")[["x", "y"]].transform("mean")
    everyone = np.linalg.lstsq(centred[["x"]], centred["y"], rcond=None)[0][0]
    assert np.average(found["slope"], weights=found["weight"]) == pytest.approx(everyone)
    alike = person_slopes(table, "y", ["x"])
    assert np.allclose(weighted_slopes(table, "y", "x")["slope"], alike["x"])


def test_who_does_not_vary_has_no_weighted_slope():
    table, _ = study()
    still = table.assign(x=table["x"].where(table["person"] != table["person"].iloc[0], 1.0))
    assert len(weighted_slopes(still, "y", "x")) == table["person"].nunique() - 1
    with pytest.raises(InputError, match="nobody"):
        weighted_slopes(table.assign(x=1.0), "y", "x")


def test_a_moderator():
    steep, _ = study(slope=0.8, seed=1)
    flat, _ = study(slope=0.2, seed=2)
    table = pd.concat([steep.assign(group=1), flat.assign(group=0, person="q" + flat["person"])])
    found = mixed_slopes(table, "y", ["x"], moderator="group")
    assert found.loc["interaction", "estimate"] == pytest.approx(0.6, abs=0.12)
    assert found.loc["interaction", "low"] > 0.3


def test_a_predictor_that_never_varies_has_no_slope():
    table, _ = study(people=3)
    found = person_slopes(table.assign(x=1.0), "y", ["x"])
    assert found["x"].isna().all() and (found["rows"] == 80).all()
    twice = person_slopes(table.assign(copy=3 * table["x"]), "y", ["x", "copy"])
    assert twice[["x", "copy"]].isna().all(axis=None)
    small = person_slopes(table.assign(x=table["x"] * 1e-6), "y", ["x"])
    assert np.allclose(small["x"], person_slopes(table, "y", ["x"])["x"] * 1e6)


def test_three_way_interaction():
    rng = np.random.default_rng(3)
    names = [f"p{i:02}" for i in range(60)]
    a, b, c = rng.standard_normal((3, 60, 80))
    odds = 1 / (1 + np.exp(1.5 - 0.8 * a * b * c))
    table = prompts((rng.random((60, 80)) < odds).astype(float), names, name="act")
    table = table.assign(a=a.reshape(-1), b=b.reshape(-1), c=c.reshape(-1))
    found = logistic_slopes(table, "act", ["a", "b", "c"])
    assert list(found.index) == ["intercept", "a", "b", "c", "a:b", "a:c", "b:c", "a:b:c"]
    assert found.loc["a:b:c", "estimate"] == pytest.approx(0.8, abs=0.15)
    assert abs(found.loc["a", "estimate"]) < 0.2
    plain = logistic_slopes(table, "act", ["a"], interactions=False)
    assert list(plain.index) == ["intercept", "a"]


@given(st.floats(-50, 50), st.floats(0.1, 10))
def test_levels_do_not_matter(by, times):
    table, _ = study(people=3)
    plain = person_slopes(table, "y", ["x", "z"])[["x", "z"]]
    moved = person_slopes(table.assign(y=times * table["y"] + by, x=table["x"] - by), "y", ["x", "z"])[["x", "z"]]
    assert np.allclose(moved, plain * times, rtol=1e-6, atol=1e-6)


def test_levels_add_up():
    table = prompts([0, 2, 4, 6, np.nan, 6], per_day=2, name="y")
    found = decomposed(table, "y")
    assert found["y_person"].tolist() == [3.6] * 6
    assert found["y_day"].tolist() == pytest.approx([-2.6, -2.6, 1.4, 1.4, 2.4, 2.4])
    assert found["y_moment"].tolist() == pytest.approx([-1, 1, -1, 1, np.nan, 0], nan_ok=True)
    parts = found[["y_person", "y_day", "y_moment"]].sum(axis=1, skipna=False)
    assert np.allclose(parts, table["y"], equal_nan=True)


def test_what_cannot_be_had_is_explained():
    table, _ = study(people=3, count=8)
    with pytest.raises(InputError, match="needs at least 10 complete prompts"):
        person_slopes(table, "y", ["x"])
    with pytest.raises(InputError, match='no column "xx"'):
        person_slopes(table, "y", ["xx"])
    with pytest.raises(InputError, match="into the future"):
        person_slopes(table, "y", ["x"], lag=-1)
    with pytest.raises(InputError, match="at least 3 people"):
        pooled(pd.Series([1.0, np.nan, 2.0]))
    with pytest.raises(InputError, match="at least 3 people and 20"):
        mixed_slopes(table[table["person"] == "p00"], "y", ["x"])
    with pytest.raises(InputError, match="at no prompt"):
        logistic_slopes(table.assign(y=0.0), "y", ["x"])


def test_an_arc_around_an_event():
    # a parabola around the one event of each of two days
    day = [0, 3, 4, 3, 0, 0, 0, 0]
    table = prompts([*day, *day], name="na").assign(cut=[0, 0, 1, 0, 0, 0, 0, 0] * 2)
    around = aligned(table, "cut", "na", before=2, after=2)
    assert around["offset"].tolist() == [-2, -1, 0, 1, 2] * 2
    assert profile(around)["value"].to_dict() == {-2: 0, -1: 3, 0: 4, 1: 3, 2: 0}
    assert profile(around)["centred"].loc[0] == pytest.approx(4 - 10 / 8)
    assert profile(around)["prompts"].tolist() == [2] * 5
    found = arc(around)
    assert found["quadratic"] == pytest.approx(-1.0) and found["linear"] == pytest.approx(0.0)
    assert (found["events"], found["people"]) == (2, 1)


def test_an_arc_keeps_to_the_day():
    table = prompts(np.arange(16.0), name="na").assign(cut=[0] * 8 + [1] + [0] * 7)
    assert aligned(table, "cut", "na", 3, 2)["offset"].tolist() == [0, 1, 2]
    with pytest.raises(InputError, match="nothing to align to"):
        aligned(table.assign(cut=0), "cut", "na")
    with pytest.raises(InputError, match="at least 3 answered prompts"):
        arc(aligned(table, "cut", "na", 1, 1))


def test_people_weigh_equally():
    table = prompts(np.array([[4.0] * 8, [0.0] * 8]), "AB", name="na").assign(
        cut=[1, 1, 1, 0, 0, 0, 0, 0] + [1] + [0] * 7
    )
    assert profile(aligned(table, "cut", "na", 0, 0))["value"].tolist() == [2.0]
