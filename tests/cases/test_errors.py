"""Every defect is told in one sentence: what, where, and what is allowed."""

import math

import pytest

from simulation.cases import load_case
from simulation.errors import InputError

EVENT = {"day": 1.0, "label": "x", "person": "Ann"}


def changed(data, path, value):
    """Set a value deep within the data; `None` removes it."""
    *parents, last = path
    for key in parents:
        data = data[key]
    if value is None:
        del data[last]
    else:
        data[last] = value


DEFECTS = [
    (["people", 1, "values"], {"rejection_sensitivity": 1.4},
     'rejection_sensitivity = 1.4 is above 1 (case small, person "Bob"); it must lie in [0, 1]'),
    (["people", 1, "values"], {"recovery_rate": -1.0},
     'recovery_rate = -1 is below 0.1 (case small, person "Bob"); it must lie in [0.1, 50]'),
    (["people", 1, "values"], {"rejection_sensitivty": 0.4},
     'there is no parameter of a person called "rejection_sensitivty" (did you mean "rejection_sensitivity"?) '
     '(case small, person "Bob")'),
    (["people", 1, "values"], {"tolerance": "high"},
     'tolerance = "high" cannot be used (case small, person "Bob"); it must be a number'),
    (["people", 1, "values"], {"tolerance": math.nan},
     'tolerance = nan cannot be used (case small, person "Bob"); it must be a finite number'),
    (["people", 1, "values"], {"metacognitive_level": 2.0},
     'metacognitive_level = 2 is above 1 (case small, person "Bob"); it must lie in [0, 1]'),
    (["people", 1, "valus"], {}, 'unknown key "valus" (did you mean "values"?) (case small, person "Bob"); '
     'known are "name", "profile", "role", "answering", "values"'),
    (["people", 0, "profile"], "bdp",
     'there is no profile called "bdp" (did you mean "bpd"?) (case small, person "Ann")'),
    (["people", 1, "name"], "Cy", 'two people are called "Cy" (case small, person "Cy"); '
     "every person needs a name of their own (and 2 more defects)"),
    (["people", 1, "name"], None,
     '"name" is missing (case small, person number 2); it has to be given'),
    (["people", 1, "name"], "Bob\n", None),
    (["people", 1, "name"], " Bob", None),
    (["people"], [], None),
    (["people"], 3, "people = 3 cannot be used (case small); it must be a list"),
    (["days"], -10.0, "days = -10 is out of bounds (case small); it must be above 0"),
    (["days"], 40_000.0, "days = 40000 is out of bounds (case small); it must be at most 36500"),
    (["days"], True, "days = true cannot be used (case small); it must be a number"),
    (["days"], math.inf, "days = inf cannot be used (case small); it must be a finite number"),
    (["days"], None, '"days" is missing (case small); it has to be given'),
    (["days"], 0.02, "days = 0.02 is shorter than a tick of dt = 0.03125 (case small); a run has at least one tick"),
    (["dt"], 1e-9, "dt = 1e-09 makes 10 days too many ticks (case small); there can be 2,147,483,648"),
    (["dt"], 0.7, "dt = 0.7 is out of bounds (case small); it must be at most 0.5"),
    (["seed"], -1, "seed = -1 is out of bounds (case small); it must be at least 0"),
    (["seed"], 2**63, "seed = 9223372036854775808 is out of bounds (case small); it must be below 9223372036854775808"),
    (["name"], "a b", None),
    (["focal"], "Anne", 'the focal person "Anne" is nobody in this case (did you mean "Ann"?) (case small); '
     'people are "Ann", "Bob", "Cy"'),
    (["focal"], None, '"focal" is missing (case small); it names the person the case is about; '
     'people are "Ann", "Bob", "Cy"'),
    (["watch"], ["Dan"], 'the watched person "Dan" is nobody in this case (did you mean "Ann"?) (case small, watch); '
     'people are "Ann", "Bob", "Cy"'),
    (["watch"], ["Ann", "Ann"], '"Ann" is given twice (case small, watch); give each person once'),
    (["lesions"], ["trauma"], None),
    (["lesions"], ["fragmentation"] * 2,
     'the lesion "fragmentation" is given twice (case small, lesions); give each once'),
    (["constants"], {"rupture_rate": 9.0},
     "rupture_rate = 9 is above 5 (case small, constants); it must lie in [0, 5]"),
    (["constants"], {"tolerance": 0.5}, None),
    (["ties", 0, "between"], ["Ann", "Bo"], 'the person "Bo" is nobody in this case (did you mean "Bob"?) '
     '(case small, tie "Ann" – "Bo"); people are "Ann", "Bob", "Cy"'),
    (["ties", 0, "between"], ["Ann", "Ann"],
     '"Ann" has a tie to themselves (case small, tie "Ann" – "Ann"); a tie joins two different people'),
    (["ties", 0, "between"], ["Cy", "Bob"], 'this tie is given twice (case small, tie "Bob" – "Cy"); '
     "give each once; from_first and from_second say what differs"),
    (["ties", 0, "between"], ["Ann"],
     'between = ["Ann"] is too short (case small, tie number 1); it needs at least 2 entries'),
    (["ties", 0, "between"], "Ann", 'between = "Ann" cannot be used (case small, tie number 1); it must be a list'),
    (["ties"], [], "nobody in this case has a tie (case small); give [[ties]] between people, or a [network]"),
    (["ties", 0, "bnd"], 0.4, None),
    (["ties", 0, "bond"], 2.0, 'bond = 2 is above 1 (case small, tie "Ann" – "Bob"); it must lie in [0, 1]'),
    (["ties", 0, "bond"], "x", 'bond = "x" cannot be used (case small, tie "Ann" – "Bob"); it must be a number'),
    (["ties", 0, "wish"], "love", 'wish = "love" cannot be used (case small, tie "Ann" – "Bob"); '
     'it must be "attachment", "rank", "autonomy" or "group"'),
    (["ties", 0, "from_first"], {"bond": 3.0},
     'bond = 3 is above 1 (case small, tie "Ann" – "Bob", from_first); it must lie in [0, 1]'),
    (["ties", 0, "from_frst"], {"bond": 0.5}, None),
    (["events"], [{**EVENT, "day": 11.0}],
     'day = 11 is after the end of the run (case small, event "x" on day 11); the run has 10 days'),
    (["events"], [{**EVENT, "day": -1.0}], 'day = -1 is out of bounds (case small, event "x"); it must be at least 0'),
    (["events"], [{**EVENT, "person": "Bo"}], 'the person "Bo" is nobody in this case (did you mean "Bob"?) '
     '(case small, event "x" on day 1); people are "Ann", "Bob", "Cy"'),
    (["events"], [{**EVENT, "other": "Ann"}],
     '"Ann" is also the other person (case small, event "x" on day 1); "other" is somebody else'),
    (["events"], [{**EVENT, "set_tie": {"bond": 0.5}}],
     'set_tie needs another person (case small, event "x" on day 1); give "other"'),
    (["events"], [{**EVENT, "only_in_touch": True}],
     'only_in_touch needs another person (case small, event "x" on day 1); give "other"'),
    (["events"], [{**EVENT, "other": "Cy", "only_in_touch": True}], 'there is no tie between "Ann" and "Cy" '
     '(case small, event "x" on day 1); a tie that begins later is given with contact_rate = 0'),
    (["events"], [{**EVENT, "other": "Cy", "set_tie": {"bond": 0.5}}], 'there is no tie between "Ann" and "Cy" '
     '(case small, event "x" on day 1); a tie that begins later is given with contact_rate = 0'),
    (["events"], [{**EVENT, "set_person": {"anger_gain": 1.0}}], None),
    (["events"], [{**EVENT, "set_person": {"tolerance": 7.0}}],
     'tolerance = 7 is above 1 (case small, event "x" on day 1); it must lie in [0, 1]'),
    (["events"], [{**EVENT, "rejection": -1.0}],
     'rejection = -1 is out of bounds (case small, event "x"); it must be at least 0'),
    (["events"], [{**EVENT, "label": ""}], None),
    (["events"], [{**EVENT, "mark": "m"}] * 2, "two events are marked \"m\" (case small, events); a mark is unique"),
    (["profiles"], {"x": {"like": "x"}}, 'the profile "x" is like itself: x → x (case small, profile "x")'),
    (["profiles"], {"x": {"values": {"tolerance": 2.0}}},
     'tolerance = 2 is above 1 (case small, profile "x"); it must lie in [0, 1]'),
    (["network"], {}, "nothing says where it comes from (case small, network); "
     "give exactly one of topology, published, file, edges"),
    (["network"], {"topology": "ring", "published": "karate-club"}, None),
    (["network"], {"topology": "ring"},
     '"n" is missing (case small, network); it says how many people a generated network has'),
    (["network"], {"topology": "rng", "n": 10}, None),
    (["network"], {"topology": "ring", "n": 1}, "n = 1 is out of bounds (case small, network); it must be at least 2"),
    (["network"], {"topology": "ring", "n": 10, "mean_degree": 3.0}, None),
    (["network"], {"topology": "ring", "n": 10, "options": {"n": 3.0}}, None),
    (["network"], {"topology": "pairs", "n": 3}, None),
    (["network"], {"published": "karate"}, None),
    (["network"], {"published": "karate-club", "n": 3},
     "n cannot be given with published (case small, network); it goes with topology"),
    (["network"], {"file": "nowhere.csv"}, 'there is no file "nowhere.csv" (case small, network)'),
    (["network"], {"edges": []}, None),
    (["network"], {"edges": [["a", "a"]]}, None),
    (["network"], {"edges": [["a", "b"], ["b", "a"]]}, None),
    (["network"], {"edges": [["a", " b"]]}, None),
    (["network"], {"edges": [["a", "b"]], "numbers": {"bond": [2.0]}},
     'bond = 2 of "a" – "b" cannot be used; it must lie in [0, 1] (case small, network)'),
    (["network"], {"edges": [["a", "b"]], "numbers": {"bond": [0.2, 0.3]}},
     "bond has 2 numbers for 1 edges (case small, network, numbers); it needs one for each"),
    (["network"], {"edges": [["a", "b"]], "numbers": {"weight": [-1.0]}}, None),
    (["network"], {"edges": [["a", "b"]], "numbers": {"bnd": [0.1]}}, None),
    (["network"], {"topology": "ring", "n": 10, "profiles": {"bpd": 0.7, "tolerant": 0.7}},
     "the shares of profiles sum to 1.4 (case small, network); together they must not exceed 1"),
    (["network"], {"topology": "ring", "n": 10, "wishes": {"rank": 0.7}},
     "the shares of wishes sum to 0.7 (case small, network); they must sum to 1"),
    (["network"], {"topology": "ring", "n": 10, "wishes": {"love": 1.0}}, None),
    (["network"], {"topology": "ring", "n": 10, "tie": {"bond": 2.0}},
     "bond = 2 is above 1 (case small, network, tie); it must lie in [0, 1]"),
]  # fmt: skip


