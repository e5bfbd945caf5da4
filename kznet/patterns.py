"""Columns of text as Arrow has them, and what a pattern finds in a whole column at once."""

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc


def texts(column: pd.Series) -> pa.LargeStringArray:
    """A column of text in one piece, whatever pieces it was put together from."""
    frame = column.to_frame("text").reset_index(drop=True)
    pieces = pa.Table.from_pandas(frame, preserve_index=False).column(0)
    return pieces.cast(pa.large_string()).combine_chunks()


def captured(column: pd.Series, pattern: str) -> pd.Series:
    """The one named group of an RE2 pattern in each text; missing where it does not fit.

    >>> captured(pd.Series(["x:@a", "b"]), r"^(?P<platform>[a-z]+):").tolist()
    ['x', nan]
    """
    found = pc.extract_regex(texts(column), pattern)
    text = pc.struct_field(found, [0]).to_pandas()
    return pd.Series(text.array, index=column.index, dtype="str")
