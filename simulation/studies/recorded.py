"""Measures that need the full recording of a run: each run of a block is cut out and measured by itself.

Slower than what is added up while running; used only for measures that cannot be had otherwise, such as questionnaires.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from simulation.recording.recording import Recording

if TYPE_CHECKING:
    from simulation.population.population import Population
    from simulation.studies.tally import Tally


@dataclass(frozen=True)
class Part:
    """The people of one run within a population of many: as much of a population as measures look at."""

    whole: Population
    first: int
    n_people: int
    names: Sequence[str] | None

    def name(self, person: int) -> str:
        """Name of a person."""
        return self.names[person] if self.names is not None else f"person-{person}"

    def column(self, name: str) -> Any:
        """[n] one quantity of everyone in the run."""
        return self.whole.column(name)[self.first : self.first + self.n_people]


def cut_out(tally: Tally, run: int, whole: Recording) -> Recording:
    """Return the recording of one run, cut out of that of all runs side by side."""
    side = tally.side
    variant = side.variants[run]
    first, size = int(side.first[run]), int(side.size[run])
    rows = whole.parts["rows"]
    there = (rows[:, 4] >= first) & (rows[:, 4] < first + size)
    own = rows[there].copy()
    own[:, 4] -= first
    own[:, 5] = np.where(own[:, 5] >= 0, own[:, 5] - first, own[:, 5])
    ties = [i for i, (owner, _) in enumerate(whole.watched_ties) if first <= owner < first + size]
    return Recording(
        case=variant.case,
        population=Part(tally.simulation.population, first, size, variant.roster.names),  # type: ignore[arg-type]
        dt=whole.dt,
        ticks=whole.ticks,
        engine=whole.engine,
        seconds_simulating=0.0,
        life_events=whole.life_events,
        session_words=whole.session_words,
        watched=list(range(size)),
        quantities=whole.quantities,
        every=whole.every,
        tie_fields=whole.tie_fields,
        tie_every=whole.tie_every,
        watched_ties=[(whole.watched_ties[i][0] - first, whole.watched_ties[i][1] - first) for i in ties],
        summed=[],
        parts={
            "sums": whole.parts["sums"],
            "samples": whole.parts["samples"][:, first : first + size],
            "tie_samples": whole.parts["tie_samples"][:, ties],
            "rows": own,
            "values": whole.parts["values"][there],
        },
    )


def measured(tally: Tally, name: str, people: Any) -> Any:
    """[runs] a measure of `simulation.measures` of one person of each run, by number; None is the mean of everyone."""
    from simulation.measures.registry import EVERYONE, measure

    found = np.empty(len(tally.side.size))
    for run in range(len(found)):
        recording = tally.cut(run)
        who = EVERYONE if people is None else recording.name(int(people[run] - tally.side.first[run]))
        found[run] = measure(recording, name, who)
    return found
