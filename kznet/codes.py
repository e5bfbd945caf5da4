"""Columns of ids as codes into their distinct values, so that text is looked at once an id."""

from collections.abc import Callable
from typing import Any, Final

import numpy as np
import pandas as pd
from pandas.api.types import union_categoricals

CODED: Final = ("source", "target", "kind", "post")
Change = Callable[[pd.Series], pd.Series]


def is_coded(column: pd.Series) -> bool:
    """Whether a column holds codes into its distinct values."""
    return isinstance(column.dtype, pd.CategoricalDtype)


def encoded(column: pd.Series) -> pd.Series:
    """Text as codes, in the order in which the values come; codes stay as they are."""
    if is_coded(column):
        return column
    codes, distinct = column.astype("str").factorize()
    return _column(codes, distinct, column.index)


def constant(value: str, index: pd.Index) -> pd.Series:
    """One value throughout, as codes."""
    return _column(np.zeros(len(index), dtype=np.int8), pd.Index([value], dtype="str"), index)


def distinct(column: pd.Series) -> pd.Series:
    """Each value of a column of codes once."""
    return pd.Series(column.cat.categories, dtype="str")


def changed(column: pd.Series, change: Change) -> pd.Series:
    """Apply a function of text once to each distinct value; values that it makes one are one."""
    codes, values = change(distinct(column)).astype("str").factorize()
    return _column(np.append(codes, -1)[column.cat.codes], values, column.index)


def map_distinct(column: pd.Series, change: Change) -> pd.Series:
    """Apply a function of text once to each distinct value of a column, or of its codes."""
    if is_coded(column):
        return changed(column, change)
    codes, distinct = column.factorize()
    answer = change(pd.Series(distinct, dtype="str")).astype("str")
    result = answer.reindex(pd.Index(codes))
    return pd.Series(result.array, index=column.index, dtype="str")


def together(columns: list[pd.Series]) -> pd.Series:
    """Columns of codes, one below the other."""
    return pd.Series(union_categoricals(columns))


def used(column: pd.Series) -> pd.Series:
    """The same without the values that no row has."""
    codes = column.cat.codes.to_numpy()
    there = np.bincount(codes + 1, minlength=len(column.cat.categories) + 1)[1:] > 0
    return column if there.all() else column.cat.remove_categories(column.cat.categories[~there])


def ranked(column: pd.Series) -> tuple[np.ndarray, pd.Index]:
    """Codes into the sorted distinct values of a column of text or codes, -1 where missing."""
    known = used(encoded(column))
    rank, values = distinct(known).factorize(sort=True)
    return np.append(rank, -1)[known.cat.codes], pd.Index(values)


def _column(codes: np.ndarray, values: Any, index: pd.Index) -> pd.Series:
    dtype = pd.CategoricalDtype(pd.Index(values, dtype="str"))
    return pd.Series(pd.Categorical.from_codes(codes, dtype=dtype), index=index)
