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
        broke_up: [couples] whether the tie was broken at the end of the year (and not mended by then).
    """

    lives: Lives
    broke_up: Any

    @property
    def sensitivity(self) -> Any:
        """[couples] rejection sensitivity of the first partner."""
        return self.lives.people["rejection_sensitivity"].to_numpy()


@scene("couples")
def couples(lab: Laboratory) -> Couples:
    """Dating couples (Downey et al. 1998): both drawn from the community, students' range of rejection sensitivity."""
    settled = settle({"community": lab.people(300, 1200)}, COUPLE, lab.seed, **lab.changes)
    diary = settled.live(DIARY_DAYS, 1 / 16, ITEMS, ("alive", "strain", "trust"), events=True, partners=True)
    settled.live(YEAR - DIARY_DAYS, 1 / 8)
    population = settled.population
    alive = [population.tie_value(population.ties_of(int(person))[0], "alive") for person in settled.focal]
    return Couples(diary, np.array(alive) < 0.5)
