"""Which accounts and ties a page shows, so that a person can still read it."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from kznet.analysis import Analysis
from kznet.network import Network
from kznet.report.near import among

MOST_TIES: Final = 5000
TIES_AN_ACCOUNT: Final = 5


@dataclass(frozen=True, eq=False)
class Selection:
    """Accounts and ties chosen for a page, and what they were chosen from.

    Attributes
    ----------
    positions
        Positions in the network, ascending.
    ties
        source, target (positions within the selection), kind, weight.
    audience
        Summed weight of all ties into each chosen account, those not shown included.
    among
        Number of ties among the chosen accounts.
    strongest
        How many ties of a kind each account keeps each way; 0 where all are kept.
    """

    positions: np.ndarray
    ties: pd.DataFrame
    audience: np.ndarray
    among: int
    strongest: int

    def __len__(self) -> int:
        return len(self.positions)


def select(
    analysis: Analysis,
    *,
    top: int = 400,
    pool: np.ndarray | None = None,
    centre: int | None = None,
) -> Selection:
    """Choose all called hubs, then other accounts of wide reach, then each community's first.

    Half of the room at most goes to accounts that were not called; what is left is shared among
    the communities in proportion to their size, the largest audience first. Of the ties, each
    account keeps its strongest.

    Parameters
    ----------
    top
        How many accounts, unless more hubs were called.
    pool
        Positions of the accounts to choose from; all where None.
    centre
        Position of an account all of whose ties are kept.
    """
    net = analysis.network
    reach = audience(net)
    whole = np.arange(len(net)) if pool is None else pool
    positions = np.sort(_accounts(analysis, reach, whole, top))
    ties = _ties_among(net, positions)
    room = min(MOST_TIES, TIES_AN_ACCOUNT * max(len(positions), 1))
    middle = -1 if centre is None else int(np.searchsorted(positions, centre))
    kept, strongest = backbone(ties, reach[positions], room, middle)
    return Selection(positions, kept, reach[positions], len(ties), strongest)


def audience(net: Network) -> np.ndarray:
    """Summed weight of the ties into each account, shape (n,)."""
    return np.asarray(net.total.sum(axis=0), dtype=np.float64).ravel()


def _accounts(analysis: Analysis, reach: np.ndarray, pool: np.ndarray, top: int) -> np.ndarray:
    if len(pool) <= top:
        return pool
    called, listed = (each[np.isin(each, pool)] for each in (_called(analysis), _listed(analysis)))
    chosen = pd.unique(np.concatenate([called, listed[: top // 2]]))[: max(top, len(called))]
    community = communities_of(analysis)
    order = pool[np.lexsort([pool, -reach[pool]])]
    rest = order[~np.isin(order, chosen)]
    room = max(top - len(chosen), 0)
    return np.concatenate([chosen, rest[_first_of_each(community[rest], room)]])


def _first_of_each(groups: np.ndarray, room: int) -> np.ndarray:
    """Positions of the first of each group, shared out in proportion to the groups' sizes."""
    size = pd.Series(groups).map(pd.Series(groups).value_counts()).to_numpy()
    place = pd.Series(groups).groupby(groups).cumcount().to_numpy()
    # the k-th of a group of s comes at k / s, a fair turn for each group at every cut; accounts
    # outside all groups come last, since most of them have no ties to show
    turn = (place + 1) / size + (groups < 0)
    order = np.lexsort([np.arange(len(groups)), turn])
    return order[:room]


def _called(analysis: Analysis) -> np.ndarray:
    hubs = analysis.hubs
    return _positions(analysis, hubs.loc[hubs["status"] == "hub", "account"])


def _listed(analysis: Analysis) -> np.ndarray:
    return _positions(analysis, analysis.hubs["account"])


def _positions(analysis: Analysis, accounts: pd.Series) -> np.ndarray:
    found = analysis.network.accounts.get_indexer(pd.Index(accounts))
    return np.asarray(found[found >= 0], dtype=np.int64)


def communities_of(analysis: Analysis) -> np.ndarray:
    """Community of each account of the network, -1 where none, shape (n,)."""
    by_account = analysis.membership.set_index("account")["community"]
    aligned = by_account.reindex(analysis.network.accounts)
    return aligned.astype("Int64").fillna(-1).to_numpy(dtype=np.int64)


def _ties_among(net: Network, positions: np.ndarray) -> pd.DataFrame:
    ties = among(net.layers, positions)
    ties = ties.astype({"kind": "str", "weight": "float64"})
    return ties.sort_values(["kind", "source", "target"], ignore_index=True)


def backbone(
    ties: pd.DataFrame, reach: np.ndarray, room: int, middle: int = -1
) -> tuple[pd.DataFrame, int]:
    """Keep all ties of the account in the middle, and the strongest of each other and kind."""
    if len(ties) <= room:
        return ties, 0
    rank = np.minimum(
        _rank(ties, "source", "target", reach), _rank(ties, "target", "source", reach)
    )
    touching = ((ties["source"] == middle) | (ties["target"] == middle)).to_numpy()
    rank = np.where(touching, 1, rank)
    held = np.cumsum(np.bincount(rank))
    strongest = max(int(np.searchsorted(held, room, side="right")) - 1, 1)
    kept = ties[rank <= strongest]
    if len(kept) > room:
        kept = kept.nlargest(room, "weight").sort_index()
    return kept.reset_index(drop=True), strongest


def _rank(ties: pd.DataFrame, of: str, other: str, reach: np.ndarray) -> np.ndarray:
    """Place of a tie among those of one account and kind: by weight, then the other's audience."""
    ordered = ties.assign(reach=reach[ties[other].to_numpy()]).sort_values(
        ["weight", "reach", other], ascending=[False, False, True], kind="stable"
    )
    place = ordered.groupby([of, "kind"], observed=True).cumcount() + 1
    return place.reindex(ties.index).to_numpy()
