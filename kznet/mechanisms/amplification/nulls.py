"""Two ways in which nothing but habit could have made the synchrony, as draws of the statistic.

Draws are made many at a time: in each the work is small, and the cost of calling would rule.
"""

from collections.abc import Callable
from functools import partial

import numpy as np

from kznet.mechanisms.amplification.synchrony import (
    MANY,
    OCCASION,
    Entries,
    Sample,
    following,
    grouped,
    pair_key,
    scores,
    statistics,
)
from kznet.windows import expanded, reached

Draw = Callable[[int], np.ndarray]

_CELLS = 300_000
_MOST_SHIFT = 3_000.0
_BITS = 62


def by_jitter(found: Sample, couples: Entries, tau: np.ndarray, rng: np.random.Generator) -> Draw:
    """Redraw every repost inside its own cell; who reposts what and roughly when stays.

    Returns
    -------
    function from a number of draws to as many values of the statistic
    """
    kept, key, start = grouped(pair_key(found, couples))
    tau = tau[kept]
    mine = Entries(couples.i[kept], couples.j[kept], couples.same[kept])
    later = reached(key, tau, OCCASION + _MOST_SHIFT)
    many = later.sum() > MANY
    i, j = expanded(np.zeros_like(later) if many else later)
    events, slot = np.unique(np.concatenate([mine.i, mine.j]), return_inverse=True)
    local = Entries(slot[: len(kept)], slot[len(kept) :], mine.same)
    moved = found.without(events)
    cell = moved.cell

    def some(count: int) -> np.ndarray:
        if not len(key):
            return np.zeros(count)
        y = cell + rng.random((count, len(cell)))
        d = scores(y, local)
        time = moved.time(y)
        when = (time[:, local.i] + time[:, local.j]) / 2
        total = np.add.reduceat(d, start, axis=1)
        if many:
            near = np.array([_near(key, *row) for row in zip(when, d, strict=True)])
        else:
            close = np.abs(when[:, i] - when[:, j]) <= OCCASION
            near = np.where(close, d[:, i] * d[:, j], 0.0).sum(axis=1)
        result: np.ndarray = ((total**2).sum(axis=1) - (d**2).sum(axis=1)) / 2 - near
        return result

    return partial(_in_steps, some, step=_CELLS // max(len(key) + len(i), 1))


def _near(key: np.ndarray, when: np.ndarray, d: np.ndarray) -> float:
    """Sum of the products of scores on one occasion, where there are too many to be listed."""
    order = np.lexsort([when, key])
    d = d[order]
    return float(d @ following(d, reached(key, when[order], OCCASION)))


def by_permutation(
    found: Sample,
    couples: Entries,
    tau: np.ndarray,
    rng: np.random.Generator,
    *,
    readiness: np.ndarray | None = None,
) -> Draw:
    """Permute the accounts among the reposts of each post; every time stays.

    Where the `readiness` of each event's account is given, the ready come early: accounts are
    drawn for the first time, the second and so on in proportion to it (Plackett–Luce).
    Accounts that reposted the source once cannot meet again, so their couples are skipped.

    Returns
    -------
    function from a number of draws to as many values of the statistic

    References
    ----------
    Plackett (1975), The analysis of permutations, Applied Statistics 24, 193-202.
    """
    d = scores(found.y, couples)
    counts = np.flatnonzero(d != 0)
    i, j, tau, d = couples.i[counts], couples.j[counts], tau[counts], d[counts]
    often = np.bincount(found.account, minlength=len(found.accounts)) > 1
    number = np.where(often, np.cumsum(often) - 1, -1).astype(np.int32)[found.account]
    width = int(often.sum())
    rate = 1.0 if readiness is None else readiness
    room = _BITS - 2 * max(width, 2).bit_length() - max(len(i), 2).bit_length()
    step = max(min(_CELLS // max(len(i) + len(found.post), 1), 2 ** max(room // 2, 0)), 1)
    steps = np.arange(step + 1)

    def some(count: int) -> np.ndarray:
        wait = rng.standard_exponential((count, len(found.post))) / rate
        shuffled = number[np.argsort(found.post + wait / (1 + wait), axis=1)]
        a, b = shuffled.take(i, axis=1).ravel(), shuffled.take(j, axis=1).ravel()
        use = np.flatnonzero((a >= 0) & (b >= 0))
        draw = np.repeat(steps[:count], np.diff(np.searchsorted(use, steps[: count + 1] * len(i))))
        couple = use - draw * len(i)
        low, high = np.minimum(a[use], b[use]), np.maximum(a[use], b[use])
        key = (draw * width + low) * width + high
        return statistics(key, tau[couple], d[couple], size=width**2, count=count)

    return partial(_in_steps, some, step=step)


def _in_steps(some: Draw, count: int, *, step: int) -> np.ndarray:
    step = max(step, 1)
    parts = [some(min(step, count - begin)) for begin in range(0, count, step)]
    return np.concatenate(parts)
