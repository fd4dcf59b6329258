"""Pictures of a run.

Functions named ``plot_…`` take data and an axis and give the axis back; ``draw_pictures`` writes the files.
"""

from simulation.pictures.contact import plot_contacts
from simulation.pictures.courses import (
    plot_arousal,
    plot_coping,
    plot_feelings,
    plot_lines,
    plot_self_images,
    plot_self_states,
    plot_tie,
)
from simulation.pictures.draw import draw_pictures
from simulation.pictures.ladder import plot_ladder
from simulation.pictures.network import plot_network
from simulation.pictures.people import plot_distribution, plot_share_in_episode
from simulation.pictures.raster import plot_event_raster
from simulation.pictures.style import STATE_COLOURS
from simulation.pictures.wheel import plot_wheel

__all__ = [
    "STATE_COLOURS",
    "draw_pictures",
    "plot_arousal",
    "plot_contacts",
    "plot_coping",
    "plot_distribution",
    "plot_event_raster",
    "plot_feelings",
    "plot_ladder",
    "plot_lines",
    "plot_network",
    "plot_self_images",
    "plot_self_states",
    "plot_share_in_episode",
    "plot_tie",
    "plot_wheel",
]
