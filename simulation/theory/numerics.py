"""Plain arithmetic that every engine shares, so that all of them compute the same bits.

``math.exp`` is not used: compiled vector code and Python would round it differently. Time enters the theory only
through functions that are exact for relaxation, steady drives and an impulse at its own moment of the tick; halving the
tick therefore leaves long-run means alone.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from numba.extending import register_jitable

F = TypeVar("F", bound=Callable[..., Any])

ARITHMETIC: dict[str, Any] = {"error_model": "numpy", "forceinline": True}
"""Compiler options of every mechanism. No fast-math: it would break bit equality between engines."""


def mechanism(function: F) -> F:
    """Mark a scalar function as part of the theory: plain Python when called, inlined when compiled."""
    register_jitable(**ARITHMETIC)(function)
    return function


@mechanism
def exp(x: float) -> float:
    """Exponential in plain arithmetic, relative error below 1e-12 for |x| <= 20, 5e-12 to 30; clamped outside."""
    y = min(max(x, -30.0), 30.0) * 0.0009765625  # 2**-10, undone by ten squarings
    p = 1.0 + y * (1.0 + y * (0.5 + y * (1 / 6 + y * (1 / 24 + y * (1 / 120 + y * (1 / 720))))))
    p = p * p
    p = p * p
    p = p * p
    p = p * p
    p = p * p
    p = p * p
    p = p * p
    p = p * p
    p = p * p
    return p * p


@mechanism
def logistic(x: float) -> float:
    """Smooth step from 0 to 1, one half at x = 0."""
    return 1.0 / (1.0 + exp(-x))


@mechanism
def clip(x: float, low: float, high: float) -> float:
    """``x`` held within [low, high]."""
    return min(max(x, low), high)


@mechanism
def kept(rate: float, dt: float) -> float:
    """Share of a quantity that decays at ``rate`` per day still there after ``dt`` days."""
    return exp(-rate * dt)


@mechanism
def landed(rate: float, dt: float) -> float:
    """Mean share still there at the end of a tick of an impulse that arrived at a random moment within it.

    With this factor the mean of a decaying trace of random events does not depend on ``dt``.
    """
    x = rate * dt + 1e-9
    return (1.0 - exp(-x)) / x


@mechanism
def chance(hazard: float, dt: float) -> float:
    """Probability that an event of the given ``hazard`` per day happens at least once within ``dt`` days."""
    return 1.0 - exp(-hazard * dt)


@mechanism
def toward(x: float, target: float, rate: float, dt: float) -> float:
    """``x`` after relaxing toward ``target`` at ``rate`` per day for ``dt`` days (exact)."""
    return target + (x - target) * exp(-rate * dt)


@mechanism
def raised(x: float, impulse: float) -> float:
    """``x`` in [0, 1] after an upward push: each unit of impulse closes the same share of the way to 1."""
    return 1.0 - (1.0 - x) * exp(-max(impulse, 0.0))


@mechanism
def pushed(x: float, impulse: float, rate: float, dt: float, since: float) -> float:
    """``x`` in [0, 1] at the end of a tick in which it faded at ``rate`` and was pushed by ``impulse``.

    The push is that of :func:`raised`; it came ``since`` days before the end of the tick.
    """
    return stirred(x, 0.0, impulse, rate, 0.0, dt, since)


@mechanism
def stirred(x: float, rest: float, impulse: float, rate: float, drive: float, dt: float, since: float) -> float:
    """``x`` in [0, 1] after a tick of three things at once (exact).

    It relaxes toward ``rest`` at ``rate``; a steady ``drive`` per day lifts it toward 1; and an ``impulse`` (see
    :func:`raised`) pushed it ``since`` days before the end of the tick.
    """
    total = rate + drive + 1e-9
    base = (rate * rest + drive) / total
    left = exp(-max(impulse, 0.0))
    return base + (x - base) * exp(-total * dt) * left + (1.0 - base) * (1.0 - left) * exp(-total * since)


@mechanism
def choose(logits: tuple[float, ...], temperature: float, luck: float) -> int:
    """Index drawn from a softmax over ``logits``; ``luck`` is a uniform number in (0, 1)."""
    top = logits[0]
    for x in logits:
        top = max(top, x)
    total = 0.0
    for x in logits:
        total += exp((x - top) / temperature)
    left = luck * total
    pick = -1
    index = 0
    for x in logits:
        left -= exp((x - top) / temperature)
        if left <= 0.0 and pick < 0:
            pick = index
        index += 1
    return pick if pick >= 0 else index - 1


@mechanism
def mean_count_to_number(mean: float, luck: float) -> int:
    """Number of events in a tick from their ``mean`` (Poisson, by inversion of the distribution)."""
    p = exp(-mean)
    number = 0
    while luck > p and number < 50:
        luck -= p
        number += 1
        p *= mean / number
    return number
