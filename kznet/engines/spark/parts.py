"""Weakly connected components, and communities by the labels that neighbours pass on."""

from collections.abc import Iterator
from typing import Final

import numpy as np
import pyarrow as pa
from pyspark.sql import DataFrame
from pyspark.sql import functions as sql
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from kznet.engines.spark.arrow import by_part
from kznet.engines.spark.session import Session

_ROUNDS: Final = 50


def components(edges: DataFrame, *, on: Session) -> DataFrame:
    """Smallest code of each account's weakly connected component: code, component.

    Accounts without ties are not listed. Each partition first keeps a star of its own parts; then
    stars are joined in turn by their larger and smaller ends until nothing changes, in a number
    of rounds that grows with the logarithm of the accounts.

    References
    ----------
    Kiveris et al. (2014), https://doi.org/10.1145/2670979.2670997
    """
    stars = on.kept(by_part(edges.select("source", "target"), _stars, "a long, b long"))
    before = (-1, -1)
    for _ in range(_ROUNDS):
        stars = on.kept(_small(_large(stars)))
        now = stars.agg(sql.count("*"), sql.sum("b")).first()
        if now is None or tuple(now) == before:
            break
        before = tuple(now)
    ends = stars.select(sql.col("b").alias("code"), sql.col("b").alias("component")).distinct()
    return stars.select(sql.col("a").alias("code"), sql.col("b").alias("component")).union(ends)


def _stars(rows: pa.Table) -> Iterator[pa.Table]:
    """From each account of a partition to the smallest it is linked to there."""
    ends = np.concatenate([rows["source"].to_numpy(), rows["target"].to_numpy()])
    known, slot = np.unique(ends, return_inverse=True)
    a, b = np.split(slot, 2)
    matrix = csr_array((np.ones(len(a)), (a, b)), shape=(len(known), len(known)))
    _, label = connected_components(matrix, directed=False)
    _, first = np.unique(label, return_index=True)
    smallest = known[first[label]]
    yield pa.table({"a": known, "b": smallest}).filter(pa.array(known != smallest))


def _large(stars: DataFrame) -> DataFrame:
    """Link each larger neighbour of an account to the smallest one."""
    both = stars.union(stars.select("b", "a")).toDF("u", "v")
    least = both.groupBy("u").agg(sql.least(sql.min("v"), sql.col("u")).alias("m"))
    joined = both.join(least, "u").where("v > u")
    return joined.select(sql.col("v").alias("a"), sql.col("m").alias("b")).distinct()


def _small(stars: DataFrame) -> DataFrame:
    """Link each account and its smaller neighbours to the smallest of these."""
    ends = (sql.greatest("a", "b").alias("u"), sql.least("a", "b").alias("v"))
    down = stars.select(*ends).where("u <> v")
    least = down.groupBy("u").agg(sql.min("v").alias("m"))
    near = down.join(least, "u").select(sql.col("v").alias("a"), sql.col("m").alias("b"))
    own = least.select(sql.col("u").alias("a"), sql.col("m").alias("b"))
    return near.union(own).where("a <> b").distinct()


def propagation(edges: DataFrame, *, on: Session, rounds: int = 20) -> DataFrame:
    """Label that most of each account's ties, by weight, lead to: code, label.

    Directions do not count. An account keeps its label where no other holds more; of equal ones
    it takes the smallest. In each round half of the accounts, drawn by a hash, may change: all at
    once, pairs would swap labels for ever. Ends when none would change, or after `rounds`.

    References
    ----------
    Raghavan, Albert and Kumara (2007), https://doi.org/10.1103/PhysRevE.76.036106
    """
    back = edges.select("target", "source", "weight").toDF("source", "target", "weight")
    both = edges.select("source", "target", "weight").union(back)
    both = both.groupBy("source", "target").agg(sql.sum("weight").alias("weight"))
    both = on.kept(both)
    labels = on.kept(both.select(sql.col("source").alias("code")).distinct())
    labels = labels.withColumn("label", sql.col("code"))
    for number in range(rounds):
        wanted = on.kept(_wanted(both, labels))
        if wanted.where("wanted <> label").isEmpty():
            break
        drawn = sql.pmod(sql.xxhash64("code", sql.lit(number)), sql.lit(2)) == 0
        label = sql.when(drawn, sql.col("wanted")).otherwise(sql.col("label"))
        labels = wanted.select("code", label.alias("label"))
    return labels


def _wanted(both: DataFrame, labels: DataFrame) -> DataFrame:
    """Label of each account, and the one that its ties want for it."""
    heard = both.join(labels.toDF("target", "heard"), "target")
    votes = heard.groupBy(sql.col("source").alias("code"), "heard").agg(
        sql.sum("weight").alias("n")
    )
    stays = sql.col("heard") == sql.col("label")
    best = sql.max_by("heard", sql.struct("n", stays, -sql.col("heard")))
    return votes.join(labels, "code").groupBy("code", "label").agg(best.alias("wanted"))
