"""Cases as text: what `load_case` reads back unchanged."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from simulation.cases.members import graph_of
from simulation.cases.model import Case
from simulation.cases.read import CASE_FILE, alone
from simulation.errors import InputError, quoted

NETWORK_FILE = "network.csv"
"""What a network too large for the case file is called beside it."""
MODULES_FILE = "modules.py"
"""What the file with the user's own modules of a treatment is called beside the case."""


def dump_case(case: Case) -> str:
    """Return the case as a TOML text; what has its default is left out.

    Reading the text gives an equal case. A large network from a file, and a file with modules, are referred to by
    their full paths; `save_case` puts them beside the case instead.
    """
    return "\n".join(_document(_table(case))) + "\n"


def table_text(name: str, table: Mapping[str, Any]) -> str:
    """Return one table of a case file under its header, as TOML text."""
    return "\n".join(_section([name], table, "[{}]")) + "\n"


def save_case(case: Case, folder: Path) -> Path:
    """Write `case.toml` into a folder, with what does not fit into it.

    That is `network.csv` where the network is too large, and `modules.py` where the treatment has modules of the
    user's own: a copy, so that the run can be repeated whatever becomes of their file. Where there is no such file,
    nobody was treated with it, and the case keeps its full path.
    Everything that the case needs is then in the folder, and `load_case(folder)` finds it.

    Args:
        case: The case.
        folder: An existing folder.

    Returns:
        Path of the case file.

    Raises:
        InputError: The folder cannot be written to.
    """
    table = _table(case)
    try:
        if case.network is not None and case.network.file is not None:
            graph = graph_of(case.network, case.seed)
            (folder / NETWORK_FILE).write_text(_edge_list(graph), encoding="utf-8")
            table["network"] |= {"file": NETWORK_FILE, "names": alone(graph)}
        if case.treatment is not None and case.treatment.modules and Path(case.treatment.modules).is_file():
            (folder / MODULES_FILE).write_bytes(Path(case.treatment.modules).read_bytes())
            table["treatment"] |= {"modules": MODULES_FILE}
        path = folder / CASE_FILE
        path.write_text("\n".join(_document(table)) + "\n", encoding="utf-8")
    except OSError as error:
        raise InputError(f"{quoted(folder)} cannot be written to: {error.strerror or error}") from None
    return path


def _edge_list(graph: Any) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["source", "target", *graph.edge])
    numbers = [values.tolist() for values in graph.edge.values()]
    for row in zip(graph.first.tolist(), graph.second.tolist(), *numbers, strict=True):
        writer.writerow([graph.name(row[0]), graph.name(row[1]), *map(repr, row[2:])])
    return text.getvalue()


def _table(case: Case) -> dict[str, Any]:
    """Return the case as nested tables, fields of ties beside their other keys."""
    table = case.model_dump(exclude_defaults=True)
    ties = []
    for tie in table.get("ties", []):
        sides = {key: tie.pop(key) for key in ("from_first", "from_second") if key in tie}
        ties.append({**_flat(tie), **{key: _flat(side) for key, side in sides.items()}})
    return table | {"ties": ties} if ties else table


def _flat(part: dict[str, Any]) -> dict[str, Any]:
    fields = part.pop("values", {})
    return {**part, **fields}


def _document(table: Mapping[str, Any]) -> Iterator[str]:
    """Yield the lines of a document: plain keys first, then tables, then lists of tables."""
    plain = {key: value for key, value in table.items() if not _is_tables(value)}
    yield from (f"{_key(key)} = {_value(value)}" for key, value in plain.items())
    for key, value in table.items():
        if key not in plain:
            for entry in value if isinstance(value, list) else [value]:
                yield ""
                yield from _section([key], entry, "[[{}]]" if isinstance(value, list) else "[{}]")


def _section(path: list[str], table: Mapping[str, Any], header: str) -> Iterator[str]:
    """Yield the lines of a table with a header of its own, and of the tables of tables within it."""
    deep = {k for k, v in table.items() if isinstance(v, dict) and any(isinstance(w, dict) for w in v.values())}
    yield header.format(".".join(map(_key, path)))
    for key, value in table.items():
        if key not in deep:
            yield f"{_key(key)} = {_value(value)}"
    for key in sorted(deep):
        yield from _section([*path, key], table[key], "[{}]")


def _is_tables(value: object) -> bool:
    return isinstance(value, dict) or (isinstance(value, list) and bool(value) and isinstance(value[0], dict))


def _key(key: str) -> str:
    bare = key.isascii() and key.replace("-", "").replace("_", "").isalnum()
    return key if bare else _text(key)


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, (int, float)):
        return repr(value)
    if isinstance(value, list):
        return _list(value)
    assert isinstance(value, dict)
    return "{" + ", ".join(f"{_key(key)} = {_value(entry)}" for key, entry in value.items()) + "}"


def _list(values: list[Any]) -> str:
    entries = [_value(entry) for entry in values]
    flat = f"[{', '.join(entries)}]"
    return flat if len(flat) <= 120 else "[\n" + "".join(f"  {entry},\n" for entry in entries) + "]"


def _text(text: str) -> str:
    """Return a basic string of TOML; one with line breaks is written over several lines."""
    escaped = json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
    if "\n" not in text:
        return escaped
    lines = (json.dumps(line, ensure_ascii=False)[1:-1].replace("\x7f", "\\u007f") for line in text.split("\n"))
    return '"""\n' + "\n".join(lines) + '"""'
