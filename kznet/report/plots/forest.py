"""Values one below the other, each with its name and its bounds."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from markupsafe import Markup

from kznet.report.markup import shortened
from kznet.report.plots.svg import WIDE, Scale, Tick, across, line, mark, svg, text

_TOP, _BELOW, _RIGHT = 8.0, 24.0, 16.0
_ROW: Final = 21.0
_NAMES: Final = 196.0
_SIGNS: Final = 26


@dataclass(frozen=True)
class Point:
    """A value and its bounds, missing where nothing was measured; the series sets its mark."""

    value: float
    low: float = float("nan")
    high: float = float("nan")
    series: int = 0


def forest(
    rows: Sequence[tuple[str, Point]], *, title: str, scale: Scale, ticks: Sequence[Tick]
) -> Markup:
    """A row for each name; the scale says what is at either end, its places are set here."""
    bottom = _TOP + _ROW * len(rows)
    places = replace(scale, start=_NAMES, end=WIDE - _RIGHT)
    parts = across(places, ticks, top=_TOP, bottom=bottom)
    for number, (name, point) in enumerate(rows):
        y = _TOP + _ROW * (number + 0.5)
        parts.append(text(_NAMES - 10, y + 4, shortened(name, most=_SIGNS), anchor="end"))
        if np.isfinite(point.value):
            parts.extend(_drawn(name, point, places, y))
    return svg(parts, title=title, high=bottom + _BELOW)


def _drawn(name: str, point: Point, places: Scale, y: float) -> list[str]:
    dot = mark(places(point.value), y, number=point.series, title=name)
    if not np.isfinite(point.low):
        return [dot]
    kind = f"bounds series-{point.series}"
    return [line(places(point.low), y, places(point.high), y, kind=kind), dot]
