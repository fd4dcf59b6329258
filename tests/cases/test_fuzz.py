"""Whatever is given, the answer is a case or an InputError."""

import contextlib
import copy

from hypothesis import given, settings
from hypothesis import strategies as st

from simulation.cases import build_population, configure, describe_case, dump_case, happenings, load_case
from simulation.cases.parameters import PERSON_NAMES, TIE_FIELDS
from simulation.cases.read import checked, parse_case
from simulation.errors import InputError

from .conftest import DATA

WORDS = st.sampled_from(
    ["Ann", "Bob", "person-1", "everyone", "bpd", "attachment", "ring", "karate-club", "x", "", "file", "edges", "n"]
)
NUMBERS = st.floats() | st.integers() | st.just(10**400) | st.just(0.5)
KEYS = WORDS | st.sampled_from(["bond", "tolerance", "values", "between", "day", "set_tie", "profiles", *DATA])
LEAVES = NUMBERS | st.text(max_size=5) | WORDS | st.booleans() | st.dates()
ANYTHING = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3), max_leaves=6
)
NETWORK = st.fixed_dictionaries(
    {},
    optional={
        "topology": st.sampled_from(["ring", "random", "pairs", "complete", "rng"]),
        "published": st.sampled_from(["florentine-families", "x"]),
        "edges": st.lists(st.lists(WORDS, max_size=3), max_size=3),
        "n": st.integers(-1, 30) | ANYTHING.filter(lambda x: not isinstance(x, int)),
        "mean_degree": st.floats(-1, 40) | st.integers(0, 10),
        "options": st.dictionaries(WORDS, NUMBERS, max_size=2),
        "profiles": st.dictionaries(WORDS, st.floats(-0.1, 1.1), max_size=2),
        "values": st.dictionaries(st.sampled_from(sorted(PERSON_NAMES)), st.floats(-1, 2), max_size=2),
        "tie": st.dictionaries(st.sampled_from(sorted(TIE_FIELDS)), st.floats(-1, 2), max_size=2),
        "spread": st.floats(-1, 3),
        "acquaintances": st.floats(-1, 10),
        "names": st.lists(WORDS, max_size=2),
    },
)


def survives(case) -> None:
    """A case that is accepted can be shown, written, read back, and built."""
    assert describe_case(case)
    assert parse_case(dump_case(case), "again.toml", None) == case
    with contextlib.suppress(InputError):
        population = build_population(case)
        for happening in happenings(case):
            happening.take_effect(population)


def places(value, path=()):
    """Every place within nested data."""
    yield path
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        yield from places(inner, (*path, key))


@given(st.data())
@settings(max_examples=250, deadline=None)
def test_broken_data(data):
    case = copy.deepcopy(DATA) | {
        "events": [{"day": 1.0, "label": "x", "person": "Ann", "set_person": {"warmth": 0.5}}]
    }
    for _ in range(data.draw(st.integers(1, 2))):
        path = data.draw(st.sampled_from([place for place in places(case) if place]))
        *parents, last = path
        inner = case
        for key in parents:
            inner = inner[key]
        if isinstance(inner, dict) and data.draw(st.booleans()):
            last = data.draw(KEYS)
        inner[last] = data.draw(ANYTHING)
    try:
        survives(checked(case, "case x"))
    except InputError as error:
        assert str(error).isprintable() and len(str(error)) < 3000


@given(NETWORK)
@settings(max_examples=150, deadline=None)
def test_broken_networks(network):
    try:
        survives(checked({"name": "x", "days": 5.0, "network": network}, "case x"))
    except InputError as error:
        assert str(error).isprintable()


@given(
    st.text()
    | st.lists(st.sampled_from(["days", "=", "1", "\n", "[[people]]", "name", '"a"', "{", "[", "nan"])).map(" ".join)
)
@settings(max_examples=150, deadline=None)
def test_any_text(text):
    with contextlib.suppress(InputError):
        survives(parse_case(text, "a.toml", None))


@given(st.text(max_size=40))
@settings(max_examples=100, deadline=None)
def test_any_name(name):
    with contextlib.suppress(InputError):
        load_case(name)


@given(
    st.lists(
        st.text(max_size=30)
        | st.builds("{}.{}={}".format, WORDS, st.sampled_from(["tolerance", "relief", "profile", "x"]), LEAVES)
        | st.builds("{}>{}.{}={}".format, WORDS, WORDS, st.sampled_from(["bond", "wish", "x"]), LEAVES),
        max_size=3,
    ),
    st.fixed_dictionaries(
        {},
        optional={
            "days": LEAVES,
            "seed": LEAVES,
            "dt": LEAVES,
            "lesions": st.lists(WORDS, max_size=2),
            "people": st.integers(-5, 50) | st.text(max_size=3),
            "network_file": st.text(max_size=5),
        },
    ),
    st.sampled_from(["dyad", "community", "karate-club"]),
)
@settings(max_examples=150, deadline=None)
def test_any_change(changes, others, name):
    with contextlib.suppress(InputError):
        survives(configure(load_case(name), settings=changes, **others))
