"""Lines over two logarithmic axes, as an SVG file that stands alone."""

import math
from collections.abc import Mapping, Sequence
from typing import Final

from kznet.report.plots.svg import Scale, across, mark, polyline, svg, text, upright

Line = Sequence[tuple[float, float]]
COLOURS: Final = ("#0b6e99", "#b3470f", "#3f7a2c", "#7a4fa3", "#8a6d00", "#a3324f", "#4d5f6b")
_DARK: Final = ("#6cc3e8", "#f0a27a", "#97cf85", "#c5a3ec", "#d8bd56", "#f093a8", "#a9b9c4")
_WIDE, _HIGH = 640.0, 300.0
_LEFT, _TOP, _FOOT, _RIGHT = 64.0, 28.0, 44.0, 190.0
_APART: Final = 15.0
_INSET: Final = 26.0
_ROUNDS: Final = 100
_STYLE: Final = """\
svg { background: #fff } text { font: 12px system-ui, sans-serif; fill: #454f57 }
.rule { stroke: #dde2e6 } .title { font-weight: 600 } polyline { fill: none; stroke-width: 2 }
"""
_STYLE_DARK: Final = """\
svg { background: #14191d } text { fill: #c3ccd3 } .rule { stroke: #313a41 }
"""


def drawn(title: str, lines: Mapping[str, Line]) -> str:
    """Each line with its name at its end; all values are positive."""
    over, up = _scales([point for line in lines.values() for point in line])
    sizes = sorted({x for line in lines.values() for x, _ in line})
    bottom, right = _HIGH - _FOOT, _WIDE - _RIGHT
    parts = [text(0, 14, title, kind="title")]
    parts += across(over, [(x, f"{x:,.0f}") for x in sizes], top=_TOP, bottom=bottom)
    parts += upright(up, [(y, f"{y:g}") for y in up.ticks()], left=_LEFT, right=right)
    parts.append(text((_LEFT + right) / 2, _HIGH - 8, "rows", anchor="middle"))
    ends = {}
    for number, (name, line) in enumerate(lines.items()):
        places = [(over(x), up(y)) for x, y in line]
        told = [f"{name}: {y:.3g} at {x:,.0f} rows" for x, y in line]
        parts.append(polyline(places, kind=f"curve-{number}"))
        parts += [
            mark(*at, kind=f"at-{number}", title=t) for at, t in zip(places, told, strict=True)
        ]
        ends[number, name] = places[-1]
    parts += _names(ends)
    return _alone(svg(parts, title=title, high=_HIGH, wide=_WIDE), len(lines))


def _scales(points: Line) -> tuple[Scale, Scale]:
    """From the fewest rows to the most, and between whole powers of ten."""
    xs, ys = zip(*points, strict=True)
    low, high = math.floor(math.log10(min(ys))), math.ceil(math.log10(max(ys)))
    return (
        Scale(min(xs), max(xs), start=_LEFT + _INSET, end=_WIDE - _RIGHT, log=True),
        Scale(10.0**low, 10.0 ** max(high, low + 1), start=_HIGH - _FOOT, end=_TOP, log=True),
    )


def _names(ends: Mapping[tuple[int, str], tuple[float, float]]) -> list[str]:
    """Names beside the ends of lines; those that are close push each other apart."""
    ordered = sorted(ends, key=lambda each: ends[each][1])
    heights = [ends[each][1] + 4 for each in ordered]
    for _ in range(_ROUNDS):
        for k in range(1, len(heights)):
            short = max(_APART - (heights[k] - heights[k - 1]), 0.0)
            heights[k - 1] -= short / 2
            heights[k] += short / 2
    return [
        text(ends[number, name][0] + 10, y, name, kind=f"name-{number}")
        for (number, name), y in zip(ordered, heights, strict=True)
    ]


def _alone(plot: str, count: int) -> str:
    dark = _STYLE_DARK + _coloured(_DARK[:count])
    style = (
        f"{_STYLE}{_coloured(COLOURS[:count])}@media (prefers-color-scheme: dark) {{\n{dark}}}\n"
    )
    head, _, body = plot.partition(">")
    return f'{head} xmlns="http://www.w3.org/2000/svg"><style>\n{style}</style>{body}\n'


def _coloured(colours: Sequence[str]) -> str:
    return "".join(
        f".curve-{k} {{ stroke: {colour} }} .at-{k}, .name-{k} {{ fill: {colour} }}\n"
        for k, colour in enumerate(colours)
    )
