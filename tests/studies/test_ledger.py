"""Whatever happens to a sweep, nothing done is lost and the table comes out the same."""

import errno
import os
import subprocess
import sys
import time
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from simulation.errors import InputError
from simulation.studies import ledger, runner
from simulation.studies import plan as plan_module
from simulation.studies.merging import merge
from simulation.studies.replay import replay
from simulation.studies.runner import sweep
from tests.studies.conftest import SMALL

ROOT = Path(__file__).parents[2]


@pytest.fixture
def small_blocks(monkeypatch):
    monkeypatch.setattr(plan_module, "MOST_ROWS", 6)


@pytest.fixture
def plan(planned, small_blocks):
    made = planned()
    assert made.n_blocks == 7
    return made


def content(folder, name="runs.parquet"):
    return (folder / name).read_bytes()


def test_a_sweep_leaves_one_tidy_table(plan, tmp_path):
    done = sweep(plan, tmp_path / "a")
    assert (done.runs, done.done, done.failed, done.complete) == (40, 40, 0, True)
    assert sorted(os.listdir(tmp_path / "a")) == [
        "data-dictionary.csv",
        "provenance.json",
        "runs.parquet",
        "study.json",
    ]
    table = pq.read_table(tmp_path / "a" / "runs.parquet", page_checksum_verification=True)
    assert table["run"].to_pylist() == list(range(40))
    described = (tmp_path / "a" / "data-dictionary.csv").read_text().splitlines()
    assert [line.split(",")[0] for line in described[1:]] == table.column_names


@pytest.mark.parametrize("after", [1, 4])
def test_stopped_and_begun_again_it_gives_the_same_bytes_without_repeating(plan, tmp_path, monkeypatch, after):
    sweep(plan, tmp_path / "whole")
    kept = ledger.Ledger.keep
    done = []

    def interrupted(self, block, rows, courses):
        if len(done) == after:
            raise KeyboardInterrupt
        done.append(block)
        kept(self, block, rows, courses)

    monkeypatch.setattr(ledger.Ledger, "keep", interrupted)
    with pytest.raises(KeyboardInterrupt):
        sweep(plan, tmp_path / "again")
    assert not (tmp_path / "again" / "runs.parquet").exists()
    again = []
    monkeypatch.setattr(ledger.Ledger, "keep", lambda self, b, r, c: (again.append(b), kept(self, b, r, c)))
    state = sweep(plan, tmp_path / "again", workers=1)
    assert state.earlier > 0 and not set(again) & set(done)
    assert content(tmp_path / "again") == content(tmp_path / "whole")
    assert sweep(plan, tmp_path / "again").earlier == 40  # and once more: nothing to do


def test_a_truncated_block_is_done_again(plan, tmp_path, monkeypatch):
    sweep(plan, tmp_path / "whole")
    sweep(plan, tmp_path / "part", shard=(1, 2))
    part = sorted((tmp_path / "part" / "parts").iterdir())[1]
    part.write_bytes(part.read_bytes()[:200])
    done = sweep(plan, tmp_path / "part")
    assert done.repeated == 1 and content(tmp_path / "part") == content(tmp_path / "whole")


def test_shards_merge_into_the_same_bytes(plan, tmp_path):
    sweep(plan, tmp_path / "whole")
    shards = [tmp_path / f"shard{i}" for i in (1, 2, 3)]
    for i, shard in enumerate(shards, 1):
        sweep(plan, shard, shard=(i, 3))
    with pytest.raises(InputError, match=r"2 of 7 blocks are missing"):
        merge(shards[:2], tmp_path / "merged")
    assert merge(shards, tmp_path / "merged") == 0
    assert content(tmp_path / "merged") == content(tmp_path / "whole")


def test_another_study_or_code_version_is_refused(plan, planned, tmp_path, monkeypatch):
    sweep(plan, tmp_path / "a", shard=(1, 2))
    before = sorted(os.listdir(tmp_path / "a" / "parts"))
    with pytest.raises(InputError, match="another study"):
        sweep(planned(seed="6"), tmp_path / "a")
    with pytest.raises(InputError, match="different study"):
        sweep(planned(seed="6"), tmp_path / "b", shard=(1, 2))
        merge([tmp_path / "a", tmp_path / "b"], tmp_path / "c")
    monkeypatch.setattr(ledger, "code_version", lambda: "another")
    with pytest.raises(InputError, match="another version of the code"):
        sweep(plan, tmp_path / "a")
    assert sorted(os.listdir(tmp_path / "a" / "parts")) == before
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("x")
    with pytest.raises(InputError, match="not the folder of a study"):
        sweep(plan, tmp_path / "mine")
    with pytest.raises(InputError, match="is a file"):
        sweep(plan, tmp_path / "mine" / "thesis.txt")


