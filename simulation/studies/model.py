"""What a study file says: the question, the case, what is varied, how, how often, and what is measured."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, ValidationError, model_validator

from simulation.cases.defects import Defect, Defects, refuse, unknown_name
from simulation.cases.model import Event
from simulation.cases.part import MAX_DAYS, Part, Text
from simulation.errors import InputError, nearest, quoted, quoted_list

Level = float | str
Kind = Literal["grid", "latin-hypercube", "sobol", "morris", "list"]
Distribution = Literal["uniform", "loguniform", "normal", "triangular"]

MAX_BYTES = 5_000_000
MAX_RUNS = 10_000_000
MOST_RUNS = 100_000
"""Runs that a study may have without `--yes`."""
MOST_PERSON_TICKS = 2e10
"""People times ticks that a study may have without `--yes`: some ten minutes on two cores."""
DUMMY = "dummy"
"""A factor that changes nothing, added to designs whose indices need a yardstick."""


class _Part(Part):
    @model_validator(mode="before")
    @classmethod
    def _known_keys(cls, data: Any) -> Any:
        if isinstance(data, dict):
            known = [field.alias or name for name, field in cls.model_fields.items()]
            strange = [str(key) for key in data if key not in known]
            if strange:
                what = cls.__doc__.splitlines()[0].split(":")[0].rstrip(".").lower() if cls.__doc__ else "the study"
                where = "" if cls is Study else what
                raise Defects([unknown_name("key", key, known, where) for key in strange])
        return data


class Factor(_Part):
    """A factor: what is varied, between which limits, or over which values.

    Attributes:
        low, high: The range; of a normal distribution the limits at which it is cut off.
        mode: Of a triangular distribution.
        mean, sd: Of a normal distribution.
        distribution: How values are spread over the range; "uniform" if not said.
        values: The values themselves, numbers or words, instead of a range.
        points: Of a grid: how many values of this factor, if not as many as of the others.
    """

    low: float | None = None
    high: float | None = None
    mode: float | None = None
    mean: float | None = None
    sd: float | None = Field(None, gt=0)
    distribution: Distribution = "uniform"
    values: list[Level] | None = Field(None, min_length=1, max_length=1000)
    points: int | None = Field(None, ge=1, le=1000)


class Design(_Part):
    """A design: which combinations of the factors are run.

    Attributes:
        kind: "grid" (every combination), "latin-hypercube" (spread evenly), "sobol" (Saltelli's design on a Sobol
            sequence, for variance-based indices), "morris" (trajectories, for screening) or "list".
        points: Of a grid: values of each factor. Of a Latin hypercube: points. Of "sobol": base sample N, a power of
            two; the design has N·(factors + 3) points. Of "morris": trajectories; the design has as many times
            (factors + 2) points.
        levels: Of "morris": levels of each factor, an even number.
        rows: Of a list: one table of values per point.
    """

    kind: Kind
    points: int | None = Field(None, ge=1, le=MAX_RUNS)
    levels: int = Field(4, ge=2, le=100)
    rows: list[dict[str, Level]] | None = Field(None, min_length=1, max_length=1_000_000)


class Ramp(_Part):
    """A ramp: one parameter that rises and falls again within each run, slowly, in steps.

    Each step is a row of the results; `direction` says whether the parameter was rising or falling.

    Attributes:
        factor: A parameter of a person.
        low, high: Where it starts and ends, and where it turns.
        steps: Steps from low to high, both included.
        days: Length of a step.
        settle: Days at the beginning of a step that are not measured.
    """

    factor: str = Field(min_length=1, max_length=200)
    low: float
    high: float
    steps: int = Field(ge=2, le=1000)
    days: float = Field(gt=0, le=MAX_DAYS)
    settle: float = Field(0.0, ge=0)


class Courses(_Part):
    """Courses: states of the focal person that are kept over time, besides the measures.

    Attributes:
        quantities: Names of states.
        every: Days between two samples.
    """

    quantities: list[str] = Field(min_length=1, max_length=50)
    every: float = Field(1.0, gt=0, le=MAX_DAYS)


class Study(_Part):
    """A study: many runs of one case, and the question they answer.

    Attributes:
        question: In plain words.
        case: Name of a built-in case or path of a case file; a relative path starts at the folder of the study file.
        days: Length of a run; without it that of the case. A ramp has its own.
        burn_in: Days at the beginning that are not measured.
        dt: Length of a tick in days; without it that of the case.
        seed: Of all chance. Replicate r has the same luck at every point of the design.
        replicates: Runs at every point.
        measures: What is measured; see `simulation.studies.outcomes`.
        settings: Changes of the case that hold for all runs, written as for `cycles run --set`.
        lesions: Arrows of Figure 1 cut in all runs.
        treatment: What the patients of the case get in all runs (`cycles treatments`).
        people: Number of people of a generated network.
        events: Dated events besides those of the case.
        design: Which combinations are run.
        factors: What is varied, by name: a parameter of the focal person (`rejection_sensitivity`), of somebody else
            (`Robin.tolerance`) or of all (`everyone.tolerance`); a constant or gain of the theory, for all; a field of
            a tie (`Robin>Alex.strain`); a setting of the network (`network.mean_degree`, `network.profiles.bpd`); a
            profile (`Robin.profile`); `lesion`; the day of an event (`event.MARK.day`); `treatment` ("none" for nobody
            treated), `treatment.start`, `treatment.strength` and the dose of a module (`treatment.doses.NAME`).
        ramp: A parameter that rises and falls within each run.
        courses: States to keep over time.
    """

    question: Text = Field(min_length=1)
    case: str = Field(min_length=1, max_length=4000)
    days: float | None = Field(None, gt=0, le=MAX_DAYS)
    burn_in: float = Field(0.0, ge=0, le=MAX_DAYS)
    dt: float | None = Field(None, gt=0, le=0.5)
    seed: int = Field(1, ge=0, lt=2**63)
    replicates: int = Field(1, ge=1, le=MAX_RUNS)
    measures: list[str] = Field(min_length=1, max_length=200)
    settings: list[str] = []
    lesions: list[str] = []
    treatment: str | None = None
    people: int | None = Field(None, ge=2)
    events: list[Event] = []
    design: Design
    factors: dict[str, Factor] = Field(min_length=1, max_length=200)
    ramp: Ramp | None = None
    courses: Courses | None = None

    @model_validator(mode="after")
    def _check(self) -> Study:
        found = [defect for name, factor in self.factors.items() for defect in _wrong_with(name, factor, self.design)]
        found += _wrong_with_design(self)
        twice = sorted({name for name in self.measures if self.measures.count(name) > 1})
        found += [Defect(f"the measure {quoted(name)} is named twice", "", "once is enough") for name in twice]
        if self.ramp is not None and not self.ramp.low < self.ramp.high:
            found.append(_upside_down("ramp", self.ramp.low, self.ramp.high))
        if self.ramp is not None and self.ramp.settle >= self.ramp.days:
            found.append(Defect("nothing of a step is left to measure", "ramp", "settle must be shorter than days"))
        if self.ramp is not None and self.days is not None:
            found.append(Defect("days = … and a ramp exclude each other", "", "a ramp lasts as long as its steps"))
        if self.days is not None and self.burn_in >= self.days:
            found.append(Defect(f"burn_in = {self.burn_in:g} leaves nothing to measure", "",
                                f"it must be shorter than days = {self.days:g}"))  # fmt: skip
        if found:
            raise Defects(found)
        return self


def load_study(path: str | os.PathLike[str]) -> Study:
    """Return a study from a TOML file, checked; factors and measures are checked by `simulation.studies.plan`.

    Raises:
        InputError: What is wrong, where, and what is allowed.
    """
    try:
        file = Path(path)
        if file.is_dir():
            raise InputError(f"{quoted(path)} is a folder; name the file of a study")
        if file.stat().st_size > MAX_BYTES:
            raise InputError(f"{quoted(path)} is larger than a study file can be ({MAX_BYTES / 1e6:g} MB)")
        text = file.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise InputError(f"there is no file {quoted(path)}{nearest(file.name, _neighbours(file))}") from None
    except UnicodeDecodeError:
        raise InputError(f"{quoted(path)} is not UTF-8; save the study as text in UTF-8") from None
    except (OSError, ValueError, TypeError) as error:
        raise InputError(f"{quoted(path)} cannot be read: {getattr(error, 'strerror', None) or error}") from None
    return parse_study(text, file.name, file.parent)


def parse_study(text: str, name: str, folder: Path | None = None) -> Study:
    """Return the study that a TOML text describes; messages call it `name`.

    Raises:
        InputError: What is wrong with it.
    """
    try:
        data = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as error:
        said = str(error)
        raise InputError(f"{name} is not a TOML file: {said[:1].lower()}{said[1:]}") from None
    case = data.get("case")
    if folder is not None and isinstance(case, str) and ("/" in case or case.endswith(".toml")):
        data["case"] = str((folder / case).absolute())
    return study_from(data, f"study {name}")


def study_from(data: dict[str, Any], place: str = "study") -> Study:
    """Return the study that nested tables describe.

    Raises:
        InputError: What is wrong; messages call the study `place`.
    """
    try:
        return Study.model_validate(data)
    except ValidationError as error:
        refuse(error, data, place)


def _neighbours(path: Path) -> list[str]:
    try:
        return [name for name in os.listdir(path.parent) if name.endswith(".toml")]
    except (OSError, ValueError):
        return []


def _upside_down(where: str, low: float, high: float) -> Defect:
    return Defect(f"the range from {low:g} to {high:g} is {'empty' if low == high else 'upside down'}", where,
                  "low must be below high")  # fmt: skip


_NEEDS = {"uniform": ("low", "high"), "loguniform": ("low", "high"), "normal": ("mean", "sd"),
          "triangular": ("low", "mode", "high")}  # fmt: skip


def _wrong_with(name: str, factor: Factor, design: Design) -> list[Defect]:
    """Return what is wrong with a factor by itself."""
    where = f"factor {quoted(name)}"
    given = [key for key in ("low", "high", "mode", "mean", "sd") if getattr(factor, key) is not None]
    if name == DUMMY:
        return [Defect(f"a factor is called {quoted(name)}", where, "that name is kept for a factor without effect")]
    if factor.values is not None:
        if given:
            return [Defect(f"{given[0]} and values exclude each other", where, "give a range or values")]
        if len({isinstance(value, str) for value in factor.values}) > 1:
            return [Defect("numbers and words stand side by side in values", where, "give all numbers or all words")]
        if len(set(factor.values)) < len(factor.values):
            return [Defect("a value is listed twice", where, "each value once")]
        return []
    if design.kind == "list":
        return []
    missing = [key for key in _NEEDS[factor.distribution] if getattr(factor, key) is None]
    if missing:
        return [Defect(f"{missing[0]} is missing", where,
                       f"a {factor.distribution} range needs {quoted_list(_NEEDS[factor.distribution])}; or give "
                       "values")]  # fmt: skip
    low, high = factor.low, factor.high
    found = []
    if low is not None and high is not None:
        if low >= high:
            found.append(_upside_down(where, low, high))
        elif factor.mode is not None and not low <= factor.mode <= high:
            found.append(Defect(f"mode = {factor.mode:g} lies outside the range", where,
                                f"it must lie in [{low:g}, {high:g}]"))  # fmt: skip
    if factor.distribution == "loguniform" and low is not None and low <= 0:
        found.append(Defect(f"low = {low:g} has no logarithm", where, "a loguniform range starts above 0"))
    return found


def _wrong_with_design(study: Study) -> list[Defect]:
    """Return what is wrong with the design of a study."""
    design = study.design
    where = "design"
    if design.kind == "list":
        if design.rows is None:
            return [Defect('"rows" is missing', where, "a list needs one table of values per point")]
        for number, row in enumerate(design.rows, 1):
            if set(row) != set(study.factors):
                strange = sorted(set(row) ^ set(study.factors))
                told = "is no factor" if strange[0] in row else "has no value"
                return [Defect(f"{quoted(strange[0])} {told} in row {number}", where, "a row names every factor once")]
        return []
    if design.rows is not None:
        return [Defect(f'"rows" and kind = "{design.kind}" exclude each other', where, 'rows belong to kind = "list"')]
    if design.points is None and not (
        design.kind == "grid" and all(f.values or f.points for f in study.factors.values())
    ):
        return [Defect('"points" is missing', where, "it says how many points or values there are")]
    if design.kind == "sobol" and design.points is not None and design.points & (design.points - 1):
        return [Defect(f"points = {design.points} is not a power of two", where,
                       f"Sobol indices need one, such as {2 ** max(design.points.bit_length() - 1, 1)} or "
                       f"{2 ** design.points.bit_length()}")]  # fmt: skip
    if design.kind == "morris" and design.levels % 2:
        return [Defect(f"levels = {design.levels} is odd", where, "Morris' design needs an even number")]
    return []