@pytest.mark.parametrize(("path", "value", "told"), DEFECTS, ids=lambda part: str(part)[:40])
def test_a_defect_is_told_in_one_sentence(data, refusal, path, value, told):
    changed(data, path, value)
    message = refusal(data)
    assert "case small" in message and message.isprintable()
    assert "pydantic" not in message and "[key]" not in message
    if told is not None:
        assert message == told


def test_several_defects_are_counted(data, refusal):
    data["people"][1]["values"] = {"tolerance": 2.0, "warmth": -1.0}
    data["focal"] = "Nobody"
    assert refusal(data).endswith("(and 2 more defects)")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a =", "my.toml is not a TOML file"),
        ("days = .5", "a number begins with a digit"),
        ("x = " + "[" * 5000, "nested too deeply"),
        ("x = " + "9" * 5000, "too long"),
        ("x = 1", 'unknown key "x"'),
        ("", "missing"),
        ("days = 2020-01-01", "days = "),
        ("days = " + "9" * 400 + "\nfocal='a'", "days = "),
    ],
)
def test_a_file_that_is_no_case(refusal, text, told):
    assert told in refusal(text)


class TestFiles:
    def refused(self, path) -> str:
        with pytest.raises(InputError) as error:
            load_case(path)
        return str(error.value)

    def test_an_unknown_name_gets_a_suggestion(self):
        assert 'no case called "angi" (did you mean "angie"?)' in self.refused("angi")

    @pytest.mark.parametrize("path", ["", "a\0b", "x" * 5000, 3, None, "/dev/null", b"\xff", "nowhere/x.toml"])
    def test_what_is_no_case(self, path):
        assert self.refused(path)

    def test_a_folder_without_a_case(self, tmp_path):
        assert "has no case.toml" in self.refused(tmp_path)

    def test_a_missing_file_gets_a_suggestion(self, tmp_path):
        (tmp_path / "mine.toml").touch()
        assert 'did you mean "mine.toml"?' in self.refused(tmp_path / "min.toml")

    def test_not_text(self, tmp_path):
        (tmp_path / "a.toml").write_bytes(b"days = 1\n\xff")
        assert self.refused(tmp_path / "a.toml") == "a.toml, line 2: not UTF-8; save the file as text in UTF-8"

    def test_too_large(self, tmp_path):
        with (tmp_path / "a.toml").open("wb") as file:
            file.truncate(21_000_000)
        assert "a case file has at most 20 MB" in self.refused(tmp_path / "a.toml")

    def test_not_readable(self, tmp_path):
        (tmp_path / "a.toml").mkdir()
        assert self.refused(tmp_path / "a.toml")
