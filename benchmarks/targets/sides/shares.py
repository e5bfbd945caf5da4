"""Shares as the bare kernels take them: integers, straight from a Parquet file."""

import numpy as np
from pyarrow import parquet

_COLUMNS = ("source", "post", "time")


def read(path: str) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Codes of accounts and of posts, and whole seconds, in the order of the file."""
    table = parquet.read_table(path, columns=list(_COLUMNS), read_dictionary=["source", "post"])
    table = table.unify_dictionaries().combine_chunks()
    account, post = (_codes(table.column(name)) for name in ("source", "post"))
    time = table.column("time").to_numpy().astype("datetime64[s]").astype(np.int64)
    return account, post, time


def _codes(column: object) -> np.ndarray:
    whole = column.combine_chunks()  # type: ignore[attr-defined]  # pyarrow ships no types
    return np.asarray(whole.indices).astype(np.int64)
