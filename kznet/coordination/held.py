"""Which objects each account holds, and which of them two accounts have in common."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.sparse import csr_array

from kznet.coordination.shares import Shares

_CELLS: Final = 2_000_000


@dataclass(frozen=True, eq=False)
class Held:
    """Objects of each account, once each: those of account i are object[start[i]:start[i + 1]].

    `sharers` is how many accounts share each object.
    """

    start: np.ndarray
    object: np.ndarray
    sharers: np.ndarray

    @classmethod
    def of(cls, found: Shares, n: int) -> "Held":
        """Objects of each of `n` accounts."""
        size = int(found.object.max()) + 1 if len(found) else 0
        key = found.account.astype(np.int64) * max(size, 1) + found.object
        key.sort()
        key = key[np.diff(key, prepend=-1) != 0]
        account, thing = np.divmod(key, max(size, 1))
        start = np.concatenate([[0], np.cumsum(np.bincount(account, minlength=n))])
        return cls(start, thing.astype(np.int32), np.bincount(thing, minlength=size))

    def in_common(self, low: np.ndarray, high: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """For each pair of accounts, how many objects both hold; and all of those in a line.

        Done by pieces that stay in the processor's cache: the copies of rows are what costs.
        """
        rows = csr_array(
            (np.ones(len(self.object), dtype=np.int8), self.object, self.start),
            shape=(len(self.start) - 1, len(self.sharers)),
        )
        held = np.diff(self.start)
        work = np.cumsum(held[low] + held[high])
        cuts = np.searchsorted(work, np.arange(_CELLS, work[-1] if len(work) else 0, _CELLS))
        counts, objects = [np.zeros(0, dtype=np.int64)], [self.object[:0]]
        for part in np.split(np.arange(len(low)), np.unique(cuts)):
            both = csr_array(rows[low[part]].multiply(rows[high[part]]))
            counts.append(np.diff(both.indptr).astype(np.int64))
            objects.append(both.indices.astype(np.int32))
        return np.concatenate(counts), np.concatenate(objects)
