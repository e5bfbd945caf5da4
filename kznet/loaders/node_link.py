"""Graphs in JSON: the node-link form of networkx and d3, and those of graphology and Gephi."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from kznet.loaders._formats import Verdict, loader
from kznet.loaders._graph import ID, Graph, part_of
from kznet.loaders._json import mapping, text, verbatim
from kznet.loaders._options import Options
from kznet.loaders._part import Part
from kznet.loaders._source import Source

_SOME: Final = 8
_LISTS: Final = ("edges", "links")
_IDS: Final = ("id", "key", "name")
_ENDS: Final = ("source", "target")
_FLAGS: Final = frozenset(["directed", "multigraph"])
_DRAWN: Final = frozenset(["arrow", "line", "curve", "curvedarrow", "tapered", "dashed", "dotted"])
_DIRECTION_UNKNOWN: Final = "not said whether ties are directed: read as if they were"


def _recognises(source: Source) -> Verdict:
    if source.record is None:
        return Verdict(fits=False, why="not JSON")
    name = _edges_of(mapping(source.record))
    if name is None:
        return Verdict(fits=False, why="no list of nodes with one of edges or links")
    return Verdict(fits=True, why=f"lists nodes, {name}")


def _edges_of(document: Mapping[str, Any]) -> str | None:
    """Under which key the edges are; nothing where the document is no graph.

    Of a large document the beginning alone is known, which the two flags of networkx mark.
    """
    nodes = document.get("nodes")
    if not isinstance(nodes, list) or not all(isinstance(node, dict) for node in nodes[:_SOME]):
        return None
    for name in _LISTS:
        edges = document.get(name)
        if isinstance(edges, list) and all(_is_edge(edge) for edge in edges[:_SOME]):
            return name
    return "directed, multigraph" if document.keys() >= _FLAGS else None


def _is_edge(edge: object) -> bool:
    return {"source", "target"} <= mapping(edge).keys()


@loader(recognises=_recognises)
def node_link(source: Source, options: Options) -> Part:
    """Graph in JSON with lists of nodes and edges (or links): attributes, kinds and weights.

    How to get it
    -------------
    networkx (node_link_data, with the key "edges" or the older "links"), d3, Gephi's and
    graphology's JSON export; kznet export --to json.

    What is read
    ------------
    Nodes with label, platform, role and followers; ties of the kind that an edge names, with
    weight and time. Ids are those of the nodes; ends that only count the nodes are looked up.

    What is missing
    ---------------
    Without a kind, weights or times make an edge a repost, else a follow. A file that does not
    say whether it is directed is read as if it were. Values that are lists are left out.
    Gephi's and graphology's forms were not checked against a live export.
    """
    nodes: list[Mapping[str, Any]] = []
    edges: list[Mapping[str, Any]] = []
    documents = set[int]()
    for element in source.elements("nodes", *_LISTS):
        documents.add(element.line)
        (nodes if element.path == "nodes" else edges).append(mapping(element.value))
    directed = _is_directed(mapping(source.record))
    graph = _graph(nodes, edges, directed=directed is not False)
    said = () if directed is not None else (_DIRECTION_UNKNOWN,)
    graph = replace(graph, warnings=said)
    return part_of(graph if len(documents) > 1 else _by_place(graph), options)


def _graph(
    nodes: Sequence[Mapping[str, Any]], edges: Sequence[Mapping[str, Any]], *, directed: bool
) -> Graph:
    return Graph(
        [{**_attributes(node), ID: _id(node)} for node in nodes],
        [
            {
                **_attributes(edge),
                "source": _end(edge.get("source")),
                "target": _end(edge.get("target")),
                "directed": _direction(edge, default=directed),
            }
            for edge in edges
        ],
    )


def _by_place(graph: Graph) -> Graph:
    """Give each end the id of its node, where ends are places in the list of nodes."""
    ids = [node[ID] for node in graph.nodes]
    ends = {at for edge in graph.edges for at in (edge[end] for end in _ENDS) if at is not None}
    if not ends or ends & set(ids) or not all(_is_place(end, len(ids)) for end in ends):
        return graph
    known = {end: ids[int(end)] for end in ends}
    edges = [{**edge, **{end: known.get(edge[end] or "") for end in _ENDS}} for edge in graph.edges]
    said = "ends of edges are places in the list of nodes"
    return Graph(graph.nodes, edges, (*graph.warnings, said))


def _id(value: Mapping[str, Any]) -> str | None:
    return next(filter(None, (text(value.get(name)) for name in _IDS)), None)


def _end(value: object) -> str | None:
    """Id of the node at one end; d3 puts the node itself there."""
    return _id(value) if isinstance(value, dict) else text(value)


def _is_place(end: str, count: int) -> bool:
    return end.isdecimal() and len(end) < 16 and int(end) < count


def _is_directed(document: Mapping[str, Any]) -> bool | None:
    """Whether the graph says that it is directed; None where it says nothing."""
    said = document.get("directed")
    kind = mapping(document.get("options")).get("type")
    if kind in ("directed", "undirected", "mixed"):
        return bool(kind != "undirected")
    return said if isinstance(said, bool) else None


def _direction(edge: Mapping[str, Any], *, default: bool) -> str:
    said = edge.get("undirected")
    directed = not said if isinstance(said, bool) else default
    return "directed" if directed else "undirected"


def _attributes(value: Mapping[str, Any]) -> dict[str, str | None]:
    """Plain values as text, those that stand apart under "attributes" among them."""
    found = {**mapping(value.get("attributes")), **value}
    plain = {verbatim(name): _cell(each) for name, each in found.items()}
    drawn = (plain.get("type") or "").lower() in _DRAWN
    return {name: each for name, each in plain.items() if not (drawn and name == "type")}


def _cell(value: object) -> str | None:
    if isinstance(value, bool):
        return str(value).lower()
    return text(value) or (repr(value) if isinstance(value, float) else None)
