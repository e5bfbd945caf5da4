"""Accounts whose truth somebody knows, to hold calls against it."""

from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from kznet.dataset import Dataset
from kznet.errors import DataError
from kznet.loaders._columns import Aliases, cells, columns_of, words
from kznet.loaders._discover import named
from kznet.loaders._labels import read_labels
from kznet.loaders._match import first_filled, matched

POSITIVE: Final = "positive"
NEGATIVE: Final = "negative"
_COLUMNS: Final[Aliases] = {
    "label": words("label truth class метка истина класс белгі ақиқат"),
    "mechanism": words("mechanism kind механизм вид тетік"),
}
_LABELS: Final = {
    POSITIVE: "positive plant planted hub yes true 1 coordinated campaign да иә",
    NEGATIVE: "negative innocent organic ordinary source no false 0 нет жоқ",
}
_MECHANISMS: Final = {
    "amplification": "amplification m1 coordinated_amplification",
    "bait_and_switch": "bait_and_switch bait m2",
    "pseudo_official": "pseudo_official official m3",
}


def read_truth(path: str | Path) -> pd.DataFrame:
    """Read a table of accounts with what is true of them.

    Parameters
    ----------
    path
        CSV or XLSX with the columns `account` (or `id`, `handle`) and `label` (plant or
        positive, negative or innocent, yes or no, in English, Russian or Kazakh), and where known
        `mechanism` (its name, or m1, m2, m3).

    Returns
    -------
    DataFrame
        account (as it is written), platform, label ("positive" or "negative"), mechanism
        (missing where the table does not say).

    Raises
    ------
    DataError
        The file does not exist, a column is missing, or a cell says something else.
    """
    labels = read_labels(named(str(path)), tz="UTC")
    name, frame = labels.source.name, labels.rows.frame
    columns = columns_of(frame.columns, _COLUMNS)
    if "label" not in columns:
        raise DataError(f"{name}: no column label; found {list(frame.columns)[:12]}")
    places = [f"{name}: line {line}" for line in labels.rows.lines]
    mechanism = pd.Series(None, index=frame.index, dtype="str")
    if "mechanism" in columns:
        mechanism = _told(cells(frame[columns["mechanism"]]), _MECHANISMS, "mechanism", places)
    label = _told(cells(frame[columns["label"]]), _LABELS, "label", places)
    known = labels.known.assign(account=first_filled(labels.keys), label=label, mechanism=mechanism)
    listed = known.reindex(columns=["account", "platform", "label", "mechanism"]).astype("str")
    return listed[listed["account"].notna() & listed["label"].notna()].reset_index(drop=True)


def truths(data: Dataset, listed: pd.DataFrame) -> pd.DataFrame:
    """What a table says of the accounts that are in the data, a row an account and mechanism.

    Returns
    -------
    DataFrame
        account, label, mechanism; sorted by account. Rows that fit no account are left out.

    Raises
    ------
    DataError
        No account of the table is in the data, or one is called both positive and negative.
    """
    row, account, _ = matched(data.accounts, [listed["account"]], listed["platform"])
    if not len(row):
        first = listed["account"].head(3).to_list()
        raise DataError(f"truth: none of {len(listed)} accounts is in the data; it names {first}")
    found = listed.iloc[row][["label", "mechanism"]].assign(account=account)
    labels = found.groupby("account")["label"].nunique()
    torn = labels.index[labels > 1]
    if len(torn):
        raise DataError(f"truth: {torn[0]!r} is both positive and negative")
    columns = ["account", "label", "mechanism"]
    return found[columns].drop_duplicates().sort_values(columns, ignore_index=True)


def _told(values: pd.Series, known: dict[str, str], column: str, places: list[str]) -> pd.Series:
    """Read each cell as one of the known words; empty cells stay missing."""
    meaning = {word: name for name, spelt in known.items() for word in spelt.split()}
    plain = values.str.strip().str.lower().str.replace(r"[\s-]+", "_", regex=True)
    found = plain.map(meaning).astype("str")
    wrong = np.flatnonzero(plain.notna() & found.isna())
    if len(wrong):
        cell, wanted = str(values.iloc[wrong[0]]), ", ".join(known)
        where = f"{places[wrong[0]]}: column {column!r}"
        raise DataError(f"{where}: found {cell!r}; wanted one of {wanted} (or another word for it)")
    return found