@pytest.mark.slow
def test_killed_at_any_moment_it_goes_on(tmp_path):
    study = tmp_path / "s.toml"
    large = SMALL.replace("days = 6", "days = 300").replace("replicates = 4", "replicates = 800")
    study.write_text(large.replace('"episodes", ', ""))
    command = [sys.executable, "-m", "simulation", "sweep", str(study), "-q", "--out"]
    parts, kept = tmp_path / "again" / "parts", [0]
    for more in (1, 3, 5):
        process = subprocess.Popen([*command, str(tmp_path / "again")], cwd=ROOT)
        patience = time.monotonic() + 60
        while len(list(parts.glob("*.parquet"))) < kept[-1] + more and process.poll() is None:
            assert time.monotonic() < patience
            time.sleep(0.01)
        assert process.poll() is None, "it ended before it could be killed"
        process.kill()
        process.wait(10)
        kept.append(len(list(parts.glob("*.parquet"))))
    assert kept == sorted(kept) and kept[-1] >= 9
    subprocess.run([*command, str(tmp_path / "again")], cwd=ROOT, check=True, timeout=120)
    subprocess.run([*command, str(tmp_path / "whole")], cwd=ROOT, check=True, timeout=120)
    assert content(tmp_path / "again") == content(tmp_path / "whole")


def test_a_full_disk_is_told_and_costs_nothing_done(plan, tmp_path, monkeypatch):
    sweep(plan, tmp_path / "whole")
    write, written = ledger._write_table, []

    def full(path, table):
        written.append(path)
        if len(written) > 3:
            raise OSError(errno.ENOSPC, "No space left on device")
        write(path, table)

    monkeypatch.setattr(ledger, "_write_table", full)
    with pytest.raises(InputError, match=r"No space left on device.*goes on from there"):
        sweep(plan, tmp_path / "a")
    monkeypatch.setattr(ledger, "_write_table", write)
    assert sweep(plan, tmp_path / "a").earlier == 18
    assert content(tmp_path / "a") == content(tmp_path / "whole")


def test_workers_and_processes_change_nothing(plan, tmp_path):
    sweep(plan, tmp_path / "one", workers=1)
    sweep(plan, tmp_path / "three", workers=3)
    assert content(tmp_path / "one") == content(tmp_path / "three")


@pytest.mark.slow
def test_processes_change_nothing(planned, tmp_path):
    plan = planned()
    sweep(plan, tmp_path / "threads")
    sweep(plan, tmp_path / "processes", workers=2, processes=True)
    assert content(tmp_path / "threads") == content(tmp_path / "processes")


def test_any_row_can_be_replayed_alone(plan, tmp_path):
    sweep(plan, tmp_path / "a")
    table = pq.read_table(tmp_path / "a" / "runs.parquet").to_pylist()
    found = replay(tmp_path / "a", table[17]["run_id"])
    assert found.run == 17 and found.agrees and found.seed == table[17]["seed"]
    assert replay(tmp_path / "a", "3").run == 3
    with pytest.raises(InputError, match="there is no run"):
        replay(tmp_path / "a", "0123abcd0123abcd")
    path = tmp_path / "a" / "runs.parquet"
    path.write_bytes(path.read_bytes()[:-100])
    with pytest.raises(InputError, match="damaged or cut short"):
        replay(tmp_path / "a", table[17]["run_id"])


def test_run_ids_hang_on_configuration_code_point_and_replicate_only(planned, monkeypatch):
    plan = planned()
    assert plan.run_id(0) == planned(replicates="2").run_id(0)  # more replicates, the same runs
    assert plan.run_id(4) == planned(replicates="2").run_id(2)
    assert plan.run_id(0) != plan.run_id(1) != plan.run_id(4)
    assert plan.run_id(0) != planned(seed="6").run_id(0)
    assert plan.run_id(0) != planned(days="7").run_id(0)
    monkeypatch.setattr(plan_module, "code_version", lambda: "another")
    assert plan.run_id(0) != planned().run_id(0)


def test_ids_of_several_runs_are_those_of_each_and_differ(plan):
    runs = list(range(plan.n_runs))
    together = plan.run_ids(runs)
    assert together == [plan.run_id(run) for run in runs]
    assert len(set(together)) == plan.n_runs


WORDS = """
question = "What does a lesion do?"
case = "dyad"
days = 1
seed = 1
measures = ["mean_arousal"]
[design]
kind = "list"
rows = [{ lesion = "none", tolerance = 0.4 }, { lesion = "LESION", tolerance = LEVEL }]
[factors]
FACTORS
"""


def test_a_run_id_hangs_on_words_and_numbers_but_not_on_the_order_of_factors(planned):
    def ids(lesion, level, factors=("lesion = {}", "tolerance = {}")):
        text = WORDS.replace("LESION", lesion).replace("LEVEL", level).replace("FACTORS", "\n".join(factors))
        return planned(text).run_ids([0, 1])

    ours = ids("felt_reactions", "0.4")
    assert ours == ids("felt_reactions", "0.4", factors=("tolerance = {}", "lesion = {}"))
    for other in (ids("biased_perception", "0.4"), ids("felt_reactions", "0.5")):
        assert other[0] == ours[0]
        assert len({other[1], *ours}) == 3


def test_no_scheduler_is_told(plan, tmp_path, monkeypatch):
    pytest.importorskip("distributed")
    monkeypatch.setattr(runner, "DASK_PATIENCE", 1)
    with pytest.raises(InputError, match="no Dask scheduler answers"):
        sweep(plan, tmp_path / "a", scheduler="tcp://127.0.0.1:1")
    assert runner._processors() >= 1
