"""What is written is read back unchanged, and a run folder has all it needs."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulation.cases import build_population, configure, dump_case, load_case, save_case
from simulation.cases.model import Case, Event, Network, PersonSpec, TieSpec
from simulation.cases.parameters import CONSTANTS, PERSON_NAMES, TIE_FIELDS, bounds
from simulation.cases.profiles import Profile
from simulation.cases.read import parse_case

TEXT = st.text(st.characters(codec="utf-8"), max_size=30)


@st.composite
def values(draw, known):
    names = draw(st.lists(st.sampled_from(sorted(known)), max_size=3, unique=True))
    return {name: draw(st.floats(*bounds(name))) for name in names}


@st.composite
def cases(draw):
    letters = st.characters(codec="utf-8", categories=["L", "N", "P", "S"])
    names = draw(st.lists(st.text(letters, min_size=1, max_size=20), min_size=2, max_size=4, unique=True))
    side = st.builds(
        lambda v, wish: v | ({"wish": wish} if wish else {}), values(TIE_FIELDS), st.sampled_from(["rank", None])
    )
    return Case(
        name="case",
        title=draw(TEXT),
        description=draw(TEXT),
        focal=names[0],
        days=draw(st.floats(1, 36_500)),
        seed=draw(st.integers(0, 2**63 - 1)),
        dt=draw(st.sampled_from([0.125, 0.5, 1 / 16])),
        constants=draw(values(CONSTANTS)),
        profiles={
            name: Profile(values=draw(values(PERSON_NAMES)), meaning=draw(TEXT))
            for name in draw(st.sets(TEXT.filter(str.strip), max_size=2))
        },
        people=[PersonSpec(name=name, role=draw(TEXT), values=draw(values(PERSON_NAMES))) for name in names],
        ties=[
            TieSpec(between=[names[0], name], kind=draw(TEXT), **draw(values(TIE_FIELDS)), from_first=draw(side))
            for name in names[1:]
        ],
        events=[
            Event(
                day=draw(st.floats(0, 1)),
                label=draw(TEXT.filter(bool)),
                person=names[0],
                other=names[1],
                set_tie=draw(values(TIE_FIELDS)),
            )
        ],
    )


@given(cases())
@settings(max_examples=60, deadline=None)
def test_any_case_survives_a_round_trip(case):
    assert parse_case(dump_case(case), "again.toml", None) == case


@pytest.mark.parametrize("text", ['"', "\\", '"""', "a\nb", "a\r\nb\t", "\x00\x1f\x7f", "é🙂", "\n", "a\\\nb", " \n "])
def test_awkward_texts_survive(small, text):
    case = small.model_copy(update={"description": text})
    assert parse_case(dump_case(case), "again.toml", None) == case


def test_what_has_its_default_is_not_written(small):
    text = dump_case(small)
    assert "dt" not in text and "events" not in text and "from_first" not in text


def test_the_file_gives_the_case_its_name(tmp_path):
    text = dump_case(load_case("dyad")).replace('name = "dyad"\n', "", 1)
    (tmp_path / "my pair.toml").write_text(text)
    assert load_case(tmp_path / "my pair.toml").name == "my-pair"


def edge_list(n: int) -> str:
    return "source,target,bond\n" + "".join(f"p{i},p{i + 1},0.{1 + i % 8}\n" for i in range(n))


def case_with_file(tmp_path, n: int) -> Case:
    (tmp_path / "people.csv").write_text(edge_list(n))
    (tmp_path / "mine.toml").write_text(
        'days = 5\n[network]\nfile = "people.csv"\nprofiles = { bpd = 0.2 }\nspread = 0.5\n'
    )
    return load_case(tmp_path / "mine.toml")


def same(one, other) -> bool:
    return all(np.array_equal(a, b) for a, b in zip(one.world, other.world, strict=True)) and one.names == other.names


def test_a_small_network_file_becomes_part_of_the_case(tmp_path):
    case = case_with_file(tmp_path, 12)
    assert case.network.file is None and len(case.network.edges) == 12
    (tmp_path / "people.csv").unlink()
    assert same(build_population(parse_case(dump_case(case), "mine.toml", None)), build_population(case))


def test_a_large_network_file_goes_beside_the_case(tmp_path):
    case = case_with_file(tmp_path, 3200)
    assert case.network.file == str(tmp_path / "people.csv") and case.network.edges is None
    run = tmp_path / "run"
    run.mkdir()
    save_case(case, run)
    assert 'file = "network.csv"' in (run / "case.toml").read_text()
    (tmp_path / "people.csv").unlink()
    moved = run.rename(tmp_path / "moved")
    assert same(build_population(load_case(moved)), build_population(case))


def test_people_without_relationships_are_kept(tmp_path):
    import networkx

    graph = networkx.Graph([("zoe", "ann")])
    graph.add_node("mia")
    networkx.write_graphml(graph, tmp_path / "g.graphml")
    case = configure(load_case("community"), network_file=tmp_path / "g.graphml")
    assert build_population(case).names == ["ann", "mia", "zoe"] and case.network.names == ["mia"]
    save_case(case, tmp_path)
    assert load_case(tmp_path) == case


def test_edges_in_any_order_make_the_same_people():
    def built(edges):
        return build_population(Case(name="a", days=1.0, network=Network(edges=edges, spread=0.3)))

    assert same(built([["a", "b"], ["c", "b"], ["p10", "p9"]]), built([["p9", "p10"], ["b", "a"], ["b", "c"]]))


def test_a_folder_that_cannot_be_written_to(small, tmp_path):
    from simulation.errors import InputError

    with pytest.raises(InputError, match="cannot be written to"):
        save_case(small, tmp_path / "nowhere")
