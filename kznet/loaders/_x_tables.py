"""What tables of tweets have in common: who wrote them, and whom a retweet repeats."""

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from kznet.loaders._accounts import attributes
from kznet.loaders._cells import groups
from kznet.loaders._part import Warned, table
from kznet.loaders._table import Table


def people(
    rows: Table, account: pd.Series, columns: Mapping[str, str]
) -> tuple[pd.DataFrame, tuple[Warned, ...]]:
    """Say what the rows say of these accounts, and what was doubtful; times are UTC.

    Rows that say the same are read once.
    """
    columns = {name: spelt for name, spelt in columns.items() if spelt in rows.frame}
    frame = rows.frame[list(columns.values())].assign(account=account)
    frame = frame.dropna(subset=["account"]).drop_duplicates()
    known, doubts = attributes(replace(rows, frame=frame), columns, "UTC")
    return table("accounts", {**known, "account": frame["account"]}, index=frame.index), doubts


def retweeted(text: pd.Series) -> pd.Series:
    """Handle of the account whose tweet a text repeats: "RT @name:"."""
    return groups(text, r"^RT @(?P<name>\w{1,20}):")["name"]
