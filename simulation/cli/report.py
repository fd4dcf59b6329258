"""The few lines at the end of a run that a person wants to know."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulation.cli.terminal import console, shown

if TYPE_CHECKING:
    from simulation.recording.recording import Recording

CLOSEST = 4  # ties of a person that get a line of their own
OTHERS = 12  # people besides the focal one that get a line of their own
_BAR = 30
_LABEL = 22
_GLYPHS = {
    "regulated": ("░", "green"),
    "angry": ("▲", "red"),
    "unworthy": ("▒", "magenta"),
    "fragmented": ("█", "bright_red"),
    "detached": ("─", "blue"),
    "soothing": ("○", "cyan"),
}


def print_report(
    summary: Mapping[str, Any],
    target: Path,
    pictures: Sequence[Path],
    notes: Sequence[str],
    recording: Recording,
    seconds: float,
) -> None:
    """Print what happened, to whom, and where everything is.

    Args:
        summary: What `summarise` returns.
        target: The folder of the run.
        pictures: Paths of pictures within it, the most important first.
        notes: What the user should know about the case.
        recording: What the run yielded.
        seconds: Time since the command was given.
    """
    from rich.text import Text

    out = console()
    for line in _lines(summary, notes):
        out.print(line if isinstance(line, Text) else Text(line), soft_wrap=True)
    for line in _files(target, pictures):
        out.print(Text(line), soft_wrap=True)
    speed = recording.person_ticks / recording.seconds_simulating if recording.seconds_simulating > 0 else 0.0
    simulated = f"{recording.seconds_simulating:.2g} s of it simulating ({speed:,.0f} people-ticks/s)"
    out.print(Text(f"\n{seconds:.1f} s, {simulated}", style="dim"), soft_wrap=True)
    out.print(Text(summary["about"], style="dim"), soft_wrap=True)


def _lines(summary: Mapping[str, Any], notes: Sequence[str]) -> Iterator[Any]:
    from rich.text import Text

    people = f"{summary['people']:,} people"
    yield Text(f"{summary['title'] or summary['case']}", style="bold")
    yield f"{summary['case']}, seed {summary['seed']}: {people} through {summary['days']:g} days"
    yield from (f"note: {note}" for note in notes)
    watched = summary["watched"]
    focal = summary["focal"]
    shown = [focal] if focal in watched else []
    rest = [name for name in watched if name not in shown]
    if len(rest) == 1:
        shown, rest = [*shown, *rest], []
    for name in shown:
        yield ""
        yield Text(name, style="bold")
        yield from _person(name, watched[name], summary["pairs"])
    if rest:
        yield ""
        yield from (_other(name, watched[name]) for name in rest[:OTHERS])
        if len(rest) > OTHERS:
            yield f"and {len(rest) - OTHERS:,} more who were watched"
    if summary["people"] > len(watched):
        yield ""
        yield _everyone(summary)
    yield ""


def _person(name: str, person: Mapping[str, Any], pairs: Sequence[Mapping[str, Any]]) -> Iterator[Any]:
    yield _line("episodes", _episodes(person))
    feelings = [f"{_words(name)} {mean:.2f}" for name, mean in person["mean"].items() if mean is not None]
    if feelings:
        yield _line("feelings on average", f"{', '.join(feelings)} (of 1)")
    if person["self_states"]:
        yield from _bar(person["self_states"])
    if person["acts"] is not None:
        yield from _doings(person)
    if person["treatment"] is not None:
        yield _line("treatment", _treatment(person["treatment"]))
    image = person["negative_self_image"]
    if image["at_start"] is not None:
        yield _line("negative self-image", f"{image['at_start']:.2f} → {image['at_end']:.2f} of the evidence")
    own = sorted((pair for pair in pairs if pair["first"] == name), key=lambda pair: -pair["acts"] - pair["replies"])
    for pair in own[:CLOSEST]:
        yield _line(f"with {pair['other']}", _tie(pair))
    if len(own) > CLOSEST:
        yield _line("", f"and {len(own) - CLOSEST} more ties (summary.json)")


def _doings(person: Mapping[str, Any]) -> Iterator[str]:
    coping = list(person["coping_per_30_days"].items())[:3]
    soothing = ", ".join(f"{_words(strategy)} {rate:.1f}" for strategy, rate in coping)
    yield _line("soothing alone", f"{soothing} times in 30 days" if soothing else "not once")
    yield _line("toward others", _most(person["acts"]) or "no contact sought")
    yield _line("contacts", f"{person['contacts_per_day']:.1f} a day")
    if person["crises"]:
        yield _line("suicidal crises", f"{person['crises']}, each a time of risk that calls for help")


def _treatment(lived: Mapping[str, Any]) -> str:
    parts = [f"came to {_count(lived['sessions'], 'session')}, missed {lived['missed']}"]
    if lived["crisis_calls"] or lived["unanswered_calls"]:
        parts.append(f"{_count(lived['crisis_calls'], 'crisis call')} answered, {lived['unanswered_calls']} not")
    if lived["ruptures"]:
        parts.append(f"{_count(lived['ruptures'], 'rupture')} of the alliance, {lived['repairs']} mended")
    left = lived["left_on_day"]
    parts.append("did not leave early" if left is None else f"left on day {left:.0f}")
    return "; ".join(parts)


def _episodes(person: Mapping[str, Any]) -> str:
    time = person["time_in_episode"]
    share = "" if time is None else f", {_percent(time)} of the time"
    if person["episodes"] is None:
        return f"nothing happened{share}"
    return f"{person['episodes']} of dysregulation: {_short(person['episodes_per_week'])} a week{share}"


def _tie(pair: Mapping[str, Any]) -> str:
    parts = []
    if pair["strain"]:
        parts.append(f"strain {pair['strain']['at_start']:.2f} → {pair['strain']['at_end']:.2f}")
    if pair["replies"]:
        parts.append(f"{pair['cold_replies']} of {pair['replies']} answers cold")
    parts.append(_count(pair["ruptures"], "rupture"))
    if pair["reconciliations"]:
        parts.append(_count(pair["reconciliations"], "reconciliation"))
    if pair["became_partners"]:
        parts.append("friends who became partners")
    return ", ".join(part for part in parts if part)


def _other(name: str, person: Mapping[str, Any]) -> str:
    contacts = person["contacts_per_day"]
    more = "" if contacts is None else f", {contacts:.1f} contacts a day"
    return _line(name, _episodes(person) + more, indent="")


def _everyone(summary: Mapping[str, Any]) -> str:
    means = summary["everyone"]
    parts = []
    if "in_episode" in means:
        parts.append(f"{_percent(means['in_episode'])} of the time in an episode")
    if "arousal" in means:
        parts.append(f"mean arousal {means['arousal']:.2f}")
    parts.append(f"negative self-image at the end {means['negative_self_image_at_end']:.2f}")
    return _line(f"all {summary['people']:,} people", ", ".join(parts), indent="")


def _bar(shares: Mapping[str, float]) -> Iterator[Any]:
    """Yield a bar of the self-states, and what its parts mean."""
    from rich.text import Text

    cells = _cells(list(shares.values()), _BAR)
    bar, legend = Text(_line("self-states", "")), Text(" " * (_LABEL + 2))
    for (state, share), width in zip(shares.items(), cells, strict=True):
        glyph, colour = _GLYPHS.get(state, ("?", "white"))
        bar.append(glyph * width, style=colour)
        if share > 0:
            legend.append(f"{glyph} ", style=colour)
            legend.append(f"{state} {_percent(share)}   ")
    yield bar
    legend.rstrip()
    yield legend


def _cells(shares: Sequence[float], width: int) -> list[int]:
    """Divide `width` cells among shares that sum to 1: largest remainders first."""
    exact = [share * width for share in shares]
    cells = [int(part) for part in exact]
    by_remainder = sorted(range(len(exact)), key=lambda i: cells[i] - exact[i])
    for i in by_remainder[: width - sum(cells)]:
        cells[i] += 1
    return cells


def _files(target: Path, pictures: Sequence[Path]) -> Iterator[str]:
    from simulation.recording.folder import STORY, SUMMARY, TABLES

    if (target / STORY).exists():
        yield _line("story", shown(target / STORY), indent="")
    for i, picture in enumerate(pictures):
        yield _line("" if i else "pictures", shown(target / picture), indent="")
    yield _line("numbers", f"{shown(target / SUMMARY)}; {', '.join(TABLES)} (.parquet)", indent="")
    yield _line("the same run again", f"cycles run {shown(target / 'case.toml')}", indent="")


def _line(label: str, text: str, indent: str = "  ") -> str:
    return f"{indent}{label:<{_LABEL + 2 - len(indent)}}{text}"


def _most(counts: Mapping[str, int], n: int = 3) -> str:
    total = sum(counts.values())
    return ", ".join(f"{_words(word)} {_percent(count / total)}" for word, count in list(counts.items())[:n])


def _count(number: int, of: str) -> str:
    return f"{number} {of}" + ("" if number == 1 else "s")


def _short(rate: float) -> str:
    """Return a rate with two digits that count."""
    return f"{rate:.1f}" if rate >= 1 else f"{rate:.2g}"


def _percent(share: float) -> str:
    return "<1 %" if 0 < share < 0.005 else f"{share:.0%}".replace("%", " %")


def _words(name: str) -> str:
    return name.replace("_", " ")
