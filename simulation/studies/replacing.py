"""A folder of ours that is made anew: the earlier one stays until the new one is complete."""

from __future__ import annotations

import contextlib
import os
import shutil
import uuid
from collections.abc import Iterator
from pathlib import Path

from simulation.errors import InputError, quoted
from simulation.recording.atomic import PATH, undisturbed, write_errors_told


@contextlib.contextmanager
def replaced_folder(target: Path, mark: str) -> Iterator[Path]:
    """Make a folder that takes its name, and the place of an earlier one of its kind, only when the block ends well.

    Args:
        target: What it will be called.
        mark: Name of a file that tells a folder of this kind from one of the user's.

    Raises:
        InputError: Something else stands there, or it cannot be written.
    """
    if target.exists() and not target.is_dir():
        raise InputError(f"{quoted(target, PATH)} is a file, not a folder; name a new folder")
    if target.is_dir() and any(target.iterdir()) and not (target / mark).is_file():
        raise InputError(f"the folder {quoted(target, PATH)} holds something else; name a new folder")
    new = target.parent / f".{target.name[:40]}.{uuid.uuid4().hex[:12]}.partial"
    try:
        with write_errors_told(target):
            new.mkdir(parents=True)
        yield new
        with write_errors_told(target), undisturbed():
            if target.is_dir():
                old = new.with_suffix(".old")
                os.rename(target, old)
                os.rename(new, target)
                shutil.rmtree(old, ignore_errors=True)
            else:
                os.rename(new, target)
    finally:
        if new.exists():
            shutil.rmtree(new, ignore_errors=True)
