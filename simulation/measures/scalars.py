"""What one person's part in a run comes to in single numbers. `registry` says what each of these means."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from simulation.measures.causes import HOSTILE, HURT, MONTH
from simulation.measures.contingency import person_slopes
from simulation.measures.cycles import HELPFUL
from simulation.measures.view import View, mean_or_nan

if TYPE_CHECKING:
    import pandas as pd

MEAN_OF = (
    "arousal", "anger", "shame", "sadness", "anxiety", "joy", "pain", "dissociation", "rumination", "emptiness",
    "connection", "negative_self", "benevolent_self", "dysregulation", "suicidal_crisis",
)  # fmt: skip
"""States whose mean over time is a measure."""
_NAN = float("nan")


def episodes(view: View, person: str) -> float:
    """Episodes that began."""
    return len(view.own(person, "episode_begins"))


def episodes_per_week(view: View, person: str) -> float:
    """Episodes that began, per week."""
    return episodes(view, person) / view.days * 7


def episode_hours(view: View, person: str) -> float:
    """Mean length of an episode that ended."""
    own = view.episodes[view.episodes["person"] == person]
    return mean_or_nan((own["ends"] - own["begins"]) * 24)


def time_in_episode(view: View, person: str) -> float:
    """Share of the time in an episode."""
    return float(view.course(person, "in_episode").mean())


def crises(view: View, person: str) -> float:
    """Suicidal crises that began."""
    return len(view.own(person, "crisis_begins"))


def cycles(view: View, person: str) -> float:
    """Interpersonal cycles the person took part in."""
    return len(view.cycles_of(person))


def cycles_per_month(view: View, person: str) -> float:
    """The same per 30 days."""
    return cycles(view, person) / view.days * MONTH


def cycle_turns(view: View, person: str) -> float:
    """Mean number of turns of a cycle."""
    return mean_or_nan(view.cycles_of(person)["turns"])


def cycle_period(view: View, person: str) -> float:
    """Mean time that one turn takes."""
    return mean_or_nan(view.cycles_of(person)["period"])


def cycle_duration(view: View, person: str) -> float:
    """Mean time from the first to the last hurt."""
    return mean_or_nan(view.cycles_of(person)["duration"])


def cycles_repaired(view: View, person: str) -> float:
    """Share that ended in repair."""
    return mean_or_nan(view.cycles_of(person)["ending"] == "repair")


def cycles_started(view: View, person: str) -> float:
    """Share that the person began."""
    return mean_or_nan(view.cycles_of(person)["initiator"] == person)


def loop_gain(view: View, person: str) -> float:
    """Turns per perceived rejection; `measures.cycles.loop_gain` of one person."""
    hurts = int((view.percepts(person)["perceived"] <= HURT).sum())
    return int((view.turns["person"] == person).sum()) / hurts if hurts else _NAN


def reproduction_number(view: View, person: str) -> float:
    """Episodes pushed per episode; `measures.cascades.reproduction_number` of one person."""
    own = view.episodes[view.episodes["person"] == person]
    return float(view.episodes["pushed_by"].isin(own["id"]).sum() / len(own)) if len(own) else _NAN


def rejections_per_day(view: View, person: str) -> float:
    """Perceived rejections per day."""
    return int((view.percepts(person)["perceived"] <= HURT).sum()) / view.days


def contacts_per_day(view: View, person: str) -> float:
    """Contacts per day, whoever began them."""
    return len(view.own(person, ("act", "reply"))) / view.days


def hostile_acts_per_week(view: View, person: str) -> float:
    """Angry demands and attacks per week."""
    return len(view.own(person, "act", HOSTILE)) / view.days * 7


def coping_per_month(view: View, person: str) -> float:
    """Attempts to soothe alone, per 30 days."""
    return len(view.own(person, "coping")) / view.days * MONTH


def maladaptive_share(view: View, person: str) -> float:
    """Share of them that carry a later cost."""
    return mean_or_nan(~view.own(person, "coping")["what"].isin(HELPFUL))


def self_harm_per_month(view: View, person: str) -> float:
    """Acts of self-harm per 30 days."""
    return len(view.own(person, "coping", ("self_harm",))) / view.days * MONTH


def ruptures(view: View, person: str) -> float:
    """Ties that broke, whoever broke them."""
    broken = view.events[view.events["kind"] == "rupture"]
    return int(((broken["person"] == person) | (broken["other"] == person)).sum())


def strain(view: View, person: str) -> float:
    """Mean wear on the person's ties."""
    return view.tie_mean(person, "strain")


def trust(view: View, person: str) -> float:
    """Mean trust in the others."""
    return view.tie_mean(person, "trust")


def mean_of(quantity: str) -> Callable[[View, str], float]:
    """Mean over time of a state."""

    def mean_over_time(view: View, person: str) -> float:
        return float(view.course(person, quantity).mean())

    return mean_over_time


def momentary(statistic: Callable[[pd.DataFrame, str], pd.Series], quantity: str) -> Callable[[View, str], float]:
    """A statistic of `measures.momentary` of one quantity, over every sampled tick of the run."""

    def over_the_run(view: View, person: str) -> float:
        table = view.prompts
        return float(statistic(table[table["person"] == person], quantity).iloc[0])

    return over_the_run


def slope(outcome: str, predictor: str) -> Callable[[View, str], float]:
    """Within-person slope over every sampled tick of the run."""

    def over_the_run(view: View, person: str) -> float:
        table = view.prompts
        return float(person_slopes(table[table["person"] == person], outcome, [predictor])[predictor].iloc[0])

    return over_the_run


def interpersonal(statistic: str) -> Callable[[View, str], float]:
    """Interpersonal variability; NaN for who acted too seldom."""

    def over_the_run(view: View, person: str) -> float:
        table = view.variability
        return float(table[statistic].get(person, _NAN))

    return over_the_run


def questionnaire(scale: str) -> Callable[[View, str], float]:
    """Score at the end of the run, without error of measurement."""

    def at_the_end(view: View, person: str) -> float:
        return float(view.questionnaires[scale][person])

    return at_the_end
