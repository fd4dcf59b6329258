"""What is told of a course of treatment: events with the event that each came from. Telling changes nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from simulation.population.notes import NO_CAUSE
from simulation.population.simulation import Simulation
from simulation.treatment.quantities import COUNTER_REACTIONS
from simulation.treatment.reach import Floats, Ints, Reach

NOTABLE = 0.1
"""A counter-reaction below this is not worth telling."""
NOTHING = ""
"""What a session was given to in which nothing was given."""


class Telling:
    """Tells the course of some patients, as long as there is somebody to tell.

    Attributes:
        simulation: Whose events are written; None while nobody is watched.
        words: What an event can be about, in the order of the codes that events carry.
    """

    def __init__(self, reach: Reach, words: Sequence[str]) -> None:
        self.reach = reach
        self.words = list(words)
        self.simulation: Simulation | None = None
        n = len(reach.patients)
        self._last = {kind: np.full(n, NO_CAUSE, dtype=np.int64) for kind in ("alliance_rupture", "missed_session")}
        self._moved_before = np.full(n, NO_CAUSE, dtype=np.int64)
        self._medicated = np.zeros(n, dtype=bool)

    def tell(
        self, kind: str, rows: Ints, cause: Ints | None = None, what: str = NOTHING, value: float = 0.0,
        strength: float = 0.0,
    ) -> None:  # fmt: skip
        """Write an event for each of some patients.

        Args:
            kind: One of the kinds of events of a treatment.
            rows: [k] the patients, by row.
            cause: [n] by row of all patients, the event it came from; without it there is none.
            what: One of ``words``.
            value: Size of what is told.
            strength: How much it hurts: above 0 it moves what the patient does next.
        """
        if self.simulation is None:
            return
        for row in rows.tolist():
            event = self.simulation.note_treatment(
                kind, int(self.reach.patients[row]), int(self.reach.therapists[self.reach.therapist_of[row]]),
                self.words.index(what), strength, value, NO_CAUSE if cause is None else int(cause[row]),
            )  # fmt: skip
            if kind in self._last:
                self._last[kind][row] = event

    def remember(self) -> None:
        """Keep what moves each patient now, before the tick in which they may call."""
        self._moved_before = self._moving()

    def calls(self, rows: Ints, answered: NDArray[np.bool_]) -> None:
        """Calls of the tick just lived: what moved the patient before it made them call."""
        self.tell("crisis_call", rows[answered], self._moved_before)
        self.tell("unanswered_call", rows[~answered], self._moved_before)

    def rupture(self, rows: Ints) -> None:
        """Patients arrive at odds with the therapist, because of what moves them."""
        if len(rows):
            self.tell("alliance_rupture", rows, self._moving())

    def repair(self, rows: Ints) -> None:
        """What had come between the two is mended: the rupture is where it began."""
        self.tell("alliance_repair", rows, self._last["alliance_rupture"])

    def leaving(self, rows: Ints, stayed_away: NDArray[np.bool_], ruptured: NDArray[np.bool_]) -> None:
        """Patients leave: because they stayed away too often, or in a rupture, or for no reason on record.

        Args:
            rows: [k] who leaves.
            stayed_away: [k] whether missed sessions ended it.
            ruptured: [k] whether the alliance was ruptured.
        """
        reason = np.full(len(self.reach.patients), NO_CAUSE, dtype=np.int64)
        reason[rows] = np.where(
            stayed_away,
            self._last["missed_session"][rows],
            np.where(ruptured, self._last["alliance_rupture"][rows], NO_CAUSE),
        )
        self.tell("drop_out", rows, reason)

    def sessions(self, rows: Ints, shares: Mapping[str, Floats], always: Sequence[str], heard: Floats) -> None:
        """Sessions held: what each was mainly given to, and the rejection heard in it.

        Args:
            rows: [k] the patients, by row.
            shares: By module, [k] shares of the session.
            always: What every session gives besides.
            heard: [k] felt rejection.
        """
        if self.simulation is None:
            return
        given = main_part(shares, always, len(rows))
        for row, what, hurt in zip(rows.tolist(), given, heard.tolist(), strict=True):
            self.tell("session", np.array([row]), what=what, strength=hurt)

    def medication(self, rows: Ints, taken: bool) -> None:
        """Patients take medication, or no longer; told where it is new."""
        if self.simulation is None:
            return
        new = rows[self._medicated[rows] != taken]
        self._medicated[new] = taken
        self.tell("medication_begins" if taken else "medication_ends", new)

    def counter_reactions(self, rows: Ints) -> None:
        """What patients stir up in their therapists now, as far as it is notable."""
        if self.simulation is None:
            return
        for name in COUNTER_REACTIONS:
            for row, size in zip(rows.tolist(), self.reach.get(name, rows).tolist(), strict=True):
                if size >= NOTABLE:
                    self.tell("counter_reaction", np.array([row]), what=name, value=size)

    def _moving(self) -> Ints:
        """[n] what moves each patient now, as far as somebody wants to be told."""
        if self.simulation is None:
            return self._moved_before
        return np.array([self.simulation.moving(p) for p in self.reach.patients.tolist()], dtype=np.int64)


def main_part(shares: Mapping[str, Floats], always: Sequence[str], n: int) -> list[str]:
    """[n] what a session was mainly given to: the largest share, or else what is always given.

    Args:
        shares: By module, [n] shares of the session.
        always: What every session gives besides.
        n: How many patients.
    """
    otherwise = always[0] if always else NOTHING
    if not shares:
        return [otherwise] * n
    names = list(shares)
    portions = np.stack([shares[name] for name in names])
    largest = np.argmax(portions, axis=0)
    return [names[i] if portions[i, row] > 0 else otherwise for row, i in enumerate(largest.tolist())]
