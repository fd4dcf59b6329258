"""Who knows whom: networks drawn by rule, from the literature, or from files."""

from simulation.network.files import read_network
from simulation.network.graph import SocialGraph
from simulation.network.published import PUBLISHED, PublishedNetwork, load_published
from simulation.network.topologies import TOPOLOGIES, Option, Topology, build_topology

__all__ = [
    "PUBLISHED",
    "TOPOLOGIES",
    "Option",
    "PublishedNetwork",
    "SocialGraph",
    "Topology",
    "build_topology",
    "load_published",
    "read_network",
]
