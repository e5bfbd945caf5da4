"""Nodes and edges of a graph file, once its own loader has taken them out of their syntax."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final
from xml.etree.ElementTree import Element, ParseError  # types only; defusedxml parses

import defusedxml
import numpy as np
import pandas as pd
from defusedxml.ElementTree import fromstring

from kznet.errors import DataError
from kznet.loaders._accounts import ACCOUNT_COLUMNS, accounts_of
from kznet.loaders._columns import cells, columns_of
from kznet.loaders._ids import is_namespaced
from kznet.loaders._options import Options
from kznet.loaders._part import Part, Warned, nothing_aside, stacked
from kznet.loaders._source import Source
from kznet.loaders._table import Table
from kznet.loaders._ties import TIE_COLUMNS, ties_of

Attributes = Mapping[str, str | None]
ID: Final = "account"


@dataclass(frozen=True, eq=False)
class Graph:
    """Attributes as the file spells them: nodes have `account`; edges `source` and `target`."""

    nodes: Sequence[Attributes]
    edges: Sequence[Attributes]
    warnings: tuple[Warned, ...] = ()


def xml_tree(source: Source) -> Element:
    """Root element of an XML file.

    Raises
    ------
    DataError
        It is broken, or declares a document type or entities.
    """
    try:
        root: Element = fromstring(source.content, forbid_dtd=True)
    except defusedxml.DefusedXmlException as error:
        raise DataError(f"{source.name}: refused: the XML declares a document type") from error
    except (ParseError, ValueError, LookupError) as error:
        raise DataError(f"{source.name}: broken XML: {error}") from error
    return root


def local(element: Element) -> str:
    """Name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def part_of(graph: Graph, options: Options) -> Part:
    """Accounts and ties of a graph; ids go under the platform that their node names."""
    nodes, edges = _frame(graph.nodes, [ID]), _frame(graph.edges, ["source", "target"])
    columns = {**columns_of(nodes.columns, ACCOUNT_COLUMNS), "account": ID}
    full = _full_ids(nodes, columns.get("platform"))
    known = dict(zip(nodes[ID], full, strict=True))
    for end in ("source", "target"):
        edges[end] = edges[end].map(known).astype("str").fillna(edges[end])
    accounts = accounts_of(_rows(nodes.assign(**{ID: full})), columns, options, place="node")
    found = {**columns_of(edges.columns, TIE_COLUMNS), "source": "source", "target": "target"}
    ties = ties_of(_rows(edges), found, options, place="edge")
    return replace(
        ties,
        rows=accounts.rows + ties.rows,
        used=accounts.used + ties.used,
        accounts=accounts.accounts,
        aside=stacked([accounts.aside, ties.aside], ties.aside),
        warnings=graph.warnings + accounts.warnings + ties.warnings,
    )


def _full_ids(nodes: pd.DataFrame, platform: str | None) -> pd.Series:
    if platform is None:
        return nodes[ID]
    prefix = cells(nodes[platform]).str.lower()
    bare = prefix.notna() & nodes[ID].notna() & ~is_namespaced(nodes[ID])
    return nodes[ID].mask(bare, prefix + ":" + nodes[ID])


def _frame(records: Sequence[Attributes], columns: Sequence[str]) -> pd.DataFrame:
    frame = pd.DataFrame.from_records(list(records))
    missing = [name for name in columns if name not in frame.columns]
    return frame.assign(**dict.fromkeys(missing)).astype("str")


def _rows(frame: pd.DataFrame) -> Table:
    return Table(frame, np.arange(len(frame)) + 1, nothing_aside())
