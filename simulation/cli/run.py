"""The command `cycles run`: from what the user asks for to a folder of results."""

from __future__ import annotations

import shlex
import sys
import time
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from simulation.cli.group import DEFECT, saved, say
from simulation.cli.progress import Progress, shown_progress
from simulation.cli.report import print_report
from simulation.cli.stopping import Stopped, stoppable
from simulation.cli.terminal import shown
from simulation.errors import InputError, nearest, quoted, quoted_list

if TYPE_CHECKING:
    from simulation.cases import Case
    from simulation.recording.atomic import NewFolder
    from simulation.recording.recording import Recording

RUNS = Path("runs")
"""Where results go if the user does not say."""


@dataclass(frozen=True)
class Wishes:
    """What the user asks for, as the options of the command have it."""

    case: str
    days: float | None = None
    seed: int | None = None
    settings: list[str] | tuple[str, ...] = ()
    lesions: list[str] | tuple[str, ...] = ()
    network: str | None = None
    people: int | None = None
    out: str | None = None
    engine: str = "compiled"
    dt: float | None = None
    treatment: str | None = None
    quiet: bool = False
    pictures: bool = True


def run_case(wishes: Wishes) -> None:
    """Run a case, leave a folder with everything, and print what a person wants to know first.

    Raises:
        InputError: Something given cannot be used; found before the simulation where it can be.
        Stopped: Ctrl-C, or a request to end; the folder is complete or absent, and the sentence says which.
    """
    began = time.perf_counter()
    if not sys.warnoptions:
        warnings.simplefilter("ignore")  # what libraries tell their programmers
    new: NewFolder | None = None
    try:
        with stoppable():
            from simulation.recording.atomic import checked_target, new_folder, numbered

            if wishes.out is not None:
                checked_target(wishes.out)
            case, notes = _configured(wishes)
            target = Path(wishes.out) if wishes.out is not None else numbered(RUNS / f"{case.name}-{case.seed}")
            with new_folder(target) as new, shown_progress(wishes.quiet) as progress:
                recording = _simulated(case, wishes, progress)
                summary, pictures, defects = _written(recording, new.path, new.target, wishes, began, progress)
            if wishes.quiet:
                print(shown(new.target))
            else:
                print_report(summary, new.target, pictures, notes, recording, time.perf_counter() - began)
    except (Exception, KeyboardInterrupt) as error:
        if new is None or not new.complete:
            raise
        if isinstance(error, Stopped):
            raise Stopped(f"stopped; complete run folder at {shown(new.target)}", error.exit_code) from None
        say(f"complete run folder at {shown(new.target)}, but telling about it failed")
        raise
    for defect in defects:
        say(defect)
    if defects:
        raise typer.Exit(DEFECT)


def _configured(wishes: Wishes) -> tuple[Case, list[str]]:
    """Return the case as it is to be run, checked, and what the user should know about it."""
    from simulation.cases import configure, load_case
    from simulation.running import ENGINES

    if wishes.engine not in ENGINES:
        hint = nearest(wishes.engine, ENGINES)
        raise InputError(f"{quoted(wishes.engine)} is not an engine{hint}; there are {quoted_list(ENGINES)}")
    given = load_case(wishes.case)
    case = configure(
        given,
        days=wishes.days,
        seed=wishes.seed,
        settings=list(wishes.settings),
        lesions=list(wishes.lesions),
        network_file=wishes.network,
        people=wishes.people,
        dt=wishes.dt,
        treatment=wishes.treatment,
    )
    from simulation.treatment.assign import check_treatment

    check_treatment(case, f"case {Path(wishes.case).name}")
    return case, notes_on(case, given)


def notes_on(case: Case, given: Case) -> list[str]:
    """Return what the user should know about a case before its results mislead.

    Args:
        case: The case as it is run.
        given: The case before it was changed.
    """
    notes = []
    if case.network is not None:
        from simulation.cases.members import graph_of

        graph = graph_of(case.network, case.seed)
        parts = graph.components()
        if parts > 1:
            notes.append(f"the network has {parts:,} parts with no path between them: nothing travels across")
    left_out = len(given.events) - len(case.events)
    if left_out:
        are = "event of the case is" if left_out == 1 else "events of the case are"
        notes.append(f"{left_out} {are} left out: after the last day ({case.days:g})")
    if case.lesions:
        notes.append(f"cut for everyone: {', '.join(case.lesions)}")
    if case.treatment is not None and case.treatment.name:
        notes.append(f"treated with {case.treatment.name}: {', '.join(case.treatment.patients)}")
    lived = round(case.days / case.dt) * case.dt
    if abs(lived - case.days) > 1e-9 * case.days:
        notes.append(f"{case.days:g} days are no whole number of ticks: {lived:g} days are simulated")
    return notes


def _simulated(case: Case, wishes: Wishes, progress: Progress) -> Recording:
    from simulation.cases import build_population
    from simulation.population.compiled import is_ready
    from simulation.running import run, run_population

    progress.doing("building the population")
    population = build_population(case)
    if wishes.engine != "python" and not is_ready():
        if not wishes.quiet:
            say("compiling the theory for this machine; this takes about half a minute, and only the first time")
        progress.doing("compiling")
        run("dyad", days=1)  # so that the time spent simulating is just that
    progress.begin(population.n_people, round(case.days / case.dt))
    return run_population(case, population, wishes.engine, progress=progress.advance)


def _written(
    recording: Recording, folder: Path, target: Path, wishes: Wishes, began: float, progress: Progress
) -> tuple[dict[str, Any], list[Path], list[str]]:
    """Write everything; return the summary, the pictures, and what went wrong with pictures and story.

    A defect in a picture does not cost the run; a full disk does, since then nothing can be relied upon.
    """
    from simulation.recording.atomic import write_errors_told
    from simulation.recording.folder import write_files, write_pictures, write_story

    progress.doing("writing")
    summary = write_files(
        recording, folder, shown=target, command=_command_line(), seconds_before=time.perf_counter() - began
    )
    defects: list[str] = []
    pictures: list[Path] = []

    def attempt(what: str, action: Callable[[], Any]) -> None:
        progress.doing(f"making the {what}")
        try:
            with write_errors_told(target):
                action()
        except (InputError, MemoryError):
            raise
        except Exception as error:
            named = f"{type(error).__name__} {quoted(error)}"
            defects.append(f"the {what} failed with {named}; {saved(error)}; the rest is complete")

    def draw() -> None:
        from simulation.pictures import draw_pictures

        pictures.extend(write_pictures(recording, folder, draw_pictures))

    def tell() -> None:
        from simulation.story import tell_story

        write_story(recording, folder, tell_story)

    attempt("story", tell)
    if wishes.pictures:
        attempt("pictures", draw)
    return summary, pictures, defects


def _command_line() -> str:
    return shlex.join(["cycles", *sys.argv[1:]])
