"""Halving the tick leaves long-run means alone: events are hazards, states relax exactly, nothing counts ticks."""

import numpy as np
import pytest

from tests.strategies import DISTRESS, Blueprint

COUPLES = 400
DAYS = 40
READ = [
    "arousal", "anger", "shame", "sadness", "anxiety", "joy", "pain", "negative_self", "benevolent_self",
    "dissociation", "rumination", "need_attachment", "emptiness", "connection", "in_episode", "suicidal_crisis",
]  # fmt: skip


def couples(dt: float, seed: int, distressed: bool) -> Blueprint:
    """Many couples side by side, each with luck of its own, under the theory's default constants."""
    pair = Blueprint(n=2, pairs=((0, 1),))
    if distressed:
        pair = pair.with_person(0, **DISTRESS).with_person(1, tolerance=0.3, warmth=0.5)
    return Blueprint(
        n=2 * COUPLES,
        pairs=tuple((2 * i, 2 * i + 1) for i in range(COUPLES)),
        seed=seed,
        person_values={name: np.tile(column, COUPLES) for name, column in pair.person_values.items()},
        tie_values={"contact_rate": 2.0, "bond": 0.8},
        dt=dt,
    )


def means(dt: float, seed: int, distressed: bool) -> tuple[np.ndarray, np.ndarray]:
    """Mean of each quantity over the second half of the days, for the first of each couple, and its standard error."""
    simulation = couples(dt, seed, distressed).run(
        round(DAYS / dt), watch=range(0, 2 * COUPLES, 2), quantities=READ, every=round(1 / dt)
    )
    each = simulation.parts["samples"][0][DAYS // 2 :].mean(axis=0)
    return each.mean(axis=0), each.std(axis=0) / np.sqrt(COUPLES)


@pytest.mark.parametrize("distressed", [False, True], ids=["ordinary", "distressed"])
def test_halving_the_tick_leaves_long_run_means_alone(distressed):
    """The slack is Monte Carlo error, 3.3 standard errors of a difference.

    For distressed couples a shift of arousal by one in seventy, of time in episodes by one in eighteen, of shame or
    pain by one in seven is noticed four times out of five; ``tests/behaviour`` looks at the profiles of the cases.
    """
    coarse, error = means(1 / 32, 1, distressed)
    moved = []
    for seed, dt in enumerate((1 / 64, 1 / 128), 2):
        fine, error_fine = means(dt, seed, distressed)
        far = np.abs(coarse - fine) > 3.3 * np.hypot(error, error_fine)
        moved += [(dt, name, a, b) for name, a, b, is_far in zip(READ, coarse, fine, far, strict=True) if is_far]
    assert moved == []
