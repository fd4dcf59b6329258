"""Check all patterns, or some, against what is simulated."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import cache

from simulation.errors import InputError, nearest, quoted
from simulation.validation.estimates import NotCheckable
from simulation.validation.laboratory import Laboratory, scenes
from simulation.validation.pattern import Pattern, Verdict, judged, not_checkable
from simulation.validation.published import published_rows

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

    Returns:
        A verdict for every pattern, in the order of `published.csv`. Whatever cannot be computed is "not-checkable" and
        says why; the others are not touched by it.

    Raises:
        InputError: An unknown group, pattern, constant, profile or parameter.
    """
    chosen = _chosen(groups, only)
    laboratory = Laboratory(
        seed=seed, quick=quick, constants=dict(constants or {}), profiles=dict(profiles or {}), resamples=resamples
    )
    if workers <= 1:
        verdicts = _checked(laboratory, [pattern.id for pattern in chosen])
    else:
        by_scene: dict[str, list[str]] = {}
        for pattern in chosen:
            by_scene.setdefault(pattern.scene, []).append(pattern.id)
        with ProcessPoolExecutor(workers) as pool:
            parts = pool.map(_checked, [laboratory] * len(by_scene), by_scene.values())
            verdicts = [verdict for part in parts for verdict in part]
    order = {pattern.id: place for place, pattern in enumerate(chosen)}
    return sorted(verdicts, key=lambda verdict: order[verdict.id])


def _chosen(groups: str, only: Iterable[str] | None) -> list[Pattern]:
    known = all_patterns()
    for group in groups:
        if group not in GROUPS:
            raise InputError(f"there is no group of patterns {quoted(group)}; groups are {', '.join(GROUPS)}")
    wanted = None if only is None else list(only)
    for id_ in wanted or ():
        if id_ not in known:
            raise InputError(f"there is no pattern {quoted(id_)}{nearest(id_, known)}")
    return [p for p in known.values() if p.group in groups and (wanted is None or p.id in wanted)]


def _checked(laboratory: Laboratory, ids: Sequence[str]) -> list[Verdict]:
    return [check(all_patterns()[id_], laboratory) for id_ in ids]


def check(pattern: Pattern, laboratory: Laboratory) -> Verdict:
    """Check one pattern.

    Raises:
        InputError: What was asked of the simulation cannot be (an unknown constant, for instance).
    """
    try:
        return judged(pattern, pattern.measure(laboratory))
    except NotCheckable as reason:
        return not_checkable(pattern, str(reason))
    except InputError:
        raise
    except Exception as error:  # one broken pattern must not hide the others
        return not_checkable(pattern, f"its code failed: {type(error).__name__}: {error}")
