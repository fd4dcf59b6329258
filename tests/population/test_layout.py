"""People and ties in memory: whoever is asked for is found, whatever the order in which they were given."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.population.population import Population
from simulation.theory.layout import CONSTANT, LANES, PERSON, TIE
from tests.strategies import Blueprint, blueprints, random_network


def built(n, owner, other, wish=None, values=None, **more) -> Population:
    """A population from its directed ties as given."""
    owner, other = np.array(owner, dtype=np.int64), np.array(other, dtype=np.int64)
    wish = np.zeros(len(owner), dtype=np.int64) if wish is None else np.array(wish)
    return Population.build(n, 1, np.arange(n), {}, owner, other, wish, values or {}, **more)


@st.composite
def shuffled_ties(draw):
    """Number of people, and owner and other of their directed ties in any order, both directions of each."""
    blueprint = draw(blueprints(people=st.sampled_from([2, 5, 40]), most_pairs=60))
    directed = [e for i, j in blueprint.pairs for e in ((i, j), (j, i))]
    order = draw(st.permutations(range(len(directed)))) if draw(st.booleans()) else [
        *range(0, len(directed), 2), *range(1, len(directed), 2),  # all first directions, then all second ones
    ]  # fmt: skip
    owner, other = zip(*(directed[i] for i in order), strict=True)
    return blueprint.n, owner, other


@given(shuffled_ties())
def test_every_tie_is_found_and_leads_back(ties):
    n, owner, other = ties
    marks = np.arange(len(owner)) / 1000
    wishes = np.arange(len(owner)) % 4
    population = built(n, owner, other, wishes, {"trust": marks})
    back = np.asarray(population.world.back).reshape(-1)
    assert (back[back] == np.arange(len(back))).all(), "the reverse of the reverse is the tie itself"
    assert population.tie_column("trust").tolist() == marks.tolist()
    assert population.tie_other.tolist() == list(other)
    for i, (one, two) in enumerate(zip(owner, other, strict=True)):
        tie = population.tie(one, two)
        assert tie == population.tie_number[i]
        assert population.tie_value(tie, "trust") == marks[i]
        assert back[tie] == population.tie(two, one)
        assert population.other_of(tie) == two
        assert population.world.wish[tie // LANES][tie % LANES] == wishes[i]
        assert population.world.owner_lane[tie // LANES][tie % LANES] == one % LANES
        assert tie in population.ties_of(one)
    assert sum(len(population.ties_of(person)) for person in range(n)) == len(owner)


@given(shuffled_ties())
def test_ties_of_a_person_follow_one_another_on_pages_of_their_own_page(ties):
    n, owner, other = ties
    world = (population := built(n, owner, other)).world
    for person in range(n):
        held = population.ties_of(person)
        assert held == list(range(world.tie_start[person], world.tie_start[person] + len(held))) or not held
        assert world.tie_stop[person] - world.tie_start[person] == len(held)
        for tie in held:
            page = person // LANES
            assert world.tie_from[page] <= tie // LANES < world.tie_from[page + 1]


@given(shuffled_ties())
def test_order_of_ties_given_changes_nobody(ties):
    n, owner, other = ties
    order = np.lexsort((other, owner))
    one, two = built(n, owner, other), built(n, np.array(owner)[order], np.array(other)[order])
    for a, b in zip(owner, other, strict=True):
        keys = [p.world.tie_key[t // LANES, t % LANES] for p in (one, two) for t in [p.tie(a, b)]]
        assert keys[0] == keys[1]


@pytest.mark.parametrize(
    ("owner", "other"),
    [([0], [1]), ([0, 1, 0], [1, 0, 2]), ([0, 0], [1, 2]), ([0, 1, 1], [1, 0, 0]), ([0, 1, 1, 2], [1, 0, 2, 0])],
)
def test_a_tie_without_its_reverse_is_refused(owner, other):
    with pytest.raises(ValueError, match="reverse"):
        built(3, owner, other)


def test_a_tie_that_is_not_there():
    population = built(3, [0, 1], [1, 0], names=["Ada", "Bo", "Cy"])
    with pytest.raises(KeyError, match="no tie from Ada to Cy"):
        population.tie(0, 2)
    assert population.ties_of(2) == []


def test_names():
    assert built(2, [], [], names=["Ada", "Bo"]).name(1) == "Bo"
    assert built(2, [], []).name(1) == "person-1"


@pytest.mark.parametrize("n", [1, 2, LANES - 1, LANES, LANES + 1, 3 * LANES])
def test_values_reach_whom_they_are_meant_for(n):
    marks = np.linspace(0, 1, n)
    population = Blueprint(n=n, person_values={"warmth": marks, "tolerance": 0.4}).population()
    assert population.column("warmth").tolist() == marks.tolist()
    assert population.column("tolerance").tolist() == [0.4] * n
    assert population.column("arousal").tolist() == [PERSON["arousal"].default] * n
    assert [population.value(i, "warmth") for i in range(n)] == marks.tolist()
    population.set_value(n - 1, "warmth", 0.123)
    assert population.column("warmth").tolist() == [*marks[:-1].tolist(), 0.123]
    assert len(population.world.persons) == -(-n // LANES)


@pytest.mark.parametrize("n", [3, 40])
def test_a_column_is_a_copy(n):
    population = Blueprint(n=n).population()
    population.column("warmth")[:] = 0
    assert population.value(0, "warmth") == PERSON["warmth"].default


def test_a_copy_is_independent():
    population = random_network(10, 12, seed=1).population()
    copy = population.copy()
    copy.set_value(0, "warmth", 0.987)
    copy.set_tie_value(copy.ties_of(0)[0], "trust", 0.987)
    assert population.value(0, "warmth") != 0.987
    assert population.tie_value(population.ties_of(0)[0], "trust") != 0.987
    assert copy.nbytes() == population.nbytes() > 0
    for a, b in zip(copy.world, population.world, strict=True):
        assert (a.dtype, a.shape) == (b.dtype, b.shape)


def test_padding_has_no_contact():
    world = random_network(5, 4, seed=1).population().world
    offset = TIE["contact_rate"].offset
    rates = world.ties[:, offset : offset + LANES]
    assert (rates > 0).sum() == 8


# ---------------------------------------------------------------- constants


def constant_of(population: Population, person: int, name: str) -> float:
    world = population.world
    return world.constants[world.person_constants[person // LANES]][CONSTANT[name].offset + person % LANES]


def test_equal_constants_are_stored_once():
    world = random_network(100, 100, seed=1).population().world
    assert len(world.constants) == 1


@given(st.integers(2, 70), st.integers(0, 2**16))
def test_everyone_has_their_own_constants_and_so_have_their_ties(n, seed):
    rng = np.random.default_rng(seed)
    own = rng.choice([0.5, 1.0, 2.0], n)
    blueprint = random_network(n, n, seed=seed).with_constants(trauma_gain=own, contagion=0.3)
    population = blueprint.population()
    world = population.world
    assert [constant_of(population, i, "trauma_gain") for i in range(n)] == own.tolist()
    assert {constant_of(population, i, "contagion") for i in range(n)} == {0.3}
    for tie, owner in zip(population.tie_number, population.tie_owner, strict=True):
        page = world.constants[world.tie_constants[tie // LANES]]
        assert page[CONSTANT["trauma_gain"].offset + tie % LANES] == own[owner]


def test_one_value_for_each_is_the_same_as_one_for_all_if_they_are_equal():
    world = random_network(40, 40, seed=1).with_constants(trauma_gain=np.full(40, 2.0)).population().world
    assert len(world.constants) == 1
    assert world.constants[0][CONSTANT["trauma_gain"].offset] == 2.0


def test_people_without_ties_may_have_their_own_constants():
    population = Blueprint(n=3, constants={"trauma_gain": np.array([1.0, 2.0, 3.0])}).population()
    assert [constant_of(population, i, "trauma_gain") for i in range(3)] == [1.0, 2.0, 3.0]
