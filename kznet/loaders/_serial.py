"""Nodes that a file numbers for itself, under the labels that mean something outside it."""

import re
from collections.abc import Collection, Mapping
from typing import Final

from kznet.loaders._graph import ID, Attributes, Graph

_NUMBER: Final = re.compile(r"[0-9]{1,15}")
_LABELS: Final = ("label", "name")


def by_label(graph: Graph) -> Graph:
    """Replace serial numbers by labels or names, where every numbered node has one of its own.

    Numbers are serial as long as they are about as many as the nodes: ids of a platform are
    far larger. Where no labels serve, the numbers stay and are warned of.
    """
    if not _is_serial({node[ID] or "" for node in graph.nodes if node[ID]}):
        return graph
    for attribute in _LABELS:
        labels = {node[ID] or "": _stripped(node.get(attribute)) for node in graph.nodes}
        labels.pop("", None)
        if all(labels.values()) and len(set(labels.values())) == len(labels):
            nodes = [_labelled(node, labels, attribute) for node in graph.nodes]
            edges = [_between(edge, labels) for edge in graph.edges]
            said = f"node ids taken from the attribute {attribute}"
            return Graph(nodes, edges, (*graph.warnings, said))
    said = "nodes are known by their serial numbers alone, which other files do not share"
    return Graph(graph.nodes, graph.edges, (*graph.warnings, said))


def _stripped(label: str | None) -> str:
    return (label or "").strip()


def _is_serial(numbers: Collection[str]) -> bool:
    whole = all(_NUMBER.fullmatch(number) for number in numbers)
    return bool(numbers) and whole and max(map(int, numbers)) <= 2 * len(numbers)


def _labelled(node: Attributes, labels: Mapping[str, str], attribute: str) -> Attributes:
    kept = {name: value for name, value in node.items() if name != attribute}
    return {**kept, ID: labels.get(node[ID] or "")}


def _between(edge: Attributes, known: Mapping[str, str]) -> Attributes:
    ends = {end: edge.get(end) for end in ("source", "target")}
    return {**edge, **{end: known.get(at or "", at) for end, at in ends.items()}}
