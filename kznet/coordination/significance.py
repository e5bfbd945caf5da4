"""How surprising it is that two accounts shared so many objects within a window."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from kznet.coordination.gathered import Gathered
from kznet.coordination.held import Held
from kznet.coordination.parts import Engine, Parts, gathered_parts
from kznet.coordination.shares import Shares
from kznet.coordination.tails import tails


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
    shared, things = held.in_common(part.low[many], part.high[many])
    return objects, tails(objects, shared, rate[things]), shared


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
