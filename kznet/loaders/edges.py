"""Plain edge lists and Gephi's two tables."""

from kznet.errors import DataError
from kznet.loaders._accounts import ACCOUNT_COLUMNS, accounts_of
from kznet.loaders._columns import columns_of
from kznet.loaders._formats import Verdict, loader
from kznet.loaders._options import Options
from kznet.loaders._part import Part
from kznet.loaders._source import Source
from kznet.loaders._table import Table, by_piece
from kznet.loaders._ties import TIE_COLUMNS, has_ties, of_one_kind, ties_of
from kznet.loaders._workbook import read_workbook, sheet_names


def _recognises(source: Source) -> Verdict:
    header = _header(source)
    if not header:
        return Verdict(fits=False, why="not a table")
    found = columns_of(header, TIE_COLUMNS)
    if has_ties(found):
        used = [name for name in found.values() if name != found.get("label")]
        return Verdict(fits=True, why=f"columns {', '.join(dict.fromkeys(used))}")
    if _is_node_table(header):
        return Verdict(fits=True, why="columns Id, Label (a node table)")
    listed = ", ".join(header[:8])
    return Verdict(fits=False, why=f"no source and target columns; found {listed[:80]}")


def _header(source: Source) -> tuple[str, ...]:
    """Names of the columns, of the first sheet where the file is a workbook."""
    if not sheet_names(source):
        return source.header
    try:
        return tuple(str(name) for name in read_workbook(source).frame.columns)
    except DataError:
        return ()


def _is_node_table(names: tuple[str, ...]) -> bool:
    return {"id", "label"} <= {name.casefold() for name in names}


@loader(recognises=_recognises, general=True)
def edges(source: Source, options: Options) -> Part:
    """Edge list with a source and a target column (CSV, TSV, XLSX, Gephi), or Gephi's node table.

    How to get it
    -------------
    Spreadsheets, Gephi (Data Laboratory, export table), and nearly any tool of network
    analysis.

    What is read
    ------------
    Ties from a source and a target column under any of their usual names, with kind, weight,
    time, post and content where there are such columns; accounts from a table with Id and
    Label.

    What is missing
    ---------------
    Which platform ids belong to (`--platform`), what kind of ties they are where no column says
    so (`--kind`), and which way they run (`--direction`).
    """
    if sheet_names(source):
        return _of(read_workbook(source), options)
    return of_one_kind(by_piece(source, lambda rows: _of(rows, options)))


def _of(rows: Table, options: Options) -> Part:
    columns = columns_of(rows.frame.columns, TIE_COLUMNS)
    if has_ties(columns):
        return ties_of(rows, columns, options)
    return accounts_of(rows, columns_of(rows.frame.columns, ACCOUNT_COLUMNS), options)
