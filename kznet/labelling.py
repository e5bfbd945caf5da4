"""The list of accounts to label by hand, most followed first: half an hour's work."""

from pathlib import Path
from typing import Final

import numpy as np
import openpyxl
import pandas as pd
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from kznet.audience import audience
from kznet.dataset import Dataset
from kznet.errors import OutputError
from kznet.links import links
from kznet.resources import data as shipped
from kznet.schema import PUBLIC_FOLLOWERS, ROLES
from kznet.tabular import neutral, write_csv

COLUMNS: Final = (
    "account",
    "platform",
    "handle",
    "name",
    "followers",
    "audience",
    "role",
    "camp",
    "entity",
    "staff_of",
    "suggested_role",
    "suggested_name",
    "suggested_by",
    "url",
)
TO_FILL: Final = ("role", "camp", "entity", "staff_of")
_OFFICIAL: Final = "official_accounts.csv"
_UNCHECKED: Final = f"{_OFFICIAL} (handle not checked)"
_WIDTHS: Final = {"account": 30, "name": 34, "suggested_name": 34, "suggested_by": 24, "url": 40}
_FILL: Final = PatternFill("solid", start_color="FFF7D6")


def to_label(data: Dataset, *, top: int = 200) -> pd.DataFrame:
    """Accounts to give a role, camp, entity and employer to, most followed first.

    In it are accounts that others in the data follow or repost, and those with 10,000 followers;
    people to whom nobody listens are not listed.

    Parameters
    ----------
    data
        Accounts; what is known of their roles already is filled in.
    top
        Most rows.

    Returns
    -------
    DataFrame
        `account`, `platform`, `handle`, `name`, `followers`, `audience` (distinct accounts in the
        data that follow or repost it), then `role`, `camp`, `entity` and `staff_of` (id, handle
        or entity of the body for which its holder openly works) to fill in,
        `suggested_role`, `suggested_name` and `suggested_by` (from the shipped list of official
        accounts, whose handles nobody has checked), and `url`. Sorted by followers, by audience
        where they are unknown. Filled in, it is read by ``load(…, accounts=…)``, which takes
        nothing from the suggestions.
    """
    accounts = data.accounts.assign(audience=audience(data), url=links(data.accounts))
    heard = accounts["followers"].fillna(accounts["audience"]).rename("heard")
    wide = accounts["followers"].ge(PUBLIC_FOLLOWERS).fillna(value=False)
    listed = accounts.assign(heard=heard)[(accounts["audience"] > 0) | wide]
    order = ["heard", "audience", "account"]
    first = listed.sort_values(order, ascending=[False, False, True]).head(top)
    return _suggested(first.reset_index(drop=True))[list(COLUMNS)]


def check_free(path: str) -> None:
    """Refuse a place where a list lies already: hours of somebody's work may be in it.

    Raises
    ------
    OutputError
        There is such a file.
    """
    if path != "-" and Path(path).exists():
        raise OutputError(
            f"{path}: exists, and what was filled in would be lost; choose another name (give the "
            "filled list with --accounts, and the new one has its entries)"
        )


def write_labels(table: pd.DataFrame, path: Path) -> None:
    """Write the list as CSV, or as a workbook with a choice of roles where `path` ends in .xlsx."""
    if path.suffix.lower() == ".xlsx":
        _write_workbook(table, path)
    else:
        write_csv(table, path)


def _suggested(accounts: pd.DataFrame) -> pd.DataFrame:
    """Add what the shipped list says of each account, found by its handle or id."""
    known = pd.read_csv(shipped(_OFFICIAL), dtype="str").fillna("")
    listed = known.set_index(known["platform"] + ":" + known["handle"].str.lower())
    native = accounts["account"].str.replace(r"^[a-z0-9_]+:@?", "", n=1, regex=True)
    row = _found(listed.index, accounts["platform"], accounts["handle"])
    row = np.where(row < 0, _found(listed.index, accounts["platform"], native), row)
    hit = pd.Series(row >= 0, index=accounts.index)
    at = listed[["role", "name"]].iloc[np.maximum(row, 0)].set_axis(accounts.index)
    return accounts.assign(
        suggested_role=at["role"].where(hit),
        suggested_name=at["name"].where(hit),
        suggested_by=pd.Series(_UNCHECKED, index=accounts.index, dtype="str").where(hit),
    )


def _found(listed: pd.Index, platform: pd.Series, handle: pd.Series) -> np.ndarray:
    return listed.get_indexer(pd.Index(platform + ":" + handle.str.lower()))


def _write_workbook(table: pd.DataFrame, path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(list(table.columns))
    ready = neutral(table).astype("object")
    for row in ready.where(ready.notna(), None).itertuples(index=False):
        sheet.append([_plain(cell) for cell in row])
    _dress(sheet, table)
    book.save(path)


def _plain(cell: object) -> object:
    return ILLEGAL_CHARACTERS_RE.sub(" ", cell) if isinstance(cell, str) else cell


def _dress(sheet: Worksheet, table: pd.DataFrame) -> None:
    """Freeze the header, widen and colour columns, and offer the roles to choose from."""
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = sheet.dimensions
    roles = DataValidation("list", formula1=f'"{",".join(ROLES)}"', allow_blank=True)
    roles.showErrorMessage = False
    sheet.add_data_validation(roles)
    for number, name in enumerate(table.columns, start=1):
        letter = get_column_letter(number)
        sheet.column_dimensions[letter].width = _WIDTHS.get(str(name), 14)
        sheet[f"{letter}1"].font = Font(bold=True)
        if name == "role":
            roles.add(f"{letter}2:{letter}{max(len(table), 1) + 1}")
        if name in TO_FILL:
            for cell in sheet[letter]:
                cell.fill = _FILL
