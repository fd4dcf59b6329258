"""Randomness as a function, not a stream: Philox4x32-10 keyed by seed, purpose, tick, who and whom.

No draw depends on any other, so nothing depends on the order of people, workers or threads; the same person meets the
same luck with and without a treatment, and adding a person shifts nobody else's draws.

Source: Salmon, Moraes, Dror & Shaw 2011, Parallel random numbers: as easy as 1, 2, 3 (10.1145/2063384.2063405).
Known-answer vectors of the authors' Random123 distribution are in the tests.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from simulation.theory.numerics import mechanism

MASK = 0xFFFFFFFF

# Purposes: one for each decision
PERSON_KEY, TIE_KEY, MEETING, ENCOUNTER, LIFE, INNER, RUN_SEED, SESSION, MOOD, START = range(10)


@mechanism
def philox(c0: int, c1: int, c2: int, c3: int, k0: int, k1: int) -> tuple[int, int, int, int]:
    """Four 32-bit words from a 128-bit counter and a 64-bit key, each given as 32-bit words in [0, 2**32).

    Written so that wrapping 64-bit and unbounded Python integers give the same words.
    """
    for _ in range(10):
        a = c0 * 0xD2511F53
        b = c2 * 0xCD9E8D57
        c0, c1, c2, c3 = (
            ((b >> 32) & MASK) ^ c1 ^ k0,
            b & MASK,
            ((a >> 32) & MASK) ^ c3 ^ k1,
            a & MASK,
        )
        k0 = (k0 + 0x9E3779B9) & MASK
        k1 = (k1 + 0xBB67AE85) & MASK
    return c0, c1, c2, c3


@mechanism
def uniform(word: int) -> float:
    """A number strictly between 0 and 1 from a 32-bit word."""
    return (word + 0.5) * 2.3283064365386963e-10


@mechanism
def draw(key: int, purpose: int, tick: int, part: int) -> tuple[float, float, float, float]:
    """Four uniform numbers in (0, 1) for one decision.

    Args:
        key: of the person or tie (64 bit), from :func:`person_key` or :func:`tie_key`.
        purpose: which decision.
        tick: number of the tick, in [0, 2**32).
        part: running number of the encounter within the tick, else 0.
    """
    a, b, c, d = philox(tick & MASK, purpose, part, 0, key & MASK, (key >> 32) & MASK)
    return uniform(a), uniform(b), uniform(c), uniform(d)


def draws(keys: NDArray[np.int64], purpose: int, tick: int, part: int) -> NDArray[np.float64]:
    """[4, n] uniform numbers in (0, 1) for one decision of many people; the same bits as :func:`draw`."""
    zero = np.zeros_like(keys)
    words = philox(
        zero + (tick & MASK), zero + purpose, zero + part, zero, keys & MASK, (keys >> 32) & MASK,  # type: ignore[arg-type]
    )  # fmt: skip
    return np.array([uniform(word) for word in words])


def person_key(seed: int, who: int) -> int:
    """Key of all draws of one person: 64 bits derived from the seed of the run and the person's identity."""
    a, b, _, _ = philox(who & MASK, who >> 32, 0, PERSON_KEY, seed & MASK, (seed >> 32) & MASK)
    return a | b << 32


def tie_key(seed: int, who: int, whom: int) -> int:
    """Key of all draws of one directed tie: 64 bits derived from the seed of the run and both identities."""
    a, b, _, _ = philox(who & MASK, whom & MASK, 0, TIE_KEY, seed & MASK, (seed >> 32) & MASK)
    return a | b << 32


def mixed_seed(seed: int, number: int) -> int:
    """Seed in [0, 2**63) of the run with this number in a study with this seed."""
    a, b, _, _ = philox(number & MASK, number >> 32, 0, RUN_SEED, seed & MASK, (seed >> 32) & MASK)
    return (a | b << 32) & 0x7FFFFFFFFFFFFFFF


def person_keys(seeds: NDArray[np.int64], identities: NDArray[np.int64]) -> NDArray[np.int64]:
    """[n] keys of many people at once; the same bits as :func:`person_key`."""
    return _keys(seeds, identities & MASK, identities >> 32, PERSON_KEY)


def tie_keys(seeds: NDArray[np.int64], who: NDArray[np.int64], whom: NDArray[np.int64]) -> NDArray[np.int64]:
    """[ties] keys of many directed ties at once; the same bits as :func:`tie_key`."""
    return _keys(seeds, who & MASK, whom & MASK, TIE_KEY)


def _keys(seeds: NDArray[np.int64], c0: NDArray[np.int64], c1: NDArray[np.int64], purpose: int) -> NDArray[np.int64]:
    seeds, c0, c1 = np.broadcast_arrays(seeds, c0, c1)
    keys = np.empty(len(c0), dtype=np.int64)
    for start in range(0, len(c0), 65_536):  # pieces that stay in cache
        part = slice(start, start + 65_536)
        zero = np.zeros_like(c0[part])
        k0, k1 = seeds[part] & MASK, (seeds[part] >> 32) & MASK
        a, b, _, _ = philox(c0[part], c1[part], zero, zero + purpose, k0, k1)  # type: ignore[arg-type]
        keys[part] = a | b << 32
    return keys
