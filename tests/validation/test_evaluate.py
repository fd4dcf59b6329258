"""Evaluation: every published row has a verdict, workers change nothing, nothing is hidden, faults stay apart."""

import json

import pytest

from simulation.errors import InputError
from simulation.validation import all_patterns, evaluate, own_patterns
from simulation.validation.criteria import Between
from simulation.validation.estimates import Estimate
from simulation.validation.evaluate import check
from simulation.validation.laboratory import Laboratory
from simulation.validation.own_patterns import COLUMNS, read_patterns
from simulation.validation.pattern import Pattern, judged
from simulation.validation.published import published_rows, read_published
from simulation.validation.report import Report, write_report

QUICK = ["B9", "E7", "F31", "B3", "A6"]


@pytest.fixture(scope="module")
def verdicts():
    return evaluate(seed=3, only=QUICK, resamples=20)


def test_every_published_row_is_computed_by_a_pattern():
    assert set(all_patterns()) == set(published_rows())


def test_every_null_named_is_a_check():
    for pattern in all_patterns().values():
        assert set(pattern.nulls) <= set(pattern.checks), pattern.id


def test_verdicts_come_in_the_order_of_the_file_and_with_their_source(verdicts):
    assert [v.id for v in verdicts] == [row for row in published_rows() if row in QUICK]
    assert all(v.source and v.checks for v in verdicts)


def test_workers_change_nothing(verdicts):
    assert evaluate(seed=3, only=QUICK, resamples=20, workers=2) == verdicts


def test_rows_not_read_in_their_source_do_not_count():
    assert not all_patterns()["A16"].hard and all_patterns()["B1"].hard


def test_changed_constants_reach_the_scenes(verdicts):
    calm = {v.id: v for v in evaluate({"anger_gain": 0.5}, seed=3, only=["B9"], resamples=0)}["B9"]
    before = {v.id: v for v in verdicts}["B9"]
    assert calm.checks[0].value != before.checks[0].value


def test_a_broken_pattern_says_so_and_does_not_stop_the_rest():
    def broken(lab):
        raise ZeroDivisionError("oops")

    found = check(Pattern("B1", "momentary", broken, {}), Laboratory())
    assert found.verdict == "not-checkable" and "oops" in found.reason


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"groups": "bx"}, "no group"),
        ({"only": ["C99"]}, "no pattern"),
        ({"constants": {"anger_gian": 1.0}}, "did you mean"),
        ({"profiles": {"bpd": {"home_bse": 0.2}}}, "did you mean"),
    ],
)
def test_mistakes_are_told_in_one_sentence(options, says):
    with pytest.raises(InputError, match=says):
        evaluate(**options)


def test_a_file_of_figures_that_lacks_a_column_is_refused():
    with pytest.raises(InputError, match="lacks the column seen"):
        read_published("id,group,name,statement,value,unit,n,source,how_to_compute\n", "x.csv")


def test_own_patterns_are_checked_and_faulty_ones_told(tmp_path):
    rows = [
        "O1,low,me,mean,negative_affect,bpd,community,0.2,,0.2,4,3",
        "O2,odd,me,meen,negative_affect,bpd,,0,1,0.1,4,3",
        "O3,few,me,inertia,anger,bpd,,0,1,0.1,1,2",
        "O4,none,me,mean,anger,bpd,,,,0.1,4,3",
    ]
    file = tmp_path / "own.csv"
    file.write_text(",".join([*COLUMNS, "prompts", "days"]) + "\n" + "\n".join(rows) + "\n")
    found = {v.id: v for v in evaluate(only=[], own=read_patterns(file), resamples=10)}
    assert found["O1"].verdict == "met"
    assert 'did you mean "mean"' in found["O2"].reason
    assert "needs at least" in found["O3"].reason
    assert "neither low nor high" in found["O4"].reason
    file.write_text("id,statement\nO1,x\n")
    with pytest.raises(InputError, match="lacks the column"):
        read_patterns(file)


def test_own_patterns_share_a_study_and_may_be_checked_by_several_processes(tmp_path, monkeypatch):
    rows = [
        "A1,spread,me,variance,anger,bpd,,0,1,0.1,4,3",
        "O2,level,me,mean,anger,bpd,,0,1,0.1,4,3",
        "O3,group,me,mean,anger,community,,0,1,0.1,4,3",
    ]
    file = tmp_path / "own.csv"
    file.write_text(",".join([*COLUMNS, "prompts", "days"]) + "\n" + "\n".join(rows) + "\n")
    lived = []
    simulate = own_patterns.simulate_cohort

    def counted(cohorts, **more):
        lived.append(list(cohorts))
        return simulate(cohorts, **more)

    monkeypatch.setattr(own_patterns, "simulate_cohort", counted)
    alone = evaluate(only=["D1"], own=read_patterns(file), resamples=0)
    assert [(v.group, v.id) for v in alone] == [("d", "D1"), ("own", "A1"), ("own", "O2"), ("own", "O3")]
    assert lived == [["bpd"], ["community"]]
    assert evaluate(only=["D1"], own=read_patterns(file), resamples=0, workers=2) == alone


def test_the_report_hides_nothing(verdicts, tmp_path):
    report = Report(verdicts, [], 3, True, 1.0, ["a file was bad"])
    write_report(report, tmp_path)
    told = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    assert {p["id"] for p in told["patterns"]} == set(QUICK)
    assert {p["verdict"] for p in told["patterns"]} <= {"met", "missed", "not-checkable"}
    text = (tmp_path / "report.md").read_text(encoding="utf-8")
    for verdict in verdicts:
        assert f"### {verdict.id} " in text
        assert all(check.name in text for check in verdict.checks)
    assert "not a clinical instrument" in text and "a file was bad" in text
    assert (tmp_path / "patterns.png").stat().st_size > 10_000


def test_small_samples_are_told_with_how_many_misses_their_intervals_leave_open():
    pattern = Pattern("D1", "couples", lambda lab: {}, {"gap": Between(0.2, None, 0.1)}, reading="")
    open_, clear = (judged(pattern, {"gap": Estimate(0.1, 0.0, high)}) for high in (0.3, 0.15))
    assert Report([open_, clear], [], 1, True, 1.0).caution.startswith("Small samples: of the 2 missed, 1 have")
    assert Report([open_, clear], [], 1, False, 1.0).caution == ""
    assert "Small samples" in Report([open_, clear], [], 1, True, 1.0).as_markdown()
