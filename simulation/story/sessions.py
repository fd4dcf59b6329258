"""The treatment as the story tells it: sessions, what they were given to, calls, ruptures and repairs."""

from __future__ import annotations

from collections import Counter

from simulation.story import words as w
from simulation.story.reading import Event, Log

KINDS = ("session", "missed_session", "crisis_call", "alliance_rupture", "alliance_repair", "drop_out")
QUARTER = 91.3
GIVEN_TO = {
    "episodes": "telling episodes in detail",
    "formulation": "a shared formulation of the schema",
    "contract": "the therapeutic contract",
    "validation": "validation",
    "coregulation": "calming down together",
    "autonomous_regulation": "ways to regulate alone",
    "differentiation": "telling beliefs from facts",
    "experiments": "planning something new with others",
    "healthy_self": "wishes that had been put aside",
    "decentring": "the other's mind and one's own part",
    "metacommunication": "the two images of the therapist",
    "repair": "mending what had come between the two",
    "mentalising_questions": "questions about what goes on in minds",
    "transference_exploration": "what happens between the two in the room",
}
"""What a session was mainly given to, in plain words."""


def treatment(log: Log, person: str) -> list[tuple[int, str, str]]:
    """Return (tick, heading, text) of what to tell about a person's treatment: one entry a quarter, and the turns."""
    events = [log.at(i) for i, (k, p) in enumerate(zip(log.columns[3], log.columns[4], strict=True))
              if p == person and k in KINDS]  # fmt: skip
    sessions = [e for e in events if e.kind in ("session", "missed_session")]
    start = sessions[0].tick if sessions else 0
    length = max(round(QUARTER * log.per_day), 1)
    found = []
    for quarter in range((sessions[-1].tick - start) // length + 1 if sessions else 0):
        first = start + quarter * length
        lived = [e for e in events if first <= e.tick < first + length]
        if lived:
            found.append((lived[0].tick, f"### {w.moment(log, lived[0].tick)}: the treatment, {_nth(quarter)} quarter",
                          _quarter(log, person, lived)))  # fmt: skip
    heard = next((e for e in events if e.kind == "session" and e.strength > 0.03), None)
    if heard is not None:
        text = (
            f"{heard.other} brought up ways to regulate distress alone. {person} heard: you want to get rid of me "
            f"(felt rejection {heard.strength:.2f}). "
            f"{heard.other} explained that being there for {person} would not change"
        )
        found.append((heard.tick, f"### {w.moment(log, heard.tick)}: heard as rejection", w.sentence(text)))
    for event in events:
        if event.kind == "drop_out":
            came = any(e.kind == "session" for e in events)
            text = f"{person} did not {'come back to' if came else 'begin the treatment with'} {event.other}"
            found.append((event.tick, f"### {w.moment(log, event.tick)}: the treatment ends early", w.sentence(text)))
    return found


def _nth(quarter: int) -> str:
    return ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")[
        min(quarter, 9)
    ]


def _quarter(log: Log, person: str, events: list[Event]) -> str:
    """Tell a quarter of a year of treatment in a few sentences."""
    kinds = Counter(e.kind for e in events)
    held = [e for e in events if e.kind == "session"]
    therapist = events[0].other
    if not held:
        return w.sentence(f"{person} came to none of the sessions with {therapist}")
    missed = f" and missed {w.number(kinds['missed_session'])}" if kinds["missed_session"] else ""
    parts = [f"{person} came to {w.plural(len(held), 'session')} with {therapist}{missed}"]
    given = [GIVEN_TO.get(what, what.replace("_", " ")) for what, _ in Counter(e.what for e in held).most_common(3)]
    parts.append(f"{'They were' if len(held) > 1 else 'It was'} mostly about {w.listed(given)}")
    unanswered = _unanswered(log, person, therapist, events)
    if kinds["crisis_call"] or unanswered:
        answered = (
            f"{w.times(kinds['crisis_call'])} {therapist} answered" if kinds["crisis_call"] else "no call was answered"
        )
        open_ = f"; {w.times(unanswered)} nobody picked up" if unanswered else ""
        parts.append(f"In crises {person} called: {answered}{open_}")
    if kinds["alliance_rupture"]:
        parts.append(f"{w.times(kinds['alliance_rupture'])} something came between the two{_mended(kinds)}")
    return " ".join(w.sentence(part, log.names) for part in parts)


def _mended(kinds: Counter[str]) -> str:
    ruptures, repairs = kinds["alliance_rupture"], kinds["alliance_repair"]
    if repairs >= ruptures:  # one of the quarter before may be among them
        return ", and it was mended" if ruptures == 1 else ", and each time it was mended"
    return f"; {w.times(repairs)} it was mended" if repairs else ""


def _unanswered(log: Log, person: str, therapist: str, events: list[Event]) -> int:
    """Calls outside sessions that the therapist could not take."""
    ticks = {e.tick for e in events if e.kind == "session"}
    count = 0
    for row in log.between(events[0].tick, events[-1].tick):
        if log.columns[3][row] == "percept_of_reply" and log.columns[4][row] == person:
            event = log.at(row)
            count += event.other == therapist and event.what == "unavailable" and event.tick not in ticks
    return count
