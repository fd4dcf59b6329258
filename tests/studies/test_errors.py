"""What cannot be used is told in one sentence: where, what, what is allowed."""

import pytest

from simulation.errors import InputError
from simulation.studies.model import load_study, parse_study
from simulation.studies.plan import plan_study
from simulation.studies.runner import check_size
from tests.studies.conftest import EXAMPLE, SMALL

HEAD = EXAMPLE[: EXAMPLE.index("[design]")]
GRID = '[design]\nkind = "grid"\npoints = 3\n[factors]\n'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (EXAMPLE.replace("low = 0.0, high = 1.0", "low = 1.0, high = 0.0", 1), "upside down"),
        (EXAMPLE.replace("low = 0.0, high = 1.0", "low = 0.5, high = 0.5", 1), "empty"),
        (EXAMPLE.replace("high = 1.0", "high = 1.4", 1), "it must lie in [0, 1]"),
        (EXAMPLE.replace("replicates", "replicate"), 'unknown|no key called "replicate" (did you mean "replicates"?)'),
        (EXAMPLE.replace("low = 0.0", "lo = 0.0", 1), 'did you mean "low"'),
        (EXAMPLE.replace("low = 0.0, ", "", 1), "low is missing"),
        (EXAMPLE.replace('kind = "grid"', 'kind = "gird"'), 'kind = "gird" cannot be used'),
        (EXAMPLE.replace("points = 12", ""), '"points" is missing'),
        (EXAMPLE.replace('"cycles"', '"cicles"'), 'did you mean "cycles"'),
        (EXAMPLE.replace('"cycles"', '"Robbin.episodes"'), 'did you mean "Robin"'),
        (EXAMPLE.replace('"cycles"', '"Robin.cascade_size"'), "a measure of a whole run"),
        (EXAMPLE.replace('"dyad"', '"diad"'), 'did you mean "dyad"'),
        (EXAMPLE.replace("days = 60", "days = -1"), "must be above 0"),
        (EXAMPLE.replace("days = 60", "days = 60\nburn_in = 60"), "leaves nothing to measure"),
        (EXAMPLE.replace('kind = "grid"\npoints = 12', 'kind = "sobol"\npoints = 12'), "not a power of two"),
        (HEAD + GRID + '"rejection_sensitivty" = { low = 0, high = 1 }', 'did you mean "rejection_sensitivity"'),
        (HEAD + GRID + '"Alex.rejection_sensitivity" = { low = 0, high = 1 }\nrejection_sensitivity = { values = [1] }',
         "overlap"),
        (HEAD + GRID + 'tolerance = { low = 0, high = 1 }\n"everyone.tolerance" = { low = 0, high = 1 }', "overlap"),
        (HEAD + GRID + "monitoring = { low = 0, high = 1 }\nmetacognitive_level = { low = 0, high = 1 }", "overlap"),
        (HEAD + GRID + 'lesion = { values = ["none"] }\nbiased_perception = { low = 0, high = 1 }', "overlap"),
        (HEAD + GRID + 'lesion = { values = ["nome"] }', 'did you mean "none"'),
        (HEAD + GRID + '"network.mean_degree" = { low = 2, high = 8 }', "needs a generated network"),
        (HEAD + GRID + '"Alex>Rob.strain" = { low = 0, high = 1 }', 'no person called "Rob"'),
        (HEAD + GRID + 'rejection_sensitivity = { values = [0.5, "much"] }', "numbers and words"),
        (HEAD + GRID + "rejection_sensitivity = { values = [0.5, 0.5] }", "listed twice"),
        (HEAD + GRID + 'rejection_sensitivity = { low = 0, high = 1, distribution = "loguniform" }', "no logarithm"),
        (HEAD + GRID + 'rejection_sensitivity = { mean = 0.5, sd = -1, distribution = "normal" }', "must be above 0"),
        (HEAD + GRID + "dummy = { low = 0, high = 1 }", "kept for a factor without effect"),
        (HEAD + '[design]\nkind = "list"\nrows = [{ tolerance = 0.5 }]\n[factors]\nwarmth = {}', "is no factor"),
        (HEAD + GRID + '"event.party.day" = { low = 1, high = 5 }', "no event marked"),
        ("question = ", "is not a TOML file"),
        (SMALL + '[ramp]\nfactor = "tolerance"\nlow = 0\nhigh = 1\nsteps = 3\ndays = 5\n', "exclude each other"),
    ],
)  # fmt: skip
def test_bad_studies_are_told(text, said):
    with pytest.raises(InputError) as caught:
        plan_study(parse_study(text, "s.toml"), "study s.toml")
    message = str(caught.value)
    assert any(option in message for option in said.split("|")), message
    assert "\n" not in message and "s.toml" in message


def test_a_large_design_needs_yes(planned):
    plan = planned(points="60", replicates="1000")
    with pytest.raises(InputError, match=r"120,000 runs.*--yes"):
        check_size(plan, yes=False)
    check_size(plan, yes=True)
    with pytest.raises(InputError, match="person-ticks"):
        check_size(planned(points="60", replicates="800", days="36000"), yes=False)


def test_a_missing_file_names_its_neighbour(tmp_path):
    (tmp_path / "study.toml").write_text(SMALL)
    with pytest.raises(InputError, match=r"did you mean \"study.toml\""):
        load_study(tmp_path / "studdy.toml")
    with pytest.raises(InputError, match="is a folder"):
        load_study(tmp_path)
    (tmp_path / "latin.toml").write_bytes(b'question = "\xe9"')
    with pytest.raises(InputError, match="not UTF-8"):
        load_study(tmp_path / "latin.toml")
