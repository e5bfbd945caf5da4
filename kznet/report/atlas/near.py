"""Ties of one account and among a few, taken from sparse matrices without touching the rest."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.sparse import csc_array, csr_array

from kznet.report.atlas.world import World


@dataclass(frozen=True, eq=False)
class Side:
    """Ties of one account in one direction, one entry a tie and kind.

    `account` is the position of the other; `kind` a place in `kinds`.
    """

    account: np.ndarray
    kind: np.ndarray
    weight: np.ndarray
    kinds: tuple[str, ...]


def outgoing(world: World, position: int) -> Side:
    """Whom an account follows or reposts."""
    return _side(world.layers, position)


def incoming(world: World, position: int) -> Side:
    """Who follows or reposts an account."""
    return _side(world.incoming, position)


def strongest(reach: np.ndarray, *sides: Side) -> tuple[np.ndarray, np.ndarray]:
    """Accounts and summed weights, the largest first, then the one of wider reach."""
    account = np.concatenate([side.account for side in sides])
    weights = np.concatenate([side.weight for side in sides])
    at, which = np.unique(account, return_inverse=True)
    weight = np.bincount(which, weights, len(at))
    order = np.lexsort([at, -reach[at], -weight])
    return at[order], weight[order]


def among(world: World, positions: np.ndarray) -> pd.DataFrame:
    """Ties among a few accounts: source, target (places in `positions`), weight, categorical kind.

    Reads the rows of these accounts alone: O(their ties), whatever the size of the network.
    """
    order = np.argsort(positions, kind="stable")
    found = [_among(layer, positions, order) for layer in world.layers.values()]
    parts = [(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0)), *found]
    source, target, weight = (np.concatenate(column) for column in zip(*parts, strict=True))
    kind = np.repeat(np.arange(len(found)), [len(part[0]) for part in found])
    kinds = pd.Categorical.from_codes(kind, categories=pd.Index(list(world.layers), dtype="str"))
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


def _side(layers: Mapping[str, csr_array] | Mapping[str, csc_array], position: int) -> Side:
    parts = [slice(*layer.indptr[position : position + 2]) for layer in layers.values()]
    pieces = list(zip(layers.values(), parts, strict=True))
    account = [layer.indices[part].astype(np.int64) for layer, part in pieces]
    weight = [layer.data[part].astype(np.float64) for layer, part in pieces]
    kind = np.repeat(np.arange(len(account)), [len(piece) for piece in account])
    nothing = np.zeros(0)
    return Side(
        np.concatenate([nothing.astype(np.int64), *account]),
        kind,
        np.concatenate([nothing, *weight]),
        tuple(layers),
    )


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
