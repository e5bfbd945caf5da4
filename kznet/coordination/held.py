"""Which objects each account holds, and which of them two accounts have in common."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from kznet.coordination.shares import Shares

_CELLS: Final = 1_000_000
_MARKS: Final = 32_000_000


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

    def in_common(
        self, low: np.ndarray, high: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Which objects both accounts of each pair hold.

        The objects of the account that holds more are marked, and those of the other looked up:
        O(objects of the smaller), for a few of the larger accounts at a time.

        Returns
        -------
        order, count, object
            Positions of the pairs in the order of the other two; how many objects each has in
            common; all of those in a line, ascending for each pair.
        """
        held = np.diff(self.start)
        large = np.where(held[low] < held[high], high, low)
        order = np.argsort(large, kind="stable")
        large, small = large[order], (low + high - large)[order]
        marks = np.zeros((max(_MARKS // max(len(self.sharers), 1), 1), len(self.sharers)), bool)
        counts, objects = [np.zeros(0, dtype=np.int64)], [self.object[:0]]
        for part in _pieces(large, held[small], len(marks)):
            count, found = self._looked_up(large[part], small[part], marks)
            counts.append(count)
            objects.append(found)
        return order, np.concatenate(counts), np.concatenate(objects)

    def _looked_up(
        self, large: np.ndarray, small: np.ndarray, marks: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray]:
        """How many objects of `small` each `large` holds, and those; leaves `marks` clean."""
        accounts, row = np.unique(large, return_inverse=True)
        marked = self._of(accounts)
        marks[marked] = True
        pair, found = self._of(small)
        both = marks[row[pair], found]
        marks[marked] = False
        return np.bincount(pair[both], minlength=len(small)), found[both]

    def _of(self, accounts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Objects of these accounts one after the other, and the number of the account of each."""
        count = self.start[accounts + 1] - self.start[accounts]
        number = np.repeat(np.arange(len(accounts)), count)
        before = np.cumsum(count) - count
        place = np.arange(len(number)) + (self.start[accounts] - before)[number]
        return number, self.object[place]


def _pieces(large: np.ndarray, work: np.ndarray, most: int) -> Iterator[slice]:
    """Runs of pairs that have at most so many larger accounts, and about as much work each."""
    if not len(large):
        return
    account = np.cumsum(np.diff(large, prepend=large[:1]) != 0) // most
    piece = account + np.cumsum(work) // _CELLS
    cuts = np.flatnonzero(np.diff(piece)) + 1
    for begin, stop in zip([0, *cuts], [*cuts, len(large)], strict=True):
        yield slice(begin, stop)
