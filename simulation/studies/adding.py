"""A simulation that adds up instead of keeping: sums over time of everyone's states, in memory that does not grow.

Imports the compiled loop, so it is imported only where runs are carried out.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from simulation.population.advance import advance
from simulation.population.compiled import compile_function, compiled
from simulation.population.population import Population
from simulation.population.simulation import Simulation
from simulation.theory import states as s
from simulation.theory import tie_states as ts
from simulation.theory.layout import LANES, PERSON, TIE

STRATEGIES = len(s.PERSONAL_STRATEGIES)
_advance = compiled(advance)


def _advance_and_add(
    w, notes, tape, tick, ticks, dt, first_tick, rows, sums, moment_rows, moments, last, coped, tie_rows, tie_sums,
    close, tie_every,
):  # fmt: skip
    for step in range(ticks):
        done, reason = _advance(w, notes, tape, tick + step, 1, dt, first_tick)
        if done == 0:
            return step, reason
        for page in range(len(w.persons)):
            p = w.persons[page]
            total = sums[page]
            for j in range(len(rows)):
                row = rows[j]
                for o in range(LANES):
                    total[j * LANES + o] += p[row + o]
            for j in range(len(moment_rows)):
                row = moment_rows[j]
                for o in range(LANES):
                    x = p[row + o]
                    moments[0][page][j * LANES + o] += x
                    moments[1][page][j * LANES + o] += x * x
                    moments[2][page][j * LANES + o] += x * last[page][j * LANES + o]
                    last[page][j * LANES + o] = x
            for o in range(LANES):
                code = int(p[s.COPED + o])
                if code > 0:
                    coped[page][(code - 1) * LANES + o] += 1
        if len(tie_rows) and (tick + step) % tie_every == 0:
            for page in range(len(w.ties)):
                t = w.ties[page]
                for a in range(LANES):
                    if t[ts.ALIVE + a] > 0.5 or t[ts.RUPTURED + a] > 0.5:
                        close[page][a] += 1
                        for j in range(len(tie_rows)):
                            tie_sums[page][j * LANES + a] += t[tie_rows[j] + a]
    return ticks, 0


class AddingSimulation(Simulation):
    """A compiled simulation that adds up states of everyone over time, for means that need no storage.

    Args:
        population: People and ties; changed in place.
        dt: Length of a tick in days.
        added: Names of states whose sum over time is kept.
        moments: Names of states of which variance and autocorrelation are asked for.
        tie_added: Names of tie fields whose sum over time is kept, over ties in contact or ruptured, once a day.
        more: Passed on to `Simulation`.
    """

    def __init__(
        self,
        population: Population,
        dt: float,
        added: Sequence[str] = (),
        moments: Sequence[str] = (),
        tie_added: Sequence[str] = (),
        **more: Any,
    ) -> None:
        self.added, self.moment_names, self.tie_added = list(added), list(moments), list(tie_added)
        pages, tie_pages = len(population.world.persons), len(population.world.ties)
        self._rows = np.array([PERSON[name].offset for name in added], dtype=np.int64)
        self._sums = np.zeros((pages, len(added) * LANES))
        self._moment_rows = np.array([PERSON[name].offset for name in moments], dtype=np.int64)
        self._moments = np.zeros((3, pages, len(moments) * LANES))
        self._last = np.zeros((pages, len(moments) * LANES))
        self._coped = np.zeros((pages, STRATEGIES * LANES), dtype=np.int64)
        self._tie_rows = np.array([TIE[name].offset for name in tie_added], dtype=np.int64)
        self._tie_sums = np.zeros((tie_pages, len(tie_added) * LANES))
        self._close = np.zeros((tie_pages, LANES), dtype=np.int64)
        self.since = 0
        super().__init__(population, dt, **more)
        self._begin_moments()

    def start_over(self) -> None:
        """Forget what was added up so far: what comes from now on is measured."""
        for array in (self._sums, self._moments, self._coped, self._tie_sums, self._close):
            array[...] = 0
        self._begin_moments()
        self.since = self.tick

    def _begin_moments(self) -> None:
        """The value before the first tick stands in for its predecessor."""
        for j, name in enumerate(self.moment_names):
            offset = PERSON[name].offset
            self._last[:, j * LANES : (j + 1) * LANES] = self.world.persons[:, offset : offset + LANES]

    def _call(self, function: Callable[..., Any], *arguments: Any) -> Any:
        if function is not advance:
            return super()._call(function, *arguments)
        return compiled_adding()(
            *arguments, self._rows, self._sums, self._moment_rows, self._moments, self._last, self._coped,
            self._tie_rows, self._tie_sums, self._close, max(round(1 / self.dt), 1),
        )  # fmt: skip

    # ------------------------------------------------------------ what was added up

    @property
    def ticks(self) -> int:
        """Ticks that were added up."""
        return self.tick - self.since

    def total(self, name: str) -> Any:
        """[n] sum over the ticks of one state."""
        return self._people(self._sums, self.added.index(name))

    def spread(self, name: str) -> tuple[Any, Any]:
        """[n] standard deviation over time, and autocorrelation from tick to tick (NaN without variation)."""
        j, ticks = self.moment_names.index(name), max(self.ticks, 1)
        first, second, lagged = (self._people(self._moments[i], j) / ticks for i in range(3))
        variance = np.maximum(second - first * first, 0.0)
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.sqrt(variance), np.where(variance > 1e-12, (lagged - first * first) / variance, np.nan)

    def uses(self) -> Any:
        """[n, strategies] how often each personal strategy was used."""
        return np.stack([self._people(self._coped, j) for j in range(STRATEGIES)], axis=1)

    def tie_means(self, name: str) -> Any:
        """[n] mean over time and over a person's ties that are, or were until a rupture, in contact; NaN without."""
        population = self.population
        at = population.tie_number
        j = self.tie_added.index(name)
        sums = self._tie_sums.reshape(-1, max(len(self.tie_added), 1), LANES)[at // LANES, j, at % LANES]
        counts = self._close[at // LANES, at % LANES].astype(float)
        n = population.n_people
        by_person = np.bincount(population.tie_owner, counts, n)
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.bincount(population.tie_owner, sums, n) / np.where(by_person > 0, by_person, np.nan)

    def _people(self, array: Any, j: int) -> Any:
        return array[:, j * LANES : (j + 1) * LANES].reshape(-1)[: self.population.n_people]


def compiled_adding() -> Callable[..., Any]:
    """The compiled loop that adds up; made at the first call, kept on disk like the loop it drives."""
    global _compiled
    if _compiled is None:
        _compiled = compile_function(_advance_and_add)
    return _compiled


_compiled: Callable[..., Any] | None = None
