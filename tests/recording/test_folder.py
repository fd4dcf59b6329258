"""The folder of a run: all of it or nothing, and read back as it was."""

import errno
import json
import tomllib

import pandas as pd
import pytest

from simulation.cases import load_case
from simulation.cases.model import DEFAULT_DT
from simulation.errors import InputError
from simulation.recording import Record, folder
from simulation.recording.folder import TABLES, read_run, write_run
from simulation.running import run


@pytest.fixture
def written(recording, tmp_path):
    return write_run(recording, tmp_path / "run")


def test_everything_is_there_and_nothing_else(recording, tmp_path):
    def draw(recording, place):
        (place / "one.png").write_bytes(b"picture")
        return [place / "one.png"]

    place = write_run(recording, tmp_path / "deep" / "run", pictures=draw, story=lambda recording: "# Story\n")
    assert sorted(str(path.relative_to(place)) for path in place.rglob("*") if path.is_file()) == [
        "case.toml", "events.parquet", "pictures/one.png", "provenance.json", "story.md", "summaries.parquet",
        "summary.json", "ties.parquet", "trajectories.parquet",
    ]  # fmt: skip
    assert [path.name for path in place.parent.iterdir()] == ["run"]
    run_folder = read_run(place)
    assert run_folder.story == "# Story\n"
    assert run_folder.pictures == [place / "pictures" / "one.png"]


def test_tables_come_back_bit_for_bit(recording, written):
    found = read_run(written)
    for table in TABLES:
        pd.testing.assert_frame_equal(getattr(found, table), getattr(recording, table), check_exact=True)
    assert found.case == recording.case


def test_the_written_case_repeats_the_run(recording, written, tmp_path):
    again = write_run(run(str(written / "case.toml")), tmp_path / "again")
    for name in (*(f"{table}.parquet" for table in TABLES), "case.toml", "summary.json"):
        assert (again / name).read_bytes() == (written / name).read_bytes(), name


@pytest.mark.parametrize("relationships", [40, 3200])
def test_a_network_of_ones_own_goes_with_the_run(relationships, tmp_path, monkeypatch):
    lines = ["source,target", *(f"p{i},p{i + 1}" for i in range(relationships))]
    network = tmp_path / "mine.csv"
    network.write_text("\n".join(lines))
    first = write_run(run("community", days=1, network_file=str(network)), tmp_path / "first")
    network.unlink()
    moved = tmp_path / "moved"
    first.rename(moved)
    second = write_run(run(str(moved / "case.toml")), tmp_path / "second")
    for table in TABLES:
        assert (second / f"{table}.parquet").read_bytes() == (moved / f"{table}.parquet").read_bytes(), table


def test_columns_say_what_they_mean(written):
    import pyarrow.parquet as pq

    schema = pq.read_schema(written / "trajectories.parquet")
    for field in schema:
        assert field.metadata[b"unit"], field.name
        assert field.metadata[b"meaning"], field.name
    assert str(schema.field("arousal").type) == "double"
    assert str(schema.field("person").type).startswith("dictionary")


