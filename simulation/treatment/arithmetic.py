"""Plain arithmetic on numbers or arrays alike: every engine, and one patient or a thousand, give the same bits."""

from __future__ import annotations

from typing import Any

import numpy as np

Number = Any
"""A float, or a float64 array with one entry per patient."""


def ramp(x: Number, start: float, full: float) -> Number:
    """0 up to ``start``, 1 from ``full`` on, straight in between; falling if ``full`` lies below ``start``."""
    return np.minimum(np.maximum((x - start) / (full - start), 0.0), 1.0)


def held(x: Number, low: float, high: float) -> Number:
    """``x`` held within [low, high]."""
    return np.minimum(np.maximum(x, low), high)


def nearer(x: Number, goal: Number, share: Number) -> Number:
    """``x`` after closing a ``share`` (held within [0, 1]) of the way to ``goal``."""
    return x + held(share, 0.0, 1.0) * (goal - x)
