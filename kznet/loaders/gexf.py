"""GEXF, as Gephi and networkx write it."""

from collections.abc import Mapping
from typing import Final
from xml.etree.ElementTree import Element  # the type only; defusedxml parses

from kznet.loaders._formats import Verdict, loader
from kznet.loaders._graph import ID, Attributes, Graph, local, part_of, xml_tree
from kznet.loaders._options import Options
from kznet.loaders._part import Part, counted
from kznet.loaders._source import Source

_OF_EDGE: Final = ("kind", "label", "weight")


def _recognises(source: Source) -> Verdict:
    if source.root == "gexf":
        return Verdict(fits=True, why="root element gexf")
    return Verdict(fits=False, why=f"root element {source.root}" if source.root else "not XML")


@loader(recognises=_recognises)
def gexf(source: Source, options: Options) -> Part:
    """GEXF graph: nodes with label, platform, role, followers; edges with kind and weight."""
    elements = list(xml_tree(source).iter())
    titles = {owner: _titles(elements, owner) for owner in ("node", "edge")}
    default = next(
        (each.get("defaultedgetype", "undirected") for each in elements if local(each) == "graph"),
        "undirected",
    )
    nodes = [
        {"label": node.get("label"), **_values(node, titles["node"]), ID: node.get("id")}
        for node in elements
        if local(node) == "node"
    ]
    found = [element for element in elements if local(element) == "edge"]
    edges = [
        {
            **{name: edge.get(name) for name in _OF_EDGE if edge.get(name) is not None},
            **_values(edge, titles["edge"]),
            "source": edge.get("source"),
            "target": edge.get("target"),
            "directed": edge.get("type", default),
        }
        for edge in found
    ]
    dynamic = sum(edge.get("start") is not None or _has_spells(edge) for edge in found)
    warnings = counted([("edges in time: their intervals are not read", dynamic)])
    return part_of(Graph(nodes, edges, warnings), options)


def _titles(elements: list[Element], owner: str) -> dict[str, tuple[str, str | None]]:
    """Title and default of each attribute of nodes or edges, by its id in the file."""
    found: dict[str, tuple[str, str | None]] = {}
    for group in elements:
        if local(group) == "attributes" and group.get("class") == owner:
            for attribute in group:
                default = [child.text for child in attribute if local(child) == "default"]
                title = attribute.get("title", attribute.get("id", ""))
                found[attribute.get("id", "")] = title, default[0] if default else None
    return found


def _values(element: Element, titles: Mapping[str, tuple[str, str | None]]) -> Attributes:
    values = {title: default for title, default in titles.values() if default is not None}
    for group in element:
        if local(group) == "attvalues":
            for value in group:
                key = value.get("for", value.get("id", ""))
                values[titles.get(key, (key, None))[0]] = value.get("value", "")
    return values


def _has_spells(edge: Element) -> bool:
    return any(local(child) == "spells" for child in edge)
