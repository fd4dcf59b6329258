"""Which order and gating rule of a treatment's steps does best: searched on some patients, judged on others.

The search (Optuna, tree-structured Parzen estimator) sees training patients only; what is reported is what the rule
found does with new patients, whom neither the search nor its start has seen, beside the treatment as it was.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from simulation.cohorts.definition import cohort as cohort_named
from simulation.errors import InputError, quoted
from simulation.treatment.assignment import Phase
from simulation.treatment.catalogue import Treatment, treatment_named
from simulation.treatment.policy import PORTIONS, Policy
from simulation.trials.analyse import g_interval, hedges_g
from simulation.trials.conduct import Arm, Job
from simulation.trials.run import PART, eligible, gathered
from simulation.trials.spec import MOST_DAYS, MOST_PATIENTS, OUTCOMES, TrialSpec, checked_trial

if TYPE_CHECKING:
    import pandas as pd

PATIENCE = (5, 60)
"""Fewest and most sessions after which a step may have to let the others go first."""
UNSEEN = 500_000_003
"""What the seed of the new patients is above that of the search."""
_SEEDS = 2**63
_SEEDS_OF_OPTUNA = 2**32


@dataclass(frozen=True)
class Sought:
    """What a search for a policy is asked.

    Attributes:
        treatment, cohort: What is given to whom.
        outcome: What should be low at the end.
        evaluations: Rules to try, the present one among them.
        patients, new_patients: For the search, and for the judgement.
        days: Length of the weekly treatment.
        seed: Of the search and the training patients.
        dt: Length of a tick in days.
    """

    treatment: str
    cohort: str
    outcome: str
    evaluations: int
    patients: int
    new_patients: int
    days: float
    seed: int
    dt: float

    @property
    def unseen(self) -> int:
        """Seed of the new patients."""
        return (self.seed + UNSEEN) % _SEEDS

    def screening(self, n: int, seed: int) -> TrialSpec:
        """The trial whose first n patients are taken."""
        arms = [{"treatment": self.treatment}, {"treatment": "none"}]
        return checked_trial(
            {"name": "search", "cohort": self.cohort, "n": n, "seed": seed, "dt": self.dt, "arms": arms}
        )

    def check(self) -> None:
        """Refuse what cannot be searched, before anything is simulated.

        Raises:
            InputError: What is wrong, and what is allowed.
        """
        treatment = treatment_named(self.treatment)
        steps = len(treatment.policy.steps) if treatment.policy else 0
        if steps < 2:
            told = ("no steps", "only one step")[steps]
            raise InputError(f"the treatment {quoted(self.treatment)} has {told}: there is no order to search; "
                             "it takes two or more (`cycles treatments`)")  # fmt: skip
        cohort_named(self.cohort)
        if self.outcome not in OUTCOMES or self.outcome == "metacognition":
            raise InputError(f"{quoted(self.outcome)} is not an outcome that should be low")
        _within("evaluations", self.evaluations, 2, 100_000, "rules")
        _within("patients", self.patients, 2, MOST_PATIENTS, "patients")
        _within("new_patients", self.new_patients, 2, MOST_PATIENTS, "patients")
        _within("days", self.days, 7, MOST_DAYS, "days of weekly sessions")
        _within("seed", self.seed, 0, _SEEDS - 1)
        self.screening(self.patients, self.seed)
        self.screening(self.new_patients, self.unseen)


def _within(field: str, value: float, low: int, high: int, unit: str = "") -> None:
    if not low <= value <= high:  # NaN is not
        allowed = f"{low} to {high:,} {unit}" if unit else f"at least {low} and below 2^63"
        raise InputError(f"{field} = {value} is out of bounds; a search takes {allowed}")


@dataclass(frozen=True)
class PolicyFound:
    """What a search for a policy yields.

    Attributes:
        sought: What was asked.
        policy: The best rule on the training patients.
        start: The rule the search began with.
        training: Mean outcome on the training patients, of the start and of the best.
        g, low, high: Hedges' g of the best over the start on new patients (above 0: the best has lower scores), with
            the 95 % interval over twins.
        left: Share of the new patients who left the treatment, under the start and under the best.
        tried: How many rules were tried.
    """

    sought: Sought
    policy: Policy
    start: Policy
    training: tuple[float, float]
    g: float
    low: float
    high: float
    left: tuple[float, float]
    tried: int

    @property
    def rule(self) -> list[str]:
        """The best rule in plain words."""
        return self.policy.sentences()


def _rule(policy: Policy, names: Sequence[str], chosen: Mapping[str, Any]) -> Policy:
    """The policy with the order and the gating that were chosen."""
    return replace(
        policy.in_order(sorted(names, key=lambda name: chosen[f"place of {name}"])),
        ready_from=round(chosen["ready_from"], 2),
        at_once=chosen["at_once"],
        patience=chosen["patience"],
        iterative=chosen.get("iterative", True),
    )


def search_policy(
    treatment: str = "mit",
    cohort: str = "bpd",
    *,
    outcome: str = "severity",
    evaluations: int = 24,
    patients: int = 24,
    new_patients: int = 60,
    days: float = 365.0,
    seed: int = 1,
    dt: float = 0.25,
    progress: Callable[[int, float], None] | None = None,
) -> PolicyFound:
    """Search the order of a treatment's steps, and how readiness, room in a session and patience gate them.

    Whether the patient's state decides at all is searched too where the treatment's own rule goes by the calendar.

    Args:
        treatment, cohort: What is given to whom.
        outcome: What should be low at the end.
        evaluations: Rules to try, the present one among them.
        patients, new_patients: For the search, and for the judgement.
        days: Length of the weekly treatment.
        seed: Of the search and the training patients; new patients have another.
        dt: Length of a tick in days.
        progress: Called with (rules tried, outcome of the last).

    Raises:
        InputError: Something cannot be used, or the search cannot end or compare anything.
    """
    sought = Sought(treatment, cohort, outcome, evaluations, patients, new_patients, days, seed, dt)
    sought.check()
    given = treatment_named(treatment)
    start = given.policy
    assert start is not None  # it has steps
    study = _study(start, seed)
    names = [step.module for step in start.steps]
    training = eligible(sought.screening(patients, seed), patients)[0]
    new = eligible(sought.screening(new_patients, sought.unseen), new_patients)[0]

    def tried(attempt: Any) -> float:
        for name in names:
            attempt.suggest_float(f"place of {name}", 0.0, 1.0)
        attempt.suggest_float("ready_from", 0.05, 0.8)
        attempt.suggest_int("at_once", 1, max(PORTIONS))
        attempt.suggest_int("patience", *PATIENCE)
        if not start.iterative:
            attempt.suggest_categorical("iterative", [False, True])
        (end,) = _lived([_rule(start, names, attempt.params)], given, sought, training, seed)
        value = float(end[outcome].mean())
        if progress:
            progress(attempt.number + 1, value)
        return value

    study.optimize(tried, n_trials=evaluations)
    rule = _rule(start, names, study.best_params)
    before, after = _lived([start, rule], given, sought, new, sought.unseen)
    theirs, mine = (end[outcome].to_numpy(dtype=float) for end in (before, after))
    low, high = g_interval(theirs, mine, sought.unseen, paired=True)
    return PolicyFound(
        sought, rule, start, (float(study.trials[0].value), float(study.best_value)), hedges_g(theirs, mine),
        low, high, (_left(before), _left(after)), len(study.trials),
    )  # fmt: skip


def _study(policy: Policy, seed: int) -> Any:
    """A study of Optuna that begins with the rule as it is."""
    try:
        import optuna
    except ImportError:
        raise InputError("a search for a policy needs Optuna; pip install interpersonal-cycles[calibration]") from None
    optuna.logging.set_verbosity(optuna.logging.WARNING)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", optuna.exceptions.ExperimentalWarning)  # of `multivariate`
        sampler = optuna.samplers.TPESampler(seed=seed % _SEEDS_OF_OPTUNA, multivariate=True)
    study = optuna.create_study(sampler=sampler)
    places = {f"place of {step.module}": (i + 0.5) / len(policy.steps) for i, step in enumerate(policy.steps)}
    gating = {"ready_from": policy.ready_from, "at_once": policy.at_once, "patience": policy.patience}
    study.enqueue_trial({**places, **gating, **({} if policy.iterative else {"iterative": False})})
    return study


def _lived(
    rules: list[Policy], treatment: Treatment, sought: Sought, numbers: np.ndarray, seed: int
) -> list[pd.DataFrame]:
    """The last assessment under each rule, one row per patient; the same patients in the same order under all."""
    days = sought.days
    weekly = (Phase(0.0, days, 7.0),)
    arms = tuple(Arm(str(i), replace(treatment, policy=rule), weekly) for i, rule in enumerate(rules))
    jobs = [
        Job(arms, sought.cohort, seed, sought.dt, days, numbers[at : at + PART], (0.0, days))
        for at in range(0, len(numbers), PART)
    ]
    table = gathered(jobs, 1)
    end = table[table["day"] == days].sort_values("patient")
    return [end[end["arm"] == arm.name] for arm in arms]


def _left(end: pd.DataFrame) -> float:
    """Share of the patients who left the treatment."""
    return float(end["dropped_at"].notna().mean())
