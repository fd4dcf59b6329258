"""Nothing depends on what it should not: on pieces, neighbours in memory, numbers, or being watched."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.population.simulation import Simulation
from simulation.theory.layout import CONSTANT, PERSON, TIE
from tests.strategies import Blueprint, blueprints, couple, differences, everything, random_network

TICKS = 60
FEW = st.integers(2, 40)


def people_of(simulation: Simulation, who) -> dict[str, np.ndarray]:
    """Columns of some people."""
    return {name: simulation.population.column(name)[who] for name in PERSON}


def ties_of(simulation: Simulation, which) -> dict[str, np.ndarray]:
    """Columns of some ties."""
    return {name: simulation.population.tie_column(name)[which] for name in TIE}


def each(values: dict, registry, n: int) -> dict[str, np.ndarray]:
    """One value for each person or tie, of every quantity in a registry; the phase of life is drawn unless given."""
    return {
        name: np.array(np.broadcast_to(values.get(name, q.default), n), dtype=float)
        for name, q in registry.items()
        if q.kind not in ("inbox",) and (name in values or name != "circumstance")
    }


def side_by_side(*blueprints: Blueprint) -> Blueprint:
    """Several populations as one with several parts, each with its own seed."""
    starts = np.cumsum([0, *(b.n for b in blueprints)])
    tables = {}
    for field, registry, size in (
        ("person_values", PERSON, "n"),
        ("tie_values", TIE, "n_ties"),
        ("constants", CONSTANT, "n"),
    ):
        full = [each(getattr(b, field), registry, getattr(b, size)) for b in blueprints]
        tables[field] = {name: np.concatenate([f[name] for f in full]) for name in full[0]}
    return Blueprint(
        n=int(starts[-1]),
        pairs=tuple((i + int(s), j + int(s)) for b, s in zip(blueprints, starts, strict=False) for i, j in b.pairs),
        seed=tuple(b.seed for b in blueprints for _ in range(b.n)),
        wishes=tuple(w for b in blueprints for w in b.wishes or (0,) * b.n_ties),
        identities=tuple(i for b in blueprints for i in range(b.n)),
        dt=blueprints[0].dt,
        **tables,
    )


@given(blueprints(), st.lists(st.integers(0, 40), min_size=1, max_size=5), st.integers(1, 7), st.integers(1, 9))
def test_pieces_make_the_same_run_and_recording(blueprint, pieces, every, tie_every):
    recorded = {
        "watch": range(0, blueprint.n, 4), "sums": ["arousal", "shame"], "quantities": ["arousal", "pain"],
        "every": every, "tie_fields": ["strain"], "tie_every": tie_every, "events": True,
    }  # fmt: skip
    whole = blueprint.run(sum(pieces), **recorded)
    in_pieces = blueprint.simulation(**recorded)
    for ticks in pieces:
        in_pieces.run(ticks)
    assert in_pieces.tick == whole.tick == sum(pieces)
    assert differences(whole, in_pieces) == []


@given(blueprints(people=FEW), blueprints(people=FEW), blueprints(people=st.just(2), most_pairs=1))
def test_runs_laid_side_by_side_are_each_as_alone(one, two, three):
    alone = [b.but(dt=one.dt) for b in (one, two, three)]
    together = side_by_side(*alone).run(TICKS)
    person, tie = 0, 0
    for blueprint in alone:
        run = blueprint.run(TICKS)
        own = slice(person, person + blueprint.n), slice(tie, tie + blueprint.n_ties)
        assert differences(people_of(run, slice(None)), people_of(together, own[0])) == []
        assert differences(ties_of(run, slice(None)), ties_of(together, own[1])) == []
        person, tie = own[0].stop, own[1].stop


@given(blueprints(people=FEW), st.integers(1, 40))
def test_people_without_ties_shift_nobody(blueprint, more):
    alone = blueprint.run(TICKS)
    with_others = side_by_side(blueprint, Blueprint(n=more)).but(
        seed=blueprint.seed, identities=tuple(range(blueprint.n + more))
    ).run(TICKS)  # fmt: skip
    assert differences(people_of(alone, slice(None)), people_of(with_others, slice(blueprint.n))) == []
    assert differences(ties_of(alone, slice(None)), ties_of(with_others, slice(None))) == []


@given(blueprints(people=FEW), st.data())
def test_numbers_of_people_do_not_matter(blueprint, data):
    # their identity keys their luck; where they lie in memory is nobody's business
    new = np.array(data.draw(st.permutations(range(blueprint.n))))
    old = np.argsort(new)
    full = each(blueprint.person_values, PERSON, blueprint.n), each(blueprint.constants, CONSTANT, blueprint.n)
    moved = blueprint.but(
        pairs=tuple((int(new[i]), int(new[j])) for i, j in blueprint.pairs),
        identities=tuple(int(i) for i in old),
        person_values={name: column[old] for name, column in full[0].items()},
        constants={name: column[old] for name, column in full[1].items()},
    ).run(TICKS)
    stayed = blueprint.run(TICKS)
    assert differences(people_of(stayed, slice(None)), people_of(moved, new)) == []
    assert differences(ties_of(stayed, slice(None)), ties_of(moved, slice(None))) == []


@given(blueprints(), st.integers(1, 5), st.booleans())
def test_watching_changes_nothing(blueprint, every, events):
    unwatched = blueprint.run(TICKS)
    watched = blueprint.run(
        TICKS, watch=range(blueprint.n), sums=list(PERSON), quantities=list(PERSON), every=every, tie_fields=list(TIE),
        tie_every=every, events=events,
    )  # fmt: skip
    final = {key: value for key, value in everything(watched).items() if key in PERSON or key.startswith("tie ")}
    assert differences(everything(unwatched), final) == []


@pytest.mark.parametrize("change", [{"reactivity": 4.0}, {"negative_evidence_attachment": 300.0}, {"stress_rate": 9.0}])
def test_a_change_in_one_person_reaches_only_those_connected_with_them(change):
    network = side_by_side(random_network(30, 60, seed=1), couple(seed=1), Blueprint(n=1))
    base = network.run(200)
    isolated = network.with_person(32, **change).run(200)
    everybody_else = slice(32)
    assert differences(people_of(base, everybody_else), people_of(isolated, everybody_else)) == []
    assert differences(ties_of(base, slice(None)), ties_of(isolated, slice(None))) == []
    assert differences(people_of(base, [32]), people_of(isolated, [32]))
    in_couple = network.with_person(30, **change).run(200)
    assert differences(people_of(base, [31]), people_of(in_couple, [31])), "the partner feels it"
    assert differences(people_of(base, slice(30)), people_of(in_couple, slice(30))) == []


def test_twins_meet_the_same_luck_until_something_differs():
    # a lesion of what only events call up: until the first event of its kind the two runs are one
    base, twin = couple(seed=3), couple(seed=3, arousal_contagion=0.0)
    one, two = (b.run(100, watch=[0, 1], quantities=["arousal"]).parts["samples"][0] for b in (base, twin))
    differ = (one != two).any(axis=(1, 2))
    assert differ.any()
    first = int(np.argmax(differ))
    meetings = base.run(first + 1, watch=[0, 1], events=True).parts["rows"]
    assert meetings and meetings[0][0, 2] <= first, "they differ from the first contact on"
    assert not differ[:first].any()


@given(blueprints(people=FEW), st.integers(1, 50), st.integers(1, 50))
def test_a_checkpoint_goes_on_as_if_nothing_had_happened(blueprint, before, after):
    simulation = blueprint.run(before)
    resumed = Simulation(simulation.population.copy(), blueprint.dt)
    resumed.tick = before
    resumed.changed()  # what the coming tick brings is settled for the tick it now is
    resumed.run(after)
    simulation.run(after)
    assert differences(simulation, resumed) == []


@given(blueprints(people=FEW), st.integers(0, 2**62))
def test_same_seed_same_run_and_another_seed_another_run(blueprint, seed):
    run = blueprint.run(20)
    assert differences(run, blueprint.run(20)) == []
    if seed != blueprint.seed:
        assert differences(run, blueprint.but(seed=seed).run(20))


def test_telling_the_simulation_of_no_change_changes_nothing(one_couple):
    plain, told = one_couple.run(40), one_couple.run(40)
    told.changed()
    for simulation in (plain, told):
        simulation.run(40)
    assert differences(plain, told) == []


def test_a_seed_may_be_any_64_bits():
    runs = [couple(seed).run(20) for seed in (0, 1, 2**32, 2**32 + 1, 2**63 - 1, -1)]
    finals = {tuple(run.population.column("arousal")) for run in runs}
    assert len(finals) == len(runs)
