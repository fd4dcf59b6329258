"""`cycles run`: a folder with everything, and a few lines that say what happened."""

import json
import re
import sys

import pytest

from simulation.cases import load_case
from simulation.cases.model import DEFAULT_DT
from simulation.cli.progress import Progress, shown_progress
from simulation.cli.report import _cells
from simulation.recording.folder import TABLES, read_run
from tests.cli.conftest import everything


def test_a_run_leaves_everything(cycles, plain, tmp_path):
    result = cycles("run", "dyad", "--days", 5)
    assert (result.exit_code, result.stderr) == (0, "")
    run = read_run(tmp_path / "runs" / "dyad-1")
    assert run.story == "# The story of dyad\n"
    assert [path.name for path in run.pictures] == ["course.png"]
    assert run.summary["days"] == 5
    assert run.provenance["command"].startswith("cycles")
    assert run.provenance["engine"] == "compiled"
    assert cycles("story", "runs/dyad-1").stdout == "# The story of dyad\n"


def test_the_print_says_what_happened_and_where_it_is(cycles, plain):
    lines = cycles("run", "dyad", "--days", 30).stdout
    for words in ("dyad, seed 1: 2 people through 30 days", "\nAlex\n", "\nRobin\n", "of dysregulation", "a week",
                  "self-states", "soothing alone", "toward others", "a day", "strain", "not a clinical instrument",
                  "cycles run runs/dyad-1/case.toml"):  # fmt: skip
        assert words in lines
    assert lines.index("runs/dyad-1/story.md") < lines.index("runs/dyad-1/pictures") < lines.index("summary.json")


def test_the_written_case_repeats_the_run_bit_for_bit(cycles, plain, tmp_path):
    changes = ("--set", "Alex.rejection_sensitivity=0.6", "--set", "Robin>Alex.strain=0.3", "--lesion", "later_cost")
    assert cycles("run", "dyad", "--days", 12, "--seed", 5, *changes, "--out", "one").exit_code == 0
    assert cycles("run", "one/case.toml", "--out", "two").exit_code == 0
    assert cycles("run", "two", "--out", "three").exit_code == 0
    for table in TABLES:
        content = (tmp_path / "one" / f"{table}.parquet").read_bytes()
        assert content == (tmp_path / "two" / f"{table}.parquet").read_bytes()
        assert content == (tmp_path / "three" / f"{table}.parquet").read_bytes()
    case = load_case("one")
    assert case.seed == 5
    assert case.lesions == ["later_cost"]


@pytest.mark.parametrize("engine", ["python", pytest.param("mesa", marks=pytest.mark.slow)])  # it compiles each phase
def test_every_engine_writes_the_same_tables(cycles, plain, tmp_path, engine):
    for one in ("compiled", engine):
        assert cycles("run", "dyad", "--days", 2, "--engine", one, "--out", one, "-q").exit_code == 0
    for table in TABLES:
        assert (tmp_path / engine / f"{table}.parquet").read_bytes() == (
            tmp_path / "compiled" / f"{table}.parquet"
        ).read_bytes()


def test_names_are_made_unique(cycles, plain):
    found = [cycles("run", "dyad", "--days", 1, "-q").stdout.strip() for _ in range(3)]
    assert found == ["runs/dyad-1", "runs/dyad-1-2", "runs/dyad-1-3"]
    assert cycles("run", "dyad", "--days", 1, "--seed", 8, "-q").stdout == "runs/dyad-8\n"


def test_an_empty_folder_can_be_given(cycles, plain, tmp_path):
    (tmp_path / "mine").mkdir()
    assert cycles("run", "dyad", "--days", 1, "--out", "mine", "--no-pictures", "-q").stdout == "mine\n"
    assert (tmp_path / "mine" / "story.md").exists()
    assert not (tmp_path / "mine" / "pictures").exists()


def test_people_and_networks(cycles, plain, tmp_path):
    assert cycles("run", "community", "--people", 60, "--days", 1, "--out", "many", "-q").exit_code == 0
    assert read_run(tmp_path / "many").summary["people"] == 60
    (tmp_path / "mine.csv").write_text("source,target\na,b\nb,c\nd,e\n")
    result = cycles("run", "community", "--network", "mine.csv", "--days", 1, "--out", "own")
    assert result.exit_code == 0
    assert "note: the network has 2 parts with no path between them" in result.stdout
    assert read_run(tmp_path / "own").summary["people"] == 5


