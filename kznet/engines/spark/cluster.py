"""What the rest of kznet asks of a cluster: plain arrays, frames and calls; nothing of Spark."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple, TypeVar

import numpy as np
import pandas as pd
import pyarrow as pa
from pyspark.sql import DataFrame
from pyspark.sql import functions as sql

from kznet.dataset import Dataset
from kznet.engines.spark.arrow import gathered
from kznet.engines.spark.backbone import backbone
from kznet.engines.spark.chance import Tails, pairs
from kznet.engines.spark.close import shares
from kznet.engines.spark.events import Events, Screen, events
from kznet.engines.spark.inputs import inputs
from kznet.engines.spark.pagerank import pagerank
from kznet.engines.spark.reach import EXACT, reach
from kznet.engines.spark.session import Session, session
from kznet.engines.spark.sources import each_source, with_habits
from kznet.engines.spark.strengths import edges, layer, layers, strengths
from kznet.engines.spark.world import World, world
from kznet.loaders import Options
from kznet.provenance import LoadReport

T = TypeVar("T")
R = TypeVar("R")


@contextmanager
def cluster(
    paths: Sequence[str],
    *,
    options: Options,
    master: str | None = None,
    work: str | None = None,
    settings: Mapping[str, str] | None = None,
) -> Iterator["Cluster"]:
    """Start Spark and read the tables at these paths there; see `session` and `inputs`."""
    with session(master, work=work, settings=settings) as on:
        yield Cluster(world(inputs(paths, options, on=on), on=on))


@dataclass(frozen=True, eq=False)
class Cluster:
    """Accounts, ties and posts on a cluster."""

    made: World

    @property
    def accounts(self) -> int:
        """How many accounts there are."""
        return self.made.n

    @property
    def ties(self) -> int:
        """How many ties there are, repeats apart."""
        return self.made.rows

    def dataset(self, part: World | None = None) -> Dataset:
        """Everything, or a part of it, as a dataset on the driver, which must have the memory."""
        made = part or self.made
        accounts, posts = (
            gathered(frame.orderBy("code")).to_pandas() for frame in (made.accounts, made.posts)
        )
        ties = gathered(made.ties.drop("part")).to_pandas()
        for name, ids in (("source", accounts), ("target", accounts), ("post", posts)):
            key = pd.Index(ids["post" if name == "post" else "account"], dtype="str")
            ties[name] = pd.Categorical.from_codes(_places(ties[name], ids["code"]), categories=key)
        authors = _places(posts["account"], accounts["code"])
        posts["account"] = accounts["account"].array.take(authors, allow_fill=True)
        tables = (_typed(frame.drop(columns="code")) for frame in (accounts, posts))
        report = LoadReport(made.files)
        return Dataset(next(tables), _typed(ties), next(tables), report)

    def backbone(self, accounts: int, *, ties: int, of: Collection[str] = ()) -> "Cluster":
        """The public and most central accounts, the ties among them, and all reposts of some."""
        return Cluster(backbone(self.made, self._ranks, accounts=accounts, ties=ties, of=of))

    @cached_property
    def _edges(self) -> DataFrame:
        return edges(self.made)

    @cached_property
    def _ranks(self) -> DataFrame:
        """PageRank of all accounts in all layers together."""
        return pagerank(layer(self._edges, "all"), self.made.n, on=self.made.on)

    def shares(self, width: int) -> tuple[int, int]:
        """Shares that can take part in a pair, and how many have stamps coarser than the window."""
        found = shares(self.made, width)
        row = found.agg(sql.count("*"), sql.count_if(~sql.col("fine"))).first()
        return (int(row[0]), int(row[1])) if row else (0, 0)

    def pairs(self, width: int, tails: Tails) -> "Pairs":
        """All pairs within so many microseconds."""
        found = pairs(self.made, width=width, tails=tails)
        return Pairs(self.made.on, self.made.on.kept(found))

    def among(self, every: "Pairs", accounts: Sequence[str]) -> "Pairs":
        """Pairs of accounts that are here alone, by their places here; p and q stay."""
        return every.among(accounts, self.made.accounts.select("code", "account"))

    def measures(self, here: Sequence[str] | None = None) -> dict[str, np.ndarray]:
        """Degrees, strengths and PageRank of every layer, under the names of their columns.

        For all accounts, or for those that are `here`; of the whole network in both cases.
        """
        found, kinds = self._edges, layers(self._edges)
        chosen = self.made.accounts.select("code", "account")
        if here is not None:
            ids = self.made.on.frame([(account,) for account in here], "account string")
            chosen = self.made.on.kept(chosen.join(sql.broadcast(ids), "account", "left_semi"))
        columns: dict[str, np.ndarray] = {}
        for name in kinds if len(kinds) < 2 else [*kinds, "all"]:
            part = layer(found, name)
            table = strengths(part).join(
                pagerank(part, self.made.n, on=self.made.on), "code", "full"
            )
            rows = chosen.join(table, "code", "left").fillna(0.0).orderBy("code")
            for measure in table.columns[1:]:
                columns[f"{name}_{measure}"] = gathered(rows.select(measure))[measure].to_numpy()
        return columns

    def reach(self, *, exact: int = EXACT) -> "Reach":
        """How many accounts the posts of each author reached, summed."""
        posts, basis, sketched = reach(self.made, exact=exact)
        authors = self.made.posts.where("account is not null").selectExpr(
            "code post", "account code"
        )
        summed = posts.where("reach > 0").join(authors, "post").groupBy("code")
        rows = summed.agg(
            sql.sum("reach").cast("double").alias("reached"),
            sql.sum(sql.col("reach").cast("double") ** 2).alias("squares"),
        )
        ids = self.made.accounts.select("code", "account")
        table = gathered(rows.join(ids, "code").orderBy("code")).to_pandas()
        return Reach(table.drop(columns="code"), basis, sketched)

    def gathered(self, screen: Screen, *, seed: int) -> "Gathered":
        """Collect the events of amplification, screened."""
        return Gathered(self.made, events(self.made, screen=screen, seed=seed))


class Reach(NamedTuple):
    """`table` has account, reached (summed over its posts) and squares (of each post's reach)."""

    table: pd.DataFrame
    basis: str
    sketched: bool


def _places(codes: pd.Series, known: pd.Series) -> np.ndarray:
    """Places of codes among those that are here, in their order; -1 where there is none."""
    asked = codes.fillna(-1).to_numpy(dtype=np.int64)
    place = np.searchsorted(known.to_numpy(), asked)
    return np.where(asked < 0, -1, place)


def _typed(frame: pd.DataFrame) -> pd.DataFrame:
    """Microseconds as times."""
    times = [name for name in ("time", "created") if name in frame]
    return frame.assign(
        **{name: pd.to_datetime(frame[name].astype("Int64"), unit="us", utc=True) for name in times}
    )


@dataclass(frozen=True, eq=False)
class Pairs:
    """All pairs, on the cluster."""

    on: Session
    frame: DataFrame

    def count(self, *, min_objects: int = 1) -> int:
        """Count the pairs with so many objects."""
        return self.frame.where(sql.col("objects") >= min_objects).count()

    def survivors(self, q: float, *, min_objects: int = 1) -> int:
        """Count those of them whose q is at most this."""
        return self._chosen(min_objects, q).count()

    def tables(self, *, min_objects: int = 1, q: float | None = None) -> Iterator[pd.DataFrame]:
        """Those pairs, by their accounts, on the driver."""
        yield gathered(self._chosen(min_objects, q).orderBy("low", "high")).to_pandas()

    def among(self, accounts: Sequence[str], ids: DataFrame) -> "Pairs":
        """Pairs of accounts that are here alone, by their places here; p and q stay."""
        here = self.on.frame(list(enumerate(accounts)), "place int, account string")
        known = sql.broadcast(self.on.kept(ids.join(here, "account").select("code", "place")))
        rows = self.frame
        for end in ("low", "high"):
            rows = rows.withColumnRenamed(end, "code").join(known, "code").drop("code")
            rows = rows.withColumnRenamed("place", end)
        return Pairs(self.on, self.on.kept(rows.select(*self.frame.columns)))

    def _chosen(self, min_objects: int, q: float | None) -> DataFrame:
        rows = self.frame.where(sql.col("objects") >= min_objects)
        return rows if q is None else rows.where(sql.col("q") <= q)


@dataclass(frozen=True, eq=False)
class Gathered:
    """Events of amplification on the cluster."""

    made: World
    found: Events

    @cached_property
    def sources(self) -> pd.DataFrame:
        """A row an account that can be asked about; see `amplification.there`."""
        return self._named(self.found.sources, "code")

    @cached_property
    def screens(self) -> pd.DataFrame:
        """Accounts set apart, and by which screen."""
        return self._named(self.found.screens.withColumnRenamed("account", "code"), "code")

    @cached_property
    def missing(self) -> str:
        """Why no source can be tested, or nothing."""
        reposts = self.made.ties.where("kind = 'repost'")
        said = reposts.agg(sql.count("*"), sql.count("post"), sql.count("time")).first()
        every, post, time = said or (0, 0, 0)
        if not every:
            return "no reposts in the data"
        if not post:
            return "the reposts do not say which post they repeat"
        if self.made.posts.where("account is not null").isEmpty():
            return "authors are missing: the reposts do not say whose posts they repeat"
        if not time:
            return "times are missing: the reposts carry no time"
        if self.found.usable:
            return ""
        if self.found.coarse:
            unit = self.found.coarsest
            return f"time stamps are too coarse (whole multiples of {unit:.0f} s)"
        return "no repost has a post, an author and a time at once"

    @property
    def facts(self) -> dict[str, Any]:
        """What the events have to say of themselves."""
        return {
            "resolution_seconds": self.found.coarsest,
            "reposts_with_too_coarse_stamps": self.found.coarse,
            "posts_that_start_with_their_first_repost": self.found.assumed,
            "reposts_before_their_post": self.found.early,
        }

    def each(self, tasks: Mapping[int, T], run: Callable[[T, pa.Table], R]) -> dict[int, R]:
        """Run a function on the events of each source that has a task, by its code."""
        return each_source(self.found.kept, tasks, run, on=self.made.on)

    def each_with_habits(
        self, tasks: Mapping[int, T], run: Callable[[T, pa.Table], R], *, prior: float
    ) -> dict[int, R]:
        """The same, with a column of the accounts' `habit` on other sources."""
        rows = with_habits(self.found.kept, list(tasks), prior, on=self.made.on)
        return each_source(rows, tasks, run, on=self.made.on)

    def _named(self, frame: DataFrame, column: str) -> pd.DataFrame:
        ids = self.made.accounts.select("code", "account")
        rows: pd.DataFrame = gathered(frame.join(ids, column)).to_pandas()
        return rows
