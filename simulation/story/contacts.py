"""Tell the contacts of an episode, many of them in a sentence or two."""

from __future__ import annotations

from collections import Counter

from simulation.measures.causes import HURT
from simulation.story import words as w
from simulation.story.episodes import Episode
from simulation.story.percept import heard_as, how_felt, was_moved
from simulation.story.reading import Encounter, Event


def _answers(encounters: list[Encounter]) -> str:
    """Say what came back, the most frequent answers first."""
    phrases = {
        "warmth": ("warmth came back {t}", "{t} the answer was warm"),
        "neutral": ("{t} the answer was matter-of-fact", "{t} it was a neutral word"),
        "unavailable": ("{t} there was no time or no answer", "{t} {j} was busy"),
        "pulling_back": ("{t} {j} pulled back",),
        "criticism": ("{t} {j} found fault", "{t} it was criticism"),
        "rejection": ("{t} {j} said no",),
    }
    counts = Counter(e.reply.what for e in encounters)
    first = encounters[0].act
    return w.listed(
        w.pick(phrases[what], first.id).format(t=w.times(count), j=first.other) for what, count in counts.most_common(3)
    )


def contacts(episode: Episode, started: list[Encounter]) -> list[tuple[int, str]]:
    """Say what the person did towards others, how these felt, and what came back."""
    person, number = episode.person, episode.begins.id
    by_other: dict[str, list[Encounter]] = {}
    for encounter in started:
        by_other.setdefault(encounter.act.other, []).append(encounter)
    ranked = sorted(
        by_other.items(),
        key=lambda item: (item[0] != episode.other, -episode.turns.get(item[0], 0), -len(item[1]), item[1][0].act.id),
    )
    parts: list[tuple[int, str]] = []
    for other, encounters in ranked[:2]:
        elsewhere = bool(episode.other) and other != episode.other
        first = encounters[0]
        if len(encounters) == 1:
            did = w.pick(w.ACT[first.act.what], first.act.id).format(j=other)
            text = f"{person} {'also' if elsewhere else 'then'} {did}"
            felt = ""
            if first.heard is not None and was_moved(first.heard):
                felt = f" {how_felt(first.heard)} and"
            text += f"; {other}{felt} {w.pick(w.REPLY[first.reply.what], first.reply.id).format(i=person)}"
            heard = heard_as(first.answer)
            parts.append((2 * elsewhere, f"{text}, {heard}" if heard else text))
            continue
        acts = Counter(e.act.what for e in encounters).most_common(2)
        how = " and ".join(w.ACT_NAMES[what] for what, _ in acts)
        count = w.times(len(encounters))
        share = sum(n for _, n in acts) / len(encounters)
        mostly = "with" if share == 1 else "mostly with" if share > 0.5 else "often with"
        if elsewhere:
            text = f"{person} turned to {other} too, {count}, {mostly} {how}"
        else:
            more = " more" if episode.trigger and episode.trigger.kind == "percept_of_reply" else ""
            options = w.FACED if "withdrawal" in dict(acts) else w.SOUGHT
            text = w.pick(options, number, 5).format(p=person, j=other, c=count + more, m=mostly, h=how)
        parts.append((2 * elsewhere, text + f"; {_answers(encounters)}"))
        moved = [e.heard for e in encounters if e.heard is not None and was_moved(e.heard)]
        if moved:
            most = max(moved, key=lambda e: e.strength)
            kind = Counter(e.felt for e in moved).most_common(1)[0][0]
            parts.append((2 + elsewhere, _moved(other, kind, most, moved)))
    rest = [name for name, _ in ranked[2:]]
    if rest:
        shown = rest if len(rest) <= 3 else [*rest[:2], f"{w.number(len(rest) - 2)} others"]
        parts.append((4, f"There was contact with {w.listed(shown)} besides"))
    return parts


def _moved(other: str, kind: str, most: Event, moved: list[Event]) -> str:
    """Say how the other felt over several encounters."""
    options: tuple[str, ...] = (f"{other} mostly felt {kind}, and once {w.strongly(most.strength)} {most.felt}",)
    if most.felt == kind:
        how = f"{w.strongly(most.strength)} {kind}".strip()
        options = (
            f"{other} came to feel {how}",
            f"On the other side, {other} felt {how}",
            f"{other}, for one, felt {how}",
        )
    elif sum(e.felt == most.felt for e in moved) > 1:
        options = (f"{other} felt {kind}, and at times {w.strongly(most.strength)} {most.felt}",)
    return w.pick(options, most.id).replace("  ", " ")


def came(episode: Episode, met: list[Encounter]) -> str:
    """Say what others brought of their own accord, if it hurt."""
    hurtful = [e for e in met if e.heard is not None and e.heard.perceived <= HURT]
    if not hurtful:
        return ""
    other, count = Counter(e.act.person for e in hurtful).most_common(1)[0]
    own = [e for e in hurtful if e.act.person == other]
    if count == 1:
        return f"In between, {_told_act(own[0])}"
    kinds = [w.ACT_NAMES[what] for what, _ in Counter(e.act.what for e in own).most_common(2)]
    options = (
        "{j}, too, did things that hurt {p}, {c}: {k}",
        "{c} something that {j} did of their own accord hurt {p}: {k}",
        "From {j}'s side also came {k}, felt as hurtful {c}",
    )
    text = w.pick(options, own[0].act.id)
    return text.format(j=other, p=episode.person, c=w.times(count), k=" and ".join(kinds))


def _told_act(encounter: Encounter) -> str:
    heard = encounter.heard
    assert heard is not None
    text = f"{heard.other} {w.pick(w.ACT[heard.what], heard.id).format(j=heard.person)}"
    return f"{text}, {heard_as(heard)}"
