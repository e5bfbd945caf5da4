"""Which account of the data a person means who wrote an id, a handle or a link."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from kznet.loaders._ids import UNKNOWN_PLATFORM, namespaced, native


def matched(
    accounts: pd.DataFrame, keys: Sequence[pd.Series], platform: pd.Series | None
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Rows that fit one account, those accounts, and which rows fit several.

    A whole id as it stands in the data is always right; the rest is looked up, on the
    `platform` that a row names.
    """
    index = _index(accounts)
    whole = [key.where(key.isin(accounts["account"])) for key in keys]
    account = first_filled(whole).astype("str")
    several = np.zeros(len(account), dtype=bool)
    for column in keys:
        key = _key(column)
        wanted = key[account.isna() & key.notna()].rename("key").rename_axis("row").reset_index()
        pairs = wanted.merge(index, on="key").drop_duplicates(["row", "account"])
        if platform is not None:
            asked = platform.iloc[pairs["row"]].reset_index(drop=True)
            fits = asked.isna() | (pairs["platform"] == asked)
            pairs = pairs[fits | (pairs["platform"] == UNKNOWN_PLATFORM)]
        ambiguous = pairs["row"].duplicated(keep=False)
        several[pairs["row"][ambiguous]] = True
        sure = pairs[~ambiguous]
        account.iloc[sure["row"].to_numpy()] = sure["account"].array
    row = np.flatnonzero(account.notna())
    several[row] = False
    return row, account.iloc[row].to_numpy(), several


def first_filled(columns: Sequence[pd.Series]) -> pd.Series:
    """What stands in the first filled cell of each row."""
    return pd.concat(columns, axis=1).bfill(axis=1).iloc[:, 0]


def _key(column: pd.Series) -> pd.Series:
    """One spelling for ids, handles and links to a profile, without a platform nobody named."""
    plain = column.str.replace(r"^https?://(?:www\.)?[^/]+/(?:@|c/)?", "", regex=True)
    plain = plain.str.rstrip("/").str.replace(r"^-100([0-9]{9,})$", r"\1", regex=True)
    full = namespaced(plain.str.removeprefix("@"), None)
    return full.str.removeprefix(f"{UNKNOWN_PLATFORM}:").str.lower()


def _index(accounts: pd.DataFrame) -> pd.DataFrame:
    """Every way to name an account: id, id without platform, number, handle, with platform too."""
    ids = accounts["account"].str.lower()
    bare = native(ids).str.removeprefix("@")
    number = ids.str.extract(r"^telegram:(?:channel|chat|user)([0-9]+)$", expand=False)
    platform = accounts["account"].str.extract(r"^([^:]*)", expand=False)
    handle = accounts["handle"].str.lower()
    ways = [ids, bare, number, handle, platform + ":@" + handle]
    frames = [
        pd.DataFrame({"key": way.array, "account": accounts["account"].array, "platform": platform})
        for way in ways
    ]
    return pd.concat(frames).dropna(subset="key").drop_duplicates(ignore_index=True)
