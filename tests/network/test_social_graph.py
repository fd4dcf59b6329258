"""The social graph itself: one order, nothing broken inside, faithful to networkx."""

from __future__ import annotations

import subprocess
import sys

import networkx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulation.errors import InputError
from simulation.network import SocialGraph, build_topology, load_published


def graph(*ties, n=4, **more):
    first, second = zip(*ties, strict=True) if ties else ((), ())
    return SocialGraph(n_people=n, first=np.array(first), second=np.array(second), **more)


@st.composite
def ties(draw):
    """People, and different relationships in any order and direction."""
    n = draw(st.integers(2, 12))
    possible = [(i, j) for i in range(n) for j in range(n) if i < j]
    chosen = draw(st.lists(st.sampled_from(possible), min_size=1, unique=True))
    return n, [tie[::-1] if draw(st.booleans()) else tie for tie in chosen]


@given(ties(), st.randoms())
@settings(deadline=None)
def test_the_order_and_direction_of_ties_make_no_difference(given_ties, random):
    n, some = given_ties
    columns = [float(i) for i in range(len(some))]
    kinds = [str(i) for i in range(len(some))]
    order = list(range(len(some)))
    random.shuffle(order)
    one = graph(*some, n=n, edge={"bond": columns}, edge_kind=kinds)
    shuffled = [some[i][::-1] if random.random() < 0.5 else some[i] for i in order]
    other = graph(*shuffled, n=n, edge={"bond": [columns[i] for i in order]}, edge_kind=[kinds[i] for i in order])
    for g in (one, other):
        assert (g.first < g.second).all()
        assert sorted(zip(g.first, g.second, strict=True)) == list(zip(g.first, g.second, strict=True))
        assert {(i, j): (b, k) for i, j, b, k in zip(g.first, g.second, g.edge["bond"], g.edge_kind, strict=True)} == {
            tuple(sorted(tie)): (columns[i], kinds[i]) for i, tie in enumerate(some)
        }
    np.testing.assert_array_equal(one.first, other.first)
    np.testing.assert_array_equal(one.edge["bond"], other.edge["bond"])
    assert one.edge_kind == other.edge_kind


@given(ties())
@settings(deadline=None)
def test_degrees_and_components_agree_with_networkx(given_ties):
    n, some = given_ties
    g = graph(*some, n=n)
    same = networkx.Graph()
    same.add_nodes_from(range(n))
    same.add_edges_from(some)
    assert g.components() == networkx.number_connected_components(same)
    assert g.degrees().tolist() == [same.degree[i] for i in range(n)]
    assert g.mean_degree() == pytest.approx(g.degrees().mean())
    assert networkx.utils.graphs_equal(networkx.Graph(g.to_networkx().edges), networkx.Graph(same.edges))


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: graph(n=4), "at least one relationship; 4 people have none"),
        (lambda: graph(n=1), "1 person have none|at least one relationship"),
        (lambda: graph((0, 1), n=0), "from 1 to"),
        (lambda: graph((0, 1), n=2.5), "whole number"),
        (lambda: graph((0, 4)), "person number 4, who does not exist; people are numbered 0 to 3"),
        (lambda: graph((0, -1)), "person number -1"),
        (lambda: graph((0, 1), (2, 2)), '"person-2" has a tie to themselves'),
        (lambda: graph((0, 1), (1, 0)), 'between "person-0" and "person-1" is given twice'),
        (lambda: graph((0, 1), n=2, names=("Ann",)), "1 names are given for 2 people"),
        (lambda: graph((0, 1), n=2, names=("Ann", "Ann")), 'two people are called "Ann"'),
        (lambda: graph((0, 1), n=2, names=("Ann", " ")), "person number 1"),
        (lambda: graph((0, 1), n=2, names=("Ann", 3)), "is text"),
        (lambda: graph((0, 1), n=2, names=("Ann", "x" * 101)), "101 characters"),
        (lambda: graph((0, 1), n=2, names=("Ann", "\ud800")), "half a character"),
        (lambda: graph((0, 1), edge={"bond": [1.0, 2.0]}), "bond.*one value per relationship"),
        (lambda: graph((0, 1), edge={"bond": [np.nan]}), 'bond = nan \\("person-0" and "person-1"\\)'),
        (lambda: graph((0, 1), edge_kind=[]), "edge_kind"),
        (lambda: graph((0, 1), person={"age": [1]}), "age.*one value per person"),
        (lambda: SocialGraph(n_people=3, first=[0, 1], second=[1]), "same length"),
        (lambda: SocialGraph(n_people=3, first=[0.5], second=[1.5]), "person numbers"),
    ],
)
def test_what_cannot_be_a_network_is_refused(make, message):
    with pytest.raises(InputError, match=message):
        make()


def test_the_arrays_cannot_be_written_to_and_those_given_stay_as_they_are():
    first, second, bond = np.array([1, 0]), np.array([0, 2]), np.array([1.0, 2.0])
    g = SocialGraph(n_people=3, first=first, second=second, edge={"bond": bond})
    for values in (g.first, g.second, g.edge["bond"]):
        with pytest.raises(ValueError, match="read-only"):
            values[0] = 1
    first[0] = second[0] = 2
    bond[0] = 9
    assert g.first.tolist() == [0, 0] and g.edge["bond"].tolist() == [1.0, 2.0]
    assert g.first.dtype == g.second.dtype == np.int32


def test_sentences():
    assert load_published("karate-club").describe() == "34 people, 78 relationships, one component"
    assert graph((0, 1), n=2).describe() == "2 people, 1 relationship, one component"
    assert graph((0, 1)).describe() == "4 people, 1 relationship, 3 components without a path between them"
    assert repr(graph((0, 1))) == "<SocialGraph: 4 people, 1 relationship; given in Python>"


def test_names_come_with_the_networkx_graph():
    g = graph((0, 1), n=2, names=("Ann", "Bo"), edge={"bond": [0.5]}, edge_kind=["friend"], person={"age": [30, None]})
    same = g.to_networkx()
    assert dict(same.nodes(data=True)) == {0: {"label": "Ann", "age": 30}, 1: {"label": "Bo"}}
    assert list(same.edges(data=True)) == [(0, 1, {"bond": 0.5, "kind": "friend"})]


@pytest.mark.parametrize("n", [2, 60, 499, 502, 3000])
def test_positions_fit_the_picture_and_repeat_with_the_seed(n):
    g = build_topology("pairs", n, 0) if n == 502 else build_topology("lattice", n, 0)
    places = g.positions(seed=3)
    assert places.shape == (n, 2) and np.isfinite(places).all() and np.abs(places).max() <= 1
    np.testing.assert_array_equal(places, g.positions(seed=3))
    assert n < 3 or (places != g.positions(seed=4)).any()


@pytest.mark.parametrize("topology", ["communities", "pairs"])
def test_in_large_pictures_people_are_near_those_they_know(topology):
    g = build_topology(topology, 2000, 1)
    places = g.positions()

    def apart(i, j):
        return np.linalg.norm(places[i] - places[j], axis=1).mean()

    assert apart(g.first, g.second) < 0.6 * apart(np.arange(1000), np.arange(1000) + 1000)


def test_importing_networks_does_not_load_the_heavy_libraries():
    code = (
        "import sys, simulation; before = set(sys.modules); import simulation.network;"
        "print([m for m in ('networkx', 'scipy', 'pandas') if m in set(sys.modules) - before])"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout.strip() == "[]"
