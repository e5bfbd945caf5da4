"""How surprising it is that two accounts shared so many objects within a window."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
import pandas as pd

from kznet.coordination.gathered import Gathered
from kznet.coordination.held import Held
from kznet.coordination.parts import Engine, Parts, gathered_parts
from kznet.coordination.shares import Shares
from kznet.coordination.tails import tails

_AT_ONCE: Final = 1 << 18


@dataclass(frozen=True, eq=False)
class Tested:
    """All pairs by the codes of their accounts, with p and q.

    Of the pairs that share more than one object within the window, in order: `objects`, `p`, and
    `shared`, how many objects they share at all. A pair with one has p = 1 and q = 1.
    """

    parts: Parts
    objects: np.ndarray
    p: np.ndarray
    shared: np.ndarray

    @cached_property
    def q(self) -> np.ndarray:
        """Of the same pairs as `p`, after Benjamini and Hochberg over all pairs."""
        sort = np.argsort(self.p)
        ordered = self.p[sort] * (self.count() / np.arange(1, len(sort) + 1))
        lowest = np.minimum.accumulate(np.append(ordered, 1.0)[::-1])[::-1]
        result = np.empty(len(sort))
        result[sort] = lowest[:-1]
        return result

    def count(self, *, min_objects: int = 1) -> int:
        """Count the pairs with so many objects."""
        if min_objects <= 1:
            return self.parts.count
        return int((self.objects >= min_objects).sum())

    def survivors(self, q: float, *, min_objects: int = 1) -> int:
        """Count those of them whose q is at most this."""
        if q >= 1:
            return self.count(min_objects=min_objects)
        return int(((self.q <= q) & (self.objects >= min_objects)).sum())

    def tables(self, *, min_objects: int = 1, q: float | None = None) -> Iterator[pd.DataFrame]:
        """Tables of the pairs with so many objects and at most this q, a few at a time."""
        of_many, done = self.q, 0
        for part in self.parts:
            for begin in range(0, max(len(part), 1), _AT_ONCE):
                some = part.at(slice(begin, begin + _AT_ONCE))
                many = np.flatnonzero(some.objects >= 2)
                known = slice(done, done + len(many))
                values = np.ones(len(some)), np.ones(len(some)), np.ones(len(some), dtype=np.int64)
                for full, column in zip(values, (self.p, of_many, self.shared), strict=True):
                    full[many] = column[known]
                done += len(many)
                rows = (some.objects >= min_objects) & (values[1] <= (1.0 if q is None else q))
                yield _table(some.at(rows), *(full[rows] for full in values))


@contextmanager
def tested(
    found: Shares, window: int, n: int, *, memory: int | None, engine: Engine
) -> Iterator[Tested]:
    """Gather the coincidences of shares to pairs and test them; files last as long as the block."""
    held = Held.of(found, n)
    size = len(held.sharers)
    with gathered_parts(found, window, size, memory=memory, engine=engine) as (parts, close):
        couples = held.sharers * (held.sharers - 1) / 2
        rate = np.minimum(close / np.maximum(couples, 1), 1.0)
        columns = [_significance(part, held, rate) for part in parts]
        yield Tested(parts, *(np.concatenate(column) for column in zip(*columns, strict=True)))


def _significance(
    part: Gathered, held: Held, rate: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Objects of the pairs with several, P(K >= objects | K >= 1), and how many they share at all.

    A pair is there because it has one object; conditioning on that makes the p of a pair with
    exactly one equal to 1, so only repeated pairs are worth computing.
    """
    many = np.flatnonzero(part.objects >= 2)
    objects = part.objects[many]
    order, count, things = held.in_common(part.low[many], part.high[many])
    p, shared = np.ones(len(many)), np.zeros(len(many), dtype=np.int64)
    p[order] = tails(objects[order], count, rate[things])
    shared[order] = count
    return objects, p, shared


def _table(pairs: Gathered, p: np.ndarray, q: np.ndarray, shared: np.ndarray) -> pd.DataFrame:
    count = pairs.coincidences.astype(np.int64)
    return pd.DataFrame(
        {
            "low": pairs.low,
            "high": pairs.high,
            "objects": pairs.objects.astype(np.int64),
            "median_gap": pairs.median / 1e6,
            "mean_gap": pairs.gaps / 1e6 / count,
            "coincidences": count,
            "ahead": pairs.ahead,
            "behind": pairs.behind,
            "p": p,
            "shared_objects": shared,
            "q": q,
        },
        copy=False,
    )
