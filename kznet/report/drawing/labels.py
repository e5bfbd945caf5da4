"""Where names can stand beside their marks without covering another name or mark."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np

_THIN: Final = frozenset("iIljtfr.,:;!|'`()[]{} ·іїӏ1-")
_BROAD: Final = frozenset("mwMWжшщюфыЖШЩЮФЫДМ@%&—…QOЦЪЂ")
_LINE: Final = 1.3
_GAP: Final = 3.0
_PLACES: Final = ((1, 0), (-1, 0), (0, 1), (0, -1), (1, -1), (1, 1), (-1, -1), (-1, 1))
_ANCHORS: Final = {1: "start", 0: "middle", -1: "end"}


@dataclass(frozen=True)
class Label:
    """A name and where it stands: `x` is its start, middle or end, `y` the line it stands on."""

    position: int
    text: str
    x: float
    y: float
    anchor: str


def text_width(text: str, size: float) -> float:
    """Width of a text at most, in the unit of the type size, whatever plain font is used.

    >>> text_width("il", 10) < text_width("mw", 10)
    True
    """
    return size * sum(_sign(sign) for sign in text)


def placed_labels(
    names: Sequence[str],
    xy: np.ndarray,
    radii: np.ndarray,
    *,
    order: Sequence[int],
    size: float,
    box: tuple[float, float],
) -> list[Label]:
    """Choose names, the first in `order` first, that fit somewhere beside their mark.

    Parameters
    ----------
    names
        One a mark; an empty one is never placed.
    xy, radii
        Places and sizes of the marks, shapes (n, 2) and (n,).
    order
        Positions worth a label, the most important first. No label covers another, or one of
        these marks; of the other marks it covers as few as it can. The very first is always
        placed, if need be upon marks.
    size
        Of the type, in the unit of `xy`.
    box
        Width and height that no label leaves.
    """
    marks = np.hstack([xy - radii[:, None], xy + radii[:, None]]).reshape(-1, 4)
    solid, small = marks[list(order)], np.delete(marks, list(order), axis=0)
    found: list[Label] = []
    for place, position in enumerate(order):
        if not names[position]:
            continue
        boxes = _candidates(text_width(names[position], size), xy[position], radii[position], size)
        best = _best(boxes, np.delete(solid, place, axis=0), small, box)
        if best is None and not found:
            best = _best(boxes, solid[:0], marks, box)
        if best is not None:
            solid = np.vstack([solid, boxes[best]])
            found.append(_label(position, names[position], boxes[best], best, size))
    return found


def _candidates(width: float, place: np.ndarray, radius: float, size: float) -> np.ndarray:
    """Boxes around a mark, shape (8, 4): left, top, right, bottom."""
    high, away = _LINE * size, radius + _GAP
    side = np.array(_PLACES, dtype=np.float64)
    slanted = np.where(np.all(side != 0, axis=1), 0.72, 1.0)
    middle_x = place[0] + side[:, 0] * (away * slanted + width / 2)
    middle_y = place[1] + side[:, 1] * (away * slanted + high / 2)
    half = np.array([width / 2, high / 2])
    middle = np.column_stack([middle_x, middle_y])
    return np.hstack([middle - half, middle + half])


def _best(
    boxes: np.ndarray, solid: np.ndarray, small: np.ndarray, limits: tuple[float, float]
) -> int | None:
    """Place of the box inside the limits that covers nothing solid, and the fewest small marks."""
    good = (boxes[:, :2] >= 0).all(axis=1) & (boxes[:, 2:] <= np.array(limits)).all(axis=1)
    good &= _covered(boxes, solid) == 0
    if not good.any():
        return None
    return int(np.argmin(np.where(good, _covered(boxes, small), np.inf)))


def _covered(boxes: np.ndarray, others: np.ndarray) -> np.ndarray:
    """How many of the others each box covers in part."""
    over = (boxes[:, None, :2] < others[None, :, 2:]) & (others[None, :, :2] < boxes[:, None, 2:])
    return np.asarray(over.all(axis=2).sum(axis=1), dtype=np.float64)


def _label(position: int, text: str, box: np.ndarray, candidate: int, size: float) -> Label:
    side = _PLACES[candidate][0]
    x = {1: box[0], -1: box[2], 0: (box[0] + box[2]) / 2}[side]
    return Label(position, text, float(x), float(box[1] + 0.98 * size), _ANCHORS[side])


@lru_cache(maxsize=4096)
def _sign(sign: str) -> float:
    if unicodedata.category(sign) == "Mn":
        return 0.0
    if unicodedata.east_asian_width(sign) in "WF" or ord(sign) > 0x2FFF:
        return 1.4
    if sign in _THIN:
        return 0.45
    if sign in _BROAD:
        return 1.0
    return 0.8 if sign.isupper() else 0.66
