"""From the places of a layout to places on paper: inside a box, no mark upon another."""

from typing import Final

import numpy as np
import pandas as pd
from scipy.spatial import cKDTree

from kznet.engines import igraph_

WIDE, HIGH = 640.0, 480.0
_GAP: Final = 3.0
_ROUNDS: Final = 80


def places(
    ties: pd.DataFrame, radii: np.ndarray, *, seed: int = 0, rounds: int = 300
) -> np.ndarray:
    """Places of accounts by their ties, inside the drawing and off each other, shape (n, 2)."""
    if not len(radii):
        return np.zeros((0, 2))
    edges = ties[["source", "target"]].to_numpy(dtype=np.int64)
    weights = np.log1p(ties["weight"].to_numpy(dtype=np.float64))
    xy = igraph_.force_layout(edges, weights, len(radii), seed=seed, iterations=rounds)
    return fitted(xy, radii, box=(WIDE, HIGH))


def fitted(
    xy: np.ndarray, radii: np.ndarray, *, box: tuple[float, float], margin: float = 14.0
) -> np.ndarray:
    """Stretch places over a box and push marks apart until they hardly touch, shape (n, 2).

    Each side is stretched by itself and by rank as well as by length, so that a few accounts far
    out don't press all others into the middle.
    """
    if not len(xy):
        return np.zeros((0, 2))
    room = np.array(box) - 2 * margin
    places = margin + room * np.column_stack([_spread(xy[:, axis]) for axis in (0, 1)])
    return _apart(places, radii, np.array(box), margin)


def _spread(values: np.ndarray) -> np.ndarray:
    """Values between 0 and 1: half of it their length, half their rank."""
    low, high = values.min(), values.max()
    if len(values) == 1 or high - low < 1e-9:
        return np.full(len(values), 0.5)
    rank = np.argsort(np.argsort(values, kind="stable"), kind="stable") / (len(values) - 1)
    return np.asarray(0.5 * (values - low) / (high - low) + 0.5 * rank)


def _apart(places: np.ndarray, radii: np.ndarray, box: np.ndarray, margin: float) -> np.ndarray:
    for _ in range(_ROUNDS):
        near = cKDTree(places).query_pairs(2 * radii.max() + _GAP, output_type="ndarray")
        a, b = near[:, 0], near[:, 1]
        way = places[b] - places[a]
        way[(way == 0).all(axis=1)] = [1e-3, 1e-3]
        distance = np.hypot(way[:, 0], way[:, 1])
        short = np.maximum(radii[a] + radii[b] + _GAP - distance, 0.0)
        if not short.any():
            break
        push = way * (0.5 * short / distance)[:, None]
        for axis in (0, 1):
            places[:, axis] += np.bincount(b, push[:, axis], len(places))
            places[:, axis] -= np.bincount(a, push[:, axis], len(places))
        places = np.clip(places, margin, box - margin)
    return places
