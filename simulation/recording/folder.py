"""A run as a folder: everything that was recorded, and everything needed to repeat it."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulation.errors import InputError, quoted
from simulation.provenance import SCHEMA, environment
from simulation.recording.atomic import PATH, new_folder, write_errors_told
from simulation.recording.tables import check_table, read_table, write_table

if TYPE_CHECKING:
    import pandas as pd

    from simulation.cases import Case
    from simulation.recording.recording import Recording

TABLES = ("trajectories", "ties", "summaries", "events")
SUMMARY, PROVENANCE, STORY, PICTURES = "summary.json", "provenance.json", "story.md", "pictures"

DrawPictures = Callable[["Recording", Path], Sequence[Path]]
TellStory = Callable[["Recording"], str]


def write_run(
    recording: Recording,
    folder: str | os.PathLike[str],
    pictures: DrawPictures | None = None,
    story: TellStory | None = None,
) -> Path:
    """Write the folder of a run; it appears complete or not at all.

    In it: `case.toml` (the case as it was run: `cycles run FOLDER/case.toml` repeats the run), with `network.csv` and
    `modules.py` where the case has its network or modules in a file; `trajectories.parquet`, `ties.parquet`,
    `summaries.parquet`, `events.parquet`, `summary.json`, `provenance.json`, and what is asked for of `pictures/` and
    `story.md`.

    Args:
        recording: What a run yielded.
        folder: A name that is free, or an empty folder.
        pictures: Draws pictures of a recording into a folder, such as `simulation.pictures.draw_pictures`.
        story: Tells a recording as a story, such as `simulation.story.tell_story`.

    Returns:
        The full path of the folder.

    Raises:
        InputError: The folder is taken, or cannot be written to; then nothing was written.
    """
    with new_folder(folder) as new:
        write_files(recording, new.path, shown=new.target)
        with write_errors_told(new.target):
            if pictures is not None:
                write_pictures(recording, new.path, pictures)
            if story is not None:
                write_story(recording, new.path, story)
    return new.target


def write_files(
    recording: Recording,
    folder: Path,
    *,
    shown: Path | None = None,
    command: str | None = None,
    seconds_before: float = 0.0,
) -> dict[str, Any]:
    """Write the case, the tables, the summary and the provenance of a run into an existing folder.

    Args:
        recording: What a run yielded.
        folder: Where to.
        shown: What messages call the folder, if it is to have another name later.
        command: The command line that led to the run, if one did.
        seconds_before: Time since the command was given, for the provenance.

    Returns:
        The summary.

    Raises:
        InputError: A file cannot be written.
    """
    from simulation.cases import save_case
    from simulation.recording.summary import summarise

    began = time.perf_counter()
    with write_errors_told(shown or folder):
        try:
            save_case(recording.case, folder)
        except InputError as error:
            raise error.__context__ if isinstance(error.__context__, OSError) else error from None
        for name in TABLES:
            write_table(getattr(recording, name), folder / f"{name}.parquet", name)
        summary = summarise(recording)
        _write_json(folder / SUMMARY, summary)
        seconds = seconds_before + time.perf_counter() - began
        _write_json(folder / PROVENANCE, provenance_of(recording, command, seconds))
    return summary


def write_pictures(recording: Recording, folder: Path, draw: DrawPictures) -> list[Path]:
    """Draw pictures into the folder of a run; return their paths within it."""
    place = folder / PICTURES
    place.mkdir()
    return [Path(path).relative_to(folder) for path in draw(recording, place)]


def write_story(recording: Recording, folder: Path, tell: TellStory) -> Path:
    """Write the story of a run into its folder; return its path within it."""
    (folder / STORY).write_text(tell(recording), encoding="utf-8")
    return Path(STORY)


def provenance_of(recording: Recording, command: str | None = None, seconds_total: float = 0.0) -> dict[str, Any]:
    """Return where the numbers of a run come from, as plain values for JSON.

    Args:
        recording: What the run yielded.
        command: The command line that led to it, if one did.
        seconds_total: Time since then; at least the time spent simulating.
    """
    simulating = recording.seconds_simulating
    total = max(seconds_total, simulating)
    started = datetime.now(UTC) - timedelta(seconds=total)
    return {
        **environment(),
        "case": recording.case.name,
        "seed": recording.case.seed,
        "engine": recording.engine,
        "command": command,
        "started": started.isoformat(timespec="milliseconds"),
        "seconds_simulating": simulating,
        "seconds_total": total,
        "people": recording.population.n_people,
        "ticks": recording.ticks,
        "dt": recording.dt,
        "days": recording.days,
        "person_ticks": recording.person_ticks,
        "person_ticks_per_second": recording.person_ticks / simulating if simulating > 0 else None,
    }


@dataclass(frozen=True)
class RunFolder:
    """A run read back from its folder. Tables are read when first asked for; `read_run` has seen that they are there.

    Attributes:
        path: The folder.
        summary: A few numbers; see `simulation.recording.summary`.
        provenance: Where the numbers come from.
    """

    path: Path
    summary: dict[str, Any]
    provenance: dict[str, Any]

    @cached_property
    def case(self) -> Case:
        """The case as it was run."""
        from simulation.cases import load_case

        return load_case(self.path)

    @cached_property
    def trajectories(self) -> pd.DataFrame:
        """As `Recording.trajectories`."""
        return self._table("trajectories")

    @cached_property
    def ties(self) -> pd.DataFrame:
        """As `Recording.ties`."""
        return self._table("ties")

    @cached_property
    def summaries(self) -> pd.DataFrame:
        """As `Recording.summaries`."""
        return self._table("summaries")

    @cached_property
    def events(self) -> pd.DataFrame:
        """As `Recording.events`."""
        return self._table("events")

    def _table(self, name: str) -> pd.DataFrame:
        return read_table(self.path / f"{name}.parquet", name)

    @property
    def story(self) -> str:
        """The story of the run.

        Raises:
            InputError: It has none.
        """
        path = self.path / STORY
        try:
            return path.read_text(encoding="utf-8")
        except FileNotFoundError:
            raise InputError(f"the run {quoted(self.path, PATH)} has no {STORY}") from None
        except (OSError, ValueError) as error:
            raise InputError(
                f"{quoted(path, PATH)} cannot be read: {getattr(error, 'strerror', None) or error}"
            ) from None

    @property
    def pictures(self) -> list[Path]:
        """Paths of the pictures, sorted."""
        return sorted((self.path / PICTURES).glob("*.*"))


def read_run(folder: str | os.PathLike[str]) -> RunFolder:
    """Return a run from its folder, after seeing that everything is there and whole.

    Raises:
        InputError: It is no folder of a run, or a file is missing, cut short, or something else. Damage within a
            table is told when the table is read.
    """
    try:
        path = Path(folder)
        there = path.is_dir()
    except (OSError, ValueError, TypeError):
        raise InputError(f"{quoted(folder, PATH)} is not the path of a folder") from None
    if not there:
        what = "is a file, not the folder of a run" if path.exists() else "does not exist"
        raise InputError(f"{quoted(folder, PATH)} {what}; name a folder that `cycles run` wrote")
    if not (path / PROVENANCE).exists():
        raise InputError(f"{quoted(folder, PATH)} is not the folder of a run: it has no {PROVENANCE}")
    provenance = _read_json(path / PROVENANCE)
    if provenance.get("schema") != SCHEMA:
        told = f"has layout {quoted(provenance.get('schema'))}; this version reads layout {SCHEMA}"
        raise InputError(f"the run {quoted(folder, PATH)} {told}")
    for name in TABLES:
        check_table(path / f"{name}.parquet", name)
    run = RunFolder(path, _read_json(path / SUMMARY), provenance)
    if not (path / "case.toml").is_file():
        raise InputError(f"{quoted(path / 'case.toml', PATH)} is missing; the folder is not a complete run")
    return run


def _write_json(path: Path, content: dict[str, Any]) -> None:
    path.write_text(json.dumps(content, indent=1, ensure_ascii=False, allow_nan=False) + "\n", encoding="utf-8")


def _read_json(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise InputError(f"{quoted(path, PATH)} is missing; the folder is not a complete run") from None
    except (OSError, ValueError, RecursionError) as error:
        reason = getattr(error, "strerror", None) or f"not JSON ({error})"
        raise InputError(f"{quoted(path, PATH)} is damaged or cut short: {reason}") from None
    if not isinstance(content, dict):
        raise InputError(f"{quoted(path, PATH)} is not the file of a run: it holds no table")
    return content
