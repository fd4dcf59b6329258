"""Colours, labels, and what pictures read off the events."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from simulation.pictures.chain import chain_between
from simulation.pictures.labels import arrange
from simulation.pictures.reading import episodes_of, events_at, important_others
from simulation.pictures.style import STATE_COLOURS, shortened, spread
from simulation.pictures.week import DAYS, eventful_week
from simulation.pictures.wheel import ARROWS, BOXES, NOTES
from simulation.pictures.wheel_activity import STATIONS, station_activity
from simulation.theory.layout import CONSTANT

SIGHT = {  # Machado et al. 2009, severity 1
    "normal": np.eye(3),
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
    "tritanopia": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]],
}


def lab(colour, sight):
    """CIE L*a*b* of a colour as somebody sees it."""
    rgb = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    seen = np.clip(np.asarray(sight) @ linear, 0, 1)
    xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]) @ seen
    f = np.cbrt(np.maximum(xyz / [0.9505, 1, 1.089], 0.008856))
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


@pytest.mark.parametrize("sight", SIGHT)
def test_self_states_can_be_told_apart(sight):
    seen = [lab(colour, SIGHT[sight]) for colour in STATE_COLOURS.values()]
    apart = [np.linalg.norm(a - b) for i, a in enumerate(seen) for b in seen[:i]]
    assert min(apart) > 20  # 2.3 is just noticeable


@given(st.lists(st.floats(0, 1), max_size=12), st.floats(0.001, 0.3))
def test_labels_at_line_ends_keep_apart(heights, step):
    heights = sorted(heights)
    placed = spread(heights, step)
    assert len(placed) == len(heights)
    assert all(b - a >= step - 1e-9 for a, b in pairwise(placed))
    if (len(heights) - 1) * step <= 1:
        assert all(-1e-9 <= p <= 1 + 1e-9 for p in placed)
    if all(b - a >= step for a, b in pairwise(heights)):
        assert placed == pytest.approx(heights)


DATED = st.lists(st.tuples(st.integers(0, 900), st.text("abc ", min_size=1, max_size=70)), max_size=14)


@given(DATED)
def test_labels_of_life_events_do_not_overlap_in_a_row(events):
    events = sorted(dict(events).items())
    labels = arrange([(float(day), text) for day, text in events], 0, 900, 8)
    assert [label.day for label in labels] == [day for day, _ in events]
    per_character = 0.5 * 7.9 / 72 * 900 / 8
    spans = {}
    for label in labels:
        width = len(label.text) * per_character
        left = label.day - width if label.ends_here else label.day
        spans.setdefault(label.row, []).append((left, left + width))
    for row in spans.values():
        assert all(a[1] <= b[0] for a, b in pairwise(sorted(row)))


@given(st.text(max_size=200), st.integers(8, 60))
def test_shortened_texts_are_short_enough(text, most):
    short = shortened(text, most)
    assert len(short) <= most
    assume(len(" ".join(text.split())) <= most)
    assert short == " ".join(text.split())


def test_the_most_eventful_week_lies_within_the_run(recording):
    first, other = eventful_week(events_at(recording), "Alex", recording.days)
    assert 0 <= first <= recording.days - DAYS
    assert other == "Robin"
    assert eventful_week(events_at(recording).iloc[:0], "Alex", 21.0) == (0.0, None)


def test_a_chain_leads_from_cause_to_effect(recording):
    events = events_at(recording)
    steps = chain_between(events, "Alex", "Robin")
    assert steps
    assert len(steps) <= 9
    assert steps[-1].other == "Alex"  # it ends with what Alex perceives
    assert steps[-1].heard <= -0.25
    assert all(a.tick <= b.tick for a, b in pairwise(steps))
    for step in steps:
        same = (events["tick"] == step.tick) & (events["person"] == step.person) & (events["what"] == step.what)
        assert same.any()


def test_episodes_are_those_of_the_events(recording):
    events = events_at(recording)
    episodes = episodes_of(events, "Alex", recording.days)
    begins = events[(events["person"] == "Alex") & (events["kind"] == "episode_begins")]
    assert [first for first, _ in episodes] == begins["day"].tolist()
    assert all(first <= last <= recording.days for first, last in episodes)
    assert important_others(recording, "Alex") == ["Robin"]


def test_the_wheel_has_every_arrow_of_figure_1():
    drawn = [arrow.gain for arrow in ARROWS] + [note[0] for note in NOTES]
    assert sorted(drawn) == sorted(q.name for q in CONSTANT.values() if q.kind == "gain")
    assert set(BOXES) == set(STATIONS)


def test_stations_are_active_between_0_and_1(recording):
    for activity in (station_activity(recording, "Alex", 0, 21), station_activity(recording, "Alex", 20, 21)):
        assert set(activity) == set(STATIONS)
        assert all(0 <= level <= 1 for level in activity.values())
