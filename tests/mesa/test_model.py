"""The Mesa face: agents are views on the arrays, phases can be replaced one by one, and nothing is left behind."""

import gc
import weakref

import mesa
import numpy as np
import pandas as pd
import pytest

from simulation import Model, Person, Therapist, configure, load_case, run
from simulation.mesa_face.people import Tie
from simulation.population import phases
from simulation.recording.recording import Record
from simulation.theory.layout import PERSON, TIE

DAYS = 6


@pytest.fixture(scope="module")
def dyad():
    return configure(load_case("dyad"), days=DAYS, seed=4)


def finals(model: Model, but=()) -> dict:
    return {name: model.simulation.population.column(name).copy() for name in PERSON if name not in but}


def assert_same(one: dict, two: dict) -> None:
    assert [name for name in one if not np.array_equal(one[name], two[name])] == []


def finished(case, **options) -> Model:
    model = Model(case, **options)
    model.run_model()
    return model


# ---------------------------------------------------------------- one run


@pytest.mark.parametrize("compiled", [True, False])
def test_a_model_runs_the_case_as_the_compiled_loop_does(dyad, compiled):
    model = finished(dyad, compiled=compiled)
    recording = run(dyad, record=Record.nothing())
    assert_same(finals(model), {name: recording.final(name) for name in PERSON})


def test_events_of_the_case_happen_here_too():
    case = load_case("angie")
    first = min(event.day for event in case.events)
    case = configure(case, days=first + 2)
    model = finished(case)
    recording = run(case, record=Record.nothing())
    assert_same(finals(model), {name: recording.final(name) for name in PERSON})
    assert_same(
        {"ties": model.simulation.population.tie_column("trust")}, {"ties": recording.population.tie_column("trust")}
    )


def test_a_model_stops_at_the_days_of_its_case(dyad):
    model = finished(dyad)
    assert model.tick == round(DAYS / dyad.dt)
    assert not model.running


@pytest.mark.parametrize(
    ("days", "dt"),
    [
        (1.0, 0.1),
        (0.7, 0.1),
        (1.0, 0.3),
        (1.0, 1 / 3),
    ],
)
def test_a_model_takes_as_many_ticks_as_a_run(dyad, days, dt):
    case = configure(dyad, days=days, dt=dt)
    assert finished(case).tick == run(case, record=Record.nothing()).ticks


def test_rng_is_the_seed_of_the_run(dyad):
    same, also, other = (finished(dyad, rng=seed) for seed in (4, None, 5))
    assert_same(finals(same), finals(also))
    assert not np.array_equal(finals(same)["arousal"], finals(other)["arousal"])
    with pytest.raises(TypeError):
        Model(dyad, 7)  # seeds are named


def test_the_data_collector_keeps_one_number_per_step(dyad):
    model = finished(dyad)
    frame = model.datacollector.get_model_vars_dataframe()
    assert isinstance(frame, pd.DataFrame)
    assert list(frame) == ["mean_arousal", "mean_dysregulation", "share_in_episode"]
    assert len(frame) == model.tick
    assert {dtype.kind for dtype in frame.dtypes} == {"f"}
    recording = run(dyad, record=Record(summaries=("arousal",)))
    assert frame["mean_arousal"].to_numpy() == pytest.approx(recording.summaries["arousal"].to_numpy(), abs=1e-15)


def test_people_stand_on_the_nodes_of_the_network():
    model = Model(configure(load_case("karate-club"), days=1))
    population = model.simulation.population
    assert len(model.people) == len(model.agents) == population.n_people
    for person in model.people:
        neighbours = {p.number for cell in person.cell.connections.values() for p in cell.agents}
        assert neighbours == {tie.other.number for tie in person.ties}
        assert list(person.cell.agents) == [person]
        assert person.name == population.name(person.number)


# ---------------------------------------------------------------- attributes


def test_every_quantity_is_an_attribute_and_has_a_phase_for_every_phase_of_the_loop():
    assert all(hasattr(Person, name) for name in PERSON)
    assert all(hasattr(Tie, name) for name in TIE)
    assert all(phase.__name__ in vars(Person) for phase in (phases.meet, *phases.PHASES))


