"""What there is: cases, profiles, lesions, parameters."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from simulation.cli.terminal import console, print_table, short_number
from simulation.errors import InputError, nearest, quoted, quoted_list

if TYPE_CHECKING:
    from simulation.cases import Case
    from simulation.theory.layout import Quantity

KINDS = {
    "trait": "what differs between people and stays",
    "start": "what a person starts with and experience changes",
    "constant": "a rate, weight or threshold of a mechanism",
    "gain": "an arrow of Figure 1; 0 is a lesion",
    "tie": "what one person holds about another at the start",
    "treatment": "a constant of treatment, the same for all who are treated",
}
"""Kinds of parameters."""
_KEYS = ("name", "symbol", "default", "low", "high", "unit", "meaning", "source", "kind")


def parameters() -> list[Quantity]:
    """Return every parameter of theory and treatment, people's first, in the order of the registries."""
    from simulation.theory import constants, states, tie_states, traits
    from simulation.theory.layout import CONSTANT, PERSON, TIE
    from simulation.treatment.constants import TREATMENT

    assert all((traits, states, constants, tie_states))  # importing them is what fills the registries
    return [q for registry in (PERSON, CONSTANT, TIE, TREATMENT) for q in registry.values() if q.kind in KINDS]


def list_parameters(text: str | None, kind: str | None, as_json: bool) -> None:
    """Print the parameters of a kind whose name, symbol, meaning or source contains the text.

    Raises:
        InputError: There is no such kind, or no such parameter.
    """
    if kind is not None and kind not in KINDS:
        known = f"there are {quoted_list(KINDS)}"
        raise InputError(f"{quoted(kind)} is not a kind of parameter{nearest(kind, KINDS)}; {known}")
    every = [q for q in parameters() if kind in (None, q.kind)]
    wanted = (text or "").casefold()
    found = [q for q in every if any(wanted in part.casefold() for part in (q.name, q.symbol, q.meaning, q.source))]
    if not found:
        hint = nearest(text, [q.name for q in every])
        raise InputError(f"no {kind or 'parameter'} has {quoted(text)} in its name, symbol, meaning or source{hint}")
    if as_json:
        print(json.dumps([_entry(q) for q in found], indent=1, ensure_ascii=False))
        return
    headings = ("name", "symbol", "kind", "default", "range", "unit", "meaning", "source")
    rows = [
        (q.name, q.symbol, q.kind, short_number(q.default), f"{short_number(q.low)} – {short_number(q.high)}", q.unit,
         q.meaning, q.source)
        for q in found
    ]  # fmt: skip
    print_table(headings, rows, numbers=("default",))
    count = f"{len(found)} parameters" if len(found) > 1 else "1 parameter"
    kinds = {q.kind for q in found}
    ways = ["--set person.name=value or --set everyone.name=value"] if kinds - {"treatment"} else []
    if "treatment" in kinds:
        ways.append("constants of treatment with constants = { name = value } in a case's [treatment] or a trial's arm")
    print(f"\n{count}; set one with {'; '.join(ways)}")


def _entry(quantity: Quantity) -> dict[str, Any]:
    entry = asdict(quantity)
    return {key: entry[key] for key in _KEYS}


def list_lesions() -> None:
    """Print the arrows of Figure 1, each of which can be cut."""
    rows = [(q.name, q.symbol, q.meaning) for q in parameters() if q.kind == "gain"]
    print_table(("lesion", "symbol", "what is cut"), rows)
    print("\ncut one with --lesion name; weaken it with --set everyone.name=0.5")


def list_profiles() -> None:
    """Print the profiles that come with the project."""
    from simulation.cases import built_in_profiles

    rows = [
        (name, profile.like or "", profile.meaning, " ".join(profile.source.split()))
        for name, profile in built_in_profiles().items()
    ]
    print_table(("profile", "differs from", "who", "source"), rows)
    print("\ngive a person one with --set person.profile=name")


def list_cases() -> None:
    """Print the cases that come with the project."""
    from simulation.cases import case_names, load_case

    rows: list[Sequence[str]] = []
    for name in case_names():
        case = load_case(name)
        rows.append((name, case.title, f"{people_in(case):,}", short_number(case.days)))
    print_table(("case", "title", "people", "days"), rows, numbers=("people", "days"))
    print("\n`cycles cases show NAME` explains one, `cycles run NAME` runs it")


def show_case(name: str) -> None:
    """Print what a case represents.

    Raises:
        InputError: There is no such case, or something is wrong with it.
    """
    from simulation.cases import describe_case, load_case

    print(describe_case(load_case(name)), end="")


def people_in(case: Case) -> int:
    """Return how many people a case has."""
    if case.network is None:
        return len(case.people)
    from simulation.cases.members import Members, graph_of

    members = Members(case.network, case.seed)
    size = case.network.n if case.network.topology is not None else graph_of(case.network, case.seed).n_people
    return (size or 0) + sum(person.name not in members for person in case.people)


def print_story(folder: str) -> None:
    """Print the story of a run.

    Raises:
        InputError: It is no run, or it has no story.
    """
    from simulation.recording.folder import read_run

    story = read_run(folder).story
    out = console()
    if out.is_terminal:
        from rich.markdown import Markdown

        out.print(Markdown(story))
    else:
        print(story.rstrip("\n"))
