"""Who is who among the members of a network, and how people of one profile differ. Everything keyed by the seed."""

from __future__ import annotations

import math
import zlib
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulation.cases.model import Case, Network
from simulation.cases.parameters import TRAITS
from simulation.cases.profiles import ORDINARY

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Column = Floats | float


def network_seed(case: Case) -> int:
    """Return the seed of a case's network: its own, or that of the case."""
    assert case.network is not None
    return case.seed if case.network.seed is None else case.network.seed


def luck_of(seed: int, purpose: str) -> np.random.Generator:
    """Return a generator for one purpose, so that no decision shifts the luck of another."""
    return np.random.Generator(np.random.PCG64([seed, zlib.crc32(purpose.encode())]))


def draw_profiles(network: Network, seed: int, n: int) -> tuple[list[str], Ints]:
    """Decide who of n members has which profile: exact numbers, and the same people when a share is raised.

    Returns:
        Names of profiles, "ordinary" first, and for each member the index of theirs, int64 of shape [n].
    """
    names = [ORDINARY, *sorted(name for name in network.profiles if name != ORDINARY)]
    profile = np.zeros(n, dtype=np.int64)
    shares = [network.profiles[name] for name in names[1:]]
    if any(shares):
        queue = np.argsort(luck_of(seed, "profiles").random(n), kind="stable")
        start = 0
        for number, end in enumerate(np.rint(np.cumsum(shares) * n).astype(np.int64).tolist(), 1):
            profile[queue[start:end]] = number
            start = end
    return names, profile


def vary(values: dict[str, Column], spread: float, seed: int, members: int, n: int) -> None:
    """Let members of one profile differ, in place.

    Traits that are shares become normal on the logit scale, rates on the log scale, both around the value so far;
    shares of exactly 0 or 1 stay. Evidence about the self varies on the log scale, alike for all wishes. ASSUMED.

    Args:
        values: Traits and start values by name, numbers or float64 of shape [n].
        spread: Standard deviation on those scales.
        seed: Of the network.
        members: How many members there are; they are the first of the people.
        n: How many people there are.
    """
    if spread == 0:
        return
    luck: dict[str, Floats] = {}
    for name, quantity in TRAITS.items():
        evidence = name.rpartition("_evidence_")[0]
        if quantity.kind != "trait" and not evidence:
            continue
        purpose = evidence or name
        if purpose not in luck:  # evidence for one self-image stands together, so that one draw at a time is kept
            luck = {purpose: luck_of(seed, f"spread of {purpose}").standard_normal(members)}
        column = np.array(np.broadcast_to(values[name], n), dtype=np.float64)
        column[:members] = shifted(column[:members], spread * luck[purpose], quantity.low, quantity.high)
        values[name] = column


def coordinate(column: Floats, low: float, high: float) -> Floats:
    """Values on the scale on which `shifted` moves them: the logit of shares, the logarithm of anything else."""
    held = np.clip(column, 1e-9, 1 - 1e-9) if (low, high) == (0.0, 1.0) else np.maximum(column, 1e-9)
    found: Floats = np.log(held / (1.0 - held)) if (low, high) == (0.0, 1.0) else np.log(held)
    return found


def shifted(column: Floats, shift: Floats, low: float, high: float) -> Floats:
    """Shift values on the logit scale if they are shares, else on the log scale."""
    factor: Any = np.exp(shift)
    if (low, high) == (0.0, 1.0):
        return column * factor / (1.0 - column + column * factor)
    shifted: Floats = np.clip(column * factor, low if low > 0 else -math.inf, high)
    return shifted
