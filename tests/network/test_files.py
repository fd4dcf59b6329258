"""Networks from files: what is written comes back, and every defect is named with its place."""

from __future__ import annotations

import json
import os

import networkx
import numpy as np
import pytest

from simulation.errors import InputError
from simulation.network import files, load_published, read_network, relationships

GRAPHML = (
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
    '<key id="w" for="edge" attr.name="weight" attr.type="double">{default}</key>\n'
    '<graph edgedefault="{direction}">\n<node id="Ann"/>\n<node id="Bo"/>\n<node id="Cy"/>\n{ties}\n</graph></graphml>'
)
GEXF = (
    '<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2">\n<graph defaultedgetype="{direction}">\n'
    '<attributes class="edge"><attribute id="0" title="bond" type="float"/></attributes>\n'
    '<nodes><node id="1" label="Ann"/><node id="2" label="Bo"/><node id="3" label="Cy"/></nodes>\n'
    "<edges>\n{ties}\n</edges></graph></gexf>"
)
NODES = '{"nodes": [{"id": "Ann"}, {"id": "Bo"}], '


@pytest.fixture
def read(tmp_path):
    """Write a file and read it as a network."""

    def write_and_read(content, name="office.csv"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return read_network(path)

    return write_and_read


def graphml(*ties, direction="undirected", default=""):
    lines = (f'<edge source="{a}" target="{b}">{inside}</edge>' for a, b, inside in ties)
    return GRAPHML.format(direction=direction, default=default, ties="\n".join(lines))


def gexf(*ties, direction="undirected"):
    lines = (f'<edge id="{i}" source="{a}" target="{b}" {inside}' for i, (a, b, inside) in enumerate(ties))
    return GEXF.format(direction=direction, ties="\n".join(lines))


def weighted(value):
    return f'<data key="w">{value}</data>'


def as_told(g, column="weight"):
    """The relationships by names, with one column."""
    values = g.edge[column] if column in g.edge else [None] * g.n_relationships
    return {(g.name(i), g.name(j)): v for i, j, v in zip(g.first, g.second, values, strict=True)}


# --- what is read


@pytest.mark.parametrize(
    "content",
    [
        "source,target,weight\nAnn,Bo,2\nBo,Cy,0.5\n",
        "Ann,Bo,2\r\nBo,Cy,0.5\r\n",
        "\ufeffFrom;To".replace(";", ",") + ",Closeness\nBo,Ann,2\nCy,Bo,0.5",
        "b,a,weight\n Bo , Ann ,2\n\n,,\nBo,Cy,.5",
        'weight,alter,ego\n"2","Bo","Ann"\n5e-1,Bo,Cy',
        "source,target,weight\nAnn,Bo,1\nBo,Ann,3\nBo,Cy,0.5\n",
    ],
)
def test_edge_lists(read, content):
    g = read(content)
    assert g.names == ("Ann", "Bo", "Cy")
    assert as_told(g) == {("Ann", "Bo"): 2, ("Bo", "Cy"): 0.5}


def test_an_edge_list_with_every_column_and_one_that_is_not_read(read):
    g = read("ego,alter,bond,contact rate,kind,since\nAnn,Bo,0.8,2,sister,1990\nCy,Bo,0.1,1,,2001\n")
    assert g.edge["bond"].tolist() == [0.8, 0.1] and g.edge["contact_rate"].tolist() == [2, 1]
    assert list(g.edge_kind) == ["sister", None]
    assert g.source == 'office.csv (edge list; not read: "since")'


def test_the_order_of_lines_makes_no_difference(read):
    one, other = read("p10,p2\np2,p1\np1,p10"), read("p1,p2\np10,p1\np10,p2")
    assert one.names == other.names == ("p1", "p2", "p10")
    np.testing.assert_array_equal(one.first, other.first)
    np.testing.assert_array_equal(one.second, other.second)
    assert one.source == "office.csv (edge list without a header)"


def test_a_file_may_hold_several_components(read):
    assert read("Ann,Bo\nCy,Di").describe() == "4 people, 2 relationships, 2 components without a path between them"


def test_kinds_given_both_ways_agree_or_fill_in(read):
    assert list(read("source,target,kind\nAnn,Bo,friend\nBo,Ann,\n").edge_kind) == ["friend"]


def test_graphml_and_its_defaults(read):
    g = read(graphml(("Ann", "Bo", weighted(2)), ("Cy", "Bo", ""), default="<default>0.5</default>"), "a.graphml")
    assert as_told(g) == {("Ann", "Bo"): 2, ("Bo", "Cy"): 0.5}
    both = graphml(("Ann", "Bo", weighted(1)), ("Bo", "Ann", weighted(3)), direction="directed")
    assert as_told(read(both, "a.graphml")) == {("Ann", "Bo"): 2}


def test_gexf_and_its_weight_of_one(read):
    g = read(gexf(("1", "2", 'weight="2"/>'), ("2", "3", "/>")), "a.GEXF")
    assert as_told(g) == {("Ann", "Bo"): 2, ("Bo", "Cy"): 1}
    tie = '><attvalues><attvalue for="0" value="0.25"/></attvalues></edge>'
    g = read(gexf(("1", "2", tie)), "a.gexf")
    assert as_told(g, "bond") == {("Ann", "Bo"): 0.25} and g.n_people == 3 and "weight" not in g.edge


@pytest.mark.parametrize("key", ["links", "edges"])
def test_node_link_json(read, key):
    data = {
        "nodes": [{"id": 1, "age": 30}, {"id": "Bo", "tags": ["x"]}, {"id": "Cy", "age": 20.5}],
        key: [
            {"source": 1, "target": "Bo", "bond": 1, "kind": "sister"},
            {"source": "Cy", "target": "Bo", "bond": 0.5},
        ],
    }
    g = read(json.dumps(data), "a.json")
    assert g.names == ("1", "Bo", "Cy") and g.person == {"age": [30, None, 20.5]}
    assert as_told(g, "bond") == {("1", "Bo"): 1, ("Bo", "Cy"): 0.5} and list(g.edge_kind) == ["sister", None]
    data[key].append({"source": "Bo", "target": 1, "bond": 0})
    assert as_told(read(json.dumps({**data, "directed": True}), "a.json"), "bond")["1", "Bo"] == 0.5


@pytest.mark.parametrize("ending", ["graphml", "gexf", "json"])
@pytest.mark.parametrize("name", ["karate-club", "les-miserables", "southern-women"])
def test_what_networkx_writes_comes_back(tmp_path, ending, name):
    g = load_published(name)
    path = tmp_path / f"network.{ending}"
    if ending == "json":
        path.write_text(json.dumps(networkx.node_link_data(g.to_networkx(), edges="links")), encoding="utf-8")
    else:
        getattr(networkx, f"write_{ending}")(g.to_networkx(), path)
    back = read_network(path)
    assert back.names == g.names
    assert back.person.get("club") == g.person.get("club")
    np.testing.assert_array_equal(back.first, g.first)
    np.testing.assert_array_equal(back.second, g.second)
    np.testing.assert_array_equal(back.edge["weight"], g.edge["weight"])


def test_labels_that_repeat_are_not_names(read):
    content = gexf(("1", "2", "/>")).replace('label="Bo"', 'label="Ann"')
    g = read(content, "a.gexf")
    assert g.names == ("1", "2", "3") and g.person["label"] == ["Ann", "Ann", "Cy"]


# --- what is refused


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "office.csv is empty"),
        (" \n\n", "office.csv is empty"),
        (",,\n,,\n", "office.csv is empty"),
        ("source,target\n", "has a header and nothing else"),
        (b"\xff\xfeA\0", "line 1: contains a zero byte"),
        (b"Ann,Bo\nJos\xe9,Ann\n", "office.csv, line 2: not UTF-8"),
        ("Ann,Bo\nAnn,Ann\n", r'"Ann" has a tie to themselves \(office.csv, line 2\)'),
        ("Ann,Bo\nAnn,\n", r"name of a person is empty \(office.csv, line 2, column target\)"),
        ("Ann,Bo\nAnn," + "x" * 101, "101 characters"),
        ("Ann,Bo\nCy,Bo\nAnn,Bo\n", r'"Ann" → "Bo" is given twice \(office.csv, line 3, and before that .*line 1\)'),
        ("Ann,Bo\nCy,Bo,1\n", "office.csv, line 2 has 3 columns; the lines before have 2"),
        ("Ann\nBo\n", "line 1 has one column"),
        ("Ann;Bo\nBo;Cy", "seems to have semicolons"),
        ("Ann\tBo", "seems to have tabs"),
        ("Ann,Bo,1,2", 'no column called "source", "target"'),
        ("sorce,target\nAnn,Bo", r'no column called "source" \(did you mean "source"\?\)'),
        ("from,weight\nAnn,1", 'no column called "target"'),
        ("source,target,weigth\nAnn,Bo,1", r'"weigth" is not a column that is read .*did you mean "weight"'),
        ("source,target,weight,closeness\nAnn,Bo,1,1", '"weight" and "closeness" both give the weight'),
        ("source,from,target\nAnn,Bo,Cy", '"source" and "from" both give the source'),
        ("source,target,kind\nA,B,x\nB,A,y", r'of "A" and "B" is "x" one way and "y" the other \(office.csv, line 3\)'),
        ("a,b\nb,c\nc,a", 'may be a header or two people.*"source,target"'),
        ("one,two,strength\nAnn,Bo,1", 'weight = "strength" is not a number .*if this line is a header'),
        ('source,target\nAnn,"Bo', "is not part of a CSV table"),
        ("Ann,Bo\n" + "x" * 200_000 + ",Bo", "line 2 is not part of a CSV table"),
    ],
)
def test_defects_of_edge_lists(read, content, message):
    with pytest.raises(InputError, match=message):
        read(content)


