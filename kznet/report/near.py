"""Ties among a few accounts, taken from sparse matrices without touching the rest."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from scipy.sparse import csr_array


def among(layers: Mapping[str, csr_array], positions: np.ndarray) -> pd.DataFrame:
    """Ties among a few accounts: source, target (places in `positions`), weight, categorical kind.

    Reads the rows of these accounts alone: O(their ties), whatever the size of the network.
    """
    order = np.argsort(positions, kind="stable")
    found = [_among(layer, positions, order) for layer in layers.values()]
    parts = [(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0)), *found]
    source, target, weight = (np.concatenate(column) for column in zip(*parts, strict=True))
    kind = np.repeat(np.arange(len(found)), [len(part[0]) for part in found])
    kinds = pd.Categorical.from_codes(kind, categories=pd.Index(list(layers), dtype="str"))
    return pd.DataFrame({"source": source, "target": target, "kind": kinds, "weight": weight})


def pairs(ties: pd.DataFrame, n: int) -> pd.DataFrame:
    """One row a tied pair with its weightiest kind: source < target, kind, weight.

    The pairs of the first account come first, then the heaviest.
    """
    if ties.empty:
        return ties
    ends = np.sort(ties[["source", "target"]].to_numpy(), axis=1)
    kinds, codes = ties["kind"].cat.categories, ties["kind"].cat.codes.to_numpy(dtype=np.int64)
    key = (ends[:, 0] * n + ends[:, 1]) * len(kinds) + codes
    kept, which = np.unique(key, return_inverse=True)
    weight = np.bincount(which, ties["weight"].to_numpy())
    pair, kind = np.divmod(kept, len(kinds))
    heaviest = np.lexsort([kind, -weight, pair])
    _, first = np.unique(pair[heaviest], return_index=True)
    total = np.add.reduceat(weight, np.unique(pair, return_index=True)[1])
    source, target = np.divmod(pair[heaviest][first], n)
    order = np.lexsort([target, source, -total, source > 0])
    columns = {"source": source[order], "target": target[order], "weight": total[order]}
    kept_kinds = pd.Categorical.from_codes(kind[heaviest][first][order], categories=kinds)
    return pd.DataFrame({**columns, "kind": kept_kinds})


def _among(
    layer: csr_array, positions: np.ndarray, order: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    length = layer.indptr[positions + 1] - layer.indptr[positions]
    source = np.repeat(np.arange(len(positions)), length)
    begin = np.repeat(layer.indptr[positions] - np.cumsum(length) + length, length)
    at = begin + np.arange(len(source))
    column = layer.indices[at]
    place = np.searchsorted(positions, column, sorter=order).clip(max=len(positions) - 1)
    target = order[place]
    kept = positions[target] == column
    return source[kept], target[kept], layer.data[at][kept]
