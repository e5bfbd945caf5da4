"""The part of a world that one machine can hold: who may be named, who is central, their ties."""

from collections.abc import Collection
from dataclasses import replace

from pyspark.sql import DataFrame
from pyspark.sql import functions as sql

from kznet.engines.spark.world import World
from kznet.errors import DataError
from kznet.schema import PUBLIC_FOLLOWERS, PUBLIC_ROLES


def backbone(
    made: World, ranks: DataFrame, *, accounts: int, ties: int, of: Collection[str]
) -> World:
    """Public accounts first, then the most central, and the ties among them.

    Where those are too many, half of the accounts are tried, and so on. Of some accounts all
    reposts are kept, with whoever made them. Codes stay those of the whole world.

    Parameters
    ----------
    ranks
        code, pagerank.
    accounts, ties
        Most of each.
    of
        Accounts whose reposts are kept.

    Raises
    ------
    DataError
        The reposts of these accounts alone are more than so many ties.
    """
    asked = made.on.frame([(account,) for account in of], "account string")
    sources = made.on.kept(made.accounts.join(asked, "account").select("code"))
    theirs = _with_end(made.ties.where("kind = 'repost'"), "target", sources)
    rows = made.on.kept(theirs)
    count = rows.count()
    if count > ties:
        raise DataError(f"{count:,} reposts of {len(of):,} accounts; the driver holds {ties:,}")
    while True:
        chosen = made.on.kept(
            _first(made, ranks, accounts).select("code").union(sources).distinct()
        )
        among = _with_end(_with_end(made.ties, "source", chosen), "target", chosen)
        outside = rows.join(_as("source", chosen), "source", "left_anti")
        kept = made.on.kept(among.unionByName(outside))
        if kept.count() <= ties or accounts < 2:
            return _part(made, chosen, kept)
        accounts //= 2


def _first(made: World, ranks: DataFrame, count: int) -> DataFrame:
    """So many accounts, the public ones before the others, the central ones first."""
    public = sql.col("role").isin(*PUBLIC_ROLES) | (sql.col("followers") >= PUBLIC_FOLLOWERS)
    rows = made.accounts.select("code", sql.coalesce(public, sql.lit(False)).alias("public"))
    order = (sql.desc("public"), sql.desc("pagerank"), "code")
    return rows.join(ranks, "code").orderBy(*order).limit(count)


def _as(name: str, codes: DataFrame) -> DataFrame:
    return sql.broadcast(codes.select(sql.col("code").alias(name)))


def _with_end(ties: DataFrame, end: str, codes: DataFrame) -> DataFrame:
    return ties.join(_as(end, codes), end, "left_semi").select(*ties.columns)


def _part(made: World, chosen: DataFrame, ties: DataFrame) -> World:
    """These accounts and ties, whoever and whatever the ties mention, and all posts of theirs."""
    ends = ties.select("source").union(ties.select("target").dropna()).toDF("code")
    codes = chosen.union(ends).distinct()
    accounts = made.on.kept(made.accounts.join(codes, "code", "left_semi"))
    mine = made.posts.join(_as("account", chosen), "account", "left_semi").select("code")
    shared = ties.select(sql.col("post").alias("code")).dropna()
    posts = made.posts.join(shared.union(mine).distinct(), "code", "left_semi")
    known = accounts.select(sql.col("code").alias("account"), sql.lit(True).alias("here"))
    author = sql.when(sql.col("here"), sql.col("account"))
    posts = posts.join(known, "account", "left").withColumn("account", author).drop("here")
    posts = made.on.kept(posts)
    return replace(
        made, accounts=accounts, ties=ties, posts=posts, n=accounts.count(), rows=ties.count()
    )
