"""Coincidences: shares of one object within the window, found in buckets of object and time.

A viral object is cut in time, each piece with the shares of one window after it; a piece that is
still too large is cut again by drawing its shares into lots, each of which meets all of them.
"""

from collections.abc import Iterator
from typing import Final

import numpy as np
import pyarrow as pa
from pyspark.sql import DataFrame
from pyspark.sql import functions as sql

from kznet.engines.spark.arrow import by_part
from kznet.engines.spark.world import World

_WINDOWS: Final = 64
_LARGEST: Final = 50_000
_COUPLES: Final = 2_000_000
_LINE: Final = 1 << 62
_MET: Final = "low long, high long, object long, gap long, lead int"


def shares(made: World, width: int) -> DataFrame:
    """Reposts that can take part in a pair: account, object, time, content."""
    ties = made.ties.where("kind = 'repost' and post is not null and time is not null")
    ids = made.posts.select(sql.col("code").alias("post"), sql.col("post").alias("_id"))
    told = ties.where("content is not null").join(ids, "post")
    other = told.where("content <> _id").drop("_id")
    found = ties.where("content is null").unionByName(other)
    fine = sql.coalesce(sql.col("resolution") * 1e6 <= width, sql.lit(True))
    return made.on.kept(
        found.select(
            sql.col("source").alias("account"),
            sql.col("post").alias("object"),
            "time",
            sql.xxhash64("content").alias("content"),
            sql.col("content").isNotNull().alias("own"),
            fine.alias("fine"),
        )
    )


def coincidences(found: DataFrame, width: int, *, largest: int = _LARGEST) -> DataFrame:
    """Couples of shares at most `width` microseconds apart, by different accounts.

    Returns
    -------
    frame
        low, high (accounts), object, gap (microseconds), lead (1 where the lower account came
        first, -1 the higher, 0 neither).
    """

    def meet(rows: pa.Table) -> Iterator[pa.Table]:
        return _met(rows, width)

    lots = _lots(found, width, largest)
    return by_part(lots.repartition("object", "piece", "lot"), meet, _MET)


def _lots(found: DataFrame, width: int, largest: int) -> DataFrame:
    """Each share in its piece of time and, where that begins soon before it, the piece before."""
    length = _WINDOWS * width
    home = sql.floor(sql.col("time") / length)
    late = sql.col("time") - home * length <= width
    homes = sql.when(late, sql.array(home, home - 1)).otherwise(sql.array(home))
    pieces = found.withColumn("home", home).withColumn("piece", sql.explode(homes))
    size = pieces.groupBy("object", "piece").count().where(sql.col("count") > largest)
    size = size.withColumn("lots", sql.ceil(sql.col("count") / largest).cast("int")).drop("count")
    joined = pieces.join(sql.broadcast(size), ["object", "piece"], "left").fillna(1, ["lots"])
    own = sql.pmod(sql.xxhash64("account", "time"), sql.col("lots"))
    rows = joined.withColumn("own_lot", own)
    rows = rows.withColumn("lot", sql.explode(sql.sequence(sql.lit(0), sql.col("lots") - 1)))
    first = (sql.col("home") == sql.col("piece")) & (sql.col("lot") == sql.col("own_lot"))
    return rows.select(
        "object", "piece", "lot", "account", "time", "content", "own", first.alias("first")
    )


def _met(rows: pa.Table, width: int) -> Iterator[pa.Table]:
    """Couples of each lot, some two millions at a time."""
    column = {name: rows[name].to_numpy() for name in rows.column_names}
    keys = [column[name] for name in ("time", "lot", "piece", "object")]
    order = np.lexsort(keys)
    new = np.zeros(len(order), dtype=bool)
    for key in keys[1:]:
        new[1:] |= np.diff(key[order]) != 0
    time = column["time"][order]
    line = _line(np.cumsum(new), time, width)
    after = np.searchsorted(line, line + width, side="right") - np.arange(len(line)) - 1
    before = np.arange(len(line)) - np.searchsorted(line, line, side="left")
    count = np.where(column["first"][order], after + before, 0)
    ends = np.cumsum(count)
    ordered = {
        name: column[name][order] for name in ("account", "object", "time", "content", "own")
    }
    begin = 0
    while begin < len(line):
        made = ends[begin - 1] if begin else 0
        end = max(int(np.searchsorted(ends, made + _COUPLES, side="right")), begin + 1)
        here = np.arange(begin, end)
        one = np.repeat(here, count[here])
        step = np.arange(len(one)) - np.repeat(np.cumsum(count[here]) - count[here], count[here])
        other = one - before[one] + step + (step >= before[one])
        yield _couples(ordered, one, other)
        begin = end


def _line(group: np.ndarray, time: np.ndarray, width: int) -> np.ndarray:
    """Places of all shares on one line, on which those of different groups are out of reach."""
    gap = np.diff(time, prepend=time[:1])
    gap[np.diff(group, prepend=-1) != 0] = width + 1
    return np.cumsum(np.minimum(gap, width + 1))


def _couples(of: dict[str, np.ndarray], one: np.ndarray, other: np.ndarray) -> pa.Table:
    """Couples of a share and one that comes later, or at the same time by a higher account."""
    a, b = of["account"][one], of["account"][other]
    gap = of["time"][other] - of["time"][one]
    same = (of["content"][one] == of["content"][other]) & of["own"][one] & of["own"][other]
    keep = (a != b) & ~same & ((gap > 0) | (a < b))
    a, b, gap = a[keep], b[keep], gap[keep]
    lead = np.where(gap > 0, np.where(a < b, 1, -1), 0).astype(np.int32)
    thing = of["object"][one][keep]
    ends = {"low": np.minimum(a, b), "high": np.maximum(a, b)}
    return pa.table({**ends, "object": thing, "gap": gap, "lead": lead})
