import re
from collections import Counter

import pytest

from simulation import load_case, run
from simulation.cases.checks import GAINS
from simulation.errors import InputError
from simulation.measures.causes import HURT
from simulation.recording.recording import Record
from simulation.story import tell_episode, tell_story
from simulation.story.episodes import episodes_of, gathered, most_telling
from simulation.story.narrate import EPISODES_TOLD
from simulation.story.paragraph import LONGEST
from simulation.story.reading import log_of
from simulation.story.words import SLOTS, signed

HEADING = re.compile(r"^### Day (\d+), ([a-z ]+)(: what life brought)?$", re.M)


@pytest.fixture(scope="module")
def dyad():
    return run("dyad", days=60)


@pytest.fixture(scope="module")
def angie():
    return run("angie", days=150)


@pytest.fixture(scope="module")
def karate():
    return run("karate-club", days=60)


@pytest.fixture(params=["dyad", "angie", "karate"])
def recording(request):
    return request.getfixturevalue(request.param)


def count_of(text: str) -> int:
    words = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
    return words.index(text) if text in words else int(text.replace(",", ""))


def test_the_same_recording_gives_the_same_story(recording):
    assert tell_story(recording) == tell_story(recording)


def test_the_same_seed_gives_the_same_story(dyad):
    assert tell_story(run("dyad", days=60)) == tell_story(dyad)


def test_every_heading_is_the_moment_of_an_episode_or_life_event(recording):
    events = recording.events
    begins = events[events["kind"].isin(["episode_begins", "life_event"])]["tick"].tolist()
    begins += [round(event.day / recording.dt) for event in recording.case.events]
    moments = {(int(day), SLOTS[int(day % 1 * len(SLOTS))]) for day in (tick * recording.dt for tick in begins)}
    found = HEADING.findall(tell_story(recording))
    assert all((int(day), slot) in moments for day, slot, _ in found)
    assert [int(day) for day, _, _ in found] == sorted(int(day) for day, _, _ in found)


def test_every_life_event_that_came_to_pass_is_told(angie):
    story = tell_story(angie)
    for event in angie.case.events:
        assert (event.label in story) == (event.day < 150)


def test_numbers_of_episodes_agree_with_the_table(dyad, angie):
    for recording, who in ((dyad, "Alex"), (angie, "Angie")):
        events = recording.events
        begun = Counter(events[events["kind"] == "episode_begins"]["person"])
        story = tell_story(recording)
        assert count_of(re.search(r"went through ([\w,]+) episode", story)[1]) == begun[who]
        told = [heading for heading in HEADING.findall(story) if not heading[2]]
        assert len(told) == min(begun[who], EPISODES_TOLD)
        left = re.search(r"; ([\w,]+) episodes? (?:is|are) left out", story)
        assert (count_of(left[1]) if left else 0) == begun[who] - len(told)
        others = re.search(r"episodes of their own: (.*?)\.$", story, re.M)
        if others:
            for name, n in re.findall(r"([\w-]+) \((\d+)\)", others[1]):
                assert begun[name] == int(n)


def test_every_person_named_exists(recording):
    names = {recording.name(i) for i in range(recording.population.n_people)}
    story = tell_story(recording)
    assert set(re.findall(r"^- \*\*(.+?)\*\*:", story, re.M)) <= names
    words = set(re.findall(r"\b(?:member-\d+|Theatre-partner-\d|[A-Z][a-z]+-[a-z]+)\b", story))
    assert words <= names | {"Theatre-partner-1", "Theatre-partner-2", "Theatre-partner-3"}


def test_an_episode_says_who_set_it_off_and_how_it_was_heard(recording):
    log = log_of(recording)
    for episode in episodes_of(log, None)[:60]:
        text = tell_episode(recording, episode.begins.id)
        assert text.startswith(f"### Day {int(episode.begins.tick * recording.dt)}, ")
        assert text.count(". ") + 1 <= LONGEST + 1
        assert not re.search(r"[{}]|None|nan|  |\b(\w+) \1\b|\ba answer", text)
        trigger = episode.trigger
        if trigger is not None and trigger.other:
            assert trigger.other in text
            if trigger.perceived <= HURT:
                assert signed(trigger.perceived) in text


def test_turns_are_closed_chains_between_two_people(dyad):
    rows = {row.id: row for row in dyad.events.itertuples()}
    log = log_of(dyad)
    seen = 0
    for episode in episodes_of(log, "Alex"):
        gathered(log, episode)
        for event in (e.answer for e in episode.started):
            assert rows[event.id].person == "Alex"
        if "Robin" in episode.turns:
            seen += 1
            hurts = sum(
                r.person == "Alex" and str(r.kind).startswith("percept") and r.perceived <= HURT for r in rows.values()
            )
            assert 1 <= episode.turns["Robin"] < hurts
    assert seen > 0


def test_episodes_told_are_spread_over_the_run(angie):
    log = log_of(angie)
    episodes = [gathered(log, e) for e in episodes_of(log, "Angie")]
    chosen = most_telling(episodes, angie.ticks, 5)
    assert len(chosen) == 5 and chosen == sorted(chosen, key=lambda e: e.begins.tick)
    assert max(episodes, key=lambda e: (e.telling, -e.begins.id)) in chosen


def test_an_unknown_episode_is_an_input_error(dyad):
    for number in (-1, 0, 10**9):
        with pytest.raises(InputError, match="no episode"):
            tell_episode(dyad, number)


@pytest.mark.parametrize(
    "options",
    [
        {"record": Record.nothing()},
        {"record": Record(events=False)},
        {"record": Record(quantities=())},
        {"record": Record(watch=("Robin",))},
        {"record": Record(every=5)},
        {"days": 0.0625},
        {"days": 1},
        {"dt": 0.3},
        {"dt": 0.125},
        {"engine": "python", "days": 8},
    ],
    ids=str,
)
def test_a_story_can_be_told_of_any_run(options):
    case = load_case("dyad")
    case = case.model_copy(update={"dt": options.get("dt", case.dt)})
    recording = run(case, **{"days": 20, **{key: value for key, value in options.items() if key != "dt"}})
    story = tell_story(recording)
    assert story.startswith("# ") and "not a clinical instrument" in story and "nan" not in story
    events = recording.events
    for number in events[events["kind"] == "episode_begins"]["id"].tolist():
        assert tell_episode(recording, number)


def test_a_story_can_be_told_with_arrows_cut():
    assert len(GAINS) > 3
    for lesion in list(GAINS)[:12]:
        assert "## On the whole" in tell_story(run("dyad", days=20, lesions=[lesion]))


def test_a_story_can_be_told_of_someone_who_meets_nobody():
    case = load_case("dyad")
    ties = [tie.model_copy(update={"values": {**tie.values, "contact_rate": 0.0}}) for tie in case.ties]
    story = tell_story(run(case.model_copy(update={"ties": ties}), days=20))
    assert "**Alex**" in story and "How things stand" in story


def test_a_story_can_be_told_when_one_person_is_watched_in_a_crowd():
    recording = run("karate-club", days=60, record=Record(watch=("member-34",)))
    assert "**member-34**" in tell_story(recording)
