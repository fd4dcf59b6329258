"""A module in a file of one's own: it takes effect, and mistakes in it are told as mistakes in that file."""

import numpy as np
import pytest

from simulation.errors import InputError
from simulation.treatment.contract import MODULES, module
from simulation.treatment.contract_check import random_now
from simulation.treatment.load import load_modules


def test_a_module_in_a_file_of_ones_own(own):
    file = own(needs='[("alliance_trust", 0.1, 0.3)]')
    assert load_modules(str(file)) == ["numbing"]
    assert load_modules(str(file)) == ["numbing"]  # once more is no mistake
    now = random_now(1, alliance_trust=1.0, rupture=0.0)
    assert np.all(MODULES["numbing"].effect(now, 0.2)["arousal"] < now.arousal)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "declares no module"),
        ("import nonexistent_thing", "cannot be loaded"),
        ("x = ", r"cannot be loaded: SyntaxError.*\(bad.py, line 1\)"),
        ("import sys\nsys.exit(3)", r"cannot be loaded: SystemExit.*\(bad.py, line 2\)"),
    ],
)
def test_a_file_that_is_no_module_is_refused(tmp_path, text, told):
    file = tmp_path / "bad.py"
    file.write_text(text)
    with pytest.raises(InputError, match=told):
        load_modules(str(file))
    with pytest.raises(InputError, match="there is no file"):
        load_modules(str(tmp_path / "none.py"))


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("return None", r"line 4\) returns None; it returns new values by target"),
        ("return 0.5", r"line 4\) returns 0.5; it returns"),
        ('return {"arousal": "calm"}', 'returns arousal = "calm"; a new value is a number'),
        ('return {"arousal": None}', "returns arousal = None"),
        ('return {"arousal": [[1.0], [1.0, 2.0]]}', "returns arousal = a list"),
        ('return {"arousal": now.arousal * np.nan}', "returns arousal = nan; a new value is a finite number"),
        ('return {"arousal": np.inf}', "returns arousal = inf"),
        ('return {"arousal": np.zeros(99)}', r"arousal of the shape \(99,\); .* have the shape \(6,\)"),
        ('return {"arousal": now.arousal, "shame": 0}', 'tries to move "shame", which it does not declare'),
        ("return {'arousal': now.arousal if now.arousal > .5 else 0}", r"line 7\) fails: ValueError .* np.where"),
        ("return undefined", r"line 7\) fails: NameError"),
        ("now.arousal *= 0; return {}", r"line 7\) fails: ValueError .* return new values"),
        ("now.arousal = 0; return {}", r"line 7\): a module sets now.arousal"),
        ('now["arousal"] = 0; return {}', r"line 7\) fails: TypeError"),
        ('return {"arousal": now.arosal}', r'line 7\): a module asks for "arosal".*did you mean "arousal"'),
    ],
)
def test_a_mistake_in_the_effect_is_told_with_module_file_and_line(own, body, told):
    with pytest.raises(InputError, match=r'^the module "numbing" \(own.py, line \d\)') as caught:
        load_modules(str(own(body)))
    assert caught.match(told)
    assert "numbing" not in MODULES


def test_a_mistake_that_only_shows_in_a_session_is_told_likewise(own):
    load_modules(str(own('return {"arousal": now.arousal / (len(now.arousal) != 7)}')))
    with np.errstate(divide="ignore"), pytest.raises(InputError, match=r"numbing.*own.py.*arousal = inf"):
        MODULES["numbing"].effect(random_now(1, 7), 0.2)


