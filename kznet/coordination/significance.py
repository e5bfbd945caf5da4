"""How surprising it is that two accounts shared so many objects within a window."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
import pandas as pd

from kznet.coordination.gathered import Gathered
from kznet.coordination.parts import Kernel, Parts, gathered_parts
from kznet.coordination.shares import Shares
from kznet.coordination.tails import tails
from kznet.engines import numpy_
from kznet.times import seconds


@dataclass(frozen=True, eq=False)
class Tested:
    """All pairs by the codes of their accounts, with p and q.

    Of the pairs that share more than one object within the window, in order: `p`, and `shared`,
    how many objects they share at all. A pair with one has p = 1 and q = 1.
    """

    parts: Parts
    p: np.ndarray
    shared: np.ndarray

    def __len__(self) -> int:
        return sum(self.parts.sizes)

    @property
    def q(self) -> np.ndarray:
        """Of the same pairs as `p`, after Benjamini and Hochberg over all pairs."""
        sort = np.argsort(self.p)
        ordered = self.p[sort] * (len(self) / np.arange(1, len(sort) + 1))
        lowest = np.minimum.accumulate(np.append(ordered, 1.0)[::-1])[::-1]
        result = np.empty(len(sort))
        result[sort] = lowest[:-1]
        return result

    def survivors(self, q: float) -> int:
        """Count the pairs whose q is at most this."""
        return len(self) if q >= 1 else int((self.q <= q).sum())

    def tables(self, *, min_objects: int = 1, q: float | None = None) -> Iterator[pd.DataFrame]:
        """Tables of the pairs with so many objects and at most this q, part by part."""
        of_many, done = self.q, 0
        for part in self.parts:
            many = np.flatnonzero(part.objects >= 2)
            upto = done + len(many)
            values = np.ones(len(part)), np.ones(len(part)), np.ones(len(part), dtype=np.int64)
            for full, known in zip(values, (self.p, of_many, self.shared), strict=True):
                full[many] = known[done:upto]
            done = upto
            rows = part.objects >= min_objects
            if q is not None:
                rows &= values[1] <= q
            yield _table(part, *values, rows=np.flatnonzero(rows))


@contextmanager
def tested(
    found: Shares, window: str, n: int, *, memory: int | None = None, kernel: Kernel = numpy_
) -> Iterator[Tested]:
    """Gather the coincidences of shares to pairs and test them; files last as long as the block."""
    width = round(seconds(window) * 1e6)
    found = found.finer_than(width)
    held = _Held.of(found, n)
    size = len(held.sharers)
    with gathered_parts(found, width, size, memory=memory, kernel=kernel) as (parts, close):
        couples = held.sharers * (held.sharers - 1) / 2
        rate = np.minimum(close / np.maximum(couples, 1), 1.0)
        found_p = [_significance(part, held, rate, kernel) for part in parts]
        p = np.concatenate([p for p, _ in found_p] or [np.zeros(0)])
        shared = np.concatenate([shared for _, shared in found_p] or [np.zeros(0, np.int64)])
        yield Tested(parts, p, shared)


@dataclass(frozen=True, eq=False)
class _Held:
    """Objects of each account, once each: those of account i are object[start[i]:start[i + 1]].

    `sharers` is how many accounts share each object.
    """

    start: np.ndarray
    object: np.ndarray
    sharers: np.ndarray

    @classmethod
    def of(cls, found: Shares, n: int) -> "_Held":
        size = int(found.object.max()) + 1 if len(found.object) else 0
        key = found.account.astype(np.int64) * max(size, 1) + found.object
        key.sort()
        key = key[np.diff(key, prepend=-1) != 0]
        account, thing = np.divmod(key, max(size, 1))
        start = np.concatenate([[0], np.cumsum(np.bincount(account, minlength=n))])
        return cls(start, thing.astype(np.int32), np.bincount(thing, minlength=size))


def _significance(
    part: Gathered, held: _Held, rate: np.ndarray, kernel: Kernel
) -> tuple[np.ndarray, np.ndarray]:
    """P(K >= objects | K >= 1) of the pairs with several, and how many objects each shared at all.

    A pair is there because it has one object; conditioning on that makes the p of a pair with
    exactly one equal to 1, so only repeated pairs are worth computing.
    """
    many = np.flatnonzero(part.objects >= 2)
    low, high = part.low[many], part.high[many]
    shared, things = kernel.in_common(held.start, held.object, low, high)
    return tails(part.objects[many], shared, rate[things]), shared


def _table(
    part: Gathered, p: np.ndarray, q: np.ndarray, shared: np.ndarray, *, rows: np.ndarray
) -> pd.DataFrame:
    some = part.at(rows)
    count = some.coincidences.astype(np.int64)
    return pd.DataFrame(
        {
            "low": some.low,
            "high": some.high,
            "objects": some.objects.astype(np.int64),
            "median_gap": some.median / 1e6,
            "mean_gap": some.gaps / 1e6 / count,
            "coincidences": count,
            "ahead": some.ahead,
            "behind": some.behind,
            "p": p[rows],
            "shared_objects": shared[rows],
            "q": q[rows],
        },
        copy=False,
    )
