"""What is wrong with a case, or another file of the user's, in one sentence: what, where, and what is allowed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple, NoReturn, get_args

from pydantic import BaseModel, ValidationError

from simulation.errors import InputError, nearest, quoted, quoted_list


class Defect(NamedTuple):
    """One thing that is wrong.

    Attributes:
        what: The finding, such as "tolerance = 2 is above 1".
        where: The place within the case, such as 'person "Angie"'; empty for the case as a whole.
        allowed: What would be right, such as "it must lie in [0, 1]"; may be empty.
    """

    what: str
    where: str = ""
    allowed: str = ""

    def sentence(self, place: str) -> str:
        """Return the sentence for a case that messages call `place`."""
        places = ", ".join(part for part in (place, self.where) if part)
        where = f" ({places})" if places else ""
        return f"{self.what}{where}" + (f"; {self.allowed}" if self.allowed else "")


def unknown_name(what: str, name: str, known: Iterable[str], where: str) -> Defect:
    """Return the defect of a name that is none of those known: with the nearest one, or with what there is."""
    known = list(known)
    hint = nearest(name, known)
    told = f"there {'is' if len(known) == 1 else 'are'} {quoted_list(known, 24 if len(known) <= 24 else 5)}"
    return Defect(f"there is no {what} called {quoted(name)}{hint}", where, "" if hint and len(known) > 12 else told)


class Defects(ValueError):
    """Raised within validation: everything found wrong with a case as a whole."""

    def __init__(self, found: Sequence[Defect]) -> None:
        self.found = list(found)
        super().__init__(report(self.found, ""))


def report(found: Sequence[Defect], place: str) -> str:
    """Return the first defect as a sentence, and how many more there are."""
    more = len(found) - 1
    rest = "" if not more else f" (and {more} more {'defect' if more == 1 else 'defects'})"
    return found[0].sentence(place) + rest


def refuse(error: ValidationError, data: object, place: str, model: type[BaseModel] | None = None) -> NoReturn:
    """Raise the InputError that says what pydantic, or a check of ours, found wrong.

    Args:
        error: What validation raised.
        data: What was validated.
        place: What messages call the case, such as "case angie.toml".
        model: What the data should have become; a case if not given.
    """
    found: list[Defect] = []
    findings = error.errors(include_url=False)
    # a misspelled key is also missing under its right name: the misspelling is what helps
    for finding in sorted(findings, key=lambda finding: finding["type"] != "extra_forbidden"):
        reason = finding.get("ctx", {}).get("error")
        if isinstance(reason, Defects):
            found += reason.found
        else:
            found.append(_translated(dict(finding), data, model))
    raise InputError(report(found, place)) from None


_KINDS = {
    "float_type": "a number",
    "int_type": "a whole number",
    "string_type": "text",
    "bool_type": "true or false",
    "list_type": "a list",
    "dict_type": "a table",
    "model_type": "a table",
    "finite_number": "a finite number",
    "string_unicode": "text without half characters",
    "int_parsing_size": "a whole number of moderate size",
    "string_pattern_mismatch": 'letters, digits, ".", "_" and "-", with a letter or digit first',
}
_BOUNDS = {
    "greater_than": ("must be above", "gt"),
    "greater_than_equal": ("must be at least", "ge"),
    "less_than": ("must be below", "lt"),
    "less_than_equal": ("must be at most", "le"),
}


def _translated(finding: dict[str, Any], data: object, model: type[BaseModel] | None) -> Defect:
    """Return what one finding of pydantic means to the author of a file."""
    where, rest = _where(tuple(finding["loc"]), data)
    key = ".".join(str(part) for part in rest)
    kind, context, value = finding["type"], finding.get("ctx", {}), finding["input"]
    if kind == "missing":
        return Defect(f"{quoted(key)} is missing", where, "it has to be given")
    if kind == "extra_forbidden":
        known = _keys_at(tuple(finding["loc"]), model)
        return Defect(
            f"unknown key {quoted(key)}{nearest(rest[-1], known)}", where, f"known are {quoted_list(known, 25)}"
        )
    if rest and rest[-1] == "[key]":
        key, known = ".".join(str(part) for part in rest[:-2]), context.get("expected", "").replace("'", '"')
        return Defect(f"{_shown(value)} cannot be used in {key}", where, f"it takes {known}")
    if finding["loc"][0] == "ties" and "values" in finding["loc"]:
        fields = _keys_at(tuple(finding["loc"]), model)
        if rest[-1] not in fields:
            return unknown_name("field of a tie", str(rest[-1]), fields, where)
    found = f"{key} = {_shown(value)}" if key else _shown(value)
    if kind in _KINDS:
        return Defect(f"{found} cannot be used", where, f"it must be {_KINDS[kind]}")
    if kind in _BOUNDS:
        words, bound = _BOUNDS[kind]
        return Defect(f"{found} is out of bounds", where, f"it {words} {_shown(context[bound])}")
    if kind in ("too_short", "too_long", "string_too_short", "string_too_long"):
        limit = context.get("min_length", context.get("max_length"))
        words = "at least" if "min_length" in context else "at most"
        one, many = ("character", "characters") if kind.startswith("string") else ("entry", "entries")
        unit = one if limit == 1 else many
        return Defect(
            f"{found} is {kind.replace('string_', '').replace('_', ' ')}", where, f"it needs {words} {limit} {unit}"
        )
    if kind == "literal_error":
        expected = context["expected"].replace("'", '"')
        return Defect(f"{found} cannot be used", where, f"it must be {expected}")
    message = str(finding["msg"])
    return Defect(f"{found} cannot be used", where, message[:1].lower() + message[1:])


def _shown(value: object) -> str:
    """Return a value as a message shows it: numbers bare, everything else quoted and shortened."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return f"{value:g}"
    try:
        if isinstance(value, (list, dict)):
            return quoted(json.dumps(value, ensure_ascii=False, default=str))[1:-1]
        return quoted(value)[1:-1] if isinstance(value, int) else quoted(value)
    except ValueError:  # a whole number too long to be written out
        return "a very large number"


