"""The dated registry of official accounts, and which accounts of the data are in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from kznet.dataset import Dataset
from kznet.errors import DataError
from kznet.loaders._clean import stamps
from kznet.loaders._columns import Aliases, cells, columns_of, words
from kznet.loaders._discover import named
from kznet.loaders._labels import read_labels
from kznet.loaders._match import first_filled, matched
from kznet.resources import data as shipped

SHIPPED: Final = "official_accounts.csv"
_COLUMNS: Final = ("account", "platform", "name", "confirmed", "url")
_CONFIRMED: Final[Aliases] = {
    "confirmed": words("confirmed confirmed_on дата_подтверждения подтверждено расталған_күні")
}
_WANTED: Final = "wanted the day on which the account was confirmed, such as 2024-05-31"
_EARLIEST: Final = pd.Timestamp("2000-01-01", tz="UTC")


@dataclass(frozen=True, eq=False)
class Officials:
    """Which accounts of a dataset a registry confirms.

    Attributes
    ----------
    known
        Whether each account is confirmed, shape (accounts,).
    url
        Official page that the registry names for each account; missing for most.
    listed
        Confirmed accounts in the registry, whether in the data or not.
    date
        Day of the newest confirmation in ISO 8601; empty where nobody is confirmed.
    """

    known: np.ndarray
    url: pd.Series
    listed: int
    date: str


def read_officials(path: str | Path | None = None) -> pd.DataFrame:
    """Read a registry of official accounts: who was confirmed as official, and on which day.

    Accounts without a day are candidates that nobody has confirmed, and are left out.

    Parameters
    ----------
    path
        CSV or XLSX with the columns `account` (or `id`, `handle`) and `confirmed`, and where
        known `platform`, `name`, `url`; the shipped list where not given.

    Returns
    -------
    DataFrame
        account (as it is written: id, handle or link), platform, name, confirmed (UTC), url.

    Raises
    ------
    DataError
        The file does not exist, a column is missing, or a cell under `confirmed` is no date.
    """
    labels = read_labels(named(str(path or shipped(SHIPPED))), tz="UTC")
    name, frame = labels.source.name, labels.rows.frame
    column = columns_of(frame.columns, _CONFIRMED).get("confirmed")
    if column is None:
        raise DataError(f"{name}: no column confirmed; found {list(frame.columns)[:12]}")
    known = labels.known.assign(account=first_filled(labels.keys), confirmed=frame[column])
    places = [f"{name}: line {line}" for line in labels.rows.lines]
    return _dated(known.reindex(columns=list(_COLUMNS)), places)


def officials(data: Dataset, registry: pd.DataFrame | None = None) -> Officials:
    """Find the confirmed accounts of a registry in the data, by id, handle or link.

    Parameters
    ----------
    data
        Accounts, and the ids that gave way to others.
    registry
        Columns `account` and `confirmed` (a day), and where known `platform`, `name`, `url`;
        the shipped list where not given.

    Raises
    ------
    DataError
        A column is missing, or a cell under `confirmed` is no date.
    """
    listed = read_officials() if registry is None else _checked(registry)
    accounts = pd.Index(data.accounts["account"])
    row, account = _found(data, listed)
    position = accounts.get_indexer(pd.Index(account))
    page = listed["url"].iloc[row].groupby(position).min()
    return Officials(
        known=np.isin(np.arange(len(accounts)), position),
        url=page.reindex(pd.RangeIndex(len(accounts))).astype("str"),
        listed=len(listed),
        date=f"{listed['confirmed'].max():%Y-%m-%d}" if len(listed) else "",
    )


def _checked(registry: pd.DataFrame) -> pd.DataFrame:
    missing = [name for name in ("account", "confirmed") if name not in registry]
    if missing:
        raise DataError(f"registry: missing columns {missing}; found {list(registry.columns)}")
    places = [f"registry: row {row}" for row in range(len(registry))]
    return _dated(registry.reindex(columns=list(_COLUMNS)), places)


def _dated(listed: pd.DataFrame, places: Sequence[str]) -> pd.DataFrame:
    """Keep the accounts with a day; a cell that is filled with anything else is refused."""
    listed = listed.reset_index(drop=True)
    raw = listed["confirmed"]
    day = stamps(raw, "UTC")
    wrong = np.flatnonzero(day.bad | (day.utc < _EARLIEST))
    if len(wrong):
        found = str(raw.iloc[wrong[0]])
        raise DataError(f"{places[wrong[0]]}: column 'confirmed': found {found!r}, {_WANTED}")
    text = {name: cells(listed[name]) for name in _COLUMNS if name != "confirmed"}
    kept = pd.DataFrame(text | {"confirmed": day.utc})[list(_COLUMNS)]
    return kept[kept["confirmed"].notna() & kept["account"].notna()].reset_index(drop=True)


def _found(data: Dataset, listed: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Rows of the registry that fit one account, and those accounts."""
    if listed.empty:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=object)
    keys, platform = [listed["account"]], listed["platform"]
    row, account, _ = matched(data.accounts, keys, platform)
    gave_way = data.report.aliases
    others = pd.DataFrame({"account": gave_way["alias"], "handle": None}, dtype="str")
    late, alias, _ = matched(others, keys, platform)
    new = ~np.isin(late, row)
    stands_for = dict(zip(gave_way["alias"], gave_way["account"], strict=True))
    now = [stands_for[name] for name in alias[new]]
    return np.concatenate([row, late[new]]), np.concatenate([account, np.array(now, dtype=object)])