@pytest.mark.parametrize("value", ["nan", "inf", "-1", "-inf", "x", "", "1_000", "1e999", "0x10", "1;5", "½"])
def test_unusable_numbers_are_refused_in_every_format(read, value):
    said = r"(is not a|is negative|is missing).*(Ann|1)\" and \"(Bo|2)\".*(it is a number from 0 upwards|give it for)"
    cases = {
        "a.csv": f"source,target,bond\nAnn,Cy,1\nAnn,Bo,{value}\n",
        "a.graphml": graphml(("Ann", "Cy", weighted(1)), ("Ann", "Bo", weighted(value))),
        "a.gexf": gexf(("1", "3", 'weight="1"/>'), ("1", "2", f'weight="{value}"/>')),
        "b.gexf": gexf(("1", "2", f'><attvalues><attvalue for="0" value="{value}"/></attvalues></edge>')),
        "a.json": json.dumps(
            {"nodes": [{"id": "Ann"}, {"id": "Bo"}], "links": [{"source": "Ann", "target": "Bo", "bond": value}]}
        ),
    }
    for name, content in cases.items():
        with pytest.raises(InputError, match=said) as refused:
            read(content, name)
        assert name in str(refused.value)
        assert name.endswith("json") or ", line " in str(refused.value)


@pytest.mark.parametrize("value", ["true", "null", "[1]", "NaN", "-Infinity", "1e999", "-0.5"])
def test_unusable_numbers_in_json(read, value):
    text = NODES + f'"links": [{{"source": "Ann", "target": "Bo", "bond": {value}}}]}}'
    with pytest.raises(InputError, match=r'bond (=|is) .*\(a.json, "Ann" and "Bo"\); (it is a number|give it for)'):
        read(text, "a.json")


