"""B4, B6. Home base, variability and attractor; which index tells borderline personality disorder from depression."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simulation.measures.home_base import ornstein_uhlenbeck
from simulation.measures.momentary import acute_change, mssd, within_variance
from simulation.validation.criteria import Between, less, more
from simulation.validation.estimates import Estimate, cohens_d, known
from simulation.validation.pattern import Pattern

if TYPE_CHECKING:
    from simulation.validation.laboratory import Laboratory
    from simulation.validation.scenes.momentary import Sampled


def home_base(lab: Laboratory) -> dict[str, Estimate]:
    """Effects of group on the parameters of an Ornstein-Uhlenbeck process fitted to each person's valence."""
    scene: Sampled = lab.scene("momentary")
    boot = lab.bootstrap
    found = ornstein_uhlenbeck(scene.table, "valence")
    found["attractor"] = np.log(found["attractor"])
    found["variability"] = np.log(found["variability"])
    pairs = {name: (scene.of(found[name], "bpd"), scene.of(found[name], "community")) for name in found}
    home, spread, back = (boot.d(*pairs[name]) for name in ("home_base", "variability", "attractor"))
    columns = [(known(a), known(b)) for a, b in (pairs["home_base"], pairs["variability"], pairs["attractor"])]
    n, m = min(len(a) for a, _ in columns), min(len(b) for _, b in columns)

    def lead(i: np.ndarray, j: np.ndarray) -> float:
        sizes = [abs(cohens_d(a[i], b[j])) for a, b in columns]
        return min(sizes[:2]) - sizes[2]

    return {
        "home base (d)": home,
        "variability (d)": spread,
        "return to baseline weaker than both (difference of |d|)": boot.of(lead, n, m),
        "return to baseline (d)": back,
    }


def indices(lab: Laboratory) -> dict[str, Estimate]:
    """How much better successive differences and acute changes separate the groups than plain variance does."""
    scene: Sampled = lab.scene("momentary")
    some = scene.rows("bpd", "depressed")
    columns = {
        "mssd": np.log(mssd(some, "negative_affect")),
        "pac": acute_change(some, "negative_affect", log_odds=True),
        "variance": np.log(within_variance(some, "negative_affect")),
    }
    values = {name: (scene.of(c, "bpd"), scene.of(c, "depressed")) for name, c in columns.items()}

    def ahead(name: str) -> Estimate:
        (a, b), (va, vb) = values[name], values["variance"]
        return lab.bootstrap.of(lambda i, j: cohens_d(a[i], b[j]) - cohens_d(va[i], vb[j]), len(a), len(b))

    return {"MSSD ahead of variance (d)": ahead("mssd"), "PAC ahead of variance (d)": ahead("pac")}


PATTERNS = [
    Pattern(
        "B4",
        "momentary",
        home_base,
        {
            "home base (d)": less(),
            "variability (d)": more(),
            "return to baseline weaker than both (difference of |d|)": Between(0.0, None, 0.2),
        },
    ),
    Pattern(
        "B6",
        "momentary",
        indices,
        {"MSSD ahead of variance (d)": Between(0.0, None, 0.2), "PAC ahead of variance (d)": Between(0.0, None, 0.2)},
        reading="on the scales of the generalised multilevel models that the paper proposes: log of the MSSD and of "
        "variance, log odds of acute change",
    ),
]
