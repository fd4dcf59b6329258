"""Say what one person did, how the other felt, what came back, and how that was heard."""

from __future__ import annotations

from simulation.measures.causes import HURT
from simulation.story import words as w
from simulation.story.reading import Event, Log


def heard_as(percept: Event) -> str:
    """Say how something was read, and that it was not cold in itself where that is so."""
    if percept.perceived > HURT:
        if percept.perceived > -0.05:
            return ""
        return w.pick(w.HEARD_A_LITTLE, percept.id).format(p=percept.person, v=w.signed(percept.perceived))
    text = w.pick(w.HEARD, percept.id).format(p=percept.person, v=w.signed(percept.perceived))
    how = w.PLAIN.get(percept.what)
    if how:
        thing = "answer" if percept.kind == "percept_of_reply" else "gesture"
        options = w.BUSY if percept.what == "unavailable" else w.ALTHOUGH
        text += w.pick(options, percept.id, 1).format(thing=thing, how=how, j=percept.other)
    return text


def told_percept(log: Log, percept: Event) -> str:
    """Say what was done and how one person heard it, in one sentence."""
    person, other = percept.person, percept.other
    heard = heard_as(percept)
    if percept.kind == "percept_of_act":
        text = f"{other} {w.pick(w.ACT[percept.what], percept.id).format(j=person)}"
        felt = f"{person} {how_felt(percept)}" if was_moved(percept) else ""
        return ", ".join(filter(None, (text, heard))) + (f"; {felt}" if felt else "")
    reply = log.cause(percept)
    before = log.cause(reply) if reply else None
    act = log.cause(before) if before and before.kind == "percept_of_act" else before
    answered = f"{other} {w.pick(w.REPLY[percept.what], percept.id).format(i=person)}"
    if act is None or act.kind != "act":
        return ", ".join(filter(None, (answered, heard)))
    did = f"{person} {w.pick(w.ACT[act.what], act.id).format(j=other)}"
    if before is not None and was_moved(before):
        answered = f"{other} {how_felt(before)} and {answered[len(other) + 1 :]}"
    return ", ".join(filter(None, (f"{did}; {answered}", heard)))


def how_felt(percept: Event) -> str:
    """Say how an act made the other feel."""
    return w.pick(w.FELT[percept.felt], percept.id).format(v=w.strongly(percept.strength)).replace("  ", " ")


def was_moved(percept: Event) -> bool:
    """Return whether a feeling is on record with a percept."""
    return percept.felt in w.FELT and percept.strength > 0
