"""The folder of a study: which blocks are done, and the table they become. Whatever happens, nothing done is lost."""

from __future__ import annotations

import contextlib
import csv
import json
import os
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulation.errors import InputError, quoted
from simulation.provenance import SCHEMA, environment
from simulation.recording.atomic import PATH, undisturbed
from simulation.studies.code import code_version
from simulation.studies.plan import Plan, plan_from
from simulation.studies.rows import COURSES, RUNS, dictionary, writer

if TYPE_CHECKING:
    import pyarrow as pa

STUDY, PROVENANCE, DICTIONARY, PARTS = "study.json", "provenance.json", "data-dictionary.csv", "parts"
ROW_GROUP = 20_000
"""Rows that are gathered before they are written into the final table."""


class Ledger:
    """A folder in which a study comes about.

    Args:
        folder: Where.
        plan: The study.
    """

    def __init__(self, folder: Path, plan: Plan) -> None:
        self.folder = folder
        self.plan = plan
        self.damaged: list[int] = []

    @classmethod
    def opened(cls, folder: str | os.PathLike[str], plan: Plan) -> Ledger:
        """Begin a study in a folder, or go on with it.

        Raises:
            InputError: The folder holds something else: another study, other code, or files of the user's.
        """
        path = Path(folder)
        ledger = cls(path, plan)
        try:
            if path.exists() and not path.is_dir():
                raise InputError(f"{quoted(folder, PATH)} is a file, not a folder; name a new folder")
            if path.is_dir() and any(path.iterdir()):
                ledger._check_same()
            else:
                path.mkdir(parents=True, exist_ok=True)
                header = {
                    "schema": SCHEMA,
                    "digest": plan.digest,
                    "code": code_version(),
                    "plan": json.loads(plan.payload()),
                }
                _write_atomically(path / STUDY, json.dumps(header, indent=1, ensure_ascii=False) + "\n")
            (path / PARTS).mkdir(exist_ok=True)
        except OSError as error:
            raise InputError(f"{quoted(folder, PATH)} cannot be written: {_reason(error)}") from None
        return ledger

    def _check_same(self) -> None:
        header = read_header(self.folder)
        place = quoted(self.folder, PATH)
        if json.dumps(header["plan"]) != self.plan.payload():
            raise InputError(f"{place} holds the results of another study; name a new folder (nothing was changed)")
        if header["code"] != code_version():
            raise InputError(
                f"{place} holds results of another version of the code ({header['code']}, now {code_version()}), which "
                f"must not be mixed; name a new folder (nothing was changed)"
            )

    @property
    def complete(self) -> bool:
        """Whether the final table is there."""
        return (self.folder / f"{RUNS}.parquet").is_file()

    def part(self, block: int, kind: str = RUNS) -> Path:
        """Path of what a block left."""
        return self.folder / PARTS / f"{kind}-{block:07d}.parquet"

    def done(self) -> set[int]:
        """Numbers of the blocks whose rows are there and whole; what is damaged is set aside to be done again."""
        import pyarrow as pa
        import pyarrow.parquet as pq

        found = set()
        for path in sorted((self.folder / PARTS).glob(f"{RUNS}-*.parquet")):
            block = int(path.stem.rpartition("-")[2])
            try:
                with pq.ParquetFile(path) as file:
                    study = (file.schema_arrow.metadata or {}).get(b"study", b"").decode()
                    rows = file.metadata.num_rows
                if study != self.plan.digest or rows != len(self.plan.runs_of(block)) * self.plan.rows_per_run:
                    raise pa.ArrowInvalid("rows are missing")
                if self.plan.study.courses is not None:
                    pq.read_schema(self.part(block, COURSES))
                found.add(block)
            except (pa.ArrowException, OSError):
                self.damaged.append(block)
        return found

    def keep(self, block: int, rows: pa.Table, courses: pa.Table | None) -> None:
        """Write down what a block gave: all of it or nothing.

        Raises:
            InputError: It cannot be written, as on a full disk; what was kept before stays.
        """
        try:
            if courses is not None:
                _write_table(self.part(block, COURSES), courses)
            _write_table(self.part(block), rows)
        except OSError as error:
            raise InputError(
                f"{quoted(self.folder, PATH)} cannot be written: {_reason(error)}; the blocks done so far are "
                f"kept, and "
                "the same command goes on from there"
            ) from None

    def finish(self, sources: Sequence[Ledger], told: dict[str, Any]) -> int:
        """Put the blocks together, in order, as the final table; remove the parts. Returns how many runs failed.

        Args:
            sources: Ledgers in whose folders the parts are looked for.
            told: What the provenance says besides the environment.
        """
        plan = self.plan

        def parts(kind: str) -> Iterable[Path]:
            for block in range(plan.n_blocks):
                yield next(path for source in sources if (path := source.part(block, kind)).is_file())

        try:
            if plan.study.courses is not None:
                _put_together(parts(COURSES), self.folder / f"{COURSES}.parquet")
            _write_dictionary(self.folder / DICTIONARY, plan)
            failed: list[int] = []
            about = {**environment(), **told, "study": plan.digest, "code": code_version(), "runs": plan.n_runs,
                     "points": plan.n_points, "replicates": plan.replicates}  # fmt: skip
            _write_atomically(self.folder / PROVENANCE, json.dumps(about, indent=1, ensure_ascii=False) + "\n")
            _put_together(parts(RUNS), self.folder / f"{RUNS}.parquet",
                          lambda table: failed.append(int(sum(table["failed"].to_pylist()))))  # fmt: skip
        except OSError as error:
            raise InputError(
                f"{quoted(self.folder, PATH)} cannot be written: {_reason(error)}; all blocks are kept, and the same "
                "command goes on from there"
            ) from None
        for path in (self.folder / PARTS).glob("*.parquet*"):
            path.unlink(missing_ok=True)
        with contextlib.suppress(OSError):
            (self.folder / PARTS).rmdir()
        return sum(failed) // plan.rows_per_run


