"""Simulated questionnaires: anchors, ranges, error of measurement, and that they say what they rest on."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.cases.model import PersonSpec
from simulation.errors import InputError
from simulation.measures.burden import Part, burden
from simulation.measures.criteria import CRITERIA, CRITERION_ERROR, DIAGNOSIS, criteria_met
from simulation.measures.instruments import administer, score, scores
from simulation.measures.questionnaires import DERS_SUBSCALES, METHOD_SHARE, SCALES, Anchors
from simulation.measures.window import MEANINGS, features, window_of
from tests.measures.conftest import course, encounter, events_of

FEATURES = sorted({part.feature for scale in SCALES.values() for part in scale.parts})
ITEMS = {"nonacceptance": 6, "goals": 5, "impulse": 6, "awareness": 6, "strategies": 8, "clarity": 5}


def people(**values):
    """Features of people; those not given are 0.5."""
    size = len(next(iter(values.values()))) if values else 1
    table = {feature: values.get(feature, np.full(size, 0.5)) for feature in FEATURES}
    return pd.DataFrame(table, index=[f"p{i}" for i in range(size)])


def windows(table):
    return dict.fromkeys((7, 28), table)


def test_burden_by_hand():
    parts = (Part("a", ""), Part("b", "", weight=3, lacking=True), Part("c", "", full=4))
    table = pd.DataFrame({"a": [0.2, 1.0], "b": [0.5, 0.0], "c": [2.0, 9.0]})
    assert burden(parts, table).tolist() == pytest.approx([(0.2 + 3 * 0.5 + 0.5) / 5, 1.0])
    with pytest.raises(InputError, match='needs "c"'):
        burden(parts, table.drop(columns="c"))


@pytest.mark.parametrize("name", SCALES)
def test_every_scale_passes_through_its_anchors(name):
    scale = SCALES[name]
    one = replace(scale, parts=(Part("load", ""),))
    a = scale.anchors
    table = pd.DataFrame({"load": [a.healthy_burden, a.clinical_burden]})
    assert score(one, table).tolist() == pytest.approx([a.healthy_score, a.clinical_score])
    curve = score(one, pd.DataFrame({"load": np.linspace(0, 1, 201)}))
    assert ((curve >= scale.low) & (curve <= scale.high)).all()
    rising = np.sign(a.clinical_score - a.healthy_score) * np.sign(a.clinical_burden - a.healthy_burden)
    assert (rising * np.diff(curve) >= 0).all()
    assert scale.source and all(part.reason for part in scale.parts)


def test_a_scale_is_a_line_that_ends_where_its_range_does():
    scale = replace(SCALES["ders_goals"], parts=(Part("load", ""),), anchors=Anchors(0.2, 10, 0.8, 20))
    loads = pd.DataFrame({"load": [0.0, 0.5, 1.0]})
    assert score(scale, loads).tolist() == pytest.approx([10 - 0.2 / 0.06, 15, 20 + 0.2 / 0.06])
    steep = replace(scale, anchors=Anchors(0.4, 10, 0.6, 20))
    assert score(steep, loads).tolist() == pytest.approx([scale.low, 15, scale.high])
    for wrong in (Anchors(0.2, 10, 0.2, 20), Anchors(0.2, 10, 0.8, scale.high), Anchors(0.2, scale.low, 0.8, 20)):
        with pytest.raises(InputError, match="two different burdens"):
            score(replace(scale, anchors=wrong), loads)


def test_ranges_of_the_ders():
    for name, items in ITEMS.items():
        assert (SCALES[f"ders_{name}"].low, SCALES[f"ders_{name}"].high) == (items, 5 * items)
    assert sum(ITEMS.values()) == 36 and set(DERS_SUBSCALES) == {f"ders_{name}" for name in ITEMS}
    healthy = sum(SCALES[name].anchors.healthy_score for name in DERS_SUBSCALES)
    clinical = sum(SCALES[name].anchors.clinical_score for name in DERS_SUBSCALES)
    assert (healthy, clinical) == (pytest.approx(77.99), pytest.approx(134.48))


@given(st.lists(st.tuples(*[st.floats(0, 1)] * len(FEATURES)), min_size=1, max_size=4), st.integers(0, 9999))
def test_scores_stay_in_range_and_add_up(rows, seed):
    table = pd.DataFrame(rows, columns=FEATURES, index=[f"p{i}" for i in range(len(rows))])
    for chance in (None, seed):
        found = scores(windows(table), chance)
        assert found["ders"].to_numpy() == pytest.approx(found[list(DERS_SUBSCALES)].sum(axis=1).to_numpy())
        assert found["ders"].between(36, 180).all() and found["rsq"].between(1, 36).all()
        for name, scale in SCALES.items():
            assert found[name].between(scale.low, scale.high).all()
    one = scores(windows(table.iloc[[-1]]), seed)
    assert one.iloc[0].to_dict() == found.iloc[-1].to_dict()  # errors are a person's own


@pytest.mark.parametrize(
    ("feature", "scale", "direction"),
    [("monitoring_now", "ders_awareness", -1), ("shame", "ders_nonacceptance", 1), ("sadness", "gsi", 1),
     ("rejection_sensitivity", "rsq", 1), ("decentring_now", "metacognition", 1), ("rumination", "ders", 1)],
)  # fmt: skip
def test_directions(feature, scale, direction):
    found = scores(windows(people(**{feature: np.array([0.1, 0.3])})))[scale]
    assert direction * (found.iloc[1] - found.iloc[0]) > 0


def test_error_of_measurement_has_the_published_size():
    little = dict.fromkeys(("sadness", "anxiety", "anger", "arousal", "emptiness", "dissociation"), np.full(2000, 0.15))
    table = people(shame=np.full(2000, 0.5), **little)  # far from both ends of every scale: no noise is cut off
    first, second = (scores(windows(table), seed=1, occasion=o) for o in (0, 1))
    change = (second - first) / 2**0.5  # the way of answering is the same on both occasions
    assert change["ders"].std() == pytest.approx(22.33 * 0.07**0.5, rel=0.06)
    assert change["gsi"].std() == pytest.approx(0.55 * 0.04**0.5, rel=0.06)
    assert change["rsq"].std() == pytest.approx(3.07 * 0.18**0.5, rel=0.06)


def test_a_way_of_answering_that_is_known_takes_the_place_of_luck():
    table = people(shame=np.full(3, 0.5), sadness=np.full(3, 0.15))
    first, *others = table.index
    true = scores(windows(table))
    known = scores(windows(table), answering={first: -1.0})
    assert true.loc[first, "ders"] - known.loc[first, "ders"] == pytest.approx((METHOD_SHARE**0.5) * 20.72)
    assert known.loc[others].equals(true.loc[others])
    one, another = (scores(windows(table), seed=seed, answering={first: -1.0}) for seed in (1, 2))
    lucky = scores(windows(table), seed=1)
    assert one.loc[others].equals(lucky.loc[others]) and not one.loc[first].equals(lucky.loc[first])
    assert abs(one.loc[first, "ders"] - another.loc[first, "ders"]) < 4 * 2**0.5 * 22.33 * 0.07**0.5  # error is left


def test_a_way_of_answering_is_a_quarter_of_the_variance_and_stays():
    little = dict.fromkeys(("sadness", "anxiety", "anger", "arousal", "emptiness", "dissociation"), np.full(4000, 0.15))
    table = people(shame=np.full(4000, 0.5), **little)
    first, second = (scores(windows(table), seed=1, occasion=o) for o in (0, 1))
    for name, spread in (("ders", 20.72), ("gsi", 0.13), ("rsq", 3.07)):  # of unselected people
        stable = np.cov(first[name], second[name])[0, 1]
        assert stable == pytest.approx(METHOD_SHARE * spread**2, rel=0.2)
    assert np.corrcoef(first["ders"] + second["ders"], first["rsq"] + second["rsq"])[0, 1] > 0.5  # one way for all
    assert abs(np.corrcoef(first["metacognition"], second["metacognition"])[0, 1]) < 0.07  # an interview
    assert scores(windows(table), seed=1)["ders"].equals(first["ders"])


def test_features_by_hand():
    ties = pd.DataFrame(
        {"day": [1.0, 2.0], "person": "A", "other": "B", "good_image": [0.8, 0.2], "bad_image": [0.2, 0.8]}
    )
    rows = encounter("A", "B", "clinging", 0.1, "warmth", 0.25, -1, 9, 0)
    rows += [("coping", "A", None, w, 0.1, -1, 10) for w in ("alcohol", "self_harm", "alcohol")]
    rows += [("crisis_begins", "A", None, "", 0.5, -1, 10), ("rupture", "B", "A", "", 0.0, -1, 3)]
    rows.sort(key=lambda row: row[-1])
    events = events_of(rows)
    events["cause"] = -1
    frame = course(np.arange(16.0), anger=[0.0] * 12 + [0.9] * 4, shame=0, sadness=0, anxiety=0, joy=0.5)
    found = features(frame, 1.0, events=events, ties=ties).loc["A"]
    assert found["x"] == pytest.approx(np.mean(np.arange(8, 16)))  # the last day only
    assert found["high_anger"] == 0.5 and found["negative_affect"] == pytest.approx(0.9 / 8)
    assert found["affect_spread"] == pytest.approx(0.9 / 8)
    assert found[["frantic_acts", "impulsive_coping", "impulsive_areas", "self_harm", "crises", "breaks"]].tolist() == [
        30, 60, 1, 30, 30, 0,
    ]  # fmt: skip
    assert found["misreading"] == pytest.approx(0.75 - 0.25)
    assert found["image_spread"] == 0  # one sample of the tie in the last day
    two_days = features(frame, 2.0, events=events, ties=ties).loc["A"]
    assert two_days["image_spread"] == pytest.approx(0.6) and two_days["breaks"] == 15
    with pytest.raises(InputError, match="no row in the 1 days before day 9"):
        features(frame, 1.0, until=9.0)


def test_criteria_by_hand():
    parts = {part.feature for criterion in CRITERIA for part in criterion.parts}
    calm = dict.fromkeys(parts, 0.0) | {"integration_now": 1.0}
    wild = dict.fromkeys(parts, 99.0) | {"integration_now": 0.0}
    empty = calm | {"emptiness": 0.75, "self_harm": 0.34}
    found = criteria_met(pd.DataFrame([calm, wild, empty], index=["calm", "wild", "empty"]))
    assert found["criteria"].to_dict() == {"calm": 0, "wild": 9, "empty": 2}
    assert found.loc["empty", ["criterion_emptiness", "criterion_self_harm"]].all()
    assert found["severity"].to_dict() == pytest.approx({"calm": 0, "wild": 9, "empty": 1.5})
    assert len(CRITERIA) == 9 and DIAGNOSIS == 5


def test_interviewers_err_alike_for_a_seed_and_by_the_published_size():
    parts = {part.feature: part.full / 2 for criterion in CRITERIA for part in criterion.parts}
    table = pd.DataFrame([parts] * 2000, index=[f"p{i}" for i in range(2000)])
    exact, first, again, later = (
        criteria_met(table, CRITERIA, seed, occasion)["severity"]
        for seed, occasion in ((None, 0), (3, 0), (3, 0), (3, 1))
    )
    assert first.equals(again) and not first.equals(later)
    error = first - exact
    assert abs(error.mean()) < 0.03
    assert error.std() == pytest.approx(CRITERION_ERROR * 9**0.5, rel=0.1)
    assert abs(np.corrcoef(error, later - exact)[0, 1]) < 0.1


def test_of_a_run(dyad):
    found = administer(dyad)
    assert list(found.index) == ["Alex", "Robin"] and not found.isna().any(axis=None)
    # Alex has the bpd profile, Robin a reactive one
    for name, direction in (("ders", 1), ("gsi", 1), ("rsq", 1), ("criteria", 1), ("metacognition", -1)):
        assert direction * (found.loc["Alex", name] - found.loc["Robin", name]) > 0
    early = administer(dyad, until=30.0)
    assert not early["gsi"].equals(found["gsi"])
    assert set(MEANINGS) <= set(window_of(dyad, 28))
    assert administer(dyad, seed=5).equals(administer(dyad, seed=5))


def test_people_of_a_cohort_have_no_case_and_a_person_of_a_case_answers_as_the_case_says(dyad):

    plain = administer(dyad)
    nobody = administer(replace(dyad, case=None))
    assert nobody.equals(plain)
    said = {"Alex": 1.0}
    people = [PersonSpec(**{**p.model_dump(), "answering": said.get(p.name)}) for p in dyad.case.people]
    told = administer(replace(dyad, case=dyad.case.model_copy(update={"people": people})))
    assert told.loc["Alex", "ders"] == pytest.approx(plain.loc["Alex", "ders"] + METHOD_SHARE**0.5 * 20.72)
    assert told.drop(index="Alex").equals(plain.drop(index="Alex"))
