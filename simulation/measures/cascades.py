"""Cascades: how dysregulation travels from person to person, read off the causal event graph.

An episode of one person is *pushed* by an episode of another if, following the causes of its beginning backwards, one
comes upon something that the other did while in an episode; the nearest such counts. Episodes linked in this way form a
tree, a cascade. Only episodes of watched people are on record.

Source of the idea: theory.md section 7; reproduction number as in branching processes of contagion, with spontaneous
onset as in Hill et al. 2010 (10.1371/journal.pcbi.1000968).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simulation.measures.causes import causes_of, parent, spells_of

if TYPE_CHECKING:
    import pandas as pd

_LONGEST_CHAIN = 10_000  # causes followed back; each lies earlier in the record, so a chain always ends


def episodes_in(events: pd.DataFrame) -> pd.DataFrame:
    """Return every episode that began during the record, one row each, in order of beginning.

    Columns: ``id`` (of the event with which it begins), ``person``, ``begins`` and ``ends`` (days; NaN if still open),
    ``pushed_by`` (id of the episode of another person that pushed this one, -1 if none did), ``cascade`` (id of the
    episode at the root of its tree), ``generation`` (0 at the root).
    """
    import pandas as pd

    causes = causes_of(events)
    spells = spells_of(causes)
    count = len(spells.row)
    pushed = np.full(count, -1)
    step = parent(causes, spells.row)
    for _ in range(_LONGEST_CHAIN):
        looking = np.flatnonzero((step >= 0) & (pushed < 0))
        if not len(looking):
            break
        at = step[looking]
        actor = causes.person[at]
        found = spells.covering(actor, causes.tick[at], causes.tick[at])
        found = np.where(causes.behaviour[at] & (actor != spells.person[looking]), found, -1)
        # an episode can only be pushed by one that had begun before
        found = np.where((found >= 0) & (spells.row[np.maximum(found, 0)] < spells.row[looking]), found, -1)
        pushed[looking] = found
        step[looking] = np.where(found >= 0, -1, parent(causes, at))
    order = np.argsort(spells.row, kind="stable")
    root, generation = np.arange(count), np.zeros(count, dtype=np.int64)
    for i in order:  # a pusher comes before the pushed
        if pushed[i] >= 0:
            root[i], generation[i] = root[pushed[i]], generation[pushed[i]] + 1
    ids = causes.id[spells.row]
    names = np.array([*causes.names, ""], dtype=object)
    frame = pd.DataFrame(
        {
            "id": ids,
            "person": names[spells.person],
            "begins": causes.day[spells.row],
            "ends": np.where(spells.end >= 0, causes.day[spells.end], np.nan) if count else np.zeros(0),
            "pushed_by": np.where(pushed >= 0, ids[np.maximum(pushed, 0)], -1) if count else pushed,
            "cascade": ids[root],
            "generation": generation,
        }
    )
    return frame.iloc[order].reset_index(drop=True)


def cascades_in(events: pd.DataFrame) -> pd.DataFrame:
    """Return every cascade, one row each, in order of beginning; an episode that pushed nobody is one of size 1.

    Columns: ``cascade`` (id of its first episode), ``root`` (whose episode that is), ``size`` (episodes, 1 or more),
    ``people`` (different people), ``depth`` (generations after the root, 0 or more), ``begins`` (day), ``speed``
    (further episodes per day, from the first beginning to the last, which take at least one tick; NaN for size 1).
    """
    import pandas as pd

    episodes = episodes_in(events)
    if not len(episodes):
        return pd.DataFrame({c: [] for c in ("cascade", "root", "size", "people", "depth", "begins", "speed")})
    grouped = episodes.groupby("cascade", sort=False)
    size = grouped.size()
    lasted = (grouped["begins"].max() - grouped["begins"].min()).to_numpy()
    further = size.to_numpy() - 1
    tick = float(events["day"].iloc[-1]) / (int(events["tick"].iloc[-1]) + 1)
    speed = np.where(further > 0, further / np.maximum(lasted, tick), np.nan)
    return pd.DataFrame(
        {
            "cascade": size.index.to_numpy(),
            "root": grouped["person"].first().to_numpy(),
            "size": size.to_numpy(),
            "people": grouped["person"].nunique().to_numpy(),
            "depth": grouped["generation"].max().to_numpy(),
            "begins": grouped["begins"].first().to_numpy(),
            "speed": speed,
        }
    )


def reproduction_number(events: pd.DataFrame, person: str | None = None) -> float:
    """Return the mean number of further episodes, in other people, that one episode pushes directly: 0 or more.

    Of one person's episodes, or everyone's. Below 1 a cascade dies out. NaN if there was no episode. Episodes close to
    the end of the record had less time to push others.
    """
    episodes = episodes_in(events)
    own = episodes if person is None else episodes[episodes["person"] == person]
    if not len(own):
        return float("nan")
    return float(episodes["pushed_by"].isin(own["id"]).sum() / len(own))
