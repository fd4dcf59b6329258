"""Measures of many runs at once: the same definitions as `simulation.measures`, over all runs of a block together.

A name speaks of the focal person; `Robin.mean_anger` of somebody else; `everyone.mean_anger` is the mean over all
people for whom it is defined. Measures of a whole run, such as `cascade_size`, take no person.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from simulation.cases.model import Case
from simulation.cases.settings import EVERYONE
from simulation.errors import InputError, nearest, quoted, quoted_list
from simulation.studies.tally import Tally
from simulation.studies.targets import FOCAL
from simulation.theory.layout import PERSON
from simulation.theory.states import PERSONAL_STRATEGIES

MONTH = 30.0
ALWAYS = "time_in_episode"
"""Recorded in every study: phase diagrams need it."""
STATES = tuple(
    q.name
    for q in PERSON.values()
    if q.kind in ("trait", "start") or (q.kind == "state" and not q.name.startswith(("due_", "seek_")))
)


@dataclass(frozen=True)
class Outcome:
    """One measure.

    Attributes:
        name, meaning, unit: for people.
        function: of a tally; [people] for a measure of a person, [runs] for one of a run.
        added, moments, tie_added: states that have to be added up while running.
        events: whether it needs causal events.
        of_run: whether it is a measure of a whole run.
        recorded: whether it needs the full recording of each run; see `simulation.studies.recorded`.
    """

    name: str
    meaning: str
    unit: str
    function: Callable[[Tally], Any]
    added: tuple[str, ...] = ()
    moments: tuple[str, ...] = ()
    tie_added: tuple[str, ...] = ()
    events: bool = False
    of_run: bool = False
    recorded: bool = False


@dataclass(frozen=True)
class Asked:
    """A measure as a study asks for it: which, and of whom."""

    label: str
    who: str
    outcome: Outcome

    def values(self, tally: Tally) -> Any:
        """[runs] the measure of each run."""
        if self.outcome.recorded:
            from simulation.studies.recorded import measured

            return measured(tally, self.outcome.name, None if self.who == EVERYONE else tally.side.people(self.who))
        found = self.outcome.function(tally)
        if self.outcome.of_run:
            return found
        if self.who != EVERYONE:
            return found[tally.side.people(self.who)]
        there = np.isfinite(found)
        runs = len(tally.side.size)
        counts = np.bincount(tally.side.run_of, there, runs)
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.bincount(tally.side.run_of, np.where(there, found, 0.0), runs) / np.where(
                counts > 0, counts, np.nan
            )


def _rate(kind: str, days: float, what: tuple[str, ...] = ()) -> Callable[[Tally], Any]:
    return lambda tally: tally.count(kind, what) * days / tally.days


def _mean(name: str) -> Callable[[Tally], Any]:
    return lambda tally: tally.simulation.total(name) / tally.simulation.ticks


def _final(name: str) -> Callable[[Tally], Any]:
    return lambda tally: tally.simulation.population.column(name)


def _spread(name: str, which: int) -> Callable[[Tally], Any]:
    return lambda tally: tally.simulation.spread(name)[which]


def _uses(strategies: Sequence[str]) -> Callable[[Tally], Any]:
    columns = [PERSONAL_STRATEGIES.index(name) for name in strategies]
    return lambda tally: tally.simulation.uses()[:, columns].sum(axis=1) * MONTH / tally.days


def _maladaptive(tally: Tally) -> Any:
    from simulation.measures.cycles import HELPFUL

    uses = tally.simulation.uses()
    costly = [i for i, name in enumerate(PERSONAL_STRATEGIES) if name not in HELPFUL]
    with np.errstate(invalid="ignore"):
        return uses[:, costly].sum(axis=1) / np.where(uses.sum(axis=1) > 0, uses.sum(axis=1), np.nan)


def _dropped(tally: Tally) -> Any:
    attended = tally.of_patients("attended")
    return np.where(np.isnan(attended), np.nan, np.isfinite(tally.of_patients("dropped_at")).astype(float))


_EVENTS: dict[str, tuple[str, str, Callable[[Tally], Any]]] = {
    "episodes": ("episodes of dysregulation that began", "1", lambda t: t.count("episode_begins")),
    "episodes_per_week": ("episodes that began, per week", "1/week", _rate("episode_begins", 7)),
    "crises": ("suicidal crises that began: a state of risk", "1", lambda t: t.count("crisis_begins")),
    "cycles": ("interpersonal cycles the person took part in", "1", lambda t: t.cycles("count")),
    "cycles_per_month": ("interpersonal cycles per 30 days", "1/month", lambda t: t.cycles("count") * MONTH / t.days),
    "cycle_turns": ("mean number of turns of a cycle", "1", lambda t: t.cycles("turns")),
    "cycle_period": ("mean time that one turn of a cycle takes", "day", lambda t: t.cycles("period")),
    "cycle_duration": ("mean time from the first to the last hurt of a cycle", "day", lambda t: t.cycles("duration")),
    "cycles_repaired": ("share of cycles that ended in repair", "1", lambda t: t.cycles("repaired")),
    "cycles_started": ("share of cycles the person began", "1", lambda t: t.cycles("started")),
    "loop_gain": ("mean number of turns that one perceived rejection starts", "1", lambda t: t.loop_gain()),
    "reproduction_number": ("mean number of episodes in others that one episode of the person pushes", "1",
                            lambda t: t.pushed_per_episode()),
    "rejections_per_day": ("perceived rejections per day", "1/day", lambda t: t.rejections() / t.days),
    "contacts_per_day": ("contacts per day, whoever began them", "1/day",
                         lambda t: (t.count("act") + t.count("reply")) / t.days),
    "hostile_acts_per_week": ("angry demands and attacks per week", "1/week",
                              _rate("act", 7, ("angry_demand", "attack"))),
    "ruptures": ("ties of the person that broke, each time they did", "1", lambda t: t.ruptures()),
}  # fmt: skip
_RUNS: dict[str, tuple[str, str, str]] = {
    "cascades": ("cascades of episodes that began, those of a single episode included", "1", "count"),
    "cascade_size": ("mean number of episodes in a cascade", "1", "size"),
    "largest_cascade": ("episodes in the largest cascade", "1", "largest"),
    "cascade_people": ("people reached by the cascade that reached most", "1", "people"),
    "cascade_depth": ("generations of the deepest cascade, after its root", "1", "depth"),
    "pushed_share": ("pooled reproduction number: episodes that others' episodes pushed, per episode", "1", "pushed"),
    "people_in_episodes": ("share of people who had an episode", "1", "struck"),
}  # fmt: skip


def _fixed() -> dict[str, Outcome]:
    found = [Outcome(name, *about, events=True) for name, about in _EVENTS.items()]
    found += [
        Outcome(name, meaning, unit, lambda t, key=key: t.cascades(key), events=True, of_run=True)  # type: ignore[misc]
        for name, (meaning, unit, key) in _RUNS.items()
    ]
    found += [
        Outcome("time_in_episode", "share of the time in an episode", "1", _mean("in_episode"), added=("in_episode",)),
        Outcome("coping_per_month", "attempts to soothe alone, per 30 days", "1/month", _uses(PERSONAL_STRATEGIES)),
        Outcome("maladaptive_share", "share of attempts to soothe alone that carry a later cost", "1", _maladaptive),
        Outcome("strain", "mean wear on the person's ties, as they feel it", "1",
                lambda t: t.simulation.tie_means("strain"), tie_added=("strain",)),
        Outcome("trust", "mean trust of the person in those they have ties with", "1",
                lambda t: t.simulation.tie_means("trust"), tie_added=("trust",)),
        Outcome("together", "share of the person's ties at the start that are alive at the end", "1",
                lambda t: t.together()),
        Outcome("sessions_attended", "sessions of treatment that the person attended", "1",
                lambda t: t.of_patients("attended")),
        Outcome("dropped_out", "1 if the person left treatment before its end", "1", _dropped),
        Outcome("negative_self_image_at_end", "negative share of the evidence about the self at the end, mean over "
                "wishes", "1", lambda t: t.negative_self_image()),
    ]  # fmt: skip
    found += [
        Outcome(f"{name}_per_month", f"uses of {name.replace('_', ' ')} to soothe alone, per 30 days", "1/month",
                _uses([name]))
        for name in PERSONAL_STRATEGIES
    ]  # fmt: skip
    return {outcome.name: outcome for outcome in found}


FIXED: Mapping[str, Outcome] = _fixed()
FAMILIES = {
    "mean_": "mean over time of a state",
    "sd_": "standard deviation over time of a state",
    "inertia_": "autocorrelation of a state from one tick to the next",
    "final_": "value of a state or parameter at the end",
}
"""Measures that exist for every state: the beginning of their names."""


def outcome_named(name: str) -> Outcome | None:
    """Return the measure of this name, or None."""
    if name in FIXED:
        return FIXED[name]
    for prefix, meaning in FAMILIES.items():
        state = name.removeprefix(prefix)
        if state == name or state not in STATES:
            continue
        about = meaning.replace("a state or parameter", state).replace("a state", state).replace("_", " ")
        if prefix == "mean_":
            return Outcome(name, about, PERSON[state].unit, _mean(state), added=(state,))
        if prefix == "final_":
            return Outcome(name, about, PERSON[state].unit, _final(state))
        unit = PERSON[state].unit if prefix == "sd_" else "1"
        return Outcome(name, about, unit, _spread(state, 0 if prefix == "sd_" else 1), moments=(state,))
    from simulation.measures.registry import MEASURES

    if name not in MEASURES:
        return None
    about, unit = MEASURES[name].meaning, MEASURES[name].unit
    return Outcome(name, about, unit, lambda t: None, events=True, recorded=True)


def asked(names: Iterable[str], case: Case, place: str) -> list[Asked]:
    """Return the measures of a study, and `time_in_episode` besides.

    Raises:
        InputError: There is no such measure or person.
    """
    found = []
    for label in dict.fromkeys([*names, ALWAYS]):
        who, _, name = label.rpartition(".")
        outcome = outcome_named(name)
        if outcome is None:
            from simulation.measures.registry import MEASURES

            every = [*FIXED, *MEASURES, *(f"{prefix}{state}" for state in STATES for prefix in FAMILIES)]
            raise InputError(
                f"there is no measure called {quoted(name)}{nearest(name, every)} ({place}); there are "
                f"{quoted_list(FIXED, 50)}, {quoted_list([p + '…' for p in FAMILIES])} of every state, and what "
                "`cycles measures` lists"
            )
        if outcome.of_run and who:
            raise InputError(
                f"{quoted(name)} is a measure of a whole run, not of {quoted(who)} ({place}); write it alone"
            )
        if who and who != EVERYONE:
            from simulation.cases.roster import Roster

            try:
                Roster(case).number(who)
            except KeyError:
                known = [person.name for person in case.people]
                raise InputError(f"there is no person called {quoted(who)}{nearest(who, [*known, EVERYONE])} ({place}, "
                                 f"measure {quoted(label)})") from None  # fmt: skip
        found.append(Asked(label, who or FOCAL, outcome))
    return found
