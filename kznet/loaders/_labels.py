"""Tables of accounts that a person keeps: roles, camps and entities for accounts in the data."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import pandas as pd

from kznet.errors import DataError
from kznet.loaders._accounts import ACCOUNT_COLUMNS, attributes
from kznet.loaders._clean import flags
from kznet.loaders._columns import Aliases, cells, columns_of, words
from kznet.loaders._match import first_filled, matched
from kznet.loaders._part import Warned, counted, set_aside, stacked, worded
from kznet.loaders._source import Source
from kznet.loaders._table import Table, read_table
from kznet.loaders._workbook import is_workbook, read_workbook
from kznet.provenance import FileReport

_KEYS: Final = ("account", "id", "handle")
_RULED_BY_LABELS: Final = ("role", "camp", "entity", "staff_of")
_ACCEPT: Final[Aliases] = {"accept": words("accept accepted принять принято қабылдау қабылданды")}
_NEUTRALISED: Final = r"^'(?=[=+\-@\t\r])"


@dataclass(frozen=True, eq=False)
class Labels:
    """One such table: its rows, which column is which, and what was doubtful in them."""

    source: Source
    rows: Table
    keys: Sequence[pd.Series]
    known: pd.DataFrame
    warnings: tuple[Warned, ...]


def read_labels(source: Source, *, tz: str) -> Labels:
    """Read a CSV or XLSX table with headers in English, Russian or Kazakh.

    Where there is a column `accept`, only the rows with yes in it (да, иә, 1, true) count; so a
    table of suggestions can be given back as it is.

    Raises
    ------
    DataError
        No column tells the accounts apart.
    """
    table = read_workbook(source) if is_workbook(source) else read_table(source)
    columns = columns_of(table.frame.columns, ACCOUNT_COLUMNS)
    keys = [columns[name] for name in _KEYS if name in columns]
    if not keys:
        found = list(table.frame.columns)[:12]
        raise DataError(f"{source.name}: no column account, id or handle; found {found}")
    rows = _accepted(_as_written(table), keys)
    known, warnings = attributes(rows, columns, tz)
    frame = pd.DataFrame(known, index=rows.frame.index)
    ids = [cells(rows.frame[key]) for key in keys]
    return Labels(source, rows, ids, frame, (*rows.warnings, *warnings))


def _as_written(rows: Table) -> Table:
    """Take away the apostrophe that kept a spreadsheet from reading a cell as a formula."""
    return replace(rows, frame=rows.frame.replace(_NEUTRALISED, "", regex=True))


def _accepted(rows: Table, keys: Sequence[str]) -> Table:
    """Set aside the rows of suggestions that nobody accepted."""
    column = columns_of(rows.frame.columns, _ACCEPT).get("accept")
    if column is None:
        return rows
    yes = flags(rows.frame[column]).fillna(value=False).to_numpy(dtype=bool)
    shown = first_filled([cells(rows.frame[key]) for key in keys])
    aside = set_aside(rows.lines[~yes], "not accepted", shown[~yes].array)
    return replace(
        rows,
        frame=rows.frame[yes].reset_index(drop=True),
        lines=rows.lines[yes],
        aside=stacked([rows.aside, aside], rows.aside),
    )


def labelled(
    accounts: pd.DataFrame, labels: Labels
) -> tuple[pd.DataFrame, FileReport, pd.DataFrame]:
    """Add what a table knows of the accounts that are in the data.

    Role, camp, entity and employer of the table replace those of the files; everything else only
    fills what is missing. Rows that fit no account, or several, are set aside.

    Returns
    -------
    accounts, report, aside
    """
    row, account, several = matched(accounts, labels.keys, labels.known.get("platform"))
    said = labels.known.iloc[row].assign(account=account)
    chosen = said.groupby("account").min()
    result = accounts.set_index("account")
    for name in chosen.columns:
        new = chosen[name].reindex(result.index).astype(result[name].dtype)
        first, second = (new, result[name]) if name in _RULED_BY_LABELS else (result[name], new)
        result[name] = first.fillna(second)
    unmatched = np.setdiff1d(np.arange(len(labels.known)), row)
    shown = first_filled(labels.keys)
    reasons = np.where(several[unmatched], "several accounts fit", "account not in the data")
    lines = labels.rows.lines[unmatched]
    aside = stacked(
        [labels.rows.aside, set_aside(lines, reasons, shown.iloc[unmatched].array)],
        labels.rows.aside,
    )
    return result.reset_index(), _report(labels, said, aside), aside


def _report(labels: Labels, said: pd.DataFrame, aside: pd.DataFrame) -> FileReport:
    distinct = int(said["account"].nunique())
    twice = int(len(said) - distinct)
    notes = counted([("rows that name an account named before", twice)])
    reasons = aside["reason"].value_counts().sort_index()
    return FileReport(
        name=labels.source.name,
        format="accounts table",
        recognised_by="given as a table of accounts",
        sha256=labels.source.sha256,
        rows=labels.rows.rows,
        used=len(said),
        accounts=distinct,
        rejected={str(reason): int(n) for reason, n in reasons.items()},
        warnings=(
            *worded((*labels.warnings, *notes)),
            f"{distinct:,} of {labels.rows.rows:,} rows matched an account in the data",
        ),
    )
