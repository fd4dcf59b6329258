"""What there is is listed completely."""

import json

import pytest

from simulation.cases import built_in_profiles, case_names, load_case
from simulation.cli.listing import KINDS, people_in
from simulation.population.population import Population  # fills the registries
from simulation.theory.layout import CONSTANT, PERSON, TIE
from simulation.treatment.constants import TREATMENT

assert Population


@pytest.fixture
def as_json(cycles):
    def listed(*arguments):
        result = cycles("parameters", "--json", *arguments)
        assert (result.exit_code, result.stderr) == (0, "")
        return json.loads(result.stdout)

    return listed


def test_parameters_as_json_are_those_of_the_registries(as_json):
    listed = as_json()
    expected = [
        q
        for registry in (PERSON, CONSTANT, TIE, TREATMENT)
        for q in registry.values()
        if q.kind not in ("state", "inbox")
    ]
    assert [entry["name"] for entry in listed] == [q.name for q in expected]
    for entry, quantity in zip(listed, expected, strict=True):
        assert set(entry) == {"name", "symbol", "default", "low", "high", "unit", "meaning", "source", "kind"}
        assert entry == {key: getattr(quantity, key) for key in entry}


@pytest.mark.parametrize("kind", KINDS)
def test_kinds(as_json, kind):
    listed = as_json("--kind", kind)
    assert listed
    assert {entry["kind"] for entry in listed} == {kind}


def test_filter(as_json):
    names = [entry["name"] for entry in as_json("REJECTION")]
    assert "rejection_sensitivity" in names
    assert len(names) < len(as_json())
    assert [entry["name"] for entry in as_json("anger_gain")] == ["anger_gain"]


def test_the_table_has_every_name(cycles):
    result = cycles("parameters")
    assert result.exit_code == 0
    for registry in (PERSON, CONSTANT, TIE, TREATMENT):
        for q in registry.values():
            if q.kind in KINDS:
                assert q.name in result.stdout


def test_lesions_are_the_gains(cycles):
    result = cycles("lesions")
    gains = [q for q in CONSTANT.values() if q.kind == "gain"]
    assert len(gains) == 23
    for gain in gains:
        assert gain.name in result.stdout
        assert gain.meaning in result.stdout


def test_cases(cycles):
    result = cycles("cases")
    assert result.exit_code == 0
    for name in case_names():
        line = next(line for line in result.stdout.splitlines() if line.startswith(f"{name} "))
        case = load_case(name)
        assert case.title in line
        assert line.split()[-2:] == [str(people_in(case)), f"{case.days:g}"]


def test_people_in_a_case():
    assert people_in(load_case("dyad")) == 2
    assert people_in(load_case("karate-club")) == 34
    assert people_in(load_case("community")) == 200


@pytest.mark.parametrize("arguments", [("cases", "show", "angie"), ("cases", "angie")])
def test_a_case_is_explained(cycles, arguments):
    result = cycles(*arguments)
    assert result.exit_code == 0
    assert "Ex-partner" in result.stdout


def test_profiles(cycles):
    result = cycles("profiles")
    assert result.exit_code == 0
    for name in built_in_profiles():
        assert f"\n{name} " in result.stdout
