"""Which modules a session is given to: a rule over the patient's present state, readable as such.

*Iterative* (the paper's way): steps in an order of preference; each session goes to the first ones that are not yet
done with and for which the patient is ready now. So it goes back to regulation whenever the state demands it. A step
that has had its fill of sessions and is still not done with lets the others go first: not everyone gets all the way,
and nobody waits for ever. What a session with a calm patient has left deepens the steps that have reached their goal.
*Fixed*: each step has its stretch of the treatment, whatever the state.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulation.errors import InputError, nearest, quoted
from simulation.treatment.contract import Module, Now, declared
from simulation.treatment.feasible import check_steps
from simulation.treatment.quantities import described, target_names

Floats = NDArray[np.float64]

PORTIONS = {1: (1.0,), 2: (0.6, 0.4), 3: (0.5, 0.3, 0.2)}
"""Shares of a session by how many steps it has room for. ASSUMED."""
_CONDITION = re.compile(r"\A\s*([a-z_]+)\s*(<|>)\s*(-?\d+(?:\.\d+)?)\s*\Z")


@dataclass(frozen=True)
class Condition:
    """A condition on the present state, written like ``"alliance_trust > 0.4"``."""

    quantity: str
    above: bool
    value: float

    def __str__(self) -> str:
        return f"{self.quantity} {'>' if self.above else '<'} {self.value:g}"

    def holds(self, now: Now) -> Any:
        """Whether it holds."""
        here = now.arousal - now.window_of_tolerance if self.quantity == "over_window" else now[self.quantity]
        return here > self.value if self.above else here < self.value


def condition(text: str) -> Condition:
    """Read a condition.

    Raises:
        InputError: It cannot be read, or asks for what nobody has.
    """
    found = _CONDITION.match(text) if isinstance(text, str) else None
    if found is None:
        raise InputError(f'the condition {quoted(text)} cannot be read; write it like "alliance_trust > 0.4"')
    name, sign, value = found.groups()
    if name != "over_window":
        try:
            described(name)
        except KeyError:
            hint = nearest(name, ["over_window", *target_names()])
            raise InputError(f"the condition {quoted(text)} asks for {quoted(name)}, which nobody has{hint}") from None
    return Condition(name, sign == ">", float(value))


@dataclass(frozen=True)
class Step:
    """One step of a policy.

    Attributes:
        module: What is done.
        when: Conditions that must hold, beside the module's own readiness.
        until: Conditions of which one ends the step; without any, the module's goal does.
        sessions: How many sessions at most, 0 for any number.
    """

    module: str
    when: tuple[Condition, ...] = ()
    until: tuple[Condition, ...] = ()
    sessions: int = 0


@dataclass(frozen=True)
class Policy:
    """A rule that gives a session to modules.

    Attributes:
        always: Modules that are part of every session.
        steps: The others, in order of preference.
        iterative: Whether the patient's state decides; otherwise the steps have equal stretches of the treatment.
        at_once: How many steps a session has room for, 1 to 3; the first gets the larger part.
        ready_from: How ready a patient must be for a step to be taken (iterative only).
        repairs: Whether ruptures are looked for and repaired before anything else.
        patience: Sessions after which a step that has not reached its goal lets the others go first, until they have
            had as many (iterative only). ASSUMED: the paper's patient worked on regulation for four to five months
            before change was promoted.
        fallback: What is done when no step fits.
    """

    always: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()
    iterative: bool = True
    at_once: int = 3
    ready_from: float = 0.35
    repairs: bool = True
    patience: int = 20
    fallback: str | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """Every module it may use, once, in order."""
        extra = [self.fallback] if self.fallback else []
        repair = ["repair"] if self.repairs else []
        return tuple(dict.fromkeys([*self.always, *repair, *(s.module for s in self.steps), *extra]))

    def without(self, names: Sequence[str]) -> Policy:
        """The same with some modules taken out (dismantling); a name that it does not have changes nothing."""
        return replace(
            self,
            always=tuple(m for m in self.always if m not in names),
            steps=tuple(s for s in self.steps if s.module not in names),
            repairs=self.repairs and "repair" not in names,
            fallback=None if self.fallback in names else self.fallback,
        )

    def in_order(self, names: Sequence[str]) -> Policy:
        """The same with the steps in another order; those not named follow.

        Raises:
            InputError: It has no such step.
        """
        known = list(dict.fromkeys(step.module for step in self.steps))
        for name in names:
            if name not in known:
                hint = nearest(name, known)
                raise InputError(f"there is no step {quoted(name)} to put in order{hint}; steps are {', '.join(known)}")
        steps = [step for name in dict.fromkeys(names) for step in self.steps if step.module == name]
        return replace(self, steps=(*steps, *(s for s in self.steps if s.module not in names)))

    def check(self, beside: Sequence[str] = ()) -> None:
        """Refuse a policy that names unknown modules, or that never gets to or past one of its steps.

        Args:
            beside: Modules that the treatment works with outside the sessions.

        Raises:
            InputError: What is wrong.
        """
        modules = {m.name: m for m in declared(self.names)}
        if self.at_once not in PORTIONS:
            raise InputError(
                f"at_once = {self.at_once} is out of bounds; a session has room for 1 to {len(PORTIONS)} steps"
            )
        if not 0 <= self.ready_from <= 1:
            raise InputError(f"ready_from = {self.ready_from:g} is out of bounds; readiness lies in [0, 1]")
        if self.patience < 1:
            raise InputError(f"patience = {self.patience} is out of bounds; a step needs at least 1 session")
        if self.iterative:  # otherwise conditions do not count
            check_steps(self.steps, list(declared([*replace(self, steps=()).names, *beside])), modules)
        open_ended = 0
        for i, step in enumerate(self.steps):
            ends = step.until or step.sessions or modules[step.module].goal
            open_ended += 0 if ends or step.when or modules[step.module].needs else 1
            if open_ended >= self.at_once and i + 1 < len(self.steps) and self.iterative:
                raise InputError(
                    f"the policy never comes to an end with its step {quoted(step.module)}: it has no condition, no "
                    f'goal, no "until" and no number of sessions, so {quoted(self.steps[i + 1].module)} is not reached'
                )

    def share_of(self, now: Now, done: Floats, progress: Floats) -> dict[str, Floats]:
        """What share of the session each module gets beside those of ``always``, by patient.

        Args:
            now: The present state of the n patients who are in a session.
            done: [steps, n] sessions that each step has had so far.
            progress: [n] share of the scheduled sessions that have passed.

        Returns:
            By module, [n] shares that sum to at most 1.
        """
        n = len(progress)
        ruptured = np.broadcast_to(now.rupture, n) > 0.5
        shares: dict[str, Floats] = {}
        left = np.ones(n)
        if self.repairs:
            mending = ruptured & (np.broadcast_to(now.rupture_seen, n) > 0.5)
            shares["repair"] = np.where(mending, 1.0, 0.0)
            left = np.where(mending, 0.0, left)
        given = self._by_state(now, done) if self.iterative else self._by_stretch(progress)
        for step, share in zip(self.steps, given, strict=True):
            shares[step.module] = shares.get(step.module, np.zeros(n)) + left * share
        if self.fallback:
            rest = np.where(given.any(axis=0), 0.0, left)
            shares[self.fallback] = shares.get(self.fallback, np.zeros(n)) + rest
        return shares

    def _by_stretch(self, progress: Floats) -> Floats:
        """[steps, n] the whole session for the step whose stretch of the treatment it is."""
        place = np.floor(progress * len(self.steps) * (1 - 1e-12)).astype(np.int64)
        return np.where(np.arange(len(self.steps))[:, None] == place, 1.0, 0.0)

    def _by_state(self, now: Now, done: Floats) -> Floats:
        """[steps, n] shares by the patient's state: first what is to be done; what room is left deepens the rest."""
        size, n = done.shape
        fits, reached = np.zeros((size, n), dtype=bool), np.zeros((size, n), dtype=bool)
        for i, (step, about) in enumerate(zip(self.steps, declared(s.module for s in self.steps), strict=True)):
            fits[i] = self._fits(step, about, now, done[i])
            reached[i] = about.goal is not None and not step.until and about.reached(now)
        within = np.broadcast_to(now.arousal <= now.window_of_tolerance, n)
        to_do, deepened = fits & ~reached, fits & reached & within
        turn = done // self.patience * size + np.arange(size)[:, None]
        rank = np.argsort(np.argsort(np.where(to_do, turn, np.inf), axis=0), axis=0)
        portions = np.array([*PORTIONS[self.at_once], 0.0])
        shares = np.where(to_do, portions[np.minimum(rank, self.at_once)], 0.0)
        room = np.where(to_do.sum(axis=0) < self.at_once, 1.0 - shares.sum(axis=0), 0.0)
        return shares + deepened * room / np.maximum(deepened.sum(axis=0), 1)

    def _fits(self, step: Step, about: Module, now: Now, done: Floats) -> NDArray[np.bool_]:
        """[n] whether the patient is ready for a step that has not come to its own end."""
        fits = np.broadcast_to(about.ready(now), done.shape) >= self.ready_from
        for wanted in step.when:
            fits = fits & wanted.holds(now)
        for end in step.until:
            fits = fits & ~np.broadcast_to(end.holds(now), done.shape)
        return fits & (done < step.sessions) if step.sessions else fits

    def sentences(self) -> list[str]:
        """The rule in plain words, one sentence each."""
        lines = []
        if self.always:
            lines.append(f"In every session: {_listed(self.always)}.")
        if self.repairs:
            lines.append("A rupture that is noticed is repaired first; nothing else is done until it is.")
        if self.iterative and self.steps:
            room = "the first" if self.at_once == 1 else f"the first {self.at_once}"
            lines.append(
                f"Then {room} of these for which the patient is ready now (at least {self.ready_from:g} of 1) and that "
                "have not reached their goal:"
            )
        elif self.steps:
            lines.append("Then, in equal stretches of the treatment, whatever the patient's state:")
        modules = {m.name: m for m in declared(s.module for s in self.steps)}
        for i, step in enumerate(self.steps, 1):
            goal = modules[step.module].goal
            ends = [str(c) for c in step.until] or ([f"{goal[0]} ≥ {goal[1]:g}"] if goal else [])
            parts = [f"if {' and '.join(map(str, step.when))}"] if step.when else []
            parts += [f"until {' or '.join(ends)}"] if ends and self.iterative else []
            parts += [f"at most {step.sessions} sessions"] if step.sessions else []
            lines.append(f"  {i}. {step.module.replace('_', ' ')}" + (f" ({', '.join(parts)})" if parts else ""))
        if self.iterative and self.steps:
            many = f"{self.patience} sessions" if self.patience > 1 else "one session"
            lines.append(f"After {many}, a step that has not reached its goal lets the others go first.")
            lines.append("What a session with a calm patient has left deepens the steps that have reached their goal.")
        if self.fallback:
            lines.append(f"If none fits: {self.fallback.replace('_', ' ')}.")
        return lines


def _listed(names: Sequence[str]) -> str:
    return ", ".join(name.replace("_", " ") for name in names)
