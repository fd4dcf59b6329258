"""GraphML, GEXF and node-link JSON: read by networkx, after a look at what networkx would let pass."""

from __future__ import annotations

import io
import json
import math
import warnings
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from simulation.errors import InputError, quoted, quoted_list
from simulation.network.graph import SocialGraph, check_name
from simulation.network.relationships import NUMBERS, check_size, graph_of, kind_of, number, pair, roles_of
from simulation.network.xml_survey import survey_xml

if TYPE_CHECKING:
    import networkx

Lines = dict[tuple[str, str], int]
_BOOKKEEPING = ("id", "key", "source", "target")  # of networkx and the formats


def read_graphml(raw: bytes, file: str) -> SocialGraph:
    """Return the network of a GraphML file (UTF-8); see `files.read_network`."""
    return _read_xml(raw, file, "GraphML")


def read_gexf(raw: bytes, file: str) -> SocialGraph:
    """Return the network of a GEXF file (UTF-8); see `files.read_network`."""
    return _read_xml(raw, file, "GEXF")


def _read_xml(raw: bytes, file: str, form: str) -> SocialGraph:
    import networkx

    people, lines = survey_xml(raw, file, form)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # networkx warns of parts it leaves out, such as ports
        try:
            if form == "GraphML":
                graph = networkx.parse_graphml(raw.decode("utf-8-sig"))
            else:
                graph = networkx.read_gexf(io.BytesIO(raw))
        except Exception as error:  # networkx lets any exception of its parser through
            reason = quoted(str(error) or type(error).__name__, 200)[1:-1]
            raise InputError(f"{file} cannot be read as {form}: {reason}") from None
    if form == "GEXF":
        graph.graph.setdefault("edge_default", {})
        if any("weight" in about for _, _, about in graph.edges(data=True)):
            graph.graph["edge_default"].setdefault("weight", 1.0)  # the GEXF primer: weight is 1.0 where not given
    if graph.is_multigraph():
        raise InputError(f"{file} has several ties between the same two people; give each tie once")
    if graph.number_of_nodes() != people or graph.number_of_edges() < len(lines):
        raise InputError(
            f"{file} has people or ties in places where {form} does not have them, or in another namespace"
        )
    return _graph_of(graph, file, form, lines)


def read_node_link(raw: bytes, file: str) -> SocialGraph:
    """Return the network of a node-link JSON file (UTF-8); see `files.read_network`."""
    import networkx

    try:
        data = json.loads(raw.decode("utf-8-sig"))  # NaN and Infinity are refused below, with their place
    except json.JSONDecodeError as error:
        raise InputError(f"{file}, line {error.lineno}: not well-formed JSON ({error.msg})") from None
    except RecursionError:
        raise InputError(f"{file} is nested too deeply to be node-link JSON") from None
    except ValueError as error:
        raise InputError(f"{file} is not well-formed JSON ({str(error)[:100]})") from None
    people, ties, directed = _node_link_parts(data, file)
    graph = networkx.node_link_graph(
        {"directed": directed, "multigraph": False, "nodes": people, "edges": ties}, edges="edges"
    )
    return _graph_of(graph, file, "node-link JSON", {})


def _node_link_parts(data: Any, file: str) -> tuple[list[dict[str, Any]], list[dict[str, Any]], bool]:
    """Return people and ties, with ids as text, after checking all that networkx takes for granted."""
    shape = 'node-link JSON is {"nodes": [{"id": …}], "links": [{"source": …, "target": …}]} ("edges" also does)'
    if not isinstance(data, dict) or not isinstance(data.get("nodes"), list):
        raise InputError(f"{file} has no list of nodes; {shape}")
    given = [key for key in ("links", "edges") if key in data]
    if len(given) != 1 or not isinstance(data[given[0]], list):
        raise InputError(f'{file} needs one list called "links" or "edges"; {shape}')
    directed = data.get("directed", False)
    if not isinstance(directed, bool):
        raise InputError(f"directed = {quoted(directed)} ({file}) is neither true nor false")
    people: list[dict[str, Any]] = []
    known: set[str] = set()
    for place, node in _numbered(data["nodes"], f"{file}, node"):
        about = {**node, "id": _id_of(node, "id", place)}
        if about["id"] in known:
            raise InputError(f"two people have the id {quoted(about['id'])} ({place}); ids have to differ")
        known.add(about["id"])
        people.append(about)
    check_size(len(people), file)
    ties: dict[Any, dict[str, Any]] = {}
    for place, link in _numbered(data[given[0]], f"{file}, {given[0][:-1]}"):
        one, other = (_id_of(link, side, place) for side in ("source", "target"))
        for person in (one, other):
            if person not in known:
                raise InputError(f"the tie of {pair(one, other)} mentions {quoted(person)} ({place}), who is no node")
        if one == other:
            raise InputError(
                f"{quoted(one)} has a tie to themselves ({place}); a relationship joins two different people"
            )
        key = (one, other) if directed else frozenset((one, other))
        if key in ties:
            raise InputError(f"the tie of {pair(one, other)} is given twice ({place}); give each tie once")
        ties[key] = {**link, "source": one, "target": other}
    return people, list(ties.values()), directed


