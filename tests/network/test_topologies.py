"""Generated networks: what each promises holds for every size, option and seed."""

from __future__ import annotations

import time

import networkx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulation.errors import InputError
from simulation.network import TOPOLOGIES, build_topology

HEAVY = ("ring", "small-world", "random", "scale-free", "communities")


@st.composite
def requests(draw):
    """A topology with a size and options that fit it."""
    name = draw(st.sampled_from(sorted(TOPOLOGIES)))
    n = draw(st.integers(4, 60))
    options = {}
    if name in HEAVY:
        options["mean_degree"] = 2 * draw(st.integers(1, (n - 1) // 2))
    if name == "pairs":
        n += n % 2
    if name == "small-world":
        options["rewiring"] = draw(st.floats(0, 1))
    if name == "communities":
        options["mean_degree"] = 2
        options["communities"] = draw(st.integers(2, n // 4)) if n >= 8 else 2
        options["mixing"] = draw(st.floats(0.5, 0.6))
    return name, n, draw(st.integers(0, 2**64 - 1)), options


@given(requests())
@settings(deadline=None, max_examples=300)
def test_every_topology_keeps_its_promises(request):
    name, n, seed, options = request
    g = build_topology(name, n, seed, **options)
    assert g.n_people == n and g.names is None and g.name(0) == "person-0" and name in g.source
    assert (g.first < g.second).all() and g.first.min() >= 0 and g.second.max() < n
    keys = g.first.astype(np.int64) * n + g.second
    assert (np.diff(keys) > 0).all(), "sorted, without repeats"
    again = build_topology(name, n, seed, **options)
    np.testing.assert_array_equal(g.first, again.first)
    np.testing.assert_array_equal(g.second, again.second)
    degree = options.get("mean_degree")
    if name == "ring":
        assert set(g.degrees()) == {degree}
    elif name == "scale-free":
        each = degree // 2
        assert g.n_relationships == each * n - each * (each + 1) // 2
        assert g.degrees().min() == min(each, n - 1) or n == each + 1
        assert g.components() == 1
    elif name in HEAVY:
        assert g.mean_degree() == pytest.approx(degree)
    else:
        expected = {"complete": n * (n - 1) // 2, "star": n - 1, "pairs": n // 2}
        assert g.n_relationships == expected.get(name, g.n_relationships)
        assert g.components() == (n // 2 if name == "pairs" else 1)


@given(st.integers(2, 200))
@settings(deadline=None)
def test_a_lattice_is_a_part_of_a_grid(n):
    g = build_topology("lattice", n, 0)
    width = int(np.ceil(np.sqrt(n)))
    grid = networkx.grid_2d_graph(width, width)
    mine = networkx.Graph(
        (divmod(int(i), width), divmod(int(j), width)) for i, j in zip(g.first, g.second, strict=True)
    )
    assert networkx.utils.graphs_equal(mine, networkx.Graph(grid.subgraph(divmod(i, width) for i in range(n)).edges))


@pytest.mark.parametrize("name", ["small-world", "random", "scale-free", "communities"])
def test_another_seed_is_another_network(name):
    one, other = (build_topology(name, 100, seed) for seed in (1, 2))
    assert one.n_relationships == other.n_relationships
    assert (one.first != other.first).any() or (one.second != other.second).any()


def test_networks_stay_what_they_were():
    """Known answers, so that a seed in a published study keeps its meaning."""
    known = {name: _fingerprint(build_topology(name, 200, 7)) for name in TOPOLOGIES}
    assert known == KNOWN


def _fingerprint(g):
    i, j = g.first.astype(np.int64), g.second.astype(np.int64)
    return int(((i * 1_000_003 + j * 7919) % 65_521 * (np.arange(i.size) + 1)).sum() % 1_000_000_007)


KNOWN = {
    "ring": 632650157,
    "small-world": 698918185,
    "random": 617570769,
    "scale-free": 655990190,
    "communities": 703484965,
    "lattice": 238059700,
    "complete": 518234092,
    "star": 661925357,
    "pairs": 165105625,
}


def test_rewiring_takes_the_small_world_from_order_to_chance():
    def clustering(rewiring):
        return networkx.average_clustering(
            build_topology("small-world", 600, 1, mean_degree=8, rewiring=rewiring).to_networkx()
        )

    ring = build_topology("ring", 600, 1, mean_degree=8)
    nothing_moved = build_topology("small-world", 600, 1, mean_degree=8, rewiring=0)
    np.testing.assert_array_equal(ring.second, nothing_moved.second)
    assert clustering(0) == pytest.approx(0.75 * 6 / 7)  # Watts & Strogatz 1998: 3(k-2) / 4(k-1)
    assert clustering(0.1) == pytest.approx(clustering(0) * 0.9**3, abs=0.04)  # Barrat & Weigt 2000: about (1-p)³
    assert clustering(1) < 0.05


def test_a_small_world_moves_the_share_it_is_told_to():
    n, k = 20_000, 6
    g = build_topology("small-world", n, 5, mean_degree=k, rewiring=0.25)
    distance = g.second - g.first
    near = np.minimum(distance, n - distance) <= k // 2
    assert near.mean() == pytest.approx(0.75, abs=0.01)


def test_every_set_of_relationships_is_equally_likely():
    """G(4, 3): 20 possible networks; chi-squared with 19 degrees of freedom, critical value at 0.001 is 43.8."""
    seen = [tuple(zip(*_pairs(build_topology("random", 4, s, mean_degree=1.5)), strict=True)) for s in range(4000)]
    counts = np.unique([hash(ties) for ties in seen], return_counts=True)[1]
    assert counts.size == 20
    assert ((counts - 200) ** 2 / 200).sum() < 43.8


def _pairs(g):
    return g.first.tolist(), g.second.tolist()


def test_the_number_of_friends_is_poisson_in_a_sparse_random_network():
    degrees = build_topology("random", 50_000, 3, mean_degree=6).degrees()
    assert degrees.mean() == pytest.approx(6) and degrees.var() == pytest.approx(6, rel=0.05)


def test_a_scale_free_network_has_the_degrees_of_theory():
    """P(k) = 2m(m+1) / k(k+1)(k+2): Dorogovtsev, Mendes & Samukhin 2000, Phys. Rev. Lett. 85:4633."""
    m = 3
    degrees = build_topology("scale-free", 100_000, 3, mean_degree=2 * m).degrees()
    for k in range(m, 12):
        assert (degrees == k).mean() == pytest.approx(2 * m * (m + 1) / (k * (k + 1) * (k + 2)), abs=0.004)


def test_taking_newcomers_together_is_the_same_as_one_by_one():
    """Degrees of the founders, over many seeds, against the rule written naively."""

    def naive(n, m, rng):
        ends = [i for pair in zip(*np.triu_indices(m + 1, k=1), strict=True) for i in pair]
        for newcomer in range(m + 1, n):
            chosen = set()
            while len(chosen) < m:
                chosen.add(ends[rng.integers(len(ends))])
            ends += [end for person in chosen for end in (newcomer, person)]
        return np.bincount(ends, minlength=n)

    n, m, runs = 80, 2, 400
    rng = np.random.default_rng(1)
    slow = np.array([naive(n, m, rng) for _ in range(runs)])
    fast = np.array([build_topology("scale-free", n, s, mean_degree=2 * m).degrees() for s in range(runs)])
    for people in (slice(0, 3), slice(3, 10), slice(40, 80)):
        one, other = slow[:, people].mean(axis=1), fast[:, people].mean(axis=1)
        error = np.sqrt((one.var() + other.var()) / runs)
        assert abs(one.mean() - other.mean()) < 4 * error
    assert abs(slow.max(axis=1).mean() - fast.max(axis=1).mean()) < 4 * np.sqrt(2 * slow.max(axis=1).var() / runs)


def test_communities_have_the_mixing_they_are_told():
    g = build_topology("communities", 999, 2, mean_degree=8, communities=7, mixing=0.2)
    member = np.array(g.person["community"])
    assert set(np.bincount(member)) == {142, 143}
    crossing = member[g.first] != member[g.second]
    assert crossing.sum() == round(0.2 * g.n_relationships)
    alone = build_topology("communities", 40, 2, mean_degree=4, communities=8, mixing=0)
    assert alone.n_relationships == 80 and alone.components() == 8, "full groups of five"


@pytest.mark.parametrize(
    ("arguments", "options", "message"),
    [
        (("smallworld", 10, 1), {}, 'called "smallworld" \\(did you mean "small-world"\\?\\); there are "ring"'),
        (("ring", 10, 1), {"mean_degre": 4}, 'no option called "mean_degre" \\(did you mean "mean_degree"'),
        (("star", 10, 1), {"rewiring": 0.1}, "it takes no options"),
        (("ring", 1, 1), {}, "n = 1 .* whole number from 2"),
        (("ring", 2.5, 1), {}, "n = 2.5"),
        (("ring", True, 1), {}, "n = True"),
        (("ring", 10, -1), {}, "seed = -1"),
        (("ring", 10, None), {}, "seed = None"),
        (("ring", 10, 1), {"mean_degree": 10}, "mean_degree = 10 with n = 10 .*: it has to be below n"),
        (("ring", 10, 1), {"mean_degree": 3}, "an even number from 2"),
        (("ring", 10, 1), {"mean_degree": "4"}, 'mean_degree = "4"'),
        (("random", 7, 1), {"mean_degree": 3}, "would need 10.5 relationships"),
        (("random", 7, 1), {"mean_degree": 0}, "would need 0 relationships"),
        (("random", 7, 1), {"mean_degree": float("nan")}, "mean_degree = nan"),
        (("random", 7, 1), {"mean_degree": float("inf")}, "mean_degree = inf"),
        (("small-world", 10, 1), {"rewiring": 1.5}, "rewiring = 1.5 .* a number from 0 to 1"),
        (("communities", 10, 1), {"communities": 6}, "each needs at least two people"),
        (("communities", 40, 1), {"communities": 10, "mixing": 0}, "room for 60 .* inside .* asks for 80"),
        (("communities", 6, 1), {"communities": 2, "mean_degree": 4, "mixing": 1}, "room for 9 .* between .* 12"),
        (("pairs", 5, 1), {}, "leaves one person alone"),
        (("complete", 10**6, 1), {}, "499,999,500,000 relationships; at most 100,000,000"),
        (("ring", 10**8, 1), {"mean_degree": 8}, "400,000,000 relationships"),
    ],
)
def test_what_cannot_be_built_is_refused(arguments, options, message):
    with pytest.raises(InputError, match=message):
        build_topology(*arguments, **options)


@given(
    st.sampled_from(sorted(TOPOLOGIES)) | st.text(),
    st.integers(-3, 40) | st.none() | st.floats(-3, 40),
    st.integers(-1, 3),
    st.dictionaries(
        st.sampled_from(["mean_degree", "rewiring", "communities", "mixing", "x"]),
        st.integers(-2, 50) | st.floats() | st.text(),
    ),
)
@settings(deadline=None, max_examples=400)
def test_any_request_gives_a_network_or_a_clear_refusal(name, n, seed, options):
    try:
        assert build_topology(name, n, seed, **options).n_people == n
    except InputError as error:
        assert len(str(error)) > 20


def test_every_topology_says_what_it_is():
    for name, topology in TOPOLOGIES.items():
        assert topology.name == name and topology.meaning and topology.source
        for option in topology.options.values():
            assert option.low <= option.default <= option.high and option.meaning


@pytest.mark.parametrize("name", HEAVY)
def test_large_networks_are_built_in_time(name):
    began = time.process_time()
    assert build_topology(name, 200_000, 1, mean_degree=8).mean_degree() == pytest.approx(8, abs=0.001)
    assert time.process_time() - began < 3, "about 0.4 s where it was written; a million people take 2.5 s"
