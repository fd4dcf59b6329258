"""Changes that a user asks for: each does what it says, and a wrong one is explained."""

import pytest

from simulation.cases import build_population, configure, load_case
from simulation.cases.profiles import profile_values
from simulation.cases.roster import Roster
from simulation.errors import InputError


def value(case, person, name):
    population = build_population(case)
    return population.value(population.names.index(person), name)


def tie_value(case, one, other, name):
    population = build_population(case)
    names = population.names or [population.name(i) for i in range(population.n_people)]
    return population.tie_value(population.tie(names.index(one), names.index(other)), name)


def refused(case, **changes) -> str:
    with pytest.raises(InputError) as error:
        configure(case, **changes)
    return str(error.value)


def test_nothing_asked_nothing_changed(small):
    assert configure(small) == small


def test_plain_changes(small):
    case = configure(small, days=20.0, seed=7, dt=0.25, lesions=["fragmentation"])
    assert (case.days, case.seed, case.dt, case.lesions) == (20, 7, 0.25, ["fragmentation"])
    assert configure(case, lesions=["fragmentation", "later_cost"]).lesions == ["fragmentation", "later_cost"]
    assert small.days == 10 and small.lesions == []


def test_a_setting_for_one_person(small):
    case = configure(small, settings=["Bob.tolerance=0.1", "Bob.tolerance = 0.2", "Ann.profile=ordinary"])
    assert value(case, "Bob", "tolerance") == 0.2
    assert value(case, "Ann", "rejection_sensitivity") == profile_values("ordinary")[0]["rejection_sensitivity"]


def test_a_constant_for_one_person(small):
    case = configure(small, settings=["Bob.relief=0.1"])
    constants = build_population(case).world.constants
    assert (constants == 0.1).sum() >= 1


def test_a_setting_for_everyone_wins_over_what_was_said_before(small):
    case = configure(
        small, settings=["Bob.tolerance=0.1", "everyone.tolerance=0.3", "Bob.relief=0.1", "everyone.relief=0.2"]
    )
    assert {value(case, name, "tolerance") for name in ("Ann", "Bob", "Cy")} == {0.3}
    assert case.constants == {"relief": 0.2} and "relief" not in case.people[1].values


def test_a_setting_for_a_tie_holds_one_way(small):
    case = configure(small, settings=["Bob>Ann.bond=0.2", "Ann>Bob.wish=rank"])
    assert tie_value(case, "Bob", "Ann", "bond") == 0.2 and tie_value(case, "Ann", "Bob", "bond") == 0.7
    assert case.ties[0].direction(first=True)[0] == "rank" and case.ties[0].direction(first=False)[0] is None


def test_names_with_dots_and_arrows():
    data = load_case("dyad").model_dump()
    data["people"][1]["name"] = data["ties"][0]["between"][1] = "J. > K."
    from simulation.cases.read import checked

    case = configure(checked(data, "x"), settings=["J. > K..warmth=0.3", "Alex>J. > K..trust=0.1"])
    assert value(case, "J. > K.", "warmth") == 0.3 and tie_value(case, "Alex", "J. > K.", "trust") == 0.1


def test_a_shorter_run_leaves_out_what_would_happen_later():
    angie = load_case("angie")
    case = configure(angie, days=100.0)
    assert 0 < len(case.events) < len(angie.events) and all(event.day <= 100 for event in case.events)


@pytest.mark.parametrize("name", ["angie", "therapy-group"])
def test_a_run_may_end_before_a_treatment_that_nobody_asked_for_would_begin(name):
    case = configure(load_case(name), days=5)
    assert case.treatment is not None and case.treatment.start > case.days and case.treatment.name == ""
    with pytest.raises(InputError, match="is after the end of the run"):
        configure(load_case(name), days=5, treatment="mit")


def test_a_larger_community_has_the_same_people_and_more():
    case = load_case("community")
    small, large = (build_population(configure(case, people=n)) for n in (200, 300))
    assert large.n_people == 300
    assert (small.column("home_base") == large.column("home_base")[:200]).mean() > 0.5  # a new network, not new people


def test_settings_for_members_of_a_network():
    case = configure(
        load_case("karate-club"),
        settings=["member-1.profile=bpd", "member-1.tolerance=0.2", "member-2>member-1.trust=0.1"],
    )
    assert value(case, "member-1", "tolerance") == 0.2 and tie_value(case, "member-2", "member-1", "trust") == 0.1
    before = load_case("karate-club")
    assert tie_value(case, "member-2", "member-1", "bond") == tie_value(before, "member-2", "member-1", "bond")
    friend = f"person-{Roster(load_case('community')).neighbours(3)[0]}"
    generated = configure(load_case("community"), settings=["person-3.warmth=1", f"person-3>{friend}.trust=0.9"])
    assert build_population(generated).value(3, "warmth") == 1
    assert tie_value(generated, "person-3", friend, "trust") == 0.9


