"""The search by response surfaces: finds what is wanted, writes every simulation down, goes on where it stopped."""

import csv
import json

import pytest

from experiments.response_surface import Journal, Target, search

SPACE = {"a": (0.0, 1.0), "b": (0.0, 1.0), "c": (0.0, 1.0)}
START = {"a": 0.5, "b": 0.5, "c": 0.5, "fixed": 2.0}
TARGETS = {"rises with a": Target(0.68, 0.72, 0.02), "falls with b": Target(-0.42, -0.38, 0.02)}


def measure(values, seed):
    """Two outcomes, each of one value, with a little luck; c is without effect."""
    luck = 0.002 * (seed % 5 - 2)
    return {"rises with a": values["a"] + luck, "falls with b": -values["b"] + luck}


def must_not_be_asked(values, seed):
    raise AssertionError("this was simulated before")


def sought(measure, out, rounds):
    return search(measure, SPACE, START, TARGETS, out, rounds=rounds, seed=10, step=0.1, again=2, workers=1)


def rows_of(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_it_finds_what_is_wanted_and_says_what_was_spent(tmp_path):
    best = sought(measure, tmp_path / "found.json", 3)
    assert best["a"] == pytest.approx(0.7, abs=0.03)
    assert best["b"] == pytest.approx(0.4, abs=0.03)
    assert best["fixed"] == 2.0
    told = json.loads((tmp_path / "found.json").read_text())
    assert told["values"] == best
    assert told["loss"] < told["loss of the start"]
    assert told["simulations"] == len(rows_of(tmp_path / "found.csv"))


def test_a_search_goes_on_where_it_stopped(tmp_path):
    whole = sought(measure, tmp_path / "whole.json", 2)
    sought(measure, tmp_path / "part.json", 1)
    first = rows_of(tmp_path / "part.csv")
    assert sought(measure, tmp_path / "part.json", 2) == whole
    again = rows_of(tmp_path / "part.csv")
    assert again[: len(first)] == first
    assert {tuple(r.items()) for r in again} == {tuple(r.items()) for r in rows_of(tmp_path / "whole.csv")}
    assert sought(must_not_be_asked, tmp_path / "part.json", 2) == whole


def test_a_table_of_another_search_is_refused(tmp_path):
    Journal(tmp_path / "one.csv", ["a"], ["x"])
    with pytest.raises(ValueError, match="other values or targets"):
        Journal(tmp_path / "one.csv", ["a", "b"], ["x"])


def test_what_another_theory_gave_does_not_count(tmp_path):
    journal = Journal(tmp_path / "one.csv", ["a"], ["x, with a comma"])
    journal.add({"a": 0.5}, 1, {"x, with a comma": 2.0})
    assert Journal(journal.path, ["a"], ["x, with a comma"]).get({"a": 0.5}, 1) == {"x, with a comma": 2.0}
    journal.path.write_text(journal.path.read_text().replace(journal.theory, "0" * 16))
    assert Journal(journal.path, ["a"], ["x, with a comma"]).get({"a": 0.5}, 1) is None
