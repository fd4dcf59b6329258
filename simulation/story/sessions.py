"""The treatment as the story tells it: sessions and what they were given to, calls, ruptures, the therapist's mind."""

from __future__ import annotations

from collections import Counter

from simulation.story import words as w
from simulation.story.reading import Event, Log

KINDS = (
    "session", "missed_session", "crisis_call", "unanswered_call", "alliance_rupture", "alliance_repair", "drop_out",
    "supervision", "medication_begins", "medication_ends", "counter_reaction",
)  # fmt: skip
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
    "": "nothing in particular",
}
"""What a session was mainly given to, in plain words."""
STIRRED = {
    "irritation": "{how} irritated",
    "impotence": "{how} helpless",
    "guilt": "{how} guilty",
    "fear": "{how} afraid for {person}'s life",
}
"""What patients stir up in their therapists, in plain words."""
TOLD_REACTIONS = 2
"""Of the therapist's counter-reactions, so many of a quarter are told: the strongest."""
ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")


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
            f"{heard.other} brought up ways to regulate distress alone. {person} heard: you want to get rid of me, "
            f"and felt {_rejected(heard.strength)}. "
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
    """Return which quarter it is, counted from 0, as an ordinal: in words up to the tenth."""
    n = quarter + 1
    if n <= len(ORDINALS):
        return ORDINALS[quarter]
    ending = "th" if n % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")
    return f"{n}{ending}"


def _rejected(strength: float) -> str:
    """Say how much rejection was felt; the strength has no upper bound."""
    return f"{w.strongly(strength)} rejected".strip().replace("very", "strongly")


def _quarter(log: Log, person: str, events: list[Event]) -> str:
    """Tell a quarter of a year of treatment in a few sentences."""
    kinds = Counter(e.kind for e in events)
    therapist = events[0].other
    parts = [
        *_sessions(person, therapist, [e.what for e in events if e.kind == "session"], kinds["missed_session"]),
        _calls(person, therapist, kinds["crisis_call"], kinds["unanswered_call"]),
        f"{w.times(kinds['alliance_rupture'])} something came between the two{_mended(kinds)}"
        if kinds["alliance_rupture"]
        else "",
        _medication(person, kinds),
        _therapist(person, therapist, events, kinds["supervision"]),
    ]
    return " ".join(w.sentence(part, log.names) for part in parts if part)


def _sessions(person: str, therapist: str, given_to: list[str], missed: int) -> list[str]:
    """Say how many sessions there were, and what they were mainly given to."""
    if not given_to:
        return [f"{person} came to none of the sessions with {therapist}"] if missed else []
    came = f"{person} came to {w.plural(len(given_to), 'session')} with {therapist}"
    given = [GIVEN_TO.get(what, what.replace("_", " ")) for what, _ in Counter(given_to).most_common(3)]
    return [
        came + (f" and missed {w.number(missed)}" if missed else ""),
        f"{'They were' if len(given_to) > 1 else 'It was'} mostly about {w.listed(given)}",
    ]


def _calls(person: str, therapist: str, answered: int, unanswered: int) -> str:
    """Say how often the patient called in crises, and how often nobody answered."""
    if not answered and not unanswered:
        return ""
    first = f"{w.times(answered)} {therapist} answered" if answered else "no call was answered"
    return f"In crises {person} called: {first}" + (f"; {w.times(unanswered)} nobody picked up" if unanswered else "")


def _mended(kinds: Counter[str]) -> str:
    ruptures, repairs = kinds["alliance_rupture"], kinds["alliance_repair"]
    if repairs >= ruptures:  # one of the quarter before may be among them
        return ", and it was mended" if ruptures == 1 else ", and each time it was mended"
    return f"; {w.times(repairs)} it was mended" if repairs else ""


def _medication(person: str, kinds: Counter[str]) -> str:
    """Say that medication began or ended, or both."""
    begins, ends = kinds["medication_begins"], kinds["medication_ends"]
    if begins and ends:
        return f"{person} was given medication, and it came to an end again"
    return f"{person} was given medication" if begins else "The medication came to an end" if ends else ""


def _therapist(person: str, therapist: str, events: list[Event], supervised: int) -> str:
    """Say what was stirred up in the therapist at its strongest, and how often it was talked about in supervision."""
    peaks: dict[str, float] = {}
    for event in events:
        if event.kind == "counter_reaction":
            peaks[event.what] = max(peaks.get(event.what, 0.0), event.perceived)
    strongest = sorted(peaks, key=lambda name: -peaks[name])[:TOLD_REACTIONS]
    felt = w.listed(STIRRED[n].format(how=w.strongly(peaks[n]), person=person).strip() for n in strongest)
    if supervised and felt:
        return f"{therapist}, by now {felt}, talked about it in supervision {w.times(supervised)}"
    return f"{therapist} was by now {felt}" if felt else ""
