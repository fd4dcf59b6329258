"""All pictures of a run, written to a folder."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from simulation.pictures.network import network_figure
from simulation.pictures.people import MORE_THAN, people_figure
from simulation.pictures.raster import raster_figure
from simulation.pictures.reading import focal_name
from simulation.pictures.style import DPI, RC
from simulation.pictures.timeline import timeline_figure
from simulation.pictures.week import week_figure
from simulation.pictures.wheel import wheel_figure

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from simulation.recording.recording import Recording


def draw_pictures(recording: Recording, folder: str | Path) -> list[Path]:
    """Draw every picture that a recording has something for, as PNG files of 150 dots per inch.

    ``timeline.png``, ``one-week.png``, ``wheel.png`` (of the focal person, if anybody was watched), ``events.png``,
    ``network.png``, and ``people.png`` with more than ten people. The same recording gives the same pictures.

    Args:
        recording: What a run yielded.
        folder: Where to write; made if it is not there.

    Returns:
        The files written.
    """
    import matplotlib

    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    person = focal_name(recording)
    plans: list[tuple[str, Callable[[], Figure]]] = []
    if person is not None and recording.ticks > 0:
        plans += [
            ("timeline.png", partial(timeline_figure, recording, person)),
            ("one-week.png", partial(week_figure, recording, person)),
            ("wheel.png", partial(wheel_figure, recording, person)),
            ("events.png", partial(raster_figure, recording)),
        ]
    plans.append(("network.png", partial(network_figure, recording)))
    if recording.population.n_people > MORE_THAN:
        plans.append(("people.png", partial(people_figure, recording)))
    written = []
    with matplotlib.rc_context(RC):
        for name, plan in plans:
            path = folder / name
            plan().savefig(path, dpi=DPI, metadata={"Software": None})
            written.append(path)
    return written
