"""Shares of one object within a window, gathered to pairs of accounts."""

from functools import partial

import numpy as np
import pandas as pd

from kznet.coordination.shares import Shares
from kznet.windows import within


def coincidences(found: Shares, window: int, n: int) -> tuple[pd.DataFrame, np.ndarray]:
    """Aggregate all coincidences to pairs; also each object's share of close account pairs."""
    first, second = _close(found, window)
    a, b = found.account[first], found.account[second]
    gap = (found.time[second] - found.time[first]) / 1e6
    lead = np.where(gap > 0, np.where(a < b, 1, -1), 0)
    key = np.minimum(a, b) * n + np.maximum(a, b)
    thing = found.object[first]
    order = np.lexsort([gap, thing, key])
    key, thing, gap, lead = key[order], thing[order], gap[order], lead[order]
    pair, start, count = np.unique(key, return_index=True, return_counts=True)
    new_object = np.ones(len(key), dtype=np.int64)
    new_object[1:] = (key[1:] != key[:-1]) | (thing[1:] != thing[:-1])
    low, high = np.divmod(pair, max(n, 1))
    sums = partial(np.add.reduceat, indices=start)
    table = pd.DataFrame(
        {
            "low": low,
            "high": high,
            "objects": sums(new_object),
            "median_gap": _median(key, gap, start, count),
            "mean_gap": sums(gap) / count,
            "coincidences": count,
            "ahead": sums((lead > 0).astype(np.int64)),
            "behind": sums((lead < 0).astype(np.int64)),
        }
    )
    return table, _closeness(thing[new_object == 1], found)


def _close(found: Shares, window: int) -> tuple[np.ndarray, np.ndarray]:
    """Positions of all share pairs of one object within the window, by different accounts."""
    first, second = within(found.object, found.time, window)
    same = (found.content[first] == found.content[second]) & (found.content[first] >= 0)
    keep = (found.account[first] != found.account[second]) & ~same
    return first[keep], second[keep]


def _median(key: np.ndarray, gap: np.ndarray, start: np.ndarray, count: np.ndarray) -> np.ndarray:
    if not len(key):
        return gap
    ordered = gap[np.lexsort([gap, key])]
    middle = start + (count - 1) // 2
    result: np.ndarray = (ordered[middle] + ordered[start + count // 2]) / 2
    return result


def _closeness(close_object: np.ndarray, found: Shares) -> np.ndarray:
    """Probability that two sharers of an object are within the window, by object code."""
    size = int(found.object.max()) + 1 if len(found.object) else 0
    close = np.bincount(close_object, minlength=size)
    sharers = np.unique(np.column_stack([found.object, found.account]), axis=0)[:, 0]
    k = np.bincount(sharers, minlength=size)
    return np.minimum(close / np.maximum(k * (k - 1) / 2, 1), 1.0)
