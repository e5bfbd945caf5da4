"""Pairs that may be too many for memory: counted and tested at once, listed part by part."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

import numpy as np
import pandas as pd

from kznet.coordination.parts import Engine
from kznet.coordination.shares import Shares, shares_of
from kznet.coordination.significance import tested
from kznet.dataset import Dataset
from kznet.engines import numpy_
from kznet.times import seconds

COLUMNS: Final = (
    "source",
    "target",
    "objects",
    "median_gap",
    "leader",
    "q",
    "lead_share",
    "coincidences",
    "mean_gap",
    "shared_objects",
    "p",
)


class Answers(Protocol):
    """All pairs by the codes of their accounts, with p and q: here, or on a cluster."""

    def count(self, *, min_objects: int = 1) -> int:
        """Count the pairs with so many objects."""

    def survivors(self, q: float, *, min_objects: int = 1) -> int:
        """Count those of them whose q is at most this."""

    def tables(self, *, min_objects: int = 1, q: float | None = None) -> Iterator[pd.DataFrame]:
        """Tables of the pairs with so many objects and at most this q, part by part."""


@dataclass(frozen=True, eq=False)
class Pairing:
    """The pairs of a dataset, counted and tested, of which any part can be listed.

    `shares` can take part in a pair, of which `too_coarse` have stamps coarser than the window.
    """

    ids: pd.Series
    shares: int
    too_coarse: int
    tested: Answers

    def count(self, *, min_objects: int = 1) -> int:
        """Count the pairs with so many objects."""
        return self.tested.count(min_objects=min_objects)

    def survivors(self, q: float, *, min_objects: int = 1) -> int:
        """Count those of them whose q is at most this."""
        return self.tested.survivors(q, min_objects=min_objects)

    def tables(self, *, min_objects: int = 1, q: float | None = None) -> Iterator[pd.DataFrame]:
        """Rows of `table` in pieces, of which at least one comes."""
        for codes in self.tested.tables(min_objects=min_objects, q=q):
            yield _named(codes, self.ids)

    def table(self, *, min_objects: int = 1, q: float | None = None) -> pd.DataFrame:
        """One row a pair, as `kznet.pairs` describes it."""
        pieces = list(self.tables(min_objects=min_objects, q=q))
        return pieces[0] if len(pieces) == 1 else pd.concat(pieces, ignore_index=True)


@contextmanager
def pairing(
    data: Dataset, *, window: str = "60s", memory: int | None = None, engine: str = "auto"
) -> Iterator[Pairing]:
    """Find and test all pairs of a dataset, as `kznet.pairs` does, without a table of them.

    What memory does not hold is in temporary files as long as the block lasts.

    Parameters
    ----------
    data, window
        As of `kznet.pairs`.
    memory
        Bytes that the whole process may hold; three fifths of what is free where not given.
    engine
        ``"duckdb"`` joins by way of a disk; any other name is NumPy's.

    Raises
    ------
    MissingDependencyError
        The package of the engine is not installed.
    """
    ids = data.accounts["account"]
    with _paired(shares_of(data), ids, window, memory=memory, engine=engine) as found:
        yield found


@contextmanager
def pairing_files(
    paths: Sequence[Path], *, window: str = "60s", memory: int | None = None
) -> Iterator[Pairing]:
    """Find and test all pairs straight from files that memory does not hold.

    Parameters
    ----------
    paths
        Parquet or CSV files with kznet's columns of ties, of which `source`, `post`, `time` and
        `kind` must be there.
    window, memory
        As of `pairing`.

    Raises
    ------
    MissingDependencyError
        duckdb is not installed.
    """
    from kznet.engines import duckdb_

    ids, *columns = duckdb_.shares(paths, memory=memory)
    names = pd.Series(ids, dtype="str")
    with _paired(Shares(*columns), names, window, memory=memory, engine="duckdb") as found:
        yield found


@contextmanager
def _paired(
    every: Shares, ids: pd.Series, window: str, *, memory: int | None, engine: str
) -> Iterator[Pairing]:
    width = round(seconds(window) * 1e6)
    found = every.finer_than(width)
    coarse = len(every) - len(found)
    with tested(found, width, len(ids), memory=memory, engine=_engine(engine)) as result:
        yield Pairing(ids, len(every), coarse, result)


def _engine(name: str) -> Engine:
    """Module of an engine; its package is asked for only here."""
    if name == "duckdb":
        from kznet.engines import duckdb_

        return duckdb_
    return numpy_


def _named(codes: pd.DataFrame, ids: pd.Series) -> pd.DataFrame:
    """Replace codes by ids; the accounts are sorted by id, so that low < high is the id order."""
    low, high = codes["low"].to_numpy(), codes["high"].to_numpy()
    ahead, behind = codes["ahead"].to_numpy(), codes["behind"].to_numpy()
    leader = np.where(ahead > behind, low, np.where(behind > ahead, high, -1))
    named = {
        "source": ids.array.take(low),
        "target": ids.array.take(high),
        "leader": ids.array.take(leader, allow_fill=True),
        "lead_share": np.maximum(ahead, behind) / np.maximum(codes["coincidences"], 1),
    }
    result = codes.assign(**named)
    return result[list(COLUMNS)].reset_index(drop=True)
