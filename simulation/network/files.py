"""Networks from files: tables of relationships, GraphML, GEXF, node-link JSON."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from pathlib import Path

from simulation.errors import InputError, nearest, quoted, quoted_list
from simulation.network.edge_list import read_edge_list
from simulation.network.graph import SocialGraph
from simulation.network.graph_files import read_gexf, read_graphml, read_node_link

MAX_BYTES = 200_000_000

_READERS: dict[str, Callable[[bytes, str], SocialGraph]] = {
    ".csv": read_edge_list,
    ".graphml": read_graphml,
    ".gexf": read_gexf,
    ".json": read_node_link,
}


def read_network(path: str | os.PathLike[str], max_bytes: int = MAX_BYTES) -> SocialGraph:
    """Return the network in a file; what kind of file it is, its extension tells.

    * `.csv`: one tie per line, columns separated by commas. A header says which column is what: `source` (or from, a,
      ego) and `target` (to, b, alter), and where wanted `weight` (closeness), `bond`, `contact_rate` and `kind`. A
      table of two or three columns (two people and a weight) may go without a header.
    * `.graphml`, `.gexf`: as networkx, Gephi, igraph and yEd write them.
    * `.json`: node-link JSON as networkx and D3 write it, with "links" or "edges".

    A tie in either direction makes one relationship; given in both directions, its numbers are averaged. Numbers are
    finite and 0 or more, and given for every relationship or for none. A file of a graph may say a `label` for every
    person; where these all differ, they are the names, otherwise the ids are. Other attributes of people become
    person columns. Columns that are not read are named in `SocialGraph.source`; one that looks like a misspelling is
    refused.

    The graph formats pass through networkx and take some 30 times their size in memory and 50 microseconds per
    relationship; for more than some 100,000 people, CSV is better (10 times, and 5 microseconds).

    Args:
        path: The file, in UTF-8.
        max_bytes: The largest file that is read.

    Raises:
        InputError: Whatever is wrong with the file, and where. No other exception is raised.
    """
    file = _Named(path)
    reader = _READERS.get(file.path.suffix.casefold())
    raw = file.read(reader is not None, max_bytes)
    assert reader is not None
    try:
        return reader(raw, file.name)
    except RecursionError:
        raise InputError(f"{file.name} is nested too deeply to be a network") from None
    except MemoryError:
        raise InputError(f"{file.name} needs more memory than there is; a CSV table needs least") from None


class _Named:
    """A file and what messages call it."""

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self.path = Path(path)
        self.name = quoted(self.path.name or self.path)[1:-1]

    def read(self, known: bool, max_bytes: int) -> bytes:
        """Return the content: at most `max_bytes`, UTF-8, not empty."""
        try:
            status = self.path.stat()
            if stat.S_ISDIR(status.st_mode):
                raise InputError(f"{self.name} is a folder; name a network file within it")
            if not stat.S_ISREG(status.st_mode):
                raise InputError(f"{self.name} is not a file that can be read")
            if not known:
                ending = self.path.suffix
                told = f"the ending {quoted(ending)}{nearest(ending, _READERS)}" if ending else "no ending"
                raise InputError(f"{self.name} has {told}; networks are read from {quoted_list(_READERS)}")
            if status.st_size > max_bytes:
                size = f"{status.st_size / 1e6:,.0f} MB"
                raise InputError(f"{self.name} has {size}; at most {max_bytes / 1e6:,.0f} MB are read")
            with self.path.open("rb") as opened:
                raw = opened.read(max_bytes + 1)
        except (FileNotFoundError, NotADirectoryError):
            others = self._neighbours()
            hint = nearest(self.path.name, others)
            raise InputError(f"there is no file {quoted(self.path, 300)}{hint}") from None
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            raise InputError(f"{self.name} cannot be read: {reason}") from None
        self._check_text(raw)
        return raw

    def _neighbours(self) -> list[str]:
        try:
            return [name for name in os.listdir(self.path.parent) if Path(name).suffix.casefold() in _READERS]
        except OSError:
            return []

    def _check_text(self, raw: bytes) -> None:
        if b"\0" in raw:
            line = raw.count(b"\n", 0, raw.index(b"\0")) + 1
            raise InputError(f"{self.name}, line {line}: contains a zero byte; a network file is text in UTF-8")
        try:
            text = raw.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = raw.count(b"\n", 0, error.start) + 1
            raise InputError(f"{self.name}, line {line}: not UTF-8; save the file as text in UTF-8") from None
        if not text or text.isspace():
            raise InputError(f"{self.name} is empty; a network needs at least one relationship")
