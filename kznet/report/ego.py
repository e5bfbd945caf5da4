"""The ties around one account: who stands nearest, and how they are tied with each other."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
from markupsafe import Markup

from kznet.analysis import Analysis
from kznet.network import Network
from kznet.report.drawing import MODEST, drawing, marks, places
from kznet.report.map.layout import sizes
from kznet.report.near import among, pairs
from kznet.report.profiles import profiles

MOST: Final = 150
_MOST_TIES: Final = 500
_SMALLEST, _OWN, _LARGEST = 4.0, 10.0, 13.0


@dataclass(frozen=True, eq=False)
class Ego:
    """An account and its nearest, as positions in the network; the account itself comes first.

    `ties` has source and target (positions within `positions`), kind and weight: one row a pair,
    the kind that weighs most. `neighbours` counts all accounts tied with it, `among` all tied
    pairs, those not kept included.
    """

    positions: np.ndarray
    ties: pd.DataFrame
    neighbours: int
    among: int

    def __len__(self) -> int:
        return len(self.positions)


def ego(net: Network, account: str, *, first: Sequence[str] = (), most: int = MOST) -> Ego:
    """The account, those in `first` that it is tied with or not, then its strongest ties."""
    centre = int(net.accounts.get_indexer(pd.Index([account]))[0])
    strength = _strength(net, centre)
    near = np.flatnonzero(strength)
    audience = np.asarray(net.total.sum(axis=0), dtype=np.float64).ravel()[near]
    near = near[np.lexsort([near, -audience, -strength[near]])]
    wanted = net.accounts.get_indexer(pd.Index(list(first), dtype="str"))
    chosen = pd.unique(np.concatenate([[centre], wanted[wanted >= 0], near]))[:most]
    found = pairs(among(net.layers, chosen), len(chosen))
    return Ego(chosen, found.head(_MOST_TIES), len(near), len(found))


def ego_drawing(
    analysis: Analysis,
    found: Ego,
    *,
    title: str,
    marked: Sequence[str] = (),
    shown: pd.DataFrame | None = None,
) -> Markup:
    """Draw it: the account in the middle, those in `marked` with a ring.

    `shown` are the profiles of its accounts, in their order, where they are at hand.
    """
    names = analysis.network.accounts[found.positions]
    rows = marks(profiles(analysis, names) if shown is None else shown)
    rows = rows.assign(marked=names.isin([*marked, names[0]]))
    audience = np.asarray(analysis.network.total.sum(axis=0)).ravel()[found.positions]
    radii = sizes(audience, smallest=_SMALLEST, largest=_LARGEST)
    radii[0] = max(radii[0], _OWN)
    xy = places(found.ties, radii, seed=analysis.seed)
    order = worth_a_name(rows, audience)
    return drawing(rows, found.ties, xy=xy, radii=radii, title=title, order=order)


def worth_a_name(rows: pd.DataFrame, audience: np.ndarray) -> list[int]:
    """The account, then those with a name by audience, then pseudonyms, marked ones first."""
    return [0, *(at for at in by_name(rows, audience) if at)]


def by_name(rows: pd.DataFrame, audience: np.ndarray) -> list[int]:
    """Those with a name by audience, then pseudonyms, marked ones first."""
    modest = rows["label"].str.startswith(MODEST).to_numpy(dtype=bool)
    order: list[int] = np.lexsort(
        [-audience, modest & ~rows["marked"].to_numpy(dtype=bool), modest]
    ).tolist()
    return order


def _strength(net: Network, centre: int) -> np.ndarray:
    out = net.total[[centre]].toarray().ravel()
    into = net.total[:, [centre]].toarray().ravel()
    return np.asarray(out + into, dtype=np.float64)
