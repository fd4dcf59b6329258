"""Draws: the published generator to the bit, on every engine, and fit to be luck."""

import itertools
import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from simulation import randomness
from simulation.population.compiled import compiled
from simulation.randomness import draw, person_key, person_keys, philox, tie_key, tie_keys, uniform
from simulation.theory.numerics import mechanism

ALL_ONES = 0xFFFFFFFF
KNOWN_ANSWERS = [
    # counter, key → words: file kat_vectors of the authors' Random123 distribution, lines "philox4x32 10"
    ((0, 0, 0, 0), (0, 0), (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8)),
    ((ALL_ONES,) * 4, (ALL_ONES,) * 2, (0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD)),
    (
        (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344),
        (0xA4093822, 0x299F31D0),
        (0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1),
    ),
]
WORD = st.integers(0, ALL_ONES)
SEED = st.integers(0, 2**63 - 1)
PURPOSES = {n: v for n, v in vars(randomness).items() if n.isupper() and isinstance(v, int) and n != "MASK"}


@mechanism
def philox_of_all(words, results):
    for i in range(len(words)):
        c0, c1, c2, c3 = philox(words[i][0], words[i][1], words[i][2], words[i][3], words[i][4], words[i][5])
        results[i][0], results[i][1], results[i][2], results[i][3] = c0, c1, c2, c3


@mechanism
def draw_all(keys, ticks, results):
    for i in range(len(keys)):
        results[i][0], results[i][1], results[i][2], results[i][3] = draw(keys[i], 3, ticks[i], 1)


def blocks(words: np.ndarray, engine: str) -> list[list[int]]:
    """Blocks of the generator for rows of four counter and two key words."""
    if engine == "python":
        return [list(philox(*(int(w) for w in row))) for row in words]
    if engine == "numpy":
        return np.array(philox(*words.T)).T.tolist()
    results = np.zeros((len(words), 4), dtype=np.int64)
    compiled(philox_of_all)(words, results)
    return results.tolist()


@pytest.mark.parametrize("engine", ["python", "compiled", "numpy"])
def test_published_known_answers(engine):
    words = np.array([[*counter, *key] for counter, key, _ in KNOWN_ANSWERS], dtype=np.int64)
    assert blocks(words, engine) == [list(answer) for _, _, answer in KNOWN_ANSWERS]


def test_all_engines_give_the_same_words_for_any_counter_and_key():
    words = np.random.default_rng(5).integers(0, 2**32, (300, 6))
    assert blocks(words, "python") == blocks(words, "compiled") == blocks(words, "numpy")


def test_draws_have_the_same_bits_compiled_and_plain_also_for_keys_with_the_sign_bit():
    rng = np.random.default_rng(6)
    keys, ticks = rng.integers(-(2**63), 2**63 - 1, 300), rng.integers(0, 2**32, 300)
    results = np.zeros((300, 4))
    compiled(draw_all)(keys, ticks, results)
    plain = [draw(k, 3, t, 1) for k, t in zip(keys.tolist(), ticks.tolist(), strict=True)]
    assert results.tolist() == [list(d) for d in plain]
    assert plain == [draw(k % 2**64, 3, t, 1) for k, t in zip(keys.tolist(), ticks.tolist(), strict=True)]


# ---------------------------------------------------------------- keys


@given(st.lists(st.tuples(SEED, WORD, WORD), min_size=1, max_size=8))
def test_keys_of_many_are_those_of_each(who):
    seeds, ones, others = (np.array(column, dtype=np.int64) for column in zip(*who, strict=True))
    signed = [[key - 2**64 * (key >> 63) for key in keys] for keys in (
        [person_key(seed, one) for seed, one, _ in who], [tie_key(*row) for row in who],
    )]  # fmt: skip
    assert person_keys(seeds, ones).tolist() == signed[0]
    assert tie_keys(seeds, ones, others).tolist() == signed[1]


def test_keys_of_many_do_not_depend_on_how_many_there_are():
    n = 70_000  # more than are derived in one piece
    keys = person_keys(np.full(n, 3), np.arange(n))
    some = np.array([0, 1, 65_535, 65_536, n - 1])
    assert keys[some].tolist() == person_keys(np.full(5, 3), some).tolist()
    assert person_keys(np.int64(3), some).tolist() == keys[some].tolist(), "one seed for all"


