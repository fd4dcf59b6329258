"""The commands and their options."""

from __future__ import annotations

from typing import Annotated

import typer

from simulation.cli.group import CaseCommands, Commands

app = typer.Typer(
    cls=Commands,
    help="Simulate interpersonal cycles in borderline personality disorder, after Salvatore et al. 2020. "
    "A research and teaching model, not a clinical instrument.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Start with: cycles run angie",
)
cases = typer.Typer(cls=CaseCommands, help="List the cases, or explain one.", invoke_without_command=True)
app.add_typer(cases, name="cases")
treatments = typer.Typer(
    cls=CaseCommands, help="List the treatments, or show what one is made of.", invoke_without_command=True
)
app.add_typer(treatments, name="treatments")


def _print_version(wanted: bool) -> None:
    if wanted:
        from simulation.provenance import DISTRIBUTION, project_version

        print(DISTRIBUTION, project_version())
        raise typer.Exit


@app.callback()
def _start(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and end.")
    ] = False,
) -> None:
    pass


@app.command()
def run(
    case: Annotated[
        str, typer.Argument(metavar="CASE", help="Name of a case, path of a case file, or folder of an earlier run.")
    ],
    days: Annotated[float | None, typer.Option(help="Days to simulate.")] = None,
    seed: Annotated[int | None, typer.Option(help="Seed of all chance.")] = None,
    settings: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            metavar="CHANGE",
            help="Change a parameter: person.parameter=value, everyone.parameter=value, person.profile=name or "
            "person>other.field=value. Can be repeated.",
        ),
    ] = None,
    lesions: Annotated[
        list[str] | None,
        typer.Option("--lesion", metavar="LINK", help="Cut an arrow of Figure 1 (`cycles lesions`). Can be repeated."),
    ] = None,
    network: Annotated[
        str | None,
        typer.Option(metavar="FILE", help="Your own network: CSV edge list, GraphML, GEXF or node-link JSON."),
    ] = None,
    people: Annotated[int | None, typer.Option(help="Number of people of a generated network.")] = None,
    out: Annotated[
        str | None, typer.Option(metavar="DIR", help="New folder for the results; without it runs/CASE-SEED.")
    ] = None,
    engine: Annotated[
        str, typer.Option(help="compiled, mesa or python: the same numbers at different speeds.")
    ] = "compiled",
    dt: Annotated[float | None, typer.Option(help="Length of a tick in days.")] = None,
    treatment: Annotated[
        str | None, typer.Option(metavar="NAME", help="Treat the patients of the case (`cycles treatments`).")
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print only where the results are.")] = False,
    pictures: Annotated[bool, typer.Option(help="Draw pictures.")] = True,
) -> None:
    """Run a case; leave tables, pictures and a story in a folder."""
    from simulation.cli.run import Wishes, run_case

    run_case(
        Wishes(
            case=case, days=days, seed=seed, settings=settings or [], lesions=lesions or [], network=network,
            people=people, out=out, engine=engine, dt=dt, treatment=treatment, quiet=quiet, pictures=pictures,
        )
    )  # fmt: skip


@cases.callback()
def list_cases(ctx: typer.Context) -> None:
    """List the cases, or explain one."""
    if ctx.invoked_subcommand is None:
        from simulation.cli.listing import list_cases

        list_cases()


@treatments.callback()
def list_treatments(ctx: typer.Context) -> None:
    """List the treatments, or show what one is made of."""
    if ctx.invoked_subcommand is None:
        from simulation.cli.treatments import list_treatments

        list_treatments()


@treatments.command("show")
def show_treatment(name: Annotated[str, typer.Argument(metavar="NAME", help="Name of a treatment.")]) -> None:
    """Show the rule of a treatment and its modules: targets, preconditions, dose, source."""
    from simulation.cli.treatments import show_treatment

    show_treatment(name)


@treatments.command("check")
def check_modules(file: Annotated[str, typer.Argument(metavar="FILE", help="Python file with modules.")]) -> None:
    """Check that the modules of a file of your own keep what every module promises."""
    from simulation.cli.treatments import check_modules

    check_modules(file)


