"""GraphML, as networkx, Gephi and igraph write it."""

import re
from collections.abc import Mapping, Sequence
from typing import Final
from xml.etree.ElementTree import Element  # the type only; defusedxml parses

from kznet.loaders._formats import Verdict, loader
from kznet.loaders._graph import ID, Attributes, Graph, local, part_of, xml_tree
from kznet.loaders._options import Options
from kznet.loaders._part import Part, counted
from kznet.loaders._source import Source

_SERIAL: Final = re.compile(r"n\d+")


def _recognises(source: Source) -> Verdict:
    if source.root == "graphml":
        return Verdict(fits=True, why="root element graphml")
    return Verdict(fits=False, why=f"root element {source.root}" if source.root else "not XML")


@loader(recognises=_recognises)
def graphml(source: Source, options: Options) -> Part:
    """GraphML graph: nodes with label, platform, role, followers; edges with kind and weight.

    How to get it
    -------------
    Gephi, networkx, igraph, Cytoscape, NodeXL: export as GraphML.

    What is read
    ------------
    Nodes as accounts with their attributes, edges as ties with kind, weight and time where such
    attributes exist; undirected edges run both ways.

    What is missing
    ---------------
    Hyperedges and ports are not read. Files that declare a document type or entities are
    refused.
    """
    root = xml_tree(source)
    keys = _of_name(root, "key")
    names = {key.get("id", ""): key.get("attr.name", key.get("id", "")) for key in keys}
    of_node, of_edge = _defaults(keys, "node", names), _defaults(keys, "edge", names)
    nodes = [
        {**of_node, **_data(node, names), ID: node.get("id")} for node in _of_name(root, "node")
    ]
    edges = [
        {**of_edge, **_data(edge, names), **_ends(edge, graph.get("edgedefault", "directed"))}
        for graph in _of_name(root, "graph")
        for edge in graph
        if local(edge) == "edge"
    ]
    hyperedges = counted([("hyperedges are not read", len(_of_name(root, "hyperedge")))])
    return part_of(_by_name(Graph(nodes, edges, hyperedges)), options)


def _of_name(root: Element, name: str) -> list[Element]:
    return [element for element in root.iter() if local(element) == name]


def _data(element: Element, names: Mapping[str, str]) -> Attributes:
    return {
        names.get(child.get("key", ""), ""): child.text
        for child in element
        if local(child) == "data"
    }


def _defaults(keys: Sequence[Element], owner: str, names: Mapping[str, str]) -> Attributes:
    return {
        names[key.get("id", "")]: child.text
        for key in keys
        if key.get("for", "all") in (owner, "all")
        for child in key
        if local(child) == "default"
    }


def _ends(edge: Element, default: str) -> Attributes:
    undirected = edge.get("directed", "false" if default == "undirected" else "true") == "false"
    return {
        "source": edge.get("source"),
        "target": edge.get("target"),
        "directed": "undirected" if undirected else "directed",
    }


def _by_name(graph: Graph) -> Graph:
    """Replace igraph's serial ids (n0, n1, …), which mean nothing outside one file, by names."""
    names = {str(node[ID]): node.get("name") or "" for node in graph.nodes}
    serial = all(_SERIAL.fullmatch(identifier) for identifier in names)
    if not (names and serial and all(names.values()) and len(set(names.values())) == len(names)):
        return graph
    nodes = [{**node, ID: node["name"]} for node in graph.nodes]
    edges = [
        {**edge, **{end: names.get(str(edge[end]), edge[end]) for end in ("source", "target")}}
        for edge in graph.edges
    ]
    said = "node ids taken from the attribute name"
    return Graph(nodes, edges, (*graph.warnings, said))
