"""What a pattern finds in a whole column of text at once."""

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc


def captured(column: pd.Series, pattern: str) -> pd.Series:
    """The one named group of an RE2 pattern in each text; missing where it does not fit.

    >>> captured(pd.Series(["x:@a", "b"]), r"^(?P<platform>[a-z]+):").tolist()
    ['x', nan]
    """
    found = pc.extract_regex(pa.array(column, type=pa.large_string()), pattern)
    text = pc.struct_field(found, [0]).to_pandas()
    return pd.Series(text.array, index=column.index, dtype="str")
