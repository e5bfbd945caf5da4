"""Coincidences gathered to pairs of accounts."""

from dataclasses import dataclass, fields

import numpy as np

from kznet.packing import order, ordered


@dataclass(frozen=True, eq=False)
class Gathered:
    """Pairs of accounts by code, `low` < `high`, in that order, and what they have in common.

    `gaps` is the sum of their gaps, `median` the median one, both in microseconds; `ahead`
    counts the coincidences in which `low` was first, `behind` those in which `high` was.
    """

    low: np.ndarray
    high: np.ndarray
    objects: np.ndarray
    coincidences: np.ndarray
    gaps: np.ndarray
    median: np.ndarray
    ahead: np.ndarray
    behind: np.ndarray

    def __len__(self) -> int:
        return len(self.low)

    def at(self, rows: np.ndarray | slice) -> "Gathered":
        """Pairs at these positions."""
        return Gathered(*(getattr(self, field.name)[rows] for field in fields(self)))


def gathered(
    low: np.ndarray, high: np.ndarray, gap: np.ndarray, thing: np.ndarray, size: int
) -> tuple[Gathered, np.ndarray]:
    """Gather coincidences, which come in the order of their objects, to pairs.

    Most pairs meet once: only the others need their gaps sorted.

    Parameters
    ----------
    gap
        Negative where `high` was first.
    size
        How many objects there are.

    Returns
    -------
    Gathered
        One entry a pair.
    array of int, shape (size,)
        In how many pairs each object counts.
    """
    sort, low, high = ordered(low, high)
    gap = gap[sort]
    start = np.flatnonzero(_changes(low, high))
    count = np.diff(start, append=len(low))
    low, high = low[start], high[start]
    found = Gathered(
        low,
        high,
        np.ones(len(start), dtype=np.int32),
        count.astype(np.int32),
        np.abs(gap[start]),
        np.abs(gap[start]).astype(np.float64),
        (gap[start] > 0).astype(np.int32),
        (gap[start] < 0).astype(np.int32),
    )
    close = np.bincount(thing, minlength=size)
    many = np.flatnonzero(count > 1)
    if len(many):
        rows = np.flatnonzero(np.repeat(count > 1, count))
        close -= _meet_again(found, many, gap[rows], thing[sort[rows]], size)
    return found, close


def _meet_again(
    found: Gathered, many: np.ndarray, gap: np.ndarray, thing: np.ndarray, size: int
) -> np.ndarray:
    """Fill in the pairs that meet more than once; by object, coincidences that add no object."""
    count = found.coincidences[many]
    start = np.cumsum(count) - count
    run = np.repeat(np.arange(len(many), dtype=np.int32), count)
    new = _changes(run, thing)
    length = np.abs(gap)
    found.objects[many] = np.add.reduceat(new, start, dtype=np.int32)
    found.gaps[many] = np.add.reduceat(length, start)
    found.ahead[many] = np.add.reduceat(gap > 0, start, dtype=np.int32)
    found.behind[many] = np.add.reduceat(gap < 0, start, dtype=np.int32)
    length = length[order([run, length])]
    middle = start + (count - 1) // 2
    found.median[many] = (length[middle] + length[start + count // 2]) / 2
    return np.bincount(thing[~new], minlength=size)


def _changes(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """Whether a row differs from the one before."""
    result = np.ones(len(one), dtype=bool)
    result[1:] = (one[1:] != one[:-1]) | (other[1:] != other[:-1])
    return result
