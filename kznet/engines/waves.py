"""Breadth-first waves from many starts at once: one pass over the ties serves 64 of them."""

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
from scipy.sparse import csr_array

DEEPEST: Final = 200
_WORD: Final = 64


def inverse_distances(matrix: csr_array, starts: Sequence[np.ndarray]) -> np.ndarray | None:
    """Sum of 1 / directed distance from each set of starts to each node, shape (sets, n).

    None where a path is longer than 200 steps: waves are slow there.
    """
    incoming = csr_array(matrix.T)
    total = np.zeros((len(starts), matrix.shape[0]))
    members = np.concatenate(starts)
    owner = np.repeat(np.arange(len(starts)), [len(part) for part in starts])
    for begin in range(0, len(members), _WORD):
        word = slice(begin, begin + _WORD)
        masks = _masks(owner[word])
        for depth, new in _fronts(matrix, incoming, members[word]):
            if depth > DEEPEST:
                return None
            for part, mask in masks.items():
                total[part] += np.bitwise_count(new & mask) / depth
    return total


def _masks(owner: np.ndarray) -> dict[int, np.uint64]:
    """Which bits of a word belong to which set of starts."""
    bit = _bits(len(owner))
    return {int(part): np.bitwise_or.reduce(bit[owner == part]) for part in np.unique(owner)}


def _bits(count: int) -> np.ndarray:
    result: np.ndarray = np.uint64(1) << np.arange(count, dtype=np.uint64)
    return result


def _fronts(
    outgoing: csr_array, incoming: csr_array, starts: np.ndarray
) -> Iterator[tuple[int, np.ndarray]]:
    """Yield each distance from 1 and, by node, the bits of the starts first met there."""
    front = np.zeros(outgoing.shape[0], dtype=np.uint64)
    front[starts] = _bits(len(starts))
    seen = front.copy()
    into = np.flatnonzero(np.diff(incoming.indptr))
    degree = np.diff(outgoing.indptr)
    depth = 0
    while True:
        depth += 1
        active = np.flatnonzero(front)
        if 8 * degree[active].sum() < outgoing.nnz:
            met = _pushed(outgoing, front, active)
        else:
            met = np.zeros_like(front)
            met[into] = np.bitwise_or.reduceat(front[incoming.indices], incoming.indptr[into])
        met &= ~seen
        if not met.any():
            return
        seen |= met
        yield depth, met
        front = met


def _pushed(outgoing: csr_array, front: np.ndarray, active: np.ndarray) -> np.ndarray:
    """One step from the few active nodes alone."""
    met = np.zeros_like(front)
    rows = outgoing[active]
    np.bitwise_or.at(met, rows.indices, np.repeat(front[active], np.diff(rows.indptr)))
    return met