@treatments.command("targets")
def list_targets(
    word: Annotated[str | None, typer.Argument(metavar="[WORD]", help="Only those that mention this.")] = None,
) -> None:
    """List what a module may ask for and change: bounds, unit, meaning."""
    from simulation.cli.treatments import list_targets

    list_targets(word)


@cases.command("show")
def show_case(name: Annotated[str, typer.Argument(metavar="NAME", help="Name or file of a case.")]) -> None:
    """Explain a case: who, how they stand to each other, what happens."""
    from simulation.cli.listing import show_case

    show_case(name)


@app.command()
def parameters(
    text: Annotated[str | None, typer.Argument(metavar="[FILTER]", help="Only those that mention this.")] = None,
    kind: Annotated[str | None, typer.Option(help="trait, start, constant, gain or tie.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")] = False,
) -> None:
    """List every parameter: default, range, unit, meaning, source."""
    from simulation.cli.listing import list_parameters

    list_parameters(text, kind, as_json)


@app.command()
def trial(
    study: Annotated[str, typer.Argument(metavar="STUDY", help="TOML file of the trial, or folder of an earlier one.")],
    out: Annotated[str | None, typer.Option(metavar="DIR", help="New folder for the results.")] = None,
    n: Annotated[int | None, typer.Option(help="Patients per arm, instead of the file's.")] = None,
    seed: Annotated[int | None, typer.Option(help="Seed, instead of the file's.")] = None,
    workers: Annotated[int | None, typer.Option(min=1, help="Processes; the result does not depend on it.")] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print only where the results are.")] = False,
) -> None:
    """Carry out a virtual trial; leave a report, tables and pictures in a folder."""
    from simulation.cli.trial import run_trial

    run_trial(study, out, n, seed, workers, quiet)


@app.command()
def policy(
    treatment: Annotated[
        str, typer.Option(metavar="NAME", help="Treatment whose steps are put in order (`cycles treatments`).")
    ] = "mit",
    cohort: Annotated[str, typer.Option(metavar="NAME", help="Whom it is given to.")] = "bpd",
    evaluations: Annotated[int, typer.Option(help="Rules to try, the treatment's own among them.")] = 24,
    patients: Annotated[int, typer.Option(help="Virtual patients of the search.")] = 24,
    new_patients: Annotated[int, typer.Option(help="New virtual patients, with whom the rule found is judged.")] = 60,
    days: Annotated[float, typer.Option(help="Days of the weekly treatment.")] = 365.0,
    seed: Annotated[int, typer.Option(help="Seed of all chance.")] = 1,
    out: Annotated[
        str | None, typer.Option(metavar="DIR", help="New folder for the results; without it runs/policy-NAME-SEED.")
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print only where the results are.")] = False,
) -> None:
    """Search the order and gating of a treatment's steps that do best; judge the rule found on new patients."""
    from simulation.cli.policy import find_policy

    find_policy(treatment, cohort, evaluations, patients, new_patients, days, seed, out, quiet)


@app.command()
def lesions() -> None:
    """List the arrows of Figure 1 that can be cut."""
    from simulation.cli.listing import list_lesions

    list_lesions()


@app.command()
def profiles() -> None:
    """List the profiles: what kinds of people there are."""
    from simulation.cli.listing import list_profiles

    list_profiles()


@app.command()
def measures(
    text: Annotated[str | None, typer.Argument(metavar="[FILTER]", help="Only those that mention this.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")] = False,
) -> None:
    """List what can be measured of a person in a run: meaning, unit, range, source."""
    from simulation.cli.measures import list_measures

    list_measures(text, as_json)


@app.command()
def validate(
    quick: Annotated[bool, typer.Option("--quick", help="Small samples: under two minutes on two cores.")] = False,
    out: Annotated[
        str | None, typer.Option(metavar="DIR", help="New folder for the report; without it runs/validation.")
    ] = None,
    seed: Annotated[int, typer.Option(help="Seed of all chance.")] = 1,
    groups: Annotated[str, typer.Option(help="Letters of the groups of patterns wanted.")] = "abcdefgh",
    only: Annotated[list[str] | None, typer.Option(metavar="ID", help="Only this pattern. Can be repeated.")] = None,
    patterns: Annotated[
        str | None, typer.Option(metavar="FILE", help="A CSV file with patterns of your own, checked as well.")
    ] = None,
    workers: Annotated[int, typer.Option(help="Processes; the verdicts do not depend on it.")] = 2,
) -> None:
    """Check published patterns against what is simulated; leave a report that hides no miss."""
    from simulation.cli.validate import validate

    validate(quick, out, seed, groups, only or [], patterns, workers)


@app.command()
def story(folder: Annotated[str, typer.Argument(metavar="RUN", help="Folder of a run.")]) -> None:
    """Print the story of a run again."""
    from simulation.cli.listing import print_story

    print_story(folder)


@app.command()
def sweep(
    study: Annotated[str, typer.Argument(metavar="STUDY.toml", help="File of a study.")],
    out: Annotated[str, typer.Option(metavar="DIR", help="Folder for the results; a sweep begun there goes on.")],
    workers: Annotated[
        int | None, typer.Option(min=1, help="Blocks at once; as many as processors if not said.")
    ] = None,
    processes: Annotated[bool, typer.Option("--processes", help="Local workers are processes, not threads.")] = False,
    scheduler: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="Dask scheduler whose workers do it: tcp://host:8786.")
    ] = None,
    shard: Annotated[
        str | None, typer.Option(metavar="i/n", help="Only the i-th of n parts; `cycles merge` puts them together.")
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="However large it is.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print only where the results are.")] = False,
) -> None:
    """Run a study: many runs of a case, from a file that says what is varied; one table of results."""
    from simulation.cli.sweep import run_sweep

    run_sweep(study, out, workers, processes, scheduler, shard, yes, quiet)


