"""Aggregated ties: one row an ordered pair of accounts and kind; and the sums by account."""

from pyspark.sql import DataFrame
from pyspark.sql import functions as sql

from kznet.engines.spark.world import World


def edges(made: World) -> DataFrame:
    """Ties added up: kind, source, target (codes), weight; without loops and ties to nobody.

    A follow counts once, with its largest weight; the weights of all other kinds add up. Spark
    adds up before it moves rows, so that a celebrity's ties are few by then.
    """
    ties = made.ties.where("target is not null and source <> target")
    weight = sql.when(sql.col("kind") == "follow", sql.max("weight")).otherwise(sql.sum("weight"))
    found = ties.groupBy("kind", "source", "target").agg(weight.alias("weight"))
    return made.on.kept(found.where("weight > 0"))


def layers(found: DataFrame) -> list[str]:
    """Kinds of ties that there are."""
    return sorted(row.kind for row in found.select("kind").distinct().collect())


def layer(found: DataFrame, name: str) -> DataFrame:
    """Ties of one kind, or of ``all`` together: source, target, weight."""
    if name != "all":
        return found.where(sql.col("kind") == name).drop("kind")
    return found.groupBy("source", "target").agg(sql.sum("weight").alias("weight"))


def strengths(found: DataFrame) -> DataFrame:
    """Degrees and strengths: code, in_degree, in_strength, out_degree, out_strength."""
    parts = []
    for end, name in (("target", "in"), ("source", "out")):
        sums = {f"{name}_degree": sql.count("*"), f"{name}_strength": sql.sum("weight")}
        columns = [value.cast("double").alias(key) for key, value in sums.items()]
        parts.append(found.groupBy(sql.col(end).alias("code")).agg(*columns))
    return parts[0].join(parts[1], "code", "full").fillna(0.0)
