"""What the timeline shows of a treatment: counts agree with events, the window moves, the therapist has a panel."""

import numpy as np
import pandas as pd
import pytest

from simulation import run
from simulation.pictures.courses import plot_arousal, row_count, treatment_rows
from simulation.pictures.timeline import timeline_figure


@pytest.fixture(scope="module")
def treated():
    return run("angie", days=130, dt=1 / 8, treatment="mit")


def names(figure):
    return [text.get_text() for ax in figure.axes for text in ax.texts] + [
        ax.get_title(loc) for ax in figure.axes for loc in ("left", "center")
    ]


def test_the_window_of_tolerance_is_drawn_as_it_moves(ax):
    days = np.arange(1.0, 21.0)
    window = np.linspace(0.5, 0.7, 20)
    plot_arousal(pd.DataFrame({"day": days, "arousal": 0.4, "window_of_tolerance": window}), ax)
    assert any(np.array_equal(line.get_ydata(), window) for line in ax.lines)


def test_the_window_is_on_record(treated):
    course = treated.course("Angie", "window_of_tolerance")
    number = next(p for p in treated.watched if treated.name(p) == "Angie")
    assert course.iloc[0] == pytest.approx(0.601)
    assert course.iloc[-1] == treated.population.value(number, "window_of_tolerance")


def test_a_patient_who_leaves_has_not_missed_that_session():
    events = pd.DataFrame({"kind": ["missed_session", "missed_session", "drop_out"], "what": ""})
    assert row_count(events, ["missed_session"]) == "2×"
    assert treatment_rows(events) == 2


def test_calls_are_counted_answered_and_not():
    events = pd.DataFrame({"kind": ["crisis_call", "unanswered_call", "unanswered_call", "alliance_rupture"]})
    assert row_count(events, ["crisis_call", "unanswered_call"]) == "1×, 2 not"
    assert row_count(events, ["alliance_rupture", "alliance_repair"]) == "1×"


def test_only_a_patients_timeline_shows_the_therapist(treated):
    assert any("Toward Therapist" in name for name in names(timeline_figure(treated, "Angie")))
    assert not any("Toward Therapist" in name for name in names(timeline_figure(treated, "Sister")))
