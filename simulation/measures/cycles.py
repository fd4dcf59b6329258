"""What an interpersonal cycle is, read off the causal event graph: the one definition used everywhere.

A *turn* is a chain of causes within one relationship: a person perceives rejection by the other, does something towards
them because of it, the other takes that in, does something rejecting in return (affiliation below 0), and the person
perceives rejection again. An *interpersonal cycle* is a set of turns that share percepts, at least one of which passes
through an episode of dysregulation of the person it turns through. Two people can turn the same cycle at once: each
one's hurt is a link in the other's turn; such turns belong to one cycle.

Source: Salvatore et al. 2020 (10.1177/1534650120960234), Figure 1; theory of interpersonal cycles: Safran & Segal 1990.
A chain that passes by the other's mind (they were not reached, and only seemed to reject) is no turn. A person who was
not watched has no episodes on record, so cycles through them alone are not seen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from simulation.measures.causes import WARM, Causes, causes_of, parent, spells_of
from simulation.theory.mastery import PERSONAL_COST
from simulation.theory.states import PERSONAL_STRATEGIES

if TYPE_CHECKING:
    import pandas as pd

HELPFUL = tuple(s for s, cost in zip(PERSONAL_STRATEGIES, PERSONAL_COST, strict=True) if cost == 0)
"""Ways of soothing without a later cost."""
ENDINGS = ("rupture", "repair", "regulation", "time", "open")
"""How a cycle can end, in order of precedence; `open`: the record ends less than the look-ahead after its last hurt."""
LOOK_AHEAD = 1.0
"""Days after the last perceived rejection in which to look for how a cycle ended. ASSUMED."""


def turns_in(events: pd.DataFrame) -> pd.DataFrame:
    """Return every turn on record, one row each, in order of its closing percept.

    Columns: ``person`` (who is hurt), ``other``; ``start`` and ``id`` (ids of the perceived rejection it starts from
    and the one it comes back as); ``between`` (id of the other's percept of what the person did); ``behaviour``
    (what the other did in return); ``day`` (of the closing percept), ``days`` (from the first percept to it, 0 or
    more); ``episode`` (whether the person was in an episode at some time between the two).
    """
    import pandas as pd

    causes = causes_of(events)
    rows, first, mind, answer = _closed(causes)
    spells = spells_of(causes)
    through = spells.covering(causes.person[rows], causes.tick[first], causes.tick[rows]) >= 0
    names = np.array([*causes.names, ""], dtype=object)
    return pd.DataFrame(
        {
            "person": names[causes.person[rows]],
            "other": names[causes.other[rows]],
            "start": causes.id[first],
            "between": causes.id[mind],
            "id": causes.id[rows],
            "behaviour": causes.what[answer],
            "day": causes.day[rows],
            "days": causes.day[rows] - causes.day[first],
            "episode": through,
        }
    )


def cycles_in(events: pd.DataFrame, days: float | None = None) -> pd.DataFrame:
    """Return every interpersonal cycle on record, one row each, in order of beginning.

    Args:
        events: as in `Recording.events`.
        days: length of the record, to tell what is still open at its end; None takes the last event.

    Returns:
        Columns: ``person`` and ``other`` (the pair; `person` is the one through whom it turned more often, of equals
        the one hurt first); ``turns`` (1 or more, of both together); ``mutual`` (whether it turned through both);
        ``begins``, ``ends`` (day of the first and the last perceived rejection), ``duration`` (days between them),
        ``period`` (mean days of a turn); ``initiator`` (who began: the other, if they did something rejecting on being
        reached or of their own accord; else the one who took as rejection what was none); ``ending`` (of `ENDINGS`).
    """
    import pandas as pd
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    causes = causes_of(events)
    rows, first, mind, _ = _closed(causes)
    columns = ("person", "other", "turns", "mutual", "begins", "ends", "duration", "period", "initiator", "ending")
    if not len(rows):
        return pd.DataFrame({column: [] for column in columns})
    links = (np.concatenate([first, mind]), np.concatenate([mind, rows]))
    size = len(causes.id)
    _, part = connected_components(coo_array((np.ones(len(links[0])), links), shape=(size, size)), directed=False)
    spells = spells_of(causes)
    through = spells.covering(causes.person[rows], causes.tick[first], causes.tick[rows]) >= 0
    kept = np.isin(part[rows], np.unique(part[rows][through]))
    rows, first = rows[kept], first[kept]
    end = float(days if days is not None else causes.day[-1])
    order = np.argsort(part[rows], kind="stable")
    groups = np.split(order, np.flatnonzero(np.diff(part[rows][order])) + 1) if len(order) else []
    after = _Aftermath(causes, end)
    table = [_cycle(causes, rows[group], first[group], after) for group in groups]
    frame = pd.DataFrame(table, columns=list(columns))
    return frame.sort_values("begins", kind="stable", ignore_index=True)


def loop_gain(events: pd.DataFrame, person: str | None = None) -> float:
    """Return the mean number of turns that one perceived rejection starts: how strongly the loop feeds itself.

    0 or more; at 1 or above, hurt sustains itself; with a gain g below 1 one hurt is followed by g/(1-g) further turns
    in expectation (branching process). Of one person's hurts, or everyone's. NaN if nobody perceived a rejection.
    Hurts close to the end of the record had less time to turn, so short records understate it.
    """
    causes = causes_of(events)
    rows, _, _, _ = _closed(causes)
    hurt = causes.hurt
    if person is not None:
        number = causes.number(person)
        hurt = hurt & (causes.person == number)
        rows = rows[causes.person[rows] == number]
    return len(rows) / hurt.sum() if hurt.any() else float("nan")


def turn_starts(events: pd.DataFrame) -> dict[int, int]:
    """Return for each percept that closes a turn, by id, the id of the percept from which the turn started."""
    causes = causes_of(events)
    rows, first, _, _ = _closed(causes)
    return dict(zip(causes.id[rows].tolist(), causes.id[first].tolist(), strict=True))


def _closed(causes: Causes) -> tuple[Any, Any, Any, Any]:
    """Rows of the closing percept, the percept it started from, the other's percept, the other's behaviour."""
    rows = np.flatnonzero(causes.hurt)
    answer = parent(causes, rows)
    mind = parent(causes, answer)
    deed = parent(causes, mind)
    first = parent(causes, deed)
    there = first >= 0
    rows, answer, mind, deed, first = (x[there] for x in (rows, answer, mind, deed, first))
    person, other = causes.person[rows], causes.other[rows]
    closed = causes.behaviour[answer] & causes.percept[mind] & causes.behaviour[deed] & causes.hurt[first]
    for step, who, whom in ((answer, other, person), (mind, other, person), (deed, person, other)):
        closed &= (causes.person[step] == who) & (causes.other[step] == whom)
    closed &= (causes.person[first] == person) & (causes.other[first] == other)
    closed &= causes.affiliation[answer] < 0
    return rows[closed], first[closed], mind[closed], answer[closed]


class _Aftermath:
    """Looks up what happened between two people after a day."""

    def __init__(self, causes: Causes, end: float) -> None:
        self.causes, self.end = causes, end
        self.marks = {
            "rupture": np.flatnonzero(causes.kind == "rupture"),
            "repair": np.flatnonzero((causes.kind == "reconciliation") | (causes.percept & (causes.perceived >= WARM))),
            "regulation": np.flatnonzero((causes.kind == "coping") & np.isin(causes.what, HELPFUL)),
        }

    def ending(self, pair: tuple[int, int], last: int) -> str:
        """How a cycle of a pair ended whose last perceived rejection stands in this row."""
        causes = self.causes
        for ending, rows in self.marks.items():
            until = np.searchsorted(causes.day, causes.day[last] + LOOK_AHEAD, side="right")
            later = rows[np.searchsorted(rows, last, side="right") : np.searchsorted(rows, until)]
            one = np.isin(causes.person[later], pair)
            if ending != "regulation":
                one &= np.isin(causes.other[later], pair)
            if one.any():
                return ending
        return "open" if causes.day[last] + LOOK_AHEAD > self.end else "time"


def _cycle(causes: Causes, rows: Any, first: Any, after: _Aftermath) -> tuple[Any, ...]:
    hurts = np.unique(np.concatenate([rows, first]))
    start, last = int(hurts[0]), int(hurts[-1])
    one, other = int(causes.person[start]), int(causes.other[start])
    own = int((causes.person[rows] == one).sum())
    person, partner = (one, other) if 2 * own >= len(rows) else (other, one)
    what = causes.cause[start]
    began = other if what >= 0 and _rejected(causes, int(what)) else one
    return (
        causes.names[person],
        causes.names[partner],
        len(rows),
        0 < own < len(rows),
        causes.day[start],
        causes.day[last],
        causes.day[last] - causes.day[start],
        float(np.mean(causes.day[rows] - causes.day[first])),
        causes.names[began],
        after.ending((one, other), last),
    )


def _rejected(causes: Causes, behaviour: int) -> bool:
    """Whether a behaviour was rejecting and meant: an act, or a reply of someone who was reached."""
    before = causes.cause[behaviour]
    reached = causes.kind[behaviour] == "act" or (before >= 0 and bool(causes.percept[before]))
    return reached and bool(causes.affiliation[behaviour] < 0)
