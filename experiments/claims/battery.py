"""The arms that claims about treatment share: the same patients live through all of them once."""

ARMS = (
    "mit", "mit-fixed-phases", "mit-reversed-order", "mit-without-repair", "mit-without-supervision",
    "mit-without-crisis-calls", "mit-without-menu", "mit-without-healthy-self", "regulation-skills-only",
    "mentalising-only", "relationship-exploration-only", "schema-only", "supportive", "none",
)  # fmt: skip
SINGLE = ("regulation-skills-only", "mentalising-only", "relationship-exploration-only", "schema-only")
"""Comparators that work on one domain."""