@pytest.mark.parametrize("compiled", [True, False])
def test_attributes_read_and_write_the_arrays(dyad, compiled):
    model = Model(dyad, compiled=compiled)
    alex, robin = model.people
    population = model.simulation.population
    for name in PERSON:
        assert getattr(alex, name) == population.value(0, name)
        setattr(alex, name, 0.25)
        assert population.value(0, name) == 0.25
        assert isinstance(getattr(alex, name), float)
    assert robin.arousal == PERSON["arousal"].default
    (tie,) = alex.ties
    assert tie.other is robin
    assert tie.bond == population.tie_value(population.tie(0, 1), "bond") == 0.8
    tie.trust = 0.125
    assert population.tie_column("trust").tolist().count(0.125) == 1


# ---------------------------------------------------------------- replaced phases


def test_a_phase_that_only_calls_the_original_changes_nothing(dyad):
    class Same(Person):
        def feel(self):
            super().feel()

    assert_same(finals(finished(dyad)), finals(finished(dyad, person=Same)))


@pytest.mark.parametrize("compiled", [True, False])
def test_a_read_out_can_be_left_out_and_nothing_else_changes(dyad, compiled):
    class Nameless(Person):
        def name_state(self):
            self.named = True

    model = finished(dyad, person=Nameless, compiled=compiled)
    read_outs = ("dysregulation", "in_episode", "self_state")
    assert_same(finals(finished(dyad), but=read_outs), finals(model, but=read_outs))
    assert all(person.dysregulation == 0 and person.named for person in model.people)


def test_a_replaced_phase_runs_in_python_and_matters(dyad):
    class Stoic(Person):
        def feel(self):
            super().feel()
            self.anger = 0.0

    model = finished(dyad, person=Stoic)
    usual = finished(dyad)
    assert all(person.anger == 0 for person in model.people)
    assert any(person.anger > 0 for person in usual.people)
    assert not np.array_equal(finals(model)["arousal"], finals(usual)["arousal"])


def test_people_may_differ_in_class_by_who_they_are(dyad):
    class OnlyAlex(Person):
        """Alex soothes no more; Robin lives as ever."""

        def soothe(self):
            if self.name != "Alex":
                super().soothe()
            else:
                self.refractory = -1.0

    alex, robin = finished(dyad, person=OnlyAlex).people
    assert alex.refractory == -1.0 <= 0 <= robin.refractory


def test_agents_may_act_in_any_order(dyad):
    class Shuffled(Model):
        def step(self):
            self.agents.shuffle(inplace=True)
            super().step()

    model = Shuffled(dyad)
    model.run_model()
    assert_same(finals(finished(dyad)), finals(model))


# ---------------------------------------------------------------- therapists


def test_therapists_have_their_own_class():
    class Supervised(Therapist):
        pass

    class Patient(Person):
        pass

    case = configure(load_case("therapy-group"), days=1)
    model = finished(case, person=Patient, therapist=Supervised)
    therapists = [person for person in model.people if isinstance(person, Supervised)]
    assert [person.name for person in therapists] == ["Therapist-1", "Therapist-2"]
    assert all(isinstance(person, Patient) for person in model.people if person not in therapists)
    assert {"Ada", "Hugo"} <= {patient.name for patient in therapists[0].patients}
    recording = run(case, record=Record.nothing())
    assert_same(finals(model), {name: recording.final(name) for name in PERSON})


# ---------------------------------------------------------------- nothing is left behind


def models_kept() -> int:
    """How many models Mesa itself holds on to."""
    counters = getattr(mesa.Agent, "_ids", None)
    return len(counters) if isinstance(counters, dict) else 0


def test_closed_models_are_let_go(dyad):
    before, released = models_kept(), []
    for _ in range(20):
        model = Model(dyad)
        model.step()
        model.close()
        released.append(weakref.ref(model))
    del model
    gc.collect()
    assert models_kept() == before
    assert [ref() for ref in released if ref() is not None] == []


def test_a_model_can_be_closed_twice_and_read_afterwards(dyad):
    model = finished(dyad)
    model.close()
    model.close()
    assert 0 <= model.mean("arousal") <= 1


def test_runs_on_the_mesa_engine_leave_no_models_behind(dyad):
    before = models_kept()
    for _ in range(3):
        run(dyad, engine="mesa", record=Record.nothing())
    gc.collect()
    assert models_kept() == before
