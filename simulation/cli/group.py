"""How commands end: one sentence and an exit code, never a traceback."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
import tempfile
import traceback
from collections.abc import Sequence
from typing import Any

import typer
from typer.core import TyperGroup

from simulation.cli.stopping import Stopped
from simulation.errors import InputError, nearest, quoted

_UNWRITABLE = (errno.EPIPE, errno.ENOSPC, errno.EIO, getattr(errno, "EDQUOT", errno.ENOSPC))
UNUSABLE, DEFECT, STOPPED = 2, 1, 130
"""Exit codes: something given cannot be used; a defect, or not enough memory; Ctrl-C."""


class Told(int):
    """An exit code whose reason the user was told."""


class Commands(TyperGroup):
    """The commands, ending as said above."""

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        windows_expand_args: bool = True,
        **extra: Any,
    ) -> Any:
        """Carry out a command line and end the process, or return if `standalone_mode` is False."""

        def carry_out() -> Any:
            return TyperGroup.main(self, args, prog_name, complete_var, False, windows_expand_args, **extra)

        if not standalone_mode:
            return carry_out()
        for stream in (sys.stdout, sys.stderr):
            if hasattr(stream, "reconfigure"):
                stream.reconfigure(errors="replace")  # a terminal without Greek letters
        try:
            code = carry_out()
        except Exception as error:
            if not hasattr(error, "format_message"):
                raise
            code = told_usage(error)
        if code == STOPPED and not isinstance(code, Told):
            told(Stopped())  # while typer was still reading the command line
        sys.exit(int(code) if isinstance(code, int) else 0)

    def invoke(self, ctx: Any) -> Any:
        """Carry out a command; what goes wrong is told."""
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
            return result
        except typer.Exit:
            raise
        except (Exception, KeyboardInterrupt) as error:
            if hasattr(error, "format_message"):  # of typer's own: about the command line, told in `main`
                raise
            raise typer.Exit(Told(told(error))) from None


class CaseCommands(Commands):
    """The commands about cases; the name of a case alone is as good as `show`."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Return the command that the arguments name."""
        if args and args[0] not in self.commands:
            from simulation.cases import case_names

            if args[0] in case_names():
                args = ["show", *args]
        return super().resolve_command(ctx, args)


def say(sentence: str) -> None:
    """Tell the user something on the standard error, on one line."""
    with contextlib.suppress(OSError):  # or there is nobody to tell
        print(f"cycles: {' '.join(sentence.split())}", file=sys.stderr, flush=True)


def told_usage(error: Any) -> int:
    """Tell what typer finds wrong with the command line; return the exit code."""
    context = getattr(error, "ctx", None)
    if type(error).__name__ == "NoArgsIsHelpError":
        print(error.format_message())
        return UNUSABLE
    hint = ""
    wrong = getattr(error, "option_name", None)
    if wrong and context is not None and type(error).__name__ == "NoSuchOption":
        message = f"No such option: {wrong}"
        hint = nearest(wrong, [option for parameter in context.command.params for option in parameter.opts])
    else:
        message = error.format_message()
    path = context.command_path if context is not None else "cycles"
    say(f"{message.rstrip('.')}{hint}; see `{path} --help`")
    return UNUSABLE


def told(error: BaseException) -> int:
    """Tell what went wrong in one sentence; return the exit code."""
    if isinstance(error, InputError):
        say(str(error))
        return UNUSABLE
    if isinstance(error, Stopped):
        say(error.sentence)
        return error.exit_code
    if isinstance(error, KeyboardInterrupt):
        return told(Stopped())
    if isinstance(error, OSError) and error.errno in _UNWRITABLE:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 - or Python complains when it ends
        if not isinstance(error, BrokenPipeError):  # as in `cycles parameters | head`: who reads has had enough
            say(f"the output cannot be written: {os.strerror(error.errno or 0)}")
        return DEFECT
    if isinstance(error, MemoryError):
        say("there is not enough memory for this; take fewer people, fewer days, or watch fewer people")
        return DEFECT
    say(f"{_named(error)}; this is a defect of the program, and {saved(error)}")
    return DEFECT


def _named(error: BaseException) -> str:
    text = str(error).strip()
    return f"unexpected {type(error).__name__}" + (f" {quoted(text, 200)}" if text else "")


def saved(error: BaseException) -> str:
    """Save the traceback of an error in a file; return where, as the end of a sentence."""
    try:
        number, path = tempfile.mkstemp(prefix="cycles-error-", suffix=".txt")
        with open(number, "w", encoding="utf-8", errors="replace") as file:
            file.write(f"{' '.join(sys.argv)}\nPython {sys.version}\n\n")
            file.writelines(traceback.format_exception(error))
    except OSError:
        return "its details could not be saved"
    return f"its details are in {path}"
