"""Virtual trials for people with borderline personality disorder: psychotherapy, one domain of it, usual care, waiting.

Which treatment stands for which published one is said here once: "skills-with-coaching" for dialectical behaviour
therapy (two meetings a week), "schema-with-care" for schema therapy (two a week), these two and "mit" for the kinds of
outpatient psychotherapy in meta-analyses, "regulation-skills-only" for emotion regulation groups, "usual-care" once a
fortnight for treatment as usual, "none" for a waiting list. The comparators of a single domain are the paper's
characterisation and stand for no published treatment. All are named by what they do; none is an evaluation of a real
therapy.
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


def _conducted(lab: Laboratory, n: int, days: list[float], arms: list[dict[str, Any]], cohort: str = "bpd") -> Trial:
    if lab.constants or lab.profiles:
        raise NotCheckable(
            "trials take no changed constants or profiles; make the change in the theory or the profiles"
        )
    from simulation.trials import trial

    spec = {"name": "validation", "cohort": cohort, "n": n, "mode": "same", "arms": arms, "days": days}
    result = trial({**spec, "seed": lab.seed, "outcomes": ["severity"]}, workers=1)
    return Trial(result.table, result.spec.points)


def _arm(treatment: str, end: float, every: float, name: str = "") -> dict[str, Any]:
    return {"treatment": treatment, "name": name, "phases": [{"start": 0, "end": end, "every": every}]}


KINDS = ("mit", "skills-with-coaching", "schema-with-care")
"""Kinds of outpatient psychotherapy over which meta-analyses are read as a mean."""


@scene("outpatients", lengthy=True)
def outpatients(lab: Laboratory) -> Trial:
    """Eighteen months of three kinds of psychotherapy against usual care, the same patients in every arm."""
    days = [91.0, 182.0, 274.0, 365.0, 456.0, 548.0]
    arms = [_arm(kind, 548, 7 if kind == "mit" else 3.5) for kind in KINDS] + [_arm("usual-care", 548, 14, "usual")]
    return _conducted(lab, lab.people(40, 1200), days, arms)


@scene("inpatients")
def inpatients(lab: Laboratory) -> Trial:
    """Four months of three sessions a week against waiting (Bohus et al. 2004: inpatient treatment of three months)."""
    arms = [_arm("skills-with-coaching", 91, 2), _arm("none", 91, 7, "waiting")]
    return _conducted(lab, lab.people(40, 800), [35.0, 122.0], arms)


@scene("skills_group")
def skills_group(lab: Laboratory) -> Trial:
    """Fourteen weeks of a group for regulation skills against waiting."""
    arms = [_arm("regulation-skills-only", 98, 7, "skills"), _arm("none", 98, 7, "waiting")]
    return _conducted(lab, lab.people(40, 400), [98.0, 190.0], arms)


@scene("inhibited_group")
def inhibited_group(lab: Laboratory) -> Trial:
    """Sixteen group sessions of metacognitive therapy against waiting, for people with other personality disorders.

    Popolo et al. 2018 and 2019 took young adults with personality disorders other than borderline, socially inhibited
    and over-regulated; the cohort `avoidant` stands for them.
    """
    arms = [_arm("mit-group", 112, 7), _arm("none", 112, 7, "waiting")]
    return _conducted(lab, lab.people(40, 400), [190.0], arms, "avoidant")


@scene("schema_trial", lengthy=True)
def schema_trial(lab: Laboratory) -> Trial:
    """Two years of schema work, two sessions a week, followed to month thirty (Dickhaut & Arntz 2014)."""
    arms = [_arm("schema-with-care", 730, 3.5), _arm("none", 730, 7, "waiting")]
    return _conducted(lab, lab.people(24, 240), [365.0, 730.0, 913.0], arms)
