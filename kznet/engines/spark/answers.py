"""What a cluster answers: pairs and events that stay there, of which the driver asks for parts."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple, TypeVar

import pandas as pd
import pyarrow as pa
from pyspark.sql import DataFrame
from pyspark.sql import functions as sql

from kznet.engines.spark.arrow import gathered
from kznet.engines.spark.events import Events
from kznet.engines.spark.session import Session
from kznet.engines.spark.sources import each_source, with_habits
from kznet.engines.spark.world import World

T = TypeVar("T")
R = TypeVar("R")


class Reach(NamedTuple):
    """`table` has account, reached (summed over its posts) and squares (of each post's reach)."""

    table: pd.DataFrame
    basis: str
    sketched: bool


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

    @property
    def seen(self) -> dict[str, Any]:
        """The counts of `amplification.seen.Seen`, by name."""
        reposts = self.made.ties.where("kind = 'repost'")
        said = reposts.agg(sql.count("*"), sql.count("post"), sql.count("time")).first()
        every, post, time = said or (0, 0, 0)
        return {
            "reposts": every,
            "posts": post,
            "times": time,
            "authors": not self.made.posts.where("account is not null").isEmpty(),
            "usable": self.found.usable,
            "coarse": self.found.coarse,
            "coarsest": self.found.coarsest,
            "assumed": self.found.assumed,
            "early": self.found.early,
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
