"""Search constants and profile centres against the distances of all patterns at once (Optuna, CMA-ES, resumable)."""

from __future__ import annotations

import json
import time
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulation.calibration.space import Space
from simulation.errors import InputError, quoted
from simulation.population.compiled import fingerprint
from simulation.validation.evaluate import all_patterns, evaluate
from simulation.validation.pattern import NOT_CHECKABLE, Verdict

if TYPE_CHECKING:
    import optuna

JOURNAL, BEST = "journal.log", "best.json"
CAP = 3.0
"""Distance beyond which a pattern counts no further: one hopeless pattern must not rule the search."""
LACKING = 2.0
"""Distance given to a pattern that could not be computed."""
NULL_WEIGHT = 1.5
"""A pattern with a published null weighs more: a model that makes everything worse must not win."""


@dataclass(frozen=True)
class Budget:
    """How long to search.

    Attributes:
        trials: Further trials at most.
        minutes: Further minutes at most.
        seeds: Seeds of the simulations, taken in turn, so that no one seed's luck is fitted.
        seed: Of the search.
    """

    trials: int = 200
    minutes: float = 30.0
    seeds: Sequence[int] = (101, 102, 103)
    seed: int = 1


def badness(verdicts: Sequence[Verdict]) -> float:
    """Return one number for all hard patterns: weighted mean of squared, capped distances; 0 when all are met."""
    total = weight = 0.0
    for verdict in verdicts:
        if verdict.hard:
            own = NULL_WEIGHT if any(check.null for check in verdict.checks) else 1.0
            far = LACKING if verdict.verdict == NOT_CHECKABLE else min(verdict.distance, CAP)
            total += own * far**2
            weight += own
    return total / weight if weight else 0.0


def wanted_patterns(groups: str) -> list[str]:
    """Ids of the hard patterns of some groups that something computes."""
    return [p.id for p in all_patterns().values() if p.hard and p.group in groups]


def open_study(folder: Path, space: Space, seed: int) -> optuna.Study:
    """Open the search in a folder, or begin one there.

    Raises:
        InputError: The folder holds a search over another space or of another version of the theory.
    """
    import optuna
    from optuna.storages import JournalStorage
    from optuna.storages.journal import JournalFileBackend

    optuna.logging.set_verbosity(optuna.logging.ERROR)
    folder.mkdir(parents=True, exist_ok=True)
    storage = JournalStorage(JournalFileBackend(str(folder / JOURNAL)))
    done = {s.study_name for s in storage.get_all_studies()}
    n = 0
    if "patterns" in done:
        earlier = optuna.load_study(study_name="patterns", storage=storage)
        n = len(earlier.trials)
        told = {"bounds": {k: list(v) for k, v in space.bounds.items()}, "theory": fingerprint()}
        for what, value in told.items():
            if earlier.user_attrs.get(what) != value:
                raise InputError(
                    f"{quoted(folder)} holds a search over other {what}; give another folder, or remove {JOURNAL} there"
                )
    start = space.now()
    # the seed moves on with the trials done, so that a resumed search does not repeat its proposals
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)  # Optuna wants x0 elsewhere from version 6 on
        sampler = optuna.samplers.CmaEsSampler(x0=start, sigma0=0.12, seed=seed + n, popsize=16)
    study = optuna.create_study(study_name="patterns", storage=storage, sampler=sampler, load_if_exists=True)
    if "patterns" not in done:
        study.set_user_attr("bounds", {k: list(v) for k, v in space.bounds.items()})
        study.set_user_attr("theory", fingerprint())
        study.enqueue_trial(start)
    return study


def search(
    folder: Path, space: Space, budget: Budget, groups: str = "abcdegh", only: Sequence[str] | None = None,
    tell: Callable[[str], None] | None = None,
) -> dict[str, Any]:  # fmt: skip
    """Search, or go on searching, and write the best point so far to `best.json`.

    Args:
        folder: For the journal and the result.
        space: What may be moved.
        budget: How long.
        groups, only: Patterns that count.
        tell: Called with a sentence when something better was found.

    Returns:
        What `best.json` says: values, distance of each pattern, budget, provenance.

    Raises:
        InputError: The folder holds another search, or an unknown pattern is named.
    """
    study = open_study(folder, space, budget.seed)
    ids = list(only) if only is not None else wanted_patterns(groups)
    began = time.perf_counter()

    def objective(trial: optuna.Trial) -> float:
        point = {name: trial.suggest_float(name, *bound) for name, bound in space.bounds.items()}
        constants, profiles = space.split(point)
        seed = budget.seeds[trial.number % len(budget.seeds)]
        verdicts = evaluate(constants, profiles, seed=seed, quick=True, only=ids, resamples=0)
        trial.set_user_attr("seed", seed)
        trial.set_user_attr("patterns", {v.id: [v.verdict, round(v.distance, 4)] for v in verdicts})
        return badness(verdicts)

    def after(study: optuna.Study, trial: optuna.trial.FrozenTrial) -> None:
        if study.best_trial.number == trial.number:
            write_best(folder, study, space, budget)
            if tell is not None:
                tell(f"{time.perf_counter() - began:6.0f} s  trial {trial.number:4}  {trial.value:.3f}")

    study.optimize(objective, n_trials=budget.trials, timeout=60 * budget.minutes, callbacks=[after])
    return write_best(folder, study, space, budget)


def write_best(folder: Path, study: optuna.Study, space: Space, budget: Budget) -> dict[str, Any]:
    """Write the best point so far, with what was spent on it, and return what is written."""
    best = study.best_trial
    took = [t.duration.total_seconds() for t in study.trials if t.duration is not None]
    result = {
        "badness": best.value, "values": best.params, "patterns": best.user_attrs["patterns"],
        "trial": best.number, "seed_of_simulation": best.user_attrs["seed"],
        "start": study.trials[0].value, "trials": len(took), "seconds": round(sum(took)),
        "seed": budget.seed, "seeds": list(budget.seeds), "theory": fingerprint(), "sampler": "CMA-ES (Optuna)",
        "space": {k: list(v) for k, v in space.bounds.items()},
    }  # fmt: skip
    (folder / BEST).write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    return result
