"""One observed value against the band in which chance alone leaves 95 % of the values."""

from markupsafe import Markup

from kznet.report.plots.svg import WIDE, Anchor, Scale, line, mark, rect, svg, text

_HIGH, _MIDDLE, _EDGE = 62.0, 30.0, 10.0
_THIN = 2.0


def band(
    observed: float, chance: tuple[float, float, float], *, words: tuple[str, str], title: str
) -> Markup:
    """Draw lower bound, middle and upper bound of chance, and the value that was observed.

    `words` are what stands over the observed value and under the band.
    """
    low, middle, high = chance
    least, most = min(low, observed, 0.0), max(high, observed, 0.0)
    scale = Scale(least, most, start=_EDGE, end=WIDE - _EDGE)
    wide = max(scale(high) - scale(low), _THIN)
    parts = [
        line(_EDGE, _MIDDLE, WIDE - _EDGE, _MIDDLE),
        rect(scale(low), _MIDDLE - 8, wide, 16, kind="chance"),
        line(scale(middle), _MIDDLE - 8, scale(middle), _MIDDLE + 8, kind="middle"),
        mark(scale(observed), _MIDDLE, title=words[0]),
        _beside(scale(observed), _MIDDLE - 13, words[0], kind="value"),
        _beside((scale(low) + scale(high)) / 2, _HIGH - 8, words[1], kind="tick"),
    ]
    return svg(parts, title=title, high=_HIGH)


def _beside(x: float, y: float, words: str, *, kind: str) -> str:
    """Words at a place that stay inside the drawing."""
    side: Anchor = "start" if x < WIDE / 3 else "end" if x > WIDE * 2 / 3 else "middle"
    edge = {"start": max(x - 4, 2.0), "end": min(x + 4, WIDE - 2), "middle": x}[side]
    return text(edge, y, words, anchor=side, kind=kind)
