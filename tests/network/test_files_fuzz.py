"""Whatever is in a file, reading it ends with a network or with a clear refusal."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulation.errors import InputError
from simulation.network import SocialGraph, read_network

ENDINGS = (".csv", ".graphml", ".gexf", ".json")
VALID = {
    ".csv": "source,target,weight,kind\nAnn,Bo,1,friend\nBo,Cy,0.5,\nCy,Ann,2,sister\n",
    ".graphml": (
        '<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">'
        '<key id="w" for="edge" attr.name="weight" attr.type="double"><default>1.0</default></key>'
        '<key id="k" for="node" attr.name="glad" attr.type="boolean"/>'
        '<graph edgedefault="directed"><node id="a"><data key="k">true</data></node><node id="b"/>'
        '<edge id="0" source="a" target="b"><data key="w">2</data></edge><edge source="b" target="a"/>'
        "</graph></graphml>"
    ),
    ".gexf": (
        '<gexf xmlns="http://www.gexf.net/1.2draft" xmlns:viz="http://www.gexf.net/1.2draft/viz" version="1.2">'
        '<graph defaultedgetype="undirected" mode="static" timeformat="double">'
        '<attributes class="edge" mode="static"><attribute id="0" title="bond" type="float"><default>1</default>'
        '</attribute></attributes><attributes class="node"><attribute id="1" title="age" type="integer"/></attributes>'
        '<nodes><node id="a" label="Ann" start="1"><attvalues><attvalue for="1" value="30"/></attvalues>'
        '<viz:color r="1" g="2" b="3"/></node><node id="b" label="Bo"/></nodes><edges>'
        '<edge id="0" source="a" target="b" weight="2"><attvalues><attvalue for="0" value="3"/></attvalues></edge>'
        "</edges></graph></gexf>"
    ),
    ".json": json.dumps(
        {
            "directed": True,
            "nodes": [{"id": "a", "age": 3}, {"id": 2, "label": "Bo"}],
            "links": [{"source": "a", "target": 2, "weight": 1}, {"source": 2, "target": "a", "weight": 2}],
        }
    ),
}


@pytest.fixture(scope="module")
def folder():
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)


def read_or_refuse(folder, ending, content):
    path = folder / f"fuzz{ending}"
    path.write_bytes(content)
    try:
        g = read_network(path)
    except InputError as error:
        assert str(error).isprintable() and "fuzz" in str(error), "one line, and it names the file"
        return None
    assert isinstance(g, SocialGraph) and g.n_relationships >= 1 and g.n_people >= 2
    assert all(0 < len(name) <= 100 and name == name.strip() for name in g.names)
    assert all((values >= 0).all() for values in g.edge.values())
    return g


@pytest.mark.parametrize("ending", ENDINGS)
def test_the_examples_are_valid(folder, ending):
    assert read_or_refuse(folder, ending, VALID[ending].encode()) is not None


@given(st.sampled_from(ENDINGS), st.binary() | st.text().map(str.encode))
@settings(deadline=None, max_examples=300)
def test_random_bytes_and_texts(folder, ending, content):
    read_or_refuse(folder, ending, content)


PIECES = (
    st.sampled_from(
        ["", "NaN", "1e999", "-1", "true", "[]", "{}", "null", "<", ">", '"', ",", "\n", "\r", "a", "b", "0"]
    )
    | st.sampled_from(["<node/>", "<edge/>", "<graph>", "<data/>", "<!DOCTYPE a>", "xml:id='1'", "&lt;", "&#0;", "&x;"])
    | st.sampled_from(["directed", "weight", "mutual", "boolean", "dynamic", "liststring", "source", "for", "9" * 5000])
)


@pytest.mark.parametrize("ending", ENDINGS)
@given(data=st.data())
@settings(deadline=None, max_examples=250)
def test_valid_files_with_pieces_changed(folder, ending, data):
    content = VALID[ending]
    pieces = st.text(max_size=5) | PIECES
    for _ in range(data.draw(st.integers(1, 3))):
        begin = data.draw(st.integers(0, len(content)))
        end = min(len(content), begin + data.draw(st.integers(0, 12)))
        content = content[:begin] + data.draw(pieces) + content[end:]
    read_or_refuse(folder, ending, content.encode("utf-8", "surrogatepass"))


WORDS = st.sampled_from(
    ["", "a", "b", "Ann", "0", "1", "x", "-1", "nan", "true", "edge", "node", "weight", "bond", "kind"]
)
TYPES = st.sampled_from(
    ["int", "integer", "long", "double", "boolean", "string", "liststring", "yfiles", "anyURI", "?"]
)
ATTRIBUTES = st.dictionaries(
    st.sampled_from(["id", "source", "target", "for", "key", "label", "weight", "value", "title", "class", "pid"])
    | st.sampled_from(["attr.name", "start", "end", "directed", "yfiles.foldertype", "edgedefault", "mode", "type"]),
    WORDS,
    max_size=4,
)


@st.composite
def element(draw, depth=0):
    tag = draw(
        st.sampled_from(["node", "edge", "data", "key", "default", "attributes", "attribute", "attvalues", "attvalue"])
        | st.sampled_from(["nodes", "edges", "graph", "port", "hyperedge", "spells", "spell", "parents", "parent"])
    )
    about = draw(ATTRIBUTES)
    if tag in ("key", "attribute"):
        about = {"id": draw(WORDS), "for": "edge", "attr.name": draw(WORDS), "title": draw(WORDS), **about}
        about |= {name: draw(TYPES) for name in ("attr.type", "type")}
    inside = "".join(draw(st.lists(element(depth + 1), max_size=3))) if depth < 3 else ""
    written = "".join(f' {name}="{value}"' for name, value in about.items())
    return f"<{tag}{written}>{draw(WORDS)}{inside}</{tag}>"


@given(st.sampled_from([".graphml", ".gexf"]), st.lists(element(), max_size=4), st.lists(element(), max_size=2))
@settings(deadline=None, max_examples=100)
def test_well_formed_nonsense_within_valid_xml(folder, ending, extra, early):
    content = VALID[ending]
    for place, elements in (("</graph>", extra), ("<graph ", early), ("</node>", early), ("</edge>", extra)):
        content = content.replace(place, "".join(elements) + place, 1)
    read_or_refuse(folder, ending, content.encode())


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=3) | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3) | WORDS, inner, max_size=3),
    max_leaves=5,
)
ENTRIES = st.dictionaries(
    st.sampled_from(["id", "source", "target", "label", "weight", "closeness", "kind", "key"]) | st.text(max_size=4),
    VALUES,
    max_size=4,
)


@given(
    st.lists(ENTRIES | VALUES, max_size=3),
    st.lists(ENTRIES | VALUES, max_size=3),
    st.lists(st.tuples(st.sampled_from(["id", "label", "age"]), VALUES), max_size=1),
    st.dictionaries(
        st.sampled_from(["directed", "multigraph", "graph", "edges", "nodes", "links"]), VALUES, max_size=1
    ),
)
@settings(deadline=None, max_examples=200)
def test_json_of_the_right_shape_with_anything_in_it(folder, nodes, links, about, top):
    data = json.loads(VALID[".json"])
    data["nodes"] += nodes
    data["links"] += links
    data["nodes"][0] |= dict(about)
    read_or_refuse(folder, ".json", json.dumps({**data, **top}).encode())


CELLS = st.sampled_from(
    ["a", "b", "Ann", " Bo ", "", "1", "0.5", "-1", "nan", "source", "target", "weight", "kind", '"', "x\n"]
)


@given(st.lists(st.lists(CELLS, max_size=4).map(",".join), max_size=6), st.booleans())
@settings(deadline=None, max_examples=200)
def test_tables_of_anything(folder, rows, header):
    read_or_refuse(folder, ".csv", "\n".join(["source,target,weight"] * header + rows).encode())
