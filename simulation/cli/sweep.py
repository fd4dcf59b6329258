"""The commands `sweep`, `merge` and `replay`."""

from __future__ import annotations

import contextlib
import shlex
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from simulation.cli.group import DEFECT, say
from simulation.cli.stopping import Stopped, stoppable
from simulation.cli.terminal import console, shown
from simulation.errors import InputError, quoted

if TYPE_CHECKING:
    from simulation.studies.runner import Done


def run_sweep(
    study: str, out: str, workers: int | None, processes: bool, scheduler: str | None, shard: str | None, yes: bool,
    quiet: bool,
) -> None:  # fmt: skip
    """Carry out a study and say what came of it; exit 1 if a run failed.

    Raises:
        InputError: Something given cannot be used.
        Stopped: Ctrl-C; what is done is kept.
    """
    from simulation.studies.model import load_study
    from simulation.studies.plan import plan_study
    from simulation.studies.runner import check_size, sweep

    part = _shard(shard)
    latest: list[Done] = []
    try:
        with stoppable():
            place = f"study {Path(study).name}"
            plan = plan_study(load_study(study), place)
            check_size(plan, yes, place)
            _say_compiling(quiet)
            with _shown_progress(quiet) as progress:

                def told(done: Done) -> None:
                    latest[:] = [done]
                    progress(done)

                done = sweep(
                    plan, out, workers=workers, processes=processes, scheduler=scheduler, shard=part, progress=told,
                    command=shlex.join(["cycles", *sys.argv[1:]]),
                )  # fmt: skip
    except Stopped as error:
        if not latest:
            raise
        counts = f"{latest[0].done:,} of {latest[0].runs:,} runs are kept in {quoted(out)}"
        raise Stopped(f"stopped; {counts}, and the same command goes on from there", error.exit_code) from None
    _report(done, Path(out), part, quiet)
    if done.failed:
        say(f"{done.failed:,} of {done.runs:,} runs failed; their rows say why (column error), and `cycles replay` "
            "repeats one")  # fmt: skip
        raise typer.Exit(DEFECT)


def _report(done: Done, out: Path, part: tuple[int, int] | None, quiet: bool) -> None:
    if quiet:
        print(shown(out))
        return
    if done.earlier == done.runs:
        print(f"{shown(out)}: all {done.runs:,} runs were there already")
    else:
        fresh = done.done - done.earlier
        rate = f", {fresh / done.seconds:,.0f} a second" if done.seconds > 0 else ""
        before = f" ({done.earlier:,} were there before)" if done.earlier else ""
        print(f"{done.done:,} runs{before} in {done.seconds:.1f} s{rate}; {done.failed:,} failed")
    if done.repeated:
        print(f"{done.repeated} blocks were damaged and done again")
    if part is not None:
        print(f"shard {part[0]} of {part[1]} is done; when all are: cycles merge NEW-FOLDER {shown(out)} …")
        return
    print(
        f"{shown(out / 'runs.parquet')}: one row per run; {shown(out / 'data-dictionary.csv')} says what the "
        f"columns mean"
    )
    print(f"next: cycles analyse {shlex.quote(shown(out))}")
    print("a research and teaching model, not a clinical instrument")


def merge_shards(out: str, shards: list[str]) -> None:
    """Put shards together; exit 1 if a run failed.

    Raises:
        InputError: They do not fit, or are not complete.
    """
    from simulation.studies.merging import merge

    with stoppable():
        failed = merge(shards, out, shlex.join(["cycles", *sys.argv[1:]]))
    print(f"{shown(Path(out) / 'runs.parquet')}: all runs of {len(shards)} shards")
    if failed:
        say(f"{failed:,} runs failed; their rows say why (column error)")
        raise typer.Exit(DEFECT)


def replay_run(results: str, run_id: str, out: str | None) -> None:
    """Run one row alone and compare; exit 1 if the numbers differ.

    Raises:
        InputError: There is no such run, or the results cannot be read.
    """
    from simulation.studies.replay import replay, write_replay

    with stoppable():
        if out is not None:
            from simulation.recording.atomic import checked_target

            checked_target(out)
        found = replay(results, run_id)
        for note in found.notes:
            say(note)
        print(f"run {found.run} ({found.run_id}): point {found.point}, replicate {found.replicate}, seed {found.seed}")
        for name, level in found.levels.items():
            print(f"  {name} = {level if isinstance(level, str) else format(level, '.6g')}")
        for name, before, now in found.compared:
            mark = "" if before == now or (before != before and now != now) else "   DIFFERENT"
            print(f"  {name}: {before!r} before, {now!r} now{mark}")
        if found.error:
            print(found.error.rstrip())
        if out is not None:
            print(f"full run folder: {shown(write_replay(found, out))}")
    if not found.agrees:
        say("the numbers differ from the table")
        raise typer.Exit(DEFECT)
    print("the numbers agree with the table")


def _shard(text: str | None) -> tuple[int, int] | None:
    if text is None:
        return None
    first, slash, second = text.partition("/")
    if not (slash and first.isdigit() and second.isdigit() and 1 <= int(first) <= int(second) <= 100_000):
        raise InputError(f"{quoted(text)} is no shard; write --shard i/n with i from 1 to n, such as 2/8")
    return int(first), int(second)


def _say_compiling(quiet: bool) -> None:
    from simulation.population.compiled import is_ready

    if not quiet and not is_ready():
        say("compiling the theory for this machine; this takes about half a minute, and only the first time")


@contextlib.contextmanager
def _shown_progress(quiet: bool) -> Iterator[Callable[[Any], None]]:
    """Show done, rate, time left and failures while the block runs."""
    out = console(error=True)
    if quiet or not out.is_terminal:
        yield lambda done: None
        return
    from rich import progress

    columns = (
        progress.SpinnerColumn(),
        progress.TextColumn("runs"),
        progress.BarColumn(bar_width=30),
        progress.MofNCompleteColumn(),
        progress.TextColumn("{task.fields[rate]}"),
        progress.TextColumn("{task.fields[left]}"),
        progress.TextColumn("{task.fields[failed]}"),
    )
    with progress.Progress(*columns, console=out, transient=True) as bar:
        task = bar.add_task("runs", total=None, rate="", left="", failed="")

        def show(done: Done) -> None:
            fresh = done.done - done.earlier
            rate = fresh / done.seconds if done.seconds > 0 else 0.0
            left = f"{(done.runs - done.done) / rate:,.0f} s left" if rate else ""
            bar.update(task, completed=done.done, total=done.runs, rate=f"{rate:,.0f}/s", left=left,
                       failed=f"{done.failed} failed" if done.failed else "")  # fmt: skip

        yield show
