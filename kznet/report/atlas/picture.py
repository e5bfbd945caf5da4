"""Sizes of the accounts of a drawing in the atlas, and the key to it."""

from typing import Any, Final

import numpy as np
import pandas as pd
from markupsafe import Markup

from kznet.report.drawing import mark
from kznet.report.map.layout import sizes
from kznet.report.shapes import SHAPES
from kznet.schema import KINDS, ROLES

NAMES: Final = 60
ROUNDS: Final = 150
_SMALLEST: Final = 3.6
_LARGEST: Final = 13.0


def sizes_of(reach: np.ndarray) -> np.ndarray:
    """Radii whose areas are in proportion to the reach, none too small to be seen."""
    return sizes(reach, smallest=_SMALLEST, largest=_LARGEST)


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
