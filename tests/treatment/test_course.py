"""The course of a treatment: sessions, calls, drop-out, fading and consolidation, and who is touched by it."""

import numpy as np
import pytest

from simulation import run
from simulation.cases import build_population
from simulation.errors import InputError
from simulation.population.simulation import Simulation
from simulation.randomness import SESSION, draws
from simulation.recording.recording import Record
from simulation.treatment.assign import courses_of
from simulation.treatment.assignment import Assignment, Phase
from simulation.treatment.catalogue import TREATMENTS
from simulation.treatment.consolidation import USES, change_within_reach, consolidate, trust_at_first
from simulation.treatment.constants import TREATMENT, constants_with
from simulation.treatment.courses import Courses
from simulation.treatment.quantities import COUNTER_REACTIONS, LIMITS, POOLS, limit_of
from simulation.treatment.reach import Reach
from simulation.treatment.telling import NOTABLE, main_part

QUICK = [{"start": 0.0, "end": 40.0, "every": 2.0}]
RECORD = Record(watch=("Pat", "Thera"), quantities=("arousal", "coped"), summaries=())


def events(case, **changes):
    return run(case, record=RECORD, **changes).events


@pytest.mark.parametrize("name", sorted(TREATMENTS))
def test_every_treatment_runs_and_gives_the_same_again(treated, name):
    case = treated(name, days=20.0, phases=QUICK)
    first, second = (run(case, record=RECORD) for _ in range(2))
    assert first.events.equals(second.events)
    held = (first.events["kind"] == "session").sum()
    assert held == 0 if name == "none" else 0 < held <= 9


def test_sessions_follow_the_schedule(treated):
    phases = [{"start": 0.0, "end": 21.0, "every": 7.0}, {"start": 30.0, "end": 58.0, "every": 14.0}]
    found = events(treated("supportive", days=70.0, phases=phases, constants={"attend_base": 1.0, "drop_out": 0.0}))
    days = sorted({round(d) for d in found.loc[found["kind"].isin(["session", "missed_session"]), "day"]})
    assert days == [2, 9, 16, 32, 46]


def test_without_a_treatment_nothing_changes(treated):
    case = treated("", days=10.0)
    plain = case.model_copy(update={"treatment": None})
    assert events(case).equals(events(plain))


def test_only_patients_and_their_therapist_are_touched(treated):
    # what happens to the partner comes through the patient; between two ticks nobody writes to them
    case = treated("mit", days=4.0, phases=QUICK)
    population = build_population(case)
    from simulation.treatment.assign import courses_of

    courses = courses_of(case, population)
    simulation = Simulation(population, case.dt)
    simulation.run(16)
    page, lane = 0, 2
    before = np.array(population.world.persons[page]).reshape(-1, 32)[:, lane].copy()
    courses.apply_due(simulation)
    assert np.array_equal(before, np.array(population.world.persons[page]).reshape(-1, 32)[:, lane])


def test_without_calls_nobody_calls(treated):
    found = events(treated("mit-without-crisis-calls", days=40.0, phases=QUICK))
    assert not found["kind"].isin(["crisis_call", "unanswered_call"]).any()


def test_calls_happen_in_crises_and_are_not_always_answered():
    from simulation.trials.conduct import Arm, Job, carry_out

    job = Job((Arm("mit", TREATMENTS["mit"], (Phase(0, 120, 7),)),), "bpd", 3, 0.25, 120, np.arange(25), (0.0, 120.0))
    end = carry_out(job).query("day == 120")
    assert end["answered"].sum() > 5
    assert end["unanswered"].sum() > 0


@pytest.mark.parametrize(
    ("name", "given"), [("supportive", "validation"), ("mentalising-only", "mentalising_questions")]
)
def test_a_session_without_a_step_was_given_to_what_the_treatment_always_gives(treated, name, given):
    found = events(treated(name, days=40.0, phases=QUICK))
    held = found[found["kind"] == "session"]
    assert set(held["what"]) <= {given, "repair"}
    assert (held["what"] == "repair").sum() <= (found["kind"] == "alliance_rupture").sum() * 3 < len(held)


