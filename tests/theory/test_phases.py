"""The phases of a tick, in plain Python: each changes only what is its own."""

import pytest

from simulation.theory import constants, life
from simulation.theory.layout import CONSTANT, PERSON, TIE, WISHES
from tests.strategies import GAINS, STATES
from tests.theory.laws import covers
from tests.theory.scene import ACT_HABITS, EVIDENCE, FUNCTIONS, IMAGES, INBOX, NEEDS, NEUTRAL, PERSONAL_HABITS, troubled

OWN = {
    life.clear_inbox: INBOX | {"due_rejection", "due_acceptance", "committed"},
    life.weather_life: {
        "circumstance", "busy", "in_stress", "in_moment", "joy", "connection", "overwhelmed", "criticised", "confused",
        "worried",
    },
    life.long_for: NEEDS,
    life.feel: {"anger", "shame", "sadness", "anxiety"},
    life.arouse: {"arousal", "coregulation"},
    life.reflect: {f"{f}_now" for f in FUNCTIONS},
    life.see_oneself: {"rejection_trace", "acceptance_trace", "negative_self", "benevolent_self"},
    life.hold_together: {"pain", "dissociation", "rumination", "emptiness", "suicidal_crisis"},
    life.wants_to_soothe: {"refractory"},
    life.crave: {"craved"},
    life.soothe: {
        "pain", "arousal", "anger", "anxiety", "shame", "aftermath", "rumination", "dissociation", "refractory",
        "coped",
    } | PERSONAL_HABITS,
    life.learn_slowly: EVIDENCE | PERSONAL_HABITS | ACT_HABITS | set(FUNCTIONS) | {"aftermath"},
    life.name_state: {"dysregulation", "self_state", "in_episode"},
    life.show_face: {f"seek_{wish}" for wish in WISHES},
    life.take_in: {
        "in_rejection", "in_acceptance", "in_moment", "in_arousal", "in_anger", "in_sadness", "in_joy", "in_calm",
    }
    | NEEDS | EVIDENCE | IMAGES | {"expected_response", "trust", "strain", "last_behaviour"},
    life.seek_other: {"seeking", "free"},
    life.turn_tie: {"alive", "ruptured", "missed", "strain", "in_rejection", "in_moment"},
    life.be_together: {"committed"},
    life.miss_other: {"in_sadness"},
    life.age_tie: IMAGES | {"strain", "last_behaviour", "missed"},
}  # fmt: skip
"""What each phase may change; all else, and the other person, must stay as it was."""

EXTRA = {
    life.show_face: {},
    life.take_in: {"wish": 0, "act": 0, "perceived": -0.5, "other_arousal": 0.9, **NEUTRAL, "felt": 0.5, "calm": 1.0},
    life.seek_other: {"seek": 2.0, "need": 0.4, "anxiety": 0.3, "committed": 0.3},
    life.turn_tie: {"own": life.RUPTURE, "theirs": life.NO_TURN},
    life.miss_other: {"wish": 0, "luck": 0.001},
}


@covers(*OWN)
@pytest.mark.parametrize("phase", OWN, ids=lambda phase: phase.__name__)
def test_a_phase_changes_only_what_is_its_own(phase):
    scene = troubled().set(anxiety=0.9, romantic=1.0)  # after the faces were shown
    changed = scene.changed_by(phase, **EXTRA.get(phase, {}))
    assert changed
    assert changed <= OWN[phase]


@pytest.mark.parametrize("phase", OWN, ids=lambda phase: phase.__name__)
def test_a_phase_leaves_the_other_person_alone(phase):
    scene = troubled()
    before = [scene.p[q.offset + scene.o2] for q in PERSON.values()]
    ties = [scene.t[q.offset + scene.a2] for q in TIE.values()]
    scene.do(phase, **EXTRA.get(phase, {}))
    assert before == [scene.p[q.offset + scene.o2] for q in PERSON.values()]
    assert ties == [scene.t[q.offset + scene.a2] for q in TIE.values()]


def test_every_state_of_a_person_belongs_to_some_phase():
    assert {q.name for q in STATES} <= set().union(*OWN.values())


def test_every_gain_of_figure_1_is_a_constant():
    assert {CONSTANT[q.name].offset for q in GAINS} == {v for n, v in vars(constants).items() if n.startswith("G_")}
