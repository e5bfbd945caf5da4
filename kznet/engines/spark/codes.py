"""Whole numbers for ids, in the order of the ids, without one machine that sorts them all."""

from pyspark.sql import DataFrame
from pyspark.sql import functions as sql

from kznet.engines.spark.session import Session


def numbered(frame: DataFrame, by: list[str], *, name: str, on: Session) -> DataFrame:
    """Add each row's place in the order of some columns, from 0.

    A distributed sort, whose partitions are then counted: one number a partition comes to the
    driver. The sorted rows are kept, as another sort might cut the partitions elsewhere.
    """
    place = sql.monotonically_increasing_id().bitwiseAND(sql.lit((1 << 33) - 1))
    part = sql.spark_partition_id()
    rows = on.kept(frame.orderBy(*by).withColumns({"_part": part, "_at": place}))
    sizes = sorted(rows.groupBy("_part").count().collect())
    before, starts = 0, []
    for number, count in sizes:
        starts.append((number, before))
        before += count
    offsets = sql.broadcast(on.frame(starts, "_part int, _before long"))
    placed = rows.join(offsets, "_part").withColumn(name, sql.expr("_at + _before"))
    return placed.drop("_part", "_at", "_before")


def coded(frame: DataFrame, column: str, codes: DataFrame, *, key: str) -> DataFrame:
    """Replace the ids of a column by their `code`; missing where there is none.

    One id may hold many rows: Spark splits such a partition of the join by itself.
    """
    known = codes.select(sql.col(key).alias(column), sql.col("code").alias("_code"))
    joined = frame.join(known, column, "left")
    return joined.drop(column).withColumnRenamed("_code", column)
