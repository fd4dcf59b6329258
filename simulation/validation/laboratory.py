"""Where scenes are simulated: each once, when first needed, and shared by all patterns."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from simulation.errors import InputError, nearest
from simulation.validation.estimates import Bootstrap

Make = Callable[["Laboratory"], Any]
_SCENES: dict[str, Make] = {}
LENGTHY: set[str] = set()
"""Scenes that take longest: several processes begin with them, so that none is left to work alone at the end."""
QUICK_RESAMPLES, FULL_RESAMPLES = 200, 1000


def scene(name: str, lengthy: bool = False) -> Callable[[Make], Make]:
    """Register a function that simulates a data set under a name, and say whether it takes much longer than most."""

    def register(make: Make) -> Make:
        _SCENES[name] = make
        if lengthy:
            LENGTHY.add(name)
        return make

    return register


@cache
def scenes() -> Mapping[str, Make]:
    """Return all scenes by name; every module of `scenes` is read once."""
    from simulation.validation import scenes as package

    for module in pkgutil.iter_modules(package.__path__):
        importlib.import_module(f"{package.__name__}.{module.name}")
    return _SCENES


@dataclass
class Laboratory:
    """Simulated data for one evaluation.

    Attributes:
        seed: Of everything.
        quick: Smaller samples.
        constants: Constants of the theory that differ.
        profiles: Values that replace those of built-in profiles.
        resamples: Of the bootstrap; None for the default of the size.
    """

    seed: int = 1
    quick: bool = True
    constants: Mapping[str, float] = field(default_factory=dict)
    profiles: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    resamples: int | None = None
    _made: dict[str, Any] = field(default_factory=dict, repr=False)

    def scene(self, name: str) -> Any:
        """Return a scene; it is simulated when first asked for.

        Raises:
            InputError: There is no scene of that name.
        """
        if name not in self._made and name not in scenes():
            raise InputError(f'there is no scene "{name}"{nearest(name, scenes())}')
        return self.once(name, lambda: scenes()[name](self))

    def once(self, name: str, make: Callable[[], Any]) -> Any:
        """Return what was made under this name; it is made when first asked for."""
        if name not in self._made:
            self._made[name] = make()
        return self._made[name]

    def people(self, quick: int, full: int) -> int:
        """How many people to simulate."""
        return quick if self.quick else full

    @property
    def bootstrap(self) -> Bootstrap:
        """For intervals."""
        default = QUICK_RESAMPLES if self.quick else FULL_RESAMPLES
        return Bootstrap(self.seed, default if self.resamples is None else self.resamples)

    @property
    def changes(self) -> dict[str, Any]:
        """The changes, as `settle` takes them."""
        return {"constants": self.constants, "profiles": self.profiles}
