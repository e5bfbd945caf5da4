"""From tables on a cluster to what an analysis takes from there instead of computing it here."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from kznet.coordination.pairing import Pairing
from kznet.coordination.tails import tails
from kznet.dataset import Dataset
from kznet.errors import DataError
from kznet.loaders import DEFAULTS, Options
from kznet.loaders._discover import named
from kznet.loaders._labels import labelled, read_labels
from kznet.mechanisms.amplification.there import amplification_there, screen
from kznet.mechanisms.evidence import Evidence
from kznet.parallel import Progress
from kznet.times import seconds

if TYPE_CHECKING:
    from kznet.engines.spark import Cluster

MOST_TIES: Final = 20_000_000


@dataclass(frozen=True, eq=False)
class Elsewhere:
    """A dataset of which the heavy parts are computed on a cluster.

    `data` is what the driver holds; `facts` say how it came to be.
    """

    data: Dataset
    found: "Cluster"
    facts: Mapping[str, Any] = field(default_factory=dict)

    @cached_property
    def measures(self) -> Mapping[str, np.ndarray]:
        """Columns of the centrality table that the cluster measured."""
        return self.found.measures()

    @contextmanager
    def pairing(self, data: Dataset, *, window: str) -> Iterator[Pairing]:
        """As `kznet.coordination.pairing`."""
        width = round(seconds(window) * 1e6)
        count, coarse = self.found.shares(width)
        yield Pairing(data.accounts["account"], count, coarse, self.found.pairs(width, tails))

    def amplification(
        self, *, gated: Collection[str], q: float, seed: int, progress: Progress | None
    ) -> Evidence:
        """As `kznet.mechanisms.amplification.amplification`."""
        found = self.found.gathered(screen, seed=seed)
        return amplification_there(found, gated=gated, q=q, seed=seed, progress=progress)


@contextmanager
def elsewhere(
    paths: Sequence[str],
    *,
    labels: Sequence[str] = (),
    options: Options = DEFAULTS,
    master: str | None = None,
    work: str | None = None,
    most_ties: int = MOST_TIES,
) -> Iterator[Elsewhere]:
    """Read tables on Spark, and bring here what an analysis needs here.

    Parameters
    ----------
    paths
        Files, folders, globs or URLs that Spark reads: kznet's three tables, or edge and share
        lists, as Parquet, CSV or lines of JSON.
    labels
        Tables of this machine that say more of accounts.
    options
        What the files don't say.
    master, work
        Where Spark runs, and the folder that all its machines reach; see `engines.spark.session`.
    most_ties
        Most ties that come here.

    Raises
    ------
    MissingDependencyError
        pyspark or Java is not installed.
    DataError
        A path holds no table, or there are more ties than may come here.
    """
    from kznet.engines.spark import cluster

    with cluster(paths, options=options, master=master, work=work) as found:
        if found.ties > most_ties:
            raise DataError(f"{found.ties:,} ties; the driver holds at most {most_ties:,}")
        data = _labelled(found.dataset(), labels, options)
        yield Elsewhere(data, found, {"accounts": found.accounts, "ties": found.ties})


def _labelled(data: Dataset, labels: Sequence[str], options: Options) -> Dataset:
    accounts = data.accounts
    for path in labels:
        accounts, *_ = labelled(accounts, read_labels(named(path), tz=options.tz))
    return replace(data, accounts=accounts) if labels else data
