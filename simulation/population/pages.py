"""Where everything stands in memory: quantities of people and ties by page, constants shared by equal pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulation.theory.layout import CONSTANT, LANES, PERSON

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def rows_of(persons: Floats, name: str) -> Floats:
    """[pages, LANES] view of one quantity of people."""
    start = PERSON[name].offset
    return persons[:, start : start + LANES]


def spread(rows: Floats, value: Floats | float, n: int, default: float) -> None:
    """Write one number, or one per person, into the [pages, LANES] rows of a quantity."""
    if np.ndim(value) == 0:
        rows[:] = value
        return
    padded = np.full(rows.size, default)
    padded[:n] = value
    rows[:] = padded.reshape(rows.shape)


def constant_pages(n: int, pages: int, values: Mapping[str, Floats | float]) -> tuple[Floats, Ints, bool]:
    """Constants by page of people; equal pages are stored once. The flag says that one page serves all."""
    single = np.empty((1, CONSTANT.size))
    for quantity in CONSTANT.values():
        value = values.get(quantity.name, quantity.default)
        first = float(np.asarray(value).reshape(-1)[0])
        single[:, quantity.offset : quantity.offset + LANES] = first
    varied = {name: np.asarray(v, dtype=float) for name, v in values.items() if np.ndim(v) and np.ptp(v) > 0}
    if not varied:
        return single, np.zeros(pages, dtype=np.int64), True
    full = np.repeat(single, pages, axis=0)
    for name, column in varied.items():
        offset = CONSTANT[name].offset
        spread(full[:, offset : offset + LANES], column, n, float(column[0]))
    unique, page = np.unique(full, axis=0, return_inverse=True)
    return np.ascontiguousarray(unique), page.reshape(-1).astype(np.int64), False


def tie_constant_pages(constants: Floats, person_page: Ints, tie_from: Ints, owner_lane: Ints) -> tuple[Floats, Ints]:
    """Constants by page of ties: lane ``a`` holds those of the tie's owner. Appended to the pages of people."""
    if len(owner_lane) == 0:
        return constants, np.zeros(0, dtype=np.int64)
    by_quantity = constants.reshape(len(constants), len(CONSTANT), LANES)
    owner_page = np.repeat(np.arange(len(tie_from) - 1), np.diff(tie_from))
    lanes = owner_lane.reshape(-1, LANES)
    pages = [by_quantity[person_page[p]][:, lane].reshape(-1) for p, lane in zip(owner_page, lanes, strict=True)]
    unique, page = np.unique(np.array(pages), axis=0, return_inverse=True)
    return np.concatenate([constants, unique]), page.reshape(-1).astype(np.int64) + len(constants)


def tie_layout(n: int, pages: int, tie_owner: Ints) -> tuple[Ints, Ints, Ints]:
    """Order of ties by owner, flat number of each tie, and first tie page of each page of people."""
    order = np.argsort(tie_owner, kind="stable")
    page_of = tie_owner[order] // LANES
    per_page = np.bincount(page_of, minlength=pages)
    tie_from = np.concatenate([[0], np.cumsum(-(-per_page // LANES))]).astype(np.int64)
    before = np.concatenate([[0], np.cumsum(per_page)])
    number = np.empty(len(order), dtype=np.int64)
    number[order] = tie_from[page_of] * LANES + np.arange(len(order)) - before[page_of]
    return order, number, tie_from


def placed(slots: int, number: Ints, values: Ints, dtype: type) -> NDArray[Any]:
    """Values of ties at their flat numbers, 0 in padding."""
    array: NDArray[Any] = np.zeros(slots, dtype=dtype)
    array[number] = values
    return array


def reverse_of(n: int, tie_owner: Ints, tie_other: Ints) -> Ints:
    """Index of the reverse of each directed tie."""
    half = len(tie_owner) // 2
    if np.array_equal(tie_owner[:half], tie_other[half:]) and np.array_equal(tie_other[:half], tie_owner[half:]):
        return np.roll(np.arange(len(tie_owner)), half)  # all first directions, then all second ones
    here = tie_owner.astype(np.int64) * n + tie_other
    there = tie_other.astype(np.int64) * n + tie_owner
    by_here = np.argsort(here)
    by_there = np.argsort(there)
    if not np.array_equal(here[by_here], there[by_there]):
        raise ValueError("every tie needs its reverse")
    reverse = np.empty(len(here), dtype=np.int64)
    reverse[by_there] = by_here
    return reverse
