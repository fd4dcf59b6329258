"""All that makes up a population before anyone lives: what is built once, repeated, changed, and laid side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from simulation.population.population import CIRCUMSTANCE, Population
from simulation.theory.layout import CONSTANT, PERSON, TIE

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Column = Floats | float


@dataclass(frozen=True)
class Blueprint:
    """People and directed ties by name and number, as :meth:`Population.build` wants them.

    Attributes:
        n: number of people.
        identities: [n] stable numbers in [0, 2**32) that key each person's luck.
        tie_owner, tie_other, tie_wish: [ties] who holds the tie, toward whom, and which wish it answers (0-3); both
            directions of every relationship.
        person_values, person_constants: by name, one number or [n].
        tie_values: by name, one number or [ties].
        names: of the people, if they have any.
    """

    n: int
    identities: Ints
    tie_owner: Ints
    tie_other: Ints
    tie_wish: Ints
    person_values: Mapping[str, Column] = field(default_factory=dict)
    tie_values: Mapping[str, Column] = field(default_factory=dict)
    person_constants: Mapping[str, Column] = field(default_factory=dict)
    names: Sequence[str] | None = None

    def build(self, seed: int | Ints) -> Population:
        """Build the population; ``seed`` of the run, or one per person ([n]) when several runs lie side by side.

        Raises:
            ValueError: a tie without its reverse.
        """
        return Population.build(
            n=self.n,
            seed=seed,
            identities=self.identities,
            person_values=self.person_values,
            tie_owner=self.tie_owner,
            tie_other=self.tie_other,
            tie_wish=self.tie_wish,
            tie_values=self.tie_values,
            person_constants=self.person_constants,
            names=self.names,
        )

    def repeated(self, times: int) -> Blueprint:
        """The same people ``times`` over, side by side and unconnected; copy r has numbers r·n to r·n + n − 1.

        Names are left out: they would not tell the copies apart.
        """
        shift = np.repeat(np.arange(times, dtype=np.int64) * self.n, len(self.tie_owner))
        return Blueprint(
            n=self.n * times,
            identities=np.tile(self.identities, times),
            tie_owner=np.tile(self.tie_owner, times) + shift,
            tie_other=np.tile(self.tie_other, times) + shift,
            tie_wish=np.tile(self.tie_wish, times),
            person_values={name: _tiled(value, times) for name, value in self.person_values.items()},
            tie_values={name: _tiled(value, times) for name, value in self.tie_values.items()},
            person_constants={name: _tiled(value, times) for name, value in self.person_constants.items()},
        )

    def with_values(
        self, people: Mapping[str, Column] | None = None, constants: Mapping[str, Column] | None = None
    ) -> Blueprint:
        """The same with some values of people, or constants, replaced: one number or [n] each."""
        return replace(
            self,
            person_values={**self.person_values, **(people or {})},
            person_constants={**self.person_constants, **(constants or {})},
        )


def side_by_side(blueprints: Sequence[Blueprint]) -> tuple[Blueprint, Ints]:
    """Lay different runs next to one another in one population: a disconnected network that advances together.

    Everyone's luck is theirs alone (it hangs on their run's seed and their identity), so each run goes as it would by
    itself.

    Returns:
        The whole, and [runs] the number of the first person of each run.
    """
    sizes = np.array([b.n for b in blueprints], dtype=np.int64)
    first = np.cumsum(sizes) - sizes
    ties = np.array([len(b.tie_owner) for b in blueprints], dtype=np.int64)
    shift = np.repeat(first, ties)
    whole = Blueprint(
        n=int(sizes.sum()),
        identities=np.concatenate([b.identities for b in blueprints]),
        tie_owner=np.concatenate([b.tie_owner for b in blueprints]) + shift,
        tie_other=np.concatenate([b.tie_other for b in blueprints]) + shift,
        tie_wish=np.concatenate([b.tie_wish for b in blueprints]),
        person_values=_joined([b.person_values for b in blueprints], sizes, PERSON),
        tie_values=_joined([b.tie_values for b in blueprints], ties, TIE),
        person_constants=_joined([b.person_constants for b in blueprints], sizes, CONSTANT),
    )
    return whole, first


def _tiled(value: Column, times: int) -> Column:
    return value if isinstance(value, float | int) else np.tile(value, times)


def _joined(tables: Sequence[Mapping[str, Column]], sizes: Ints, quantities: Mapping[str, object]) -> dict[str, Column]:
    """Columns of all runs one after another; a run that says nothing of a quantity has its default."""
    joined: dict[str, Column] = {}
    for name in dict.fromkeys(name for table in tables for name in table):
        default = np.nan if name == CIRCUMSTANCE else quantities[name].default  # type: ignore[attr-defined]
        columns = [table.get(name, default) for table in tables]
        if all(isinstance(c, float | int) and c == columns[0] for c in columns):
            joined[name] = columns[0]
        else:
            joined[name] = np.concatenate(
                [np.broadcast_to(np.asarray(c, dtype=float), n) for c, n in zip(columns, sizes, strict=True)]
            )
    return joined
