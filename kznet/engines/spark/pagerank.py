"""PageRank in blocks: each multiplies a piece of the network with a piece of the ranks.

A block holds the ties from one range of accounts to another as arrays, so that a step costs one
product a block and moves one vector a block, not a row a tie.
"""

from collections.abc import Iterator
from functools import partial
from typing import Final

import numpy as np
import pyarrow as pa
from pyspark import RDD, StorageLevel
from pyspark.sql import DataFrame, Row
from pyspark.sql import functions as sql
from scipy.sparse import csr_array

from kznet.engines import linear
from kznet.engines.spark.arrow import by_part
from kznet.engines.spark.session import Session, unremarked

_DAMPING: Final = 0.85
_ROUNDS: Final = 1_000
_BLOCK: Final = 1 << 20
_ASKED: Final = 5
_SAVED: Final = 20
_ONE_TASK: Final = 5_000_000
_TIE: Final = ("source", "target", "weight")
_RANKS: Final = "code long, pagerank double"
_KEPT: Final = StorageLevel.MEMORY_AND_DISK
_BLOCK_SCHEMA: Final = "column long, row long, target binary, source binary, share binary"
Ties = tuple[int, np.ndarray, np.ndarray, np.ndarray]
Both = tuple[np.ndarray, np.ndarray]


def pagerank(
    edges: DataFrame,
    n: int,
    *,
    on: Session,
    tolerance: float = 1e-12,
    rounds: int = _ROUNDS,
    block: int = _BLOCK,
    one_task: int = _ONE_TASK,
) -> DataFrame:
    """PageRank of `n` accounts by their codes: code, pagerank, summing to 1.

    Damping .85. What accounts without ties out hold is spread evenly: together with the fresh
    starts it is what the rest lacks of 1. Ends when all ranks together move less than
    `tolerance`, which is asked at every fifth step. Every twentieth is left in the checkpoint
    folder, where no executor can lose it.

    Parameters
    ----------
    edges
        source, target (codes), weight.
    block
        Most accounts in the range of one block.
    one_task
        Most ties that one task ranks whole, as they are ranked on one machine.
    """
    if edges.count() <= one_task:
        return on.kept(_in_one_task(edges, n))
    parts = on.spark.sparkContext.defaultParallelism
    size = max(min(block, -(-n // parts)), 1)
    ties = _ties(edges, size, parts).persist(_KEPT)
    starts = [(i, np.full(min(size, n - i * size), 1 / n)) for i in range(-(-n // size))]
    ranks = on.spark.sparkContext.parallelize(starts, parts).partitionBy(parts).persist(_KEPT)
    for step in range(1, rounds + 1):
        both = _flows(ties, ranks, size, parts).persist(_KEPT)
        lacking = (1.0 - both.values().map(_given).sum()) / n
        moved = both.mapValues(partial(_plus, lacking)).persist(_KEPT)
        done = step % _ASKED == 0 and _change(both, lacking) < tolerance
        if step % _SAVED == 0:
            moved.checkpoint()
            moved.count()
        ranks.unpersist()
        ranks = moved
        if done:
            break
    rows = ranks.flatMap(partial(_rows, size))
    with unremarked():
        frame = on.spark.createDataFrame(rows, _RANKS)
    found = on.kept(frame)
    ties.unpersist()
    return found


def _in_one_task(edges: DataFrame, n: int) -> DataFrame:
    def rank(rows: pa.Table) -> Iterator[pa.Table]:
        source, target, weight = (rows[name].to_numpy() for name in _TIE)
        found = csr_array((weight, (source, target)), shape=(n, n))
        yield pa.table({"code": np.arange(n), "pagerank": linear.pagerank(found)})

    return by_part(edges.coalesce(1), rank, _RANKS)


def _ties(edges: DataFrame, size: int, parts: int) -> RDD[tuple[int, Ties]]:
    """Blocks of ties by the range of their sources."""
    column = sql.floor(sql.col("source") / size).alias("column")
    placed = edges.select(column, "source", "target", "weight").repartition(parts, "column")
    cut = by_part(placed, partial(_cut, size), _BLOCK_SCHEMA)
    read = cut.rdd.map(_unpacked)
    return read.partitionBy(parts)


def _cut(size: int, rows: pa.Table) -> Iterator[pa.Table]:
    """Blocks of some ranges of sources, all of whose ties are here, as bytes."""
    column, source, target = (rows[name].to_numpy() for name in ("column", "source", "target"))
    weight = rows["weight"].to_numpy()
    known, slot = np.unique(source, return_inverse=True)
    share = weight / np.bincount(slot, weight, len(known))[slot]
    key = column * (target.max() // size + 1) + target // size
    order = np.lexsort([source, target, key])
    starts = np.flatnonzero(np.diff(key[order], prepend=-1))
    for here in np.split(order, starts[1:]):
        ends = ((target[here] % size).astype(np.int32), (source[here] % size).astype(np.int32))
        cells = {"column": column[here[0]], "row": target[here[0]] // size}
        arrays = dict(zip(("target", "source", "share"), (*ends, share[here]), strict=True))
        packed = {name: [array.tobytes()] for name, array in arrays.items()}
        yield pa.table({**{name: [int(cell)] for name, cell in cells.items()}, **packed})


def _unpacked(row: Row) -> tuple[int, Ties]:
    ends = (np.frombuffer(row[name], dtype=np.int32) for name in ("target", "source"))
    return row["column"], (row["row"], *ends, np.frombuffer(row["share"]))


def _flows(
    ties: RDD[tuple[int, Ties]], ranks: RDD[tuple[int, np.ndarray]], size: int, parts: int
) -> RDD[tuple[int, Both]]:
    """Each range's ranks, and what its accounts are given along their ties."""
    given = ties.join(ranks).values().map(partial(_product, size)).reduceByKey(np.add, parts)
    return ranks.leftOuterJoin(given, parts).mapValues(_filled)


def _product(size: int, block: tuple[Ties, np.ndarray]) -> tuple[int, np.ndarray]:
    (row, target, source, share), rank = block
    return row, _DAMPING * np.bincount(target, rank[source] * share, size)


def _filled(both: tuple[np.ndarray, np.ndarray | None]) -> Both:
    rank, given = both
    return rank, np.zeros(len(rank)) if given is None else given[: len(rank)]


def _given(both: Both) -> float:
    return float(both[1].sum())


def _plus(lacking: float, both: Both) -> np.ndarray:
    return both[1] + lacking


def _change(both: RDD[tuple[int, Both]], lacking: float) -> float:
    return both.values().map(lambda each: float(np.abs(each[1] + lacking - each[0]).sum())).sum()


def _rows(size: int, ranks: tuple[int, np.ndarray]) -> Iterator[tuple[int, float]]:
    row, rank = ranks
    return zip(range(row * size, row * size + len(rank)), rank.tolist(), strict=True)
