"""Ties of one account, taken from sparse matrices without touching the rest."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
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
