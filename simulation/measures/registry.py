"""Measures of one person in one run by name: what each is, and the one way to ask for it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from simulation.errors import InputError, nearest, quoted
from simulation.measures import scalars as m
from simulation.measures.momentary import inertia, mean_level, rmssd, within_variance
from simulation.measures.prompts import TooFew
from simulation.measures.questionnaires import RSQ_NORMS, SCALES
from simulation.measures.view import View, mean_or_nan

if TYPE_CHECKING:
    from simulation.recording.recording import Recording

EVERYONE = "everyone"
Row = tuple[str, str, str, float | None, float | None, str, Callable[[View, str], float]]
_THEORY = "definition: theory of the model; Salvatore et al. 2020, 10.1177/1534650120960234, Figure 1"
_STATE = "state of the model"
_JAHNG = "Jahng et al. 2008, 10.1037/a0014173"
_CIRCUMPLEX = "Moskowitz & Zuroff 2004, 10.1037/0022-3514.86.6.880"
_DSM = "DSM-5 as reprinted in Cochrane CD012955 appendix 1; levels ASSUMED"


@dataclass(frozen=True)
class Measure:
    """A number that one person's part in one run comes to.

    Attributes:
        name, unit, meaning, source: for people.
        low, high: range; None where there is no bound.
        function: of a view of the recording and the name of the person.
    """

    name: str
    meaning: str
    unit: str
    low: float | None
    high: float | None
    source: str
    function: Callable[[View, str], float] = field(repr=False, compare=False)


def _table(
    *rows: tuple[str, str, str, float | None, float | None, str, Callable[[View, str], float]],
) -> dict[str, Measure]:
    return {row[0]: Measure(*row) for row in rows}


MEASURES: Mapping[str, Measure] = _table(
    # episodes
    ("episodes", "episodes of dysregulation that began", "1", 0, None, _STATE, m.episodes),
    ("episodes_per_week", "episodes that began, per week", "1/week", 0, None, _STATE, m.episodes_per_week),
    ("episode_hours", "mean length of an episode that ended, in hours of the clock", "h", 0, None, _STATE, m.episode_hours),
    ("time_in_episode", "share of the time in an episode", "1", 0, 1, _STATE, m.time_in_episode),
    ("crises", "suicidal crises that began: a state of risk", "1", 0, None, _STATE, m.crises),
    # cycles and cascades
    ("cycles", "interpersonal cycles the person took part in", "1", 0, None, _THEORY, m.cycles),
    ("cycles_per_month", "interpersonal cycles per 30 days", "1/month", 0, None, _THEORY, m.cycles_per_month),
    ("cycle_turns", "mean number of turns of a cycle", "1", 1, None, _THEORY, m.cycle_turns),
    ("cycle_period", "mean time that one turn of a cycle takes", "day", 0, None, _THEORY, m.cycle_period),
    ("cycle_duration", "mean time from the first to the last hurt of a cycle", "day", 0, None, _THEORY, m.cycle_duration),
    ("cycles_repaired", "share of cycles that ended in repair", "1", 0, 1, _THEORY, m.cycles_repaired),
    ("cycles_started", "share of cycles the person began", "1", 0, 1, _THEORY, m.cycles_started),
    ("loop_gain", "mean number of turns that one perceived rejection starts", "1", 0, None, _THEORY, m.loop_gain),
    ("reproduction_number", "mean number of episodes in others that one episode pushes", "1", 0, None,
     "branching processes of contagion; Hill et al. 2010, 10.1371/journal.pcbi.1000968", m.reproduction_number),
    # what happened
    ("rejections_per_day", "perceived rejections per day", "1/day", 0, None, _STATE, m.rejections_per_day),
    ("contacts_per_day", "contacts per day, whoever began them", "1/day", 0, None, _STATE, m.contacts_per_day),
    ("hostile_acts_per_week", "angry demands and attacks per week", "1/week", 0, None, _STATE, m.hostile_acts_per_week),
    ("coping_per_month", "attempts to soothe alone, per 30 days", "1/month", 0, None, _STATE, m.coping_per_month),
    ("maladaptive_share", "share of attempts to soothe alone that carry a later cost", "1", 0, 1, _STATE, m.maladaptive_share),
    ("self_harm_per_month", "acts of self-harm per 30 days", "1/month", 0, None, _STATE, m.self_harm_per_month),
    ("ruptures", "ties of the person that broke, each time they did", "1", 0, None, _STATE, m.ruptures),
    ("strain", "mean wear on the person's ties, as they feel it", "1", 0, 1, _STATE, m.strain),
    ("trust", "mean trust of the person in those they have ties with", "1", 0, 1, _STATE, m.trust),
    # means over time
    *((f"mean_{q}", f"mean over time of {q.replace('_', ' ')}", "1", 0.0, 1.0, _STATE, m.mean_of(q)) for q in m.MEAN_OF),
    # momentary assessment, over every sampled tick
    ("negative_affect", "mean of anger, shame, sadness and anxiety", "1", 0, 1, _STATE, m.momentary(mean_level, "negative_affect")),
    ("affect_instability", "RMSSD of negative affect from tick to tick within days", "1", 0, 1, _JAHNG, m.momentary(rmssd, "negative_affect")),
    ("affect_variance", "within-person variance of negative affect", "1", 0, 1, _JAHNG, m.momentary(within_variance, "negative_affect")),
    ("affect_inertia", "lag-1 autoregression of negative affect within days", "1", None, None,
     "Kuppens et al. 2010, 10.1177/0956797610372634", m.momentary(inertia, "negative_affect")),
    ("rejection_anger", "within-person slope of anger on perceived rejection", "1", None, None,
     "Berenson et al. 2011, 10.1037/a0023335", m.slope("anger", "rejection")),
    ("rejection_shame", "within-person slope of shame on perceived rejection", "1", None, None,
     "as rejection_anger, for the other emotion of the theory", m.slope("shame", "rejection")),
    # the circumplex
    ("flux_affiliation", "standard deviation of the affiliation of acts", "1", 0, None, _CIRCUMPLEX, m.interpersonal("flux_affiliation")),
    ("flux_dominance", "standard deviation of the dominance of acts", "1", 0, None, _CIRCUMPLEX, m.interpersonal("flux_dominance")),
    ("pulse", "standard deviation of how extreme acts are", "1", 0, None, _CIRCUMPLEX, m.interpersonal("pulse")),
    ("spin", "circular standard deviation of the direction of acts", "rad", 0, None, _CIRCUMPLEX, m.interpersonal("spin")),
    # questionnaires, as proxies
    ("ders", "DERS total, proxy: difficulties in emotion regulation", "score", 36, 180, SCALES["ders_goals"].source, m.questionnaire("ders")),
    *((s.name, f"{s.meaning} (proxy)", "score", s.low, s.high, s.source, m.questionnaire(s.name)) for s in SCALES.values()),
    ("rsq", "rejection sensitivity, proxy: concern times expectation", "score", 1, 36, RSQ_NORMS, m.questionnaire("rsq")),
    ("criteria", "DSM-5 criteria of borderline personality disorder met, proxy; five are the threshold", "1", 0, 9, _DSM, m.questionnaire("criteria")),
    ("severity", "the nine criteria without thresholds, summed (proxy)", "1", 0, 9, _DSM, m.questionnaire("severity")),
)  # fmt: skip


def find_measure(name: str) -> Measure:
    """Return the measure of this name.

    Raises:
        InputError: there is none.
    """
    if name not in MEASURES:
        hint = nearest(name, MEASURES)
        raise InputError(
            f"{quoted(name)} is not a measure{hint}; `cycles measures` lists the {len(MEASURES)} there are"
        )
    return MEASURES[name]


def measure(recording: Recording, name: str, person: str | None = None) -> float:
    """Return one measure of one person in one run.

    NaN where it is not defined (the mean turn of no cycles), or the run is too short for it.

    Args:
        recording: what the run yielded.
        name: one of `MEASURES`.
        person: a watched person; None is the focal person of the case, or else the first watched; ``"everyone"`` is
            the mean over all watched people for whom it is defined.

    Raises:
        InputError: there is no such measure or person, or what it rests on was not recorded.
    """
    return measures(recording, [name], person)[name]


def measures(recording: Recording, names: Iterable[str] | None = None, person: str | None = None) -> dict[str, float]:
    """Return several measures (all by default) at once, which is quicker than one by one; see `measure`."""
    wanted = [find_measure(name) for name in (MEASURES if names is None else names)]
    view = View(recording)
    if person == EVERYONE:
        return {w.name: mean_or_nan([_value(w, view, name) for name in view.watched]) for w in wanted}
    who = view.protagonist if person is None else view.named(person)
    return {w.name: _value(w, view, who) for w in wanted}


def _value(wanted: Measure, view: View, person: str) -> float:
    try:
        return float(wanted.function(view, person))
    except TooFew:  # not defined for so little, like the mean of nothing
        return float("nan")
