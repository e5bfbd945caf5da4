"""Where names can stand beside their marks without covering another name or mark."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from kznet.report.drawing.widths import text_width

MODEST: Final = "~"
MOST_MODEST: Final = 10
_LINE: Final = 1.3
_GAP: Final = 3.0
_NEAR: Final = ((1, 0), (-1, 0), (0, 1), (0, -1), (1, -1), (1, 1), (-1, -1), (-1, 1))
_FAR: Final = (14.0, 26.0, 40.0)
_TURNS: Final = np.arange(12) * (2 * np.pi / 12)
_UPRIGHT: Final = 0.4
_ANCHORS: Final = {1: "start", 0: "middle", -1: "end"}
# A line to a name farther away is worth about as much as so many small marks covered.
_COST: Final = np.repeat([0.0, 1.5, 2.5, 4.0], [len(_NEAR), *[len(_TURNS)] * len(_FAR)])
_STEPS: Final = np.linspace(0.1, 0.9, 5)


@dataclass(frozen=True)
class Label:
    """A name and where it stands: `x` is its start, middle or end, `y` the line it stands on.

    `lead` is a line from its mark to a name that stands apart: two places, or none.
    """

    position: int
    text: str
    x: float
    y: float
    anchor: str
    lead: tuple[float, ...] = ()


@dataclass(frozen=True, eq=False)
class _Places:
    """Where each name could stand: boxes (n, c, 4), sides (c,), and lines to them (n, c, 2, 2)."""

    boxes: np.ndarray
    sides: np.ndarray
    leads: np.ndarray


def placed_labels(
    names: Sequence[str],
    xy: np.ndarray,
    radii: np.ndarray,
    *,
    order: Sequence[int],
    size: float,
    box: tuple[float, float],
) -> list[Label]:
    """Choose names, the first in `order` first, that fit somewhere near their mark.

    Parameters
    ----------
    names
        One a mark; an empty one is never placed, and of those that begin with a tilde, as
        pseudonyms do, a few where they cover nothing.
    xy, radii
        Places and sizes of the marks, shapes (n, 2) and (n,).
    order
        Positions worth a label, the most important first. No label covers another, or a
        mark that has a name; of the other marks it covers as few as it can. Where there is no
        room beside its mark, a line leads to it. The very first is always placed, if need be
        upon marks.
    size
        Of the type, in the unit of `xy`.
    box
        Width and height that no label leaves.
    """
    wanted = np.array([at for at in order if names[at]], dtype=np.int64)
    widths = np.array([text_width(names[at], size) for at in wanted])
    if not len(wanted):
        return []
    places = _places(widths, xy[wanted], radii[wanted], size)
    solid = np.array([at for at in wanted if not names[at].startswith(MODEST)], dtype=np.int64)
    cost = _costs(places, xy, radii, own=wanted, solid=solid)
    cost[~_inside(places.boxes, np.array(box))] = np.inf
    taken = _Taken()
    found: list[Label] = []
    modest = 0
    for turn, position in enumerate(wanted.tolist()):
        shy = names[position].startswith(MODEST) and turn > 0
        if shy and modest == MOST_MODEST:
            continue
        best = taken.best(places, turn, np.where(cost[turn] > 0, np.inf, 0) if shy else cost[turn])
        if best is None and turn == 0:
            best = _any(_inside(places.boxes[0], np.array(box)))
        if best is not None:
            taken.add(places.boxes[turn, best], places.leads[turn, best], line=best >= len(_NEAR))
            found.append(_label(position, names[position], places, turn=turn, best=best, size=size))
            modest += shy
    return found


def _any(free: np.ndarray) -> int | None:
    return int(np.argmax(free)) if free.any() else None


class _Taken:
    """Boxes of the names placed so far, and of steps along their lines."""

    def __init__(self) -> None:
        self._names = np.zeros((0, 4))
        self._all = np.zeros((0, 4))

    def best(self, places: _Places, turn: int, cost: np.ndarray) -> int | None:
        """The cheapest place of a name that is still free; one apart only if it is needed."""
        near = self._free(places.boxes[turn, : len(_NEAR)], cost[: len(_NEAR)])
        if near.min() <= _COST[len(_NEAR)]:
            return int(np.argmin(near))
        far = self._free(places.boxes[turn, len(_NEAR) :], cost[len(_NEAR) :])
        crossed = np.isfinite(far)
        crossed[crossed] = self._crossed(places.leads[turn, len(_NEAR) :][crossed])
        all_ = np.concatenate([near, np.where(crossed, np.inf, far)])
        return int(np.argmin(all_)) if np.isfinite(all_).any() else None

    def _free(self, boxes: np.ndarray, cost: np.ndarray) -> np.ndarray:
        """The cost, infinite where a box covers a name or a line."""
        return np.where(_covered(boxes, self._all).any(axis=1), np.inf, cost)

    def _crossed(self, leads: np.ndarray) -> np.ndarray:
        """Which lines run through a name."""
        steps = _along(leads).reshape(-1, 4)
        return np.asarray(
            _covered(steps, self._names).any(axis=1).reshape(-1, len(_STEPS)).any(axis=1)
        )

    def add(self, box: np.ndarray, lead: np.ndarray, *, line: bool) -> None:
        self._names = np.vstack([self._names, box])
        steps = _along(lead[None])[0] if line else np.zeros((0, 4))
        self._all = np.vstack([self._all, box, steps])


def _places(widths: np.ndarray, xy: np.ndarray, radii: np.ndarray, size: float) -> _Places:
    """The eight places that touch a mark, then those in three rings around it."""
    high = np.full(len(widths), _LINE * size)
    near, far = np.array(_NEAR, dtype=np.float64), np.column_stack([np.cos(_TURNS), np.sin(_TURNS)])
    slanted = np.where(np.all(near != 0, axis=1), 0.72, 1.0)
    away = (radii + _GAP)[:, None] * slanted
    touch = xy[:, None] + away[..., None] * near
    ends = [touch, *(xy[:, None] + (radii + ring)[:, None, None] * far for ring in _FAR)]
    across = np.where(np.abs(far[:, 0]) > _UPRIGHT, np.sign(far[:, 0]), 0.0)
    along = np.where(across == 0, np.sign(far[:, 1]), 0.0)
    sides = np.vstack([near, *[np.column_stack([across, along])] * len(_FAR)])
    end = np.concatenate(ends, axis=1)
    half = np.column_stack([widths, high])[:, None] / 2
    middle = end + sides * half
    edge = np.concatenate([near, *[far] * len(_FAR)])
    start = xy[:, None] + radii[:, None, None] * edge
    boxes = np.concatenate([middle - half, middle + half], axis=2)
    return _Places(boxes, sides[:, 0].astype(np.int64), np.stack([start, end], axis=2))


def _costs(
    places: _Places, xy: np.ndarray, radii: np.ndarray, *, own: np.ndarray, solid: np.ndarray
) -> np.ndarray:
    """What each place would cost: infinite where it covers a solid mark that isn't its own."""
    marks = np.hstack([xy - radii[:, None], xy + radii[:, None]]).reshape(-1, 4)
    over = _covered(places.boxes.reshape(-1, 4), marks).reshape(*places.boxes.shape[:2], -1)
    over[np.arange(len(own)), :, own] = False
    return np.where(over[:, :, solid].any(axis=2), np.inf, over.sum(axis=2) + _COST)


