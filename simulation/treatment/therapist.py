"""The therapist's mind beside what the theory holds: counter-reactions, what they do to the work, and supervision.

As a person of the population the therapist already has arousal, felt reactions (overwhelmed, criticised, confused,
worried) and ties. Here those turn into irritation, impotence, guilt and fear for the patient's life, which wear off
slowly, are resolved by supervision, and cost warmth, tolerance and the quality of sessions while they last.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulation.theory.numerics import kept
from simulation.treatment.arithmetic import nearer
from simulation.treatment.quantities import COUNTER_REACTIONS
from simulation.treatment.reach import Reach

Floats = NDArray[np.float64]
IN_SESSION = 0.7
"""How far full skill closes the way to full warmth and tolerance in a session. ASSUMED."""
PER_EVENT = 0.05
"""Guilt or fear that one harm, or one call not answered, leaves. ASSUMED."""


class Minds:
    """The therapists of a set of patients.

    Args:
        reach: Patients and therapists.
        k: Constants of treatment.
        shared: How many lead each session together: a burden shared is lighter.
    """

    def __init__(self, reach: Reach, k: Mapping[str, float], shared: int = 1) -> None:
        self.reach = reach
        self.k = k
        self.shared = shared
        m = len(reach.therapists)
        self._off = {"warmth": np.zeros(m), "tolerance": np.zeros(m), "busy_share": np.zeros(m)}

    def total(self, of_patients: Any) -> Floats:
        """[therapists] sum over their patients."""
        n = len(self.reach.therapists)
        return np.bincount(self.reach.therapist_of, of_patients, n).astype(np.float64)

    def burden(self) -> Floats:
        """[therapists] how much counter-reactions weigh on the work now, in [0, 1]."""
        load: Floats = np.zeros(len(self.reach.therapists))
        for name in COUNTER_REACTIONS:
            load = load + self.reach.mind[name]
        return np.minimum(load / (2.0 * self.shared), 1.0)

    def quality(self) -> Floats:
        """[therapists] share of the effect that sessions have under the present burden."""
        return 1.0 - self.k["burden_quality"] * self.burden()

    def stir(self, harmed: Floats, unanswered: Floats, treated: Floats, dt: float) -> None:
        """A tick of what patients stir up.

        Args:
            harmed: [patients] 1 where the patient harmed themselves in this tick.
            unanswered: [patients] calls of this tick that were not answered.
            treated: [patients] 1 while in treatment.
            dt: Length of the tick in days.
        """
        r, k = self.reach, self.k
        who = r.therapists
        push = k["counter_gain"] * dt
        overwhelmed, criticised = r.person("overwhelmed", who), r.person("criticised", who)
        confused, worried = r.person("confused", who), r.person("worried", who)
        crisis = self.total(treated * r.person("suicidal_crisis", r.patients))
        pain = self.total(treated * r.person("pain", r.patients))
        harm = self.total(treated * harmed)
        missed = self.total(treated * unanswered)
        # 3: demand and reproach weigh more than their size in an hour, for they are remembered between sessions
        pushes = {
            "irritation": push * 3.0 * (criticised + 0.7 * overwhelmed),
            "impotence": push * (3.0 * overwhelmed + 2.0 * confused + 0.33 * pain),
            "guilt": PER_EVENT * (missed + 0.5 * harm),
            "fear": push * (worried + 2.0 * crisis) + PER_EVENT * harm,
        }
        worn = kept(k["counter_rate"], dt)
        for name, by in pushes.items():
            r.mind[name] = nearer(r.mind[name] * worn, 1.0, by)

    def supervise(self, which: Any) -> None:
        """Supervision: what patients stir up is told apart from what is one's own, and loses its force."""
        for name in COUNTER_REACTIONS:
            here = self.reach.mind[name]
            self.reach.mind[name] = np.where(which, nearer(here, 0.0, self.k["supervision"]), here)

    def show(self, in_session: Any, others: Floats) -> None:
        """Let the burden, the session and the caseload show in the therapist as a person.

        Args:
            in_session: [therapists] whether a session goes on.
            others: [therapists] further patients in treatment.
        """
        r, k = self.reach, self.k
        burden = self.burden()
        skill = r.mind["test_skill"] * (1.0 - burden) * IN_SESSION
        for name in ("warmth", "tolerance"):
            own = r.person(name, r.therapists) + self._off[name]
            off = k["burden_warmth"] * burden * own
            shown = own - off
            # a relational test that is recognised as one is met with calm
            shown = np.where(in_session, nearer(shown, 1.0, skill), shown)
            self._off[name] = own - shown
            r.set_person(name, r.therapists, shown)
        own = r.person("busy_share", r.therapists) + self._off["busy_share"]
        shown = np.minimum(own + k["caseload_load"] * others, 0.95)
        self._off["busy_share"] = own - shown
        r.set_person("busy_share", r.therapists, shown)
