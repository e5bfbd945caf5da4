"""Amounts as bars: across under each other, or upright in the order of time."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from markupsafe import Markup

from kznet.report.markup import shortened
from kznet.report.plots.svg import WIDE, Scale, Tick, rect, svg, text, upright

_ROW: Final = 22.0
_WORDS: Final = 62.0
_WIDEST: Final = 0.55
_LETTER: Final = 7.4
_HIGH: Final = 190.0
_LEFT, _TOP, _FOOT, _RIGHT = 46.0, 12.0, 38.0, 10.0


@dataclass(frozen=True)
class Bar:
    """An amount under a name, and how it is written; missing where it may not be told.

    `part` is what of the amount an upright bar shows darker.
    """

    name: str
    amount: float
    words: str
    kind: str = "amount"
    part: float = 0.0


def bars(rows: Sequence[Bar], *, title: str, most: float, wide: float = WIDE) -> Markup:
    """A bar a row, all on one scale from nothing to `most`."""
    longest = max((len(row.name) for row in rows), default=0)
    left = min(longest * _LETTER + 8, wide * _WIDEST)
    scale = Scale(0, most, start=left, end=wide - _WORDS)
    parts = []
    for number, row in enumerate(rows):
        y = _ROW * number
        end = scale(row.amount) if np.isfinite(row.amount) else left
        name = shortened(row.name, most=int((left - 8) / _LETTER))
        parts.append(text(left - 8, y + 15, name, anchor="end"))
        parts.append(rect(left, y + 4, end - left, _ROW - 7, kind=row.kind))
        parts.append(text(end + 6, y + 15, row.words, kind="value"))
    return svg(parts, title=title, high=_ROW * len(rows) + 2, wide=wide)


def columns(
    rows: Sequence[Bar], *, title: str, ticks: Sequence[Tick], names: Sequence[int]
) -> Markup:
    """Upright bars; of the names only those at the places `names` are written."""
    most = max([tick for tick, _ in ticks] + [row.amount for row in rows], default=1.0) or 1.0
    scale = Scale(0, most, start=_HIGH - _FOOT, end=_TOP)
    step = (WIDE - _LEFT - _RIGHT) / max(len(rows), 1)
    wide = step * 0.8 if step > 3 else step
    parts = upright(scale, ticks, left=_LEFT, right=WIDE - _RIGHT)
    for k, row in enumerate(rows):
        top = scale(row.amount)
        x, told = _LEFT + step * k + (step - wide) / 2, f"{row.name}: {row.words}"
        parts.append(rect(x, top, wide, scale(0) - top, kind=row.kind, title=told))
        if row.part:
            top = scale(min(row.part, row.amount))
            parts.append(rect(x, top, wide, scale(0) - top, kind="amount marked"))
    parts.extend(_foot(rows[k].name, k, len(rows), step) for k in names)
    return svg(parts, title=title, high=_HIGH - _FOOT + 22)


def _foot(name: str, k: int, n: int, step: float) -> str:
    """A name under its bar; the first and the last of many stay inside the drawing."""
    crowded = step < 40  # about the width of half a date
    if crowded and k == 0:
        return text(_LEFT, _HIGH - _FOOT + 16, name)
    if crowded and k == n - 1:
        return text(WIDE - _RIGHT, _HIGH - _FOOT + 16, name, anchor="end")
    return text(_LEFT + step * (k + 0.5), _HIGH - _FOOT + 16, name, anchor="middle")
