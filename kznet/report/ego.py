"""The ties around one account: who stands nearest, and how they are tied with each other."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
from markupsafe import Markup
from scipy.sparse import csr_array

from kznet.analysis import Analysis
from kznet.engines import igraph_
from kznet.network import Network
from kznet.report.drawing import HIGH, MODEST, WIDE, drawing, fitted, marks
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
    pairs = _pairs(net.subset(chosen))
    return Ego(chosen, pairs.head(_MOST_TIES), len(near), len(pairs))


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
    radii = _radii(audience)
    radii[0] = max(radii[0], _OWN)
    xy = _layout(found, radii, seed=analysis.seed)
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


def _pairs(near: Network) -> pd.DataFrame:
    """One row a tied pair; the ties of the first account first, then the heaviest."""
    n, kinds = len(near), [*near.layers]
    both = [_folded(matrix, n) for matrix in near.layers.values()]
    found = np.unique(np.concatenate([key for key, _ in both] or [np.zeros(0, np.int64)]))
    weight = np.zeros((max(len(kinds), 1), len(found)))
    for row, (key, values) in enumerate(both):
        np.add.at(weight[row], np.searchsorted(found, key), values)
    source, target = np.divmod(found, max(n, 1))
    total, kind = weight.sum(axis=0), np.array([*kinds, ""])[weight.argmax(axis=0)]
    order = np.lexsort([target, source, -total, source > 0])
    columns = {"source": source, "target": target, "weight": total}
    frame = pd.DataFrame({name: values[order] for name, values in columns.items()})
    return frame.assign(kind=pd.Series(kind[order], dtype="str"))


def _folded(matrix: csr_array, n: int) -> tuple[np.ndarray, np.ndarray]:
    """Both directions of each tie under one number."""
    entries = matrix.tocoo()
    low, high = np.minimum(entries.row, entries.col), np.maximum(entries.row, entries.col)
    return low.astype(np.int64) * n + high, entries.data


def _radii(audience: np.ndarray) -> np.ndarray:
    level = np.sqrt(audience / max(float(audience.max(initial=0.0)), 1e-9))
    return np.asarray(_SMALLEST + (_LARGEST - _SMALLEST) * level)


def _layout(found: Ego, radii: np.ndarray, *, seed: int) -> np.ndarray:
    edges = found.ties[["source", "target"]].to_numpy(dtype=np.int64)
    weights = np.log1p(found.ties["weight"].to_numpy(dtype=np.float64))
    xy = igraph_.force_layout(edges, weights, len(found), seed=seed)
    return fitted(xy, radii, box=(WIDE, HIGH))
