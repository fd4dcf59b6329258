"""A first look through a GraphML or GEXF file, before networkx reads it.

networkx reads both formats, but overwrites a tie or person that is given twice, invents people whom only a tie
mentions, does not know lines, and hands the file to an XML parser that expands entities. This look refuses all
that, and says on which line.
"""

from __future__ import annotations

from typing import Any
from xml.parsers import expat

from simulation.errors import InputError, quoted
from simulation.network.relationships import NUMBERS, number, pair, role_of

_OUTERMOST = {"GraphML": "graphml", "GEXF": "gexf"}


def survey_xml(raw: bytes, file: str, form: str) -> tuple[int, dict[tuple[str, str], int]]:
    """Check the structure of a GraphML or GEXF file.

    Args:
        raw: The file, UTF-8.
        file: What messages call it.
        form: "GraphML" or "GEXF".

    Returns:
        How many people there are, and the line of each tie by the ids of the people it goes from and to.

    Raises:
        InputError: Broken XML, a document type or entities, another encoding, several or nested graphs, ties
            between more than two people, people without an id or with the same, ties of undeclared people, the
            same tie twice, unusable numbers of relationships.
    """
    survey = _Survey(file, form)
    try:
        survey.parser.Parse(raw, True)
    except expat.ExpatError as error:
        reason = expat.ErrorString(error.code)
        raise InputError(f"{file}, line {error.lineno}: not well-formed XML ({reason})") from None
    survey.finish()
    return len(survey.people), survey.ties


class _Survey:
    """What has been seen so far, and what each element means."""

    def __init__(self, file: str, form: str) -> None:
        self.file, self.form = file, form
        self.open: list[str] = []  # names of the elements around this place
        self.people: dict[str, int] = {}
        self.ties: dict[tuple[str, str], int] = {}
        self.columns: dict[str | None, str] = {}  # attributes of ties that are numbers we read, by their id
        self.directed = False
        self.attributes_of: str | None = None
        self.tie = ("", "")
        self.column: str | None = None
        self.text: list[str] = []
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.XmlDeclHandler = self.declaration
        self.parser.StartDoctypeDeclHandler = self.doctype
        self.parser.StartElementHandler = self.start
        self.parser.CharacterDataHandler = self.characters
        self.parser.EndElementHandler = self.end

    def refuse(self, why: str) -> InputError:
        return InputError(f"{self.place()}: {why}")

    def place(self) -> str:
        return f"{self.file}, line {self.parser.CurrentLineNumber}"

    def declaration(self, version: str, encoding: str | None, standalone: int) -> None:
        if encoding is not None and encoding.casefold() not in ("utf-8", "us-ascii", "ascii"):
            raise self.refuse(f"the encoding {quoted(encoding)} is not read; save the file as UTF-8")

    def doctype(self, *_: Any) -> None:
        raise self.refuse("a document type (<!DOCTYPE …>) is not accepted, as it can make a small file expand")

    def start(self, tag: str, about: dict[str, str]) -> None:
        element = tag.rpartition(" ")[2]
        if not self.open and element != _OUTERMOST[self.form]:
            raise self.refuse(f"not {self.form}: the outermost element is <{element[:40]}>, not {self.form.lower()}")
        handler = getattr(self, f"start_{element}", None) if element in _READ else None
        if handler is not None:
            handler(about)
        self.open.append(element)

    def start_graph(self, about: dict[str, str]) -> None:
        if "graph" in self.open or self.people or self.ties:
            raise self.refuse("a second or nested <graph>; a file holds one network")
        self.directed = about.get("edgedefault", about.get("defaultedgetype")) == "directed"

    def start_hyperedge(self, about: dict[str, str]) -> None:
        raise self.refuse("a <hyperedge> joins more than two people; give each pair as an <edge>")

    def start_node(self, about: dict[str, str]) -> None:
        if "node" in self.open:
            raise self.refuse("a <node> within a <node>; people are listed side by side")
        if not about.get("id", "").strip():
            raise self.refuse('a <node> without an id; every person needs one, as in <node id="Ann"/>')
        if about["id"] in self.people:
            raise self.refuse(f"two people have the id {quoted(about['id'])}; every person needs an id of their own")
        self.people[about["id"]] = self.parser.CurrentLineNumber

    def start_edge(self, about: dict[str, str]) -> None:
        if "source" not in about or "target" not in about:
            raise self.refuse("an <edge> needs a source and a target: the ids of two people")
        self.tie = one, other = about["source"], about["target"]
        if one == other:
            raise self.refuse(f"{quoted(one)} has a tie to themselves; a relationship joins two different people")
        earlier = self.ties.get((one, other))
        if earlier is None and not self.directed:
            earlier = self.ties.get((other, one))
        if earlier is not None:
            raise self.refuse(
                f"the tie of {pair(one, other)} is given twice (first on line {earlier}); give each tie once"
            )
        self.ties[one, other] = self.parser.CurrentLineNumber
        if self.form == "GEXF" and "weight" in about:
            number(about["weight"], "weight", self.place_of_tie)

    def start_key(self, about: dict[str, str]) -> None:
        if about.get("for", "all") in ("edge", "all"):
            self.declare(about.get("id"), about.get("attr.name"))

    def start_attributes(self, about: dict[str, str]) -> None:
        self.attributes_of = about.get("class")

    def start_attribute(self, about: dict[str, str]) -> None:
        if self.attributes_of == "edge":
            self.declare(about.get("id"), about.get("title"))

    def declare(self, key: str | None, column: str | None) -> None:
        role = role_of(column, self.place()) if column else None
        if role in NUMBERS:
            self.columns[key] = role

    def start_attvalue(self, about: dict[str, str]) -> None:
        column = self.columns.get(about.get("for", about.get("id")))
        if column is not None and "edge" in self.open:
            number(about.get("value"), column, self.place_of_tie)

    def start_data(self, about: dict[str, str]) -> None:
        if self.open[-1:] == ["edge"]:
            self.column = self.columns.get(about.get("key"))
            self.text = []

    def characters(self, text: str) -> None:
        if self.column is not None:
            self.text.append(text)

    def end(self, tag: str) -> None:
        if self.open.pop() == "data" and self.column is not None:
            number("".join(self.text), self.column, self.place_of_tie)
            self.column = None

    def place_of_tie(self) -> str:
        return f"{self.place()}, {pair(*self.tie)}"

    def finish(self) -> None:
        """Check what can only be known at the end: ties may come before people."""
        for (one, other), line in self.ties.items():
            for person in (one, other):
                if person not in self.people:
                    tie = f"{self.file}, line {line}: the tie of {pair(one, other)}"
                    raise InputError(f"{tie} mentions {quoted(person)}, who is not among the people")


_READ = frozenset(name.removeprefix("start_") for name in vars(_Survey) if name.startswith("start_"))
