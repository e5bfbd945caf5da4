"""Sizes and places of the accounts of a small drawing, and the key to it."""

from typing import Any, Final

import numpy as np
import pandas as pd
from markupsafe import Markup

from kznet.engines import igraph_
from kznet.report.drawing import HIGH, WIDE, fitted, mark
from kznet.report.shapes import SHAPES
from kznet.schema import KINDS, ROLES

NAMES: Final = 60
_SMALLEST: Final = 3.6
_LARGEST: Final = 13.0
_ROUNDS: Final = 150


def sizes_of(reach: np.ndarray) -> np.ndarray:
    """Radii whose areas are in proportion to the reach, none too small to be seen."""
    level = np.sqrt(reach / max(float(reach.max(initial=0.0)), 1e-9))
    return np.asarray(_SMALLEST + (_LARGEST - _SMALLEST) * level)


def key(rows: pd.DataFrame, ties: pd.DataFrame) -> dict[str, Any]:
    """What a drawing's legend explains: its roles, each with its mark, and its kinds of ties."""
    present = set(rows["colour"])
    roles = [role for role in (*ROLES, "unknown") if f"role-{role}" in present]
    shown = [
        (role, mark(SHAPES.get(role, "dot"), 8, 8, 5, colour=f"role-{role}")) for role in roles
    ]
    kinds = set(ties["kind"])
    return {
        "roles": [(role, Markup(shape)) for role, shape in shown],  # noqa: S704  # our own shapes
        "kinds": [kind for kind in KINDS if kind in kinds],
    }


def places(ties: pd.DataFrame, radii: np.ndarray, *, seed: int) -> np.ndarray:
    """Places of accounts by their ties, inside the drawing and off each other, shape (n, 2)."""
    if not len(radii):
        return np.zeros((0, 2))
    edges = ties[["source", "target"]].to_numpy(dtype=np.int64)
    weights = np.log1p(ties["weight"].to_numpy(dtype=np.float64))
    xy = igraph_.force_layout(edges, weights, len(radii), seed=seed, iterations=_ROUNDS)
    return fitted(xy, radii, box=(WIDE, HIGH))
