"""Ties as the peers take them: integers and weights, straight from a Parquet file."""

import numpy as np
from pyarrow import parquet


def read(folder: str) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Source, target and weight of each tie."""
    table = parquet.read_table(f"{folder}/edges.parquet")
    source, target, weight = (table.column(name).to_numpy() for name in table.column_names)
    return source, target, weight
