"""How many distinct accounts each post reached: exactly, or by sketches where they are too many."""

from typing import Final

from pyspark.sql import DataFrame
from pyspark.sql import functions as sql

from kznet.engines.spark.world import World

EXACT: Final = 200_000_000
_PRECISION: Final = 12
ERROR: Final = 0.016


def reach(made: World, *, exact: int = EXACT) -> tuple[DataFrame, str, bool]:
    """Distinct accounts that follow each post's author or one of its reposters.

    Without follows, its distinct reposters.

    Parameters
    ----------
    exact
        Most rows of post and follower that are counted one by one; above, every account's
        followers are a HyperLogLog sketch of 4,096 registers, with a standard error of 1.6 %.

    Returns
    -------
    frame, basis, sketched
        The frame has post (code), reach.

    References
    ----------
    Flajolet et al. (2007), https://doi.org/10.46298/dmtcs.3545
    """
    reposts = made.ties.where("kind = 'repost' and post is not null").select("post", "source")
    follows = made.ties.where("kind = 'follow' and target is not null and source <> target")
    follows = follows.where("weight > 0").select("source", "target").distinct()
    if follows.isEmpty():
        return _counted(reposts), "reposters", False
    authors = made.posts.where("account is not null").selectExpr("code post", "account source")
    spread = made.on.kept(reposts.union(authors).distinct().toDF("post", "target"))
    audience = follows.groupBy("target").count()
    work = spread.join(audience, "target").agg(sql.sum("count")).first()
    basis = "followers of author and reposters"
    if (work[0] or 0 if work else 0) <= exact:
        return _counted(spread.join(follows, "target").select("post", "source")), basis, False
    sketch = sql.hll_sketch_agg("source", _PRECISION).alias("sketch")
    heard = spread.join(follows.groupBy("target").agg(sketch), "target")
    joined = heard.groupBy("post").agg(sql.hll_union_agg("sketch").alias("sketch"))
    return joined.select("post", sql.hll_sketch_estimate("sketch").alias("reach")), basis, True


def _counted(rows: DataFrame) -> DataFrame:
    return rows.distinct().groupBy("post").agg(sql.count("*").alias("reach"))
