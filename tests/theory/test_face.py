"""What a person shows to those they will meet."""

from simulation.theory import life, states
from simulation.theory.states import ACTS
from tests.theory.laws import covers
from tests.theory.scene import Scene, troubled


@covers(life.show_face)
def test_a_face_shows_what_others_meet():
    calm, upset = Scene(pain=0.0, anger=0.0, anxiety=0.0, shame=0.0), troubled(shame=0.0, dissociation=0.0)
    assert upset["seek_attachment"] > calm["seek_attachment"], "distress seeks attachment figures"
    angry, mild = Scene(anger=0.9), Scene(anger=0.0)
    attack = states.F_ACT + ACTS.index("attack")
    assert angry.mine[attack] > mild.mine[attack]
    assert angry.mine[states.F_ACT] < mild.mine[states.F_ACT], "warmth fails in anger"


@covers(life.show_face)
def test_anger_turns_into_demands_and_attacks_where_rumination_magnifies_it():
    acts = [states.F_ACT + ACTS.index(act) for act in ("angry_demand", "attack")]

    def hostile(**values):
        face = Scene(**{"anger": 0.7, "rumination": 0.0, "cascade_share": 0.6, **values}).mine
        return [face[act] for act in acts]

    assert all(more > less for more, less in zip(hostile(rumination=0.8), hostile(), strict=True))
    assert hostile(rumination=0.8, cascade_share=0.0) == hostile(cascade_share=0.0)
    assert hostile(rumination=0.8, anger=0.0) == hostile(anger=0.0)


@covers(life.show_face)
def test_without_need_or_anxiety_there_is_no_longing_to_act_on():
    without, strong = (Scene(need_attachment=0.0, anxiety=0.0, act_need=weight).mine for weight in (0.0, 20.0))
    assert without == strong
    asking = [states.F_ACT + ACTS.index(act) for act in ("calm_request", "relational_test", "clinging", "seduction")]
    ashamed = Scene(need_attachment=0.0, anxiety=0.0, negative_self=0.9).mine
    assert ashamed[asking[1]] == Scene(need_attachment=0.0, anxiety=0.0, negative_self=0.0).mine[asking[1]]
    for longing in ({"need_attachment": 0.9}, {"anxiety": 0.9}):
        longs = Scene(**{"need_attachment": 0.0, "anxiety": 0.0, "act_need": 20.0, **longing}).mine
        assert all(longs[act] > strong[act] for act in asking)


@covers(life.show_face)
def test_lesions_that_show_in_the_face():
    assert troubled(biased_perception=0.0).mine[states.F_PULL] == 0
    gloomless = troubled(negative_expectation=0.0)
    assert gloomless.mine[states.F_PRIOR] == gloomless.mine[states.F_GLOOM] == 0
    strategies = slice(states.F_ACT + ACTS.index("relational_test"), states.F_ACT + len(ACTS))
    lesioned, upset = (
        troubled(interpersonal_strategies=0.0, **values).mine[strategies]
        for values in ({"anger": 0.0, "habit_clinging": 0.0}, {"anger": 1.0, "anxiety": 1.0, "habit_clinging": 1.0})
    )
    assert lesioned == upset, "neither motive nor habit counts"
    assert max(lesioned) < max(troubled(anger=1.0).mine[strategies])
