"""A folder that appears complete or not at all."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import threading
import uuid
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import Any

from simulation.errors import InputError, quoted

PATH = 400
"""Characters of a path that a message shows: its end says which file is meant."""
_MOST_COPIES = 100_000
_ENDINGS = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]


class NewFolder:
    """A folder in the making.

    Attributes:
        path: Where to write until it is complete: a hidden folder beside the target.
        target: What it will be called. If that was taken in the meantime, a number is added.
        complete: Whether it is there, with everything in it.
    """

    def __init__(self, path: Path, target: Path) -> None:
        self.path = path
        self.target = target
        self.complete = False


@contextlib.contextmanager
def new_folder(target: str | os.PathLike[str]) -> Iterator[NewFolder]:
    """Make a folder that gets its name only when the block ends well; otherwise nothing of it remains.

    Args:
        target: What it will be called: a name that is free, or an empty folder. Missing parents are made.

    Raises:
        InputError: The target is taken, or cannot be written to.
    """
    place = checked_target(target)
    made = _make_parents(place.parent)
    folder = NewFolder(place.parent / f".{place.name[:40]}.{uuid.uuid4().hex[:12]}.partial", place)
    try:
        with write_errors_told(place):
            folder.path.mkdir()
        yield folder
        with write_errors_told(place):
            _flush(folder.path)
        with undisturbed(), write_errors_told(place):
            folder.target = _rename(folder.path, place)
            folder.complete = True
            _flush_names(folder.target.parent)
    finally:
        if not folder.complete:
            with undisturbed():
                shutil.rmtree(folder.path, ignore_errors=True)
                for parent in made:
                    with contextlib.suppress(OSError):  # somebody else put something there
                        parent.rmdir()


def checked_target(target: str | os.PathLike[str]) -> Path:
    """Return the full path of a folder that may be made: its name is free, or it is an empty folder.

    Raises:
        InputError: It cannot be made, and why.
    """
    try:
        place = Path(os.path.realpath(target))
        if place.is_dir():
            if os.path.ismount(place):
                raise InputError(
                    f"{quoted(target, PATH)} is a mount point and cannot be replaced; name a folder within it"
                )
            if place in (Path.cwd(), *Path.cwd().parents):
                raise InputError(f"{quoted(target, PATH)} is where you are; name a new folder within it")
            if any(place.iterdir()):
                raise InputError(f"the folder {quoted(target, PATH)} is not empty; name a new folder")
        elif os.path.lexists(place):
            raise InputError(f"{quoted(target, PATH)} is a file, not a folder; name a new folder")
    except (OSError, ValueError, TypeError) as error:
        raise InputError(f"{quoted(target, PATH)} cannot be a folder: {_reason(error)}") from None
    return place


def numbered(target: Path) -> Path:
    """Return the target, or where it is taken the first free of target-2, target-3 and so on."""
    for number in range(1, _MOST_COPIES):
        place = target if number == 1 else target.with_name(f"{target.name}-{number}")
        if not os.path.lexists(place):
            return place
    raise InputError(
        f"{quoted(target, PATH)} and {_MOST_COPIES:,} numbered folders beside it are taken; name a new folder"
    )


@contextlib.contextmanager
def undisturbed() -> Iterator[None]:
    """Put off Ctrl-C and requests to end until the block is done; then they come."""
    if threading.current_thread() is not threading.main_thread():
        yield  # only the main thread is interrupted
        return
    came: list[tuple[int, FrameType | None]] = []
    before: dict[int, Any] = {}
    for number in _ENDINGS:
        if callable(signal.getsignal(number)):
            before[number] = signal.signal(number, lambda number, frame: came.append((number, frame)))
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    for number, frame in came[:1]:
        before[number](number, frame)


@contextlib.contextmanager
def write_errors_told(place: Path) -> Iterator[None]:
    """Turn what the system says about a full disk and the like into what the user is told.

    Args:
        place: What the user calls the place; "nothing was written" holds if the block is within `new_folder`.
    """
    try:
        yield
    except OSError as error:
        raise InputError(f"{quoted(place, PATH)} cannot be written: {_reason(error)}; nothing was written") from error


def _reason(error: BaseException) -> str:
    number = getattr(error, "errno", None)
    return os.strerror(number) if number else str(error) or type(error).__name__


def _make_parents(folder: Path) -> list[Path]:
    """Make a folder with its parents; return those that were made, the innermost first."""
    missing = []
    while not os.path.lexists(folder):
        missing.append(folder)
        folder = folder.parent
    made: list[Path] = []
    try:
        for parent in reversed(missing):
            parent.mkdir(exist_ok=True)
            made.insert(0, parent)
    except OSError as error:
        for parent in made:
            with contextlib.suppress(OSError):
                parent.rmdir()
        raise InputError(f"{quoted(missing[0], PATH)} cannot be made: {_reason(error)}; nothing was written") from None
    return made


def _rename(source: Path, place: Path) -> Path:
    """Give the folder its name; if something came to stand there meanwhile, the next free one."""
    for attempt in range(100):
        goal = place if attempt == 0 else numbered(place)
        try:
            if os.name == "nt" and goal.is_dir():
                goal.rmdir()
            os.rename(source, goal)
            return goal
        except OSError:
            if not os.path.lexists(goal) or attempt == 99:
                raise
    raise AssertionError("unreachable")


def _flush(folder: Path) -> None:
    """Have everything on the disk before the name says so."""
    for root, _, files in os.walk(folder):
        for file in files:
            with open(os.path.join(root, file), "rb+") as opened:
                os.fsync(opened.fileno())
        _flush_names(Path(root))


def _flush_names(folder: Path) -> None:
    with contextlib.suppress(OSError):  # not every system can
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)
