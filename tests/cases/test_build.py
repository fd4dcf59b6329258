"""From case to arrays: numbering, values, ties, luck that nobody else shifts, and speed."""

import subprocess
import sys
import time
import zlib

import numpy as np
import pytest

from simulation.cases import build_population, configure, focal_person, happenings, load_case, watched_people
from simulation.cases.build import constants_of
from simulation.cases.profiles import profile_values
from simulation.cases.read import checked
from simulation.cases.relationships import ties_of
from simulation.cases.roster import Roster, without_collisions
from simulation.theory.layout import TIE, WISHES

BPD = profile_values("bpd")[0]
ORDINARY = profile_values("ordinary")[0]


def network(**about):
    return checked({"name": "net", "days": 5.0, "seed": 3, "network": about}, "case net")


def test_directions_fields_and_wishes(data):
    data["ties"][0] |= {"from_first": {"trust": 0.1}, "from_second": {"wish": "rank", "bond": 0.2}}
    ties = ties_of(Roster(checked(data, "x")))
    found = {
        (int(o), int(p)): (WISHES[w], ties.fields["bond"][i], ties.fields["trust"][i])
        for i, (o, p, w) in enumerate(zip(ties.owner, ties.other, ties.wish, strict=True))
    }
    default = TIE["trust"].default
    assert found == {
        (0, 1): ("attachment", 0.7, 0.1),
        (1, 0): ("rank", 0.2, default),
        (1, 2): ("group", TIE["bond"].default, default),
        (2, 1): ("group", TIE["bond"].default, default),
    }


def test_constants_of_everyone_profile_and_person(data):
    data |= {"constants": {"relief": 0.5, "surprise": 0.4}, "profiles": {"p": {"values": {"surprise": 0.1}}}}
    data["people"][1] |= {"profile": "p", "values": {"relief": 0.2}}
    data["people"][2] |= {"values": {"fragmentation": 2.0}}
    data["lesions"] = ["trauma_reactivation"]
    constants = constants_of(Roster(checked(data, "x")))
    assert np.array_equal(constants["relief"], [0.5, 0.2, 0.5])
    assert np.array_equal(constants["surprise"], [0.4, 0.1, 0.4])
    assert np.array_equal(constants["fragmentation"], [1, 1, 2]) and constants["trauma_reactivation"] == 0.0
    assert set(constants) == {"relief", "surprise", "fragmentation", "trauma_reactivation"}


def test_a_lesion_wins_over_what_a_person_has(data):
    data["people"][1]["values"] = {"fragmentation": 2.0}
    assert constants_of(Roster(checked(data | {"lesions": ["fragmentation"]}, "x"))) == {"fragmentation": 0.0}


def test_adding_a_person_shifts_nobody(data):
    before = Roster(checked(data, "x"))
    data["people"].insert(0, {"name": "Zoe"})
    after = Roster(checked(data, "x"))
    luck = {name: after.identities()[after.number(name)] for name in ("Ann", "Bob", "Cy")}
    assert luck == {name: before.identities()[before.number(name)] for name in luck}
    assert luck["Ann"] == zlib.crc32(b"Ann")


def test_equal_hashes_are_told_apart_the_same_way_every_time():
    def bad_hash(text: bytes) -> int:
        return len(text) % 3

    numbers = without_collisions(["a", "b", "cc"], 0, bad_hash)
    assert numbers.tolist() == [1, 2, 0]
    assert np.array_equal(numbers, without_collisions(["a", "b", "cc"], 0, bad_hash))
    assert without_collisions(["ab"], 10, zlib.crc32).tolist() == [zlib.crc32(b"ab")]


def test_named_people_can_join_a_generated_network():
    case = checked(
        {
            "name": "x",
            "days": 5.0,
            "focal": "Ann",
            "network": {"topology": "ring", "n": 10, "spread": 0.2},
            "people": [{"name": "Ann", "profile": "bpd"}, {"name": "person-4", "values": {"warmth": 0.0}}],
            "ties": [
                {"between": ["Ann", "person-3"], "bond": 0.9},
                {"between": ["person-4", "person-3"], "from_first": {"bond": 0.8}},
            ],
        },
        "x",
    )
    population = build_population(case)
    assert population.n_people == 11 and population.name(10) == "Ann" and focal_person(case) == 10
    assert (
        population.value(4, "warmth") == 0
        and population.value(10, "rejection_sensitivity") == BPD["rejection_sensitivity"]
    )
    assert population.tie_value(population.tie(4, 3), "bond") == 0.8
    assert population.tie_value(population.tie(3, 4), "bond") == TIE["bond"].default
    assert len(population.tie_owner) == 2 * (20 + 1)
    assert watched_people(case) == [10, 3]


