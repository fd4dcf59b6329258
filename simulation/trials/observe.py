"""Watching many patients at once: the features that questionnaires ask about, summed up while everyone lives.

`measures.window.features` reads them off a table with a row for every person and tick; for a trial of thousands that
table would be too large, so the same features are summed here day by day. A test holds the two against each other.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from simulation.measures.causes import HOSTILE
from simulation.measures.criteria import CRITERIA, CRITERIA_DAYS, criteria_met
from simulation.measures.instruments import scores
from simulation.measures.questionnaires import SCALES
from simulation.measures.window import FRANTIC, HIGH_ANGER, HIGH_DISSOCIATION, IMPULSIVE
from simulation.population.notes import CRISIS_OFF, CRISIS_ON
from simulation.population.simulation import Simulation
from simulation.theory.between import ACT, ANSWERED, HEARD, REACHED, REPLY
from simulation.theory.exchange import REPLY_VALENCE
from simulation.theory.layout import WISHES
from simulation.theory.mastery import ACT_AFFILIATION
from simulation.theory.states import ACTS, PERSONAL_STRATEGIES
from simulation.treatment.reach import Ints, Reach

if TYPE_CHECKING:
    import pandas as pd

Floats = NDArray[np.float64]

STATES = (
    "arousal", "anger", "shame", "sadness", "anxiety", "pain", "dissociation", "rumination", "dysregulation",
    "in_episode", "emptiness", "negative_self", "benevolent_self", "need_attachment", "monitoring_now",
    "differentiation_now", "decentring_now", "integration_now", "mastery_now",
)  # fmt: skip
"""States of which the mean over the window counts."""
LAST = ("rejection_sensitivity", "impulsivity")
ALSO = (
    "self_harm", "in_episode", "differentiation_now", "monitoring_now", "mastery_now", "dysregulation", "hostile_acts",
    "benevolent_self", "high_anger",
)  # fmt: skip
"""Features that are outcomes of their own."""
HARM = PERSONAL_STRATEGIES.index("self_harm")
_FRANTIC = np.isin(ACTS, FRANTIC)
_HOSTILE = np.isin(ACTS, HOSTILE)
_IMPULSIVE = [PERSONAL_STRATEGIES.index(name) for name in IMPULSIVE]
_ACT = np.array(ACT_AFFILIATION)
_REPLY = np.array(REPLY_VALENCE)
COUNTS = ("frantic", "hostile", "self_harm", "crises", "breaks", "percepts", "worse", *IMPULSIVE)
SPREAD = ("affect2", "affect", "self2", "self", "high_anger", "high_dissociation")


class Watch:
    """Sums of what patients live, by day, over the last `CRITERIA_DAYS` days.

    Args:
        reach: The patients.
        dt: Length of a tick in days.
        days: How many days are kept.
    """

    def __init__(self, reach: Reach, dt: float, days: float = CRITERIA_DAYS) -> None:
        self.reach, self.dt = reach, dt
        self.n = len(reach.patients)
        self.per_day = max(round(1.0 / dt), 1)
        self.days: deque[dict[str, Floats]] = deque(maxlen=round(days))
        population = reach.population
        ties = [population.ties_of(int(p)) for p in reach.patients]
        self.ties: Ints = np.array([t for own in ties for t in own], dtype=np.int64)
        self.owner: Ints = np.repeat(np.arange(self.n), [len(own) for own in ties])
        back = np.asarray(population.world.back, dtype=np.int64).reshape(-1)
        self.back: Ints = back[self.ties]
        self.tie_days: deque[Floats] = deque(maxlen=round(days))
        self.in_crisis = np.zeros(self.n, dtype=bool)
        self._today = self._blank()
        self._whole_day = True
        self._ticks = 0

    def _blank(self) -> dict[str, Floats]:
        return {name: np.zeros(self.n) for name in (*STATES, *SPREAD, *COUNTS)}

    def see(self, simulation: Simulation, counting: bool = True) -> None:
        """See the tick that has just been lived, and add it to the sums; days of which not all is added are dropped.

        Without ``counting`` only who is in a crisis is followed, so that it is known when counting begins.
        """
        r = self.reach
        r.population = simulation.population
        crisis = r.person("suicidal_crisis", r.patients)
        begins = ~self.in_crisis & (crisis > CRISIS_ON)
        self.in_crisis = (self.in_crisis | begins) & (crisis >= CRISIS_OFF)
        if counting:
            self._today["crises"] += begins
            self._add(simulation.tick - 1)
        self._whole_day = self._whole_day and counting
        self._ticks += 1
        if self._ticks % self.per_day == 0:
            if self._whole_day:
                self.days.append(self._today)
            self._today = self._blank()
            self._whole_day = True

    def _add(self, tick: int) -> None:
        r, today = self.reach, self._today
        value = dict(zip(STATES, r.people(STATES, r.patients), strict=True))
        for name, here in value.items():
            today[name] += here
        affect = (value["anger"] + value["shame"] + value["sadness"] + value["anxiety"]) / 4.0
        selves = value["negative_self"] - value["benevolent_self"]
        for name, here in (("affect", affect), ("self", selves)):
            today[name] += here
            today[name + "2"] += here * here
        today["high_anger"] += value["anger"] > HIGH_ANGER
        today["high_dissociation"] += value["dissociation"] > HIGH_DISSOCIATION
        coped = np.round(r.person("coped", r.patients)).astype(np.int64) - 1
        harm = coped == HARM
        today["self_harm"] += harm
        for name, code in zip(IMPULSIVE, _IMPULSIVE, strict=True):
            today[name] += coped == code
        self._encounters(tick)

    def see_ties(self) -> None:
        """Add the images of others as they are now; once a day, after the first tick of the day."""
        self.tie_days.append(self.reach.tie("good_image", self.ties) - self.reach.tie("bad_image", self.ties))

    def _encounters(self, tick: int) -> None:
        world = self.reach.population.world
        today = self._today
        for ties, mine in ((self.ties, True), (self.back, False)):
            news = world.news[tick & 1].reshape(-1)[ties]
            there = np.flatnonzero(news)
            if not len(there):
                continue
            turned = (news[there] // 2 == 1) | (news[there] // 2 == 2)
            today["breaks"] += np.bincount(self.owner[there[turned]], minlength=self.n)
            there = there[news[there] % 2 == 1]
            number = world.number.reshape(-1)[ties[there]].astype(np.int64)
            rows = np.repeat(world.first.reshape(-1)[ties[there]].astype(np.int64), number)
            rows = rows + np.arange(len(rows)) - np.repeat(np.cumsum(number) - number, number)
            who = np.repeat(self.owner[there], number)
            record = world.records[rows]
            act = record[:, ACT].astype(np.int64)
            if mine:
                today["frantic"] += np.bincount(who, _FRANTIC[act], self.n)
                today["hostile"] += np.bincount(who, _HOSTILE[act], self.n)
                gap = _REPLY[record[:, REPLY].astype(np.int64)] - record[:, ANSWERED]
            else:
                heard = record[:, REACHED] > 0.5
                who, gap = who[heard], (_ACT[act] - record[:, HEARD])[heard]
            today["percepts"] += np.bincount(who, minlength=self.n)
            today["worse"] += np.bincount(who, gap, self.n)

    def features(self, days: float) -> pd.DataFrame:
        """The columns of `measures.window.features` that questionnaires need, over the last ``days``, by row."""
        import pandas as pd

        kept = list(self.days)[-round(days) :]
        total = {name: sum((day[name] for day in kept), np.zeros(self.n)) for name in self._blank()}
        ticks = max(len(kept) * self.per_day, 1)
        month = 30.0 / max(len(kept), 1)
        r = self.reach
        mean = {name: total[name] / ticks for name in (*STATES, *SPREAD)}
        table: dict[str, Any] = {name: mean[name] for name in STATES}
        table["affect_spread"] = np.sqrt(np.maximum(mean["affect2"] - mean["affect"] ** 2, 0.0))
        table["self_spread"] = np.sqrt(np.maximum(mean["self2"] - mean["self"] ** 2, 0.0))
        table["high_anger"], table["high_dissociation"] = mean["high_anger"], mean["high_dissociation"]
        table["frantic_acts"], table["hostile_acts"] = month * total["frantic"], month * total["hostile"]
        table["impulsive_coping"] = month * sum(total[name] for name in IMPULSIVE)
        table["impulsive_areas"] = sum((total[name] > 0).astype(float) for name in IMPULSIVE)
        table["self_harm"], table["crises"] = month * total["self_harm"], month * total["crises"]
        table["breaks"] = month * total["breaks"]
        table["misreading"] = np.maximum(total["worse"] / np.maximum(total["percepts"], 1.0), 0.0)
        shares = []
        for wish in WISHES:
            bad, good = (r.person(f"{kind}_evidence_{wish}", r.patients) for kind in ("negative", "benevolent"))
            shares.append(bad / (bad + good))
        table["negative_share"] = np.mean(shares, axis=0)
        spread = np.std(np.array(list(self.tie_days)[-round(days) :]), axis=0) if self.tie_days else self.ties * 0.0
        held = np.maximum(np.bincount(self.owner, minlength=self.n), 1)
        table["image_spread"] = np.bincount(self.owner, spread, self.n) / held
        for name in LAST:
            table[name] = r.person(name, r.patients)
        return pd.DataFrame(table)

    def assess(
        self,
        groups: list[tuple[Ints, list[str]]],
        seed: int | None,
        occasion: int,
        answering: Mapping[str, float] | None = None,
    ) -> pd.DataFrame:
        """Every questionnaire score, the criteria, and `ALSO` over the last quarter of a year.

        Args:
            groups: Rows, and names of the patients in them; errors of measurement hang on the names, so the same
                patient in two arms has the same.
            seed, occasion: Of the errors; without a seed there are none.
            answering: By name, the way of answering where it is known.

        Returns:
            One row per patient, group after group.
        """
        import pandas as pd

        windows = {days: self.features(days) for days in {scale.days for scale in SCALES.values()}}
        quarter = self.features(CRITERIA_DAYS)
        tables = []
        for rows, names in groups:
            index = pd.Index(names, name="patient")
            own = {days: table.iloc[rows].set_axis(index) for days, table in windows.items()}
            lately = quarter.iloc[rows].set_axis(index)
            tables.append(
                scores(own, seed, occasion, answering=answering)
                .join(criteria_met(lately, CRITERIA, seed, occasion))
                .join(lately[list(ALSO)])
            )
        return pd.concat(tables).reset_index(drop=True)
