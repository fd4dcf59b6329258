"""What is going on, shown on a terminal while it goes on."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator
from typing import Any

from simulation.cli.terminal import console


class Progress:
    """A bar on the standard error; without a terminal, or when quiet, nothing at all."""

    def __init__(self, bar: Any | None) -> None:
        self._bar = bar
        self._task: Any = None
        self._people = 1
        self._first: tuple[float, int] | None = None

    def doing(self, what: str) -> None:
        """Say what is being done."""
        if self._bar is None:
            return
        if self._task is None:
            self._task = self._bar.add_task(what, total=None, speed="")
        self._bar.update(self._task, description=what, speed="")

    def count(self, what: str, done: int, total: int) -> None:
        """Say that so many of so many are done, and what they are."""
        self.doing(what)
        if self._bar is not None:
            self._bar.update(self._task, completed=done, total=total)

    def begin(self, people: int, ticks: int) -> None:
        """Say that so many people are about to live through so many ticks."""
        self._people = people
        self.doing("simulating")
        if self._bar is not None:
            self._bar.update(self._task, total=ticks, completed=0)

    def advance(self, done: int, ticks: int) -> None:
        """Say how many ticks are done; what `run_population` calls."""
        if self._bar is None:
            return
        now = time.perf_counter()
        first, before = self._first or (now, done)  # the first stretch may have been spent compiling
        self._first = first, before
        speed = (done - before) * self._people / (now - first) if now > first else 0.0
        told = f"{_rounded(speed)} people-ticks/s" if speed else ""
        self._bar.update(self._task, completed=done, total=ticks, speed=told)


@contextlib.contextmanager
def shown_progress(quiet: bool) -> Iterator[Progress]:
    """Show progress during the block."""
    out = console(error=True)
    if quiet or not out.is_terminal:
        yield Progress(None)
        return
    from rich import progress

    columns = (
        progress.SpinnerColumn(),
        progress.TextColumn("{task.description}"),
        progress.BarColumn(bar_width=30),
        progress.TaskProgressColumn(),
        progress.TextColumn("{task.fields[speed]}"),
        progress.TimeRemainingColumn(),
    )
    with progress.Progress(*columns, console=out, transient=True) as bar:
        yield Progress(bar)


def _rounded(number: float) -> str:
    for unit, size in (("M", 1e6), ("k", 1e3)):
        if number >= size:
            return f"{number / size:.3g} {unit}"
    return f"{number:.0f}"
