"""What the user is told when something they gave cannot be used."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from itertools import islice

_SEARCHED = 10_000  # options compared for a suggestion; more would make the error message slow


class InputError(Exception):
    """Something the user gave cannot be used.

    The message is one clear sentence that says what, where, and what is allowed. It is shown to the user as it
    is, without a traceback, and the command ends with exit code 2.
    """


def quoted(value: object, longest: int = 60) -> str:
    """Return `value` in double quotes, shortened, with line breaks and unprintable characters escaped."""
    text = str(value)
    text = text if len(text) <= longest else text[: longest - 1] + "…"
    return '"' + "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text) + '"'


def quoted_list(options: Iterable[object], limit: int = 12) -> str:
    """Return the options as '"a", "b", "c"', ending with 'and 7 more' after `limit` of them."""
    options = list(options)
    shown = ", ".join(quoted(option) for option in options[:limit])
    return shown if len(options) <= limit else f"{shown} and {len(options) - limit:,} more"


def nearest(name: object, options: Iterable[object], likeness: float = 0.6) -> str:
    """Return ' (did you mean "x"?)' for the option most like `name`, or '' when none is like it.

    Capitals, spaces, hyphens and underscores are treated as equal. Only the first 10,000 options are compared.
    `likeness` from 0 (anything) to 1 (the same) is what `difflib` calls the ratio of what two words share.
    """

    def plain(text: object) -> str:
        return str(text).strip().casefold().replace("_", "-").replace(" ", "-")

    if len(str(name)) > 100:
        return ""
    by_plain = {plain(option): option for option in islice(options, _SEARCHED)}
    found = difflib.get_close_matches(plain(name), list(by_plain), n=1, cutoff=likeness)
    return f" (did you mean {quoted(by_plain[found[0]])}?)" if found else ""
