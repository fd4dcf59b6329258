"""Tell a run, or one episode of it, in plain words."""

from __future__ import annotations

from simulation.cases.happen import Happening
from simulation.errors import InputError
from simulation.recording.recording import Recording
from simulation.story import words as w
from simulation.story.episodes import Episode, episodes_of, gathered, most_telling
from simulation.story.frame import cast, closing, summary
from simulation.story.paragraph import told
from simulation.story.reading import Log, log_of, protagonist
from simulation.story.sessions import treatment

EPISODES_TOLD = 20
"""Episodes of a story at most; see `most_telling` for which."""
DISCLAIMER = "*A research and teaching model, not a clinical instrument: nobody in this story exists.*"


def tell_story(recording: Recording) -> str:
    """Tell a run as a story, in markdown.

    It is told from the causal events of the person whom the case is about, or of the first watched one: what set off
    each episode, what followed, and how it ended. At most `EPISODES_TOLD` episodes are told, chosen by `most_telling`.
    Days are counted as in the case, from 0. The same recording always gives the same story.
    """
    case = recording.case
    log = log_of(recording)
    person = protagonist(recording)
    parts = [f"# {case.title or case.name}", DISCLAIMER]
    if person is None:
        parts.append("Nobody was watched in this run, so there is no one whose story could be told.")
        return "\n\n".join([*parts, *_days(log, [], [])]) + "\n"
    episodes = [gathered(log, episode) for episode in episodes_of(log, person)]
    chosen = most_telling(episodes, recording.ticks, EPISODES_TOLD)
    parts += ["## Who there is", "\n".join(cast(log, person)), "## On the whole"]
    if len(log):
        parts.append(summary(log, person, episodes))
    else:
        parts.append("No events are on record for this run.")
    left = len(episodes) - len(chosen)
    if left:
        parts.append(
            f"Told below are {w.plural(len(chosen), 'episode')}, the most telling of each stretch of time; "
            f"{w.plural(left, 'episode')} {'is' if left == 1 else 'are'} left out."
        )
    parts += _days(log, chosen, treatment(log, person))
    end = closing(log, person)
    if end:
        parts += ["## How things stand at the end", end]
    return "\n\n".join(parts) + "\n"


def tell_episode(recording: Recording, episode_id: int) -> str:
    """Tell one episode of a watched person, in markdown.

    Args:
        recording: what the run yielded.
        episode_id: id of the event with which the episode begins (kind ``episode_begins``).

    Raises:
        InputError: no episode has this id.
    """
    log = log_of(recording)
    everyone = episodes_of(log, None)
    for episode in everyone:
        if episode.begins.id == episode_id:
            return f"{_heading(log, episode)}\n\n{told(log, gathered(log, episode))}\n"
    if not everyone:
        raise InputError(f"there is no episode {episode_id}: no episode is on record for this run")
    shown = ", ".join(str(episode.begins.id) for episode in everyone[:8])
    more = f" and {len(everyone) - 8:,} more" if len(everyone) > 8 else ""
    raise InputError(f"there is no episode {episode_id}; the episodes of this run begin with events {shown}{more}")


def _heading(log: Log, episode: Episode) -> str:
    """Return the heading of an episode: when it began."""
    return f"### {w.moment(log, episode.begins.tick)}"


def _days(log: Log, episodes: list[Episode], sessions: list[tuple[int, str, str]]) -> list[str]:
    """Return life events, the treatment and episodes in order of time, each under its moment."""
    life: dict[int, list[Happening]] = {}
    for happening in log.recording.happened:
        life.setdefault(happening.tick, []).append(happening)
    told_at: list[tuple[int, int, str, str]] = []
    for tick, happened in life.items():
        labels = [w.sentence(h.event.label) for h in happened]
        text = labels[0] if len(labels) == 1 else "\n".join(f"- {label}" for label in labels)
        told_at.append((tick, 0, f"### {w.moment(log, tick)}: what life brought", text))
    told_at += [(tick, 0, heading, text) for tick, heading, text in sessions]
    told_at += [(e.begins.tick, 1, _heading(log, e), told(log, e)) for e in episodes]
    parts = ["## What happened"] if told_at else []
    for _, _, heading, text in sorted(told_at, key=lambda item: item[:2]):
        parts += [heading, text]
    return parts