def test_everyone_in_a_network_can_be_of_one_kind():
    case = configure(load_case("karate-club"), settings=["everyone.profile=tolerant", "everyone.busy_share=0"])
    assert build_population(case).column("busy_share").max() == 0
    assert case.network.profiles == {"tolerant": 1.0}


def test_a_network_file_takes_the_place_of_the_network(tmp_path):
    (tmp_path / "mine.csv").write_text("Ann,Bob\nBob,Cy\n")
    case = configure(load_case("community"), network_file=str(tmp_path / "mine.csv"))
    assert build_population(case).names == ["Ann", "Bob", "Cy"] and case.network.topology is None
    assert case.network.tie == load_case("community").network.tie


REFUSED = [
    ({"settings": ["Bob.tolerance"]}, "cannot be read"),
    ({"settings": ["tolerance=1"]}, "cannot be read"),
    ({"settings": ["Bob.=1"]}, "cannot be read"),
    ({"settings": [""]}, "cannot be read"),
    ({"settings": ["Bob.tolerance=2"]}, 'tolerance = 2 is above 1 (case small, person "Bob"); it must lie in [0, 1]'),
    ({"settings": ["Bo.tolerance=1"]}, 'no person called "Bo" (did you mean "Bob"?)'),
    ({"settings": ["Bob.tolerace=1"]}, '(did you mean "tolerance"?) (case small, setting "Bob.tolerace=1")'),
    ({"settings": ["Bob.tolerance=high"]}, '"high" is not a number'),
    ({"settings": ["Bob.tolerance=1_0"]}, '"1_0" is not a number'),
    ({"settings": ["Bob.tolerance=nan"]}, "it must be a finite number"),
    ({"settings": ["Ann>Cy.bond=0.5"]}, 'no tie between "Ann" and "Cy"'),
    ({"settings": ["Ann>Ann.bond=0.5"]}, 'no tie between "Ann" and "Ann"'),
    ({"settings": ["Ann>Bo.bond=0.5"]}, 'no person called "Bo"'),
    ({"settings": ["Ann>Bob.bnd=0.5"]}, 'no field of a tie called "bnd" (did you mean "bond"?)'),
    ({"settings": ["Ann>Bob.wish=love"]}, 'from_first.wish = "love"'),
    ({"settings": ["Ann.profile=bdp"]}, 'did you mean "bpd"?'),
    ({"lesions": ["pain"]}, 'no link of Figure 1 called "pain"'),
    ({"days": 0.0}, "must be above 0"),
    ({"days": float("nan")}, "finite"),
    ({"days": "x"}, "must be a number"),
    ({"seed": -1}, "at least 0"),
    ({"seed": 1.5}, "whole number"),
    ({"dt": 2.0}, "at most 0.5"),
    ({"people": 5}, "no generated network"),
    ({"network_file": "x.csv"}, "no network that a file could replace"),
]


@pytest.mark.parametrize(("changes", "told"), REFUSED, ids=str)
def test_a_wrong_change_is_explained(small, changes, told):
    assert told in refused(small, **changes)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"people": 1}, "n = 1 is out of bounds (case community, network)"),
        ({"people": 5}, "mean_degree = 6 with n = 5"),
        ({"people": 2.5}, "whole number"),
        ({"network_file": "nowhere.csv"}, "there is no file"),
        ({"network_file": "a\0b.csv"}, "cannot be read"),
        ({"settings": ["person-200.warmth=1"]}, 'the network has "person-0" to "person-199"'),
        ({"settings": ["person-03.warmth=1"]}, "there is no person"),
        ({"settings": ["person-1>person-100.bond=0.5"]}, "there is no tie"),
    ],
    ids=str,
)
def test_a_wrong_change_of_a_network_is_explained(changes, told):
    assert told in refused(load_case("community"), **changes)


def test_a_generated_network_can_be_changed_by_settings():
    case = configure(
        load_case("community"),
        settings=["network.topology=scale-free", "network.mean_degree=4", "network.profiles.bpd=0.2", "network.n=60"],
    )
    assert case.network is not None
    assert case.network.topology == "scale-free"
    assert case.network.mean_degree == 4
    assert "rewiring" not in case.network.options
    assert case.network.profiles["bpd"] == 0.2
    assert build_population(case).n_people == 60


@pytest.mark.parametrize(
    "setting",
    ["network.topology=scalefree", "network.rewirring=0.2", "network.n=1.5", "network.profiles.bdp=0.1",
     "network.mean_degree=much"],
)  # fmt: skip
def test_wrong_network_settings_are_refused(setting):
    with pytest.raises(InputError):
        configure(load_case("community"), settings=[setting])


def test_network_settings_need_a_generated_network():
    with pytest.raises(InputError, match="no generated network"):
        configure(load_case("karate-club"), settings=["network.mean_degree=4"])
