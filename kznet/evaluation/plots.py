"""Plots of shares over categories, each series with its bounds."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from markupsafe import Markup

from kznet.report.plots.forest import Point
from kznet.report.plots.svg import Scale, Tick, line, mark, polyline, svg, text, upright

_WIDE, _HIGH = 340.0, 210.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 48.0, 8.0, 10.0, 34.0
_SPREAD: Final = 11.0
_DECADES: Final = 4
_PLAIN: Final = Scale(0, 1, start=_HIGH - _BOTTOM, end=_TOP)
_LOG: Final = Scale(10.0**-_DECADES, 1, start=_HIGH - _BOTTOM, end=_TOP, log=True)


@dataclass(frozen=True)
class Series:
    """Points of one thing, one for each category."""

    name: str
    points: Sequence[Point]


def chart(
    categories: Sequence[str],
    series: Sequence[Series],
    *,
    title: str,
    axis: str,
    expected: Sequence[float] = (),
) -> Markup:
    """Shares over categories, each series with a mark of its own and bars for its bounds.

    With `expected` values the axis is logarithmic, and a line joins them.
    """
    scale = _LOG if expected else _PLAIN
    step = (_WIDE - _LEFT - _RIGHT) / max(len(categories), 1)
    grid = upright(scale, shares(scale), left=_LEFT, right=_WIDE - _RIGHT)
    parts = [*grid, *_columns(categories, axis, step)]
    centres = [_LEFT + step * (k + 0.5) for k in range(len(categories))]
    if expected:
        line_ = [(x, scale(y)) for x, y in zip(centres, expected, strict=True)]
        parts.append(polyline(line_, kind="expected"))
    for number, one in enumerate(series):
        shift = (number - (len(series) - 1) / 2) * _SPREAD
        for x, point in zip(centres, one.points, strict=True):
            if np.isfinite(point.value):
                bounds = scale(point.low), scale(point.high)
                kind = f"bounds series-{number}"
                parts.append(line(x + shift, bounds[0], x + shift, bounds[1], kind=kind))
                parts.append(mark(x + shift, scale(point.value), number=number))
    return svg(parts, title=title, wide=_WIDE, high=_HIGH)


def shares(scale: Scale) -> list[Tick]:
    """Ticks of an axis of shares."""
    return [(value, f"{value:g}") for value in scale.ticks()]


def _columns(categories: Sequence[str], axis: str, step: float) -> list[str]:
    names = [
        text(_LEFT + step * (k + 0.5), _HIGH - _BOTTOM + 15, name, anchor="middle")
        for k, name in enumerate(categories)
    ]
    middle = (_LEFT + _WIDE) / 2
    return [*names, text(middle, _HIGH - 3, axis, anchor="middle", kind="axis-name")]
