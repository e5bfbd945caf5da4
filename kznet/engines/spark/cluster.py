"""What the rest of kznet asks of a cluster: plain arrays, frames and calls; nothing of Spark."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

import numpy as np
import pandas as pd
import pyarrow as pa
from pyspark.sql import DataFrame
from pyspark.sql import functions as sql

from kznet.dataset import Dataset
from kznet.engines.spark.arrow import gathered
from kznet.engines.spark.chance import Tails, pairs
from kznet.engines.spark.close import shares
from kznet.engines.spark.events import Events, Screen, events
from kznet.engines.spark.inputs import inputs
from kznet.engines.spark.pagerank import pagerank
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

    def dataset(self) -> Dataset:
        """Everything as a dataset on the driver, which must have the memory for it."""
        accounts = gathered(self.made.accounts.orderBy("code").drop("code")).to_pandas()
        posts = gathered(self.made.posts.orderBy("code").drop("code")).to_pandas()
        ties = gathered(self.made.ties.drop("part")).to_pandas()
        for name, ids in (("source", accounts), ("target", accounts), ("post", posts)):
            code = ties[name].fillna(-1).astype("int64")
            key = "post" if name == "post" else "account"
            ties[name] = pd.Categorical.from_codes(code, categories=pd.Index(ids[key], dtype="str"))
        code = posts["account"].fillna(-1).astype("int64").to_numpy()
        posts["account"] = accounts["account"].array.take(code, allow_fill=True)
        report = LoadReport(self.made.files)
        return Dataset(_typed(accounts), _typed(ties), _typed(posts), report)

    def shares(self, width: int) -> tuple[int, int]:
        """Shares that can take part in a pair, and how many have stamps coarser than the window."""
        found = shares(self.made, width)
        row = found.agg(sql.count("*"), sql.count_if(~sql.col("fine"))).first()
        return (int(row[0]), int(row[1])) if row else (0, 0)

    def pairs(self, width: int, tails: Tails) -> "Pairs":
        """All pairs within so many microseconds."""
        found = pairs(self.made, width=width, tails=tails)
        return Pairs(self.made.on, self.made.on.kept(found))

    def measures(self) -> dict[str, np.ndarray]:
        """Degrees, strengths and PageRank of every layer, under the names of their columns."""
        found = edges(self.made)
        kinds = layers(found)
        columns: dict[str, np.ndarray] = {}
        for name in kinds if len(kinds) < 2 else [*kinds, "all"]:
            part = layer(found, name)
            table = strengths(part).join(
                pagerank(part, self.made.n, on=self.made.on), "code", "full"
            )
            for measure in table.columns[1:]:
                columns[f"{name}_{measure}"] = _column(table, measure, self.made.n)
        return columns

    def gathered(self, screen: Screen, *, seed: int) -> "Gathered":
        """Collect the events of amplification, screened."""
        return Gathered(self.made, events(self.made, screen=screen, seed=seed))


def _column(frame: DataFrame, name: str, n: int) -> np.ndarray:
    rows = gathered(frame.select("code", name).dropna())
    result = np.zeros(n)
    result[rows["code"].to_numpy()] = rows[name].to_numpy()
    return result


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
