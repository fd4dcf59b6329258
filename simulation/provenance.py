"""Where numbers come from: the versions, the code and the machine behind a run."""

from __future__ import annotations

import functools
import os
import platform
import shutil
import subprocess
import tomllib
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

DISTRIBUTION = "interpersonal-cycles"
SCHEMA = 1
"""Version of the layout of what a run leaves behind; a reader refuses one it does not know."""
PACKAGES = ("numpy", "numba", "llvmlite", "mesa", "networkx", "pandas", "pyarrow", "pydantic", "scipy", "matplotlib")
"""Packages whose version can matter to a number or a picture."""
_ROOT = Path(__file__).resolve().parent.parent
_GIT_SECONDS = 10


def environment() -> dict[str, Any]:
    """Return what ran: project, commit, theory, Python, packages, platform and processors.

    What cannot be found out is None. No package is imported to learn its version, save for the compiler, whose
    version is part of the fingerprint of the theory.
    """
    from simulation.population.compiled import fingerprint

    return {
        "schema": SCHEMA,
        "project": DISTRIBUTION,
        "version": project_version(),
        **source_state(),
        "theory": fingerprint(),
        "python": platform.python_version(),
        "implementation": platform.python_implementation(),
        "packages": {name: _version(name) for name in PACKAGES},
        "platform": platform.platform(),
        "machine": platform.machine(),
        "cpu_count": os.cpu_count(),
        "cpus_usable": _cpus_usable(),
    }


def project_version() -> str:
    """Return the version of the project, also where it is used from its folder without being installed."""
    found = _version(DISTRIBUTION)
    if found is None:
        try:
            found = tomllib.loads((_ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
        except (OSError, ValueError, KeyError):
            found = "unknown"
    return str(found)


@functools.cache
def source_state() -> dict[str, Any]:
    """Return `commit`, and `dirty`: whether files differ from it. Both are None outside the project's repository."""
    unknown = {"commit": None, "dirty": None}
    top = _git("rev-parse", "--show-toplevel")
    if top is None or Path(top).resolve() != _ROOT:
        return unknown  # installed, or inside somebody else's repository
    commit, changes = _git("rev-parse", "HEAD"), _git("status", "--porcelain", "--", ".")
    return unknown if commit is None else {"commit": commit, "dirty": None if changes is None else bool(changes)}


def _git(*arguments: str) -> str | None:
    program = shutil.which("git")
    if program is None:
        return None
    clean = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}  # as set within hooks
    try:
        done = subprocess.run(
            [program, "-C", str(_ROOT), "--no-optional-locks", *arguments],
            capture_output=True, text=True, encoding="utf-8", timeout=_GIT_SECONDS, env=clean,
            stdin=subprocess.DEVNULL,
        )  # fmt: skip
    except (OSError, ValueError, subprocess.TimeoutExpired):
        return None
    return done.stdout.strip() if done.returncode == 0 else None


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def _cpus_usable() -> int | None:
    try:
        return len(os.sched_getaffinity(0))
    except (AttributeError, OSError):  # not every platform tells
        return os.cpu_count()
