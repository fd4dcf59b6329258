"""Simulated questionnaires: what people would score, from features of a window of time. Proxies, not instruments.

`questionnaires` declares what stands behind each scale. The scores: ``ders`` (36 to 180) and its six subscales,
``gsi`` (0 to 4), ``rsq`` (1 to 36: mean concern times mean expectancy), ``metacognition`` (1 to 5), and from `criteria`
the nine DSM-5 criteria and their count.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from simulation.errors import InputError, quoted, quoted_list
from simulation.measures.burden import burden
from simulation.measures.criteria import CRITERIA, CRITERIA_DAYS, criteria_met
from simulation.measures.errors import errors_of, ways_of
from simulation.measures.questionnaires import DERS_SUBSCALES, RSQ_ERROR, RSQ_STYLE, SCALES, Scale
from simulation.measures.window import window_of

if TYPE_CHECKING:
    import pandas as pd

    from simulation.cases.model import Case
    from simulation.recording.recording import Recording

TOTALS = {"ders": (36.0, 180.0), "rsq": (1.0, 36.0)}
"""Range of the scores that are made of scales."""


def score(scale: Scale, table: pd.DataFrame) -> Any:
    """[people] score on a scale without error of measurement: on a straight line in the burden through the two anchors.

    Nobody scores beyond the ends of the range.

    Raises:
        InputError: the features lack one of the parts, or the anchors do not fix a line within the range.
    """
    a = scale.anchors
    if a.healthy_burden == a.clinical_burden or not all(
        scale.low < s < scale.high for s in (a.healthy_score, a.clinical_score)
    ):
        raise InputError(f"the anchors of {quoted(scale.name)} must be two different burdens with scores within "
                         f"{scale.low:g} to {scale.high:g}")  # fmt: skip
    along = (burden(scale.parts, table) - a.healthy_burden) / (a.clinical_burden - a.healthy_burden)
    return np.clip(a.healthy_score + (a.clinical_score - a.healthy_score) * along, scale.low, scale.high)


def scores(
    windows: Mapping[float, pd.DataFrame],
    seed: int | None = None,
    occasion: int = 0,
    scales: Mapping[str, Scale] = SCALES,
    answering: Mapping[str, float] | None = None,
) -> pd.DataFrame:
    """Return every questionnaire score of every person, one row per person (index).

    Args:
        windows: features (`window.features`) by length of the window in days; each scale takes the one it asks about.
        seed: of the error of measurement; None scores without error. A person's error depends on seed, person, scale
            and occasion only; a person's way of answering on seed and person only.
        occasion: number of the administration: each has errors of its own.
        scales: tables to score by; calibration passes its own.
        answering: by name of a person, the way of answering (`errors.ways_of`) where it is known; it is no error of
            measurement, so it counts without a seed too.

    Raises:
        InputError: a window or feature is missing.
    """
    import pandas as pd

    asked = list(dict.fromkeys(person for table in windows.values() for person in table.index))
    ways = pd.Series(ways_of(asked, seed, answering), index=asked)
    result = {}
    for scale in scales.values():
        table = _window(windows, scale.days)
        noise = scale.error * errors_of(list(table.index), seed, scale.name, occasion) + scale.style * ways[table.index]
        result[scale.name] = np.clip(score(scale, table) + noise, scale.low, scale.high)
    frame = pd.DataFrame(result)
    if set(DERS_SUBSCALES).issubset(frame):
        frame.insert(0, "ders", frame[list(DERS_SUBSCALES)].sum(axis=1))
    if {"rsq_concern", "rsq_expectancy"}.issubset(frame):
        noise = RSQ_ERROR * errors_of(list(frame.index), seed, "rsq", occasion) + RSQ_STYLE * ways[frame.index]
        frame["rsq"] = np.clip(frame["rsq_concern"] * frame["rsq_expectancy"] + noise, *TOTALS["rsq"])
    return frame


def administer(
    recording: Recording, until: float | None = None, seed: int | None = None, occasion: int = 0
) -> pd.DataFrame:
    """Give every questionnaire and the interview about criteria to every watched person.

    Args:
        recording: what the run yielded.
        until: day on which they are asked; None is the end of the run.
        seed, occasion: of the error of measurement, as in `scores`; that of the interview is the interviewer's.

    Returns:
        One row per person (index): all scores, each criterion (``criterion_…``, whether met) and ``criteria`` (0 to 9).

    Raises:
        InputError: nobody was watched, or something the scales rest on was not recorded.
    """
    lengths = {scale.days for scale in SCALES.values()}
    windows = {days: window_of(recording, days, until) for days in lengths}
    judged = criteria_met(window_of(recording, CRITERIA_DAYS, until), CRITERIA, seed, occasion)
    case: Case | None = recording.case  # there is none behind a cohort
    return scores(windows, seed, occasion, answering=case.answering if case else None).join(judged)


def _window(windows: Mapping[float, pd.DataFrame], days: float) -> pd.DataFrame:
    if days not in windows:
        raise InputError(f"a questionnaire asks about the last {days:g} days, but there is no such window among "
                         f"{quoted_list(sorted(windows))}")  # fmt: skip
    return windows[days]
