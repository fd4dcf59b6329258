"""What stands around the episodes: who there is, how it went on the whole, and how things stand at the end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import numpy as np

from simulation.cases.profiles import built_in_profiles
from simulation.cases.roster import Roster
from simulation.measures.causes import HURT
from simulation.story import words as w
from simulation.story.episodes import Episode
from simulation.story.reading import Log
from simulation.theory.layout import WISHES
from simulation.theory.states import ACTS, FIRST_STRATEGY_ACT, SELF_STATES

STRATEGIES = ACTS[FIRST_STRATEGY_ACT:]
CAST = 12
"""People introduced at most."""
LOOK_BACK = 30
"""Days at the end of the run that the closing paragraph looks at."""
ENDED = {
    "warmth": "a warm answer",
    "regulation": "calming down by one's own means",
    "rupture": "the contact breaking off",
    "time": "nothing but time",
}


def cast(log: Log, person: str) -> list[str]:
    """Return one line for each of the people around a person, that person first."""
    case = log.recording.case
    met = Counter(p for kind, p in zip(log.columns[3], log.columns[4], strict=True) if kind in ("act", "reply"))
    named = [spec.name for spec in case.people if spec.name in met or spec.name in log.watched]
    order = [person, *log.watched, *named]
    names = list(dict.fromkeys(order))
    roles = {spec.name: spec.role for spec in case.people}
    profiles = {spec.name: spec.profile or "ordinary" for spec in case.people}
    if case.network is not None:
        roster = Roster(case)
        kinds, index = roster.profiles
        profiles |= {name: kinds[index[roster.number(name)]] for name in names[:CAST]}
    lines = []
    for name in names[:CAST]:
        role, profile = roles.get(name, ""), profiles.get(name, "ordinary")
        known = case.profiles.get(profile) or built_in_profiles().get(profile)
        meaning = known.meaning if known else ""
        text = f"{role} (profile “{profile}”)" if role else meaning or f"profile “{profile}”"
        lines.append(f"- **{name}**: {text}")
    if len(names) > CAST:
        lines.append(f"- and {w.number(len(names) - CAST)} more")
    return lines


def _most(values: Iterable[str]) -> tuple[str, int]:
    """Return the most frequent word and how often it occurs; ("", 0) if there is none."""
    common = Counter(value for value in values if value).most_common(1)
    return common[0] if common else ("", 0)


def _share(count: int, of: int) -> str:
    """Return how many of the episodes, in plain words."""
    if of == 1:
        return "it"
    return "each of them" if count == of else f"{w.number(count)} of them"


def _how_often(count: int, days: float) -> str:
    """Return how often something happened, in plain words."""
    gap = days / count
    if gap < 0.9:
        return f"{1 / gap:.1f} a day"
    if gap < 5:
        return f"about {7 / gap:.1f} a week".replace(".0 ", " ")
    return f"about one every {gap:.0f} days"


def summary(log: Log, person: str, episodes: list[Episode]) -> str:
    """Say how many episodes there were, the typical chain, what ended them, and with whom they began."""
    days = log.recording.days
    long = f"{days:g} days" + (f" ({days / 365.25:.0f} years)" if days > 730 else "")
    others = Counter(
        p for kind, p in zip(log.columns[3], log.columns[4], strict=True) if kind == "episode_begins" and p != person
    )
    count = len(episodes)
    if not count:
        text = f"In {long}, {person} did not once slip into an episode of dysregulation."
    else:
        lasted = [e.ends.tick - e.begins.tick for e in episodes if e.ends]
        text = f"In {long}, {person} went through {w.plural(count, 'episode')} of dysregulation"
        text += f", {_how_often(count, days)}" if count > 1 else ""
        text += f", usually for {w.span(int(np.median(lasted)), log.recording.dt)}." if len(lasted) > 2 else "."
        text += " " + " ".join(_typical(person, episodes))
    if others:
        named = w.listed(f"{name} ({n:,})" for name, n in others.most_common(4))
        rest = f" and {w.plural(len(others) - 4, 'other')}" if len(others) > 4 else ""
        text += f" Others had episodes of their own: {named}{rest}."
    return text


def _typical(person: str, episodes: list[Episode]) -> list[str]:
    """Say what was typical of the episodes, in sentences."""
    several = len(episodes) > 2
    triggers = [e.trigger for e in episodes if e.trigger and e.trigger.kind not in ("life_event", "session")]
    act, _ = _most(x.act.what for e in episodes for x in e.started if x.act.cause >= 0 and x.act.what in STRATEGIES)
    coping, n_coping = _most(x.what for e in episodes for x in e.coping)
    parts = []
    if triggers and several:
        what, _ = _most(f"{t.kind} {t.what}" for t in triggers)
        kind, what = what.split()
        example = next(t for t in triggers if (t.kind, t.what) == (kind, what))
        names = w.REPLY_NAMES if kind == "percept_of_reply" else w.ACT_NAMES
        value = np.mean([t.perceived for t in triggers if (t.kind, t.what) == (kind, what)])
        text = f"Typically it began with {names[example.what]} from another person"
        text += f", heard as rejection ({w.signed(float(value))} on average)" if value <= HURT else ""
        if act:
            text += f"; what {person} then did most often, everyday and warm contact aside, was {w.DOING[act]}"
        parts.append(w.sentence(text))
    if coping:
        parts.append(f"Against the pain, {w.COPING[coping]} was what {person} turned to most ({w.times(n_coping)}).")
    turning = sum(bool(e.turns) for e in episodes)
    if turning:
        parts.append(f"An interpersonal cycle closed in {_share(turning, len(episodes))}.")
    other, n_other = _most(e.other for e in episodes)
    if other and several:
        parts.append(f"The other person at the start was most often {other} (in {_share(n_other, len(episodes))}).")
    ending, n_ending = _most(e.ending for e in episodes if e.ending != "open")
    if ending and several:
        parts.append(f"What usually stood at the end was {ENDED[ending]} ({w.times(n_ending)}).")
    return parts


def closing(log: Log, person: str) -> str:
    """Say how things stand at the end: self-states, ties, and the share of the negative self-image."""
    recording = log.recording
    parts = []
    states = log.course(person, "self_state")
    if states is not None:
        look = min(round(LOOK_BACK * log.per_day / recording.every), len(states))
        codes = np.clip(states[-look:].round().astype(int), 0, len(SELF_STATES) - 1)
        shares = np.bincount(codes, minlength=len(SELF_STATES)) / max(len(codes), 1)
        order = [int(i) for i in np.argsort(-shares, kind="stable") if shares[i] >= 0.005]
        named = w.listed(f"{w.SELF_STATES[SELF_STATES[i]]} {shares[i]:.0%} of the time" for i in order[:1])
        rest = w.listed(f"{w.SELF_STATES[SELF_STATES[i]]} {shares[i]:.0%}" for i in order[1:4])
        since = f"the last {LOOK_BACK} days" if recording.days > LOOK_BACK else "this time"
        parts.append(f"In {since}, {person} was {named}" + (f", {rest}" if rest else ""))
    parts.extend(_ties(log, person))
    shares_of_negative = _negative_share(log, person)
    if shares_of_negative is not None:
        start, end = shares_of_negative
        turn = (
            "weighed about the same at the end"
            if abs(end - start) < 0.01
            else "had grown"
            if end > start
            else "had shrunk"
        )
        text = f"The negative image of the self {turn}: {start:.0%} of what {person} had come to believe at the start"
        parts.append(f"{text}, {end:.0%} at the end")
    return " ".join(w.sentence(part) for part in parts)


def _ties(log: Log, person: str) -> list[str]:
    """Say which relationships are under strain, and which have broken, as the person holds them at the end."""
    population = log.recording.population
    owner = log.recording.watched[log.watched[person]]
    ties: list[tuple[str, float, float, float]] = []
    for tie in population.ties_of(owner):
        name = log.recording.name(population.other_of(tie))
        strain, alive_now, ruptured = (float(population.tie_value(tie, f)) for f in ("strain", "alive", "ruptured"))
        ties.append((name, strain, alive_now, ruptured))
    parts = []
    alive = sorted((t for t in ties if t[2] > 0.5), key=lambda t: -t[1])
    if len(alive) == 1:
        parts.append(
            f"The strain that {person} felt with {alive[0][0]} stood at {alive[0][1]:.2f} on a scale from 0 to 1"
        )
    elif alive:
        parts.append(
            f"Of {person}'s {w.plural(len(alive), 'relationship')}, the one with {alive[0][0]} was under most strain "
            f"({alive[0][1]:.2f} of 1), the one with {alive[-1][0]} under least ({alive[-1][1]:.2f})"
        )
    new = dict.fromkeys(
        other if who == person else who
        for kind, who, other in zip(*log.columns[3:6], strict=True)
        if kind == "new_partner" and person in (who, other)
    )
    if new:
        parts.append(f"Friendship with {w.listed(list(new))} had turned into love")
    broken = [t[0] for t in ties if t[3] > 0.5]
    if broken:
        parts.append(f"Contact with {w.listed(broken)} had broken off")
    return parts


def _negative_share(log: Log, person: str) -> tuple[float, float] | None:
    """Return the share of negative in all evidence about the self, over all wishes, at the start and at the end."""
    negative = [log.course(person, f"negative_evidence_{wish}") for wish in WISHES]
    benevolent = [log.course(person, f"benevolent_evidence_{wish}") for wish in WISHES]
    bad = [course for course in negative if course is not None]
    good = [course for course in benevolent if course is not None]
    if len(bad) < len(WISHES) or len(good) < len(WISHES):
        return None
    start, end = (sum(float(c[i]) for c in bad) / sum(float(c[i]) for c in [*bad, *good]) for i in (0, -1))
    return start, end
