"""Pajek's networks."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from kznet.loaders._formats import Verdict, loader
from kznet.loaders._graph import ID, Attributes, Graph, part_of
from kznet.loaders._options import Options
from kznet.loaders._part import Part, counted
from kznet.loaders._serial import by_label
from kznet.loaders._source import Source
from kznet.loaders._whole import whole_text

_BEGIN: Final = re.compile(r"(?i)\A(?:\s++|%[^\n]*+\n|\*network[^\n]*+\n)*+\*vertices\b")
_SECTION: Final = re.compile(r'\*(\w+)[^"]*(?:"([^"]*)")?')
_WORD: Final = re.compile(r'"[^"]*"|\S+')
_NUMBER: Final = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?")
_TIES: Final = {
    "arcs": "directed",
    "arcslist": "directed",
    "edges": "undirected",
    "edgeslist": "undirected",
}


class _Line(NamedTuple):
    """Words of a line, its section, and what the section's relation is called."""

    section: str
    relation: str | None
    words: Sequence[str]


def _recognises(source: Source) -> Verdict:
    if _BEGIN.match(source.text):
        return Verdict(fits=True, why="section *Vertices")
    return Verdict(fits=False, why="no section *Vertices")


@loader(recognises=_recognises)
def pajek(source: Source, options: Options) -> Part:
    """Pajek network (.net): vertices with their labels, arcs and edges with their weights.

    How to get it
    -------------
    Pajek saves it; networkx (write_pajek), igraph, Gephi and NodeXL do, too.

    What is read
    ------------
    *Arcs and *Arcslist as directed ties, *Edges and *Edgeslist as ties both ways, with weights.
    The id of a vertex is its label; its number, where labels are missing or repeat. The name of
    a relation is the kind of its ties, where every name is that of a kind.

    What is missing
    ---------------
    Without such names, weights make a tie a repost, else a follow. Coordinates, shapes and
    time intervals are left out. *Matrix, partitions and vectors are not read, and counted.
    """
    text, assumed = whole_text(source)
    nodes: list[Attributes] = []
    edges: list[Attributes] = []
    unread: Counter[str] = Counter()
    for line in _lines(text):
        if line.section == "vertices":
            nodes.append(_vertex(line.words))
        elif line.section in _TIES:
            edges += _ties(line)
        else:
            unread[line.section] += 1
    notes = counted((f"lines of *{name} are not read", n) for name, n in unread.items())
    return part_of(by_label(Graph(nodes, edges, (*assumed, *notes))), options)


def _lines(text: str) -> Iterator[_Line]:
    """Yield the lines that say something, comments apart."""
    section, relation = "", None
    for line in text.splitlines():
        plain = line.strip()
        begins = _SECTION.match(plain)
        if begins:
            section, relation = begins[1].lower(), begins[2] or None
        elif plain and not plain.startswith("%"):
            yield _Line(section, relation, _WORD.findall(plain))


def _vertex(words: Sequence[str]) -> Attributes:
    label = words[1].strip('"') if len(words) > 1 else None
    return {ID: words[0] if words[0].isdecimal() else None, "label": label}


def _ties(line: _Line) -> Iterator[Attributes]:
    """Yield the ties of one line: a list leads from its first vertex to each of the others."""
    source, *found = line.words
    others: list[str | None] = [*found]
    weight = None
    if not line.section.endswith("list"):
        weighted = len(found) > 1 and _NUMBER.fullmatch(found[1])
        weight = found[1] if weighted else None
        others = others[:1]
    for target in others or [None]:
        yield {
            "source": source,
            "target": target,
            "weight": weight,
            "label": line.relation,
            "directed": _TIES[line.section],
        }
