"""The questionnaires as tables: which states stand behind each scale, and how they map onto its range.

A scale reads a *burden* in [0, 1], the weighted mean of features of a window of time (`window.features`), and maps it
onto its range by one straight line, the same for everyone (`instruments.score`). Two anchors fix it: the burden at
which a person scores like the healthy norm, and that at which they score like people with borderline personality
disorder. The scores at the anchors are published norms; the burdens are what the virtual cohorts `community` and `bpd`
carry (`experiments/anchor_questionnaires.py` reads them off), so ASSUMED. Where more of it is better (metacognition),
the "burden" is simply the amount.
These are proxies in a research and teaching model, not clinical instruments.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from simulation.measures.burden import Part


@dataclass(frozen=True)
class Anchors:
    """Where the line of a scale passes: burden and score of the healthy and of the clinical norm."""

    healthy_burden: float
    healthy_score: float
    clinical_burden: float
    clinical_score: float


@dataclass(frozen=True)
class Scale:
    """One scale of a questionnaire.

    Attributes:
        name, meaning, source: for people; the source is that of the norms.
        low, high: range of the score.
        days: length of the window it asks about.
        parts: what stands behind it.
        anchors: where its line passes.
        error: standard deviation of measurement error, in units of the score.
        style: standard deviation of what a person's way of answering adds, the same on every occasion, in units of the
            score.
    """

    name: str
    meaning: str
    low: float
    high: float
    days: float
    parts: tuple[Part, ...]
    anchors: Anchors
    error: float
    source: str
    style: float = 0.0


_DERS = (
    "Gratz & Roemer 2004, 10.1023/B:JOBA.0000007455.08539.94 (students, women; subscales from memory); BPD total "
    "134.48 (SD 22.33) in J Psychiatry Neurosci table 2, spread over subscales in proportion to their range: ASSUMED"
)
_DERS_ERROR = 22.33 * (1 - 0.93) ** 0.5  # total; alpha .93 (Gratz & Roemer 2004), .90 in Akinnawo 2022
_CLINICAL_ITEM = 134.48 / 36

METHOD_SHARE = 0.263
"""Share of the variance of a self-report, among unselected people, that is the person's way of answering: Cote &
Buckley 1987, 10.1177/002224378702400308, mean of 70 multitrait-multimethod studies. It goes with the person, not with
what is asked, so it is one quantity per person, stable in time, common to all questionnaires; interviews have none."""
_DERS_STYLE = (METHOD_SHARE**0.5) * 20.72  # SD of students (women), Gratz & Roemer 2004


def _ders(name: str, meaning: str, items: int, norm: float, burdens: tuple[float, float], *parts: Part) -> Scale:
    anchors = Anchors(burdens[0], norm, burdens[1], items * _CLINICAL_ITEM)
    error = _DERS_ERROR * (items / 36) ** 0.5  # independent errors of the subscales add up to that of the total
    style = _DERS_STYLE * items / 36  # one way of answering: it adds up
    return Scale(f"ders_{name}", meaning, items, 5 * items, 28, parts, anchors, error, _DERS, style)


_DERS_SCALES = (
    _ders("nonacceptance", "DERS: not accepting one's emotions", 6, 11.65, (0.012, 0.227),
          Part("shame", "distress about one's own distress is felt as shame"),
          Part("negative_self", "under the negative self-image feelings are proof of being flawed")),
    _ders("goals", "DERS: difficulty pursuing goals when upset", 5, 14.41, (0.185, 0.533),
          Part("rumination", "perseverative thinking takes the mind off what one wanted to do"),
          Part("mastery_now", "mastery is what carries on in spite of distress", lacking=True)),
    _ders("impulse", "DERS: difficulty controlling impulses when upset", 6, 10.82, (0.242, 0.568),
          Part("dysregulation", "control is lost in dysregulation"),
          Part("mastery_now", "mastery holds back the first impulse", lacking=True),
          Part("impulsivity", "the tendency to act at once")),
    _ders("awareness", "DERS: lack of emotional awareness", 6, 14.34, (0.363, 0.739),
          Part("monitoring_now", "monitoring is recognising what one feels", lacking=True)),
    _ders("strategies", "DERS: limited access to regulation strategies", 8, 16.16, (0.15, 0.51),
          Part("mastery_now", "knowing what helps, and doing it", lacking=True),
          Part("benevolent_self", "without a benevolent self-image nothing seems to help", lacking=True),
          Part("pain", "pain that could not be brought down")),
    _ders("clarity", "DERS: lack of emotional clarity", 5, 10.61, (0.24, 0.531),
          Part("monitoring_now", "naming a feeling needs monitoring", lacking=True),
          Part("integration_now", "mixed feelings are unclear without integration", lacking=True),
          Part("dissociation", "dissociation takes feelings away")),
)  # fmt: skip
DERS_SUBSCALES = tuple(scale.name for scale in _DERS_SCALES)

_OTHERS = (
    Scale("gsi", "SCL-90-R Global Severity Index: mean distress of 90 items over seven days", 0, 4, 7, (
        Part("sadness", "13 items of depression", 13),
        Part("anxiety", "10 items of anxiety, 7 of phobic anxiety", 17),
        Part("anger", "6 items of hostility", 6),
        Part("shame", "9 items of interpersonal sensitivity", 9),
        Part("rumination", "10 items of obsessive thoughts", 10),
        Part("arousal", "12 items of bodily complaints", 12),
        Part("emptiness", "10 items of psychoticism, at its mild end: alien to others, close to no one", 10),
    ), Anchors(0.1, 0.13, 0.348, 1.68), 0.55 * (1 - 0.96) ** 0.5,
        "BSI norms .13 (SD .13) and 1.68 (SD .55), 10.1007/s00406-016-0760-z Table 1; alpha .96 (clinical validation); "
        "items by dimension: Derogatis 1977 (6 of paranoid ideation and 7 of no dimension have no counterpart here)",
        METHOD_SHARE**0.5 * 0.13),
    Scale("rsq_concern", "rejection sensitivity: concern about rejection, mean item", 1, 6, 28, (
        Part("rejection_sensitivity", "to expect anxiously is the trait itself (Downey & Feldman 1996)"),
        Part("anxiety", "concern is anxiety over an outcome that matters"),
        Part("need_attachment", "an unmet wish makes the outcome matter"),
        Part("negative_share", "to one who holds little of the self, rejection would be proof"),
    ), Anchors(0.263, 5.8**0.5, 0.602, 15.3**0.5), 0.0,
        "split of the RSQ norm into equal factors: ASSUMED; 5.8: between healthy (5.2) and unscreened (8.6, 9.7)"),
    Scale("rsq_expectancy", "rejection sensitivity: expectation of rejection, mean item", 1, 6, 28, (
        Part("rejection_sensitivity", "readiness to expect rejection"),
        Part("negative_share", "what the schema has come to hold about the self in the eyes of others"),
    ), Anchors(0.24, 5.8**0.5, 0.704, 15.3**0.5), 0.0,
        "split of the RSQ norm into equal factors: ASSUMED"),
    Scale("metacognition", "metacognition: mean of five functions as they work, like an interview rating", 1, 5, 28, (
        Part("monitoring_now", "monitoring"),
        Part("differentiation_now", "differentiation"),
        Part("decentring_now", "decentring"),
        Part("integration_now", "integration"),
        Part("mastery_now", "mastery"),
    ), Anchors(0.25, 2.0, 0.75, 4.0), 0.2,
        "range and error ASSUMED; functions: Semerari et al. 2003"),
)  # fmt: skip

SCALES: Mapping[str, Scale] = {scale.name: scale for scale in (*_DERS_SCALES, *_OTHERS)}
"""Every scale by name. Total scores: `instruments.administer`."""

RSQ_NORMS = (
    "Bungert et al. 2015, 10.1186/s40479-015-0025-x: healthy 5.2 (SD 2.9), acute BPD 15.3 (SD 5.3); alpha .81 to .83 "
    "(Columbia Social Relations Lab)"
)
RSQ_ERROR = 3.07 * (1 - 0.82) ** 0.5
"""Standard deviation of measurement error of the rejection-sensitivity score: students' SD 3.07, reliability .82."""
RSQ_STYLE = METHOD_SHARE**0.5 * 3.07
"""What a person's way of answering adds to the rejection-sensitivity score (standard deviation): students' SD 3.07."""
