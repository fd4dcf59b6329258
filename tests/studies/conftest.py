import pytest

from simulation.studies.model import parse_study
from simulation.studies.plan import plan_study

EXAMPLE = """
question = "How do rejection sensitivity and metacognition shape calm and cycling?"
case = "dyad"
days = 60
seed = 5
replicates = 8
measures = ["episodes", "cycles", "mean_arousal"]
[design]
kind = "grid"
points = 12
[factors]
"rejection_sensitivity" = { low = 0.0, high = 1.0 }
"metacognitive_level" = { low = 0.0, high = 1.0 }
"""
SMALL = """
question = "What does tolerance do?"
case = "dyad"
days = 6
seed = 5
replicates = 4
measures = ["episodes", "mean_arousal", "Robin.strain"]
[design]
kind = "grid"
points = 5
[factors]
"Robin.tolerance" = { low = 0.1, high = 0.9 }
"rejection_sensitivity" = { values = [0.2, 0.9] }
"""


@pytest.fixture
def planned():
    """Make a plan of a TOML text, with parts of it replaced."""

    def plan(text=SMALL, **replaced):
        for old, new in replaced.items():
            start = text.index(f"{old} = ")
            text = text[:start] + f"{old} = {new}" + text[text.index("\n", start) :]
        return plan_study(parse_study(text, "s.toml"), "study s.toml")

    return plan