def test_what_a_session_was_mainly_given_to_is_told_of_each_patient():
    shares = {"repair": np.array([0.0, 1.0, 0.0]), "episodes": np.array([0.4, 0.0, 0.0]), "contract": np.zeros(3)}
    assert main_part(shares, ("validation",), 3) == ["episodes", "repair", "validation"]
    assert main_part({}, ("validation",), 1) == ["validation"]
    assert main_part(shares, (), 3)[2] == ""


@pytest.fixture
def told(treated):
    return events(
        treated("mit", days=150.0, phases=[{"start": 0, "end": 100, "every": 2}], constants={"drop_out": 0.0})
    )


def test_events_of_a_treatment_carry_an_honest_cause(told):
    by_id = told.set_index("id")
    calls = told[told["kind"].isin(["crisis_call", "unanswered_call"])]
    assert set(calls["kind"]) == {"crisis_call", "unanswered_call"}
    for kind, allowed in (
        ("crisis_call", {"percept_of_act", "percept_of_reply", "session"}),
        ("unanswered_call", {"percept_of_act", "percept_of_reply", "session"}),
        ("alliance_rupture", {"percept_of_act", "percept_of_reply", "session"}),
        ("alliance_repair", {"alliance_rupture"}),
    ):
        caused = told[(told["kind"] == kind) & (told["cause"] >= 0)]
        assert len(caused) > 0, kind
        why = by_id.loc[caused["cause"]]
        assert set(why["kind"]) <= allowed
        assert (why["tick"].to_numpy() <= caused["tick"].to_numpy()).all()
        assert (why["person"].astype(str) == "Pat").all()
    # what answered a call cannot be what made Pat call
    assert (
        by_id.loc[calls.loc[calls["cause"] >= 0, "cause"], "tick"].to_numpy()
        < calls.loc[calls["cause"] >= 0, "tick"] - 1
    ).all()
    repairs = told[told["kind"] == "alliance_repair"]
    assert (repairs["cause"] >= 0).all()
    assert (told.loc[told["kind"] == "session", "cause"] == -1).all()


def test_who_stays_away_too_often_leaves_because_of_the_last_missed_session(treated):
    found = events(
        treated(
            "mit", days=40.0, phases=QUICK, constants={"attend_base": 0.0, "attend_engagement": 0.0, "drop_out": 0.0}
        )
    )
    (left,) = found.loc[found["kind"] == "drop_out", "cause"]
    assert left == found.loc[found["kind"] == "missed_session", "id"].iloc[-1]


def test_medication_and_supervision_are_told(told, treated):
    kinds = told["kind"].value_counts()
    assert kinds["medication_begins"] == kinds["medication_ends"] == 1
    assert kinds["supervision"] == 100 // 14
    stirred = told[told["kind"] == "counter_reaction"]
    assert len(stirred) and set(stirred["what"]) <= set(COUNTER_REACTIONS)
    assert stirred["perceived"].between(NOTABLE, 1.0).all()
    alone = events(treated("usual-care", days=20.0, phases=QUICK))["kind"].value_counts()
    assert alone["supervision"] == 0 < alone["medication_begins"]


def test_telling_changes_nothing(treated):
    case = treated("mit", days=40.0, phases=QUICK)
    silent = Record(watch=("Pat", "Thera"), quantities=("arousal", "coped"), summaries=(), events=False)
    assert run(case, record=RECORD).trajectories.equals(run(case, record=silent).trajectories)


def test_drop_out_ends_contact_and_medication(treated):
    case = treated("mit", days=30.0, phases=QUICK, constants={"drop_out": 1.0})
    recording = run(case, record=RECORD)
    assert (recording.events["kind"] == "drop_out").sum() == 1  # of Pat, who is watched
    population = recording.population
    assert population.tie_value(population.tie(0, 3), "alive") == 0.0
    untreated = run(treated("none", days=30.0), record=RECORD).population
    assert population.value(0, "affect_noise") == pytest.approx(untreated.value(0, "affect_noise"))


def small_reach(treated):
    population = build_population(treated())
    return Reach(population, np.array([0, 1]), np.array([3]), np.array([0, 0]))


