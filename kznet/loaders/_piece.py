"""Pieces of tables that another reader cut: kznet's own three, and edge lists."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final, Literal

import numpy as np
import pandas as pd

from kznet.errors import FormatError
from kznet.loaders._accounts import ACCOUNT_COLUMNS, accounts_of
from kznet.loaders._clean import Epochs
from kznet.loaders._columns import columns_of
from kznet.loaders._options import Options
from kznet.loaders._part import Part, nothing_aside
from kznet.loaders._table import Table
from kznet.loaders._ties import TIE_COLUMNS, has_ties, ties_of
from kznet.loaders.tables import posts_of, which_table

Which = Literal["accounts", "ties", "posts", "edges"]
_ACTS: Final = ("time", "post", "weight")


def which_of(names: Sequence[str], where: str) -> Which:
    """Which table has these columns; an edge or share list under any names the loaders know.

    Raises
    ------
    FormatError
        None has.
    """
    own = which_table(tuple(names))
    if own is not None:
        return own
    if has_ties(columns_of(names, TIE_COLUMNS)):
        return "edges"
    if "account" in columns_of(names, ACCOUNT_COLUMNS):
        return "accounts"
    found = ", ".join(names)
    raise FormatError(f"{where}: no table of accounts, ties, posts or edges; found {found}")


def piece(
    frame: pd.DataFrame, which: Which, options: Options, scales: dict[str, Epochs] | None = None
) -> Part:
    """Read some rows of a table, with the functions that read a file of it."""
    rows = Table(frame, np.arange(len(frame)), nothing_aside(), scales=scales or {})
    if which == "posts":
        return posts_of(rows, options)
    if which == "accounts":
        return accounts_of(rows, columns_of(frame.columns, ACCOUNT_COLUMNS), options)
    if which == "ties":
        same = {name: name for name in frame.columns}
        return ties_of(rows, same, replace(options, direction="actor"))
    columns = columns_of(frame.columns, TIE_COLUMNS)
    acts = any(name in columns for name in _ACTS)
    kind = options.kind or ("repost" if acts else "follow")
    return ties_of(rows, columns, replace(options, kind=kind))
