"""The engine for what exceeds memory: files to codes, ties and coincidences by way of a disk."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa

from kznet.errors import MissingDependencyError
from kznet.memory import available

try:
    import duckdb
except ImportError as error:
    raise MissingDependencyError(
        "engine 'duckdb' needs an optional package: pip install 'kznet[duckdb]'"
    ) from error

Rows = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]
_SHARE: Final = 0.5
_LEAST: Final = 128 << 20
_AT_ONCE: Final = 1 << 20
_COINCIDENCES: Final = """
    WITH here AS (SELECT *, time // {width} AS bucket FROM shares),
    reach AS (SELECT * FROM here UNION ALL SELECT * REPLACE (bucket + 1 AS bucket) FROM here)
    SELECT
        least(a.account, b.account) AS low,
        greatest(a.account, b.account) AS high,
        CASE WHEN a.account < b.account THEN b.time - a.time ELSE a.time - b.time END AS gap,
        object
    FROM reach AS a JOIN here AS b USING (object, bucket)
    WHERE b.place > a.place AND b.time - a.time <= {window} AND a.account <> b.account
        AND (a.content <> b.content OR a.content < 0)
    ORDER BY low, high, object
"""


def coincidences(
    account: np.ndarray,
    thing: np.ndarray,
    time: np.ndarray,
    content: np.ndarray,
    *,
    window: int,
    memory: int | None = None,
) -> Iterator[Rows]:
    """Couples of shares of one object at most `window` apart, by ranges of pairs of accounts.

    The shares are sorted by object and time. A couple is found in the bucket of either share or
    in the one after it, so that none is lost at a border.

    Yields
    ------
    low, high, gap, object
        As of the default engine's `met`, in the order of the two accounts and the object; all
        that a pair has is in one range.
    """
    shares = {
        "account": account.astype(np.int32),
        "object": thing.astype(np.int32),
        "time": time - (int(time.min()) if len(time) else 0),
        "content": content if len(content) else np.full(len(time), -1, dtype=np.int32),
        "place": np.arange(len(time)),
    }
    query = _COINCIDENCES.format(width=max(window, 1), window=window)
    with _database(memory) as base:
        base.register("shares", pa.table(shares))
        yield from _by_pair(base.sql(query).to_arrow_reader(_AT_ONCE))


def _by_pair(batches: Any) -> Iterator[Rows]:
    """Batches cut where a pair ends, of which at least one comes."""
    none = np.zeros(0, dtype=np.int32)
    kept: Rows = (none, none, none.astype(np.int64), none)
    for batch in batches:
        rows = _joined(kept, _columns(batch))
        last = (rows[0] == rows[0][-1:]) & (rows[1] == rows[1][-1:])
        cut = len(last) - int(last.sum())
        kept = _cut(rows, cut, len(last))
        if cut:
            yield _cut(rows, 0, cut)
    yield kept


def _columns(batch: Any) -> Rows:
    low, high, gap, thing = (column.to_numpy() for column in batch.columns)
    return low, high, gap, thing


def _joined(one: Rows, other: Rows) -> Rows:
    low, high, gap, thing = (np.concatenate(both) for both in zip(one, other, strict=True))
    return low, high, gap, thing


def _cut(rows: Rows, begin: int, stop: int) -> Rows:
    low, high, gap, thing = (column[begin:stop] for column in rows)
    return low, high, gap, thing


@contextmanager
def _database(memory: int | None) -> Iterator[Any]:
    """A database that spills to a temporary folder beyond half of the memory, one thread a core."""
    limit = max(int((memory or available()) * _SHARE), _LEAST)
    with tempfile.TemporaryDirectory(prefix="kznet-") as folder:
        options: dict[str, Any] = {
            "memory_limit": f"{limit // 1_000_000}MB",
            "temp_directory": str(Path(folder)),
            "preserve_insertion_order": False,
        }
        base = duckdb.connect(":memory:", config=options)
        try:
            yield base
        finally:
            base.close()
