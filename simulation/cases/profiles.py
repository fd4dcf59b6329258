"""Named, sourced parameter sets: what kind of person someone is. The numbers are in `profiles.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files

from pydantic import BaseModel, ConfigDict, Field

from simulation.cases.defects import Defect, unknown_name
from simulation.cases.parameters import CONSTANTS, PERSON_NAMES, Values, check_values, default_values, override
from simulation.errors import InputError, quoted

ORDINARY = "ordinary"
"""The profile of someone about whom nothing else is said."""


class Profile(BaseModel):
    """A parameter set that has a name.

    Attributes:
        meaning: Who such a person is, in plain words.
        source: Where the values come from; ASSUMED where the literature gives none.
        like: The profile from which this one differs, or nothing for the defaults of the theory.
        values: Parameters, conveniences, constants and gains that differ.
    """

    model_config = ConfigDict(strict=True, extra="forbid", allow_inf_nan=False, frozen=True)

    meaning: str = Field("", max_length=1000)
    source: str = Field("ASSUMED", max_length=1000)
    like: str | None = None
    values: dict[str, float] = {}


@lru_cache(maxsize=1)
def built_in_profiles() -> Mapping[str, Profile]:
    """Return the profiles that come with the project, by name."""
    text = (files("simulation.cases") / "profiles.toml").read_text(encoding="utf-8")
    return {name: Profile.model_validate(table) for name, table in tomllib.loads(text).items()}


def all_profiles(own: Mapping[str, Profile]) -> Mapping[str, Profile]:
    """Return the built-in profiles and a case's own ones; its own win."""
    return {**built_in_profiles(), **own}


def profile_layers(name: str, own: Mapping[str, Profile] = {}) -> list[Profile]:
    """Return a profile preceded by those it is like, the most general first.

    Raises:
        InputError: There is no such profile, or it is like itself.
    """
    known = all_profiles(own)
    layers: list[Profile] = []
    seen: list[str] = []
    wanted: str | None = name
    while wanted is not None:
        if wanted in seen:
            raise InputError(f"the profile {quoted(name)} is like itself: {' → '.join([*seen, wanted])}")
        if wanted not in known:
            raise InputError(unknown_name("profile", wanted, known, "").sentence(""))
        seen.append(wanted)
        layers.insert(0, known[wanted])
        wanted = known[wanted].like
    return layers


def profile_values(name: str, own: Mapping[str, Profile] = {}) -> tuple[Values, Values]:
    """Return all traits and start values of a profile, and the constants and gains it changes.

    Raises:
        InputError: There is no such profile.
    """
    values, changed = default_values(), Values()
    for layer in profile_layers(name, own):
        override(values, layer.values)
        changed |= {key: value for key, value in layer.values.items() if key in CONSTANTS}
    return values, changed


def check_profiles(own: Mapping[str, Profile]) -> list[Defect]:
    """Return what is wrong with the profiles that a case defines."""
    found: list[Defect] = []
    for name, profile in own.items():
        where = f"profile {quoted(name)}"
        if not name.strip() or len(name) > 100:
            found.append(Defect(f"a profile is called {quoted(name)}", where, "a name has 1 to 100 characters"))
        found += check_values(profile.values, PERSON_NAMES, "parameter of a person", where)
        found += check_profile_name(profile.like, own, where)
        if not found:
            try:
                profile_layers(name, own)
            except InputError as error:
                found.append(Defect(str(error), where))
    return found


def check_profile_name(name: str | None, own: Mapping[str, Profile], where: str) -> list[Defect]:
    """Return what is wrong with the mention of a profile."""
    known = all_profiles(own)
    if name is None or name in known:
        return []
    return [unknown_name("profile", name, known, where)]
