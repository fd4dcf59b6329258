"""The words of the story: phrases per kind of event, chosen by the event's id so that a story is always told alike."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from zlib import crc32

from simulation.story.reading import Log

SLOTS = ("early morning", "morning", "late morning", "midday", "afternoon", "late afternoon", "evening", "night")
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")

ACT = {
    "warm_contact": ("got in touch with {j} warmly", "reached out to {j} with warmth"),
    "ordinary_contact": ("was in touch with {j} about everyday things", "had some everyday talk with {j}"),
    "calm_request": ("asked {j} calmly for something", "told {j} calmly what was needed"),
    "relational_test": ("put {j} to the test", "provoked {j} a little, to see what would come back"),
    "clinging": ("clung to {j}", "held on to {j}, not able to let go"),
    "seduction": ("tried to win {j} over with charm", "sought closeness to {j} by being seductive"),
    "angry_demand": ("angrily demanded something of {j}", "came to {j} with an angry demand"),
    "attack": ("lashed out at {j}", "attacked {j} with words"),
    "withdrawal": ("drew back from {j}", "went silent towards {j}"),
}
"""What a person did to ``j``."""
ACT_NAMES = {
    "warm_contact": "warmth",
    "ordinary_contact": "everyday contact",
    "calm_request": "calm requests",
    "relational_test": "little tests",
    "clinging": "clinging",
    "seduction": "seductive charm",
    "angry_demand": "angry demands",
    "attack": "verbal attacks",
    "withdrawal": "drawing back",
}
"""The same as nouns."""
REPLY = {
    "warmth": ("answered warmly", "gave a warm answer"),
    "neutral": ("gave a neutral answer", "answered in a matter-of-fact way"),
    "unavailable": ("was busy", "had no time just then"),
    "pulling_back": ("pulled back", "kept at a distance"),
    "criticism": ("answered with criticism", "found fault"),
    "rejection": ("turned {i} away", "said a plain no to {i}"),
}
"""How the other answered person ``i``."""
FELT = {
    "overwhelmed": ("felt {v} overwhelmed", "was {v} overwhelmed by it"),
    "criticised": ("felt {v} criticised", "felt {v} accused"),
    "confused": ("felt {v} confused", "was left {v} confused"),
    "worried": ("felt {v} worried", "became {v} worried"),
}
"""How the other felt, ``v`` strongly."""
EARLIER = (
    "It had started earlier: ",
    "It went back a little: ",
    "There had been something before: ",
    "First, ",
    "The hurt was older: ",
)
BETWEEN = (
    "{p} had to do with {j} {c} in between; then ",
    "In between {p} was in contact with {j} {c}; then ",
    "{p} was in touch with {j} {c} after that, until ",
)
SOUGHT = (
    "{p} went to {j} {c}, {m} {h}",
    "{p} sought out {j} {c}, {m} {h}",
    "{p} turned to {j} {c}, {m} {h}",
)
FACED = ("{p} met {j} {c}, {m} {h}", "{p} faced {j} {c}, {m} {h}")
"""The same where drawing back is much of it."""
REPLY_NAMES = {
    "warmth": "a warm answer",
    "neutral": "a neutral answer",
    "unavailable": "no answer or no time",
    "pulling_back": "distance",
    "criticism": "criticism",
    "rejection": "a plain no",
}
DOING = {
    "warm_contact": "to reach out warmly",
    "ordinary_contact": "to keep up everyday contact",
    "calm_request": "to ask calmly",
    "relational_test": "to put the other to the test",
    "clinging": "to cling",
    "seduction": "to try with seductive charm",
    "angry_demand": "to demand something angrily",
    "attack": "to lash out",
    "withdrawal": "to draw back",
}
COPING = {
    "rumination": "going over it again and again",
    "binge_eating": "binge eating",
    "alcohol": "alcohol",
    "self_harm": "self-harm",
    "dissociation": "going numb and far away",
    "bodily_regulation": "calming the body",
    "pleasant_activity": "doing something pleasant",
    "reappraisal": "looking at it in another way",
}
FEELING = {"anger": "anger", "shame": "shame", "sadness": "sadness", "anxiety": "anxiety"}
SELF_STATES = {
    "regulated": "regulated",
    "angry": "angry",
    "unworthy": "feeling unworthy",
    "fragmented": "fragmented",
    "detached": "detached",
    "soothing": "busy soothing pain",
}
HEARD = (
    "and {p} heard rejection in it ({v})",
    "which {p} took as rejection ({v})",
    "and to {p} this was rejection ({v})",
    "and what {p} heard was: not wanted ({v})",
)
HEARD_A_LITTLE = (
    "and {p} heard it as cool ({v})",
    "which came across to {p} as lukewarm ({v})",
)
ALTHOUGH = (
    ", though the {thing} itself was {how}",
    "; the {thing} as such was {how}",
    ", although there was nothing more than {how} about the {thing}",
)
BUSY = (
    ", though being busy can mean many things",
    ", though it may have meant no more than that",
    "; {j} had not said anything of the kind",
    ", although no answer is an ambiguous answer",
)
PLAIN = {
    "warm_contact": "warm",
    "ordinary_contact": "ordinary",
    "calm_request": "calm",
    "relational_test": "ambiguous",
    "clinging": "friendly rather than cold",
    "seduction": "friendly rather than cold",
    "warmth": "warm",
    "neutral": "neutral",
    "unavailable": "ambiguous",
}
"""How acts and replies are that are not cold in themselves (affiliation above −0.2)."""
COLD = ("pulling_back", "criticism", "rejection")


def pick(options: Sequence[str], number: int, salt: int = 0) -> str:
    """Return one of several phrasings, always the same one for the same event."""
    return options[crc32(f"{number} {salt}".encode()) % len(options)]


def listed(items: Iterable[str]) -> str:
    """Join as "a, b and c"."""
    parts = list(items)
    return parts[0] if len(parts) == 1 else ", ".join(parts[:-1]) + " and " + parts[-1] if parts else ""


def number(count: int) -> str:
    """Return a count in words up to twelve."""
    return NUMBERS[count] if 0 <= count < len(NUMBERS) else f"{count:,}"


def times(count: int) -> str:
    """Return "once", "twice", "three times" and so on."""
    return {1: "once", 2: "twice"}.get(count, f"{number(count)} times")


def plural(count: int, noun: str) -> str:
    """Return "one episode", "two episodes" and so on."""
    return f"{number(count)} {noun}{'' if count == 1 else 's'}"


def strongly(strength: float) -> str:
    """Return how strongly something was felt: "a little", "" or "very"."""
    return "a little" if strength < 0.3 else "very" if strength >= 0.7 else ""


def signed(value: float) -> str:
    """Return a valence with a true minus sign."""
    return f"{value:+.1f}".replace("-", "−").replace("+0.0", "0.0").replace("−0.0", "0.0")


def sentence(text: str, names: tuple[str, ...] = ()) -> str:
    """Make a sentence of it: a capital at the start, unless a name stands there, and a full stop at the end."""
    text = text.strip()
    if not text:
        return ""
    return (
        (text[0] if names and text.startswith(names) else text[0].upper())
        + text[1:]
        + ("" if text[-1] in ".!?" else ".")
    )


def moment(log: Log, tick: int) -> str:
    """Return "Day 12, evening"; days are counted as in the case, from 0."""
    days = tick * log.recording.dt + 1e-9
    return f"Day {int(days):,}".replace(",", "") + f", {SLOTS[min(int(days % 1 * len(SLOTS)), len(SLOTS) - 1)]}"


def span(ticks: int, dt: float) -> str:
    """Return a length of time in plain words."""
    days = ticks * dt
    if days < 0.4:
        return "a few hours"
    if days < 0.8:
        return "half a day"
    if days < 1.5:
        return "a day"
    return f"{number(round(days))} days" if days < 21 else f"{number(round(days / 7))} weeks"


def later(ticks: int, dt: float) -> str:
    """Return when something was, seen from something earlier."""
    days = ticks * dt
    if days < 0.2:
        return "soon after"
    return "later that day" if days < 0.6 else "by the next day" if days < 1.5 else f"{number(round(days))} days later"
