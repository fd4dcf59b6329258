"""The command `cycles`. What is heavy is imported within the command that needs it, so that help comes at once."""

import os
import signal
import sys


def main() -> None:
    """Carry out the command line; ends the process with 0 if all went well, 2 if something given cannot be used."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # closed by whoever started the process
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115
    try:
        from simulation.cli import stopping
        from simulation.cli.app import app

        stopping.ends_with_command = True
        app(prog_name="cycles")
    except KeyboardInterrupt:
        print("cycles: stopped; nothing was written", file=sys.stderr)
        sys.exit(130)
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # all is done and said; let Python tidy up in peace
