"""Search space, search and resume, adoption into profiles, the posterior and its calibration."""

import json
import tomllib

import numpy as np
import pytest

from simulation.calibration.abc import accepted, fitted_summary
from simulation.calibration.adopt import adopted, read_best
from simulation.calibration.recovery import DRAWS, outside_band, recover, simultaneous_band
from simulation.calibration.search import Budget, badness, search
from simulation.calibration.space import Space, read_space
from simulation.calibration.virtual_studies import RECOVERED, STATISTICS, Design, drawn_points, simulated
from simulation.errors import InputError


def test_the_space_is_sound_and_splits_into_constants_and_profiles():
    space = read_space()
    constants, profiles = space.split(space.now())
    assert "anger_gain" in constants and "home_base" in profiles["bpd"]
    assert all(low <= space.now()[name] <= high for name, (low, high) in space.bounds.items())


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[constants]\nanger_gian = [1, 2]\n", "did you mean"),
        ("[constants]\nanger_gain = [3, 2]\n", "no pair of bounds"),
        ("[profiles.bpd]\nhome_base = [0.2]\n", "no pair of bounds"),
        ("", "is empty"),
        ("[", "no TOML"),
    ],
)
def test_a_faulty_space_is_told_in_one_sentence(tmp_path, text, says):
    file = tmp_path / "space.toml"
    file.write_text(text)
    with pytest.raises(InputError, match=says):
        read_space(file)


def test_a_search_resumes_and_never_forgets_its_best(tmp_path):
    space = Space({"anger_gain": (1.0, 6.0), "bpd.home_base": (0.2, 0.35)})
    first = search(tmp_path, space, Budget(trials=2), only=["B9", "F31"])
    second = search(tmp_path, space, Budget(trials=2), only=["B9", "F31"])
    assert second["trials"] == 4 and second["badness"] <= first["badness"] <= first["start"]
    assert json.loads((tmp_path / "best.json").read_text())["values"] == second["values"]
    with pytest.raises(InputError, match="over other bounds"):
        search(tmp_path, Space({"anger_gain": (1.0, 5.0)}), Budget(trials=1), only=["B9"])


def test_badness_of_nothing_is_zero():
    assert badness([]) == 0.0


def test_chosen_values_flow_into_profiles_with_their_provenance(tmp_path):
    text = '[ordinary]\nmeaning = "x"\n\n[bpd]\nmeaning = "y"\n[bpd.values]\nhome_base = 0.283\nreactivity = 1.1\n'
    new = adopted(text, {"bpd.home_base": 0.31, "ordinary.uplift_rate": 1.2, "anger_gain": 3.0}, "search 7")
    assert "home_base = 0.31 # calibrated: search 7" in new and "anger_gain" not in new
    read = tomllib.loads(new)
    assert read["bpd"]["values"] == {"home_base": 0.31, "reactivity": 1.1}
    assert read["ordinary"]["values"] == {"uplift_rate": 1.2}
    with pytest.raises(InputError, match="search first"):
        read_best(tmp_path)


def test_virtual_studies_are_their_own_whoever_is_beside_them():
    points = drawn_points(RECOVERED, 3, 1)
    design = Design(couples=6, days=5, burn_in=2)
    whole = simulated(RECOVERED, points, 5, design)
    assert whole.shape == (3, len(STATISTICS)) and np.isfinite(whole).all()
    alone = simulated(RECOVERED, points[:1], 5, design)[0]
    assert np.allclose(whole[0], alone, rtol=1e-9)  # running sums over everyone's events round differently


def _toy(n, seed):
    """A normal mean per parameter, seen with known noise: the posterior is known."""
    space = Space({"anger_gain": (0.0, 1.0), "rumination_gain": (0.0, 1.0)})
    luck = np.random.default_rng(seed)
    points = luck.random((n, 2))
    return space, {"points": points, "statistics": points + 0.15 * luck.standard_normal((n, 2))}


def test_the_posterior_of_a_known_model_is_found_and_calibrated():
    space, table = _toy(4000, 1)
    found = recover(table, space, 300, 1)
    for p in found.parameters:
        assert p.recovered and p.calibrated and 0.84 < p.coverage < 0.96


def test_a_wrong_posterior_is_caught():
    luck = np.random.default_rng(2)
    assert outside_band(luck.integers(0, DRAWS + 1, 300)) == 0.0
    assert outside_band(np.clip(luck.normal(50, 12, 300), 0, DRAWS).astype(int)) > 0.0  # too wide
    assert outside_band(np.clip(luck.integers(0, DRAWS + 1, 300) + 15, 0, DRAWS)) > 0.0  # biased


def test_the_band_holds_at_all_ranks_at_once():
    _, low, high = simultaneous_band(200, 0.9)
    luck = np.random.default_rng(3)
    inside = 0
    for _ in range(500):
        ecdf = np.bincount(luck.integers(0, DRAWS + 1, 200), minlength=DRAWS + 1).cumsum()[:-1] / 200
        inside += ((ecdf >= low) & (ecdf <= high)).all()
    assert inside / 500 == pytest.approx(0.9, abs=0.05)


def test_accepted_draws_gather_around_the_truth():
    space, table = _toy(3000, 4)
    summary = fitted_summary(table["points"], table["statistics"], space)
    known = summary.predict(table["statistics"])
    draws = accepted(np.array([0.5, 0.5]), table["points"], known, summary, np.random.default_rng(1))
    assert np.abs(draws.mean(axis=0) - 0.5).max() < 0.15 and draws.std() < 0.25
