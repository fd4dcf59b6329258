"""All pictures of a run as files, whatever was or was not recorded."""

import subprocess
import sys
import warnings

import pytest

from simulation import run
from simulation.pictures import draw, draw_pictures
from simulation.pictures.wheel import wheel_figure
from simulation.pictures.wheel_activity import cut_arrows
from simulation.recording import Record

OF_ONE_PERSON = ["timeline.png", "one-week.png", "wheel.png", "events.png"]


@pytest.fixture(autouse=True)
def coarse_and_without_warnings(monkeypatch):
    monkeypatch.setattr(draw, "DPI", 40)  # quicker
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        yield


def names(paths):
    return [path.name for path in paths]


def test_a_run_gives_its_pictures_and_the_same_ones_again(recording, tmp_path):
    first = draw_pictures(recording, tmp_path / "new" / "folder")
    assert names(first) == [*OF_ONE_PERSON, "network.png"]
    assert all(path.read_bytes().startswith(b"\x89PNG") for path in first)
    second = draw_pictures(recording, tmp_path / "second")
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]


def test_many_people_are_also_drawn_as_distributions(tmp_path):
    crowd = run("karate-club", days=2, record=Record(watch=()))
    assert names(draw_pictures(crowd, tmp_path)) == ["network.png", "people.png"]


@pytest.mark.parametrize(
    "record",
    [
        Record(events=False),
        Record(quantities=("arousal",), tie_fields=()),
        Record(quantities=(), tie_fields=("strain",)),
        Record(every=3, tie_every=5),
    ],
    ids=["no events", "one quantity", "no quantities", "seldom sampled"],
)
def test_what_was_not_recorded_is_left_out(record, tmp_path):
    assert names(draw_pictures(run("dyad", days=3, record=record), tmp_path))[:4] == OF_ONE_PERSON


def test_nothing_recorded_leaves_the_network(tmp_path):
    assert names(draw_pictures(run("dyad", days=1, record=Record.nothing()), tmp_path)) == ["network.png"]


def test_a_run_of_a_quarter_day(tmp_path):
    assert names(draw_pictures(run("dyad", days=0.25), tmp_path))[:4] == OF_ONE_PERSON


@pytest.mark.parametrize("people, watch", [(1, 1), (3, 0)])
def test_people_without_ties(people, watch, alone, tmp_path):
    drawn = names(draw_pictures(alone(people, watch), tmp_path))
    assert drawn == ([*OF_ONE_PERSON, "network.png"] if watch else ["network.png"])


def test_lesions_are_drawn_cut(recording):
    lesioned = run("dyad", days=2, lesions=["biased_perception", "others_rejection"])
    assert cut_arrows(lesioned, "Alex") == {"biased_perception", "others_rejection"}
    cut, whole = (wheel_figure(r, "Alex").axes[0] for r in (lesioned, recording))
    assert len(cut.lines) == len(whole.lines) + 4  # two slashes each


def test_arrows_of_the_others_are_cut_where_the_others_have_them_cut():
    calm = run("dyad", days=1, settings=["Robin.others_rejection=0", "Robin.biased_perception=0"])
    assert cut_arrows(calm, "Alex") == {"others_rejection"}


def test_matplotlib_is_loaded_late_and_pyplot_never():
    program = (
        "import sys, simulation.pictures as pictures\n"
        "assert 'matplotlib' not in sys.modules\n"
        "from simulation.pictures.style import new_figure\n"
        "pictures.plot_wheel({}, new_figure(10, 10).add_subplot())\n"
        "assert 'matplotlib.pyplot' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True, timeout=60)
