"""Which version of the code a result comes from."""

from __future__ import annotations

import functools
import hashlib

from simulation.population.compiled import PACKAGE, fingerprint

WHAT_COUNTS = (
    "cases", "network", "treatment", "measures", "recording/recording.py",
    "studies/adding.py", "studies/blocks.py", "studies/columns.py", "studies/designs.py", "studies/outcomes.py",
    "studies/plan.py", "studies/recorded.py", "studies/tally.py", "studies/targets.py", "studies/variants.py",
)  # fmt: skip
"""What can change a number of a study, besides the theory and the compiled loop."""


@functools.cache
def code_version() -> str:
    """Short hash of everything that can change a number of a study; comments count, documents and pictures do not."""
    import numpy

    digest = hashlib.blake2b(f"{fingerprint()} {numpy.__version__}".encode(), digest_size=8)
    for place in WHAT_COUNTS:
        path = PACKAGE / place
        files = sorted(path.rglob("*")) if path.is_dir() else [path]
        for file in files:
            if file.suffix in (".py", ".toml") and file.is_file():
                digest.update(file.relative_to(PACKAGE).as_posix().encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()
