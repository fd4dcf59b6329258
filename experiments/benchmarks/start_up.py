"""How fast does the command answer, beside importing Mesa?

Run: ``python experiments/benchmarks/start_up.py``
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time


def seconds(command: list[str]) -> float:
    """Wall time of a command."""
    began = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - began


def main() -> None:
    """Measure and print."""
    helping = [sys.executable, "-m", "simulation", "--help"]
    importing = [sys.executable, "-c", "import mesa"]
    seconds(helping), seconds(importing)
    pairs = [(seconds(helping), seconds(importing)) for _ in range(7)]
    ours = statistics.median(a for a, _ in pairs)
    mesa = statistics.median(b for _, b in pairs)
    ratio = statistics.median(a / b for a, b in pairs)
    print(f"cycles --help {ours:.2f} s; import mesa {mesa:.2f} s; ratio {ratio:.2f}")


if __name__ == "__main__":
    main()
