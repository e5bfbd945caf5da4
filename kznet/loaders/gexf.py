"""GEXF, as Gephi and networkx write it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final
from xml.etree.ElementTree import Element  # the type only; defusedxml parses
from zoneinfo import available_timezones

from kznet.loaders._columns import columns_of
from kznet.loaders._formats import Verdict, loader
from kznet.loaders._graph import ID, Attributes, Graph, local, part_of, xml_tree
from kznet.loaders._options import Options
from kznet.loaders._part import Part, Warned, counted
from kznet.loaders._source import Source
from kznet.loaders._ties import TIE_COLUMNS

_OF_EDGE: Final = ("kind", "label", "weight")
_STARTS: Final = ("start", "startopen", "timestamp")
_DATE: Final = re.compile(r"\s*[0-9]{4}-[0-9]{2}-[0-9]{2}")

_Titles = Mapping[str, tuple[str, str | None]]


def _recognises(source: Source) -> Verdict:
    if source.root == "gexf":
        return Verdict(fits=True, why="root element gexf")
    return Verdict(fits=False, why=f"root element {source.root}" if source.root else "not XML")


@loader(recognises=_recognises)
def gexf(source: Source, options: Options) -> Part:
    """GEXF graph (.gexf): nodes with label, platform, role, followers; edges with kind and weight.

    How to get it
    -------------
    Gephi (File, Export, Graph file), networkx (write_gexf), Sigma and rgexf save it.

    What is read
    ------------
    Ties of the kind that an edge's attribute or label names, with weight. The time of a tie is
    an attribute called time, or the start of the edge (of its first spell) where that is a date.

    What is missing
    ---------------
    Without a kind, weights or times make an edge a repost, else a follow. Ends of intervals are
    left out; further spells, and times that are bare numbers, are left out and counted. Dates
    without a zone are in that of the graph, else of --tz. A document type is refused.
    """
    elements = list(xml_tree(source).iter())
    whole = next((each for each in elements if local(each) == "graph"), Element("graph"))
    of_node, of_edge = (_titles(elements, owner) for owner in ("node", "edge"))
    nodes = [
        {"label": node.get("label"), **_values(node, of_node), ID: node.get("id")}
        for node in elements
        if local(node) == "node"
    ]
    found = [element for element in elements if local(element) == "edge"]
    starts, warnings = _times(found, of_edge)
    edges = [
        {
            **{name: edge.get(name) for name in _OF_EDGE if edge.get(name) is not None},
            **({"time": start} if start else {}),
            **_values(edge, of_edge),
            "source": edge.get("source"),
            "target": edge.get("target"),
            "directed": edge.get("type", whole.get("defaultedgetype", "undirected")),
        }
        for edge, start in zip(found, starts, strict=True)
    ]
    return part_of(Graph(nodes, edges, warnings), _in_zone(options, whole.get("timezone")))


def _titles(elements: Sequence[Element], owner: str) -> _Titles:
    """Title and default of each attribute of nodes or edges, by its id in the file."""
    found: dict[str, tuple[str, str | None]] = {}
    for group in elements:
        if local(group) == "attributes" and group.get("class") == owner:
            for attribute in group:
                default = [child.text for child in attribute if local(child) == "default"]
                title = attribute.get("title", attribute.get("id", ""))
                found[attribute.get("id", "")] = title, default[0] if default else None
    return found


def _values(element: Element, titles: _Titles) -> Attributes:
    values = {title: default for title, default in titles.values() if default is not None}
    for group in element:
        if local(group) == "attvalues":
            for value in group:
                key = value.get("for", value.get("id", ""))
                values[titles.get(key, (key, None))[0]] = value.get("value", "")
    return values


def _times(
    edges: Sequence[Element], titles: _Titles
) -> tuple[list[str | None], tuple[Warned, ...]]:
    """When each edge begins, as far as that is a date and no attribute says it; and what is left.

    Times that are bare numbers may count anything.
    """
    spells = [[edge, *_spells(edge)] for edge in edges]
    begins = [next(filter(None, map(_start, each)), None) for each in spells]
    says = "time" in columns_of((title for title, _ in titles.values()), TIE_COLUMNS)
    starts = [None if says or not _DATE.match(start or "") else start for start in begins]
    numbers = sum(bool(begin) and not start for begin, start in zip(begins, starts, strict=True))
    notes = [
        ("edges in time: their intervals are not read", numbers),
        ("edges in time: only the first spell is read", sum(len(each) > 2 for each in spells)),
    ]
    return starts, counted(notes)


def _spells(edge: Element) -> list[Element]:
    return [spell for group in edge if local(group) == "spells" for spell in group]


def _start(element: Element) -> str | None:
    return next((element.get(name) for name in _STARTS if element.get(name)), None)


def _in_zone(options: Options, zone: str | None) -> Options:
    """Options with the zone that the graph names for its times."""
    known = zone is not None and zone in available_timezones()
    return replace(options, tz=zone) if known and zone is not None else options
