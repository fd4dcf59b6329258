"""Whole ticks: whatever the valid parameters, states stay what they are declared to be."""

import functools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.population import notes
from simulation.theory.layout import PERSON, TIE
from tests.strategies import (
    CONSTANTS,
    DISTRESS,
    EVERYTHING_HAPPENS,
    GAINS,
    TIE_COLUMNS,
    TRAITS,
    Blueprint,
    blueprints,
    couple,
    differences,
    outside_bounds,
    random_network,
)


@given(blueprints())
def test_states_stay_within_their_declared_bounds(blueprint):
    simulation = blueprint.run(200)
    assert outside_bounds(simulation.population) == []


@given(st.integers(0, 2**32 - 1), st.sampled_from([1 / 32, 1 / 8, 1.0]))
def test_states_stay_within_their_bounds_for_parameters_anywhere_within_theirs(seed, dt):
    # the whole declared range, save where the tests of phases know of a division by zero
    rng = np.random.default_rng(seed)
    blueprint = random_network(32, 40, seed=seed)
    anywhere = {q.name: rng.uniform(q.low, min(q.high, 500), 32) for q in TRAITS}
    anywhere["home_base"] = anywhere["home_base"].clip(0, 0.95)
    ties = {q.name: rng.uniform(q.low, q.high, blueprint.n_ties) for q in TIE_COLUMNS if q.name != "contact_rate"}
    gains = {q.name: float(rng.choice([0.0, 0.5, 1.0])) for q in GAINS}
    simulation = blueprint.but(
        person_values=anywhere, tie_values={**blueprint.tie_values, **ties}, constants=gains, dt=dt
    ).run(200)
    assert outside_bounds(simulation.population) == []


@pytest.mark.parametrize("gain", [q.name for q in GAINS])
def test_a_gain_at_the_top_of_its_range_keeps_states_in_bounds(gain):
    simulation = random_network(32, 60, seed=3).with_constants(**{gain: 5.0}).run(400)
    assert outside_bounds(simulation.population) == []


@given(blueprints(people=st.integers(2, 40)))
def test_ties_are_alive_or_not_on_both_sides(blueprint):
    population = blueprint.run(150).population
    alive, broken = population.tie_column("alive"), population.tie_column("ruptured")
    assert set(alive) | set(broken) <= {0.0, 1.0}
    assert not (alive * broken).any(), "a broken tie is not alive"
    assert (alive[0::2] == alive[1::2]).all()
    assert (broken[0::2] == broken[1::2]).all()


@given(st.integers(0, 2**32 - 1))
def test_evidence_stays_interior_over_decades(seed):
    blueprint = couple(seed, evidence_forgetting=0.05).but(dt=1.0)
    population = blueprint.run(8_000).population
    for wish in ("attachment", "group"):
        negative = population.column(f"negative_evidence_{wish}")
        benevolent = population.column(f"benevolent_evidence_{wish}")
        assert ((negative > 1e-6) & (benevolent > 1e-6)).all()
        assert (negative + benevolent < 1e4).all()


def partners(population) -> np.ndarray:
    """How many partners each person is together with."""
    here = (population.tie_column("alive") > 0.5) & (population.tie_column("romantic") > 0.5)
    return np.bincount(population.tie_owner[here], minlength=population.n_people)


