"""How a study samples: prompts a day at random moments within blocks, some of them missed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulation.cases.variety import luck_of
from simulation.errors import InputError

Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Protocol:
    """A momentary-assessment protocol.

    Attributes:
        days: Days of sampling.
        prompts: Prompts a day, one at a random moment in each of as many equal blocks of the waking day; None means
            every tick.
        missing: Share of prompts that are not answered, at random (momentary assessment of people with borderline
            personality disorder: compliance about 80-90 %; Trull et al. 2008, 10.1037/a0012532, report 86.5 %).
    """

    days: float = 28.0
    prompts: int | None = 6
    missing: float = 0.15

    def check(self, dt: float) -> None:
        """Refuse what cannot be sampled.

        Raises:
            InputError: No days, more prompts than ticks in a day, a share that is none.
        """
        if not self.days > 0:
            raise InputError(f"a protocol of {self.days:g} days samples nothing; give more than 0")
        if self.prompts is not None and not 1 <= self.prompts <= round(1 / dt):
            raise InputError(
                f"{self.prompts} prompts a day cannot be sampled with dt = {dt:g}, which has {round(1 / dt)} ticks a "
                "day; lower the prompts or dt"
            )
        if not 0 <= self.missing < 1:
            raise InputError(f"missing = {self.missing:g} is not in [0, 1)")

    def ticks(self, people: int, dt: float, seed: int) -> tuple[Ints, NDArray[np.bool_]]:
        """When each person is prompted, counted in ticks from the start of sampling.

        Returns:
            [people, days · prompts] ticks, rising; and which of the prompts are answered.
        """
        self.check(dt)
        a_day = round(1 / dt)
        days = max(round(self.days), 1) if self.prompts else 0
        luck = luck_of(seed, "moments of prompts")
        if self.prompts is None:
            moments = np.broadcast_to(np.arange(round(self.days / dt)), (people, round(self.days / dt))).copy()
        else:
            edges = np.rint(np.linspace(0, a_day, self.prompts + 1)).astype(np.int64)
            within = luck.random((people, days, self.prompts)) * np.diff(edges)
            start = edges[:-1] + a_day * np.arange(days)[:, None]
            moments = (start[None] + within.astype(np.int64)).reshape(people, -1)
        answered = luck_of(seed, "missed prompts").random(moments.shape) >= self.missing
        return moments, answered
