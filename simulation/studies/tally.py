"""What came of many runs side by side: sums over time, final states, and the causal events of all of them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from simulation.measures.causes import HURT
from simulation.population.notes import EVENT_KINDS
from simulation.recording.recording import Recording
from simulation.recording.summary import negative_self_image
from simulation.studies.adding import AddingSimulation
from simulation.studies.columns import Side
from simulation.theory.states import ACTS
from simulation.treatment.courses import Courses

if TYPE_CHECKING:
    import pandas as pd

_PERCEPTS = [EVENT_KINDS.index(kind) for kind in ("percept_of_act", "percept_of_reply")]


@dataclass(frozen=True)
class Tally:
    """What measures need of runs side by side.

    Attributes:
        simulation: As it stands at the end of the measured time.
        side: Who belongs to which run.
        alive: [ties] whether each tie was in contact at the start.
        labels: Of life events, in the order of their codes.
        courses: Treatments.
    """

    simulation: AddingSimulation
    side: Side
    alive: Any
    labels: list[str]
    courses: Courses

    @property
    def days(self) -> float:
        """Days measured."""
        return self.simulation.ticks * self.simulation.dt

    @property
    def people(self) -> int:
        """People of all runs."""
        return self.simulation.population.n_people

    # ------------------------------------------------------------ plain counts of events

    @cached_property
    def _recorded(self) -> Recording:
        return Recording.of(self.side.variants[0].case, self.simulation, 0.0, self.labels, self.courses.labels)

    def cut(self, run: int) -> Recording:
        """The recording of one run."""
        if run not in self._cut:
            from simulation.studies.recorded import cut_out

            self._cut[run] = cut_out(self, run, self._recorded)
        return self._cut[run]

    @cached_property
    def _cut(self) -> dict[int, Recording]:
        return {}

    @cached_property
    def _rows(self) -> tuple[Any, Any]:
        """Events of the measured time: rows and values."""
        rows, values = self._recorded.parts["rows"], self._recorded.parts["values"]
        there = rows[:, 2] >= self.simulation.since
        return rows[there], values[there]

    def count(self, kind: str, what: tuple[str, ...] = ()) -> Any:
        """[people] events of a kind, of some acts only if given."""
        rows, _ = self._rows
        there = rows[:, 3] == EVENT_KINDS.index(kind)
        if what:
            there &= np.isin(rows[:, 6], [ACTS.index(act) for act in what])
        return self._per_person(rows[there, 4])

    def ruptures(self) -> Any:
        """[people] ties that broke, whoever broke them."""
        rows, _ = self._rows
        broken = rows[rows[:, 3] == EVENT_KINDS.index("rupture")]
        return self._per_person(broken[:, 4:6].reshape(-1))

    def rejections(self) -> Any:
        """[people] perceived rejections."""
        rows, values = self._rows
        return self._per_person(rows[np.isin(rows[:, 3], _PERCEPTS) & (values[:, 0] <= HURT), 4])

    def _per_person(self, people: Any) -> Any:
        return np.bincount(people, minlength=self.people).astype(float)

    # ------------------------------------------------------------ cycles and cascades, as `measures` defines them

    @cached_property
    def events(self) -> pd.DataFrame:
        """All events as a table; people are called by their numbers."""
        return self._recorded.events

    @cached_property
    def _cycles(self) -> pd.DataFrame:
        from simulation.measures.cycles import cycles_in

        found = cycles_in(self.events, self.simulation.tick * self.simulation.dt)
        return found[found["begins"] > self.simulation.since * self.simulation.dt]

    def cycles(self, what: str) -> Any:
        """[people] how many cycles a person took part in, or the mean of something over them (NaN without any)."""
        found = self._cycles
        one, other, began = (_numbers(found[column]) for column in ("person", "other", "initiator"))
        counts = self._per_person(one) + self._per_person(other)
        if what == "count":
            return counts
        if what == "started":
            sums = self._per_person(began)
        else:
            value = (found["ending"] == "repair") if what == "repaired" else found[what]
            weights = value.to_numpy(dtype=float)
            sums = np.bincount(one, weights, self.people) + np.bincount(other, weights, self.people)
        return sums / np.where(counts > 0, counts, np.nan)

    def loop_gain(self) -> Any:
        """[people] turns per perceived rejection."""
        from simulation.measures.cycles import turns_in

        turns = turns_in(self.events)
        turns = turns[turns["day"] > self.simulation.since * self.simulation.dt]
        hurts = self.rejections()
        return self._per_person(_numbers(turns["person"])) / np.where(hurts > 0, hurts, np.nan)

    @cached_property
    def _episodes(self) -> pd.DataFrame:
        from simulation.measures.cascades import episodes_in

        found = episodes_in(self.events)
        found = found[found["begins"] > self.simulation.since * self.simulation.dt]
        return found.assign(number=_numbers(found["person"]))

    def pushed_per_episode(self) -> Any:
        """[people] episodes in others that one episode of theirs pushed."""
        found = self._episodes
        own = self._per_person(found["number"].to_numpy())
        owner = found.set_index("id")["number"]
        pushers = found.loc[found["pushed_by"].isin(owner.index), "pushed_by"]
        return self._per_person(owner.loc[pushers].to_numpy()) / np.where(own > 0, own, np.nan)

    def cascades(self, what: str) -> Any:
        """[runs] something about the cascades of each run; see `outcomes`."""
        found = self._episodes
        runs = len(self.side.size)
        run = self.side.run_of[found["number"].to_numpy()]
        episodes = np.bincount(run, minlength=runs).astype(float)
        if what == "pushed":
            pushed = np.bincount(run, (found["pushed_by"] >= 0).to_numpy(dtype=float), runs)
            return pushed / np.where(episodes > 0, episodes, np.nan)
        if what == "struck":
            struck = np.unique(found["number"].to_numpy())
            return np.bincount(self.side.run_of[struck], minlength=runs) / self.side.size
        trees = found.assign(run=run).groupby(["run", "cascade"])
        if what in ("count", "size", "largest"):
            sizes = trees.size()
            chosen = {"count": "size", "size": "mean", "largest": "max"}[what]
            table = sizes.groupby("run").agg(chosen)
        elif what == "people":
            table = trees["number"].nunique().groupby("run").max()
        else:
            table = trees["generation"].max().groupby("run").max()
        empty = 0.0 if what == "count" else np.nan
        return table.reindex(range(runs), fill_value=empty).to_numpy(dtype=float)

    # ------------------------------------------------------------ how things stand at the end

    def of_patients(self, what: str) -> Any:
        """[people] something that courses of treatment keep of each patient; NaN for those without one."""
        found = np.full(self.people, np.nan)
        for course in self.courses.courses:
            found[course.reach.patients] = getattr(course, what)
        return found

    def together(self) -> Any:
        """[people] share of their ties alive at the start that are alive at the end; NaN without any."""
        population = self.simulation.population
        alive = population.tie_column("alive") > 0.5
        before = np.bincount(population.tie_owner, self.alive, self.people)
        still = np.bincount(population.tie_owner, self.alive & alive, self.people)
        return still / np.where(before > 0, before, np.nan)

    def negative_self_image(self) -> Any:
        """[people] negative share of the evidence about the self, mean over wishes."""
        return negative_self_image(self.simulation.population)


def _numbers(names: Any) -> Any:
    """Numbers of people from the names they have while running."""
    return np.array([int(name.rpartition("-")[2]) for name in names], dtype=np.int64)
