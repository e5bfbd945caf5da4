"""Moments on a line: a tick each. Stretched to its place, so that words stay outside of it."""

from collections.abc import Sequence
from typing import Final

from markupsafe import Markup, escape

LONG: Final = 300.0
_HIGH: Final = 20.0
_DAYS_HIGH: Final = 60.0
_FEWEST: Final = 0.04


def strip(seconds: Sequence[float], *, most: float, title: str) -> Markup:
    """Draw the seconds at which something was repeated, from 0 to `most`."""
    places = (LONG * min(max(each, 0.0), most) / max(most, 1e-9) for each in seconds)
    ticks = "".join(_upright(x, 2.0, _HIGH - 2.0, kind="tick-mark") for x in places)
    ground = (
        f'<line x1="0" y1="{_HIGH / 2:.0f}" x2="{LONG:.0f}" y2="{_HIGH / 2:.0f}" class="rule"/>'
    )
    return _picture(ground + ticks, _HIGH, title=title, kind="strip")


def spikes(days: Sequence[tuple[float, float]], *, title: str) -> Markup:
    """Draw upright lines: where between first and last day, and how high, both from 0 to 1."""
    foot = _DAYS_HIGH - 1
    lines = "".join(
        _upright(LONG * min(max(x, 0.0), 1.0), foot * (1 - max(y, _FEWEST)), foot, kind="tick-mark")
        for x, y in days
    )
    ground = f'<line x1="0" y1="{foot:.0f}" x2="{LONG:.0f}" y2="{foot:.0f}" class="rule"/>'
    return _picture(ground + lines, _DAYS_HIGH, title=title, kind="spikes")


def _upright(x: float, top: float, bottom: float, *, kind: str) -> str:
    return f'<line x1="{x:.1f}" y1="{top:.1f}" x2="{x:.1f}" y2="{bottom:.1f}" class="{kind}"/>'


def _picture(inner: str, high: float, *, title: str, kind: str) -> Markup:
    head = f'<svg viewBox="-2 0 {LONG + 4:.0f} {high:.0f}" preserveAspectRatio="none" '
    told = f'class="{kind}" role="img" aria-label="{escape(title)}"'
    return Markup(f"{head}{told}>{inner}</svg>")  # noqa: S704  # numbers, and a title that is escaped
