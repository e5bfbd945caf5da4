"""Plots of shares with their bounds, as SVG that stands inside a page and takes its colours."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from markupsafe import Markup, escape

_WIDE, _HIGH = 340.0, 210.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 48.0, 8.0, 10.0, 34.0
_ROW: Final = 19.0
_NAMES: Final = 150.0
_SPREAD: Final = 11.0
_DECADES: Final = 4


@dataclass(frozen=True)
class Point:
    """A share and its bounds; missing where nothing was measured."""

    value: float
    low: float = float("nan")
    high: float = float("nan")


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
    scale = _log if expected else _plain
    step = (_WIDE - _LEFT - _RIGHT) / max(len(categories), 1)
    parts = [*_grid(expected), *_columns(categories, axis, step)]
    centres = [_LEFT + step * (k + 0.5) for k in range(len(categories))]
    if expected:
        line = " ".join(f"{x:.1f},{scale(y):.1f}" for x, y in zip(centres, expected, strict=True))
        parts.append(f'<polyline points="{line}" class="expected"/>')
    for number, one in enumerate(series):
        shift = (number - (len(series) - 1) / 2) * _SPREAD
        for x, point in zip(centres, one.points, strict=True):
            if np.isfinite(point.value):
                low, high = (scale(y) for y in (point.low, point.high))
                parts.append(_bar(x + shift, low, x + shift, high, number))
                parts.append(_mark(x + shift, scale(point.value), number))
    return _svg(title, _HIGH, parts)


def forest(rows: Sequence[tuple[str, Point]], *, title: str, most: float = 1.0) -> Markup:
    """Shares one below the other, each with its name and its bounds, from 0 to `most`."""
    high = _TOP + _ROW * len(rows) + 22
    wide = _WIDE - _NAMES - 12

    def place(value: float) -> float:
        return _NAMES + wide * min(max(value, 0.0), most) / most

    parts = []
    for tick in np.linspace(0, most, 5):
        x = place(float(tick))
        parts.append(_line(x, _TOP, x, high - 20))
        parts.append(_text(x, high - 7, f"{tick:.2g}", "middle"))
    for number, (name, point) in enumerate(rows):
        y = _TOP + _ROW * (number + 0.5)
        parts.append(_text(_NAMES - 8, y + 4, name, "end"))
        if np.isfinite(point.value):
            if np.isfinite(point.low):
                parts.append(_bar(place(point.low), y, place(point.high), y, 0))
            parts.append(_mark(place(point.value), y, 0))
    return _svg(title, high, parts)


def _plain(value: float) -> float:
    return _TOP + (_HIGH - _TOP - _BOTTOM) * (1 - min(max(value, 0.0), 1.0))


def _log(value: float) -> float:
    """Four decades; what is below them lies on the ground."""
    exponent = np.log10(value) if value > 0 else -np.inf
    return _plain(1 + max(exponent, -_DECADES) / _DECADES)


def _grid(expected: Sequence[float]) -> list[str]:
    logs = [(_log(10.0**-k), f"{10.0**-k:g}") for k in range(_DECADES + 1)]
    ticks = logs if expected else [(_plain(k / 4), f"{k / 4:g}") for k in range(5)]
    lines = [_line(_LEFT, y, _WIDE - _RIGHT, y) for y, _ in ticks]
    return [*lines, *(_text(_LEFT - 6, y + 4, name, "end") for y, name in ticks)]


def _columns(categories: Sequence[str], axis: str, step: float) -> list[str]:
    names = [
        _text(_LEFT + step * (k + 0.5), _HIGH - _BOTTOM + 15, name, "middle")
        for k, name in enumerate(categories)
    ]
    return [*names, _text((_LEFT + _WIDE) / 2, _HIGH - 3, axis, "middle", kind="axis-name")]


def _line(x1: float, y1: float, x2: float, y2: float) -> str:
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" class="rule"/>'


def _bar(x1: float, y1: float, x2: float, y2: float, number: int) -> str:
    place = f'x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"'
    return f'<line {place} class="bounds series-{number}"/>'


def _mark(x: float, y: float, number: int) -> str:
    if number % 2:
        return f'<rect x="{x - 3.6:.1f}" y="{y - 3.6:.1f}" width="7.2" height="7.2" class="point series-{number}"/>'  # noqa: E501  # one element
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" class="point series-{number}"/>'


def _text(x: float, y: float, text: str, anchor: str, *, kind: str = "tick") -> str:
    place = f'x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" class="{kind}"'
    return f"<text {place}>{escape(text)}</text>"


def _svg(title: str, high: float, parts: Sequence[str]) -> Markup:
    head = f'<svg viewBox="0 0 {_WIDE:.0f} {high:.0f}" class="plot" role="img"'
    body = "".join(parts)
    return Markup(f'{head} aria-label="{escape(title)}">{body}</svg>')  # noqa: S704  # numbers, and text that is escaped above
