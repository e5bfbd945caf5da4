"""The three tables on the cluster, in the canonical form that `Dataset` has on one machine."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Final

from pyspark.sql import DataFrame, Window
from pyspark.sql import functions as sql

from kznet.engines.spark.codes import coded, numbered
from kznet.engines.spark.inputs import ACCOUNTS, POSTS, TIES, Read
from kznet.engines.spark.session import Session
from kznet.engines.spark.stamps import with_resolution
from kznet.provenance import FileReport

_LARGEST: Final = ("followers", "verified")
_NO_REASON: Final = "reason is null"


@dataclass(frozen=True, eq=False)
class World:
    """Accounts, ties and posts with codes for ids; a code is the place in the order of ids.

    `accounts` and `posts` have `code`; in `ties` source, target and post are codes, in `posts`
    the account is. Times are microseconds since 1970. `n` counts accounts, `rows` ties.
    """

    on: Session
    accounts: DataFrame
    ties: DataFrame
    posts: DataFrame
    n: int
    rows: int
    files: tuple[FileReport, ...] = ()


def world(read: Sequence[Read], *, on: Session) -> World:
    """Bring what was read into canonical form: each id once, each act once, codes for ids."""
    accounts, ties, posts = (_together(read, which, on) for which in ("accounts", "ties", "posts"))
    said = on.kept(ties)
    good = said.where(_NO_REASON).drop("reason")
    posts = _once(posts.where(_NO_REASON), "post")
    ties = _with_targets(good, posts)
    ties = on.kept(_without_repeats(with_resolution(ties, on=on)))
    posts = numbered(_all_posts(posts, ties), ["post"], name="code", on=on)
    accounts = _all_accounts(_once(accounts.where(_NO_REASON), "account"), ties, posts)
    accounts = on.kept(numbered(accounts, ["account"], name="code", on=on))
    posts = on.kept(coded(posts, "account", accounts, key="account"))
    for column, table, key in (
        ("source", accounts, "account"), ("target", accounts, "account"), ("post", posts, "post"),
    ):  # fmt: skip
        ties = coded(ties, column, table, key=key)
    ties = on.kept(ties)
    return World(
        on, accounts, ties, posts, accounts.count(), ties.count(), _reports(read, said, ties)
    )


def _together(read: Sequence[Read], which: str, on: Session) -> DataFrame:
    """All rows of one table; ties know the number of their `part`."""
    schema = {"accounts": ACCOUNTS, "ties": TIES, "posts": POSTS}[which]
    found = [
        each.rows.withColumn("part", sql.lit(number))
        for number, each in enumerate(read)
        if ("ties" if each.which == "edges" else each.which) == which
    ]
    none = on.frame([], f"{schema}, reason string, part int")
    return reduce(DataFrame.unionByName, found, none)


def _once(frame: DataFrame, key: str) -> DataFrame:
    """One row an id: of several values the smallest (of followers the largest)."""
    rest = [name for name in frame.columns if name not in (key, "reason", "part")]
    rules = [(sql.max if name in _LARGEST else sql.min)(name).alias(name) for name in rest]
    return frame.groupBy(key).agg(*rules)


def _with_targets(ties: DataFrame, posts: DataFrame) -> DataFrame:
    """Fill in whom a share repeats where another row, or the post itself, says it."""
    told = ties.where("kind = 'repost' and target is not null and post is not null")
    named = told.groupBy("post").agg(sql.min("target").alias("_named"))
    written = posts.select("post", sql.col("account").alias("_author"))
    known = written.join(named, "post", "full").select(
        "post", sql.coalesce("_author", "_named").alias("_known")
    )
    open_ = "target is null and post is not null and kind in ('repost', 'quote', 'reply')"
    filled = ties.where(open_).join(known, "post", "left")
    filled = filled.withColumn("target", sql.col("_known")).select(*ties.columns)
    return ties.where(f"not ({open_})").unionByName(filled)


def _without_repeats(ties: DataFrame) -> DataFrame:
    """Each follow once, and each act that has an id of its own once: the earliest and heaviest."""
    own = "kind <> 'follow' and content is not null"
    follows = _first(ties.where("kind = 'follow'"), ["source", "target"])
    acts = _first(ties.where(own), ["content", "source", "kind", "post", "target"])
    share = Window.partitionBy("content", "source", "kind")
    whole = Window.partitionBy("content", "source", "kind", "post")
    acts = acts.withColumn("_told", sql.count("post").over(share) > 0)
    acts = acts.withColumn("_named", sql.count("target").over(whole) > 0)
    acts = acts.where("(post is not null or not _told) and (target is not null or not _named)")
    rest = ties.where("kind <> 'follow' and content is null")
    return follows.unionByName(acts.drop("_told", "_named")).unionByName(rest)


def _first(ties: DataFrame, key: list[str]) -> DataFrame:
    """Of the rows of one key the earliest, of those the heaviest."""
    rest = [name for name in ties.columns if name not in key]
    late = sql.coalesce("time", sql.lit((1 << 63) - 1))
    best = sql.min_by(sql.struct(*rest), sql.struct(late, -sql.col("weight"), *rest))
    return ties.groupBy(*key).agg(best.alias("_best")).select(*key, "_best.*").select(*ties.columns)


def _all_posts(posts: DataFrame, ties: DataFrame) -> DataFrame:
    """Add posts that ties alone mention, and the authors that reposts of them name."""
    mentioned = ties.where("post is not null")
    repost = sql.when(sql.col("kind") == "repost", sql.col("target"))
    named = mentioned.groupBy("post").agg(sql.min(repost).alias("_named"))
    joined = posts.join(named, "post", "full")
    return joined.withColumn("account", sql.coalesce("account", "_named")).drop("_named")


def _all_accounts(accounts: DataFrame, ties: DataFrame, posts: DataFrame) -> DataFrame:
    """Add accounts that other tables alone mention."""
    columns = (ties["source"], ties["target"], posts["account"])
    frames = (ties.select(columns[0]), ties.select(columns[1]), posts.select(columns[2]))
    ids = reduce(DataFrame.union, frames).toDF("account").dropna().distinct()
    return accounts.join(ids, "account", "full")


def _reports(read: Sequence[Read], said: DataFrame, ties: DataFrame) -> tuple[FileReport, ...]:
    """What each input gave, in counts; a line a kind and a line a reason."""
    used = {
        (part, kind): count for part, kind, count in ties.groupBy("part", "kind").count().collect()
    }
    reasons = said.groupBy("part", "reason").count().collect()
    found = []
    for number, each in enumerate(read):
        mine = {reason: count for part, reason, count in reasons if part == number}
        good = mine.pop(None, 0)
        counts = {kind: count for (part, kind), count in used.items() if part == number}
        rejected = {str(reason): int(count) for reason, count in sorted(mine.items())}
        again = good - sum(counts.values())
        if again:
            rejected["repeated follow or share"] = again
        report = FileReport(
            name=each.file,
            format="tables",
            recognised_by=f"columns of {each.which}",
            sha256="",
            rows=good + sum(mine.values()),
            used=good,
            ties=dict(sorted(counts.items())),
            rejected=rejected,
        )
        found.append(report)
    return tuple(found)
