"""Tell one episode: a paragraph built from its events."""

from __future__ import annotations

from collections import Counter

import numpy as np

from simulation.story import words as w
from simulation.story.contacts import came, contacts
from simulation.story.episodes import HELPFUL, Episode
from simulation.story.percept import told_percept
from simulation.story.reading import Log

NOTABLE = 0.2
"""Feelings whose peak is lower are not worth a word."""
LONGEST = 8
"""Sentences of an episode."""
LAG = 0.6
"""Days between two peaks that count as one after the other."""


def told(log: Log, episode: Episode) -> str:
    """Return an episode as a paragraph of a few sentences."""
    trigger = episode.trigger
    after = trigger.id if trigger else episode.begins.id
    started = [e for e in episode.started if e.act.id > after]
    met = [e for e in episode.met if e.act.id > after]
    told_parts = [  # what is left out first when there is too much to tell stands with a higher number
        *((0, part) for part in _beginning(log, episode)),
        (0, _feelings(log, episode)),
        *contacts(episode, started),
        (3, came(episode, met)),
        (0, _cycle(episode)),
        *((i, part) for i, part in enumerate(_soothing(log, episode))),
        (0, "In these days a suicidal crisis began: a state of risk that calls for help" if episode.crisis else ""),
        (0, _ending(log, episode)),
    ]
    told_parts = [part for part in told_parts if part[1]]
    while len(told_parts) > LONGEST:
        told_parts.remove(max(reversed(told_parts), key=lambda part: part[0]))
    return " ".join(w.sentence(text, log.names) for _, text in told_parts)


def _beginning(log: Log, episode: Episode) -> list[str]:
    """Say what set it off."""
    trigger, person, number = episode.trigger, episode.person, episode.begins.id
    if trigger is None:
        options = (
            f"Nothing that anyone did stands at the start of this one: it grew out of {person}'s own mood",
            f"This time {person} was thrown off balance without anyone's doing",
        )
        return [w.pick(options, number)]
    if trigger.kind == "session":
        return [f"What had been said in the session with {trigger.other} was still with {person}, heard as rejection"]
    if trigger.kind == "life_event":
        return [f'What had just happened was still with {person}: "{trigger.what}"']
    parts = []
    if episode.lead is not None:
        opening = w.pick(w.EARLIER, number)
        parts.append(opening + told_percept(log, episode.lead))
        then = w.pick(("Then ", "After that, ", "And then ", "Next, "), number, 2)
        between = [e.act.other for e in episode.started if episode.lead.id < e.act.id and e.answer.id < trigger.id]
        if between:
            whom = w.listed(dict.fromkeys(between)) if len(set(between)) <= 3 else "others"
            then = w.pick(w.BETWEEN, number, 2).format(p=person, j=whom, c=w.times(len(between)))
        parts.append(then + told_percept(log, trigger))
    else:
        parts.append(told_percept(log, trigger))
    return parts


def _feelings(log: Log, episode: Episode) -> str:
    """Say which feelings were strongest at its start, in the order of their peaks, and how far pain rose."""
    begin = (episode.trigger or episode.begins).tick
    end = min(episode.ends.tick if episode.ends else log.recording.ticks, episode.begins.tick + 2 * log.per_day)
    first, last = log.sample(begin), log.sample(end) + 1
    peaks: list[tuple[int, str, float]] = []
    for name in (*w.FEELING, "pain"):
        course = log.course(episode.person, name)
        if course is None or first >= len(course):
            continue
        at = int(np.argmax(course[first:last]))
        if course[first + at] >= NOTABLE:
            peaks.append((at, name, float(course[first + at])))
    pain = [p for p in peaks if p[1] == "pain"]
    feelings = sorted(p for p in peaks if p[1] != "pain")
    strongest = max((p[2] for p in feelings), default=0.0)
    feelings = [p for p in feelings if p[2] >= max(0.4 * strongest, NOTABLE)][:3]
    if not feelings:
        return f"What was strongest then was pain ({pain[0][2]:.1f} of 1)" if pain else ""
    number = episode.begins.id
    groups: list[list[tuple[int, str, float]]] = []
    for peak in feelings:
        lag = (peak[0] - groups[-1][0][0]) * log.recording.every * log.recording.dt if groups else 0.0
        if groups and lag < LAG:
            groups[-1].append(peak)
        else:
            groups.append([peak])
    for group in groups:
        group.sort(key=lambda peak: -peak[2])
    named = [w.listed(f"{name} ({size:.1f})" for _, name, size in group) for group in groups]
    if len(named) == 1:
        text = w.pick(("What rose in {p} was {f}", "{p} was filled with {f}", "Strongest in {p} then: {f}"), number, 3)
        text = text.format(p=episode.person, f=named[0])
    else:
        text = w.pick(
            ("First came {a}, then {b}", "At first it was {a}, and {b} followed", "{a} came before {b}"), number, 3
        )
        text = text.format(a=named[0], b=" and then ".join(named[1:]))
    if pain:
        size = f"({pain[0][2]:.1f} of 1)"
        text += w.pick(
            (f"; pain climbed as well {size}", f", and underneath, pain {size}", f"; it hurt {size}"), number, 4
        )
    return text


