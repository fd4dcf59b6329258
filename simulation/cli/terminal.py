"""Text and tables for terminals, files and pipes alike."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

WIDE = 160  # columns where there is no terminal to ask


def console(error: bool = False) -> Console:
    """Return a console on the standard output or the standard error."""
    from rich.console import Console

    stream = sys.stderr if error else sys.stdout
    known = stream.isatty() or os.environ.get("COLUMNS")
    return Console(file=stream, width=None if known else WIDE, highlight=False, markup=False, emoji=False)


def print_table(headings: Sequence[str], rows: Iterable[Sequence[str]], numbers: Sequence[str] = ()) -> None:
    """Print rows under headings; the columns named in `numbers` are aligned to the right."""
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for i, heading in enumerate(headings):
        table.add_column(heading, justify="right" if heading in numbers else "left", no_wrap=i == 0, overflow="fold")
    for row in rows:
        table.add_row(*row)
    console().print(table)


def short_number(value: float) -> str:
    """Return a number as a person would write it."""
    return f"{value:g}"


def shown(path: Path) -> str:
    """Return a path as the user would type it from where they are."""
    with contextlib.suppress(ValueError, OSError):
        return str(path.relative_to(Path.cwd().resolve()))
    return str(path)