def test_what_is_not_used_fades_and_moves_nothing(treated):
    reach = small_reach(treated)
    rows = np.arange(2)
    before = {p: reach.get(p, rows) for pool in POOLS.values() for p in pool.moves}
    for pool in POOLS:
        reach.put(pool, rows, 0.2)
    for _ in range(400):
        consolidate(reach, rows, {way: np.zeros(2) for way in USES}, 1.0, constants_with())
    for pool, about in POOLS.items():
        assert np.all(reach.get(pool, rows) < 0.01)
        for parameter in about.moves:
            assert np.array_equal(reach.get(parameter, rows), before[parameter])


def test_what_is_used_becomes_part_of_the_person_within_its_limit(treated):
    reach = small_reach(treated)
    rows = np.arange(2)
    start = reach.get("differentiation", rows)
    for _ in range(400):
        reach.put("learned_differentiation", rows, 0.5)
        consolidate(reach, rows, {way: np.ones(2) for way in USES}, 1.0, constants_with())
    here = reach.get("differentiation", rows)
    assert np.all(here > start + 0.3)
    assert np.all(here <= POOLS["learned_differentiation"].limit + 1e-12)


def test_more_use_consolidates_more(treated):
    found = []
    for use in (0.0, 0.02, 0.2, 2.0):
        reach = small_reach(treated)
        rows = np.arange(2)
        reach.put("learned_monitoring", rows, 0.2)
        consolidate(reach, rows, {way: np.full(2, use) for way in USES}, 1.0, constants_with())
        found.append(float(reach.get("monitoring", rows)[0]))
    assert found == sorted(found) and found[0] < found[-1]


def test_a_patient_is_treated_alike_alone_and_beside_others(treated):
    from simulation.trials.conduct import Arm, Job, carry_out

    arm = (Arm("mit", TREATMENTS["mit"], (Phase(0, 60, 7),)),)
    alone = carry_out(Job(arm, "bpd", 5, 0.25, 60, np.array([4]), (0.0, 60.0)))
    beside = carry_out(Job(arm, "bpd", 5, 0.25, 60, np.arange(12), (0.0, 60.0)))
    same = beside[beside["patient"] == alone["patient"].iloc[0]].reset_index(drop=True)
    for column in ("ders", "severity", "attended", "trust", "burden"):
        np.testing.assert_allclose(alone[column], same[column], rtol=1e-12, err_msg=column)


def test_supervision_lightens_the_burden_and_burden_shows(treated):
    from simulation.treatment.therapist import Minds

    reach = small_reach(treated)
    minds = Minds(reach, constants_with())
    for _ in range(300):
        minds.stir(np.ones(2), np.ones(2), np.ones(2), 0.125)
    heavy = float(minds.burden()[0])
    minds.show(np.array([False]), np.zeros(1))
    worn = reach.person("warmth", np.array([3]))[0]
    minds.supervise(True)
    minds.show(np.array([False]), np.zeros(1))
    assert 0.3 < heavy <= 1.0
    assert minds.burden()[0] < heavy
    assert reach.person("warmth", np.array([3]))[0] > worn


def test_assignment_without_phases_does_nothing(treated):
    population = build_population(treated())
    one = Assignment(TREATMENTS["mit"], np.array([0]), np.array([3]), np.array([0]), 0.0, ())
    courses = Courses(population, [one], 0.125)
    simulation = Simulation(population, 0.125)
    for _ in range(16):
        courses.apply_due(simulation)
        simulation.run(1)
    assert courses.courses[0].attended.sum() == 0