@pytest.mark.parametrize("value", ["NaN", "Infinity", "1e999"])
def test_numbers_about_people_are_finite(read, value):
    text = NODES.replace('"Bo"', f'"Bo", "age": {value}') + '"links": [{"source": "Ann", "target": "Bo"}]}'
    with pytest.raises(InputError, match=r'"age" = (nan|inf) \(a.json, "Bo"\) is not a finite number'):
        read(text, "a.json")


def test_a_column_is_given_for_all_or_for_none(read):
    with pytest.raises(InputError, match=r'weight is missing \(a.graphml, line 8, "Bo" and "Cy"\); give it for every'):
        read(graphml(("Ann", "Bo", weighted(2)), ("Bo", "Cy", "")), "a.graphml")


TIE = ("Ann", "Bo", "")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("<graphml", "a.graphml, line 1: not well-formed XML"),
        ("no xml", "not well-formed XML"),
        ("<gexf></gexf>", "outermost element is <gexf>, not graphml"),
        ("<graphml></graphml>", "cannot be read as GraphML|has no people"),
        (graphml(), "no relationships"),
        ('<!DOCTYPE graphml [<!ENTITY a "b">]>' + graphml(TIE), "document type"),
        ("<!DOCTYPE graphml SYSTEM 'file:///etc/passwd'>" + graphml(TIE), "document type"),
        ('<?xml version="1.0" encoding="latin-1"?>' + graphml(TIE), "encoding .*UTF-8"),
        ('<?xml version="1.0" encoding="cp037"?>' + graphml(TIE), "UTF-8|not well-formed"),
        (graphml(("Ann", "Ann", "")), 'line 7: "Ann" has a tie to themselves'),
        (graphml(TIE, TIE), r'line 8: the tie of "Ann" and "Bo" is given twice \(first on line 7\)'),
        (graphml(TIE, TIE, direction="directed"), "is given twice"),
        (graphml(TIE, ("Bo", "Ann", "")), "is given twice"),
        (graphml(("Ann", "Di", "")), 'line 7: the tie of "Ann" and "Di" mentions "Di", who is not among the people'),
        (graphml(TIE).replace('"Cy"', '"Bo"'), 'line 6: two people have the id "Bo"'),
        (graphml(TIE).replace('"Cy"', '" Bo "'), 'two people are called "Bo"'),
        (graphml(TIE).replace('id="Cy"', ""), "line 6: a <node> without an id"),
        (graphml(TIE).replace('source="Ann"', ""), "needs a source and a target"),
        (graphml(TIE).replace('<node id="Cy"/>', '<node id="Cy"><graph/></node>'), "second or nested <graph>"),
        (graphml(TIE).replace("</graph>", "</graph><graph/>"), "second or nested <graph>"),
        (graphml(TIE).replace('<node id="Cy"/>', '<node id="C"><node id="D"/></node>'), "<node> within a <node>"),
        (graphml(TIE).replace('<node id="Cy"/>', "<hyperedge/>"), "joins more than two people"),
        (graphml(TIE).replace("<edge ", '<edge directed="true" '), "cannot be read as GraphML: directed=true"),
        (graphml(("Ann", "Bo", '<data key="x">1</data>')), "cannot be read as GraphML: .*no key x"),
        (graphml(TIE).replace('name="weight"', 'name="wieght"'), 'line 2.*did you mean "weight"'),
        (graphml(TIE).replace("Cy", "C" * 101), "101 characters"),
        (graphml(TIE).replace("http://graphml.graphdrawing.org/xmlns", "urn:x"), "cannot be read as GraphML"),
        (graphml(TIE).replace('<node id="Cy"', '<node xmlns="urn:x" id="Cy"'), "in another namespace"),
    ],
)
def test_defects_of_graphml(read, content, message):
    with pytest.raises(InputError, match=message):
        read(content, "a.graphml")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (graphml(TIE), "not GEXF: the outermost element is <graphml>"),
        (gexf(), "no relationships"),
        (gexf(("1", "1", "/>")), '"1" has a tie to themselves'),
        (gexf(("1", "9", "/>")), 'mentions "9"'),
        (gexf(("1", "2", "/>"), ("1", "2", "/>")), "given twice"),
        (gexf(("1", "2", "/>")).replace("1.2draft", "9"), "cannot be read as GEXF: No <graph>"),
        (gexf(("1", "2", "/>")).replace('class="edge"', 'class="x"'), "cannot be read as GEXF"),
        (
            gexf(("1", "2", "/>")).replace('label="Bo"/>', 'label="Bo"><nodes><node id="4"/></nodes></node>'),
            "<node> within a <node>",
        ),
        (gexf(("1", "2", 'type="directed"/>')), "Directed edge found in undirected"),
    ],
)
def test_defects_of_gexf(read, content, message):
    with pytest.raises(InputError, match=message):
        read(content, "a.gexf")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("{", "a.json, line 1: not well-formed JSON"),
        ('{"nodes":\n x}', "a.json, line 2: not well-formed JSON"),
        ("[]", "has no list of nodes"),
        ('{"nodes": 3}', "has no list of nodes"),
        (NODES + '"x": 1}', 'needs one list called "links" or "edges"'),
        (NODES + '"links": [], "edges": []}', 'needs one list called "links" or "edges"'),
        (NODES + '"links": {}}', 'needs one list called "links" or "edges"'),
        (NODES + '"links": []}', "no relationships"),
        ('{"nodes": [], "links": []}', "has no people"),
        ('{"nodes": ["Ann"], "links": []}', "node 1 is .* not an object"),
        (NODES + '"links": [3]}', 'link 1 is "3", not an object'),
        (NODES + '"directed": 1, "links": []}', "neither true nor false"),
        ('{"nodes": [{}], "links": []}', r"id is missing \(a.json, node 1\)"),
        ('{"nodes": [{"id": null}], "links": []}', "id is .null."),
        ('{"nodes": [{"id": " "}], "links": []}', "it is the id of a person"),
        ('{"nodes": [{"id": 1.5}], "links": []}', "it is the id of a person"),
        ('{"nodes": [{"id": "1"}, {"id": 1}], "links": []}', 'two people have the id "1" .*node 2'),
        (NODES + '"links": [{"source": "Ann"}]}', r"target is missing \(a.json, link 1\)"),
        (NODES + '"edges": [{"source": "Ann", "target": "Cy"}]}', r'mentions "Cy" \(a.json, edge 1\)'),
        (NODES + '"links": [{"source": "Ann", "target": "Ann"}]}', '"Ann" has a tie to themselves'),
        (NODES + '"links": [{"source": "Ann", "target": "Bo", "kind": 3}]}', 'kind = "3" .* it is text'),
        (
            NODES + '"links": [{"source": "Ann", "target": "Bo"}, {"source": "Bo", "target": "Ann"}]}',
            r'the tie of "Bo" and "Ann" is given twice \(a.json, link 2\)',
        ),
        ('{"nodes": ' + "[" * 100_000, "nested too deeply|not well-formed"),
        ('{"nodes": [{"id": ' + "9" * 5000 + '}], "links": []}', "not well-formed JSON"),
        ('{"nodes": [{"id": "\\ud800"}, {"id": "x"}], "links": [{"source": "x", "target": "\\ud800"}]}', "half a char"),
    ],
)
def test_defects_of_json(read, content, message):
    with pytest.raises(InputError, match=message):
        read(content, "a.json")


