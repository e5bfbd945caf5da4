"""What `kznet export` writes: graph files and tables for other tools, one function a format."""

import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pandas as pd

from kznet.analysis import Analysis
from kznet.registry import Registry
from kznet.report.core import core
from kznet.report.graphs import as_records, edges, nodes, write_gexf, write_graphml
from kznet.tabular import neutral, write_csv

Writer = Callable[[Analysis, Path], list[Path]]
EXPORTS: Final[Registry[Writer]] = Registry("export format")
_CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_MOST_ROWS: Final = 1_048_575
_LONGEST_CELL: Final = 32_767
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
_NOW: Final = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_NEVER: Final = b"1980-01-01T00:00:00Z"


def graph_files(analysis: Analysis, folder: Path) -> list[Path]:
    """Write ``graphs/network.graphml`` and ``graphs/network.gexf`` below a folder.

    Of more than 500,000 ties only those among the accounts of the largest audience.
    """
    analysis = core(analysis)
    graphs = folder / "graphs"
    graphs.mkdir(exist_ok=True)
    return [
        write_graphml(analysis, graphs / "network.graphml"),
        write_gexf(analysis, graphs / "network.gexf"),
    ]


def export(analysis: Analysis, folder: Path, *, to: str) -> list[Path]:
    """Write the files of one format into a folder that exists; return their paths.

    Raises
    ------
    UnknownNameError
        There is no such format.
    """
    return EXPORTS[to](analysis, folder)


def tables(analysis: Analysis) -> dict[str, pd.DataFrame]:
    """The tables that are passed on, by name."""
    return {
        "nodes": nodes(analysis),
        "edges": edges(analysis),
        "centrality": analysis.centrality,
        "communities": analysis.communities,
        "pairs": analysis.pairs,
        "hubs": analysis.hubs,
        "tests": analysis.tests,
        "evidence": analysis.evidence,
        "screens": analysis.screens,
    }


@EXPORTS.register
def gexf(analysis: Analysis, folder: Path) -> list[Path]:
    """One GEXF file with colours, sizes and positions."""
    return [write_gexf(analysis, folder / "network.gexf")]


@EXPORTS.register
def graphml(analysis: Analysis, folder: Path) -> list[Path]:
    """One GraphML file."""
    return [write_graphml(analysis, folder / "network.graphml")]


@EXPORTS.register
def gephi(analysis: Analysis, folder: Path) -> list[Path]:
    """Two CSV files, nodes and edges, as Gephi's import wants them."""
    accounts = nodes(analysis).rename(columns={"account": "Id", "label": "Label"})
    names = {"source": "Source", "target": "Target", "weight": "Weight"}
    ties = edges(analysis).rename(columns=names)
    ties.insert(2, "Type", "Directed")
    written = []
    for name, table in (("nodes.csv", accounts), ("edges.csv", ties)):
        written.append(folder / name)
        write_csv(table, written[-1])
    return written


def node_link(analysis: Analysis, folder: Path) -> list[Path]:
    """One JSON file of nodes and edges, as networkx and D3 read it."""
    accounts = nodes(analysis).rename(columns={"account": "id"})
    ties = edges(analysis)
    ties.insert(2, "key", ties["kind"])
    path = folder / "network.json"
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write('{"directed": true, "multigraph": true, "graph": {},\n')
        for name, table, end in (("nodes", accounts, ",\n"), ("edges", ties, "}\n")):
            rows = (json.dumps(row, ensure_ascii=False) for row in as_records(table))
            file.write(f'"{name}": [\n' + ",\n".join(rows) + f"\n]{end}")
    return [path]


EXPORTS.register(node_link, name="json")


@EXPORTS.register
def xlsx(analysis: Analysis, folder: Path) -> list[Path]:
    """One Excel workbook, a sheet a table; the first sheet says how many rows each holds."""
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    contents = book.create_sheet("contents")
    contents.append(["table", "rows", "rows written"])
    for name, table in tables(analysis).items():
        contents.append([name, len(table), min(len(table), _MOST_ROWS)])
        sheet = book.create_sheet(name)
        sheet.append(list(table.columns))
        plain = neutral(_plain(table.head(_MOST_ROWS)))
        for row in plain.itertuples(index=False):
            sheet.append([None if pd.isna(value) else value for value in row])
    path = folder / "tables.xlsx"
    book.save(path)
    _without_clock(path)
    return [path]


@EXPORTS.register
def parquet(analysis: Analysis, folder: Path) -> list[Path]:
    """One Parquet file a table."""
    written = []
    for name, table in tables(analysis).items():
        written.append(folder / f"{name}.parquet")
        table.to_parquet(written[-1], index=False)
    return written


def _plain(table: pd.DataFrame) -> pd.DataFrame:
    """Times as text, and texts without signs that a workbook can't hold."""
    plain = table.copy()
    for name in table.columns:
        if isinstance(table[name].dtype, pd.DatetimeTZDtype):
            plain[name] = table[name].dt.strftime("%Y-%m-%dT%H:%M:%SZ")
        elif pd.api.types.is_string_dtype(table[name].dtype):
            plain[name] = table[name].map(
                lambda text: _CONTROL.sub("", str(text))[: _LONGEST_CELL - 1], na_action="ignore"
            )
    return plain


def _without_clock(path: Path) -> None:
    """Write the archive again with one fixed time, so that the same tables give the same bytes."""
    with zipfile.ZipFile(path) as book:
        parts = [(name, book.read(name)) for name in book.namelist()]
    parts = [(name, _NOW.sub(_NEVER, part) if "core" in name else part) for name, part in parts]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        for name, content in parts:
            stamped = zipfile.ZipInfo(name, date_time=_EPOCH)
            stamped.compress_type = zipfile.ZIP_DEFLATED
            book.writestr(stamped, content)
