"""From tables on a cluster to what an analysis takes from there instead of computing it here."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from kznet.coordination.pairing import Pairing
from kznet.coordination.tails import tails
from kznet.dataset import Dataset
from kznet.exposure import AUDIENCE_SHARE, TOP_SHARE, Exposure
from kznet.loaders import DEFAULTS, Options
from kznet.loaders._discover import named
from kznet.loaders._labels import labelled, read_labels
from kznet.mechanisms.amplification import STRIKING
from kznet.mechanisms.amplification.there import amplification_there, screen
from kznet.mechanisms.evidence import Evidence
from kznet.parallel import Progress
from kznet.times import seconds

if TYPE_CHECKING:
    from kznet.engines.spark import Cluster
    from kznet.engines.spark.answers import Reach

MOST_TIES: Final = 20_000_000
MOST_ACCOUNTS: Final = 20_000


@dataclass(frozen=True, eq=False)
class Elsewhere:
    """A dataset of which the heavy parts are computed on a cluster.

    `data` is what the driver holds: everything, or where that is too much (`partial`) the
    backbone of the accounts that may be named. `facts` say which.
    """

    data: Dataset
    found: "Cluster"
    facts: Mapping[str, Any] = field(default_factory=dict)
    partial: bool = False
    known: tuple[tuple[Exposure, set[str]], Evidence] | None = None

    @cached_property
    def measures(self) -> Mapping[str, np.ndarray]:
        """Columns of the centrality table that the cluster measured, on the whole network."""
        return self.found.measures(
            self.data.accounts["account"].to_list() if self.partial else None
        )

    @contextmanager
    def pairing(self, data: Dataset, *, window: str) -> Iterator[Pairing]:
        """As `kznet.coordination.pairing`; where partial, of the pairs of accounts that are here.

        Their p and q are those among all pairs.
        """
        width, ids = round(seconds(window) * 1e6), data.accounts["account"]
        count, coarse = self.found.shares(width)
        every = self.found.pairs(width, tails)
        listed = self.found.among(every, ids.to_list()) if self.partial else every
        yield Pairing(ids, count, coarse, listed)

    def reach(self) -> tuple[Exposure, set[str]] | None:
        """The reach of the accounts and who passes the gate, where that is for the cluster."""
        return self.known[0] if self.known else None

    def amplification(
        self, *, gated: Collection[str], q: float, seed: int, progress: Progress | None
    ) -> Evidence:
        """As `kznet.mechanisms.amplification.amplification`."""
        if self.known:
            return self.known[1]
        return _amplification(self.found, gated=gated, q=q, seed=seed, progress=progress)


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
        Most ties that come here; where there are more, the backbone comes.

    Raises
    ------
    MissingDependencyError
        pyspark or Java is not installed.
    DataError
        A path holds no table.
    """
    from kznet.engines.spark import cluster

    with cluster(paths, options=options, master=master, work=work) as found:
        there = here(found, most_ties=most_ties)
        yield replace(there, data=_labelled(there.data, labels, options))


def here(
    found: "Cluster",
    *,
    most_ties: int = MOST_TIES,
    most_accounts: int = MOST_ACCOUNTS,
    q: float = 0.05,
    seed: int = 0,
) -> Elsewhere:
    """Bring everything here, or where there are more ties than may come the backbone.

    That needs the tests for amplification first: of each source that may be called all reposts
    come as well.
    """
    facts: dict[str, Any] = {"accounts": found.accounts, "ties": found.ties}
    facts["partial"] = found.ties > most_ties
    if found.ties <= most_ties:
        return Elsewhere(found.dataset(), found, facts)
    reached = found.reach()
    reach, gated = exposed(reached, found.accounts)
    evidence = _amplification(found, gated=gated, q=q, seed=seed, progress=None)
    striking = evidence.tests.loc[evidence.tests["p"] <= STRIKING, "account"]
    part = found.backbone(most_accounts, ties=most_ties, of=list(striking))
    data = _told(part.dataset(), found)
    facts |= {"reach": "sketched" if reached.sketched else "exact", "interval": "delta method"}
    whole = data.accounts[["account"]].merge(reach.table, on="account", how="outer")
    zeros = dict.fromkeys(["exposure", "exposure_low", "exposure_high", "reached"], 0.0)
    known = replace(reach, table=whole.fillna(zeros).sort_values("account", ignore_index=True))
    return Elsewhere(data, found, facts, partial=True, known=((known, gated), evidence))


def exposed(reached: "Reach", n: int) -> tuple[Exposure, set[str]]:
    """Share of all attention by author, with a 95 % interval, and who passes the gate.

    As `kznet.exposure.exposure` and `gate`, but that the interval is that of the delta method for
    Poisson weights of posts, which the bootstrap draws: so many draws would have to be made on
    the cluster. `n` counts all accounts.
    """
    value, squares = (reached.table[name].to_numpy() for name in ("reached", "squares"))
    total = max(float(value.sum()), 1.0)
    share = value / total
    spread = np.sqrt(squares * (1 - 2 * share) + share**2 * squares.sum()) / total
    low, high = np.clip([share - 1.96 * spread, share + 1.96 * spread], 0.0, 1.0)
    table = reached.table[["account"]].assign(
        exposure=share, exposure_low=low, exposure_high=high, reached=value
    )
    passed = (low > 0) & ((low >= _upper_tenth(share, n)) | (low >= AUDIENCE_SHARE))
    return Exposure(table, reached.basis), set(table.loc[passed, "account"])  # type: ignore[arg-type]  # one of the words of a Basis


def _upper_tenth(value: np.ndarray, n: int) -> float:
    """The quantile of n values of which all others are 0."""
    place = (n - 1) * (1 - TOP_SHARE) - (n - len(value))
    if place < 0:
        return 0.0
    ordered = np.sort(value)
    return float(np.interp(place, np.arange(len(ordered)), ordered))


def _amplification(
    found: "Cluster",
    *,
    gated: Collection[str],
    q: float,
    seed: int,
    progress: Progress | None,
) -> Evidence:
    events = found.gathered(screen, seed=seed)
    return amplification_there(events, gated=gated, q=q, seed=seed, progress=progress)


def _told(data: Dataset, found: "Cluster") -> Dataset:
    """Say on every page that this is a part."""
    words = (
        f"the case holds {len(data.accounts):,} of {found.accounts:,} accounts and "
        f"{len(data.ties):,} of {found.ties:,} ties: those that may be named, and the ties among "
        "them; degrees, strengths, PageRank, reach, pairs and amplification are of the whole"
    )
    report = replace(data.report, warnings=(*data.report.warnings, words))
    return replace(data, report=report)


def _labelled(data: Dataset, labels: Sequence[str], options: Options) -> Dataset:
    accounts: pd.DataFrame = data.accounts
    for path in labels:
        accounts, *_ = labelled(accounts, read_labels(named(path), tz=options.tz))
    return replace(data, accounts=accounts) if labels else data