def test_a_missing_file_gets_a_suggestion(tmp_path, read):
    read("Ann,Bo", "office.csv")
    with pytest.raises(InputError, match=r'there is no file .*ofice.csv" \(did you mean "office.csv"'):
        read_network(tmp_path / "ofice.csv")
    with pytest.raises(InputError, match="there is no file"):
        read_network(tmp_path / "office.csv" / "x.csv")
    with pytest.raises(InputError, match="there is no file"):
        read_network(tmp_path / "nowhere" / "x.csv")


def test_what_is_no_file_is_refused(tmp_path, read):
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(InputError, match=r"folder.csv is a folder"):
        read_network(tmp_path / "folder.csv")
    os.mkfifo(tmp_path / "pipe.csv")
    with pytest.raises(InputError, match="not a file that can be read"):
        read_network(tmp_path / "pipe.csv")
    with pytest.raises(InputError, match="cannot be read"):
        read_network("a\0b.csv")
    with pytest.raises(InputError, match="cannot be read"):
        read_network("x" * 5000 + ".csv")


def test_an_unreadable_file_is_refused(tmp_path, monkeypatch, read):
    read("Ann,Bo", "office.csv")

    def refuse(*_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.open", refuse)
    with pytest.raises(InputError, match=r"office.csv cannot be read: Permission denied"):
        read_network(tmp_path / "office.csv")


def test_other_endings_are_refused(read):
    with pytest.raises(InputError, match=r'the ending ".cvs" \(did you mean ".csv"\?\); networks are read from ".csv"'):
        read("Ann,Bo", "office.cvs")
    with pytest.raises(InputError, match="has no ending"):
        read("Ann,Bo", "office")


def test_large_files_are_refused(tmp_path, read, monkeypatch):
    read("Ann,Bo\n" + "\n" * 5_000_000, "office.csv")
    with pytest.raises(InputError, match=r"office.csv has 5 MB; at most 2 MB are read"):
        read_network(tmp_path / "office.csv", max_bytes=2_000_000)
    assert files.MAX_BYTES == 200_000_000
    for module in ("edge_list", "relationships"):
        monkeypatch.setattr(f"simulation.network.{module}.MAX_PEOPLE", 3)
    assert read("Ann,Bo\nBo,Cy").n_people == relationships.MAX_PEOPLE == 3
    for name, content in {
        "a.csv": "Ann,Bo\nCy,Di",
        "a.gexf": gexf(("1", "2", "/>")).replace("<nodes>", '<nodes><node id="4"/>'),
    }.items():
        with pytest.raises(InputError, match="more than 3 people"):
            read(content, name)
