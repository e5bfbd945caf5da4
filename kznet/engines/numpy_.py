"""The default engine for pairs: what every other one must equal."""

from typing import Final

import numpy as np
from scipy.sparse import csr_array

from kznet.windows import numbered, reached

__all__ = ["in_common", "met", "reached"]

_CELLS: Final = 2_000_000


def met(
    account: np.ndarray,
    time: np.ndarray,
    content: np.ndarray,
    ends: np.ndarray,
    span: tuple[int, int],
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Couples of shares number `begin` to `stop` that are of different accounts and contents.

    Parameters
    ----------
    ends
        Running sums of `reached` over the shares.

    Returns
    -------
    low, high, gap, first
        The two accounts by code; the gap, negative where `high` was first; the position of the
        earlier share. In the order of the positions.
    """
    first, second = numbered(ends, *span)
    a, b = account[first], account[second]
    keep = a != b
    if len(content):
        keep &= (content[first] != content[second]) | (content[first] < 0)
    if not keep.all():
        first, second, a, b = first[keep], second[keep], a[keep], b[keep]
    gap = time[second] - time[first]
    return np.minimum(a, b), np.maximum(a, b), np.where(a < b, gap, -gap), first


def in_common(
    start: np.ndarray, item: np.ndarray, low: np.ndarray, high: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Items that two rows share, for each pair of rows: how many, and all of them in a line.

    Row i holds ``item[start[i]:start[i + 1]]``, ascending. O(items of both rows).
    """
    columns = int(item.max()) + 1 if len(item) else 0
    ones = np.ones(len(item), dtype=np.int8)
    rows = csr_array((ones, item, start), shape=(len(start) - 1, columns))
    held = np.diff(start)
    work = np.cumsum(held[low] + held[high])
    cuts = np.searchsorted(work, np.arange(_CELLS, work[-1] if len(work) else 0, _CELLS))
    counts, items = [np.zeros(0, dtype=np.int64)], [item[:0]]
    for part in np.split(np.arange(len(low)), np.unique(cuts)):
        both = csr_array(rows[low[part]].multiply(rows[high[part]]))
        counts.append(np.diff(both.indptr))
        items.append(both.indices.astype(item.dtype))
    return np.concatenate(counts), np.concatenate(items)
