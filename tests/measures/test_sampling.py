"""Sampling as studies sample: known prompts, blocks, missingness, and what happened in between."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.errors import InputError
from simulation.measures.affect import with_affect, with_tension
from simulation.measures.between_prompts import MEANINGS
from simulation.measures.sampling import Protocol, every, sample_as_study
from tests.measures.conftest import course, encounter, events_of


def test_a_fixed_protocol_takes_known_ticks():
    table = sample_as_study(course(np.arange(24.0)), Protocol(4, 2, "fixed", start=1, compliance=1.0), seed=0)
    assert table["x"].tolist() == [9, 11, 13, 15, 17, 19, 21, 23]  # the end of each quarter of days 1 and 2
    assert table["tick"].tolist() == table["x"].tolist()
    assert table["hour"].tolist() == [4, 8, 12, 16] * 2
    assert table["time"].tolist() == [t / 8 for t in (10, 12, 14, 16, 18, 20, 22, 24)]
    assert table["day"].tolist() == [0] * 4 + [1] * 4 and table["prompt"].tolist() == [0, 1, 2, 3] * 2


def test_a_recording_that_keeps_every_other_tick():
    frame = course(np.arange(24.0))
    table = sample_as_study(frame[frame["tick"] % 2 == 0], Protocol(4, 3, "fixed", compliance=1.0), seed=0)
    assert table["x"].tolist() == [0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22]


@given(st.integers(1, 8), st.integers(0, 2**32))
def test_random_prompts_stay_in_their_blocks(n, seed):
    table = sample_as_study(course(np.arange(80.0)), Protocol(n, 10, compliance=1.0), seed)
    slot = table["tick"] % 8
    block = np.floor(slot * n / 8)
    assert (block == table["prompt"]).all()
    assert (table["tick"] // 8 == table["day"]).all()
    assert not table.duplicated(["person", "tick"]).any()


def test_every_slot_of_a_block_is_drawn():
    table = sample_as_study(course(np.arange(1600.0)), Protocol(2, 200, compliance=1.0), seed=1)
    counts = (table["tick"] % 8).value_counts()
    assert len(counts) == 8 and counts.min() > 25  # 50 expected


def test_missingness():
    table = sample_as_study(course(np.arange(1600.0)), Protocol(6, 200, compliance=0.7), seed=1)
    assert table["answered"].mean() == pytest.approx(0.7, abs=0.04)
    assert (table["x"].isna() == ~table["answered"]).all()


def test_a_person_is_asked_the_same_whoever_else_is_there():
    both = course(np.arange(160.0).reshape(2, 80), ("A", "B"))
    protocol = Protocol(5, 9, compliance=0.8, item_noise=0.1)
    together = sample_as_study(both, protocol, seed=4)
    alone = sample_as_study(both[both["person"] == "B"], protocol, seed=4)
    mine = together[together["person"] == "B"].reset_index(drop=True)
    assert np.array_equal(mine["x"], alone["x"], equal_nan=True) and mine["tick"].equals(alone["tick"])
    shuffled = sample_as_study(both.sample(frac=1, random_state=1), protocol, seed=4)
    assert shuffled.astype({"person": str}).equals(together.astype({"person": str}))
    other = sample_as_study(both, protocol, seed=5)
    assert not np.array_equal(other["tick"], together["tick"])


def test_what_happened_in_between():
    # day 0: an encounter in tick 1 (before the first prompt, tick 3), one in tick 4 that A begins, coping in tick 7
    rows = encounter("B", "A", "attack", -0.8, "neutral", 0.1, -1, 1, 0)
    rows += encounter("A", "B", "angry_demand", -0.5, "warmth", 0.6, 1, 4, 4)
    rows += [("coping", "A", None, "self_harm", 0.2, 1, 7), ("coping", "A", None, "reappraisal", 0.2, 1, 8)]
    table = sample_as_study(
        course(np.zeros(16)), Protocol(2, 2, "fixed", compliance=1.0), seed=0, events=events_of(rows)
    )
    first, second, third, _ = (row for _, row in table[list(MEANINGS)].iterrows())
    assert first.to_dict() == pytest.approx(
        {"contacts": 1, "rejections": 1, "rejection": 0.8, "acceptance": 0, "perceived": -0.8, "behaviour": 0.15,
         "partner_behaviour": -0.85, "hostile_acts": 0, "coping": 0, "maladaptive_coping": 0, "self_harm": 0}
    )  # fmt: skip
    assert second.to_dict() == pytest.approx(
        {"contacts": 1, "rejections": 0, "rejection": 0, "acceptance": 0.6, "perceived": 0.6, "behaviour": -0.45,
         "partner_behaviour": 0.75, "hostile_acts": 1, "coping": 1, "maladaptive_coping": 1, "self_harm": 1}
    )  # fmt: skip
    assert (third["contacts"], third["coping"], third["self_harm"]) == (0, 1, 0) and np.isnan(third["perceived"])


def test_without_a_single_event_nothing_is_claimed():
    table = sample_as_study(course(np.zeros(16)), Protocol(2, 2), seed=0, events=events_of([]))
    assert table[list(MEANINGS)].isna().all(axis=None)
    assert not set(MEANINGS) & set(sample_as_study(course(np.zeros(16)), Protocol(2, 2), seed=0).columns)


def test_affect():
    frame = course(np.zeros(1), anger=0.4, shame=0.2, sadness=0.0, anxiety=0.2, joy=0.3, arousal=0.5)
    row = with_affect(with_tension(frame)).iloc[0]
    assert (row["negative_affect"], row["positive_affect"]) == (pytest.approx(0.2), 0.3)
    assert row["valence"] == pytest.approx(0.1) and row["tension"] == pytest.approx(0.5 * 0.2 / 0.5)
    assert list(with_affect(with_tension(course(np.zeros(1)))).columns) == ["tick", "day", "person", "x"]


def test_item_noise():
    frame = course(np.zeros(8000), anger=0.5, x2=1.0)
    table = sample_as_study(frame, Protocol(8, 1000, "fixed", compliance=1.0, item_noise=0.1), seed=2)
    assert table["anger"].std() == pytest.approx(0.1, abs=0.01) and (table["x2"] == 1).all()
    assert table["anger"].between(0, 1).all()


@pytest.mark.parametrize(
    ("protocol", "message"),
    [
        (every(15, 1), r"64 prompts a day \(one every 15 min .* dt = 0.01562 or smaller .* has 8 samples a day"),
        (every(60, 1), r"16 prompts a day \(one every 1 h .* dt = 0.0625"),
        (Protocol(6, 30), "30 days of sampling from day 0 do not fit .* covers days 0 to 10"),
        (Protocol(6, 10, start=1), "do not fit"),
    ],
)
def test_what_the_tick_does_not_permit(protocol, message):
    with pytest.raises(InputError, match=message):
        sample_as_study(course(np.zeros(80)), protocol, seed=0)


def test_a_finer_tick_permits_it():
    table = sample_as_study(course(np.arange(128.0), dt=1 / 64), every(15, 2), seed=0)
    assert table["x"].tolist() == list(range(128))


@pytest.mark.parametrize(
    ("change", "message"),
    [({"scheme": "rnd"}, "not a scheme"), ({"prompts": 0}, "prompts = 0"), ({"compliance": 0}, "compliance = 0"),
     ({"days": 0}, "days = 0"), ({"item_noise": -1}, "item_noise")],
)  # fmt: skip
def test_impossible_protocols(change, message):
    with pytest.raises(InputError, match=message):
        Protocol(**change)


def test_a_course_with_holes_is_refused():
    with pytest.raises(InputError, match="not complete"):
        sample_as_study(course(np.zeros((2, 16)), ("A", "B")).drop(index=20), Protocol(2, 1), seed=0)
    with pytest.raises(InputError, match='lacks "day"'):
        sample_as_study(course(np.zeros(16)).drop(columns="day"), Protocol(2, 1), seed=0)


def test_of_a_run(dyad):
    protocol = Protocol(6, 28, start=14)
    table = sample_as_study(dyad, protocol, seed=1)
    assert len(table) == 2 * 6 * 28 and table.equals(sample_as_study(dyad, protocol, seed=1))
    row = table[table["answered"]].iloc[40]
    then = dyad.trajectories
    then = then[(then["tick"] == row["tick"]) & (then["person"] == row["person"])].iloc[0]
    assert row["arousal"] == then["arousal"] and row["time"] == then["day"]
    # everything that happened is counted once if everyone is asked at every tick and always answers
    whole = sample_as_study(dyad, Protocol(8, 60, "fixed", compliance=1.0), seed=1)
    events = dyad.events
    assert whole["coping"].sum() == (events["kind"] == "coping").sum()
    assert whole["contacts"].sum() == events["kind"].isin(["act", "reply"]).sum()
