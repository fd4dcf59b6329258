"""The course of a treatment for one or many patients: what happens between one tick and the next."""

from __future__ import annotations

import numpy as np

from simulation.population.population import Population
from simulation.randomness import SESSION, draws
from simulation.theory.between import REACHED, REPLY
from simulation.treatment.assignment import Assignment, interval_on, session_after, sessions_planned
from simulation.treatment.attendance import (
    MISSED_IN_A_ROW,
    attendance_chance,
    drop_out_chance,
    engagement_after,
    rupture_chance,
    rupture_in_time,
    still_ruptured,
    stirred,
)
from simulation.treatment.consolidation import USES, change_within_reach, consolidate, trust_at_first, uses_of
from simulation.treatment.constants import constants_with
from simulation.treatment.contact import SESSION_DAYS, Contact
from simulation.treatment.contract import Now, declared
from simulation.treatment.modules.regulation import withdraw
from simulation.treatment.quantities import COUNTER_REACTIONS, LIMITS, limit_of
from simulation.treatment.reach import Floats, Ints, Reach
from simulation.treatment.telling import NOTHING, Telling
from simulation.treatment.therapist import Minds

SELF_HARM = 4
"""Code of ``coped`` for self-harm."""
FAR = 2**62
GROUP_SHARE = 0.95
"""Share of a dose that reaches each patient in a group. ASSUMED."""
QUARTER = 91
"""Days between two looks at a therapist's counter-reactions where nobody supervises."""
OUTREACH = 0.4
"""Chance, at a scheduled session, that a therapist wins back a patient who has broken off contact. ASSUMED."""


