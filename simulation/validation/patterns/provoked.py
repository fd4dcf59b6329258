"""B9, E7, F31. What people do in the laboratory: a standard provocation, forced rumination, exclusion from a game."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from simulation.validation.criteria import Between, more, near
from simulation.validation.estimates import Estimate
from simulation.validation.pattern import Pattern

if TYPE_CHECKING:
    from simulation.validation.laboratory import Laboratory
    from simulation.validation.scenes.procedures import Procedure


def half_life(rise: Any, step: float) -> Any:
    """[people] days until a rise ([people, steps]) has fallen to half of its peak; the whole time if it does not."""
    peak = rise.argmax(axis=1)
    times = np.arange(rise.shape[1])
    below = (rise <= rise.max(axis=1)[:, None] / 2) & (times > peak[:, None])
    first = np.where(below.any(axis=1), below.argmax(axis=1), rise.shape[1] - 1)
    return (first - peak) * step


def anger(lab: Laboratory) -> dict[str, Estimate]:
    """Peak and half-life of anger after one standard provocation; negative affect throughout."""
    scene: Procedure = lab.scene("provocation")
    boot = lab.bootstrap
    bpd, other = scene.chosen("bpd"), scene.chosen("community")
    course = scene.whole("anger")
    rise = course - scene.whole("anger", rest=True)
    lasts = half_life(rise, scene.step)
    negative = scene.negative()
    return {
        "peak ratio": boot.ratio(course.max(axis=1)[bpd], course.max(axis=1)[other]),
        "half-life ratio": boot.ratio(lasts[bpd], lasts[other]),
        "negative affect throughout (least d)": boot.of(
            lambda i, j: float(_least_d(negative[bpd][i], negative[other][j])), bpd.sum(), other.sum()
        ),
        "rise ratio": boot.ratio(rise.max(axis=1)[bpd], rise.max(axis=1)[other]),
    }


def _least_d(a: Any, b: Any) -> float:
    from simulation.validation.estimates import cohens_d

    return min(cohens_d(a[:, t], b[:, t]) for t in (0, 1, a.shape[1] // 2))


def brooding(lab: Laboratory) -> dict[str, Estimate]:
    """Share of variance (η², partial) that the group has in what forced rumination adds to negative affect."""
    scene: Procedure = lab.scene("forced_rumination")
    bpd, other = scene.chosen("bpd"), scene.chosen("community")
    change = scene.negative()[:, -1] - scene.negative(rest=True)[:, -1]

    def eta(i: Any, j: Any) -> float:
        a, b = change[bpd][i], change[other][j]
        between = len(a) * len(b) / (len(a) + len(b)) * (a.mean() - b.mean()) ** 2
        within = ((a - a.mean()) ** 2).sum() + ((b - b.mean()) ** 2).sum()
        return float(between / (between + within)) * float(np.sign(a.mean() - b.mean()))

    return {
        "eta squared, signed": lab.bootstrap.of(eta, bpd.sum(), other.sum()),
        "rise in bpd": lab.bootstrap.standardised(change[bpd]),
    }


def excluded(lab: Laboratory) -> dict[str, Estimate]:
    """How much more exclusion than inclusion costs control and mentalising, by severity of borderline features."""
    out, included = lab.scene("ball_game")
    severity = out.people["severity"].to_numpy()

    def cost(name: str) -> Any:
        return included.course[name][:, 0] - out.course[name][:, 0]

    boot = lab.bootstrap
    return {
        "control x features (r)": boot.correlation(cost("mastery_now"), severity),
        "mentalising x features (r)": boot.correlation(cost("decentring_now"), severity),
    }


PATTERNS = [
    Pattern(
        "B9", "provocation", anger,
        {
            "peak ratio": near(1.0, 0.25), "half-life ratio": Between(1.1, None, 0.1),
            "negative affect throughout (least d)": more(),
        },
        reading="the procedure: one felt rejection of the same size for everyone, then alone; "
        "half-life: of the rise over twins to whom nothing was done",
        nulls=("peak ratio",),
    ),
    Pattern(
        "E7", "forced_rumination", brooding,
        {"eta squared, signed": near(0.12, 0.09), "rise in bpd": Between(0.0, None, 0.2)},
        reading="rumination is held at 0.9 for one hour, compared with twins at rest; the published η² is read as partial, tolerance its 95 % interval "
        "for about 40 per group",
    ),
    Pattern(
        "F31", "ball_game", excluded,
        {"control x features (r)": Between(0.1, None, 0.1), "mentalising x features (r)": Between(0.1, None, 0.1)},
        reading="inhibition: mastery now; reading of faces: decentring now; borderline features: the severity factor",
    ),
]  # fmt: skip
