"""What can be measured of a person in a run."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from simulation.cli.terminal import print_table, short_number
from simulation.errors import InputError, nearest, quoted

if TYPE_CHECKING:
    from simulation.measures.registry import Measure


def list_measures(text: str | None, as_json: bool) -> None:
    """Print the measures whose name, meaning or source contains the text.

    Raises:
        InputError: There is no such measure.
    """
    from simulation.measures.registry import MEASURES

    wanted = (text or "").casefold()
    found = [m for m in MEASURES.values() if any(wanted in part.casefold() for part in (m.name, m.meaning, m.source))]
    if not found:
        raise InputError(f"no measure has {quoted(text)} in its name, meaning or source{nearest(text, MEASURES)}")
    if as_json:
        print(json.dumps([_entry(m) for m in found], indent=1, ensure_ascii=False))
        return
    rows = [(m.name, m.meaning, m.unit, _range(m), m.source) for m in found]
    print_table(("measure", "meaning", "unit", "range", "source"), rows)
    count = f"{len(found)} measures" if len(found) > 1 else "1 measure"
    print(f"\n{count}, each of one person in one run; of a research and teaching model, not a clinical instrument")


def _entry(measure: Measure) -> dict[str, Any]:
    keys = ("name", "meaning", "unit", "low", "high", "source")
    return {key: getattr(measure, key) for key in keys}


def _range(measure: Measure) -> str:
    low, high = ("" if bound is None else short_number(bound) for bound in (measure.low, measure.high))
    if low and high:
        return f"{low} – {high}"
    return f"from {low}" if low else f"up to {high}" if high else "any"
