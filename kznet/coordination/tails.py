"""Tails of the Poisson-binomial distribution, exactly, for many pairs at once."""

from typing import Final

import numpy as np

_CELLS: Final = 500_000


def tails(k: np.ndarray, size: np.ndarray, chance: np.ndarray) -> np.ndarray:
    """Poisson-binomial tails, conditional on at least one success; exact recursion.

    Parameters
    ----------
    k
        Successes of each pair.
    size, chance
        How many trials each pair has, and the chances of all of them in a line.

    References
    ----------
    Hong (2013), https://doi.org/10.1016/j.csda.2012.10.006
    """
    possible = chance > 0
    size = np.bincount(np.repeat(np.arange(len(k)), size)[possible], minlength=len(k))
    chance = chance[possible]
    start = np.cumsum(size) - size
    result = np.ones(len(k))
    longest_first = np.argsort(-size, kind="stable")
    for successes in np.unique(k):
        alike = longest_first[k[longest_first] == successes]
        step = max(1, _CELLS // (int(successes) + 1))
        for begin in range(0, len(alike), step):
            rows = alike[begin : begin + step]
            result[rows] = _tail(int(successes), start[rows], size[rows], chance)
    return result


def _tail(k: int, start: np.ndarray, size: np.ndarray, chance: np.ndarray) -> np.ndarray:
    """P(K >= k | K >= 1) for runs of `chance`, the longest first; state k absorbs."""
    state = np.zeros((k + 1, len(start)))
    state[0] = 1.0
    going = np.searchsorted(-size, -np.arange(int(size.max(initial=0))))
    for step, count in enumerate(going):
        moved = state[:-1, :count] * chance[start[:count] + step]
        state[:-1, :count] -= moved
        state[1:, :count] += moved
    some = 1 - state[0]
    tail = np.divide(state[k], some, out=np.ones(len(start)), where=some > 0)
    result: np.ndarray = np.clip(tail, 0.0, 1.0)
    return result
