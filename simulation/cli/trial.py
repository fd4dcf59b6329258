"""The command `cycles trial`: from a study file to a folder with a report."""

from __future__ import annotations

from pathlib import Path

from simulation.cli.progress import shown_progress
from simulation.cli.stopping import stoppable
from simulation.cli.terminal import shown

TRIALS = Path("runs")


def run_trial(study: str, out: str | None, n: int | None, seed: int | None, workers: int | None, quiet: bool) -> None:
    """Carry out a trial and leave a folder with everything.

    Raises:
        InputError: Something given cannot be used; found before the simulation where it can be.
        Stopped: Ctrl-C, or a request to end; nothing is left half-written.
    """
    with stoppable():
        from simulation.trials.spec import checked_trial, load_trial

        spec = load_trial(study)  # before anything heavy is loaded: what is wrong with a file is told at once
        if n is not None or seed is not None:
            changes = {**({"n": n} if n is not None else {}), **({"seed": seed} if seed is not None else {})}
            spec = checked_trial({**spec.model_dump(), **changes}, f"trial {spec.name}")
        from simulation.recording.atomic import checked_target, new_folder, numbered, write_errors_told
        from simulation.trials.report import told, write_report
        from simulation.trials.run import trial

        if out is not None:
            checked_target(out)
        target = Path(out) if out is not None else numbered(TRIALS / f"trial-{spec.name}-{spec.seed}")
        with new_folder(target) as new, shown_progress(quiet) as progress:
            progress.doing("screening and simulating")
            result = trial(spec, workers)
            progress.doing("writing")
            with write_errors_told(new.target):
                write_report(result, new.path)
        if quiet:
            print(shown(new.target))
            return
        text = told(result)
        print(text[: text.index("## Effects")].rstrip())
        print(f"\nreport, tables and pictures: {shown(new.target)}")