def _cycle(episode: Episode) -> str:
    """Say whether it came back: chains that closed between two people."""
    if not episode.turns:
        return ""
    other, turns = max(episode.turns.items(), key=lambda item: (item[1], item[0]))
    person = episode.person
    if turns == 1:
        options: tuple[str, ...] = (
            f"What {person} did came back from {other} as new hurt: one turn of an interpersonal cycle",
            f"The hurt led to an act, and the act brought more hurt from {other}; the interpersonal cycle closed once",
        )
    else:
        options = (
            f"Between {person} and {other} it went round {w.times(turns)}, each hurt leading to the next: "
            "an interpersonal cycle",
            f"With {other} it became an interpersonal cycle of {w.plural(turns, 'turn')}",
            f"Each hurt brought the next: {person} and {other} were caught in an interpersonal cycle for "
            f"{w.plural(turns, 'turn')}",
            f"This was an interpersonal cycle: {w.times(turns)} what {person} did out of hurt came back from {other} "
            "as hurt",
            f"Hurt, answer and new hurt followed each other between {person} and {other}: an interpersonal cycle, "
            f"{w.plural(turns, 'turn')} long",
        )
    return w.pick(options, episode.begins.id, 6)


def _soothing(log: Log, episode: Episode) -> list[str]:
    """Say how the person soothed, what it did to pain, and whether shame rose later."""
    if not episode.coping:
        return []
    person, coping = episode.person, episode.coping
    counts = Counter(e.what for e in coping)
    named = w.listed(w.COPING[what] + (f" ({w.times(n)})" if n > 1 else "") for what, n in counts.most_common())
    options = (
        f"To make it bearable, {person} turned to {named}",
        f"{person} soothed the pain with {named}",
        f"What {person} found against the pain was {named}",
    )
    text = w.pick(options, coping[0].id)
    pain = log.course(person, "pain")
    if pain is not None:
        drops = [(float(pain[log.sample(e.tick - 1)]), e.perceived) for e in coping if e.tick >= 1]
        before, after = max(drops, key=lambda d: d[0] - d[1], default=(0.0, 0.0))
        if before - after >= 0.05:
            text += f"; {'at best it' if len(coping) > 1 else 'it'} eased pain from {before:.2f} to {after:.2f}"
        else:
            text += ", which eased little"
    parts = [text]
    shame = log.course(person, "shame")
    costly = [e for e in coping if e.what not in HELPFUL]
    if shame is not None and costly:
        last = costly[-1]
        first = log.sample(last.tick)
        ahead = shame[first : log.sample(last.tick + log.per_day) + 1]
        at = int(np.argmax(ahead)) if len(ahead) else 0
        if len(ahead) and float(ahead[at] - ahead[0]) >= 0.05:
            when = w.later(at * log.recording.every, log.recording.dt)
            parts.append(f"{when} shame rose, from {ahead[0]:.2f} to {ahead[at]:.2f}")
    return parts


def _ending(log: Log, episode: Episode) -> str:
    """Say how it ended."""
    person, number, last = episode.person, episode.begins.id, episode.last
    options: tuple[str, ...]
    if episode.ends is None:
        return f"When the run ended, {person} was still in the midst of it"
    after = w.span(episode.ends.tick - episode.begins.tick, log.recording.dt)
    if episode.ending == "rupture" and last is not None:
        pair = f"{last.person} and {last.other}"
        return f"After {after} it was over, but so, for the time being, was the contact between {pair}"
    broken = [e.other if e.person == person else e.person for e in episode.ruptures]
    cost = f"; on the way the relationship with {broken[0]} broke" if broken else ""
    if episode.ending == "warmth" and last is not None:
        who = last.other
        options = (
            f"Warmth from {who} got through ({w.signed(last.perceived)}), and after {after} it was over",
            f"It settled after {after}, not long after {who} had been warm ({w.signed(last.perceived)})",
            f"After {after}, with some warmth from {who} just before ({w.signed(last.perceived)}), calm returned",
        )
    elif episode.ending == "regulation" and last is not None:
        how = w.COPING[last.what]
        options = (
            f"After {after}, {how} had helped {person} find calm again",
            f"With {how}, calm returned after {after}",
        )
    else:
        options = (
            f"Nobody in particular ended it; after {after} it had ebbed away",
            f"It took {after} to pass",
            f"After {after} it wore off by itself",
        )
    return w.pick(options, number, 7) + cost
