"""The contract of a treatment module: what it may read, what it may move, what it needs, and how it is carried out.

A module is one pure function in arithmetic: it is shown the present (`Now`), how far its preconditions are met, and its
dose, and it answers with new values of what it declared as targets. It cannot write anything itself: what it sees is
read-only, an undeclared key is refused, and values are held within the declared bounds.

**How to write one.** A Python file with one or more functions, each declared by `@module`::

    import numpy as np
    from simulation.treatment import module

    @module(
        "soothing_words",                       # name: what steps, always and doses call it; new, and used once
        targets=["arousal", "shame"],           # all that it may change: `cycles treatments targets`
        needs=[("alliance_trust", 0.1, 0.6)],   # nothing works at a trust of 0.1, everything from 0.6 on
        dose=0.1,                               # size of its effect in a session given to it whole, above 0 …
        unit="share of arousal and shame taken away",   # … in words: what a dose of 1 would mean
        source="ASSUMED",                       # where the number comes from
    )
    def soothe(now, ready, dose):
        "What the therapist says takes the edge off."
        left = 1.0 - np.minimum(dose * ready, 1.0)
        return {"arousal": now.arousal * left, "shame": now.shame * left}

``now.NAME`` is the present value of a quantity: of the patient (``arousal``), of their tie toward the therapist
(``alliance_trust``), of the course (``engagement``), of the therapist's mind (``guilt``) or person
(``therapist_arousal``). ``ready`` in [0, 1] says how far the needs are met (the product over all of them); it is 0 for
a technique during a rupture (``technique=False``: not a technique, but what keeps the relationship going). ``dose`` is
the declared dose, or the one that a case says, times the strength of the treatment, the share of the session and the
therapist's present quality: it may be well above 1, so hold shares with ``np.minimum``. All three hold one value per
patient in the session (shape [n]): calculate with numpy, choose with ``np.where``, and return one value per patient, or
one for all. ``goal=("regulation_skill", 0.7)`` says when it has done its work as a step; without a goal a step ends by
``until`` or ``sessions``, or goes on.

**What every module promises** (`contract_check` tries it out when the file is loaded, `cycles treatments check FILE`
without a run):

* a dose of 0 leaves everything as it is;
* only declared targets change, never an outcome such as ``in_episode``, and they stay within their bounds;
* the same state and dose have the same effect (no chance of its own), whoever else is in the session;
* who is not ready has no benefit. Upset, strain, less engagement and being heard as rejection are possible.

What is learned should move a pool (``learned_regulation``, …), which fades unless daily life uses it; moving a trait
directly makes a change that lasts by itself. A mistake is told with module, file and line, and ends a run.

**How to use it.** ``modules = "own.py"`` in the ``[treatment]`` of a case or in an arm of a trial, and the name in
``always`` (part of every session) or in ``steps``; see the README. In Python: ``load_modules("own.py")``.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from math import isfinite
from typing import Any, NamedTuple

import numpy as np

from simulation.errors import InputError, nearest, quoted
from simulation.treatment.answers import new_values, told_of
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
        self.__dict__["_fetch"] = fetch
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

    def __setattr__(self, name: str, value: object) -> None:
        raise InputError(f"a module sets now.{name}; it can only look at the present, and return new values")


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
        file: Path of the user's file that declares it, or "" for one that comes with the program.
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
    file: str = ""

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
            InputError: It tried to move what it does not declare, did not answer with new values, or failed.
        """
        if not self.file:
            return new_values(self, now, dose, self.work(now, self.ready(now), dose))
        with told_of(self):
            return new_values(self, now, dose, self.work(now, self.ready(now), dose))


def check_targets(name: str, targets: Sequence[str]) -> None:
    """Refuse targets that do not exist or are outcomes, and a module without any.

    Raises:
        InputError: Which, and what is allowed.
    """
    if isinstance(targets, str) or not targets:
        raise InputError(f'the module {quoted(name)} has targets = {_plain(targets)}; name what it may move, like '
                         '["arousal"]')  # fmt: skip
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
BEING_LOADED: ContextVar[dict[str, Module] | None] = ContextVar("BEING_LOADED", default=None)
"""What the file that is being loaded has declared so far: it joins `MODULES` when all of it has been checked."""


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
        InputError: A name is taken, or something declared does not exist or cannot be.
    """
    check_targets(name, targets)
    if not _is_number(dose) or dose <= 0:
        raise InputError(f"the module {quoted(name)} has dose = {_plain(dose)}; a dose is a number above 0")
    for need in needs:
        if not _is_listed(need, 3) or need[1] == need[2]:
            raise InputError(f"the module {quoted(name)} has the need {_plain(need)}; a need is written like "
                             '("alliance_trust", 0.1, 0.6): what, from where on, from where on fully')  # fmt: skip
        if need[0] != "over_window":
            _known(name, need[0])
    if goal is not None:
        if not _is_listed(goal, 2):
            raise InputError(f"the module {quoted(name)} has goal = {_plain(goal)}; "
                             'a goal is written like ("differentiation", 0.7)')  # fmt: skip
        _known(name, goal[0])

    def declare(work: Work) -> Work:
        declared = Module(
            name, number, title or (work.__doc__ or name).splitlines()[0].rstrip("."), tuple(targets),
            tuple(Need(*need) for need in needs), dose, unit, source, work, goal, technique, _file_of(work),
        )  # fmt: skip
        _check_call(declared)
        place = BEING_LOADED.get()
        _check_name(declared, {} if place is None else place)
        (MODULES if place is None else place)[name] = declared
        return work

    return declare


def _check_name(new: Module, beside: Mapping[str, Module]) -> None:
    """Refuse a name that another module has: of the same file (``beside``), of another file, or of the program."""
    if new.name in beside:
        raise InputError(f"two modules are called {quoted(new.name)}; give one of them another name")
    known = MODULES.get(new.name)
    again = known is not None and known.work.__module__ == new.work.__module__ == "__main__"  # a cell of a notebook
    if known is not None and known.file != new.file and not again:
        where = f"in {known.file}" if known.file else "among those of the program (`cycles treatments`)"
        raise InputError(f"there is already a module called {quoted(new.name)} {where}; give yours another name")


def _file_of(work: Work) -> str:
    """Path of the user's file in which a function stands; "" for one of the program."""
    code = getattr(inspect.unwrap(work), "__code__", None)
    return "" if work.__module__.startswith("simulation.") else code.co_filename if code else "its file"


def _check_call(new: Module) -> None:
    try:
        inspect.signature(new.work).bind(None, 1.0, 1.0)
    except TypeError:
        raise InputError(
            f"the module {quoted(new.name)} cannot be called; its function takes (now, ready, dose)"
        ) from None


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and isfinite(value)


def _is_listed(value: object, length: int) -> bool:
    """Whether it is a quantity followed by numbers."""
    if not isinstance(value, (tuple, list)) or len(value) != length:
        return False
    return isinstance(value[0], str) and all(map(_is_number, value[1:]))


def _plain(value: object) -> str:
    return quoted(value)[1:-1]


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
