"""Shards of a study that were carried out apart, put together."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path

from simulation.errors import InputError, quoted
from simulation.studies.ledger import Ledger, read_header, read_plan


def merge(folders: Sequence[str | os.PathLike[str]], out: str | os.PathLike[str], command: str | None = None) -> int:
    """Put the shards of one study together into one table, the same as if it had been run in one piece.

    Args:
        folders: Folders of the shards; they stay as they are.
        out: A new folder, or one of the shards' own.
        command: The command line, for the provenance.

    Returns:
        How many runs failed.

    Raises:
        InputError: They are not shards of one study, or blocks are missing; then nothing was written.
    """
    if not folders:
        raise InputError("there is nothing to merge; name the folders of the shards")
    headers = [read_header(folder) for folder in folders]
    for folder, header in zip(folders, headers, strict=True):
        if header["digest"] != headers[0]["digest"]:
            why = "version of the code" if json.dumps(header["plan"]) == json.dumps(headers[0]["plan"]) else "study"
            raise InputError(
                f"{quoted(folder)} and {quoted(folders[0])} come from a different {why} and cannot be merged"
            )
    plan = read_plan(folders[0])
    if plan.digest != headers[0]["digest"]:
        raise InputError(f"{quoted(folders[0])} comes from another version of the code; merge with the one that ran it")
    sources = [Ledger(Path(folder), plan) for folder in folders]
    there = set().union(*(source.done() for source in sources))
    missing = sorted(set(range(plan.n_blocks)) - there)
    if missing:
        raise InputError(
            f"{len(missing):,} of {plan.n_blocks:,} blocks are missing, the first of them number {missing[0]}; run the "
            "shards that have not ended (the same commands go on where they stopped), then merge again"
        )
    ledger = Ledger.opened(out, plan)
    if ledger.complete:
        raise InputError(f"{quoted(out)} already holds the complete study; name a new folder")
    return ledger.finish(sources, {"command": command, "merged_from": len(folders)})
