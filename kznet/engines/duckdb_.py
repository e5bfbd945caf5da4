"""The engine for what exceeds memory: files to codes, ties and coincidences by way of a disk."""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa

from kznet.engines.choice import missing
from kznet.errors import DataError
from kznet.memory import available
from kznet.schema import KINDS

try:
    import duckdb
except ImportError as error:
    raise missing("duckdb") from error

Rows = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]
_SHARE: Final = 0.5
_LEAST: Final = 128 << 20
_AT_ONCE: Final = 1 << 20
_SUMMED: Final = """
    CREATE TABLE tie AS
    SELECT source, target, CAST(list_position($1, kind) - 1 AS TINYINT) AS kind,
        fsum({weight}) AS weight
    FROM read WHERE source IS NOT NULL AND target IS NOT NULL AND list_contains($1, kind)
    GROUP BY ALL
"""
_BOTH_ENDS: Final = "SELECT source AS id FROM tie UNION SELECT target AS id FROM tie"
_NUMBERED: Final = """
    CREATE TABLE {table} AS
    SELECT id, CAST(row_number() OVER (ORDER BY id) - 1 AS INTEGER) AS code FROM ({ids})
"""
_ALL_OF: Final = "SELECT DISTINCT {column} AS id FROM share WHERE {column} IS NOT NULL"
_CODED_TIES: Final = """
    SELECT a.code AS s, b.code AS t, kind, weight
    FROM tie JOIN account AS a ON source = a.id JOIN account AS b ON target = b.id
    ORDER BY kind, s, t
"""
_SHARED: Final = """
    CREATE TABLE share AS
    SELECT source, post, epoch_us(CAST(time AS TIMESTAMPTZ)) AS time,
        CAST({content} AS VARCHAR) AS content, CAST({resolution} AS DOUBLE) AS resolution
    FROM read
    WHERE kind = 'repost' AND source IS NOT NULL AND post IS NOT NULL AND time IS NOT NULL
        AND ({content} IS NULL OR {content} <> post)
"""
_CODED_SHARES: Final = """
    SELECT account.code AS account, thing.code AS thing, time,
        coalesce(meant.code, -1) AS content, coalesce(resolution, 'nan') AS resolution
    FROM share JOIN account ON source = account.id JOIN thing ON post = thing.id
        LEFT JOIN meant ON content = meant.id
    ORDER BY thing, time, account
"""
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


def ties(
    paths: Sequence[Path], *, memory: int | None = None
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Summed ties straight from Parquet or CSV files with kznet's columns of ties.

    What has no target is left out; a tie without a weight weighs 1.

    Returns
    -------
    ids
        All accounts of these ties, ascending.
    source, target, kind, weight
        Positions in `ids`, position in `kznet.schema.KINDS`, and the sum; one entry for each
        source, target and kind, in the order of kind, source, target.

    Raises
    ------
    DataError
        The files lack a column.
    """
    with _database(memory) as base:
        columns = _read(base, paths, ("source", "target", "kind"))
        weight = "coalesce(CAST(weight AS DOUBLE), 1)" if "weight" in columns else "1.0"
        base.execute(_SUMMED.format(weight=weight), [list(KINDS)])
        base.execute(_NUMBERED.format(table="account", ids=_BOTH_ENDS))
        ids = base.execute("SELECT id FROM account ORDER BY code").fetchnumpy()["id"]
        found = base.execute(_CODED_TIES).fetchnumpy()
    source, target, kind, weights = (found[name] for name in ("s", "t", "kind", "weight"))
    return ids, source, target, kind, weights


def shares(
    paths: Sequence[Path], *, memory: int | None = None
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Reposts with a post and a time straight from Parquet or CSV files with kznet's columns.

    Returns
    -------
    ids
        All accounts that share, ascending.
    account, thing, time, content, resolution
        Of each share, by object and time: position in `ids`; number of the post in the order of
        their ids; microseconds since 1970; number of the content, -1 where there is none;
        seconds, missing where unknown.

    Raises
    ------
    DataError
        The files lack a column.
    """
    with _database(memory) as base:
        columns = _read(base, paths, ("source", "post", "time", "kind"))
        content = "content" if "content" in columns else "NULL"
        fine = "resolution" if "resolution" in columns else "NULL"
        base.execute(_SHARED.format(content=content, resolution=fine))
        for table, column in (("account", "source"), ("thing", "post"), ("meant", "content")):
            base.execute(_NUMBERED.format(table=table, ids=_ALL_OF.format(column=column)))
        ids = base.execute("SELECT id FROM account ORDER BY code").fetchnumpy()["id"]
        found = base.execute(_CODED_SHARES).fetchnumpy()
    account, thing, time, meant, fineness = (
        found[name] for name in ("account", "thing", "time", "content", "resolution")
    )
    return ids, account, thing, time, meant, fineness


def _read(base: Any, paths: Sequence[Path], wanted: Sequence[str]) -> list[str]:
    """Give the rows of files as the view `read`; the names of its columns."""
    names = [str(path) for path in paths]
    rows = (
        base.read_parquet(names, union_by_name=True)
        if names and all(name.endswith(".parquet") for name in names)
        else base.read_csv(names, union_by_name=True, all_varchar=True)
    )
    columns: list[str] = rows.columns
    missing = [name for name in wanted if name not in columns]
    if missing:
        raise DataError(f"{', '.join(names)}: missing columns {missing}; found {columns}")
    rows.create_view("read")
    return columns


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
    table = {
        "account": account.astype(np.int32),
        "object": thing.astype(np.int32),
        "time": time - (int(time.min()) if len(time) else 0),
        "content": content if len(content) else np.full(len(time), -1, dtype=np.int32),
        "place": np.arange(len(time)),
    }
    query = _COINCIDENCES.format(width=max(window, 1), window=window)
    with _database(memory) as base:
        base.register("shares", pa.table(table))
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