def _numbered(entries: list[Any], what: str) -> Iterator[tuple[str, dict[str, Any]]]:
    for i, entry in enumerate(entries, start=1):
        if not isinstance(entry, dict):
            raise InputError(f"{what} {i} is {quoted(json.dumps(entry))}, not an object in braces")
        yield f"{what} {i}", entry


def _id_of(entry: dict[str, Any], key: str, place: str) -> str:
    value = entry.get(key)
    if isinstance(value, bool) or not isinstance(value, (str, int)) or not str(value).strip():
        shown = quoted(json.dumps(value)) if key in entry else "missing"
        raise InputError(f"{key} is {shown} ({place}); it is the id of a person: text or a whole number")
    return str(value).strip()


def _graph_of(graph: networkx.Graph, file: str, form: str, lines: Lines) -> SocialGraph:
    """Return the social graph of a networkx graph in which no tie is given twice in one direction."""
    names, named_by_label = _names(graph, file)
    index = {node: i for i, node in enumerate(graph)}
    ties = list(graph.edges(data=True))
    default = graph.graph.get("edge_default", {})
    present = dict.fromkeys(column for _, _, about in ties for column in about) | dict.fromkeys(default)
    given = [column for column in present if isinstance(column, str) and column not in _BOOKKEEPING]
    roles = {column: role for column, role in roles_of(given, file).items() if role in (*NUMBERS, "kind")}
    ends: tuple[list[int], list[int]] = [], []
    values: dict[str, list[float]] = {role: [] for role in roles.values() if role in NUMBERS}
    kinds: list[str | None] = []
    for one, other, about in ties:
        ends[0].append(index[one])
        ends[1].append(index[other])
        place = partial(_place, file, lines, (one, other), (names[index[one]], names[index[other]]))
        for column, role in roles.items():
            value = about.get(column, default.get(column))
            if role == "kind":
                kinds.append(kind_of(value, place))
            else:
                values[role].append(number(value, role, place))
    left_out = quoted_list(column for column in given if column not in roles)
    return graph_of(
        names,
        ends[0],
        ends[1],
        {role: np.array(column) for role, column in values.items()},
        kinds if "kind" in roles.values() else None,
        place=lambda tie: _place(file, lines, ties[tie][:2], ()),
        made_from=f"{file} ({form}{'; not read: ' if left_out else ''}{left_out})",
        person=_about_people(graph, names, named_by_label, file),
    )


def _place(file: str, lines: Lines, ids: tuple[str, str], people: tuple[str, ...]) -> str:
    """Return file, line where known, and people, for a message about a tie."""
    line = lines.get(ids, lines.get((ids[1], ids[0])))
    return file + (f", line {line}" if line else "") + (f", {pair(*people)}" if people else "")


def _names(graph: networkx.Graph, file: str) -> tuple[list[str], bool]:
    """Return names, and whether they are labels: where all have one and all differ; otherwise they are the ids."""
    check_size(graph.number_of_nodes(), file)
    labels = [about.get("label") for _, about in graph.nodes(data=True)]
    stripped = {label.strip() for label in labels if isinstance(label, str)}
    by_label = len(stripped) == len(labels) and "" not in stripped
    ids = list(graph)
    names = [
        check_name(name, f"{file}, node {quoted(node)}")
        for name, node in zip(labels if by_label else ids, ids, strict=True)
    ]
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise InputError(f"two people are called {quoted(name)} ({file}); every person needs a name of their own")
        seen.add(name)
    return names, by_label


def _about_people(graph: networkx.Graph, names: list[str], named_by_label: bool, file: str) -> dict[str, list[Any]]:
    """Return the attributes of people that are texts, finite numbers or truth values; None where one is not given."""
    default = graph.graph.get("node_default", {})
    about_each = [about for _, about in graph.nodes(data=True)]
    columns = dict.fromkeys(column for about in about_each for column in about) | dict.fromkeys(default)
    found = {}
    for column in columns:
        values = [about.get(column, default.get(column)) for about in about_each]
        values = [value.item() if isinstance(value, np.generic) else value for value in values]
        for name, value in zip(names, values, strict=True):
            if isinstance(value, float) and not math.isfinite(value):
                raise InputError(f"{quoted(column)} = {value} ({file}, {quoted(name)}) is not a finite number")
        plain = all(value is None or isinstance(value, (str, int, float)) for value in values)
        if plain and isinstance(column, str) and not (column == "label" and named_by_label):
            found[column] = values
    return found
