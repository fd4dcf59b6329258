"""Check all patterns, or some, against what is simulated."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import cache

from simulation.cohorts.definition import moved_profiles
from simulation.cohorts.lives import checked_constants
from simulation.errors import InputError, nearest, quoted
from simulation.validation.estimates import NotCheckable
from simulation.validation.laboratory import LENGTHY, Laboratory, scenes
from simulation.validation.pattern import Pattern, Verdict, judged, not_checkable, without_pattern
from simulation.validation.published import OWN, published_rows
from simulation.validation.tail_case import PLACES, Place

GROUPS = "abcdefgh"


@cache
def all_patterns() -> Mapping[str, Pattern]:
    """Return every pattern by id: whatever `PATTERNS` the modules of `patterns` hold.

    Raises:
        InputError: A pattern appears twice, or has no row in `published.csv`, or names an unknown scene.
    """
    from simulation.validation import patterns as package

    found: dict[str, Pattern] = {}
    for module in sorted(pkgutil.iter_modules(package.__path__), key=lambda m: m.name):
        file = importlib.import_module(f"{package.__name__}.{module.name}")
        for pattern in file.PATTERNS:
            if pattern.id in found:
                raise InputError(f'the pattern "{pattern.id}" is defined twice ({module.name}.py)')
            if pattern.id not in published_rows():
                raise InputError(f'the pattern "{pattern.id}" ({module.name}.py) has no row in published.csv')
            if pattern.scene not in scenes():
                hint = nearest(pattern.scene, scenes())
                raise InputError(f'the pattern "{pattern.id}" needs the unknown scene "{pattern.scene}"{hint}')
            found[pattern.id] = pattern
    order = list(published_rows())
    return dict(sorted(found.items(), key=lambda item: order.index(item[0])))


def evaluate(
    constants: Mapping[str, float] | None = None,
    profiles: Mapping[str, Mapping[str, float]] | None = None,
    *,
    seed: int = 1,
    quick: bool = True,
    groups: str = GROUPS,
    only: Iterable[str] | None = None,
    resamples: int | None = None,
    workers: int = 1,
    own: Iterable[Pattern] = (),
) -> list[Verdict]:
    """Check patterns.

    Args:
        constants: Constants of the theory that differ, by name.
        profiles: Values that replace those of built-in profiles, by profile; cohorts move with them.
        seed: Of everything; the same seed gives the same verdicts, whatever the number of workers.
        quick: Small samples (seconds) instead of large ones (minutes).
        groups: Letters of the groups wanted.
        only: Ids of the patterns wanted; None for all of the groups.
        resamples: Of the bootstrap intervals; 0 for none, which a search does not need.
        workers: Processes.
        own: Further patterns, as `own_patterns.read_patterns` yields them.

    Returns:
        A verdict for every pattern, in the order of `published.csv`, own ones last. Whatever cannot be computed is
        "not-checkable" and says why; the others are not touched by it.

    Raises:
        InputError: An unknown group, pattern, constant, profile or parameter.
    """
    checked_constants(constants or {})
    moved_profiles(profiles or {})
    laboratory = Laboratory(
        seed=seed, quick=quick, constants=dict(constants or {}), profiles=dict(profiles or {}), resamples=resamples
    )
    return evaluate_in(laboratory, groups, only, workers, own, placing=False)[0]


def evaluate_in(
    laboratory: Laboratory,
    groups: str,
    only: Iterable[str] | None,
    workers: int,
    own: Iterable[Pattern],
    placing: bool,
) -> tuple[list[Verdict], list[Place]]:
    """Check patterns in a laboratory, as `evaluate` does, and with ``placing`` say where the case of the paper stands.

    Every scene is simulated once, by the process that checks all that is asked of it.

    Raises:
        InputError: An unknown group or pattern.
    """
    chosen, lacking = _chosen(groups, only)
    by_scene: dict[str, list[str]] = {scene: [] for scene in PLACES} if placing else {}
    for pattern in chosen:
        by_scene.setdefault(pattern.scene, []).append(pattern.id)
    own = list(own)
    own_by_scene: dict[str, list[Pattern]] = {}
    for pattern in own:
        own_by_scene.setdefault(pattern.scene, []).append(pattern)
    names = sorted(by_scene | own_by_scene, key=lambda name: name not in LENGTHY)
    asked = [by_scene.get(name, []) for name in names], [own_by_scene.get(name, []) for name in names]
    tasks = [laboratory] * len(names), names, *asked, [placing] * len(names)
    if workers <= 1:
        parts = list(map(_checked, *tasks))
    else:
        with ProcessPoolExecutor(workers) as pool:
            parts = list(pool.map(_checked, *tasks))
    verdicts = [verdict for found, _ in parts for verdict in found] + [without_pattern(id_) for id_ in lacking]
    order = {(False, id_): place for place, id_ in enumerate(published_rows())}
    order |= {(True, pattern.id): len(order) + place for place, pattern in enumerate(own)}
    verdicts = sorted(verdicts, key=lambda verdict: order[verdict.group == OWN, verdict.id])
    placed = {name: places for name, (_, places) in zip(names, parts, strict=True)}
    return verdicts, [place for n in PLACES for place in placed.get(n, [])]


def _chosen(groups: str, only: Iterable[str] | None) -> tuple[list[Pattern], list[str]]:
    """Patterns wanted, and ids of published rows wanted for which there is no pattern."""
    rows, known = published_rows(), all_patterns()
    for group in groups:
        if group not in GROUPS:
            raise InputError(f"there is no group of patterns {quoted(group)}; groups are {', '.join(GROUPS)}")
    wanted = None if only is None else list(only)
    for id_ in wanted or ():
        if id_ not in rows:
            raise InputError(f"there is no pattern {quoted(id_)}{nearest(id_, rows)}")
    ids = [id_ for id_, row in rows.items() if row.group in groups and (wanted is None or id_ in wanted)]
    return [known[id_] for id_ in ids if id_ in known], [id_ for id_ in ids if id_ not in known]


def _checked(
    laboratory: Laboratory, scene: str, ids: Sequence[str], own: Sequence[Pattern], placing: bool
) -> tuple[list[Verdict], list[Place]]:
    """All that is asked of one scene."""
    places = PLACES[scene](laboratory) if placing and scene in PLACES else []
    asked = [*(all_patterns()[id_] for id_ in ids), *own]
    return [check(pattern, laboratory) for pattern in asked], places


def check(pattern: Pattern, laboratory: Laboratory) -> Verdict:
    """Check one pattern; whatever goes wrong is said in its verdict."""
    try:
        return judged(pattern, pattern.measure(laboratory))
    except (NotCheckable, InputError) as reason:
        return not_checkable(pattern, str(reason))
    except Exception as error:  # one broken pattern must not hide the others
        return not_checkable(pattern, f"its code failed: {type(error).__name__}: {error}")
