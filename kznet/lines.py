"""Rows as the lines of a CSV file, column by column: the bytes that pandas writes, sooner."""

import csv
import io
from typing import Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from kznet.patterns import texts

_SPECIAL: Final = '[,"\\r\\n]'


def plain(frame: pd.DataFrame) -> bool:
    """Whether every column holds text, whole numbers, floats or truth values of NumPy's kinds."""
    return len(frame.columns) > 1 and all(_plain(dtype) for dtype in frame.dtypes)


def _plain(dtype: object) -> bool:
    return str(dtype) == "str" or (isinstance(dtype, np.dtype) and dtype.kind in "biuf")


def lines(frame: pd.DataFrame) -> bytes:
    r"""Rows of a plain frame in CSV, each ended by `\n`, without a header.

    >>> lines(pd.DataFrame({"a": ["x", "y, z", None], "b": [1.0, 0.5, np.nan]}))
    b'x,1.0\n"y, z",0.5\n,\n'
    """
    if frame.empty:
        return b""
    cells = [_cells(column) for _, column in frame.items()]
    comma, end = pa.scalar(",", pa.large_string()), pa.scalar("\n", pa.large_string())
    rows = pc.binary_join_element_wise(*cells, comma, null_handling="replace", null_replacement="")
    whole = pc.binary_join(pa.LargeListArray.from_arrays([0, len(rows)], rows), end)
    return bytes(whole[0].as_buffer()) + b"\n"


def _cells(column: pd.Series) -> pa.Array:
    if column.dtype == "str":
        return _quoted(texts(column))
    if column.dtype.kind == "f":
        return _floats(column.to_numpy())
    if column.dtype.kind == "b":
        return _told(column.to_numpy(), ["False", "True"])
    return pa.array(column.to_numpy()).cast(pa.large_string())


def _floats(values: np.ndarray) -> pa.Array:
    """Shortest text that reads back as the same number; each distinct one is written once."""
    code, known = pd.factorize(values)
    return _told(code, [repr(value) for value in known.tolist()])


def _told(code: np.ndarray, words: list[str]) -> pa.Array:
    code = code.astype(np.int64)
    index = pa.array(code, mask=code < 0)
    return pa.array(words, type=pa.large_string()).take(index)


def _quoted(texts: pa.Array) -> pa.Array:
    special = pc.fill_null(pc.match_substring_regex(texts, _SPECIAL), False)
    if not pc.any(special).as_py():
        return texts
    found = [_cell(text) for text in texts.filter(special).to_pylist()]
    return pc.replace_with_mask(texts, special, pa.array(found, type=pa.large_string()))


def _cell(text: str) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow([text, ""])
    return line.getvalue()[: -len(",\n")]
