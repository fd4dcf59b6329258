"""What may be moved, within which bounds; and from a flat point to constants and profiles."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from simulation.cases.parameters import CONSTANTS, bounds
from simulation.cases.profiles import profile_values
from simulation.cohorts.definition import moved_profiles
from simulation.errors import InputError, nearest, quoted

Bounds = tuple[float, float]


@dataclass(frozen=True)
class Space:
    """Parameters by name: ``anger_gain`` is a constant, ``bpd.home_base`` a value of a profile."""

    bounds: Mapping[str, Bounds]

    def split(self, point: Mapping[str, float]) -> tuple[dict[str, float], dict[str, dict[str, float]]]:
        """Return a point as constants and as values of profiles."""
        constants: dict[str, float] = {}
        profiles: dict[str, dict[str, float]] = {}
        for name, value in point.items():
            profile, dot, parameter = name.partition(".")
            if dot:
                profiles.setdefault(profile, {})[parameter] = value
            else:
                constants[name] = value
        return constants, profiles

    def now(self) -> dict[str, float]:
        """Return the present values, moved into the bounds."""
        point = {}
        for name, (low, high) in self.bounds.items():
            profile, dot, parameter = name.partition(".")
            value = _present(profile, parameter) if dot else CONSTANTS[name].default
            point[name] = min(max(value, low), high)
        return point


def _present(profile: str, parameter: str) -> float:
    values = profile_values(profile)[0]
    if parameter == "negative_self_image":
        bad, good = values["negative_evidence_attachment"], values["benevolent_evidence_attachment"]
        return bad / (bad + good)
    return values[parameter]


def read_space(path: str | Path | None = None) -> Space:
    """Read a space; without a path, the one that comes with the project.

    Raises:
        InputError: The file cannot be read, or names something unknown, or bounds are out of range or the wrong way round.
    """
    place = "space.toml" if path is None else str(path)
    try:
        source = files("simulation.calibration") / "space.toml" if path is None else Path(path)
        table = tomllib.loads(source.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(f"the search space {quoted(place)} cannot be read: {error.strerror}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(f"the search space {quoted(place)} is no TOML file: {error}") from None
    found: dict[str, Bounds] = {}
    for name, value in table.get("constants", {}).items():
        if name not in CONSTANTS:
            raise InputError(f"{quoted(name)} is no constant of the theory ({place}){nearest(name, CONSTANTS)}")
        found[name] = _checked(name, value, bounds(name), place)
    for profile, values in table.get("profiles", {}).items():
        for name, value in values.items():
            moved_profiles({profile: {name: value[0] if isinstance(value, list) and value else 0.0}})
            found[f"{profile}.{name}"] = _checked(f"{profile}.{name}", value, bounds(name), place)
    if not found:
        raise InputError(f"the search space {quoted(place)} is empty; give constants or profiles")
    return Space(found)


def _checked(name: str, value: object, allowed: Bounds, place: str) -> Bounds:
    numbers = isinstance(value, list) and len(value) == 2 and all(isinstance(v, int | float) for v in value)
    if not numbers or not allowed[0] <= value[0] < value[1] <= allowed[1]:  # type: ignore[index]
        raise InputError(
            f"{name} = {value} is no pair of bounds ({place}); give [low, high] within [{allowed[0]:g}, {allowed[1]:g}]"
        )
    return float(value[0]), float(value[1])  # type: ignore[index]
