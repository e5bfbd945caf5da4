"""Values one below the other, each with its name and its bounds."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from markupsafe import Markup

from kznet.report.plots.svg import Scale, Tick, across, line, mark, shortened, svg, text

_TOP, _BELOW, _RIGHT = 8.0, 24.0, 14.0
_ROW, _NAMES, _SIGNS = 21.0, 150.0, 24


@dataclass(frozen=True)
class Point:
    """A value and its bounds; missing where nothing was measured."""

    value: float
    low: float = float("nan")
    high: float = float("nan")


def forest(
    rows: Sequence[tuple[str, Point]], *, title: str, scale: Scale, ticks: Sequence[Tick]
) -> Markup:
    """A row for each name; the scale says what is at either end, its places are set here."""
    bottom = _TOP + _ROW * len(rows)
    places = Scale(scale.low, scale.high, start=_NAMES, end=400 - _RIGHT, log=scale.log)
    parts = across(places, ticks, top=_TOP, bottom=bottom)
    for number, (name, point) in enumerate(rows):
        y = _TOP + _ROW * (number + 0.5)
        parts.append(text(_NAMES - 10, y + 4, shortened(name, most=_SIGNS), anchor="end"))
        if np.isfinite(point.value):
            if np.isfinite(point.low):
                ends = places(point.low), places(point.high)
                parts.append(line(ends[0], y, ends[1], y, kind="bounds series-0"))
            parts.append(mark(places(point.value), y, title=name))
    return svg(parts, title=title, high=bottom + _BELOW)
