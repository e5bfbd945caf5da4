"""Places of a community's accounts inside its disc."""

from typing import Final

import numpy as np
import pandas as pd
from scipy.spatial import cKDTree

from kznet.engines import igraph_

GAP: Final = 5.0
_MOST_FORCED: Final = 5000
_ROUNDS: Final = 60


def inside(
    ties: pd.DataFrame, members: np.ndarray, *, radii: np.ndarray, limit: float, seed: int = 0
) -> np.ndarray:
    """Places around the middle of a disc, shape (n, 2), none outside it.

    Ties decide the direction and the order from the middle outwards; the distances are even, so
    that the middle isn't crowded. In groups of more than 5,000 the large marks come first.

    Parameters
    ----------
    ties
        source, target (among `members`), weight.
    members
        Ascending positions, shape (n,).
    radii
        Size of each member's mark.
    limit
        Radius of the disc.
    """
    n = len(members)
    if n == 1:
        return np.zeros((1, 2))
    angle, rank = _spiral(radii) if n > _MOST_FORCED else _polar(_force(ties, members, seed=seed))
    away = np.sqrt((rank + 0.5) / n) * (limit - radii - GAP)
    spread = np.column_stack([away * np.cos(angle), away * np.sin(angle)])
    return spread if n > _MOST_FORCED else _relaxed(spread, radii, limit)


def _spiral(radii: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    rank = np.argsort(np.argsort(-radii, kind="stable"), kind="stable")
    return rank * np.pi * (3 - np.sqrt(5)), rank


def _polar(places: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    away = np.round(np.hypot(places[:, 0], places[:, 1]), 6)
    rank = np.argsort(np.argsort(away, kind="stable"), kind="stable")
    return np.arctan2(places[:, 1], places[:, 0]), rank


def _force(ties: pd.DataFrame, members: np.ndarray, *, seed: int) -> np.ndarray:
    edges = np.searchsorted(members, ties[["source", "target"]].to_numpy())
    weights = np.log1p(ties["weight"].to_numpy())
    rounds = 300 if len(members) <= 400 else 100
    return igraph_.force_layout(edges, weights, len(members), seed=seed, iterations=rounds)


def _relaxed(places: np.ndarray, radii: np.ndarray, limit: float) -> np.ndarray:
    """Push marks apart until they hardly overlap, never out of the disc."""
    room = np.maximum(limit - radii - GAP, 0.0)
    for _ in range(_ROUNDS):
        near = cKDTree(places).query_pairs(2 * (radii.max() + GAP), output_type="ndarray")
        a, b = near[:, 0], near[:, 1]
        apart = places[b] - places[a]
        distance = np.maximum(np.hypot(apart[:, 0], apart[:, 1]), 1e-6)
        short = np.maximum(radii[a] + radii[b] + GAP - distance, 0.0)
        push = apart * (0.45 * short / distance)[:, None]
        moves = [
            np.bincount(b, push[:, axis], len(places)) - np.bincount(a, push[:, axis], len(places))
            for axis in (0, 1)
        ]
        places = places + np.column_stack(moves)
        away = np.maximum(np.hypot(places[:, 0], places[:, 1]), 1e-9)
        places = places * np.minimum(1.0, room / away)[:, None]
    return places
