"""Who is in touch with whom in treatment: exchanges in a session, calls in crises between sessions, nothing else."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from simulation.treatment.arithmetic import ramp
from simulation.treatment.reach import Ints, Reach
from simulation.treatment.therapist import Minds

SESSION_DAYS = 0.125
"""A session, and what surrounds it, takes an eighth of a day, whatever the tick."""
MOST_RATE = 24.0


class Contact:
    """Sets the contact rates of patients, therapists and fellow patients before each tick."""

    def __init__(self, reach: Reach, minds: Minds, k: Mapping[str, float], dt: float, calls: bool, group: bool) -> None:
        self.reach = reach
        self.minds = minds
        self.k = k
        self.calls = calls
        self.span = max(round(SESSION_DAYS / dt), 1) * dt
        self.group_ties = self._ties_among_patients() if group else np.zeros(0, dtype=np.int64)

    def _ties_among_patients(self) -> Ints:
        population, patients = self.reach.population, set(self.reach.patients.tolist())
        ties = [t for p in sorted(patients) for t in population.ties_of(p) if population.other_of(t) in patients]
        return np.array(ties, dtype=np.int64)

    def arrange(self, in_session: NDArray[np.bool_], active: NDArray[np.bool_]) -> None:
        """Prepare the coming tick.

        Args:
            in_session: [n] which patients are in a session in it.
            active: [n] which patients are in treatment.
        """
        r = self.reach
        now = r.now(r.everyone)
        # how bad it must be for a call: ASSUMED
        worst = np.maximum(
            np.maximum(ramp(now.pain, 0.25, 0.8), ramp(now.arousal - now.window_of_tolerance, 0.0, 0.2)),
            ramp(now.suicidal_crisis, 0.2, 0.6),
        )
        agreed = ramp(now.contract, 0.0, 0.5) if self.calls else 0.0 * worst
        calls = np.where(active, 1e-6 + self.k["call_rate"] * agreed * worst, 0.0)
        for ties, between in ((r.toward_therapist, calls), (r.toward_patient, 0.0)):
            rate = self._rate(ties, self.k["session_exchanges"])
            r.set_tie("contact_rate", ties, np.where(in_session, rate, between))
        m = len(r.therapists)
        leading = np.bincount(r.therapist_of, weights=in_session, minlength=m) > 0
        caseload = np.bincount(r.therapist_of, weights=active, minlength=m)
        self.minds.show(leading, np.maximum(caseload - 1.0, 0.0))
        r.set_person("busy", r.patients[in_session], 0.0)
        r.set_person("busy", r.therapists[leading], 0.0)
        if len(self.group_ties):
            rate = self._rate(self.group_ties, 1.0)
            r.set_tie("contact_rate", self.group_ties, np.where(in_session.any(), rate, 1e-3))

    def _rate(self, ties: Ints, exchanges: float) -> NDArray[np.float64]:
        """[k] contact rates that bring so many exchanges within a session, however much contact is sought."""
        seeking = np.maximum(self.reach.tie("seeking", ties), 0.02)
        return np.minimum(exchanges / (self.span * seeking), MOST_RATE)
