"""The command `cycles policy`: from a treatment to the best rule found for its steps, judged on new patients."""

from __future__ import annotations

from pathlib import Path

from simulation.cli.progress import shown_progress
from simulation.cli.stopping import stoppable
from simulation.cli.terminal import shown

FOUND = Path("runs")


def find_policy(
    treatment: str, cohort: str, evaluations: int, patients: int, new_patients: int, days: float, seed: int,
    out: str | None, quiet: bool,
) -> None:  # fmt: skip
    """Search a rule and leave a folder with the report and the rule as a part of a case file.

    Raises:
        InputError: Something given cannot be used; found before the search where it can be.
        Stopped: Ctrl-C, or a request to end; nothing is left half-written.
    """
    from simulation.recording.atomic import checked_target, new_folder, numbered, write_errors_told
    from simulation.trials.search import search_policy
    from simulation.trials.search_report import told, write_policy

    command = (
        f"cycles policy --treatment {treatment} --cohort {cohort} --evaluations {evaluations} --patients {patients} "
        f"--new-patients {new_patients} --days {days:g} --seed {seed}"
    )
    with stoppable():
        if out is not None:
            checked_target(out)
        target = Path(out) if out is not None else numbered(FOUND / f"policy-{treatment}-{seed}")
        with new_folder(target) as new, shown_progress(quiet) as progress:
            progress.doing("choosing patients")
            found = search_policy(
                treatment, cohort, evaluations=evaluations, patients=patients, new_patients=new_patients, days=days,
                seed=seed,
                progress=lambda n, value: progress.count(f"rules tried; severity {value:.2f}", n, evaluations),
            )  # fmt: skip
            progress.doing("writing")
            with write_errors_told(new.target):
                write_policy(found, new.path, command)
        if not quiet:
            print(told(found, command))
        print(shown(new.target) if quiet else f"report and rule: {shown(new.target)}")
