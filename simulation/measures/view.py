"""One recording as the scalar measures see it: what is computed once and shared by many of them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from simulation.errors import InputError, quoted
from simulation.measures.cascades import episodes_in
from simulation.measures.causes import PERCEPTS, checked_person
from simulation.measures.circumplex import places_of, variability
from simulation.measures.cycles import cycles_in, turns_in
from simulation.measures.instruments import administer
from simulation.measures.prompts import TooFew
from simulation.measures.sampling import Protocol, sample_as_study

if TYPE_CHECKING:
    import pandas as pd

    from simulation.recording.recording import Recording


@dataclass(frozen=True)
class View:
    """What measures need of a recording."""

    recording: Recording

    @cached_property
    def watched(self) -> tuple[str, ...]:
        """Names of the people who were followed closely.

        Raises:
            InputError: nobody was.
        """
        names = tuple(self.recording.name(person) for person in self.recording.watched)
        if not names:
            raise InputError(f"nobody was watched in this run of {quoted(self.recording.case.name)}, so no person can "
                             "be measured; name at least one person to watch")  # fmt: skip
        return names

    @cached_property
    def protagonist(self) -> str:
        """The focal person of the case if watched, else the first watched."""
        focal = self.recording.case.focal
        return focal if focal is not None and focal in self.watched else self.watched[0]

    def named(self, person: str) -> str:
        """Return a name that was watched.

        Raises:
            InputError: nobody of this name was.
        """
        return checked_person(self.watched, person)

    @property
    def days(self) -> float:
        """Days of the run."""
        return self.recording.days

    @cached_property
    def events(self) -> pd.DataFrame:
        """Causal events of watched people."""
        return self.recording.events

    @cached_property
    def _own(self) -> dict[Any, pd.DataFrame]:
        return dict(iter(self.events.groupby("person", observed=True)))

    def own(self, person: str, kind: str | tuple[str, ...], what: tuple[str, ...] | None = None) -> pd.DataFrame:
        """Events of a person of some kinds, and of some words if given."""
        mine = self._own.get(person, self.events.iloc[:0])
        mine = mine[mine["kind"].isin([kind] if isinstance(kind, str) else kind)]
        return mine if what is None else mine[mine["what"].isin(what)]

    def percepts(self, person: str) -> pd.DataFrame:
        """What a person perceived of others."""
        return self.own(person, PERCEPTS)

    def course(self, person: str, quantity: str) -> Any:
        """[samples] one quantity of one person over time.

        Raises:
            InputError: it was not recorded.
        """
        recording = self.recording
        if quantity not in recording.quantities or not len(recording.parts["samples"]):
            raise InputError(f"{quoted(quantity)} was not recorded of {quoted(person)} in this run, so nothing that "
                             "rests on it can be measured")  # fmt: skip
        at = self.watched.index(person)
        return recording.parts["samples"][:, at, recording.quantities.index(quantity)]

    def tie_mean(self, person: str, field: str) -> float:
        """Mean over time of one field over the ties of a person that are, or were until a rupture, in contact.

        NaN if the person has no such tie.

        Raises:
            InputError: it was not recorded.
        """
        recording = self.recording
        needed = [field, "alive", "ruptured"]
        if any(name not in recording.tie_fields for name in needed) or not len(recording.parts["tie_samples"]):
            raise InputError(f"{quoted(field)}, alive and ruptured were not all recorded of the ties of "
                             f"{quoted(person)} in this run, so it cannot be measured")  # fmt: skip
        owner = recording.watched[self.watched.index(person)]
        own = [i for i, (who, _) in enumerate(recording.watched_ties) if who == owner]
        values, alive, ruptured = (
            recording.parts["tie_samples"][:, own, recording.tie_fields.index(name)] for name in needed
        )
        close = (alive > 0.5) | (ruptured > 0.5)
        return float(values[close].mean()) if close.any() else float("nan")

    @cached_property
    def turns(self) -> pd.DataFrame:
        """Every turn of an interpersonal cycle."""
        return turns_in(self.events)

    @cached_property
    def cycles(self) -> pd.DataFrame:
        """Every interpersonal cycle."""
        return cycles_in(self.events, self.days)

    def cycles_of(self, person: str) -> pd.DataFrame:
        """Interpersonal cycles in which a person takes part."""
        return self.cycles[(self.cycles["person"] == person) | (self.cycles["other"] == person)]

    @cached_property
    def episodes(self) -> pd.DataFrame:
        """Every episode, and what pushed it."""
        return episodes_in(self.events)

    @cached_property
    def prompts(self) -> pd.DataFrame:
        """The whole run as if everyone were asked at the end of every sampled tick and always answered.

        Raises:
            TooFew: the run is shorter than a day.
        """
        days = int(self.days + 1e-9)
        if days < 1:
            raise TooFew(f"momentary statistics need a run of at least a day; this one has {self.days:g}")
        a_day = max(round(1 / (self.recording.dt * self.recording.every)), 1)
        return sample_as_study(self.recording, Protocol(a_day, days, "fixed", compliance=1.0), seed=0)

    @cached_property
    def questionnaires(self) -> pd.DataFrame:
        """What everyone would score at the end of the run, without error of measurement."""
        return administer(self.recording)

    @cached_property
    def variability(self) -> pd.DataFrame:
        """Interpersonal variability of everyone."""
        return variability(places_of(self.events))


def mean_or_nan(values: Any) -> float:
    """Mean of what is there, NaN if nothing is."""
    values = np.asarray(values, dtype=float)
    values = values[np.isfinite(values)]
    return float(values.mean()) if len(values) else float("nan")
