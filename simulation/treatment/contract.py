"""The contract of a treatment module: what it may read, what it may move, what it needs, and how it is carried out.

A module is one pure function in arithmetic: it is shown the present (`Now`), how far its preconditions are met, and its
dose, and it answers with new values of what it declared as targets. It cannot write anything itself: what it sees is
read-only, an undeclared key is refused, and values are held within the declared bounds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from simulation.errors import InputError, nearest, quoted
from simulation.treatment.arithmetic import Number, ramp
from simulation.treatment.quantities import NOT_THERAPEUTIC, described, may_be_targeted, target_names

Changes = dict[str, Number]
Work = Callable[["Now", Number, Number], Changes]


class Now:
    """What a module sees: any declared quantity of the patients it is carried out with, by name, read-only.

    Attributes are looked up when first asked for: ``now.arousal`` (the patient's), ``now.alliance_trust`` (the
    patient's trust in the therapist), ``now.therapist_arousal``, ``now.engagement`` (the course's), ``now.guilt`` (the
    therapist's mind).
    """

    def __init__(
        self, values: Mapping[str, Number] | None = None, fetch: Callable[[str], Number] | None = None
    ) -> None:
        self._fetch = fetch
        for name, value in (values or {}).items():
            self._keep(name, value)

    def _keep(self, name: str, value: Number) -> Number:
        if isinstance(value, np.ndarray):
            value = value.view()
            value.flags.writeable = False
        self.__dict__[name] = value  # where it is found without `__getattr__` from now on
        return value

    def __getattr__(self, name: str) -> Number:
        if name.startswith("_"):
            raise AttributeError(name)
        try:
            described(name)
        except KeyError:
            raise InputError(
                f"a module asks for {quoted(name)}, which nobody has{nearest(name, target_names())}"
            ) from None
        return self._keep(name, self._fetch(name) if self._fetch else described(name).default)

    def __getitem__(self, name: str) -> Number:
        return getattr(self, name)


class Need(NamedTuple):
    """One precondition: nothing works at ``start``, everything at ``full``, and it is graded in between."""

    quantity: str
    start: float
    full: float

    def met(self, now: Now) -> Number:
        """How far it is met, in [0, 1]."""
        if self.quantity == "over_window":
            return ramp(now.arousal - now.window_of_tolerance, self.start, self.full)
        return ramp(now[self.quantity], self.start, self.full)


@dataclass(frozen=True)
class Module:
    """One ingredient of treatments.

    Attributes:
        name: Short name.
        number: Its number in the project's theory, or "" for a user's own.
        title: What it is, in a few words.
        targets: What it may move, and nothing else.
        needs: Preconditions; `ready` multiplies how far each is met.
        dose: Size of its effect in a session that is given to it whole; its unit is that of `unit`.
        unit: What a dose of 1 would mean.
        source: Where it comes from; says ASSUMED where a number has no source.
        work: The function.
        goal: A condition such as ``("differentiation", 0.7)``: from there on it has done its work.
        technique: False for what keeps the relationship going: techniques do not work during a rupture.
    """

    name: str
    number: str
    title: str
    targets: tuple[str, ...]
    needs: tuple[Need, ...]
    dose: float
    unit: str
    source: str
    work: Work
    goal: tuple[str, float] | None = None
    technique: bool = True

    def ready(self, now: Now) -> Number:
        """How far its preconditions are met, in [0, 1]; a technique is never ready during a rupture."""
        share: Number = 1.0
        for need in self.needs:
            share = share * need.met(now)
        return share * (1.0 - now.rupture) if self.technique else share

    def reached(self, now: Now) -> Number:
        """Whether it has done its work."""
        return now[self.goal[0]] >= self.goal[1] if self.goal else now.arousal < 0.0

    def effect(self, now: Now, dose: Number) -> Changes:
        """New values of its targets after a dose; held within bounds.

        Raises:
            InputError: It tried to move what it does not declare.
        """
        changes = self.work(now, self.ready(now), dose)
        for name in changes:
            if name not in self.targets:
                raise InputError(
                    f"the module {quoted(self.name)} tries to move {quoted(name)}, which it does not declare"
                    f"{nearest(name, self.targets)}; it declares {', '.join(self.targets)}"
                )
        return {name: _bounded(name, value) for name, value in changes.items()}


def _bounded(name: str, value: Number) -> Number:
    quantity = described(name)
    return np.minimum(np.maximum(value, quantity.low), quantity.high)


def check_targets(name: str, targets: Iterable[str]) -> None:
    """Refuse targets that do not exist or are outcomes.

    Raises:
        InputError: Which, and what is allowed.
    """
    for target in targets:
        if target in NOT_THERAPEUTIC:
            raise InputError(
                f"the module {quoted(name)} declares {quoted(target)} as a target; outcomes and circumstances can only "
                f"follow from what people do, not be set ({', '.join(NOT_THERAPEUTIC)})"
            )
        if not may_be_targeted(target):
            hint = nearest(target, target_names())
            raise InputError(
                f"the module {quoted(name)} declares the target {quoted(target)}, which nobody has{hint}; targets are "
                "traits, habits, evidence and states of a person, alliance_trust and the like, and states of the course"
            )


MODULES: dict[str, Module] = {}
"""Every module known, by name; filled when `simulation.treatment.modules` is imported, and by users' own files."""


def module(
    name: str,
    *,
    targets: Sequence[str],
    dose: float,
    unit: str,
    source: str,
    number: str = "",
    title: str = "",
    needs: Sequence[tuple[str, float, float]] = (),
    goal: tuple[str, float] | None = None,
    technique: bool = True,
) -> Callable[[Work], Work]:
    """Declare the function below as a module; see `Module`.

    Raises:
        InputError: A name is taken, or something declared does not exist.
    """
    check_targets(name, targets)
    if dose <= 0:
        raise InputError(f"the module {quoted(name)} has dose = {dose:g}; a dose is above 0")
    for quantity, _start, _full in needs:
        if quantity != "over_window":
            _known(name, quantity)
    if goal is not None:
        _known(name, goal[0])

    def declare(work: Work) -> Work:
        if name in MODULES and MODULES[name].work.__module__ != work.__module__:
            raise InputError(f"there is already a module called {quoted(name)}; give yours another name")
        MODULES[name] = Module(
            name, number, title or (work.__doc__ or name).splitlines()[0].rstrip("."), tuple(targets),
            tuple(Need(*need) for need in needs), dose, unit, source, work, goal, technique,
        )  # fmt: skip
        return work

    return declare


def _known(module: str, quantity: str) -> None:
    try:
        described(quantity)
    except KeyError:
        hint = nearest(quantity, target_names())
        raise InputError(f"the module {quoted(module)} needs {quoted(quantity)}, which nobody has{hint}") from None


def declared(names: Iterable[str]) -> Iterator[Module]:
    """The modules of these names.

    Raises:
        InputError: There is no such module.
    """
    from simulation.treatment import modules

    assert modules
    for name in names:
        if name not in MODULES:
            hint = nearest(name, MODULES)
            raise InputError(f"there is no module called {quoted(name)}{hint}; there are {', '.join(sorted(MODULES))}")
        yield MODULES[name]


def as_float(value: Any) -> float:
    """One number, whatever holds it."""
    return float(np.asarray(value))
