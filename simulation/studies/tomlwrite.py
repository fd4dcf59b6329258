"""A study written down as the TOML file that `cycles sweep` reads."""

from __future__ import annotations

import json
from typing import Any

from simulation.studies.model import Study

_TABLES = ("design", "factors", "ramp", "courses", "events")


def study_toml(study: Study) -> str:
    """Return a study as TOML; `parse_study` gives back the same study."""
    data = study.model_dump(exclude_none=True)
    lines = [f"{key} = {_value(value)}" for key, value in data.items() if key not in _TABLES and value not in ([],)]
    for name in ("design", "ramp", "courses"):
        if data.get(name):
            lines += ["", f"[{name}]", *(f"{key} = {_value(value)}" for key, value in data[name].items())]
    lines += ["", "[factors]"]
    lines += [f"{json.dumps(name)} = {_value(_plain(factor))}" for name, factor in data["factors"].items()]
    for event in data.get("events", []):
        lines += [
            "",
            "[[events]]",
            *(f"{key} = {_value(value)}" for key, value in event.items() if value not in ({}, "")),
        ]
    return "\n".join(lines) + "\n"


def _plain(factor: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in factor.items() if (key, value) != ("distribution", "uniform")}


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{_key(key)} = {_value(entry)}" for key, entry in value.items()) + " }"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_value(entry) for entry in value) + "]"
    return repr(value)


def _key(key: str) -> str:
    return key if key.replace("_", "").isalnum() and key.isascii() else json.dumps(key)
