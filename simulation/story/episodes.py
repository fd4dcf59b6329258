"""What belongs to an episode: what set it off, what was done and answered, what came back, and how it ended."""

from __future__ import annotations

from dataclasses import dataclass, field

from simulation.measures.causes import HURT, PERCEPTS, WARM
from simulation.measures.cycles import HELPFUL
from simulation.story.reading import Encounter, Event, Log

ENDINGS = ("open", "rupture", "warmth", "regulation", "time")


@dataclass
class Episode:
    """One episode of dysregulation of one person.

    Attributes:
        begins, ends: its first and its last event; one that is still open at the end of the run has no last.
        trigger: the percept or life event that moved the person when it began, if any did.
        lead: the perceived rejection that stands at the root of the trigger, up to a day earlier, if another one does.
        started: encounters that the person started from the lead or trigger to the end, in order.
        met: encounters that others started with the person in that time.
        coping: what the person did alone about the pain.
        ruptures: relationships that broke in that time.
        crisis: whether a suicidal crisis began in that time.
        turns: for each other person the turns that follow one another in the longest run; see `measures.cycles`.
        length: events on the longest causal chain.
        ending: one of `ENDINGS`.
        last: the event that the ending refers to, if it refers to one.
    """

    begins: Event
    ends: Event | None
    trigger: Event | None
    lead: Event | None
    started: list[Encounter] = field(default_factory=list)
    met: list[Encounter] = field(default_factory=list)
    coping: list[Event] = field(default_factory=list)
    ruptures: list[Event] = field(default_factory=list)
    crisis: bool = False
    turns: dict[str, int] = field(default_factory=dict)
    length: int = 0
    ending: str = "time"
    last: Event | None = None

    @property
    def person(self) -> str:
        """Whose episode it is."""
        return self.begins.person

    @property
    def other(self) -> str:
        """The person with whom it began, or "" if with nobody."""
        return self.trigger.other if self.trigger else ""

    @property
    def telling(self) -> float:
        """How telling it is: its causal chain, its closed cycles (3 a turn), its coping (2 each), a rupture (5)."""
        turns = max(self.turns.values(), default=0)
        return min(self.length, 30) / 3 + 3 * min(turns, 5) + 2 * min(len(self.coping), 3) + 5 * bool(self.ruptures)


def _lead(log: Log, trigger: Event | None) -> Event | None:
    """Follow the causes of the trigger to the first perceived rejection of the same person, at most a day earlier."""
    if trigger is None:
        return None
    found: Event | None = None
    step = log.cause(trigger)
    while step is not None and step.tick >= trigger.tick - log.per_day:
        if step.kind in PERCEPTS and step.person == trigger.person:
            if step.perceived > HURT:
                break
            found = step
        step = log.cause(step)
    return found


def _gather(log: Log, episode: Episode, last: int) -> None:
    """Find what happened in the time of an episode."""
    person = episode.person
    first = min(e.tick for e in (episode.begins, episode.trigger, episode.lead) if e is not None)
    people, others = log.columns[4], log.columns[5]
    depth: dict[int, int] = {}
    turn: dict[int, int] = {}
    for row in log.between(first, last):
        if person not in (people[row], others[row]):
            continue
        event = log.at(row)
        depth[event.id] = depth.get(event.cause, 0) + 1
        episode.length = max(episode.length, depth[event.id])
        if event.kind == "act":
            encounter = log.encounter(row)
            if encounter:
                (episode.started if event.person == person else episode.met).append(encounter)
        elif event.kind in PERCEPTS and event.person == person and event.perceived <= HURT:
            before = log.find(log.turns.get(event.id, -1))
            if before is not None and before.tick >= first:
                turn[event.id] = turn.get(before.id, 0) + 1
                episode.turns[event.other] = max(episode.turns.get(event.other, 0), turn[event.id])
        elif event.kind == "coping":
            episode.coping.append(event)
        elif event.kind == "rupture":
            episode.ruptures.append(event)
        elif event.kind == "crisis_begins":
            episode.crisis = True


def _end(log: Log, episode: Episode) -> None:
    """Say how an episode ended: by what happened in its last half day, a rupture first; else by time."""
    if episode.ends is None:
        episode.ending = "open"
        return
    since = episode.ends.tick - max(log.per_day // 2, 1)
    warm = [e.answer for e in episode.started] + [e.heard for e in episode.met if e.heard]
    warm = [e for e in warm if e.perceived >= WARM and e.tick >= since and e.tick >= episode.begins.tick]
    soothed = [e for e in episode.coping if e.what in HELPFUL and e.tick >= since]
    broken = [e for e in episode.ruptures if e.tick >= since]
    for ending, events in (("rupture", broken), ("warmth", warm), ("regulation", soothed)):
        if events:
            episode.ending, episode.last = ending, max(events, key=lambda e: e.id)
            return


def episodes_of(log: Log, person: str | None) -> list[Episode]:
    """Return the episodes of a person in order of time (of everybody if None)."""
    kinds, people = log.columns[3], log.columns[4]
    found: list[Episode] = []
    current: dict[str, Episode] = {}
    for row, kind in enumerate(kinds):
        if kind not in ("episode_begins", "episode_ends") or person not in (None, people[row]):
            continue
        event = log.at(row)
        if kind == "episode_begins":
            trigger = log.cause(event)
            current[event.person] = Episode(event, None, trigger, _lead(log, trigger))
            found.append(current[event.person])
        elif event.person in current:
            current.pop(event.person).ends = event
    return found


def gathered(log: Log, episode: Episode) -> Episode:
    """Fill in what happened in an episode and how it ended."""
    _gather(log, episode, episode.ends.tick if episode.ends else log.recording.ticks)
    _end(log, episode)
    return episode


def most_telling(episodes: list[Episode], ticks: int, cap: int) -> list[Episode]:
    """Choose at most ``cap`` episodes, spread over the run.

    The run is cut into ``cap`` stretches of equal length. The most telling episode (see `Episode.telling`) of each is
    taken; places left by empty stretches go to the most telling of the rest. Of equals the earlier one is taken.
    """
    if len(episodes) <= cap:
        return episodes
    ranked = sorted(episodes, key=lambda e: (-e.telling, e.begins.id))
    best: dict[int, Episode] = {}
    for episode in ranked:
        best.setdefault(episode.begins.tick * cap // max(ticks, 1), episode)
    chosen = {e.begins.id: e for e in best.values()}
    for episode in ranked:
        if len(chosen) >= cap:
            break
        chosen.setdefault(episode.begins.id, episode)
    return sorted(chosen.values(), key=lambda e: e.begins.id)
