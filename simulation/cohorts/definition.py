"""What a cohort is: centre and spread of every parameter, and the ego network people live in. Data: `cohorts.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, model_validator

from simulation.cases.parameters import CONVENIENCES, TRAITS, WISHES, Values, bounds
from simulation.cases.profiles import ORDINARY, Profile, built_in_profiles, profile_values
from simulation.errors import InputError, nearest, quoted, quoted_list

EVERYTHING = "everything"
DERIVED = ("negative_self_image", "schema_history")
"""Summaries of the evidence about the self that vary as one, alike for all wishes."""


class Spread(BaseModel):
    """How far people differ in one parameter, and with what the difference goes along.

    Attributes:
        spread: Standard deviation on the logit scale (shares) or the log scale (anything else).
        loadings: Correlations with factors, given as further keys.
    """

    model_config = ConfigDict(strict=True, extra="allow", allow_inf_nan=False, frozen=True)
    __pydantic_extra__: dict[str, float]

    spread: float = Field(ge=0, le=3)

    @property
    def loadings(self) -> Mapping[str, float]:
        """Correlation with each factor named."""
        return self.__pydantic_extra__

    @model_validator(mode="after")
    def _some_variance_is_left(self) -> Spread:
        if sum(value * value for value in self.loadings.values()) > 1.0:
            raise ValueError("squared loadings sum to more than 1")
        return self


class Cohort(BaseModel):
    """Where the centre of a cohort lies.

    Attributes:
        meaning: Who these people are.
        source: Where that comes from.
        toward_bpd: How far each centre lies on the way from `ordinary` (0) to `bpd` (1); "everything" for the rest.
        values: Centres of their own.
        factor_spread: Standard deviation of a factor where selection has narrowed it; 1 for those not named.
    """

    model_config = ConfigDict(strict=True, extra="forbid", allow_inf_nan=False, frozen=True)

    meaning: str
    source: str
    toward_bpd: dict[str, float] = {}
    values: dict[str, float] = {}
    factor_spread: dict[str, Annotated[float, Field(ge=0, le=3)]] = {}


class Slot(BaseModel):
    """A kind of other in an ego network.

    Attributes:
        number: How many each person has.
        share: Share of people who have them (partner), or of pairs that know each other (among others).
        bond, contact_rate, romantic, eligible: Fields of the ties, the centre of their spread.
    """

    model_config = ConfigDict(strict=True, extra="forbid", allow_inf_nan=False, frozen=True)

    number: int = Field(0, ge=0, le=150)
    share: float = Field(1.0, ge=0, le=1)
    bond: float = Field(0.5, gt=0, lt=1)
    contact_rate: float = Field(1.0, ge=0, le=24)
    romantic: float = Field(0.0, ge=0, le=1)
    eligible: float = Field(0.0, ge=0, le=1)


class Definitions(BaseModel):
    """All of `cohorts.toml`."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)

    factors: dict[str, str]
    spread: dict[str, Spread]
    cohort: dict[str, Cohort]
    network: dict[str, Slot]
    network_spread: dict[str, float]


@lru_cache(maxsize=1)
def definitions() -> Definitions:
    """Return the cohorts that come with the project."""
    text = (files("simulation.cohorts") / "cohorts.toml").read_text(encoding="utf-8")
    read = Definitions.model_validate(tomllib.loads(text))
    for name, spread in read.spread.items():
        assert name in TRAITS or name in DERIVED, name
        assert set(spread.loadings) <= set(read.factors), name
    for name, group in read.cohort.items():
        assert set(group.factor_spread) <= set(read.factors), name
    return read


def cohort_names() -> list[str]:
    """Return the names of the cohorts."""
    return list(definitions().cohort)


def cohort(name: str) -> Cohort:
    """Return a cohort by name.

    Raises:
        InputError: There is none of that name.
    """
    known = definitions().cohort
    if name not in known:
        raise InputError(f"there is no cohort {quoted(name)}{nearest(name, known)}; there are {quoted_list(known)}")
    return known[name]


def moved_profiles(given: Mapping[str, Mapping[str, float]]) -> dict[str, Profile]:
    """Return built-in profiles with some of their values replaced.

    Raises:
        InputError: An unknown profile or parameter, or a value out of bounds.
    """
    moved = {}
    for name, values in given.items():
        if name not in built_in_profiles():
            raise InputError(f"there is no profile {quoted(name)}{nearest(name, built_in_profiles())} to change")
        for parameter, value in values.items():
            if parameter not in TRAITS and parameter not in CONVENIENCES:
                hint = nearest(parameter, [*TRAITS, *CONVENIENCES])
                raise InputError(f"{quoted(parameter)} is no parameter of a person (profile {quoted(name)}){hint}")
            low, high = bounds(parameter)
            if not low <= value <= high:
                raise InputError(
                    f"{parameter} = {value:g} is out of bounds (profile {quoted(name)}); "
                    f"it must lie in [{low:g}, {high:g}]"
                )
        old = built_in_profiles()[name]
        moved[name] = old.model_copy(update={"values": {**old.values, **values}})
    return moved


def centre_of(name: str, profiles: Mapping[str, Mapping[str, float]] | None = None) -> Values:
    """Return the centre of a cohort: every trait and start value, and the two summaries of the evidence.

    Args:
        name: Of the cohort.
        profiles: Values that replace those of built-in profiles, by name of the profile.

    Raises:
        InputError: There is no such cohort, profile or parameter.
    """
    wanted = cohort(name)
    own = moved_profiles(profiles or {})
    here, there = (_with_summaries(profile_values(profile, own)[0]) for profile in (ORDINARY, "bpd"))
    general = wanted.toward_bpd.get(EVERYTHING, 0.0)
    centre = {}
    for parameter in here:
        share = wanted.toward_bpd.get(parameter, general)
        low, high = bounds(parameter)
        value = wanted.values.get(parameter, here[parameter] + share * (there[parameter] - here[parameter]))
        centre[parameter] = min(max(value, low), high)
    return centre


def _with_summaries(values: Values) -> Values:
    evidence = [(values[f"negative_evidence_{w}"], values[f"benevolent_evidence_{w}"]) for w in WISHES]
    totals = [negative + benevolent for negative, benevolent in evidence]
    share = sum(negative / total for (negative, _), total in zip(evidence, totals, strict=True)) / len(WISHES)
    return {**values, "negative_self_image": share, "schema_history": sum(totals) / len(totals)}
