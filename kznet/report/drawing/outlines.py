"""A shape for each role, the same as on the map, so that colour is never the only sign."""

from collections.abc import Sequence
from typing import Final

import numpy as np


def _polygon(corners: int, turn: float, reach: Sequence[float], *, shift: float = 0) -> np.ndarray:
    angle = turn + 2 * np.pi * np.arange(corners) / corners
    away = np.resize(np.asarray(reach, dtype=np.float64), corners)
    return np.column_stack([away * np.cos(angle), away * np.sin(angle) + shift])


_UP: Final = -np.pi / 2
OUTLINES: Final = {
    "square": _polygon(4, np.pi / 4, [1.2]),
    "diamond": _polygon(4, _UP, [1.28]),
    "triangle": _polygon(3, _UP, [1.38], shift=0.18),
    "triangleDown": _polygon(3, -_UP, [1.38], shift=-0.18),
    "hexagon": _polygon(6, _UP, [1.14]),
    "star": _polygon(10, _UP, [1.42, 0.68]),
}
FARTHEST: Final = 1.56


def mark(shape: str, x: float, y: float, radius: float, *, colour: str) -> str:
    """Outline of a shape around a place, filled with a colour variable of the stylesheet.

    Without one it takes its colour from the group in which it stands.

    >>> mark("dot", 5, 5, 2, colour="role-media")
    '<circle cx="5" cy="5" r="2" fill="var(--role-media)"/>'
    """
    paint = f' fill="var(--{colour})"' if colour else ""
    outline = OUTLINES.get(shape)
    if outline is None:
        return f'<circle cx="{x:g}" cy="{y:g}" r="{round(radius, 1):g}"{paint}/>'
    places = " ".join(
        f"{round(x + radius * dx, 1):g},{round(y + radius * dy, 1):g}" for dx, dy in outline
    )
    return f'<polygon points="{places}"{paint}/>'