def test_friends_fall_in_love_once_both_are_free_and_hardly_anybody_has_two_partners():
    # everyone knows five others; the first half are couples that do not part, the others are free
    n = 240
    pairs = [(i, i + 1) for i in range(0, n // 2, 2)]
    coupled = len(pairs)
    pairs += [(i, (i + step) % n) for i in range(n) for step in (7, 31)]
    romantic = np.repeat(np.arange(len(pairs)) < coupled, 2).astype(float)
    blueprint = Blueprint(
        n=n, pairs=tuple(pairs),
        tie_values={
            "contact_rate": 0.3, "bond": np.where(romantic, 0.8, 0.3), "romantic": romantic, "eligible": 1.0 - romantic,
        },
        constants={"rupture_rate": 0.0, "love_rate": 0.005},
    )  # fmt: skip
    population = blueprint.run(2400).population
    before, after = (partners(p) for p in (blueprint.run(1).population, population))
    assert (before[: n // 2] == 1).all() and (before[n // 2 :] == 0).sum() > 0.9 * n / 2
    assert (after[: n // 2] == 1).all(), "who has a partner stays"
    free = after[n // 2 :]
    assert (free > 0).mean() > 0.8, "who has none finds one among friends"
    assert (free > 1).mean() < 0.03, "two would have to fall in love in the same tick"
    held = np.zeros(n)
    np.maximum.at(held, population.tie_owner, population.tie_column("romantic") * population.tie_column("bond"))
    assert population.column("committed") == pytest.approx(held)


def test_much_happens_in_the_couple_the_tests_use(one_couple):
    # or the tests that start from it would show little
    simulation = one_couple.run(2400, watch=[0, 1], events=True)
    kinds = {notes.EVENT_KINDS[k] for rows in simulation.parts["rows"] for k in rows[:, 3]}
    assert kinds >= {"act", "percept_of_reply", "coping", "episode_begins", "episode_ends", "rupture", "reconciliation"}


# ---------------------------------------------------------------- room


@pytest.mark.parametrize("engine", ["compiled", "mesa", "python"])
def test_room_for_encounters_grows_without_changing_anything(engine, network):
    ticks = 12 if engine == "python" else 100
    busy = network.but(tie_values={**network.tie_values, "contact_rate": 8.0})
    usual = busy.run(ticks)
    cramped = busy.simulation(engine)
    if engine == "python":
        del cramped.world.records[1:]
    else:
        cramped.population.world = cramped.world._replace(records=cramped.world.records[:1].copy())
    cramped.run(ticks)
    assert len(cramped.world.records) > 1
    assert differences(usual, cramped) == []


@pytest.mark.parametrize("engine", ["compiled", "mesa", "python"])
@pytest.mark.parametrize("room", [0, 7, 400])
def test_room_for_events_grows_without_changing_anything(engine, room, one_couple):
    ticks = 60 if engine == "python" else 400
    usual = one_couple.run(ticks, watch=[0, 1], events=True)
    cramped = one_couple.simulation(engine, watch=[0, 1], events=True)
    cramped.notes = cramped.notes._replace(rows=np.zeros((room, 8), dtype=np.int64), values=np.zeros((room, 2)))
    cramped.run(ticks)
    assert differences(usual, cramped) == []


# ---------------------------------------------------------------- few people


@pytest.mark.parametrize("engine", ["compiled", "mesa", "python"])
@pytest.mark.parametrize("n", [0, 1, 3])
def test_people_without_ties_live_on(n, engine):
    simulation = Blueprint(n=n, person_values={"stress_rate": 3.0}).run(50, engine)
    assert simulation.tick == 50
    rows = np.asarray(simulation.world.persons)
    if n:
        assert (rows[0, PERSON["arousal"].offset : PERSON["arousal"].offset + n] != PERSON["arousal"].default).all()
    else:
        assert rows.size == 0


@pytest.mark.parametrize("n", [0, 1])
def test_a_population_without_ties_can_be_read_and_copied_after_a_run_in_plain_python(n):
    population = Blueprint(n=n).run(2, "python").population
    assert population.column("arousal").shape == (n,)
    assert population.tie_column("trust").shape == (0,)
    assert population.copy().n_people == n


def test_a_copy_after_a_run_in_plain_python_has_the_types_of_the_loop(one_couple):
    copy = one_couple.run(2, "python").population.copy()
    assert [a.dtype for a in copy.world] == [a.dtype for a in one_couple.population().world]


def test_no_time_changes_nothing(one_couple):
    simulation = one_couple.run(40)
    before = simulation.population.copy()
    simulation.run(0)
    assert simulation.tick == 40
    assert all(np.array_equal(a, b) for a, b in zip(simulation.world, before.world, strict=True))


# ---------------------------------------------------------------- every number matters


def four() -> Blueprint:
    """The couple, an acquaintance of the first who may become more, and a friend who may become a partner."""
    distressed = DISTRESS | {"habit_attack": 0.3}  # without it attacks are too rare for their habit to be told
    usual = {name: PERSON[name].default for name in distressed}
    return Blueprint(
        n=4,
        pairs=((0, 1), (0, 2), (0, 3)),
        wishes=(0, 0, 3, 3, 0, 0),
        person_values={name: np.array([distressed[name], *[usual[name]] * 3]) for name in distressed}
        | {"tolerance": 0.3},
        tie_values={
            "contact_rate": 3.0,
            "bond": 0.9,
            "romantic": np.repeat([1.0, 1.0, 0.0], 2),
            "alive": np.repeat([1.0, 0.0, 1.0], 2),
            "eligible": np.repeat([0.0, 0.0, 1.0], 2),
        },
        constants=EVERYTHING_HAPPENS,
    )


@functools.cache
def as_it_is():
    return four().run(1600, sums=["in_episode"])


def influence_of(name: str, *values: float) -> set[str]:
    """In what else a run ends differently when one number takes one of these values instead."""
    base, found = four(), set()
    for value in values:
        if name in PERSON:
            changed = base.with_person(0, **{name: value})
        elif name in TIE:
            changed = base.but(tie_values={**base.tie_values, name: value})
        else:
            changed = base.with_constants(**{name: value})
        found |= set(differences(as_it_is(), changed.run(1600, sums=["in_episode"])))
    return found - {name, f"tie {name}"}


@pytest.mark.parametrize("gain", [q.name for q in GAINS])
def test_cutting_an_arrow_changes_the_life_of_a_distressed_couple(gain):
    assert influence_of(gain, 0.0)


@pytest.mark.parametrize("q", [pytest.param(q, id=q.name) for q in CONSTANTS])
def test_every_constant_matters(q):
    now = four().constants.get(q.name, q.default)
    assert influence_of(q.name, *np.clip([now / 4, now * 4, now + 0.1], q.low, q.high))


NO_TRACE = {"last_behaviour"}
"""Of these a starting value leaves no trace: memory fades."""


@pytest.mark.parametrize("q", [pytest.param(q, id=q.name) for q in (*TRAITS, *TIE_COLUMNS) if q.name not in NO_TRACE])
def test_every_trait_start_value_and_tie_field_matters(q):
    now = np.max(four().person_values.get(q.name, four().tie_values.get(q.name, q.default)))
    assert influence_of(q.name, *np.clip([now / 4, now * 2, now + 0.1], q.low, q.high))


def test_people_crave_in_the_ticks_in_which_they_soothe_and_not_always_what_they_do():
    simulation = random_network(32, 60, seed=3, coping_threshold=0.05).run(
        200, watch=range(32), quantities=["coped", "craved"], every=1
    )
    coped, craved = np.moveaxis(simulation.parts["samples"][0], -1, 0)
    assert np.array_equal(coped > 0, craved > 0) and coped.any()
    acted = coped > 0
    assert (coped[acted] == craved[acted]).any() and (coped[acted] != craved[acted]).any()


def test_everyone_has_phases_of_life_of_their_own():
    population = random_network(64, 100, seed=3, life_phase_rate=1.0).run(400).population
    phases = population.column("circumstance")
    assert len(set(phases)) == 64
    assert abs(phases.mean()) < 4 / 8 and 0.7 < phases.std() < 1.3
