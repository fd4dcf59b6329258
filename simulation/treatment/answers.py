"""What a module answered, looked at before it is believed; and a failure in a user's file, told as theirs."""

from __future__ import annotations

import traceback
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from simulation.errors import InputError, nearest, quoted
from simulation.treatment.arithmetic import Number
from simulation.treatment.quantities import described

if TYPE_CHECKING:
    from simulation.treatment.contract import Module, Now

HINTS = (
    ("read-only", "what a module sees cannot be changed; return new values"),
    ("truth value of an array", "a quantity has one value per patient; choose with np.where(condition, this, that)"),
)
"""What helps with mistakes that are easily made, by a part of Python's own message."""


def new_values(module: Module, now: Now, dose: Number, answer: Any) -> dict[str, Number]:
    """The new values that a module answered, held within the bounds of what they are values of.

    Args:
        module: Who answered.
        now, dose: What it was shown and given: a new value is one number, or one for each patient in these.
        answer: What it returned.

    Raises:
        InputError: It is no mapping of declared targets to finite numbers, one per patient.
    """
    if not isinstance(answer, Mapping):
        raise InputError(f"{called(module)} returns {_shown(answer)}; it returns new values by target, like "
                         f'{{"{module.targets[0]}": …}}')  # fmt: skip
    values: dict[str, Number] = {}
    for name, value in answer.items():
        if name not in module.targets:
            raise InputError(
                f"{called(module)} tries to move {quoted(name)}, which it does not declare"
                f"{nearest(name, module.targets)}; it declares {', '.join(module.targets)}"
            )
        if module.file:  # those of the program are held to this by their tests, not again in every session
            value = _numbers(module, name, value, (np.shape(now[name]), np.shape(dose)))
        quantity = described(name)
        values[name] = np.minimum(np.maximum(value, quantity.low), quantity.high)
    return values


def _numbers(module: Module, name: str, value: Any, shapes: tuple[tuple[int, ...], ...]) -> np.ndarray:
    """The values as an array, if they are finite numbers: a single one, or as many as there are patients."""
    try:
        found = np.asarray(value)
    except ValueError:  # rows of unequal length
        found = np.asarray("")
    if found.dtype.kind not in "fiub":
        raise InputError(f"{called(module)} returns {name} = {_shown(value)}; a new value is a number")
    if not np.isfinite(found).all():
        raise InputError(f"{called(module)} returns {name} = {_first_bad(found):g}; a new value is a finite number")
    if found.shape and found.shape not in shapes:
        raise InputError(f"{called(module)} returns {name} of the shape {found.shape}; the patients of this session "
                         f"have the shape {shapes[0]}, and one value each")  # fmt: skip
    return found


def _first_bad(found: np.ndarray) -> float:
    return float(found[~np.isfinite(found)].flat[0]) if found.shape else float(found)


def _shown(value: Any) -> str:
    """A value as messages show it: what kind of thing it is where its content says little."""
    short = value is None or isinstance(value, (bool, int, float, complex, np.number))
    return str(value) if short else quoted(value) if isinstance(value, str) else f"a {type(value).__name__}"


@contextmanager
def told_of(module: Module) -> Iterator[None]:
    """Tell what goes wrong in a user's module as a mistake in their file, with the line.

    Raises:
        InputError: Something went wrong.
    """
    try:
        yield
    except InputError as error:
        if str(error).startswith(called(module)):
            raise
        raise InputError(f"{called(module, error)}: {error}") from None
    except Exception as error:
        raise InputError(f"{called(module, error)} fails: {failure(error)}") from None


def failure(error: BaseException) -> str:
    """What Python says of an error, and what helps."""
    hint = next((f"; {helps}" for part, helps in HINTS if part in str(error)), "")
    return f"{type(error).__name__} {quoted(error, 160)}{hint}"


def called(module: Module, error: BaseException | None = None) -> str:
    """What messages call a module: name, file and line (of the error, or else of the function)."""
    if not module.file:
        return f"the module {quoted(module.name)}"
    line = line_in(module.file, error) if error is not None else None
    return f"the module {quoted(module.name)} ({Path(module.file).name}, line {line or first_line(module.work)})"


def line_in(file: str, error: BaseException) -> int | None:
    """The last line of a file that an error passed through, if it did."""
    lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == file]
    return lines[-1] if lines else None


def first_line(work: Any) -> int:
    """The line on which a function begins, its decorators included; 1 if it does not say."""
    code = getattr(work, "__code__", None)
    return int(code.co_firstlineno) if code is not None else 1
