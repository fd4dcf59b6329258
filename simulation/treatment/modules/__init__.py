"""The modules T1-T14 of the theory and the one way of asking that only a comparator uses, each one screen at most.

Doses are shares of the way that a whole session on the module closes; all of them are ASSUMED. They are few, plain
numbers, of which one common factor (`strength` in `simulation.treatment.constants`) was searched for.
"""

from simulation.treatment.modules import change, formulation, regulation, relationship

__all__ = ["change", "formulation", "regulation", "relationship"]