def test_notes_on_a_changed_case(cycles, plain):
    told = cycles("run", "angie", "--days", 100.01, "--lesion", "biased_perception").stdout
    assert re.search(r"note: \d+ events of the case are left out: after the last day", told)
    assert "note: cut for everyone: biased_perception" in told
    assert "note: 100.01 days are no whole number of ticks: 100 days are simulated" in told


@pytest.mark.parametrize("what", ["tell_story", "draw_pictures"])
def test_a_defect_in_story_or_pictures_does_not_cost_the_run(cycles, plain, monkeypatch, tmp_path, what):
    def fail(*arguments):
        raise ZeroDivisionError("of no use")

    monkeypatch.setattr(sys.modules[f"simulation.{what.split('_')[1]}"], what, fail)
    result = cycles("run", "dyad", "--days", 1)
    assert result.exit_code == 1
    assert "Traceback" not in result.output
    (told,) = result.stderr.splitlines()
    assert 'failed with ZeroDivisionError "of no use"' in told
    saved = re.search(r"its details are in (\S+\.txt)", told)[1]
    assert "Traceback" in (tmp_path / saved).read_text()
    assert len(read_run(tmp_path / "runs" / "dyad-1").events)


def test_an_unexpected_error_is_one_sentence_with_its_traceback_saved(cycles, monkeypatch, tmp_path):
    def fail():
        raise ZeroDivisionError("of no use")

    monkeypatch.setattr("simulation.cli.listing.list_lesions", fail)
    result = cycles("lesions")
    assert result.exit_code == 1
    (told,) = result.stderr.splitlines()
    assert told.startswith('cycles: unexpected ZeroDivisionError "of no use"; this is a defect of the program')
    assert "Traceback" in (tmp_path / re.search(r"in (\S+\.txt)", told)[1]).read_text()


def test_too_little_memory_is_told(cycles, plain, monkeypatch, tmp_path):
    def fail(*arguments, **options):
        raise MemoryError

    monkeypatch.setattr("simulation.running.run_population", fail)
    result = cycles("run", "dyad")
    assert result.exit_code == 1
    assert result.stderr.startswith("cycles: there is not enough memory")
    assert everything(tmp_path) == []


def test_the_first_compilation_is_announced(cycles, plain, monkeypatch):
    monkeypatch.setattr("simulation.population.compiled.is_ready", lambda: False)
    assert "compiling the theory" in cycles("run", "dyad", "--days", 1).stderr
    assert cycles("run", "dyad", "--days", 1, "--quiet").stderr == ""


def test_progress_shows_people_ticks(monkeypatch):
    import io

    from rich.console import Console

    stream = io.StringIO()
    terminal = Console(file=stream, force_terminal=True, width=120)
    monkeypatch.setattr("simulation.cli.progress.console", lambda error: terminal)
    with shown_progress(quiet=False) as progress:
        progress.doing("building the population")
        progress.begin(people=1000, ticks=100)
        progress.advance(10, 100)
        progress.advance(50, 100)
        progress.doing("writing")
    assert "simulating" in stream.getvalue() or "writing" in stream.getvalue()
    Progress(None).advance(1, 2)


@pytest.mark.parametrize("shares", [[1.0], [0.5, 0.5], [0.337, 0.333, 0.33], [0.004, 0.996], [0.0, 1.0, 0.0]])
def test_bars_are_full(shares):
    cells = _cells(shares, 30)
    assert sum(cells) == 30
    assert all(abs(cell - 30 * share) < 1 for cell, share in zip(cells, shares, strict=True))


def test_numbers_in_the_summary_are_finite(cycles, plain, tmp_path):
    cycles("run", "dyad", "--days", DEFAULT_DT, "--out", "short")
    text = (tmp_path / "short" / "summary.json").read_text()
    assert json.loads(text, parse_constant=lambda name: pytest.fail(name))["ticks"] == 1


def test_real_story_and_pictures(cycles, tmp_path):
    result = cycles("run", "dyad", "--days", 20, "--out", "real")
    assert (result.exit_code, result.stderr) == (0, "")
    run = read_run(tmp_path / "real")
    assert run.pictures
    assert "Alex" in run.story