def test_pages_have_checksums(written):
    """A single flipped bit among the numbers is found."""
    path = written / "trajectories.parquet"
    content = bytearray(path.read_bytes())
    content[len(content) // 3] ^= 1
    path.write_bytes(content)
    with pytest.raises(InputError, match=r"trajectories\.parquet.* is damaged"):
        _ = read_run(written).trajectories


@pytest.mark.parametrize("name", ["case.toml", "summary.json", "provenance.json", "events.parquet"])
def test_a_missing_file_is_told(written, name):
    (written / name).unlink()
    with pytest.raises(InputError, match=name.replace(".", r"\.")):
        read_run(written)


@pytest.mark.parametrize("name", ["summary.json", "provenance.json", *(f"{table}.parquet" for table in TABLES)])
def test_a_file_cut_short_is_told(written, name):
    content = (written / name).read_bytes()
    (written / name).write_bytes(content[: len(content) // 2])
    with pytest.raises(InputError, match=f"{name}.* is damaged or cut short".replace(".", r"\.", 1)):
        read_run(written)


def test_other_tables_are_told_apart(written):
    (written / "ties.parquet").write_bytes((written / "events.parquet").read_bytes())
    with pytest.raises(InputError, match=r"is a table of events, not of ties"):
        read_run(written)
    pd.DataFrame({"a": [1]}).to_parquet(written / "ties.parquet")
    with pytest.raises(InputError, match=r"is a table of something else, not of ties"):
        read_run(written)


@pytest.mark.parametrize("content", [b"", b"[]", b"3", b"\xff", b"{" * 100_000])
def test_other_json_is_told(written, content):
    (written / "summary.json").write_bytes(content)
    with pytest.raises(InputError, match=r"summary\.json"):
        read_run(written)


def test_a_later_layout_is_told(written):
    provenance = json.loads((written / "provenance.json").read_text())
    (written / "provenance.json").write_text(json.dumps({**provenance, "schema": 99}))
    with pytest.raises(InputError, match='layout "99"; this version reads layout 1'):
        read_run(written)


@pytest.mark.parametrize("place", ["nowhere", "file", ".", "a\0b", "x" * 5000])
def test_what_is_no_run_is_told(tmp_path, monkeypatch, place):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError):
        read_run(place)


def test_a_run_without_story_says_so(written):
    with pytest.raises(InputError, match=r"has no story\.md"):
        _ = read_run(written).story


@pytest.mark.parametrize("failing", [*range(len(TABLES)), "case", "picture"])
def test_a_full_disk_leaves_nothing(recording, tmp_path, monkeypatch, failing):
    full = OSError(errno.ENOSPC, "No space left on device")
    calls = []

    def write_table(frame, path, kind):
        path.write_bytes(b"half a tab")
        calls.append(kind)
        if len(calls) == failing + 1:
            raise full

    def write_text(self, *args, **kwargs):
        raise full

    def draw(recording, place):
        raise full

    if failing == "case":
        monkeypatch.setattr("pathlib.Path.write_text", write_text)
    elif failing != "picture":
        monkeypatch.setattr(folder, "write_table", write_table)
    with pytest.raises(InputError, match=r'run" cannot be written: No space left on device; nothing was written'):
        write_run(recording, tmp_path / "parent" / "run", pictures=draw)
    assert list(tmp_path.iterdir()) == []


def test_any_failure_leaves_nothing(recording, tmp_path):
    def tell(recording):
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write_run(recording, tmp_path / "run", story=tell)
    assert list(tmp_path.iterdir()) == []


def test_an_empty_recording_can_be_written(tmp_path):
    place = write_run(run("dyad", days=1, record=Record.nothing()), tmp_path / "run")
    found = read_run(place)
    assert found.summary["watched"] == {}
    assert all(len(getattr(found, table)) == 0 for table in TABLES)


def test_the_case_is_resolved(tmp_path):
    changed = run("dyad", days=1, seed=9, settings=["Alex.rejection_sensitivity=0.5"], lesions=["biased_perception"])
    place = write_run(changed, tmp_path / "run")
    data = tomllib.loads((place / "case.toml").read_text())
    assert (data["days"], data["seed"], data["lesions"]) == (1.0, 9, ["biased_perception"])
    assert load_case(place) == changed.case


def test_provenance(written):
    provenance = json.loads((written / "provenance.json").read_text())
    assert set(provenance) >= {
        "schema", "version", "commit", "dirty", "theory", "python", "packages", "platform", "cpu_count", "seed",
        "command", "started", "seconds_simulating", "seconds_total", "people", "ticks", "person_ticks",
        "person_ticks_per_second", "engine",
    }  # fmt: skip
    assert provenance["person_ticks"] == provenance["people"] * provenance["ticks"] == 2 * 21 / DEFAULT_DT
    assert provenance["seconds_total"] >= provenance["seconds_simulating"] > 0
    assert provenance["packages"]["numpy"] == __import__("numpy").__version__
    assert provenance["started"].endswith("+00:00")
