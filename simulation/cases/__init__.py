"""Cases: who there is, how they stand to each other, what happens to them. Built in, or from a user's file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from simulation.cases.describe import describe_case
from simulation.cases.model import Case, Event, Network, PersonSpec, TieSpec
from simulation.cases.parameters import CONVENIENCES
from simulation.cases.profiles import Profile, built_in_profiles
from simulation.cases.read import case_names, load_case
from simulation.cases.settings import configure
from simulation.cases.write import dump_case, save_case

if TYPE_CHECKING:
    from simulation.cases.build import blueprint_of, build_population
    from simulation.cases.happen import Happening, focal_person, happenings, watched_people

_NEED_NUMPY = {
    "blueprint_of": "build",
    "build_population": "build",
    "Happening": "happen",
    "focal_person": "happen",
    "happenings": "happen",
    "watched_people": "happen",
}
"""What is imported only when asked for, because it loads numpy and the population."""


def __getattr__(name: str) -> Any:
    if name in _NEED_NUMPY:
        from importlib import import_module

        return getattr(import_module(f"simulation.cases.{_NEED_NUMPY[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


__all__ = [
    "CONVENIENCES",
    "Case",
    "Event",
    "Happening",
    "Network",
    "PersonSpec",
    "Profile",
    "TieSpec",
    "blueprint_of",
    "build_population",
    "built_in_profiles",
    "case_names",
    "configure",
    "describe_case",
    "dump_case",
    "focal_person",
    "happenings",
    "load_case",
    "save_case",
    "watched_people",
]
