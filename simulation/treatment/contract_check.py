"""The promises of the contract, tried out on one module in random states: every module has to keep them.

* A dose of 0 leaves everything as it is.
* Only declared targets move, and they stay within their bounds.
* The same state and dose have the same effect, and nobody's depends on who else is in the session.
* Who is not ready for it has no benefit: a precondition that is not met at all, or, for a technique, a rupture.

It is run on every module of the program by its tests, and on every module of a user's file when that is loaded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from zlib import crc32

import numpy as np

from simulation.errors import InputError
from simulation.treatment.answers import called
from simulation.treatment.contract import Module, Need, Now
from simulation.treatment.quantities import described

SEEDS, PATIENTS = range(4), 6
HARM = {"arousal": 1, "alliance_strain": 1, "due_rejection": 1, "engagement": -1}
"""What a module may do to a patient who is not ready for it: upset, strain, be heard as rejection, lose engagement."""
NEUTRAL = {"explained", "eased_impulsivity", "eased_noise", "eased_reactivity", "medicated", "impulsivity",
           "affect_noise", "reactivity"}  # fmt: skip
"""What may move without being a benefit: explaining takes no readiness; what was eased stays eased."""
_STILL = 1e-9
"""What counts as nothing in a user's module, whose arithmetic may round differently for one and for many."""


def random_now(seed: int, n: int = PATIENTS, **fixed: float) -> Now:
    """Everything that a module may ask for, of n patients, at random within its bounds; some quantities as given."""

    def fetch(name: str) -> np.ndarray:
        quantity = described(name)
        luck = np.random.default_rng([seed, crc32(name.encode())])  # whatever else is asked for, and in which order
        if name in fixed:
            return np.full(n, fixed[name])
        if name.startswith("eased_"):
            return np.zeros(n)
        return luck.uniform(quantity.low, min(quantity.high, quantity.low + 20.0), n)

    return Now(fetch=fetch)


def unready(need: Need) -> dict[str, float]:
    """The state in which a precondition is met least."""
    if need.quantity == "over_window":
        low, high = {"arousal": 0.0, "window_of_tolerance": 0.9}, {"arousal": 1.0, "window_of_tolerance": 0.3}
        return low if need.full > need.start else high
    quantity = described(need.quantity)
    return {need.quantity: quantity.low if need.full > need.start else quantity.high}


def benefit(target: str, before: np.ndarray, after: np.ndarray) -> np.ndarray:
    """[n] how far a target moved in a way that only a patient who is ready for it may be moved."""
    if target in NEUTRAL:
        return np.zeros(len(before))
    moved = after - before
    return np.abs(np.minimum(moved * HARM[target], 0.0) if target in HARM else moved)


def _moved_at_zero(module: Module, seed: int) -> Iterator[str]:
    now = random_now(seed)
    for target, value in module.effect(now, 0.0).items():
        if not np.allclose(value, now[target], rtol=1e-12, atol=1e-15):
            yield f"changes {target} at dose 0; a dose of 0 leaves everything as it is"


def _out_of_bounds(module: Module, seed: int) -> Iterator[str]:
    for dose in (0.1, module.dose, 10.0):
        for target, value in module.effect(random_now(seed), dose).items():
            quantity = described(target)
            if target not in module.targets or np.any((value < quantity.low) | (value > quantity.high)):
                yield f"moves {target} out of what it declared"


def _unlike_itself(module: Module, seed: int) -> Iterator[str]:
    first, again = (module.effect(random_now(seed), module.dose) for _ in range(2))
    if set(first) != set(again) or any(not np.array_equal(first[target], again[target]) for target in first):
        yield "does something else when it is done again; the same state and dose have the same effect"
        return
    everyone = random_now(seed)
    one = Now(fetch=lambda name: everyone[name][2:3])
    for target, value in module.effect(one, module.dose).items():
        among = np.broadcast_to(first.get(target, np.nan), PATIENTS)[2]
        if not np.allclose(value, among, rtol=_STILL, atol=_STILL):
            yield f"changes {target} of a patient by who else is there; everyone's new value is worked out for itself"


def _helps_unready(module: Module, seed: int) -> Iterator[str]:
    states = {f"when {need.quantity} is not what it needs": unready(need) for need in module.needs}
    if module.technique:
        states["during a rupture, when no technique works"] = {"rupture": 1.0}
    for when, state in states.items():
        now = random_now(seed, PATIENTS, **state)
        shut_out = np.broadcast_to(module.ready(now), PATIENTS) == 0.0  # some needs alone never shut anybody out
        for target, value in module.effect(now, module.dose).items():
            if np.any(benefit(target, now[target], value)[shut_out] > _STILL):
                yield f"changes {target} {when}; without readiness (ready = 0) there is no benefit: use dose * ready"


PROMISES: tuple[Callable[[Module, int], Iterator[str]], ...] = (
    _moved_at_zero, _out_of_bounds, _unlike_itself, _helps_unready,
)  # fmt: skip


def broken_promises(module: Module, seeds: Iterable[int] = SEEDS) -> list[str]:
    """What a module breaks, each once, as ends of sentences that begin with its name; empty if it keeps all.

    Raises:
        InputError: It fails, or answers with something else than new values of its targets.
    """
    found = [told for seed in seeds for promise in PROMISES for told in promise(module, seed)]
    return list(dict.fromkeys(found))


def check_contract(modules: Iterable[Module]) -> None:
    """Refuse modules of which one breaks a promise.

    Raises:
        InputError: Which module, which file, which promise.
    """
    for module in modules:
        broken = broken_promises(module)
        if broken:
            raise InputError(f"{called(module)} {broken[0]}")
