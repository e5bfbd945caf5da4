"""How unequal a measure is: the share of accounts that have at least so much, on two log axes."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from markupsafe import Markup

from kznet.report.plots.svg import WIDE, Scale, Tick, across, mark, polyline, svg, upright

_HIGH: Final = 236.0
_LEFT, _TOP, _FOOT, _RIGHT = 52.0, 8.0, 26.0, 14.0
_POINTS: Final = 90


def tail(
    values: np.ndarray,
    marked: Sequence[tuple[str, float]],
    *,
    title: str,
    ticks: tuple[Sequence[Tick], Sequence[Tick]],
) -> Markup:
    """Draw the complementary cumulative distribution of the positive values.

    `marked` are names and values that are shown on the curve; `ticks` those of either axis.
    """
    scales = tail_scales(values)
    across_, upright_ = scales
    x, y = curve(values)
    parts = [
        *across(across_, ticks[0], top=_TOP, bottom=_HIGH - _FOOT),
        *upright(upright_, ticks[1], left=_LEFT, right=WIDE - _RIGHT),
        polyline([(across_(a), upright_(b)) for a, b in zip(x, y, strict=True)], kind="curve"),
    ]
    for name, value in marked:
        if value > 0:
            share = float((values >= value).mean())
            parts.append(mark(across_(value), upright_(share), title=name))
    return svg(parts, title=title, high=_HIGH)


def curve(values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Distinct positive values, at most so many, and the share of all values that reach them.

    >>> [x.tolist() for x in curve(np.array([0.0, 1.0, 1.0, 4.0]))]
    [[1.0, 4.0], [0.75, 0.25]]
    """
    ordered = np.sort(values)
    found = np.unique(ordered[ordered > 0])
    if len(found) > _POINTS:
        steps = np.geomspace(found[0], found[-1], _POINTS)
        places = np.minimum(np.searchsorted(found, steps * (1 - 1e-9)), len(found) - 1)
        found = found[np.unique(places)]
    return found, (len(ordered) - np.searchsorted(ordered, found)) / len(ordered)


def tail_scales(values: np.ndarray) -> tuple[Scale, Scale]:
    """The two axes of a distribution: from the smallest positive value, and from one account."""
    positive = values[values > 0]
    low, high = float(positive.min()), float(positive.max())
    return (
        Scale(low, max(high, low * 10), start=_LEFT, end=WIDE - _RIGHT, log=True),
        Scale(min(1 / len(values), 0.1), 1, start=_HIGH - _FOOT, end=_TOP, log=True),
    )
