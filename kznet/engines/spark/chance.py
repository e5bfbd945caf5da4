"""Pairs of accounts from their coincidences, and how surprising each pair is."""

from collections.abc import Callable, Iterator, Sequence
from typing import Final

import numpy as np
import pyarrow as pa
from pyspark.sql import DataFrame, Window
from pyspark.sql import functions as sql

from kznet.engines.spark.arrow import by_part
from kznet.engines.spark.close import coincidences, shares
from kznet.engines.spark.codes import numbered
from kznet.engines.spark.world import World

Tails = Callable[[np.ndarray, np.ndarray, np.ndarray], np.ndarray]
_SECOND: Final = 1e6
_RUN: Final = 100_000
_CHANCE: Final = "low long, high long, p double, shared_objects long"


def pairs(made: World, *, width: int, tails: Tails) -> DataFrame:
    """All pairs within `width` microseconds, by the codes of their accounts, with p and q.

    `tails` gives the Poisson-binomial tails of some pairs: objects met in, how many each shared,
    and the rates of these in a line.
    """
    found = shares(made, width).where("fine")
    met = coincidences(found, width).repartition("low", "high")
    by_object = made.on.kept(
        met.groupBy("low", "high", "object").agg(
            sql.count("*").alias("times"),
            sql.sum("gap").alias("gap"),
            sql.collect_list("gap").alias("gaps"),
            sql.count_if(sql.col("lead") > 0).alias("ahead"),
            sql.count_if(sql.col("lead") < 0).alias("behind"),
        )
    )
    table = made.on.kept(_paired(by_object))
    told = _told(table, by_object, found, tails)
    plain = sql.coalesce("p", sql.lit(1.0))
    shared = sql.coalesce("shared_objects", "objects")
    joined = table.join(told, ["low", "high"], "left")
    return _controlled(joined.withColumns({"p": plain, "shared_objects": shared}), made)


def _paired(by_object: DataFrame) -> DataFrame:
    gaps = sql.sort_array(sql.flatten(sql.collect_list("gaps")))
    frame = by_object.groupBy("low", "high").agg(
        sql.count("*").alias("objects"),
        sql.sum("times").alias("coincidences"),
        sql.sum("gap").alias("_gap"),
        sql.sum("ahead").alias("ahead"),
        sql.sum("behind").alias("behind"),
        gaps.alias("_gaps"),
    )
    below = sql.expr(f"_gaps[int((coincidences - 1) div 2)] / {_SECOND:.0f}D")
    above = sql.expr(f"_gaps[int(coincidences div 2)] / {_SECOND:.0f}D")
    mean = sql.col("_gap") / _SECOND / sql.col("coincidences")
    return frame.withColumns({"median_gap": (below + above) / 2, "mean_gap": mean}).drop(
        "_gaps", "_gap"
    )


def _told(table: DataFrame, by_object: DataFrame, found: DataFrame, tails: Tails) -> DataFrame:
    """P and shared objects of the pairs with more than one object: p of the others is 1.

    The objects of whoever of a pair shared fewer are asked for among those of the other.
    """
    had = found.select("account", "object").distinct()
    sharers = had.groupBy("object").agg(sql.count("*").alias("k"))
    close = by_object.groupBy("object").agg(sql.count("*").alias("close"))
    possible = sql.greatest(sql.expr("k * (k - 1) / 2"), sql.lit(1.0))
    rate = sharers.join(close, "object").select(
        "object", sql.least(sql.col("close") / possible, sql.lit(1.0)).alias("rate")
    )
    number = had.groupBy("account").count()
    again = table.where("objects >= 2").select("low", "high", "objects")
    for end in ("low", "high"):
        again = again.join(number.toDF(end, f"_{end}"), end)
    few = sql.col("_low") <= sql.col("_high")
    again = again.withColumn("account", sql.when(few, sql.col("low")).otherwise(sql.col("high")))
    again = again.withColumn("other", sql.when(few, sql.col("high")).otherwise(sql.col("low")))
    both = again.join(had, "account").drop("account")
    both = both.join(had.toDF("other", "object"), ["other", "object"])
    rows = both.join(rate, "object", "left").fillna(0.0, ["rate"])
    chosen = rows.select("low", "high", "object", "objects", "rate").repartition("low", "high")

    def ask(part: pa.Table) -> Iterator[pa.Table]:
        return _asked(part, tails)

    return by_part(chosen.sortWithinPartitions("low", "high", "object"), ask, _CHANCE)


def _asked(part: pa.Table, tails: Tails) -> Iterator[pa.Table]:
    low, high, k, rate = (part[name].to_numpy() for name in ("low", "high", "objects", "rate"))
    new = np.ones(len(low), dtype=bool)
    new[1:] = (np.diff(low) != 0) | (np.diff(high) != 0)
    start = np.flatnonzero(new)
    size = np.diff(np.append(start, len(low)))
    p = tails(k[start], size, rate)
    yield pa.table({"low": low[start], "high": high[start], "p": p, "shared_objects": size})


def _controlled(table: DataFrame, made: World) -> DataFrame:
    """Add q after Benjamini and Hochberg over all pairs; of p = 1 it is 1, which most have."""
    kept = made.on.kept(table)
    m = kept.count()
    below = kept.where("p < 1").groupBy("p").agg(sql.count("*").alias("_n"))
    placed = numbered(below, ["p"], name="_place", on=made.on)
    line = placed.withColumn("_run", sql.floor(sql.col("_place") / _RUN))
    sizes = sorted(line.groupBy("_run").agg(sql.sum("_n")).collect())
    before = np.cumsum([0, *(size for _, size in sizes)]).tolist()
    starts = [(number, start) for (number, _), start in zip(sizes, before, strict=False)]
    start = sql.broadcast(made.on.frame(starts, "_run long, _before long"))
    up_to = Window.partitionBy("_run").orderBy("p")
    rank = sql.sum("_n").over(up_to) + sql.col("_before")
    asked = line.join(start, "_run").withColumn("_q", sql.col("p") * m / rank)
    least = sorted(asked.groupBy("_run").agg(sql.min("_q")).collect())
    after = sql.broadcast(made.on.frame(_later(least), "_run long, _after double"))
    from_here = Window.partitionBy("_run").orderBy(sql.desc("p"))
    q = sql.least(sql.min("_q").over(from_here), "_after", sql.lit(1.0))
    known = asked.join(after, "_run").select("p", q.alias("q"))
    return kept.join(known, "p", "left").fillna(1.0, ["q"])


def _later(least: Sequence[tuple[int, float]]) -> list[tuple[int, float]]:
    """For each run the smallest q of the runs after it."""
    found, smallest = [], 1.0
    for number, value in reversed(least):
        found.append((number, smallest))
        smallest = min(smallest, value)
    return found
