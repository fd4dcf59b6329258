"""What to record (a value), and what a run yields."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from simulation.population.notes import COUNTER_REACTION, EVENT_KINDS, FELT_REACTIONS, LIFE_EVENT, SESSION_EVENT
from simulation.theory.exchange import REPLIES
from simulation.theory.layout import PERSON
from simulation.theory.states import ACTS, PERSONAL_STRATEGIES, SELF_STATES

if TYPE_CHECKING:
    import pandas as pd

    from simulation.cases import Case
    from simulation.cases.happen import Happening
    from simulation.population.population import Population
    from simulation.population.simulation import Simulation

SUMMARIES = (
    "arousal", "anger", "shame", "sadness", "anxiety", "joy", "pain", "dissociation", "negative_self",
    "benevolent_self", "dysregulation", "in_episode", "suicidal_crisis",
)  # fmt: skip
"""Quantities whose mean over everyone is kept for every tick, unless told otherwise."""

COURSE = (
    *(q.name for q in PERSON.values() if q.kind == "start" or (q.kind == "state" and not q.name.startswith("due_"))),
    "window_of_tolerance",  # a trait, but therapy moves it
)
"""Quantities of watched people whose course is kept, unless told otherwise."""

TIE_COURSE = ("trust", "strain", "expected_response", "good_image", "bad_image", "last_behaviour", "alive", "ruptured")


@dataclass(frozen=True)
class Record:
    """What to record of a run.

    Attributes:
        watch: names or numbers of the people followed closely; None takes those the case names.
        quantities: of watched people, sampled every ``every`` ticks.
        tie_fields: of their ties, sampled every ``tie_every`` ticks; None means once a day.
        summaries: quantities whose mean over everyone is kept for every tick.
        events: whether causal events of watched people are kept.
    """

    watch: tuple[str | int, ...] | None = None
    quantities: tuple[str, ...] = COURSE
    every: int = 1
    tie_fields: tuple[str, ...] = TIE_COURSE
    tie_every: int | None = None
    summaries: tuple[str, ...] = SUMMARIES
    events: bool = True

    @classmethod
    def nothing(cls) -> Record:
        """Record nothing but the final state."""
        return cls(watch=(), quantities=(), tie_fields=(), summaries=(), events=False)


@dataclass
class Recording:
    """What one run yields. Tables are made when first asked for.

    Attributes:
        case: the fully resolved case.
        population: people and ties as they are at the end.
        dt: length of a tick in days.
        ticks: number of ticks carried out.
        engine: which engine ran.
        seconds_simulating: time spent in the engine.
        life_events: labels of the case's events, in the order of their codes.
        session_words: what events of a treatment can be about, in the order of the codes that they carry.
    """

    case: Case
    population: Population
    dt: float
    ticks: int
    engine: str
    seconds_simulating: float
    life_events: list[str]
    session_words: list[str]
    watched: list[int]
    quantities: list[str]
    every: int
    tie_fields: list[str]
    tie_every: int
    watched_ties: list[tuple[int, int]]
    summed: list[str]
    parts: dict[str, Any] = field(repr=False)

    @classmethod
    def of(
        cls,
        case: Case,
        simulation: Simulation,
        seconds: float,
        life_events: list[str],
        session_words: Sequence[str] = (),
    ) -> Recording:
        """Gather what a finished simulation kept."""
        population = simulation.population
        empty: dict[str, Any] = {
            "sums": np.zeros((0, len(simulation.sums))),
            "samples": np.zeros((0, len(simulation.watch), len(simulation.quantities))),
            "tie_samples": np.zeros((0, len(simulation.ties), len(simulation.tie_fields))),
            "rows": np.zeros((0, 8), dtype=np.int64),
            "values": np.zeros((0, 2)),
        }
        owners = {tie: int(p) for p in simulation.watch for tie in population.ties_of(int(p))}
        return cls(
            case=case,
            population=population,
            dt=simulation.dt,
            ticks=simulation.tick,
            engine=simulation.engine,
            seconds_simulating=seconds,
            life_events=life_events,
            session_words=list(session_words),
            watched=[int(p) for p in simulation.watch],
            quantities=simulation.quantities,
            every=simulation.every,
            tie_fields=simulation.tie_fields,
            tie_every=simulation.tie_every,
            watched_ties=[(owners[int(t)], population.other_of(int(t))) for t in simulation.ties],
            summed=simulation.sums,
            parts={key: np.concatenate([empty[key], *simulation.parts[key]]) for key in empty},
        )

    @property
    def person_ticks(self) -> int:
        """People times ticks."""
        return self.population.n_people * self.ticks

    @property
    def days(self) -> float:
        """Days simulated."""
        return self.ticks * self.dt

    def name(self, person: int) -> str:
        """Name of a person by number."""
        return self.population.name(person)

    @cached_property
    def happened(self) -> list[Happening]:
        """The events of the case up to the end of the run, in order of time.

        One that presupposes contact (`only_in_touch`) is among them only if it is on record that it took place.
        """
        from simulation.cases.happen import happenings

        if not self.case.events:
            return []
        rows = self.parts["rows"]
        noted = set(rows[rows[:, 3] == LIFE_EVENT, 6].tolist())
        return [
            happening
            for code, happening in enumerate(happenings(self.case))
            if happening.tick <= self.ticks and (code in noted or not happening.event.only_in_touch)
        ]

    @cached_property
    def trajectories(self) -> pd.DataFrame:
        """One row per sample and watched person: tick, day, person, and one column per quantity."""
        import pandas as pd

        samples = self.parts["samples"]
        return self._courses(pd, samples, self.every, {"person": self.watched}, self.quantities)

    @cached_property
    def ties(self) -> pd.DataFrame:
        """One row per sample and tie of a watched person: tick, day, person, other, and one column per field."""
        import pandas as pd

        samples = self.parts["tie_samples"]
        ends = {"person": [a for a, _ in self.watched_ties], "other": [b for _, b in self.watched_ties]}
        return self._courses(pd, samples, self.tie_every, ends, self.tie_fields)

    def _courses(self, pd: Any, samples: Any, every: int, keys: dict[str, list[int]], columns: list[str]) -> Any:
        times, rows, _ = samples.shape
        ticks = np.repeat(np.arange(times) * every, rows)
        frame = {"tick": ticks, "day": (ticks + 1) * self.dt}
        for key, people in keys.items():
            numbers = sorted(set(people))
            codes = np.searchsorted(numbers, np.tile(np.asarray(people, dtype=np.int64), times))
            frame[key] = pd.Categorical.from_codes(codes, pd.Index([self.name(p) for p in numbers], dtype=object))
        flat = samples.reshape(times * rows, len(columns))
        return pd.DataFrame({**frame, **{name: flat[:, j] for j, name in enumerate(columns)}})

    @cached_property
    def summaries(self) -> pd.DataFrame:
        """One row per tick: tick, day, and the mean over everyone of each summary quantity."""
        import pandas as pd

        sums = self.parts["sums"]
        ticks = np.arange(len(sums))
        means = sums / max(self.population.n_people, 1)
        columns = {name: means[:, j] for j, name in enumerate(self.summed)}
        return pd.DataFrame({"tick": ticks, "day": (ticks + 1) * self.dt, **columns})

    @cached_property
    def events(self) -> pd.DataFrame:
        """One row per event, in the order of their ids.

        Columns: ``id``; ``cause`` (id of the event that caused it, -1 if none); ``tick``; ``day``; ``kind`` (one of
        ``EVENT_KINDS``); ``person`` and ``other`` (names; other may be missing); ``what`` (the act, reply, strategy,
        self-state, life event, main module of a session, or counter-reaction of a therapist); ``felt`` (strongest felt
        reaction, of percepts of acts); ``perceived`` (valence in [-1, 1] of percepts; size of an episode, crisis or
        counter-reaction; pain left after coping); ``strength`` (of the felt reaction).
        """
        import pandas as pd

        rows, values = self.parts["rows"], self.parts["values"]
        kind = rows[:, 3]
        vocabulary = [
            *ACTS, *REPLIES, *PERSONAL_STRATEGIES, *SELF_STATES, "", *self.life_events, *self.session_words,
        ]  # fmt: skip
        words = {word: code for code, word in reversed(list(enumerate(vocabulary)))}
        unique = list(words)
        starts = (0, len(ACTS), len(ACTS) + len(REPLIES), len(ACTS) + len(REPLIES) + len(PERSONAL_STRATEGIES))
        blank = starts[3] + len(SELF_STATES)
        first = np.full(len(EVENT_KINDS), blank)
        first[:7] = [starts[0], starts[1], starts[0], starts[1], starts[2], starts[3], starts[3]]
        first[LIFE_EVENT] = blank + 1
        first[[SESSION_EVENT, COUNTER_REACTION]] = blank + 1 + len(self.life_events)
        said = (kind < 7) | np.isin(kind, (LIFE_EVENT, SESSION_EVENT, COUNTER_REACTION))
        what = np.where(said, rows[:, 6], 0) + first[kind]
        lookup = np.array([unique.index(word) for word in vocabulary])
        people = np.unique(rows[:, 4:6])
        people = people[people >= 0]
        names = pd.Index([self.name(int(p)) for p in people], dtype=object)

        def persons(column: Any) -> Any:
            return pd.Categorical.from_codes(
                np.where(column >= 0, np.searchsorted(people, np.maximum(column, 0)), -1), names
            )

        return pd.DataFrame(
            {
                "id": rows[:, 0],
                "cause": rows[:, 1],
                "tick": rows[:, 2],
                "day": (rows[:, 2] + 1) * self.dt,
                "kind": pd.Categorical.from_codes(kind, pd.Index(EVENT_KINDS)),
                "person": persons(rows[:, 4]),
                "other": persons(rows[:, 5]),
                "what": pd.Categorical.from_codes(lookup[what], pd.Index(unique)),
                "felt": pd.Categorical.from_codes(rows[:, 7], pd.Index(FELT_REACTIONS)),
                "perceived": values[:, 0],
                "strength": values[:, 1],
            }
        )

    def final(self, quantity: str) -> Any:
        """[n] one quantity of everyone at the end."""
        return self.population.column(quantity)

    def course(self, person: str, quantity: str) -> Any:
        """Series over days of one quantity of one watched person.

        Raises:
            KeyError: the person was not watched, or the quantity not recorded.
        """
        frame = self.trajectories
        rows = frame[frame["person"] == person]
        if rows.empty:
            raise KeyError(f"{person} was not watched in this run; watched: {', '.join(map(self.name, self.watched))}")
        return rows.set_index("day")[quantity]
