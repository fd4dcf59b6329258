"""Statements have the right direction, size, mechanism and n, and can be repeated."""

import numpy as np
import pytest

from simulation.studies.hypotheses.carriers import carriers, contrast_study, run_contrast
from simulation.studies.hypotheses.effects import Effect, effect_of, effects
from simulation.studies.hypotheses.patterns import patterns, touching
from simulation.studies.hypotheses.power import people_needed
from simulation.studies.hypotheses.write import hypothesise
from simulation.studies.model import load_study, parse_study
from simulation.studies.runner import sweep
from simulation.studies.tomlwrite import study_toml
from tests.studies.conftest import EXAMPLE, SMALL
from tests.studies.test_analysis import RAMP, invented, latin


def test_an_effect_has_the_size_it_was_given(planned):
    def outcome(x, luck):
        return np.where(x["Robin.tolerance"] > 0.5, 1.0, 0.0) + luck.normal(size=len(x["Robin.tolerance"]))

    results = invented(planned, latin(900), outcome)
    effect = effect_of(results, "Robin.tolerance", "mean_arousal")
    assert effect.d == pytest.approx(1.0, abs=0.2) and effect.interval[0] < 1 < effect.interval[1] and effect.clear
    null = effect_of(results, "Robin.warmth", "mean_arousal")
    assert not null.clear and abs(null.d) < 0.2
    assert effects(results)[0].factor == "Robin.tolerance"


def test_where_an_effect_holds_is_said(planned):
    def outcome(x, luck):
        only = np.where(x["Robin.warmth"] > 0.5, x["Robin.tolerance"], 0.0)
        return only + 0.1 * luck.normal(size=len(only))

    effect = effect_of(invented(planned, latin(900), outcome), "Robin.tolerance", "mean_arousal")
    assert effect.where.startswith("mainly where Robin.warmth ≥ 0.5") and effect.where.endswith("absent")


def test_people_needed_is_that_of_the_textbook():
    """Cohen 1988, table 2.4.1: 64 in each group for d = 0.5, 26 for 0.8, 394 for 0.2 at 80 % power."""
    assert [people_needed(d) for d in (0.2, 0.5, -0.8)] == [394, 64, 26]
    assert people_needed(50) >= 2


def test_the_check_finds_the_arrow_that_must_carry_it(planned):
    """Rejection sensitivity acts through biased perception and expectation: cutting one of them takes most away."""
    text = EXAMPLE.replace("replicates = 8", "replicates = 2").replace("points = 12", "points = 3")
    results = invented(planned, text.replace('"episodes", "cycles", ', ""), lambda x, luck: x["rejection_sensitivity"])
    effect = Effect("rejection_sensitivity", "mean_arousal", 0.1, 0.9, 0, 1, 1.0, (0.5, 1.5))
    study = contrast_study(results, effect, ["mean_arousal"])
    _, rows = run_contrast(study)
    found = {c.lesion: c for c in carriers(rows, effect, 1)}
    assert found["biased_perception"].clear and found["biased_perception"].share > 0.3
    assert abs(found["habit_formation"].share) < 0.3
    assert found["arousal_response"].share > 0.8


@pytest.mark.parametrize("text", [EXAMPLE, SMALL, RAMP, EXAMPLE + """
[[events]]
day = 3
label = "A quarrel, said \\"by chance\\""
person = "Alex"
other = "Robin"
rejection = 0.5
set_person = { stress_rate = 2 }
[courses]
quantities = ["arousal"]
"""])  # fmt: skip
def test_a_study_written_down_is_the_same_study(text):
    study = parse_study(text, "s.toml")
    assert parse_study(study_toml(study), "t.toml") == study


def test_the_list_is_ranked_complete_and_repeatable(planned, tmp_path):
    text = SMALL.replace("days = 6", "days = 20").replace("replicates = 4", "replicates = 8")
    sweep(planned(text), tmp_path / "s")
    place, sentences = hypothesise(tmp_path / "s")
    report = (place / "report.md").read_text(encoding="utf-8")
    assert sentences and all(sentence in report for sentence in sentences)
    assert any("rejection_sensitivity goes with more" in sentence for sentence in sentences)
    assert report.count("A study would need") == len(sentences) == report.count("- Mechanism: ")
    assert "not a clinical instrument" in report
    studies = sorted(place.glob("contrast-*.toml"))
    assert studies and all("lesion" in load_study(path).factors for path in studies)


def test_published_patterns_are_touched_in_both_directions():
    up = Effect("rejection_sensitivity", "cycles", 0.1, 0.9, 1, 2, 1.0, (0.5, 1.5))
    down = Effect("rejection_sensitivity", "cycles", 0.1, 0.9, 2, 1, -1.0, (-1.5, -0.5))
    assert any(told.endswith("in line with it") for told in touching(up))
    assert all(told.endswith("the other way round here") for told in touching(down))
    assert all(pattern.source and pattern.direction in (-1, 0, 1) for pattern in patterns())
