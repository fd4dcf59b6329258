"""Virtual trials: psychotherapy, one domain of it, usual care and waiting, for people with borderline personality disorder.

Which treatment stands for which published one is said here once: "mit" for specialised outpatient psychotherapy,
"regulation-skills-only" for dialectical behaviour therapy and emotion regulation groups, "schema-only" for schema therapy,
"supportive" once in four weeks for treatment as usual, "none" for a waiting list. They are named by what they do; none is
an evaluation of a real therapy.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from simulation.validation.estimates import NotCheckable
from simulation.validation.laboratory import Laboratory, scene

if TYPE_CHECKING:
    import pandas as pd

MONTH = 30.4375


@dataclass
class Trial:
    """Assessments of a trial.

    Attributes:
        table: One row per patient, arm and day, as `trials.trial` yields it.
        days: Of the assessments.
    """

    table: pd.DataFrame
    days: tuple[float, ...]

    def of(self, arm: str, day: float, column: str) -> Any:
        """[patients] one column of one arm at the assessment nearest to a day, in the order of patients."""
        nearest = min(self.days, key=lambda d: abs(d - day))
        rows = self.table[(self.table["arm"] == arm) & (self.table["day"] == nearest)].sort_values("patient")
        return rows[column].to_numpy(dtype=float)

    def left_by(self, arm: str, day: float) -> Any:
        """[patients] 1 for those who had left treatment by a day."""
        dropped = self.of(arm, max(self.days), "dropped_at")
        return (np.nan_to_num(dropped, nan=np.inf) <= day).astype(float)


def _conducted(lab: Laboratory, n: int, days: list[float], arms: list[dict[str, Any]]) -> Trial:
    if lab.constants or lab.profiles:
        raise NotCheckable("trials take no changed constants or profiles; make the change in the theory or the profiles")
    from simulation.trials import trial

    spec = {"name": "validation", "cohort": "bpd", "n": n, "mode": "same", "arms": arms, "days": days, "seed": lab.seed}
    result = trial({**spec, "outcomes": ["severity"]}, workers=1)
    return Trial(result.table, result.spec.points)


def _arm(treatment: str, end: float, every: float, name: str = "") -> dict[str, Any]:
    return {"treatment": treatment, "name": name, "phases": [{"start": 0, "end": end, "every": every}]}


@scene("outpatients")
def outpatients(lab: Laboratory) -> Trial:
    """Eighteen months of weekly sessions against skills only and usual care, the same patients in every arm."""
    days = [35.0, 91.0, 182.0, 274.0, 365.0, 456.0, 548.0]
    arms = [_arm("mit", 548, 7), _arm("regulation-skills-only", 548, 7), _arm("supportive", 548, 28, "usual")]
    return _conducted(lab, lab.people(40, 200), days, arms)


@scene("inpatients")
def inpatients(lab: Laboratory) -> Trial:
    """Four months of three sessions a week against waiting (Bohus et al. 2004: inpatient treatment of three months)."""
    arms = [_arm("regulation-skills-only", 91, 2), _arm("none", 91, 7, "waiting")]
    return _conducted(lab, lab.people(40, 200), [122.0], arms)


@scene("groups")
def groups(lab: Laboratory) -> Trial:
    """Short groups: sixteen sessions of metacognitive therapy; fourteen weeks of regulation skills; waiting."""
    arms = [_arm("mit-group", 112, 7), _arm("regulation-skills-only", 98, 7, "skills"), _arm("none", 98, 7, "waiting")]
    return _conducted(lab, lab.people(40, 200), [98.0, 190.0], arms)


@scene("schema_trial")
def schema_trial(lab: Laboratory) -> Trial:
    """Two years of schema work, two sessions a week, followed to month thirty (Dickhaut & Arntz 2014)."""
    arms = [_arm("schema-only", 730, 3.5), _arm("none", 730, 7, "waiting")]
    return _conducted(lab, lab.people(24, 120), [365.0, 730.0, 913.0], arms)