def test_keys_of_distinct_people_ties_and_seeds_are_distinct():
    n = 300
    one, other = (a.ravel() for a in np.meshgrid(np.arange(n), np.arange(n)))
    seeds = np.zeros(n * n, dtype=np.int64)
    keys = np.concatenate([
        person_keys(seeds, np.arange(n * n)), person_keys(seeds + 1, np.arange(n * n)),
        person_keys(seeds + 2**32, np.arange(n * n)), tie_keys(seeds, one, other),
    ])  # fmt: skip
    assert len(np.unique(keys)) == len(keys)


def test_the_two_directions_of_a_relationship_have_luck_of_their_own():
    assert tie_key(1, 2, 3) != tie_key(1, 3, 2)
    assert tie_key(1, 2, 0) != person_key(1, 2)


@given(SEED, st.integers(0, 2**40))
def test_seeds_of_the_runs_of_a_study(seed, number):
    mixed = randomness.mixed_seed(seed, number)
    assert 0 <= mixed < 2**63
    assert mixed != randomness.mixed_seed(seed, number + 1)


# ---------------------------------------------------------------- fit to be luck


def test_purposes_differ():
    assert sorted(PURPOSES.values()) == list(range(len(PURPOSES)))


def test_every_purpose_is_used():
    from pathlib import Path

    text = "\n".join(file.read_text(encoding="utf-8") for file in Path(randomness.__file__).parent.rglob("*.py"))
    drawn = {name for call in re.findall(r"\b(?:draws?|philox)\(([^)]*)\)", text) for name in re.findall(r"\w+", call)}
    assert PURPOSES.keys() - drawn == set()


@pytest.mark.parametrize("word", [0, 1, 2**31, ALL_ONES])
def test_uniform_is_strictly_between_0_and_1(word):
    assert 0 < uniform(word) < 1
    assert uniform(word) == (word + 0.5) / 2**32


@given(st.integers(-(2**63), 2**63 - 1), st.integers(0, 6), st.integers(0, 2**32 - 1), st.integers(0, 50))
def test_a_draw_depends_on_all_that_keys_it(key, purpose, tick, part):
    luck = draw(key, purpose, tick, part)
    assert all(0 < x < 1 for x in luck)
    assert luck == draw(key, purpose, tick, part)
    others = [
        draw(key ^ 1, purpose, tick, part), draw(key ^ (1 << 40), purpose, tick, part),
        draw(key, purpose + 1, tick, part), draw(key, purpose, tick ^ 1, part), draw(key, purpose, tick, part + 1),
    ]  # fmt: skip
    assert len({luck, *others}) == 6


def sequence(of: str, n: int = 4000) -> np.ndarray:
    """[n, 4] luck of one decision after another, where only one thing changes from each to the next."""
    key = person_key(11, 0)
    if of == "people":
        return np.array([draw(person_key(11, i), 4, 7, 0) for i in range(n)])
    if of == "seeds":
        return np.array([draw(person_key(i, 0), 4, 7, 0) for i in range(n)])
    if of == "ties":
        return np.array([draw(tie_key(11, i // 64, i % 64), 2, 7, 0) for i in range(n)])
    if of == "parts":
        return np.array([draw(key, 3, i // 50, i % 50) for i in range(n)])
    return np.array([draw(key, 4, i, 0) for i in range(n)])


@pytest.mark.parametrize("of", ["ticks", "people", "seeds", "ties", "parts"])
def test_luck_is_uniform_and_independent(of):
    luck = sequence(of)
    n = len(luck)
    for column in luck.T:
        assert stats.kstest(column, "uniform").pvalue > 1e-3
        lagged = np.corrcoef(column[:-1], column[1:])[0, 1]
        assert abs(lagged) < 4 / np.sqrt(n)
    for a, b in itertools.combinations(luck.T, 2):
        assert abs(np.corrcoef(a, b)[0, 1]) < 4 / np.sqrt(n)
        cells, _, _ = np.histogram2d(a, b, bins=8, range=[[0, 1], [0, 1]])
        assert stats.chisquare(cells.ravel()).pvalue > 1e-3


def test_luck_for_one_purpose_says_nothing_about_another():
    key, n = person_key(11, 0), 4000
    columns = [np.array([draw(key, purpose, t, 0)[0] for t in range(n)]) for purpose in sorted(PURPOSES.values())]
    for a, b in itertools.combinations(columns, 2):
        assert abs(np.corrcoef(a, b)[0, 1]) < 4 / np.sqrt(n)