def read_header(folder: str | os.PathLike[str]) -> dict[str, Any]:
    """Return what the folder of a study says of itself.

    Raises:
        InputError: It is no such folder, or damaged.
    """
    path = Path(folder)
    place = quoted(folder, PATH)
    if not path.is_dir():
        raise InputError(
            f"{place} {'is a file' if path.exists() else 'does not exist'}; name a folder that `cycles sweep` wrote"
        )
    try:
        header = json.loads((path / STUDY).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise InputError(f"{place} is not the folder of a study: it has no {STUDY}; name another folder") from None
    except (OSError, ValueError) as error:
        raise InputError(f"{STUDY} in {place} is damaged or cut short: {error}") from None
    if not isinstance(header, dict) or header.get("schema") != SCHEMA or not {"plan", "digest", "code"} <= set(header):
        raise InputError(f"{STUDY} in {place} is not of the layout this version reads")
    return header


def read_plan(folder: str | os.PathLike[str]) -> Plan:
    """Return the plan of the study in a folder.

    Raises:
        InputError: It is no such folder, or damaged.
    """
    return plan_from(json.dumps(read_header(folder)["plan"]))


def _write_dictionary(path: Path, plan: Plan) -> None:
    lines = [("column", "role", "unit", "meaning")]
    lines += [(name, a["role"], a["unit"], a["meaning"]) for name, a in dictionary(plan).items()]
    with open(path, "w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(lines)


def _write_table(path: Path, table: pa.Table) -> None:
    partial = path.with_suffix(".partial")
    try:
        with writer(partial, table.schema) as file:
            file.write_table(table)
        os.replace(partial, path)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise


def _write_atomically(path: Path, text: str) -> None:
    partial = path.with_name(path.name + ".partial")
    try:
        partial.write_text(text, encoding="utf-8")
        os.replace(partial, path)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise


def _put_together(parts: Iterable[Path], target: Path, seen: Callable[[Any], object] | None = None) -> None:
    """Append tables one after another into one file, never holding more than a row group."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    partial = target.with_suffix(".partial")
    waiting: list[pa.Table] = []
    file = None
    try:
        for part in parts:
            table = pq.read_table(part, page_checksum_verification=True, memory_map=False)
            if seen is not None:
                seen(table)
            file = file or writer(partial, table.schema)
            waiting.append(table)
            if sum(t.num_rows for t in waiting) >= ROW_GROUP:
                file.write_table(pa.concat_tables(waiting).combine_chunks())
                waiting = []
        if file is not None:
            if waiting:
                file.write_table(pa.concat_tables(waiting).combine_chunks())
            file.close()
        with undisturbed():
            os.replace(partial, target)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise


def _reason(error: OSError) -> str:
    return os.strerror(error.errno) if error.errno else str(error)
