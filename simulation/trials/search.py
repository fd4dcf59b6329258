"""Which order and gating rule of a treatment's steps does best: searched on some patients, judged on others.

The search (Optuna, tree-structured Parzen estimator) sees training patients only; what is reported is what the rule
found does with new patients, whom neither the search nor its start has seen, beside the treatment as it was.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from simulation.errors import InputError
from simulation.treatment.assignment import Phase
from simulation.treatment.catalogue import Treatment, treatment_named
from simulation.treatment.policy import PORTIONS, Policy
from simulation.trials.analyse import g_interval, hedges_g
from simulation.trials.conduct import Arm, Job
from simulation.trials.run import eligible, gathered
from simulation.trials.spec import OUTCOMES, checked_trial


@dataclass(frozen=True)
class PolicyFound:
    """What a search for a policy yields.

    Attributes:
        policy: The best rule on the training patients.
        start: The rule the search began with.
        training: Mean outcome on the training patients, of the start and of the best.
        g, low, high: Hedges' g of the best against the start on new patients (below 0: the best has lower scores), with
            the 95 % interval over twins.
        tried: How many rules were tried.
    """

    policy: Policy
    start: Policy
    training: tuple[float, float]
    g: float
    low: float
    high: float
    tried: int

    @property
    def rule(self) -> list[str]:
        """The best rule in plain words."""
        return self.policy.sentences()


PATIENCE = (5, 60)
"""Fewest and most sessions after which a step may have to let the others go first."""


def _rule(policy: Policy, names: Sequence[str], chosen: Mapping[str, Any]) -> Policy:
    """The policy with the order and the gating that were chosen."""
    return replace(
        policy.in_order(sorted(names, key=lambda name: chosen[f"place of {name}"])),
        ready_from=round(chosen["ready_from"], 2),
        at_once=chosen["at_once"],
        patience=chosen["patience"],
        iterative=True,
    )


def search_policy(
    treatment: str = "mit",
    cohort: str = "bpd",
    *,
    outcome: str = "severity",
    tries: int = 30,
    patients: int = 24,
    new_patients: int = 60,
    days: float = 365.0,
    seed: int = 1,
    dt: float = 0.25,
    progress: Callable[[int, float], None] | None = None,
) -> PolicyFound:
    """Search the order of a treatment's steps, and how readiness, room in a session and patience gate them.

    Args:
        treatment, cohort: What is given to whom.
        outcome: What should be low at the end.
        tries: Rules to try, the present one among them.
        patients, new_patients: For the search, and for the judgement.
        days: Length of the weekly treatment.
        seed: Of the search and the training patients; new patients have another.
        dt: Length of a tick in days.
        progress: Called with (rules tried, outcome of the last).

    Raises:
        InputError: Something cannot be used, or the search cannot end or compare anything.
    """
    try:
        import optuna
    except ImportError:
        raise InputError("a search for a policy needs Optuna; pip install interpersonal-cycles[calibration]") from None
    start = treatment_named(treatment)
    if start.policy is None or not start.policy.steps:
        raise InputError(f'the treatment "{treatment}" has no steps whose order could be searched')
    if outcome not in OUTCOMES or outcome == "metacognition":
        raise InputError(f'"{outcome}" is not an outcome that should be low')
    if not 2 <= tries <= 100_000:
        raise InputError(f"tries = {tries} is out of bounds; a search tries 2 to 100,000 rules")
    policy = start.policy
    optuna.logging.set_verbosity(optuna.logging.WARNING)
    names = [step.module for step in policy.steps]
    study = optuna.create_study(sampler=optuna.samplers.TPESampler(seed=seed, multivariate=True))
    began = {f"place of {name}": (i + 0.5) / len(names) for i, name in enumerate(names)}
    study.enqueue_trial(
        {**began, "ready_from": policy.ready_from, "at_once": policy.at_once, "patience": policy.patience}
    )
    screened = _screened(cohort, patients, seed, dt)

    def tried(attempt: optuna.Trial) -> float:
        for name in names:
            attempt.suggest_float(f"place of {name}", 0.0, 1.0)
        attempt.suggest_float("ready_from", 0.05, 0.8)
        attempt.suggest_int("at_once", 1, max(PORTIONS))
        attempt.suggest_int("patience", *PATIENCE)
        rule = _rule(policy, names, attempt.params)
        value = float(_lived([rule], start, cohort, screened, seed, days, dt, outcome)[0].mean())
        if progress:
            progress(attempt.number + 1, value)
        return value

    study.optimize(tried, n_trials=tries)
    rule = _rule(policy, names, study.best_params)
    unseen = seed + 500_000_003
    mine, theirs = _lived(
        [rule, policy], start, cohort, _screened(cohort, new_patients, unseen, dt), unseen, days, dt, outcome
    )
    first = study.trials[0].value
    low, high = g_interval(mine, theirs, unseen, paired=True)
    return PolicyFound(
        rule, policy, (float(first or 0.0), float(study.best_value)), hedges_g(mine, theirs), low, high, tries
    )


def _screened(cohort: str, n: int, seed: int, dt: float) -> np.ndarray:
    arms = [{"treatment": "mit"}, {"treatment": "none"}]
    return eligible(
        checked_trial({"name": "search", "cohort": cohort, "n": n, "seed": seed, "dt": dt, "arms": arms}), n
    )[0]


def _lived(
    rules: list[Policy], treatment: Treatment, cohort: str, numbers: np.ndarray, seed: int, days: float, dt: float,
    outcome: str,
) -> list[np.ndarray]:  # fmt: skip
    """Outcome at the end under each rule, [patients] each; the same patients under all."""
    weekly = (Phase(0.0, days, 7.0),)
    arms = tuple(Arm(str(i), replace(treatment, policy=rule), weekly) for i, rule in enumerate(rules))
    table = gathered([Job(arms, cohort, seed, dt, days, numbers, (0.0, days))], 1)
    end = table[table["day"] == days].sort_values("patient")
    return [end.loc[end["arm"] == arm.name, outcome].to_numpy(dtype=float) for arm in arms]
