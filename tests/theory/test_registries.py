"""Every number of the theory is declared once, described in full, and used."""

import ast
import math
from collections import Counter
from pathlib import Path

import pytest

import simulation
from simulation.theory import between, constants, life, states, tie_states, traits
from simulation.theory.layout import ASSUMED, CONSTANT, FACE, LANES, PERSON, TIE, WISHES, Registry

REGISTRIES = {"person": PERSON, "constant": CONSTANT, "tie": TIE}
QUANTITIES = [pytest.param(q, id=f"{r}-{q.name}") for r, registry in REGISTRIES.items() for q in registry.values()]
KINDS = {
    "person": {"trait", "start", "state", "inbox"},
    "constant": {"constant", "gain"},
    "tie": {"tie", "state"},
}


@pytest.mark.parametrize("q", QUANTITIES)
def test_is_described_in_full(q):
    for text in (q.name, q.symbol, q.unit, q.meaning, q.source):
        assert text.strip() == text != ""
    assert q.name.isidentifier()
    assert len(q.meaning.split()) > 1
    assert all(map(math.isfinite, (q.low, q.default, q.high)))
    assert q.low <= q.default <= q.high
    assert q.low < q.high


@pytest.mark.parametrize("which", REGISTRIES)
def test_registry_is_in_order(which):
    registry = REGISTRIES[which]
    assert {q.kind for q in registry.values()} == KINDS[which]
    assert [q.offset for q in registry.values()] == [i * LANES for i in range(len(registry))]
    assert registry.size == len(registry) * LANES


@pytest.mark.parametrize("which", ["person", "constant", "tie"])
def test_no_two_quantities_share_a_symbol(which):
    symbols = [q.symbol for q in REGISTRIES[which].values() if q.kind != "inbox"]
    assert [symbol for symbol, times in Counter(symbols).items() if times > 1] == []


def test_names_are_not_shared_by_people_and_constants():
    assert not PERSON.keys() & CONSTANT.keys()  # a case sets both under the person's name


def test_gains_are_one_in_the_theory_and_zero_as_lesions():
    gains = [q for q in CONSTANT.values() if q.kind == "gain"]
    assert len(gains) > 20
    assert {(q.default, q.low) for q in gains} == {(1.0, 0)}


def test_sources_are_given_or_openly_assumed():
    assert all(q.source == ASSUMED or len(q.source) > 10 for r in REGISTRIES.values() for q in r.values())


def test_a_quantity_cannot_be_declared_twice_or_with_a_default_out_of_bounds():
    registry = Registry()
    assert registry.declare("state", "calm", "c", 0.5, 0, 1, "1", "how calm") == 0
    with pytest.raises(ValueError, match="declared twice"):
        registry.declare("state", "calm", "c", 0.5, 0, 1, "1", "how calm")
    with pytest.raises(ValueError, match="outside its bounds"):
        registry.declare("state", "calmer", "c", 1.5, 0, 1, "1", "how calm")
    assert registry.declare("state", "calmest", "c", 0.5, 0, 1, "1", "how calm") == LANES


# ---------------------------------------------------------------- use

PACKAGE = Path(simulation.__file__).parent
PHASES_AND_LOOP = [
    file.read_text(encoding="utf-8") for part in ("theory", "population") for file in (PACKAGE / part).glob("*.py")
]


def offsets_named_in(module) -> dict[str, int]:
    """Names of a module that stand for offsets of quantities."""
    return {
        name: value
        for name, value in vars(module).items()
        if name.isupper() and isinstance(value, int) and not isinstance(value, bool)
    }


def attributes_used(alias: str) -> set[str]:
    """What the phases of a tick and the loop use of a module that they import as ``alias``."""
    return {
        node.attr
        for source in PHASES_AND_LOOP
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == alias
    }


@pytest.mark.parametrize(
    ("module", "alias", "registry"),
    [
        (constants, "c", CONSTANT),
        (traits, "r", PERSON),
        (states, "s", PERSON),
        (tie_states, "ts", TIE),
    ],
    ids=["constants", "traits", "states", "tie_states"],
)
def test_every_declared_quantity_is_used(module, alias, registry):
    offsets = {q.offset for q in registry.values()}
    declared = {n for n, v in offsets_named_in(module).items() if v in offsets and not n.startswith(("F_", "FIRST_"))}
    assert declared - {"LANES", "FACE_SIZE"} <= attributes_used(alias)


def test_every_gain_appears_once_or_more_in_the_life_of_a_person():
    gains = {name for name in vars(constants) if name.startswith("G_")}
    assert len(gains) == sum(q.kind == "gain" for q in CONSTANT.values())
    assert [gain for gain in gains if not any(f"c.{gain}]" in source for source in PHASES_AND_LOOP)] == []


# ---------------------------------------------------------------- rows that the theory addresses by arithmetic


@pytest.mark.parametrize(
    ("first", "prefix"),
    [
        (traits.WISH_STRENGTH, "wish_strength"),
        (states.NEED, "need"),
        (states.SEEK, "seek"),
        (states.NEGATIVE_EVIDENCE, "negative_evidence"),
        (states.BENEVOLENT_EVIDENCE, "benevolent_evidence"),
    ],
)
def test_wishes_follow_one_another(first, prefix):
    assert [PERSON[f"{prefix}_{wish}"].offset for wish in WISHES] == [first + w * LANES for w in range(len(WISHES))]


def test_habits_follow_the_order_of_strategies():
    alone = [PERSON[f"habit_{name}"].offset for name in states.PERSONAL_STRATEGIES]
    assert alone == [states.HABIT + i * LANES for i in range(len(alone))]
    acts = [PERSON[f"habit_{name}"].offset for name in states.ACTS[states.FIRST_STRATEGY_ACT :]]
    assert acts == [states.ACT_HABIT + i * LANES for i in range(len(acts))]


def test_the_face_fits_and_its_acts_follow_one_another():
    assert list(FACE.values()) == list(range(len(FACE)))
    assert len(FACE) <= states.FACE_SIZE
    assert [FACE[f"act_{act}"] for act in states.ACTS] == [states.F_ACT + i for i in range(len(states.ACTS))]


def test_records_have_distinct_places():
    places = [
        life.ACT, life.REPLY, life.REACHED, life.HEARD, life.ANSWERED, life.OVERWHELM, life.CRITICISM, life.CONFUSION,
        life.WORRY, life.AROUSAL_OF_ACTOR, life.AROUSAL_OF_OTHER, life.CALM, between.MOMENT,
        between.ANGER_OF_ACTOR, between.ANGER_OF_OTHER, between.JOY_OF_ACTOR, between.JOY_OF_OTHER,
        between.SADNESS_OF_ACTOR, between.SADNESS_OF_OTHER,
    ]  # fmt: skip
    assert sorted(places) == list(range(life.RECORD_SIZE))


def test_inbox_and_bounded_states_start_within_their_bounds():
    assert all(q.default == 0 for q in PERSON.values() if q.kind == "inbox")
