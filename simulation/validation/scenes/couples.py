"""Couples: four weeks of diary, then a year."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from simulation.cohorts.lives import Lives, settle
from simulation.cohorts.networks import COUPLE
from simulation.measures.affect import ITEMS
from simulation.validation.laboratory import Laboratory, scene

DIARY_DAYS, YEAR = 28, 364


@dataclass
class Couples:
    """Dating couples of the community.

    Attributes:
        lives: The diary: both partners, every tick, with events.
        together: [couples] whether they were a couple when the diary began.
        parted: [couples] whether they parted within the year, mended or not.
        apart: [couples] whether they were apart at the end of the year.
    """

    lives: Lives
    together: Any
    parted: Any
    apart: Any

    @property
    def sensitivity(self) -> Any:
        """[couples] rejection sensitivity of the first partner."""
        return self.lives.people["rejection_sensitivity"].to_numpy()


@scene("couples")
def couples(lab: Laboratory) -> Couples:
    """Dating couples (Downey et al. 1998): both drawn from the community, students' range of rejection sensitivity."""
    settled = settle({"community": lab.people(300, 8000)}, COUPLE, lab.seed, **lab.changes)
    diary = settled.live(DIARY_DAYS, 1 / 16, ITEMS, ("alive", "strain", "trust"), events=True, partners=True)
    rest = settled.live(YEAR - DIARY_DAYS, 1 / 8, (), ("alive",))
    alive = np.concatenate([lives.tie_course("alive")[:, 0] for lives in (diary, rest)], axis=1) > 0.5
    return Couples(diary, alive[:, 0], ~alive.all(axis=1), ~alive[:, -1])