class TestNetworks:
    def test_prevalence_is_exact_and_nested(self):
        few, many = (
            Roster(network(topology="ring", n=100, profiles={"bpd": share, "tolerant": 0.3})).profiles
            for share in (0.06, 0.2)
        )
        bpd = [set(np.flatnonzero(index == names.index("bpd"))) for names, index in (few, many)]
        assert [len(who) for who in bpd] == [6, 20] and bpd[0] < bpd[1]
        assert (few[1] == few[0].index("tolerant")).sum() == 30

    def test_spread_keeps_bounds_and_centre(self):
        population = build_population(network(topology="ring", n=4000, spread=0.5))
        tolerance, rate = population.column("tolerance"), population.column("recovery_rate")
        assert tolerance.min() > 0 and tolerance.max() < 1
        assert np.median(tolerance) == pytest.approx(ORDINARY["tolerance"], abs=0.02)
        assert np.log(rate).std() == pytest.approx(0.5, rel=0.05)
        one, other = (population.column(f"negative_evidence_{wish}") for wish in ("rank", "group"))
        assert np.array_equal(one, other) and one.std() > 0

    def test_without_spread_people_of_a_profile_are_alike(self):
        population = build_population(network(topology="ring", n=50, profiles={"bpd": 0.5}))
        assert len(np.unique(population.column("rejection_sensitivity"))) == 2

    def test_the_seed_decides_who_is_who(self):
        def rejection_sensitivity(**about):
            return build_population(network(topology="ring", n=60, profiles={"bpd": 0.3}, **about)).column(
                "rejection_sensitivity"
            )

        assert np.array_equal(rejection_sensitivity(), rejection_sensitivity(seed=3))
        assert not np.array_equal(rejection_sensitivity(seed=3), rejection_sensitivity(seed=4))

    def test_weights_make_close_ties(self):
        roster = Roster(network(edges=[["a", "b"], ["b", "c"]], numbers={"weight": [1.0, 3.0]}, tie={"bond": 0.4}))
        ties = ties_of(roster)
        weak, strong = ties.fields["bond"][:2]
        assert 0 < weak < 0.4 < strong < 1 and ties.fields["contact_rate"][:2].mean() == pytest.approx(1)

    def test_a_network_may_tell_bonds_itself(self):
        about = {"edges": [["a", "b"], ["b", "c"]], "numbers": {"bond": [0.2, 0.9], "weight": [5.0, 1.0]}}
        assert ties_of(Roster(network(**about))).fields["bond"].tolist() == [0.2, 0.9] * 2

    def test_wishes_follow_their_shares(self):
        wishes = {"attachment": 0.0, "rank": 0.25, "autonomy": 0.0, "group": 0.75}
        wish = ties_of(Roster(network(topology="ring", n=2000, wishes=wishes))).wish
        shares = np.bincount(wish, minlength=4) / wish.size
        assert shares[[0, 2]].tolist() == [0, 0] and shares[1] == pytest.approx(0.25, abs=0.03)
        half = wish.size // 2
        assert np.array_equal(wish[:half], wish[half:])

    def test_acquaintances_are_new_people_one_knows_through_others(self):
        roster = Roster(
            network(topology="small-world", n=300, mean_degree=6.0, acquaintances=2.0, acquaintance_tie={"bond": 0.1})
        )
        ties = ties_of(roster)
        key = ties.owner * 300 + ties.other
        assert len(np.unique(key)) == key.size
        dormant = ties.fields["alive"] == 0
        assert 590 <= dormant.sum() <= 600 and (ties.fields["bond"][dormant] == 0.1).all()
        assert "contact_rate" not in ties.fields  # the theory's default: above 0, so that a tie may begin

    def test_acquaintances_leave_out_ties_the_case_gives(self):
        data = {
            "name": "x", "days": 5.0, "network": {"topology": "ring", "n": 8, "mean_degree": 2.0, "acquaintances": 5.0},
            "ties": [{"between": ["person-0", "person-4"]}],
        }  # fmt: skip
        population = build_population(checked(data, "x"))
        assert population.tie_value(population.tie(0, 4), "alive") == 1
        pairs = population.tie_owner * 8 + population.tie_other
        assert len(np.unique(pairs)) == pairs.size > 2 * (8 + 1)

    @pytest.mark.parametrize("topology", ["pairs", "complete", "star"])
    def test_acquaintances_where_there_is_hardly_anybody(self, topology):
        ties = ties_of(Roster(network(topology=topology, n=6, acquaintances=3.0)))
        key = ties.owner * 6 + ties.other
        assert len(np.unique(key)) == key.size

    def test_the_focal_person_has_the_rarest_profile(self):
        case = network(topology="ring", n=50, profiles={"bpd": 0.04, "tolerant": 0.5})
        names, index = Roster(case).profiles
        assert names[index[focal_person(case)]] == "bpd"
        assert focal_person(network(topology="ring", n=50)) == 0


def test_events_take_effect(data):
    data["events"] = [
        {
            "day": 2.0, "label": "x", "person": "Ann", "other": "Bob", "set_person": {"metacognitive_level": 0.9},
            "set_tie": {"bond": 0.1, "alive": 1.0}, "set_from_other": {"bond": 0.2},
        },
        {"day": 1.0, "label": "y", "person": "Cy"},
    ]  # fmt: skip
    case = checked(data, "x")
    first, second = happenings(case)
    assert (first.tick, first.person, first.other, second.tick) == (1 / case.dt, 2, None, 2 / case.dt)
    population = build_population(case)
    tie, back = population.tie(0, 1), population.tie(1, 0)
    population.set_tie_value(tie, "ruptured", 1.0)
    second.take_effect(population)
    assert population.tie_value(tie, "bond") == 0.1 and population.tie_value(back, "bond") == 0.2
    assert population.tie_value(tie, "ruptured") == 0
    assert population.value(0, "mastery") > BPD["mastery"]
    assert population.value(1, "mastery") == ORDINARY["mastery"]


def test_a_hundred_thousand_people_take_moments():
    case = configure(load_case("community"), people=100_000)
    began = time.process_time()
    roster = Roster(case)
    ties_of(roster)
    from simulation.cases.build import values_of

    values_of(roster)
    assert time.process_time() - began < 5  # measured: 0.4 s


def test_importing_cases_is_cheap():
    heavy = ("numpy", "numba", "networkx", "pandas")
    script = f"import sys, simulation.cases; print(*[name for name in {heavy} if name in sys.modules])"
    loaded = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.split()
    assert loaded == []
