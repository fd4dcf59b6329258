"""Networks from the literature: known answers."""

from __future__ import annotations

import numpy as np
import pytest

from simulation.errors import InputError
from simulation.network import PUBLISHED, load_published


@pytest.mark.parametrize(
    ("name", "people", "relationships"),
    [
        ("karate-club", 34, 78),
        ("florentine-families", 15, 20),
        ("les-miserables", 77, 254),
        ("southern-women", 18, 139),
    ],
)
def test_people_and_relationships_are_those_published(name, people, relationships):
    g = load_published(name)
    assert (g.n_people, g.n_relationships, g.components()) == (people, relationships, 1)
    assert g.names is not None and len(set(g.names)) == people
    assert PUBLISHED[name].source in g.source


def relationship(g, one, other):
    i, j = sorted((g.names.index(one), g.names.index(other)))
    return int(np.flatnonzero((g.first == i) & (g.second == j))[0])


def test_karate_club():
    g = load_published("karate-club")
    assert g.names == tuple(f"member-{i}" for i in range(1, 35))
    assert g.person["club"].count("Mr. Hi") == g.person["club"].count("Officer") == 17
    degrees = dict(zip(g.names, g.degrees(), strict=True))
    assert (degrees["member-1"], degrees["member-34"], degrees["member-12"]) == (16, 17, 1)
    assert g.edge["weight"][relationship(g, "member-1", "member-2")] == 4
    assert g.edge["weight"].sum() == 231  # Zachary 1977, figure 3


def test_florentine_families():
    g = load_published("florentine-families")
    assert g.name(int(g.degrees().argmax())) == "Medici" and g.degrees().max() == 6
    assert g.edge == {}


def test_les_miserables():
    g = load_published("les-miserables")
    assert g.name(int(g.degrees().argmax())) == "Valjean" and g.degrees().max() == 36
    assert g.edge["weight"][relationship(g, "Cosette", "Valjean")] == 31


def test_southern_women_is_a_projection_onto_women():
    g = load_published("southern-women")
    assert {"Evelyn Jefferson", "Flora Price"} <= set(g.names or ())
    assert g.edge["weight"][relationship(g, "Evelyn Jefferson", "Theresa Anderson")] == 7
    assert g.edge["weight"][relationship(g, "Evelyn Jefferson", "Flora Price")] == 1
    assert "projected" in g.source and "projected" in PUBLISHED["southern-women"].meaning


def test_an_unknown_name_gets_a_suggestion():
    with pytest.raises(InputError, match=r'called "karate" .did you mean "karate-club"'):
        load_published("karate")
