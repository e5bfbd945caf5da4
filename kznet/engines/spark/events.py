"""The reposts that the synchrony test looks at, and the screens before it, on the cluster."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Final

import numpy as np
import pyarrow as pa
from pyspark.sql import DataFrame
from pyspark.sql import functions as sql

from kznet.engines.spark.arrow import by_part
from kznet.engines.spark.codes import numbered
from kznet.engines.spark.world import World

Flags = tuple[np.ndarray, np.ndarray]
Screen = Callable[[pa.Table, int], Flags]
COARSEST: Final = 60.0
EVENT: Final = (
    "source long, account long, post long, time double, latency double, resolution double"
)


@dataclass(frozen=True, eq=False)
class Events:
    """First reposts of other accounts' posts; `kept` without the accounts set apart.

    `sources` has a row an account that can be asked about: code, posts, reposts (kept), coarse
    (left out because of their stamps), resolution; `screens` account (code), screen. The numbers
    are those of the laptop's events: `coarsest` unit in seconds, posts that begin with their
    first repost, reposts before their post.
    """

    kept: DataFrame
    sources: DataFrame
    screens: DataFrame
    usable: int
    coarse: int
    coarsest: float
    assumed: int
    early: int


def events(made: World, *, screen: Screen, seed: int) -> Events:
    """Collect the events of all sources, and set automated and scheduled accounts apart.

    `screen` says, of all events of some accounts and the number of accounts with events, which
    ones the two screens set apart.
    """
    first = made.on.kept(_first(made))
    coarse = first.where(sql.col("unit") > COARSEST)
    timed = _spread(first.where(sql.col("unit") <= COARSEST), made, seed)
    timed = made.on.kept(_with_origins(timed))
    assumed = timed.where("assumed").select("post").distinct().count()
    usable = timed.where("latency > 0").withColumn("latency", sql.greatest("latency", sql.lit(1.0)))
    usable = made.on.kept(usable.select(*(item.split()[0] for item in EVENT.split(", "))))
    flagged = made.on.kept(_screened(usable, screen))
    kept = made.on.kept(
        flagged.where("not by_machine and not by_clock").drop("by_machine", "by_clock")
    )
    number, early = usable.count(), timed.where("latency <= 0").count() - assumed
    widest = first.agg(sql.max("unit")).first()
    return Events(
        kept,
        made.on.kept(_sources(made, kept, coarse)),
        _apart(flagged),
        number,
        coarse.count(),
        max(float((widest[0] if widest else None) or 1.0), 1.0),
        assumed,
        early,
    )


def _first(made: World) -> DataFrame:
    """First repost of each account and post by another author, with its stamp in seconds."""
    ties = made.ties.where("kind = 'repost' and post is not null and time is not null")
    posts = made.posts.where("account is not null").selectExpr(
        "code post", "account author", "time origin"
    )
    rows = ties.select("source", "post", "time", "resolution").join(posts, "post")
    rows = rows.where("author <> source")
    stamp = sql.struct("time", sql.coalesce("resolution", sql.lit(1.0)).alias("unit"))
    least = rows.groupBy("author", "post", "source", "origin").agg(sql.min(stamp).alias("first"))
    return least.selectExpr(
        "author source", "source account", "post", "first.time / 1e6D time", "first.unit unit",
        "origin / 1e6D origin",
    )  # fmt: skip


def _spread(rows: DataFrame, made: World, seed: int) -> DataFrame:
    """Spread stamps coarser than a second over their unit, with the laptop's random numbers.

    Those come in the order of post and account, so each run of 100,000 events goes on where the
    one before it ends.
    """
    if rows.where("unit > 1").isEmpty():
        return rows
    placed = numbered(rows, ["post", "account"], name="place", on=made.on)
    placed = placed.withColumn("run", sql.floor(sql.col("place") / 100_000))
    schema = "source long, account long, post long, time double, unit double, origin double"
    return by_part(placed.repartition("run"), partial(_moved, seed), schema)


def _moved(seed: int, rows: pa.Table) -> Iterator[pa.Table]:
    rows = rows.sort_by("place")
    place, unit = rows["place"].to_numpy(), rows["unit"].to_numpy()
    draws = np.empty(len(place))
    starts = np.flatnonzero(np.diff(place, prepend=-2) != 1)
    for here in np.split(np.arange(len(place)), starts[1:]):
        bits = np.random.PCG64(np.random.SeedSequence([seed, 2])).advance(int(place[here[0]]))
        draws[here] = np.random.Generator(bits).random(len(here))
    time = rows["time"].to_numpy()
    moved = np.where(unit > 1, time + draws * unit, time)
    yield rows.drop(["place", "run"]).set_column(
        rows.schema.get_field_index("time"), "time", pa.array(moved)
    )


def _with_origins(rows: DataFrame) -> DataFrame:
    """Seconds since the post; one of unknown time begins with its first repost."""
    open_ = rows.where("origin is null").groupBy("post").agg(sql.min("time").alias("begin"))
    joined = rows.join(open_, "post", "left")
    return joined.selectExpr(
        "source", "account", "post", "time", "time - coalesce(origin, begin) latency",
        "unit resolution", "origin is null assumed",
    )  # fmt: skip


def _screened(usable: DataFrame, screen: Screen) -> DataFrame:
    number = usable.select("account").distinct().count()

    def ask(rows: pa.Table) -> Iterator[pa.Table]:
        machine, clock = screen(rows, number)
        yield rows.append_column("by_machine", pa.array(machine)).append_column(
            "by_clock", pa.array(clock)
        )

    schema = f"{EVENT}, by_machine boolean, by_clock boolean"
    return by_part(usable.repartition("account"), ask, schema)


def _apart(flagged: DataFrame) -> DataFrame:
    parts = [
        flagged.where(flag).select("account", sql.lit(name).alias("screen")).distinct()
        for flag, name in (("by_machine", "automation"), ("by_clock", "scheduled"))
    ]
    return parts[0].union(parts[1])


def _sources(made: World, kept: DataFrame, coarse: DataFrame) -> DataFrame:
    """Accounts with posts or reposts of them, or where there are none with any tie to them."""
    written = made.posts.where("account is not null").groupBy("account").count()
    reposted = made.ties.where("kind = 'repost' and target is not null").select("target")
    asked = written.select("account").union(reposted).distinct().toDF("code")
    if asked.isEmpty():
        asked = (
            made.ties.where("target is not null").select(sql.col("target").alias("code")).distinct()
        )
    mine = kept.groupBy("source").agg(
        sql.count("*").alias("reposts"), sql.max("resolution").alias("resolution")
    )
    rows = asked.join(written.toDF("code", "posts"), "code", "left")
    rows = rows.join(mine.withColumnRenamed("source", "code"), "code", "left")
    rows = rows.join(coarse.groupBy("source").count().toDF("code", "coarse"), "code", "left")
    return rows.fillna(0, ["posts", "reposts", "coarse"]).fillna(1.0, ["resolution"])
