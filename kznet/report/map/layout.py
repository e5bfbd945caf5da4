"""Where each account stands on the page: communities as discs, ties deciding the rest."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import connected_components

from kznet.report.map.force import GAP, inside
from kznet.report.map.packing import pack, shelve

SMALLEST, LARGEST = 4.0, 19.0
_DISC_GAP: Final = 34.0
_FILLED: Final = 0.46
_MOST_DISCS: Final = 150
_LEAST_PIECE: Final = 3

Box = tuple[float, float, float, float]


@dataclass(frozen=True, eq=False)
class Layout:
    """Positions of accounts, and the discs they stand in.

    Attributes
    ----------
    xy
        Shape (n, 2), in pixels at scale 1; y grows downwards.
    discs
        group (-1 for a connected piece outside all communities), x, y, radius; never overlapping.
    aside
        Box of the accounts set apart below: left, top, right, bottom; None without any.
    """

    xy: np.ndarray
    discs: pd.DataFrame
    aside: Box | None


def sizes(
    values: np.ndarray, *, smallest: float = SMALLEST, largest: float = LARGEST
) -> np.ndarray:
    """Radii whose areas are in proportion to the values, within what a page can show."""
    most = values.max(initial=0.0)
    share = np.sqrt(values / most) if most > 0 else np.zeros(len(values))
    return np.asarray(smallest + (largest - smallest) * share)


def packed(ties: pd.DataFrame, groups: np.ndarray, *, radii: np.ndarray, seed: int = 0) -> Layout:
    """Lay communities out as discs by the ties between them, and accounts inside by force.

    Parameters
    ----------
    ties
        source, target (positions), weight.
    groups
        Community of each account, -1 where none, shape (n,). Accounts of none stand together
        where ties connect at least three of them, and aside otherwise.
    radii
        Size of each account's mark, shape (n,).
    """
    group = _with_pieces(ties, groups)
    members = _members(group)
    disc_radii = _disc_radii(group, radii, len(members))
    centres = _disc_centres(ties, group, disc_radii)
    around = _around_centres(ties, group, radii, disc_radii, seed=seed)
    xy = _turned(around, ties, group, centres)
    xy = np.where((group >= 0)[:, None], xy + _of_each(centres, group), xy)
    xy, aside = _set_aside(xy, group, radii, _box(centres, disc_radii))
    known = [groups[positions[0]] for positions in members]
    discs = pd.DataFrame({"group": np.array(known, dtype=np.int64)})
    discs = discs.assign(x=centres[:, 0], y=centres[:, 1], radius=disc_radii)
    return Layout(xy, discs, aside)


def _with_pieces(ties: pd.DataFrame, groups: np.ndarray) -> np.ndarray:
    """Number the communities shown from 0, then the connected pieces outside them; -1 alone."""
    n = len(groups)
    known = np.unique(groups[groups >= 0])
    source, target = ties["source"].to_numpy(), ties["target"].to_numpy()
    free = (groups[source] < 0) & (groups[target] < 0)
    joined = coo_array((np.ones(free.sum()), (source[free], target[free])), shape=(n, n))
    piece = connected_components(joined, directed=False)[1] if n else np.zeros(0, np.int64)
    large = (np.bincount(piece, minlength=1) >= _LEAST_PIECE)[piece] & (groups < 0)
    result = np.where(groups >= 0, np.searchsorted(known, groups), -1)
    result[large] = len(known) + np.unique(piece[large], return_inverse=True)[1]
    return np.asarray(result, dtype=np.int64)


def _members(group: np.ndarray) -> list[np.ndarray]:
    k = int(group.max(initial=-1)) + 1
    order = np.argsort(group, kind="stable")
    edges = np.searchsorted(group[order], np.arange(k + 1))
    return [order[edges[i] : edges[i + 1]] for i in range(k)]


def _disc_radii(group: np.ndarray, radii: np.ndarray, k: int) -> np.ndarray:
    grouped = group >= 0
    area = np.bincount(group[grouped], weights=(radii[grouped] + GAP) ** 2, minlength=k)
    return np.asarray(np.sqrt(area / _FILLED) + GAP)


def _disc_centres(ties: pd.DataFrame, group: np.ndarray, radii: np.ndarray) -> np.ndarray:
    order = np.lexsort([np.arange(len(radii)), -radii])
    main, rest = order[:_MOST_DISCS], order[_MOST_DISCS:]
    centres = np.zeros((len(radii), 2))
    if len(main):
        links = _links(ties, group, len(radii))[main][:, main].toarray()
        centres[main] = pack(radii[main], links, gap=_DISC_GAP)
    if len(rest):
        left, _, right, bottom = _box(centres[main], radii[main])
        shelf = shelve(radii[rest], width=right - left, gap=_DISC_GAP)
        centres[rest] = shelf + np.array([left, bottom + _DISC_GAP])
    return centres


def _links(ties: pd.DataFrame, group: np.ndarray, k: int) -> csr_array:
    source, target = group[ties["source"].to_numpy()], group[ties["target"].to_numpy()]
    between = (source >= 0) & (target >= 0) & (source != target)
    weight = np.log1p(ties["weight"].to_numpy()[between])
    links = coo_array((weight, (source[between], target[between])), shape=(k, k)).tocsr()
    return csr_array(links + links.T)


def _around_centres(
    ties: pd.DataFrame, group: np.ndarray, radii: np.ndarray, limits: np.ndarray, *, seed: int
) -> np.ndarray:
    source, target = group[ties["source"].to_numpy()], group[ties["target"].to_numpy()]
    inner = ties.assign(group=source)[(source == target) & (source >= 0)]
    own = dict(iter(inner.groupby("group")))
    xy = np.zeros((len(group), 2))
    for number, members in enumerate(_members(group)):
        among = own.get(number, inner.iloc[:0])
        xy[members] = inside(among, members, radii=radii[members], limit=limits[number], seed=seed)
    return xy


def _turned(
    xy: np.ndarray, ties: pd.DataFrame, group: np.ndarray, centres: np.ndarray
) -> np.ndarray:
    """Turn each disc so that accounts stand on the side of the discs they are tied with."""
    near = ties[["source", "target"]].to_numpy().ravel()
    far = ties[["target", "source"]].to_numpy().ravel()
    keep = (group[near] >= 0) & (group[far] >= 0) & (group[near] != group[far])
    near, far = near[keep], far[keep]
    wish = _of_each(centres, group[far]) - _of_each(centres, group[near])
    wish = wish / np.maximum(np.hypot(wish[:, 0], wish[:, 1]), 1e-9)[:, None]
    along = (xy[near] * wish).sum(axis=1)
    across = xy[near, 0] * wish[:, 1] - xy[near, 1] * wish[:, 0]
    k = max(len(centres), 1)
    angle = np.arctan2(np.bincount(group[near], across, k), np.bincount(group[near], along, k))[
        group
    ]
    cos, sin = np.cos(angle), np.sin(angle)
    return np.column_stack([xy[:, 0] * cos - xy[:, 1] * sin, xy[:, 0] * sin + xy[:, 1] * cos])


def _of_each(centres: np.ndarray, group: np.ndarray) -> np.ndarray:
    return centres[group] if len(centres) else np.zeros((len(group), 2))


def _set_aside(
    xy: np.ndarray, group: np.ndarray, radii: np.ndarray, box: Box
) -> tuple[np.ndarray, Box | None]:
    """Stand the accounts of no group in rows below everything else."""
    alone = np.flatnonzero(group < 0)
    if not len(alone):
        return xy, None
    left, _, right, bottom = box
    square = np.sqrt(((2 * radii[alone] + 3 * GAP) ** 2).sum())
    width = max(right - left, 1.5 * square)
    left = (left + right - width) / 2
    places = shelve(radii[alone] + GAP, width=width, gap=GAP)
    xy = xy.copy()
    xy[alone] = places + np.array([left, bottom + 2 * _DISC_GAP])
    return xy, _box(xy[alone], radii[alone] + 2 * GAP)


def _box(centres: np.ndarray, radii: np.ndarray) -> Box:
    if not len(centres):
        return (0.0, 0.0, 0.0, 0.0)
    low = (centres - radii[:, None]).min(axis=0)
    high = (centres + radii[:, None]).max(axis=0)
    return (float(low[0]), float(low[1]), float(high[0]), float(high[1]))
