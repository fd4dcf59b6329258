"""Three engines, one trajectory: compiled, Mesa and plain Python agree to the bit, in whatever order people act.

Compiled against Mesa this is the contract. Compiled against plain Python the contract is agreement to 1e-12; it is
exact as long as the compiler rounds as Python does, and that is what is tested.
"""

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulation.mesa_face.model import MesaSimulation
from tests.strategies import Blueprint, blueprints, couple, differences, random_network

RECORDED = {
    "sums": ["arousal", "pain", "in_episode"],
    "quantities": ["arousal", "shame", "negative_evidence_attachment"],
    "every": 3,
    "tie_fields": ["trust", "strain"],
    "tie_every": 4,
    "events": True,
}
FEWER = settings(max_examples=max(settings.default.max_examples // 2, 1))


def watched(blueprint: Blueprint) -> dict:
    """What is recorded: everything there is, of every third person."""
    return {**RECORDED, "watch": list(range(0, blueprint.n, 3))}


class InAnyOrder:
    """Stands in for Mesa's agents: lets people act in another order at every stage of every tick."""

    def __init__(self, people, seed):
        self.agents = self
        self.people = list(people)
        self.rng = random.Random(seed)

    def do(self, method):
        self.rng.shuffle(self.people)
        for person in self.people:
            getattr(person, method)()


@FEWER
@given(blueprints())
def test_mesa_gives_the_same_bits_as_compiled(blueprint):
    recorded = watched(blueprint)
    assert differences(blueprint.run(30, "compiled", **recorded), blueprint.run(30, "mesa", **recorded)) == []


@FEWER
@given(blueprints(most_pairs=60))
def test_plain_python_gives_the_same_bits_as_compiled(blueprint):
    recorded = watched(blueprint)
    assert differences(blueprint.run(12, "compiled", **recorded), blueprint.run(12, "python", **recorded)) == []


@settings(max_examples=max(settings.default.max_examples // 5, 1))
@given(blueprints(people=st.sampled_from([2, 6, 35]), most_pairs=40))
def test_mesa_in_plain_python_gives_the_same_bits_too(blueprint):
    recorded = watched(blueprint)
    assert differences(blueprint.run(12, "compiled", **recorded), blueprint.run(12, "mesa-plain", **recorded)) == []


@FEWER
@given(blueprints(), st.integers(0, 2**16))
def test_the_order_of_people_does_not_matter(blueprint, seed):
    recorded = watched(blueprint)
    shuffled = blueprint.simulation("mesa", **recorded)
    shuffled.model = InAnyOrder(shuffled.model.people, seed)
    shuffled.run(30)
    assert differences(blueprint.run(30, **recorded), shuffled) == []


@pytest.mark.parametrize("engine", ["mesa", "python"])
def test_long_and_eventful_runs_agree(engine):
    # hypothesis tries many short runs; here ties break and mend, strategies are chosen, episodes come and go
    blueprint = couple(seed=5)
    recorded = watched(blueprint)
    ticks = 1500 if engine == "mesa" else 500
    assert differences(blueprint.run(ticks, **recorded), blueprint.run(ticks, engine, **recorded)) == []


@pytest.mark.parametrize("engine", ["mesa", "python"])
def test_several_pages_of_people_and_ties_agree(engine):
    blueprint = random_network(70, 400, seed=2)
    recorded = watched(blueprint)
    assert max(np.diff(blueprint.population().world.tie_from)) > 1
    assert differences(blueprint.run(20, **recorded), blueprint.run(20, engine, **recorded)) == []


def test_engines_can_take_turns(one_couple):
    # a population has no memory of who moved it: compiled, then Mesa, is compiled all the way
    first = one_couple.run(40)
    second = MesaSimulation(first.population, one_couple.dt)
    second.tick = 40
    second.changed()
    second.run(40)
    assert differences(one_couple.run(80), second) == []
