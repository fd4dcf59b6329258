"""What treatments there are, what each is made of, and what a module of one's own may do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulation.cli.terminal import print_table, short_number
from simulation.errors import InputError, nearest, quoted

if TYPE_CHECKING:
    from simulation.treatment.catalogue import Treatment
    from simulation.treatment.contract import Module


def list_treatments() -> None:
    """Print the treatments and what each does in a week."""
    from simulation.treatment.catalogue import TREATMENTS

    rows = [(t.name, t.title, _week(t)) for t in TREATMENTS.values()]
    print_table(("treatment", "what it is", "in a week"), rows)
    print(
        "\n`cycles treatments show NAME` tells the rule and the modules, `cycles run angie --treatment NAME` applies it"
    )


def _week(treatment: Treatment) -> str:
    """What a week of a treatment holds, in a few words."""
    if treatment.policy is None:
        return "nothing"
    parts = ["a group session" if treatment.group else "a session"]
    steps = len(treatment.policy.steps)
    always = " and ".join(name.replace("_", " ") for name in treatment.policy.always)
    parts[0] += f" ({always}" + (
        f"; {min(treatment.policy.at_once if treatment.policy.iterative else 1, steps)} of {steps} steps)"
        if steps
        else ")"
    )
    if treatment.calls:
        parts.append("calls in crises")
    if treatment.medication:
        parts.append("medication")
    if treatment.supervision:
        parts.append(f"therapist's supervision every {treatment.supervision:g} days")
    return ", ".join(parts)


def show_treatment(name: str) -> None:
    """Print the rule of a treatment and its modules.

    Raises:
        InputError: There is no such treatment.
    """
    from simulation.treatment.catalogue import treatment_named
    from simulation.treatment.contract import declared

    treatment = treatment_named(name)
    print(f"{treatment.name}: {treatment.title}\nSource: {treatment.source}\n")
    print(f"A week: {_week(treatment)}.\n")
    for sentence in treatment.policy.sentences() if treatment.policy else []:
        print(sentence)
    for module in declared(treatment.modules):
        _print_module(module)
    print("\nA research and teaching model, not a clinical instrument.")


def _print_module(module: Module) -> None:
    number = f"{module.number} " if module.number else ""
    print(f"\n{number}{module.name}: {module.title}")
    first, _, _ = (module.work.__doc__ or "").partition("\n")
    print(f"  {first}")
    print(f"  targets: {', '.join(module.targets)}")
    needs = [
        f"{n.quantity.replace('over_window', 'arousal less window')} from {n.start:g}, fully at {n.full:g}"
        for n in module.needs
    ]
    print(f"  needs: {'; '.join(needs) or 'nothing'}")
    if module.goal:
        print(f"  goal: {module.goal[0]} ≥ {module.goal[1]:g}")
    print(f"  dose: {module.dose:g} ({module.unit})")
    print(f"  source: {module.source}")


def check_modules(file: str) -> None:
    """Load a file with modules, which holds them to the contract, and print what they declare.

    Raises:
        InputError: The file cannot be loaded, or a module breaks a promise.
    """
    from simulation.treatment.contract import declared
    from simulation.treatment.load import load_modules

    names = load_modules(file)
    for module in declared(names):
        _print_module(module)
    keep = "its module keeps" if len(names) == 1 else f"its {len(names)} modules keep"
    print(f"\n{keep} every promise of the contract; name it in always or steps of a treatment")


def list_targets(word: str | None) -> None:
    """Print what modules may ask for and change, of those whose name, symbol or meaning contains the word.

    Raises:
        InputError: There is none.
    """
    from simulation.treatment.quantities import askable, described, may_be_targeted

    names = askable()
    wanted = (word or "").casefold().replace(" ", "_")
    found = [
        (name, about)
        for name, about in ((name, described(name)) for name in names)
        if any(wanted in part.casefold().replace(" ", "_") for part in (name, about.symbol, about.meaning))
    ]
    if not found:
        raise InputError(f"nothing that a module may ask for mentions {quoted(word)}{nearest(word, names)}")
    rows = [
        (name, "yes" if may_be_targeted(name) else "", f"{short_number(q.low)} – {short_number(q.high)}", q.unit,
         q.meaning)
        for name, q in found
    ]  # fmt: skip
    print_table(("name", "may be a target", "range", "unit", "meaning"), rows)
    print("\na module asks for now.NAME; it may change its targets only. therapist_NAME is the therapist's own")
