"""Fixed points of sparse matrices: what scipy does faster than any graph library measured."""

from typing import Final, Literal

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

_ROUNDS: Final = 1_000
_DAMPING: Final = 0.85


def pagerank(matrix: csr_array) -> np.ndarray:
    """PageRank with damping .85, shape (n,), summing to 1; sinks lead anywhere."""
    n = matrix.shape[0]
    if n == 0:
        return np.zeros(0)
    out = np.asarray(matrix.sum(axis=1))
    return settled(csr_array(matrix.T), out, np.full(n, 1 / n), tolerance=1e-12)


def settled(flow: csr_array, out: np.ndarray, rank: np.ndarray, *, tolerance: float) -> np.ndarray:
    """PageRank by steps from `rank` until all together move less than `tolerance`.

    `flow` is the weight of the ties into each account (rows), shape (n, n), and `out` its
    column sums.
    """
    n = len(rank)
    share = np.divide(1.0, out, out=np.zeros(n), where=out > 0)
    sinks = np.flatnonzero(out == 0)
    given = np.empty(n)
    for _ in range(_ROUNDS):
        np.multiply(rank, share, out=given)
        moved = flow @ given
        moved += rank[sinks].sum() / n
        moved *= _DAMPING
        moved += 0.15 / n
        np.subtract(moved, rank, out=given)
        if np.abs(given, out=given).sum() < tolerance:
            break
        rank = moved
    result: np.ndarray = moved / moved.sum()
    return result


def eigenvector(matrix: csr_array) -> tuple[np.ndarray, float]:
    """Leading eigenvector of the ties into each node, shape (n,), largest 1, and eigenvalue."""
    return _leading(csr_array(matrix.T))


def katz(matrix: csr_array, *, largest: float) -> np.ndarray:
    """Walks that end at each node, shape (n,), largest 1.

    The discount is .85 over the largest eigenvalue (at most .85).
    """
    flow = csr_array(matrix.T)
    alpha = _DAMPING / max(largest, 1.0)
    score = np.ones(matrix.shape[0])
    for _ in range(_ROUNDS):
        moved = alpha * (flow @ score) + 1.0
        if np.abs(moved - score).max(initial=0.0) < 1e-10 * moved.max(initial=1.0):
            break
        score = moved
    result: np.ndarray = score / score.max(initial=1.0)
    return result


def hits(matrix: csr_array) -> tuple[np.ndarray, np.ndarray]:
    """Authority and hub scores, each of shape (n,) with largest entry 1."""
    authority = _leading(matrix, folded=True)[0]
    return authority, _leading(csr_array(matrix.T), folded=True)[0]


def components(matrix: csr_array, *, connection: Literal["weak", "strong"]) -> np.ndarray:
    """Component of each node, shape (n,), numbered from 0."""
    found: np.ndarray = connected_components(matrix, connection=connection)[1].astype(np.int64)
    return found


def _leading(matrix: csr_array, *, folded: bool = False) -> tuple[np.ndarray, float]:
    """Leading eigenvector (largest entry 1) and eigenvalue of a non-negative matrix.

    A little of the vector is kept in each step, so that alternating networks settle too. With
    `folded` the matrix is M'M instead of M.
    """
    turned = csr_array(matrix.T) if folded else matrix
    vector = np.ones(matrix.shape[0])
    value = 0.0
    for _ in range(_ROUNDS):
        product = turned @ (matrix @ vector) if folded else matrix @ vector
        value = float(product.max(initial=0.0))
        if value == 0.0:
            return np.zeros(matrix.shape[0]), 0.0
        moved = product / value + 0.1 * vector
        moved /= moved.max()
        if np.abs(moved - vector).max() < 1e-10:
            break
        vector = moved
    return np.where(moved < 1e-9, 0.0, moved), value
