"""Cases from files: the built-in ones, a user's own, and those in the folders of earlier runs."""

from __future__ import annotations

import os
import stat
import tomllib
from importlib.resources import files
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from simulation.cases.defects import refuse
from simulation.cases.members import graph_of
from simulation.cases.model import Case
from simulation.errors import InputError, nearest, quoted, quoted_list

MAX_BYTES = 20_000_000
CASE_FILE = "case.toml"
"""What the case is called in the folder of a run."""
EMBEDDED_UP_TO = 3_000
"""Relationships of a network file up to which they are taken into the case itself."""


def case_names() -> list[str]:
    """Return the names of the built-in cases."""
    library = files("simulation.cases") / "library"
    return sorted(entry.name.removesuffix(".toml") for entry in library.iterdir() if entry.name.endswith(".toml"))


def load_case(name_or_path: str | os.PathLike[str]) -> Case:
    """Return a case, checked.

    A network that the case takes from a file becomes part of the case when it has at most 3,000 relationships;
    otherwise the case keeps the full path of the file.

    Args:
        name_or_path: Name of a built-in case, path of a TOML file, or folder of a run with its `case.toml`.

    Raises:
        InputError: What is wrong with the case, where, and what is allowed. No other exception is raised.
    """
    if isinstance(name_or_path, str) and name_or_path in case_names():
        text = (files("simulation.cases") / "library" / f"{name_or_path}.toml").read_text(encoding="utf-8")
        return parse_case(text, f"{name_or_path}.toml", None)
    try:
        path = Path(name_or_path)
        folder = path.is_dir()
        exists = os.path.lexists(path)
    except (TypeError, ValueError, OSError):
        raise InputError(f"{quoted(name_or_path)} is not the name of a case or the path of a file") from None
    if folder:
        if not (path / CASE_FILE).exists():
            raise InputError(f"the folder {quoted(path)} has no {CASE_FILE}; name a case file or the folder of a run")
        path = path / CASE_FILE
    elif not exists and path.suffix != ".toml":
        hint = nearest(name_or_path, case_names())
        known = f"there are {quoted_list(case_names(), limit=30)}, or give the path of a TOML file"
        raise InputError(f"there is no case called {quoted(name_or_path)}{hint}; {known}")
    return parse_case(text_of(path), _shown(path), path.parent)


def parse_case(text: str, file: str, folder: Path | None) -> Case:
    """Return the case that a TOML text describes.

    Args:
        text: The content of a case file.
        file: What messages call it.
        folder: Where the path of a network file starts, if it is relative.

    Raises:
        InputError: What is wrong with it.
    """
    data = table_of(text, file)
    data.setdefault("name", slug(file.removesuffix(".toml")))
    network = data.get("network")
    if folder is not None and isinstance(network, dict) and isinstance(network.get("file"), str):
        network["file"] = _absolute(network["file"], folder)
    treatment = data.get("treatment")
    if folder is not None and isinstance(treatment, dict) and isinstance(treatment.get("modules"), str):
        treatment["modules"] = _absolute(treatment["modules"], folder)
    return checked(data, f"case {file}")


def checked(data: dict[str, Any], place: str) -> Case:
    """Return the case that `data` describes, with its network drawn once to see that it can be.

    Raises:
        InputError: What is wrong; messages call the case `place`.
    """
    try:
        case = Case.model_validate(data)
        if case.network is None:
            return case
        graph = graph_of(case.network, case.seed)
        if case.network.file is None or graph.n_relationships > EMBEDDED_UP_TO:
            return case
        network = {**data["network"], "file": None, **embedded(graph)}
        return Case.model_validate({**data, "network": network})
    except ValidationError as error:
        refuse(error, data, place)
    except InputError as error:
        raise InputError(f"{error} ({place}, network)") from None
    except RecursionError:
        raise InputError(f"{place} is nested too deeply") from None


def embedded(graph: Any) -> dict[str, Any]:
    """Return the keys of a case's network that say the same as a graph with names."""
    names = graph.names
    edges = [[names[i], names[j]] for i, j in zip(graph.first.tolist(), graph.second.tolist(), strict=True)]
    numbers = {column: values.tolist() for column, values in graph.edge.items()}
    return {"edges": edges, "numbers": numbers, "names": alone(graph)}


def alone(graph: Any) -> list[str]:
    """Return the names of those without any relationship."""
    return [graph.name(i) for i in (graph.degrees() == 0).nonzero()[0].tolist()]


def table_of(text: str, file: str, kind: str = "case") -> dict[str, Any]:
    """Return what a TOML text says; messages call it `file`, and what it should be a `kind`.

    Raises:
        InputError: It is not TOML, or cannot be read as such.
    """
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        hint = "; text stands in quotes, a number begins with a digit" if "nvalid value" in str(error) else ""
        raise InputError(f"{file} is not a TOML file: {_first_lower(str(error))}{hint}") from None
    except RecursionError:
        raise InputError(f"{file} is nested too deeply to be a {kind}") from None
    except ValueError:  # a number of thousands of digits
        raise InputError(f"{file} contains a number that is too long") from None


def text_of(path: Path, kind: str = "case") -> str:
    """Return the content of the file of a `kind`: at most 20 MB of UTF-8.

    Raises:
        InputError: It cannot be read, and why.
    """
    name = _shown(path)
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise InputError(f"{name} is not a file that can be read")
        if status.st_size > MAX_BYTES:
            raise InputError(
                f"{name} has {status.st_size / 1e6:,.0f} MB; a {kind} file has at most {MAX_BYTES / 1e6:,.0f} MB"
            )
        with path.open("rb") as opened:
            raw = opened.read(MAX_BYTES + 1)
        return raw.decode("utf-8-sig")
    except FileNotFoundError:
        hint = nearest(path.name, _neighbours(path))
        raise InputError(f"there is no file {quoted(path)}{hint}") from None
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise InputError(f"{name}, line {line}: not UTF-8; save the file as text in UTF-8") from None
    except (OSError, ValueError) as error:
        raise InputError(f"{name} cannot be read: {getattr(error, 'strerror', None) or error}") from None


def _neighbours(path: Path) -> list[str]:
    try:
        return [name for name in os.listdir(path.parent) if name.endswith(".toml")]
    except (OSError, ValueError):
        return []


def _absolute(file: str, folder: Path) -> str:
    try:
        return str((folder / file).absolute())
    except (OSError, ValueError):
        return file


def _shown(path: Path) -> str:
    return quoted(path.name or path)[1:-1]


def slug(stem: str, otherwise: str = "case") -> str:
    """Return a short name made from the name of a file; `otherwise` if nothing of it can be used."""
    plain = "".join(c if c.isascii() and (c.isalnum() or c in "._-") else "-" for c in stem)[:60]
    return plain.lstrip("._-") or otherwise


def _first_lower(text: str) -> str:
    return text[:1].lower() + text[1:]
