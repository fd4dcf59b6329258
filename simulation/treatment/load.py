"""Modules from a user's own file: loaded as a whole, held to the contract, or refused as a whole."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from threading import Lock
from types import ModuleType
from zlib import crc32

from simulation.errors import InputError, quoted
from simulation.treatment.answers import failure, line_in
from simulation.treatment.contract import BEING_LOADED, MODULES, Module
from simulation.treatment.contract_check import check_contract

_LOADED: dict[bytes, tuple[str, ...]] = {}
"""Names of the modules of each file loaded, by its content: the copy in the folder of a run is the same file."""
_ONE_AT_A_TIME = Lock()


def load_modules(file: str) -> list[str]:
    """Load a Python file that declares modules; return the names of those in it.

    A file that has changed since it was loaded replaces its own modules, never those of another file.

    Raises:
        InputError: The file is missing or fails, declares nothing, takes a name that another module has, or one of its
            modules breaks a promise of the contract. Then the modules known are those known before.
    """
    import simulation.treatment.modules  # its names are taken

    assert simulation.treatment.modules
    path = Path(file).resolve()
    text = _content(path, file)
    with _ONE_AT_A_TIME:
        known = _LOADED.get(text, ())
        if known and all(name in MODULES for name in known):
            return list(known)
        found = _declared_in(path, text)
        if not found:
            raise InputError(f"{quoted(file)} declares no module; put @module(...) above a function")
        check_contract(found.values())
        _replace(path, found.values())
        for old in [content for content, names in _LOADED.items() if set(names) & set(found)]:
            del _LOADED[old]
        _LOADED[text] = tuple(found)
        return list(found)


def _content(path: Path, shown: str) -> bytes:
    if not path.is_file():
        raise InputError(f"there is no file {quoted(shown)} with modules")
    if path.suffix != ".py":
        raise InputError(f"{quoted(shown)} is not a Python file with modules; its name ends in .py")
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError(f"{quoted(shown)} cannot be read: {error.strerror}") from None


def _declared_in(path: Path, text: bytes) -> dict[str, Module]:
    """What a file declares when it is carried out, by name."""
    loaded = ModuleType(f"modules_of_{path.stem}_{crc32(str(path).encode()):08x}")
    loaded.__file__ = str(path)
    sys.modules[loaded.__name__] = loaded  # where dataclasses and the like look for it
    found: dict[str, Module] = {}
    token = BEING_LOADED.set(found)
    try:
        exec(compile(text, str(path), "exec"), loaded.__dict__)
    except InputError as error:
        raise InputError(f"{error} ({_where(path, error)})") from None
    except (Exception, SystemExit) as error:
        raise InputError(f"{quoted(path)} cannot be loaded: {failure(error)} ({_where(path, error)})") from None
    finally:
        BEING_LOADED.reset(token)
    return found


def _where(path: Path, error: BaseException) -> str:
    line = error.lineno if isinstance(error, SyntaxError) else line_in(str(path), error)
    return f"{path.name}, line {line}" if line else path.name


def _replace(path: Path, found: Iterable[Module]) -> None:
    """Put the modules of a file in the place of those it had before; never without one that both have."""
    new = {module.name: module for module in found}
    MODULES.update(new)
    for name in [name for name, old in MODULES.items() if old.file == str(path) and name not in new]:
        del MODULES[name]
