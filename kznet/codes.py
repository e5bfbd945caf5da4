"""Columns of ids as codes into their distinct values, so that text is looked at once an id."""

from collections.abc import Callable
from typing import Any, Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

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
    return column_of(codes, distinct, column.index)


def constant(value: str, index: pd.Index) -> pd.Series:
    """One value throughout, as codes."""
    return column_of(np.zeros(len(index), dtype=np.int8), [value], index)


def distinct(column: pd.Series) -> pd.Series:
    """Each value of a column of codes once."""
    return pd.Series(column.cat.categories, dtype="str")


def changed(column: pd.Series, change: Change) -> pd.Series:
    """Apply a function of text once to each distinct value; values that it makes one are one."""
    codes, values = change(distinct(column)).astype("str").factorize()
    return column_of(at(codes, column.cat.codes), values, column.index)


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
    return from_arrow(pa.chunked_array([_to_arrow(column) for column in columns]))


def used(column: pd.Series) -> pd.Series:
    """The same without the values that no row has."""
    codes = column.cat.codes.to_numpy()
    there = np.bincount(codes + 1, minlength=len(column.cat.categories) + 1)[1:] > 0
    if there.all():
        return column
    place = np.where(there, np.cumsum(there) - 1, -1)
    return column_of(at(place, codes), column.cat.categories[there], column.index)


def recoded(column: pd.Series, ids: pd.Index) -> pd.Series:
    """The same values as codes into these distinct ids, missing where they are not among them."""
    known = encoded(column)
    asked, given = (_text(each) for each in (known.cat.categories, ids))
    place = pc.index_in(asked, value_set=given).fill_null(-1).to_numpy()
    return column_of(at(place, known.cat.codes), ids, column.index)


def from_arrow(column: pa.ChunkedArray) -> pd.Series:
    """A dictionary-encoded column of text, whose chunks may have dictionaries of their own."""
    if not len(column) or pa.types.is_null(column.type.value_type):
        return column_of(np.full(len(column), -1, dtype=np.int8), [])
    chunks = column.unify_dictionaries().chunks
    codes = np.concatenate([chunk.indices.fill_null(-1).to_numpy() for chunk in chunks])
    ids = chunks[0].dictionary.cast(pa.large_string())
    if len(chunks) > 1:  # Values of several dictionaries come out distinct, those of one as given.
        return column_of(codes, ids)
    known = ids.unique().drop_null()
    place = pc.index_in(ids, value_set=known).fill_null(-1).to_numpy()
    return column_of(at(place, codes), known)


def ranked(column: pd.Series) -> tuple[np.ndarray, pd.Index]:
    """Codes into the sorted distinct values of a column of text or codes, -1 where missing."""
    known = used(encoded(column))
    rank, values = distinct(known).factorize(sort=True)
    return at(rank, known.cat.codes), pd.Index(values)


def at(place: np.ndarray, codes: Any) -> np.ndarray:
    """The place of each code; -1 where it is missing."""
    found: np.ndarray = np.append(place, place.dtype.type(-1))[codes]
    return found


def column_of(codes: np.ndarray, ids: Any, index: pd.Index | None = None) -> pd.Series:
    """A column from its codes, -1 where missing, and its values, distinct and none missing.

    That they are distinct is not looked at again: pandas would hash each of them as an object
    of Python, which takes most of the reading of large tables.
    """
    values = ids if isinstance(ids, pd.Index) else pd.Index(ids, dtype="str")
    dtype = _trusting(values)
    return pd.Series(pd.Categorical.from_codes(codes, dtype=dtype, validate=False), index=index)


def _to_arrow(column: pd.Series) -> pa.DictionaryArray:
    codes = column.cat.codes.to_numpy(dtype=np.int32)
    return pa.DictionaryArray.from_arrays(
        pa.array(codes, mask=codes < 0), _text(column.cat.categories)
    )


def _text(values: pd.Index) -> pa.LargeStringArray:
    text = pa.array(values.array)
    whole = text.combine_chunks() if isinstance(text, pa.ChunkedArray) else text
    return whole.cast(pa.large_string())


def _trusting(values: pd.Index) -> pd.CategoricalDtype:
    unlooked = getattr(pd.CategoricalDtype, "_from_fastpath", pd.CategoricalDtype)
    dtype: pd.CategoricalDtype = unlooked(values, False)
    return dtype
