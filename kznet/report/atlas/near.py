"""Ties of one account and among a few, taken from sparse matrices without touching the rest."""

from collections.abc import Mapping
from typing import Final

import numpy as np
import pandas as pd
from scipy.sparse import csc_array, csr_array

from kznet.report.atlas.world import World

_NONE: Final = {"account": "int64", "kind": "str", "weight": "float64"}


def outgoing(world: World, position: int) -> pd.DataFrame:
    """Whom an account follows or reposts: account (position), kind, weight."""
    return _of(world.layers, position)


def incoming(world: World, position: int) -> pd.DataFrame:
    """Who follows or reposts an account: account (position), kind, weight."""
    return _of(world.incoming, position)


def strongest(ties: pd.DataFrame, reach: np.ndarray) -> pd.DataFrame:
    """Sum the kinds: account, weight, the largest first, then the one of wider reach."""
    total = ties.groupby("account", as_index=False)["weight"].sum()
    at = total["account"].to_numpy()
    order = np.lexsort([at, -reach[at], -total["weight"].to_numpy()])
    return total.iloc[order].reset_index(drop=True)


def among(world: World, positions: np.ndarray) -> pd.DataFrame:
    """Ties among a few accounts: source, target (places in `positions`), kind, weight.

    Reads the rows of these accounts alone: O(their ties), whatever the size of the network.
    """
    order = np.argsort(positions, kind="stable")
    frames = [_among(layer, kind, positions, order) for kind, layer in world.layers.items()]
    empty = {"source": "int64", "target": "int64", "kind": "str", "weight": "float64"}
    nothing = pd.DataFrame({name: pd.Series(dtype=dtype) for name, dtype in empty.items()})
    found = [frame for frame in frames if len(frame)] or [nothing]
    ties = pd.concat(found, ignore_index=True)
    return ties.sort_values(["kind", "source", "target"], ignore_index=True)


def pairs(ties: pd.DataFrame, n: int) -> pd.DataFrame:
    """One row a tied pair with its weightiest kind: source < target, kind, weight.

    The pairs of the first account come first, then the heaviest.
    """
    if ties.empty:
        return ties
    ends = np.sort(ties[["source", "target"]].to_numpy(), axis=1)
    kinds, kind = np.unique(ties["kind"].to_numpy(), return_inverse=True)
    key = (ends[:, 0] * n + ends[:, 1]) * len(kinds) + kind
    kept, which = np.unique(key, return_inverse=True)
    weight = np.bincount(which, ties["weight"].to_numpy())
    pair, kind = np.divmod(kept, len(kinds))
    heaviest = np.lexsort([kind, -weight, pair])
    _, first = np.unique(pair[heaviest], return_index=True)
    total = np.add.reduceat(weight, np.unique(pair, return_index=True)[1])
    source, target = np.divmod(pair[heaviest][first], n)
    columns = {"source": source, "target": target, "kind": kinds[kind[heaviest][first]]}
    order = np.lexsort([target, source, -total, source > 0])
    return pd.DataFrame({**columns, "weight": total}).iloc[order].reset_index(drop=True)


def _of(layers: Mapping[str, csr_array] | Mapping[str, csc_array], position: int) -> pd.DataFrame:
    frames = []
    for kind, layer in layers.items():
        part = slice(layer.indptr[position], layer.indptr[position + 1])
        columns = {"account": layer.indices[part].astype(np.int64), "kind": kind}
        frames.append(pd.DataFrame({**columns, "weight": layer.data[part]}))
    found = [frame for frame in frames if len(frame)]
    nothing = pd.DataFrame({name: pd.Series(dtype=dtype) for name, dtype in _NONE.items()})
    return pd.concat(found, ignore_index=True) if found else nothing


def _among(layer: csr_array, kind: str, positions: np.ndarray, order: np.ndarray) -> pd.DataFrame:
    length = layer.indptr[positions + 1] - layer.indptr[positions]
    source = np.repeat(np.arange(len(positions)), length)
    begin = np.repeat(layer.indptr[positions] - np.cumsum(length) + length, length)
    at = begin + np.arange(len(source))
    column = layer.indices[at]
    place = np.searchsorted(positions, column, sorter=order).clip(max=len(positions) - 1)
    target = order[place]
    kept = positions[target] == column
    ends = {"source": source[kept], "target": target[kept]}
    return pd.DataFrame({**ends, "kind": kind, "weight": layer.data[at][kept]})