def _inside(boxes: np.ndarray, box: np.ndarray) -> np.ndarray:
    return np.asarray((boxes[..., :2] >= 0).all(axis=-1) & (boxes[..., 2:] <= box).all(axis=-1))


def _covered(boxes: np.ndarray, others: np.ndarray) -> np.ndarray:
    """Which boxes cover which of the others in part, shape (k, m)."""
    left, top, right, bottom = (boxes[:, side, None] for side in range(4))
    over = (left < others[:, 2]) & (others[:, 0] < right)
    return np.asarray(over & (top < others[:, 3]) & (others[:, 1] < bottom))


def _along(leads: np.ndarray) -> np.ndarray:
    """Small boxes in steps along lines, shape (k, steps, 4)."""
    start, end = leads[:, 0, None], leads[:, 1, None]
    place = start + (end - start) * _STEPS[:, None]
    return np.concatenate([place - 1, place + 1], axis=2)


def _label(
    position: int, text: str, places: _Places, *, turn: int, best: int, size: float
) -> Label:
    box, side = places.boxes[turn, best].tolist(), int(places.sides[best])
    x = {1: box[0], -1: box[2], 0: (box[0] + box[2]) / 2}[side]
    lead = tuple(places.leads[turn, best].ravel().tolist()) if best >= len(_NEAR) else ()
    return Label(position, text, x, box[1] + 0.98 * size, _ANCHORS[side], lead)