@app.command()
def merge(
    out: Annotated[str, typer.Argument(metavar="OUT", help="New folder for the whole.")],
    shards: Annotated[list[str], typer.Argument(metavar="SHARD...", help="Folders of the shards.")],
) -> None:
    """Put the shards of a study together."""
    from simulation.cli.sweep import merge_shards

    merge_shards(out, shards)


@app.command()
def replay(
    results: Annotated[str, typer.Argument(metavar="RESULTS", help="Folder of a study.")],
    run_id: Annotated[str, typer.Argument(metavar="RUN_ID", help="Identity of a run, or its number.")],
    out: Annotated[
        str | None, typer.Option(metavar="DIR", help="Leave the full folder of the run there, as `cycles run` does.")
    ] = None,
) -> None:
    """Run one row of a study alone, and say whether the numbers agree."""
    from simulation.cli.sweep import replay_run

    replay_run(results, run_id, out)


@app.command()
def analyse(
    results: Annotated[str, typer.Argument(metavar="RESULTS", help="Folder of a study.")],
    out: Annotated[
        str | None, typer.Option(metavar="DIR", help="Folder for the report; without it RESULTS/analysis.")
    ] = None,
    measure: Annotated[list[str] | None, typer.Option("--measure", help="Only this measure. Can be repeated.")] = None,
) -> None:
    """Analyse a study: pictures, sensitivity, regimes, rules; a report that explains itself."""
    from simulation.cli.analyse import analyse_results

    analyse_results(results, out, measure or [])


@app.command()
def hypotheses(
    results: Annotated[str, typer.Argument(metavar="RESULTS", help="Folder of a study.")],
    out: Annotated[
        str | None, typer.Option(metavar="DIR", help="Folder for the list; without it RESULTS/hypotheses.")
    ] = None,
    most: Annotated[int, typer.Option(min=1, help="How many statements at most.")] = 12,
) -> None:
    """Turn a study into ranked, testable statements, each with its effect, its mechanism and the n it would need."""
    from simulation.cli.analyse import write_hypotheses

    write_hypotheses(results, out, most)
