"""The compiled loop, made once and kept on disk.

The cache is keyed by the text of the theory and of the loop, so a changed formula can never meet stale machine code.
"""

from __future__ import annotations

import functools
import hashlib
import os
import types
from collections.abc import Callable
from pathlib import Path
from typing import Any

PACKAGE = Path(__file__).resolve().parent.parent
COMPILED_SOURCES = ("theory", "population", "randomness.py")
OPTIONS: dict[str, Any] = {"error_model": "numpy", "nogil": True, "_nrt": False}
"""Compiler options of the loop. Without reference counts: nothing in it makes or keeps an array, and where numba does not
see that by itself, counting every look at a page makes the loop five times slower."""


@functools.cache
def fingerprint() -> str:
    """Short hash of everything that goes into the machine code, and of the compiler's version."""
    import numba

    digest = hashlib.blake2b(numba.__version__.encode(), digest_size=8)
    for source in COMPILED_SOURCES:
        path = PACKAGE / source
        for file in sorted(path.glob("*.py")) if path.is_dir() else [path]:
            digest.update(file.read_bytes())
    return digest.hexdigest()


def cache_folder() -> Path:
    """Where compiled code is kept; ``CYCLES_CACHE`` overrides it."""
    root = os.environ.get("CYCLES_CACHE") or os.path.join(
        os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache", "interpersonal-cycles"
    )
    return Path(root) / f"compiled-{fingerprint()}"


def is_ready() -> bool:
    """Whether the main loop was compiled before on this machine."""
    return any(cache_folder().rglob("*.nbc"))


def compile_function(function: Callable[..., Any]) -> Callable[..., Any]:
    """Compile a mechanism or loop for direct calls, with a disk cache where the disk allows one."""
    import numba
    from numba.core import config as numba_config

    config: Any = numba_config  # its settings are set at run time, unknown to type checkers

    entry = types.FunctionType(
        function.__code__, function.__globals__, function.__name__, function.__defaults__, function.__closure__
    )
    entry.__module__ = function.__module__
    entry.__qualname__ = function.__qualname__
    before = config.CACHE_DIR
    try:
        folder = cache_folder()
        folder.mkdir(parents=True, exist_ok=True)
        config.CACHE_DIR = str(folder)
        return numba.njit(cache=True, **OPTIONS)(entry)
    except OSError:  # a read-only home: compile anew in every process
        return numba.njit(**OPTIONS)(entry)
    finally:
        config.CACHE_DIR = before


@functools.cache
def compiled(function: Callable[..., Any]) -> Callable[..., Any]:
    """The compiled form of a function of the theory or the loop; made at the first call."""
    return compile_function(function)