def test_a_case_names_a_module_of_ones_own(treated, tmp_path):
    from simulation.cases import load_case, save_case
    from simulation.treatment.contract import MODULES

    case = treated("supportive", days=8.0, phases=QUICK, always=["own_case_test"], modules="mine.py", steps=[
        {"do": "formulation", "when": ["alliance_trust > 0.1"]}
    ])  # fmt: skip
    (tmp_path / "mine.py").write_text(
        "from simulation.treatment import module\n"
        '@module("own_case_test", targets=["habit_calm_request"], dose=0.5, unit="share", source="ASSUMED")\n'
        "def own(now, ready, dose):\n"
        '    """A habit is practised."""\n'
        '    return {"habit_calm_request": now.habit_calm_request + dose * ready * (1 - now.habit_calm_request)}\n'
    )
    save_case(case, tmp_path)
    try:
        end = run(load_case(tmp_path), record=RECORD).population
        plain = run(treated("supportive", days=8.0, phases=QUICK), record=RECORD).population
        assert end.value(0, "habit_calm_request") > plain.value(0, "habit_calm_request") + 0.2
    finally:
        MODULES.pop("own_case_test", None)


@pytest.mark.parametrize(("name", "value"), [("strenght", 1.0), ("strength", 99.0)])
def test_constants_are_checked(name, value):
    with pytest.raises(InputError):
        constants_with({name: value})
    assert all(q.low <= q.default <= q.high for q in TREATMENT.values())


def test_patients_differ_in_how_far_treatment_can_take_them():
    luck = np.linspace(0.0, 1.0, 1001)
    for half_way in (0.2, TREATMENT["half_way"].default, 0.8):
        share = change_within_reach(luck, constants_with({"half_way": half_way}))
        assert share[0] == 0.0 and share[-1] == 1.0 and np.all(np.diff(share) > 0)
        assert np.mean(share >= 0.5) == pytest.approx(half_way, abs=2e-3)
    far, near = [], []
    for divide in (1.0, 2.0, TREATMENT["divide"].default, 20.0):
        share = change_within_reach(luck, constants_with({"divide": divide}))
        far, near = [*far, np.mean(share > 0.9)], [*near, np.mean(share < 0.1)]
    assert far == sorted(far) and near == sorted(near)
    assert far[-1] + near[-1] > 0.9 > far[0] + near[0] + 0.5


def test_who_is_open_to_change_by_therapy_trusts_the_therapist_more_at_first(treated):
    reach = np.array([0.0, 0.5, 1.0])
    k = constants_with({"epistemic_trust": 0.3})
    assert trust_at_first(np.full(3, 0.5), reach, k).tolist() == pytest.approx([0.35, 0.5, 0.65])
    assert trust_at_first(np.array([0.05, 0.5, 0.95]), reach, k).tolist() == pytest.approx([0.0, 0.5, 1.0])
    case = treated("mit", start=0.0)
    population = build_population(case)
    courses, simulation = courses_of(case, population), Simulation(population, case.dt)
    course = courses.courses[0]
    before = course.reach.tie("trust", course.reach.toward_therapist).copy()
    courses.apply_due(simulation)
    within = change_within_reach(draws(course.keys, SESSION, 0, 2)[0], course.k)
    after = course.reach.tie("trust", course.reach.toward_therapist)
    assert after == pytest.approx(trust_at_first(before, within, course.k))
    assert np.any(after != before)


def test_limits_lie_between_the_patient_and_an_ordinary_person_and_hold(treated):
    case = treated("mit")
    population = build_population(case)
    before = {parameter: population.column(parameter)[:2] for parameter in LIMITS}
    courses, simulation = courses_of(case, population), Simulation(population, case.dt)
    while simulation.tick * case.dt < 120:
        courses.apply_due(simulation)
        simulation.run(1)
    course = courses.courses[0]
    for parameter, limit in LIMITS.items():
        own = course.reach.get(limit_of(parameter), course.everyone)
        low, high = np.minimum(before[parameter], limit), np.maximum(before[parameter], limit)
        assert np.all((low - 1e-12 <= own) & (own <= high + 1e-12)), parameter
    here = course.reach.get("monitoring", course.everyone)
    assert np.any(here > before["monitoring"])
    limit = np.maximum(course.reach.get(limit_of("monitoring"), course.everyone), here)  # life itself may go beyond
    course.reach.put("learned_monitoring", course.everyone, np.ones(2))
    consolidate(course.reach, course.everyone, dict.fromkeys(USES, np.full(2, 100.0)), 30.0, course.k)
    assert np.all(course.reach.get("monitoring", course.everyone) <= limit + 1e-9)
