"""What the rest of kznet asks of a cluster: plain arrays, frames and calls; nothing of Spark."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from pyspark.sql import DataFrame
from pyspark.sql import functions as sql

from kznet.dataset import Dataset
from kznet.engines.spark.answers import Gathered, Pairs, Reach
from kznet.engines.spark.arrow import gathered
from kznet.engines.spark.backbone import backbone
from kznet.engines.spark.chance import Tails, pairs
from kznet.engines.spark.close import shares
from kznet.engines.spark.events import Screen, events
from kznet.engines.spark.inputs import inputs
from kznet.engines.spark.pagerank import pagerank
from kznet.engines.spark.reach import EXACT, reach
from kznet.engines.spark.session import session
from kznet.engines.spark.strengths import edges, layer, layers, strengths
from kznet.engines.spark.world import World, world
from kznet.loaders import Options
from kznet.provenance import LoadReport


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

    def pairs(self, width: int, tails: Tails) -> Pairs:
        """All pairs within so many microseconds."""
        found = pairs(self.made, width=width, tails=tails)
        return Pairs(self.made.on, self.made.on.kept(found))

    def among(self, every: Pairs, accounts: Sequence[str]) -> Pairs:
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

    def reach(self, *, exact: int = EXACT) -> Reach:
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

    def gathered(self, screen: Screen, *, seed: int) -> Gathered:
        """Collect the events of amplification, screened."""
        return Gathered(self.made, events(self.made, screen=screen, seed=seed))


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
