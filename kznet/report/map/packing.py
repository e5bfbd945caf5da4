"""Discs placed side by side without overlap, those that are tied near each other."""

from typing import Final

import numpy as np

_LANDSCAPE: Final = np.array([0.9, 1.0])
_ANGLES: Final = 48


def pack(radii: np.ndarray, links: np.ndarray, *, gap: float) -> np.ndarray:
    """Centres of discs, shape (k, 2): the largest in the middle, each other beside its own.

    Each disc in turn, from large to small, touches one that is already placed, where it overlaps
    none and is nearest to those it is linked with and to the middle. O(k^3).

    Parameters
    ----------
    radii
        Positive, shape (k,).
    links
        Non-negative weights between discs, symmetric, shape (k, k).
    gap
        Least distance between two borders.
    """
    k = len(radii)
    centres = np.zeros((k, 2))
    order = np.lexsort([np.arange(k), -radii])
    angles = np.arange(_fewer_angles(k)) * (2 * np.pi / _fewer_angles(k))
    directions = np.column_stack([np.cos(angles), np.sin(angles)])
    for turn in range(1, k):
        disc, placed = order[turn], order[:turn]
        reach = radii[placed] + radii[disc] + gap
        spots = (centres[placed, None] + reach[:, None, None] * directions).reshape(-1, 2)
        away = np.linalg.norm(spots[:, None] - centres[placed], axis=2)
        free = (away >= reach - 1e-9).all(axis=1)
        cost = _cost(spots, away, links[disc, placed])
        centres[disc] = spots[np.argmin(np.where(free, cost, np.inf))]
    return centres


def shelve(radii: np.ndarray, *, width: float, gap: float) -> np.ndarray:
    """Centres of discs in rows of about this width, the largest first, growing downwards."""
    order = np.lexsort([np.arange(len(radii)), -radii])
    sizes = 2 * radii[order] + gap
    ends = np.cumsum(sizes)
    starts = ends - sizes
    row = np.floor(starts / max(width, 1.0)).astype(np.int64)
    _, first, row = np.unique(row, return_index=True, return_inverse=True)
    heights = sizes[first] if len(first) else sizes
    tops = np.cumsum(heights) - heights
    left = starts - starts[first][row] if len(first) else starts
    centres = np.empty((len(radii), 2))
    centres[order] = np.column_stack([left + sizes / 2, tops[row] + heights[row] / 2])
    return centres


def _fewer_angles(k: int) -> int:
    return int(np.clip(3600 // max(k, 1), 12, _ANGLES))


def _cost(spots: np.ndarray, away: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Distance to the discs it is linked with, and to the middle of a landscape page."""
    middle = np.linalg.norm(spots * _LANDSCAPE, axis=1)
    total = weights.sum()
    return np.asarray(middle + (away @ weights) / total * 0.5 if total > 0 else middle)