def test_a_failure_of_the_programs_own_modules_stays_a_defect(monkeypatch):
    def fails(now, ready, dose):
        raise ZeroDivisionError

    about = MODULES["validation"]
    monkeypatch.setitem(about.__dict__, "work", fails)
    with pytest.raises(ZeroDivisionError):
        about.effect(random_now(1), 0.2)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"dose": 'float("nan")'}, "dose = nan; a dose is a number above 0"),
        ({"dose": "-1"}, "dose = -1"),
        ({"dose": '"much"'}, "dose = much"),
        ({"targets": "[]"}, r"targets = \[\]; name what it may move"),
        ({"targets": '"arousal"'}, "targets = arousal"),
        ({"takes": "now, dose"}, r"takes \(now, ready, dose\)"),
        ({"needs": '[("alliance_trust", 0.1)]'}, "a need is written like"),
        ({"needs": '[("alliance_trust", 0.1, 0.1)]'}, "a need is written like"),
        ({"needs": '[("aliance_trust", 0.1, 0.5)]'}, 'did you mean "alliance_trust"'),
    ],
)
def test_a_declaration_that_cannot_be_is_told_with_file_and_line(own, said, told):
    with pytest.raises(InputError, match=rf'the module "numbing".*{told}.*\(own.py, line \d\)'):
        load_modules(str(own(**said)))


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ('return {"arousal": 0.5 * now.arousal}', "changes arousal at dose 0"),
        ('return {"arousal": now.arousal * (1 - np.minimum(dose, 1))}', "changes arousal when over_window is not"),
        ('return {"arousal": now.arousal + dose * ready * np.random.rand(len(now.arousal))}', "done again"),
        ('return {"arousal": now.arousal + dose * ready * (now.arousal.mean() - now.arousal)}', "by who else is there"),
    ],
)
def test_a_module_that_breaks_the_contract_is_refused(own, body, told):
    with pytest.raises(InputError, match=rf'^the module "numbing" \(own.py, line 4\) .*{told}'):
        load_modules(str(own(body, needs='[("over_window", 0.2, 0.0)]')))


def test_a_technique_that_works_during_a_rupture_breaks_the_contract(own):
    body = 'return {"arousal": now.arousal * (1 - np.minimum(dose, 1))}'
    with pytest.raises(InputError, match="changes arousal during a rupture, when no technique works"):
        load_modules(str(own(body)))


def test_a_need_that_is_ignored_breaks_the_contract(own):
    body = 'return {"shame": now.shame * (1 - np.minimum(dose, 1) * (1 - now.rupture))}'
    with pytest.raises(InputError, match="changes shame when awareness is not what it needs"):
        load_modules(str(own(body, targets='["shame"]', needs='[("awareness", 0.1, 0.6)]')))


def test_two_files_cannot_declare_the_same_name(own):
    first, second = own(file="a/own.py"), own(file="b/own.py", dose="0.3")
    load_modules(str(first))
    with pytest.raises(InputError, match=f'already a module called "numbing" in {first}') as caught:
        load_modules(str(second))
    assert caught.match("b.*own.py") and MODULES["numbing"].dose == 0.2
    assert load_modules(str(first.parent / ".." / "a" / "own.py")) == ["numbing"]


def test_a_file_that_has_changed_replaces_its_own_modules_and_no_others(own):
    load_modules(str(own()))
    load_modules(str(own(dose="0.3")))
    assert MODULES["numbing"].dose == 0.3
    load_modules(str(own(dose="0.4", name="other")))
    assert "numbing" not in MODULES and MODULES["other"].dose == 0.4
    with pytest.raises(InputError):
        load_modules(str(own(dose="-1", name="other")))
    assert MODULES["other"].dose == 0.4


def test_the_same_file_elsewhere_is_the_same_modules(own):
    load_modules(str(own(file="a/own.py")))
    assert load_modules(str(own(file="b/copy.py"))) == ["numbing"]


def test_a_name_is_used_once_in_a_file_and_is_not_one_of_the_programs(own):
    again = '\nmodule("numbing", targets=["shame"], dose=1, unit="", source="")(work)\n'
    with pytest.raises(InputError, match=r'two modules are called "numbing".*\(own.py, line 9\)'):
        load_modules(str(own(more=again)))
    with pytest.raises(InputError, match="among those of the program"):
        load_modules(str(own(name="validation")))


def test_a_module_declared_in_a_program_of_ones_own_is_refused_if_it_takes_a_name():
    with pytest.raises(InputError, match="already a module called"):

        @module("repair", targets=["shame"], dose=0.1, unit="share", source="ASSUMED")
        def work(now, ready, dose):
            """Nothing."""
