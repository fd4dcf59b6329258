"""Ctrl-C and its like: what was begun is removed, whenever they come."""

from __future__ import annotations

import contextlib
import signal
import sys
import threading
from collections.abc import Iterator
from typing import Any

_SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP")
_AGAIN = 0.05  # seconds
ends_with_command = False
"""Whether this process ends with its command; then Ctrl-C has nothing more to stop once the command is done."""


class Stopped(KeyboardInterrupt):
    """A command was asked to stop.

    Attributes:
        sentence: What the user is told.
        exit_code: 128 and the number of the signal.
    """

    def __init__(self, sentence: str = "stopped; nothing was written", exit_code: int = 128 + signal.SIGINT) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.exit_code = exit_code


@contextlib.contextmanager
def stoppable() -> Iterator[None]:
    """Turn Ctrl-C, a request to end and a terminal that closes into `Stopped` during the block.

    Where Python loses an exception, as in a callback of the compiler, it is raised again a moment later; where it turns
    into another one, as while a library is imported, it is turned back. A signal that whoever started the process had
    it ignore stays ignored.
    """
    if threading.current_thread() is not threading.main_thread():
        yield  # only the main thread is interrupted
        return
    before: dict[int, Any] = {}
    came: list[int] = []
    over = threading.Event()
    hook = sys.unraisablehook

    def stop(number: int, frame: object) -> None:
        came.append(number)
        raise Stopped(exit_code=128 + number)

    def lost(info: sys.UnraisableHookArgs) -> None:
        if isinstance(info.exc_value, Stopped):
            threading.Thread(target=insist, args=(info.exc_value.exit_code - 128,), daemon=True).start()
        else:
            hook(info)

    def insist(number: int) -> None:
        heard = len(came)
        while not over.wait(_AGAIN) and len(came) == heard:
            _interrupt(number)

    for name in _SIGNALS:
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) in (signal.SIG_DFL, signal.default_int_handler):
            before[number] = signal.signal(number, stop)
    sys.unraisablehook = lost
    try:
        yield
    except Exception:
        if came:
            raise Stopped(exit_code=128 + came[0]) from None
        raise
    finally:
        over.set()
        # what was stopped halfway, such as the import of a library, may stumble when Python tidies up
        sys.unraisablehook = _forget if came and ends_with_command else hook
        for number, handler in before.items():
            done = ends_with_command and number == signal.SIGINT
            signal.signal(number, signal.SIG_IGN if done else handler)


def _forget(info: object) -> None:
    """Let an error pass that nobody could do anything about."""


def _interrupt(number: int) -> None:
    """Send the main thread a signal; one raised here would not wake it."""
    if hasattr(signal, "pthread_kill"):
        signal.pthread_kill(threading.main_thread().ident or 0, number)
    else:
        signal.raise_signal(number)
