"""GML, as networkx, igraph, Gephi and yEd write it.

Its own few rules are read here: networkx's parser refuses a whole file for one edge that repeats
another or leads to a node that is not listed, and runs out of stack on brackets within brackets.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from kznet.errors import DataError
from kznet.loaders._formats import Verdict, loader
from kznet.loaders._graph import ID, Attributes, Graph, part_of
from kznet.loaders._options import Options
from kznet.loaders._part import Part
from kznet.loaders._serial import by_label
from kznet.loaders._source import Source
from kznet.loaders._whole import whole_text

_BEGIN: Final = re.compile(
    r'\A(?:\s++|\#[^\n]*+\n|(?!graph\b)[A-Za-z]\w*+[ \t]++(?:"[^"]*+"|[^\s"\[\]{}=;]++)\s*+)*+'
    r"graph\s*+\[(?:\s++|\#[^\n]*+\n)*+(?:\]|[A-Za-z_][\w.-]*+(?=[\s\[\"])(?!\s*+=))",
    re.IGNORECASE,
)
_TOKEN: Final = re.compile(
    r'(?m:^[ \t]*\#.*$)|(?P<text>"[^"]*")|(?P<open>\[)|(?P<close>\])'
    r'|(?P<word>[^\s"\[\]]+)|(?P<odd>")'
)
_KEY: Final = re.compile(r"[A-Za-z_][\w.-]*")
_READ: Final = frozenset(["graph", "node", "edge"])


@dataclass(frozen=True)
class _Block:
    """What stands between two brackets: plain values, and the blocks inside that are read."""

    key: str
    at: int
    values: dict[str, str] = field(default_factory=dict)
    blocks: list["_Block"] = field(default_factory=list)

    def of(self, key: str) -> Iterator["_Block"]:
        """Yield the blocks inside of this name."""
        return (block for block in self.blocks if block.key == key)


def _recognises(source: Source) -> Verdict:
    if _BEGIN.match(source.text):
        return Verdict(fits=True, why="a graph in square brackets")
    return Verdict(fits=False, why="no graph in square brackets")


@loader(recognises=_recognises)
def gml(source: Source, options: Options) -> Part:
    """GML graph (.gml): nodes with label, platform, role, followers; edges with kind and weight.

    How to get it
    -------------
    networkx (write_gml), igraph, Gephi and yEd save it; many published networks come in it.

    What is read
    ------------
    Ties of the kind that an edge's kind, type or label names, with weight and time. The id of a
    node is its id; where ids only number the nodes and every label (or name) is another, that.
    Several edges between two nodes need not be announced.

    What is missing
    ---------------
    Without a kind, weights or times make an edge a repost, else a follow. A graph that does not
    say "directed 1" is undirected, and each edge gives two ties. Drawing attributes are left out.
    """
    text, assumed = whole_text(source)
    graphs = list(_parsed(source.name, text).of("graph"))
    nodes: list[Attributes] = [
        {**node.values, ID: node.values.get("id")} for graph in graphs for node in graph.of("node")
    ]
    edges: list[Attributes] = [
        {**edge.values, "directed": _direction(graph)}
        for graph in graphs
        for edge in graph.of("edge")
    ]
    return part_of(by_label(Graph(nodes, edges, assumed)), options)


def _direction(graph: _Block) -> str:
    return "directed" if graph.values.get("directed", "0") == "1" else "undirected"


def _parsed(name: str, text: str) -> _Block:
    """Whole file as one block.

    Raises
    ------
    DataError
        Its brackets, quotation marks or pairs of key and value do not match; names the line.
    """
    opened = [_Block("", 0)]
    key = ""
    for token in _TOKEN.finditer(text):
        inside = opened[-1]
        match token.lastgroup:
            case "word" if not key and _KEY.fullmatch(token[0]):
                key = token[0].lower()
            case "open" if key:
                block = _Block(key, token.start())
                if key in _READ:
                    inside.blocks.append(block)
                opened.append(block)
                key = ""
            case "close" if not key and len(opened) > 1:
                opened.pop()
            case "text" | "word" if key:
                inside.values[key] = html.unescape(token[0].strip('"'))
                key = ""
            case None:
                continue
            case _:
                raise DataError(_broken(name, text, token.start(), f"found {token[0][:20]!r}"))
    if len(opened) > 1:
        raise DataError(_broken(name, text, opened[-1].at, "a bracket that is never closed"))
    return opened[0]


def _broken(name: str, text: str, at: int, why: str) -> str:
    line = text.count("\n", 0, at) + 1
    return f"{name}: broken GML: line {line}: {why}"
