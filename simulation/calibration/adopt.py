"""Let the values that a search chose flow into the profiles, each line with its provenance."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from simulation.calibration.search import BEST
from simulation.errors import InputError, quoted

MARK = "# calibrated"


def read_best(folder: Path) -> dict[str, Any]:
    """Read what a search found.

    Raises:
        InputError: There is no result, or it cannot be read.
    """
    try:
        found: dict[str, Any] = json.loads((folder / BEST).read_text(encoding="utf-8"))
        assert isinstance(found["values"], dict)
    except FileNotFoundError:
        raise InputError(f"{quoted(folder)} holds no {BEST}; search first") from None
    except (OSError, ValueError, KeyError, AssertionError):
        raise InputError(f"{quoted(folder / BEST)} cannot be read as the result of a search") from None
    return found


def adopted(text: str, values: dict[str, float], provenance: str) -> str:
    """Return the text of `profiles.toml` with values replaced or added, each marked with where it comes from.

    Args:
        text: Of the file.
        values: By ``profile.parameter``; names without a dot (constants) are left out.
        provenance: Ends the marked line.

    Raises:
        InputError: A profile has no table of values.
    """
    for name, value in values.items():
        profile, dot, parameter = name.partition(".")
        if not dot:
            continue
        header = f"[{profile}.values]"
        if header not in text:
            table = f"[{profile}]\n"
            if table not in text:
                raise InputError(f"profiles.toml has no profile {quoted(profile)}")
            end = text.index(table) + len(table)
            following = text.find("\n[", end)
            at = len(text) if following < 0 else following
            text = text[:at].rstrip("\n") + f"\n{header}\n" + text[at:]
        start = text.index(header) + len(header)
        following = text.find("\n[", start)
        stop = len(text) if following < 0 else following
        body = text[start:stop]
        line = f"{parameter} = {value:.4g} {MARK}: {provenance}"
        pattern = re.compile(rf"^{re.escape(parameter)} = .*$", re.MULTILINE)
        body = pattern.sub(line, body) if pattern.search(body) else f"\n{line}{body}"
        text = text[:start] + body + text[stop:]
    return text


def adopt(folder: Path, profiles: Path) -> dict[str, float]:
    """Write the chosen profile values into `profiles.toml`; return the constants, which are declared in the theory.

    Raises:
        InputError: There is no result.
    """
    best = read_best(folder)
    provenance = f"{folder.as_posix()}, trial {best['trial']} of {best['trials']}"
    text = profiles.read_text(encoding="utf-8")
    profiles.write_text(adopted(text, best["values"], provenance), encoding="utf-8")
    return {name: value for name, value in best["values"].items() if "." not in name}