class Course:
    """One treatment with its patients. All state is in arrays with one entry per patient or therapist.

    Attributes:
        reach: Patients, alliances, therapists, and the state of course and minds.
        attended, scheduled, missed_in_a_row, answered, unanswered: [n] counts.
        dropped_at: [n] day of dropping out, NaN for those who did not.
        early_alliance: [n] mean of trust less strain over the third to fifth session.
        sessions_on: [steps, n] sessions that each step of the policy has had.
        ruptured_sessions: [n] sessions held in a rupture.
        heard_as_rejection: [n] felt rejection that offers of autonomous regulation brought.
    """

    def __init__(self, population: Population, assignment: Assignment, dt: float) -> None:
        self.treatment = assignment.treatment
        self.policy = assignment.treatment.policy
        self.k = constants_with(assignment.treatment.constants)
        self.dt = dt
        self.phases = assignment.phases
        self.planned = sessions_planned(self.phases)
        self.reach = Reach(population, assignment.patients, assignment.therapists, assignment.therapist_of)
        self.minds = Minds(self.reach, self.k, 2 if assignment.treatment.group else 1)
        n = len(assignment.patients)
        self.everyone = self.reach.everyone
        self.keys = np.asarray(population.world.person_key, dtype=np.int64).reshape(-1)[assignment.patients]
        self.start = assignment.start
        self.first_tick = round(assignment.start / dt)
        self.day_ticks = max(round(1.0 / dt), 1)
        offset = assignment.offset if len(assignment.offset) else np.zeros(n)
        if self.treatment.group:
            offset = np.zeros(n)
        self.next_session = np.full(n, FAR, dtype=np.int64)
        if self.policy is not None and self.phases:
            first = assignment.start + self.phases[0].start + offset
            self.next_session = np.round(first / dt).astype(np.int64)
        self.last_tick = round((assignment.start + max((p.end for p in self.phases), default=0.0)) / dt)
        self.session_until = np.full(n, -1, dtype=np.int64)
        self.active = np.full(n, self.policy is not None)
        self.attended = np.zeros(n, dtype=np.int64)
        self.scheduled = np.zeros(n, dtype=np.int64)
        self.missed_in_a_row = np.zeros(n, dtype=np.int64)
        self.answered = np.zeros(n, dtype=np.int64)
        self.unanswered = np.zeros(n, dtype=np.int64)
        self.dropped_at = np.full(n, np.nan)
        self.early_alliance = np.zeros(n)
        self.heard_as_rejection = np.zeros(n)
        self.ruptured_sessions = np.zeros(n, dtype=np.int64)
        self.sessions_on = np.zeros((len(self.policy.steps) if self.policy else 0, n))
        self.use = {way: np.zeros(n) for way in USES}
        self.supervised_at = self.first_tick
        self.names = self.treatment.modules
        self.modules = {m.name: m for m in declared(self.names)}
        self.dose = {
            m.name: assignment.treatment.doses.get(m.name, m.dose) * (self._strength(m.technique))
            for m in self.modules.values()
        }
        self.contact = Contact(self.reach, self.minds, self.k, dt, self.treatment.calls, self.treatment.group)
        self._begun = False
        self._ended = False
        self.told = Telling(self.reach, (*self.names, *COUNTER_REACTIONS, NOTHING))

    def _strength(self, technique: bool) -> float:
        share = GROUP_SHARE if self.treatment.group else 1.0
        return self.treatment.strength * share * (self.k["strength"] if technique else 1.0)

    # ------------------------------------------------------------ the clock

    def next_tick(self, tick: int) -> int:
        """The next tick before which something has to be done."""
        if self._ended:
            return FAR
        return max(self.first_tick, tick + 1) if self._begun else self.first_tick

    def before(self, tick: int) -> None:
        """All that happens between the tick just lived and the coming one."""
        if self._ended or tick < self.first_tick:
            return
        if not self._begun:
            self._begin()
            if self.policy is None:
                self._ended = True
                return
        else:
            self._look_back(tick - 1)
        if (tick - self.first_tick) % self.day_ticks == 0 and tick > self.first_tick:
            self._end_of_day(tick)
        self._sessions(tick)
        self.contact.arrange((self.session_until >= tick) & self.active, self.active)
        if self.treatment.calls:
            self.told.remember()
        if tick >= self.last_tick and (self.session_until < tick).all():
            self._end()

    # ------------------------------------------------------------ beginning and end

    def _begin(self) -> None:
        self._begun = True
        r = self.reach
        within_reach = change_within_reach(draws(self.keys, SESSION, 0, 2)[0], self.k)
        for parameter, limit in LIMITS.items():
            here = r.person(parameter, r.patients)
            r.put(limit_of(parameter), self.everyone, here + within_reach * (limit - here))
        trust = trust_at_first(r.tie("trust", r.toward_therapist), within_reach, self.k)
        r.set_tie("trust", r.toward_therapist, trust)
        alive = 1.0 if self.policy is not None else 0.0
        for ties in (r.toward_therapist, r.toward_patient):
            r.set_tie("alive", ties, alive)
            r.set_tie("contact_rate", ties, 0.0)

    def _end(self) -> None:
        """The last of the sessions: the two part without a break; nothing is taken any more."""
        self._ended = True
        rows = self.everyone[self.active]
        if self.treatment.medication:
            self._withdraw(rows)
        self.minds.show(np.zeros(len(self.reach.therapists), dtype=bool), np.zeros(len(self.reach.therapists)))
        for ties in (self.reach.toward_therapist, self.reach.toward_patient):
            self.reach.set_tie("contact_rate", ties, 0.0)

    # ------------------------------------------------------------ what daily life brought

    def _look_back(self, tick: int) -> None:
        r = self.reach
        now = r.now(self.everyone)
        for way, amount in uses_of(now, self.dt).items():
            self.use[way] = self.use[way] + amount
        harmed = np.where(np.round(now.coped) == SELF_HARM, 1.0, 0.0)
        unanswered = np.zeros(len(self.everyone))
        calling = self.session_until < tick
        count = np.where(calling & self.active, r.contacts(tick, r.toward_therapist), 0)
        for at in range(int(count.max(initial=0))):
            rows = self.everyone[count > at]
            _, records = r.records(r.toward_therapist[rows], at)
            reached = records[:, REACHED] > 0.5
            kind = records[:, REPLY] < 1.5  # warm or at least matter-of-fact
            self.answered[rows[reached]] += 1
            self.unanswered[rows[~reached]] += 1
            unanswered[rows[~reached]] += 1.0
            helped = rows[reached & kind]
            if self.treatment.calls and len(helped):
                quality = self.minds.quality()[r.therapist_of[helped]]
                r.perform(self.modules["crisis_call"], helped, self.dose["crisis_call"] * quality)
            if self.treatment.calls:
                self.told.calls(rows, reached)
        self.minds.stir(harmed, unanswered, np.where(self.active, 1.0, 0.0), self.dt)

    def _end_of_day(self, tick: int) -> None:
        r = self.reach
        consolidate(r, self.everyone, self.use, self.day_ticks * self.dt, self.k)
        self.use = {way: np.zeros(len(self.everyone)) for way in USES}
        rows = self.everyone[self.active]
        now = r.now(rows)
        r.put("rupture", rows, still_ruptured(rupture_in_time(now, self.day_ticks * self.dt)))
        if self.treatment.medication:
            taking = rows if (tick - self.first_tick) * self.dt < self._weekly() else rows[:0]
            r.perform(self.modules["medication"], taking, self.dose["medication"])
            self.told.medication(taking, True)
            if len(taking) == 0:
                self._withdraw(rows)
        every = self.treatment.supervision
        if every and (tick - self.supervised_at) * self.dt >= every - 1e-9:
            self.told.counter_reactions(rows)
            self.told.tell("supervision", rows)
            self.minds.supervise(True)
            self.supervised_at = tick
        elif not every and round((tick - self.first_tick) * self.dt) % QUARTER == 0:
            self.told.counter_reactions(rows)

    def _withdraw(self, rows: Ints) -> None:
        self.told.medication(rows, False)
        self.reach.write(rows, withdraw(self.reach.now(rows)))

    def _day(self, tick: int) -> float:
        return tick * self.dt - self.start

    def _weekly(self) -> float:
        """Length of the first phase, in days: medication is taken that long (ASSUMED)."""
        return self.phases[0].end

    # ------------------------------------------------------------ sessions

    def _sessions(self, tick: int) -> None:
        due = self.everyone[(self.next_session <= tick) & self.active]
        if not len(due):
            return
        assert self.policy is not None
        r = self.reach
        luck = draws(self.keys[due], SESSION, tick, 0)
        now = r.now(due)
        invested = self.attended[due] / self.planned
        leaves = luck[0] < drop_out_chance(now, invested, self.k, interval_on(self.phases, self._day(tick)))
        in_contact = now.alliance_alive > 0.5
        won_back = (~in_contact) & (luck[3] < OUTREACH) & self.policy.repairs
        comes = (luck[1] < attendance_chance(now, self.k)) & (in_contact | won_back) & ~leaves
        r.put("alliance_alive", due, np.where(won_back, 1.0, now.alliance_alive))
        r.put("alliance_ruptured", due, np.where(won_back, 0.0, now.alliance_ruptured))
        r.put("engagement", due, engagement_after(now, comes, self.k))
        self.scheduled[due] += 1
        self.missed_in_a_row[due] = np.where(comes, 0, self.missed_in_a_row[due] + 1)
        stayed_away = self.missed_in_a_row[due] >= MISSED_IN_A_ROW
        leaves = leaves | stayed_away
        self.told.tell("missed_session", due[~comes & ~leaves])
        ruptured = np.broadcast_to(now.rupture, len(due)) > 0.5
        self.told.leaving(due[leaves], stayed_away[leaves], ruptured[leaves])
        self._leave(due[leaves], tick)
        following = session_after(self.phases, self._day(tick))
        self.next_session[due] = FAR if following is None else round((self.start + following) / self.dt)
        self._hold(due[comes], luck[2][comes], tick)

    def _leave(self, rows: Ints, tick: int) -> None:
        if not len(rows):
            return
        r = self.reach
        self.active[rows] = False
        self.dropped_at[rows] = self._day(tick)
        if self.treatment.medication:
            self._withdraw(rows)
        for ties in (r.toward_therapist[rows], r.toward_patient[rows]):
            r.set_tie("contact_rate", ties, 0.0)
            r.set_tie("alive", ties, 0.0)

    def _hold(self, rows: Ints, luck: Floats, tick: int) -> None:
        """Hold a session with those who came: they arrive, perhaps at odds; calm first; then what the policy gives."""
        if not len(rows):
            return
        assert self.policy is not None
        r = self.reach
        self.attended[rows] += 1
        whom = r.therapist_of[rows]
        now = r.now(rows)
        self._remember_alliance(rows, now)
        more_luck = draws(self.keys[rows], SESSION, tick, 1)
        breaks = (more_luck[0] < rupture_chance(now, self.k)) & (now.rupture < 0.5)
        r.put("rupture", rows, np.where(breaks, 1.0, now.rupture))
        r.put("rupture_seen", rows, np.where(breaks | (now.rupture < 0.5), 0.0, now.rupture_seen))
        r.put("arousal", rows, stirred(now, self.k))
        self.told.rupture(rows[breaks])
        now = r.now(rows)
        if self.policy.repairs:
            noticed = now.repair_skill * (1.0 - self.minds.burden()[whom])
            seen = np.maximum(now.rupture_seen, np.where(luck < noticed, now.rupture, 0.0))
            r.put("rupture_seen", rows, seen)
            now = r.now(rows)
        ruptured = np.broadcast_to(now.rupture, len(rows)) > 0.5
        self.ruptured_sessions[rows] += ruptured
        quality = self.minds.quality()[whom]
        due_before = now.due_rejection
        for name in self.policy.always:  # calm first: what follows meets a mind that can use it, or cannot
            r.perform(self.modules[name], rows, self.dose[name] * quality)
        now = r.now(rows)
        progress = np.full(len(rows), min(max(self._day(tick) / self._weekly(), 0.0), 1.0))
        shares = self.policy.share_of(now, self.sessions_on[:, rows], progress)
        for i, step in enumerate(self.policy.steps):
            self.sessions_on[i, rows] += np.where(shares[step.module] > 0, 1.0, 0.0)
        for name, share in shares.items():
            on = share > 0
            r.perform(self.modules[name], rows[on], self.dose[name] * share[on] * quality[on])
        after = r.now(rows)
        self.told.repair(rows[ruptured & (after.rupture < 0.5)])
        heard = after.due_rejection - due_before
        self.heard_as_rejection[rows] += heard
        self.session_until[rows] = tick + max(round(SESSION_DAYS / self.dt), 1) - 1
        self.told.sessions(rows, shares, self.policy.always, heard)

    def _remember_alliance(self, rows: Ints, now: Now) -> None:
        early = (self.attended[rows] >= 3) & (self.attended[rows] <= 5)
        felt = now.alliance_trust - now.alliance_strain
        self.early_alliance[rows] += np.where(early, felt / 3.0, 0.0)
