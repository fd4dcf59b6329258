"""Measures by name: complete, in range, the same as the functions they stand for; and the command line."""

import json
import math

import numpy as np
import pytest
from typer.testing import CliRunner

from simulation import run
from simulation.cli.app import app
from simulation.errors import InputError
from simulation.measures.cascades import reproduction_number
from simulation.measures.cycles import cycles_in, loop_gain
from simulation.measures.instruments import administer
from simulation.measures.registry import MEASURES, find_measure, measure, measures
from simulation.recording.recording import Record
from simulation.recording.summary import summarise

PROMISED = (
    "episodes", "cycles", "mean_arousal", "mean_anger", "time_in_episode", "self_harm_per_month", "strain", "loop_gain",
    "reproduction_number", "ders", "gsi", "criteria",
)  # fmt: skip


def test_what_is_promised_is_there():
    assert set(PROMISED) <= set(MEASURES)
    for name, entry in MEASURES.items():
        assert entry.name == name and entry.meaning and entry.unit and entry.source
        assert entry.low is None or entry.high is None or entry.low < entry.high


@pytest.mark.parametrize("person", ["Alex", "Robin", "everyone", None])
def test_all_are_within_their_range(dyad, person):
    for name, value in measures(dyad, person=person).items():
        entry = MEASURES[name]
        assert isinstance(value, float)
        if not math.isnan(value):
            assert (entry.low is None or value >= entry.low) and (entry.high is None or value <= entry.high), name


def test_the_focal_person_is_meant_unless_told(dyad):
    assert measure(dyad, "ders") == measure(dyad, "ders", "Alex") != measure(dyad, "ders", "Robin")
    both = [measure(dyad, "ders", name) for name in ("Alex", "Robin")]
    assert measure(dyad, "ders", "everyone") == pytest.approx(np.mean(both))


def test_they_agree_with_the_functions_and_the_summary(dyad):
    found = measures(dyad)
    assert found["cycles"] == len(cycles_in(dyad.events, dyad.days))  # only two people: every cycle is Alex's
    assert found["loop_gain"] == loop_gain(dyad.events, "Alex")
    assert found["reproduction_number"] == reproduction_number(dyad.events, "Alex")
    assert found["gsi"] == administer(dyad).loc["Alex", "gsi"]
    told = summarise(dyad)["watched"]["Alex"]
    assert found["episodes"] == told["episodes"] and found["ruptures"] == told["ruptures"]
    assert found["time_in_episode"] == pytest.approx(told["time_in_episode"])
    assert found["mean_arousal"] == pytest.approx(told["mean"]["arousal"])
    assert found["contacts_per_day"] == pytest.approx(told["contacts_per_day"])
    assert found["self_harm_per_month"] == pytest.approx(told["coping_per_30_days"].get("self_harm", 0))


def test_a_short_run_has_what_it_has():
    found = measures(run("dyad", days=0.5))
    assert found["mean_arousal"] > 0 and math.isnan(found["affect_inertia"]) and math.isnan(found["cycle_turns"])


def test_what_was_not_recorded_is_explained():
    bare = run("dyad", days=2, record=Record(quantities=("arousal",)))
    assert measure(bare, "mean_arousal") > 0
    with pytest.raises(InputError, match='"anger" was not recorded of "Alex"'):
        measure(bare, "mean_anger")
    with pytest.raises(InputError, match="a questionnaire needs"):
        measure(bare, "ders")
    with pytest.raises(InputError, match="nobody was watched"):
        measure(run("dyad", days=2, record=Record.nothing()), "episodes")


def test_unknown_names_are_explained(dyad):
    with pytest.raises(InputError, match=r'"cycels" is not a measure .did you mean "cycles"'):
        find_measure("cycels")
    with pytest.raises(InputError, match=r'"Alx" was not watched in this run .did you mean "Alex"'):
        measure(dyad, "cycles", "Alx")


def test_the_command_lists_them(monkeypatch):
    monkeypatch.setenv("COLUMNS", "250")
    result = CliRunner().invoke(app, ["measures"])
    assert result.exit_code == 0 and all(name in result.stdout for name in MEASURES)
    assert "not a clinical instrument" in result.stdout
    listed = json.loads(CliRunner().invoke(app, ["measures", "--json"]).stdout)
    assert [entry["name"] for entry in listed] == list(MEASURES)
    for entry in listed:
        assert set(entry) == {"name", "meaning", "unit", "low", "high", "source"}
    few = json.loads(CliRunner().invoke(app, ["measures", "circular", "--json"]).stdout)
    assert [entry["name"] for entry in few] == ["spin"]
    wrong = CliRunner().invoke(app, ["measures", "spni"], prog_name="cycles")
    assert wrong.exit_code == 2 and 'did you mean "spin"' in wrong.stderr
