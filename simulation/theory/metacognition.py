"""M9 metacognition now, and M21 how it grows with use."""

from __future__ import annotations

from simulation.theory.numerics import kept, logistic, mechanism


@mechanism
def within_window(arousal: float, window: float, slope: float, calm: float, gain: float) -> float:
    """M9. Share of metacognitive capacity left: collapses as arousal leaves the window of tolerance.

    A co-regulating other widens the window. With ``gain`` 0 (lesion) nothing collapses.
    """
    return 1.0 - gain * (1.0 - logistic(slope * (window + 0.2 * calm - arousal)))


@mechanism
def function_now(capacity: float, left: float) -> float:
    """M9. What is left of one metacognitive function."""
    return capacity * max(left, 0.0)


@mechanism
def exercise(negative_self: float, connection: float, rate: float, dt: float) -> float:
    """M21. How much some time exercises metacognition, in [0, 1].

    It is the problematic states of mind that call for it, those of the negative self-image, and it is with others by
    whom one is accepted that they come to be understood (mentalizing grows out of secure attachment: Fonagy & Luyten
    2009, 10.1017/S0954579409990198). Form ASSUMED.
    """
    return 1.0 - kept(rate * negative_self * connection, dt)


@mechanism
def grown(capacity: float, now: float, exercised: float) -> float:
    """M21. A metacognitive function grows with use: where a painful state is up and it still works, it is understood.

    So people mature (emotional stability rises by half a standard deviation from twenty to forty: Roberts et al. 2006,
    10.1037/0033-2909.132.1.1), and people with borderline personality disorder remit slowly without treatment (Zanarini
    et al. 2003, 10.1176/appi.ajp.160.2.274). Form ASSUMED.
    """
    return capacity + (1.0 - capacity) * now * exercised
