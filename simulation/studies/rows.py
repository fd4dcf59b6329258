"""The tables of a study: their columns, what each means, and how they are written."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from simulation.recording.tables import KIND
from simulation.studies.plan import Plan
from simulation.studies.targets import STRUCTURE

if TYPE_CHECKING:
    import pyarrow as pa

RUNS, COURSES = "runs", "courses"
"""Kinds of tables."""


def dictionary(plan: Plan) -> dict[str, dict[str, str]]:
    """What each column of the table of runs means: role, unit and meaning, in the order of the columns."""
    from simulation.cases.parameters import CONSTANTS, CONVENIENCES, TIE_FIELDS, TRAITS

    known = {**TRAITS, **CONSTANTS, **TIE_FIELDS}
    about = {
        "run": _entry("identity", "1", "number of the run, from 0: point times replicates plus replicate"),
        "run_id": _entry("identity", "1", "identity of the run: configuration, code, values of the factors, replicate"),
        "point": _entry("identity", "1", "number of the point of the design, from 0"),
        "replicate": _entry("identity", "1", "number of the replicate, from 0; it has the same luck at every point"),
        "seed": _entry("identity", "1", "seed of all chance in the run"),
    }
    targets = {target.factor: target for target in plan.targets}
    for name in plan.names:
        if name not in targets:
            about[name] = _entry("factor", "1", "a factor that changes nothing: the yardstick of indices")
            continue
        target = targets[name]
        quantity = known.get(target.key)
        meaning = quantity.meaning if quantity is not None else ""
        if target.key in CONVENIENCES:
            meaning = CONVENIENCES[target.key].meaning
        if target.kind == STRUCTURE and not meaning:
            meaning = f"setting of the case: {name}"
        whose = (
            f" ({target.who or 'focal person'}{' toward ' + target.whom if target.whom else ''})"
            if target.kind != STRUCTURE
            else ""
        )
        about[name] = _entry("factor", quantity.unit if quantity else "1", (meaning or target.kind) + whose)
    if plan.study.ramp is not None:
        about["step"] = _entry("ramp", "1", "number of the step of the ramp, from 0")
        about["direction"] = _entry("ramp", "word", "whether the parameter was rising or falling")
        about[f"ramp:{plan.study.ramp.factor}"] = _entry("ramp", "1", "value of the ramped parameter in this step")
    for a in plan.asked:
        whose = "" if a.outcome.of_run else f" ({a.who or 'focal person'})"
        about[a.label] = _entry("measure", a.outcome.unit, a.outcome.meaning + whose)
    about["failed"] = _entry("outcome", "1", "whether the run failed; its measures are missing then")
    about["error"] = _entry("outcome", "text", "what went wrong, if anything did")
    return about


def _entry(role: str, unit: str, meaning: str) -> dict[str, str]:
    return {"role": role, "unit": unit, "meaning": meaning}


def schema(plan: Plan) -> pa.Schema:
    """Columns and types of the table of runs."""
    import pyarrow as pa

    words = {name for name, column in zip(plan.names, plan.points, strict=True) if isinstance(column, list)}
    kinds = {"run": pa.int64(), "run_id": pa.string(), "point": pa.int64(), "replicate": pa.int64(), "seed": pa.int64(),
             "step": pa.int64(), "direction": pa.string(), "failed": pa.bool_(), "error": pa.string()}  # fmt: skip
    fields = []
    for name, about in dictionary(plan).items():
        kind = pa.string() if name in words else kinds.get(name, pa.float64())
        fields.append(pa.field(name, kind, metadata={"unit": about["unit"], "meaning": about["meaning"]}))
    return pa.schema(fields, metadata={KIND: RUNS.encode(), b"study": plan.digest.encode()})


def rows_table(plan: Plan, parts: list[dict[str, Any]]) -> pa.Table:
    """Put the columns of tiles into the table of a block."""
    import pyarrow as pa

    got = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    run = got["run"]
    point, replicate = run // plan.replicates, run % plan.replicates
    different, place = np.unique(run, return_inverse=True)
    ids = np.array(plan.run_ids(different.tolist()), dtype=object)
    columns: dict[str, Any] = {
        "run": run,
        "run_id": ids[place],
        "point": point,
        "replicate": replicate,
        "seed": plan.seeds[replicate],
        "failed": np.array([text is not None for text in got["error"]]),
        "error": list(got["error"]),
    }
    for name, column in zip(plan.names, plan.points, strict=True):
        columns[name] = [column[p] for p in point] if isinstance(column, list) else column[point]
    if plan.study.ramp is not None:
        columns["step"] = got["step"]
        columns["direction"] = [plan.steps[step][1] for step in got["step"]]
        columns[f"ramp:{plan.study.ramp.factor}"] = np.array([plan.steps[step][0] for step in got["step"]])
    columns |= {a.label: got[a.label] for a in plan.asked}
    layout = schema(plan)
    return pa.table({name: pa.array(columns[name], layout.field(name).type) for name in layout.names}, schema=layout)


def courses_table(plan: Plan, parts: list[dict[str, Any]]) -> pa.Table:
    """Put the courses of tiles into the table of a block."""
    import pyarrow as pa

    courses = plan.study.courses
    assert courses is not None
    fields = [pa.field("run", pa.int64()), pa.field("day", pa.float64())]
    fields += [pa.field(name, pa.float64()) for name in courses.quantities]
    layout = pa.schema(fields, metadata={KIND: COURSES.encode(), b"study": plan.digest.encode()})
    if not parts:
        return layout.empty_table()
    return pa.table({name: np.concatenate([part[name] for part in parts]) for name in layout.names}, schema=layout)


def writer(path: Path, layout: pa.Schema) -> Any:
    """Return a Parquet writer: compressed, with checksums on every page."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    floats = [field.name for field in layout if pa.types.is_floating(field.type)]
    words = [field.name for field in layout if pa.types.is_string(field.type) and field.name != "run_id"]
    return pq.ParquetWriter(
        path, layout, compression="zstd", use_dictionary=words, use_byte_stream_split=floats, write_page_checksum=True
    )