def _where(loc: tuple[int | str, ...], data: object) -> tuple[str, tuple[int | str, ...]]:
    """Return the place a pydantic location means, in words, and the rest of the location."""
    if len(loc) >= 2 and loc[0] in _LISTS and isinstance(loc[1], int):
        entry: object = None
        listed = data.get(loc[0]) if isinstance(data, dict) else None
        if isinstance(listed, list) and loc[1] < len(listed):
            entry = listed[loc[1]]
        rest = tuple(part for part in loc[2:] if part != "values") or loc[2:]
        return _LISTS[str(loc[0])](entry, loc[1]), rest
    if len(loc) >= 2 and loc[0] in ("network", "constants", "treatment"):
        return str(loc[0]), loc[1:]
    if len(loc) >= 3 and loc[0] == "profiles":
        return f"profile {quoted(loc[1])}", loc[2:]
    return "", loc


def person_place(name: str) -> str:
    """Return how messages name a person of the case."""
    return f"person {quoted(name)}"


def tie_place(one: str, other: str) -> str:
    """Return how messages name a tie of the case."""
    return f"tie {quoted(one)} – {quoted(other)}"


def event_place(day: float, label: str) -> str:
    """Return how messages name an event of the case."""
    return f"event {quoted(label, 40)} on day {day:g}"


def arm_place(name: str) -> str:
    """Return how messages name an arm of a trial."""
    return f"arm {quoted(name)}"


def _person_entry(entry: object, number: int) -> str:
    name = entry.get("name") if isinstance(entry, dict) else None
    return person_place(name) if isinstance(name, str) and name.strip() else f"person number {number + 1}"


def _tie_entry(entry: object, number: int) -> str:
    pair = entry.get("between") if isinstance(entry, dict) else None
    if isinstance(pair, list) and len(pair) == 2 and all(isinstance(name, str) for name in pair):
        return tie_place(*pair)
    return f"tie number {number + 1}"


def _event_entry(entry: object, number: int) -> str:
    label = entry.get("label") if isinstance(entry, dict) else None
    return f"event {quoted(label, 40)}" if isinstance(label, str) and label.strip() else f"event number {number + 1}"


def _arm_entry(entry: object, number: int) -> str:
    names = [entry.get("name"), entry.get("treatment")] if isinstance(entry, dict) else []
    name = next((name for name in names if isinstance(name, str) and name.strip()), None)
    return f"arm number {number + 1}" if name is None else arm_place(name)


_LISTS = {"people": _person_entry, "ties": _tie_entry, "events": _event_entry, "arms": _arm_entry}


def _keys_at(loc: tuple[int | str, ...], model: type[BaseModel] | None) -> list[str]:
    """Return the keys that are known where an unknown one was found."""
    from simulation.cases.model import TIE_KEYS, Case

    if model is None and loc[0] == "ties":
        return list(TIE_KEYS)
    part = model or Case
    for step in loc[:-1]:
        if step in part.model_fields:
            part = _part_in(part.model_fields[str(step)].annotation) or part
    return list(part.model_fields)


def _part_in(annotation: Any) -> type[BaseModel] | None:
    """Return the part of a file that a field holds, alone or in a list or table; None if it holds plain values."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((part for inner in get_args(annotation) if (part := _part_in(inner)) is not None), None)
