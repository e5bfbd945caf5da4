"""Tails of the Poisson-binomial distribution, exactly, for many pairs at once."""

from typing import Final

import numpy as np
from scipy.sparse import csr_array

_CELLS: Final = 4_000_000


def tails(k: np.ndarray, both: csr_array, rate: np.ndarray) -> np.ndarray:
    """Poisson-binomial tails, conditional on at least one success; exact recursion.

    References
    ----------
    Hong (2013), https://doi.org/10.1016/j.csda.2012.10.006
    """
    result = np.ones(len(k))
    size = np.diff(both.indptr)
    for successes in np.unique(k):
        alike = np.flatnonzero(k == successes)
        step = max(1, _CELLS // int(successes))
        for begin in range(0, len(alike), step):
            rows = alike[begin : begin + step]
            result[rows] = _tail(int(successes), both.indptr[rows], size[rows], rate[both.indices])
    return result


def _tail(k: int, start: np.ndarray, size: np.ndarray, rate: np.ndarray) -> np.ndarray:
    """P(K >= k | K >= 1) for runs of `rate` that begin at `start`; state k absorbs."""
    state = np.zeros((len(start), k + 1))
    state[:, 0] = 1.0
    for step in range(int(size.max())):
        at = np.minimum(start + step, len(rate) - 1)
        chance = np.where(step < size, rate[at], 0.0)[:, None]
        moved = state[:, :-1] * chance
        state[:, :-1] -= moved
        state[:, 1:] += moved
    some = 1 - state[:, 0]
    tail = np.divide(state[:, k], some, out=np.ones(len(start)), where=some > 0)
    return np.clip(tail, 0.0, 1.0)
