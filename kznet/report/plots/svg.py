"""Parts of a plot: SVG that stands inside a page, takes its colours and escapes every text.

Lengths are units of the drawing, in which a page shows text of the size it has in a note.
Colours come from the classes that `style/plots.css` knows, so that themes and paper change them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from markupsafe import Markup, escape

Anchor = Literal["start", "middle", "end"]
Tick = tuple[float, str]

WIDE: Final = 400.0
_STEPS: Final = (1.0, 2.0, 2.5, 5.0, 10.0)
_MARK: Final = 4.0


@dataclass(frozen=True)
class Scale:
    """From values between `low` and `high` to places between `start` and `end`.

    What lies outside is put on the nearer end. A logarithmic scale needs positive bounds.

    >>> Scale(0, 10, start=100, end=0)(2.5)
    75.0
    """

    low: float
    high: float
    start: float
    end: float
    log: bool = False

    def __call__(self, value: float) -> float:
        """Return the place of a value."""
        low, high, x = (self._straight(each) for each in (self.low, self.high, value))
        part = (x - low) / (high - low) if high > low else 0.0
        return self.start + (self.end - self.start) * min(max(part, 0.0), 1.0)

    def ticks(self, most: int = 5) -> list[float]:
        """Round values inside the bounds, at most so many; powers of ten on a logarithmic scale.

        >>> Scale(0, 7, start=0, end=1).ticks()
        [0.0, 2.0, 4.0, 6.0]
        """
        if self.log:
            lowest, highest = np.ceil(np.log10(self.low)), np.floor(np.log10(self.high))
            skip = max(int(np.ceil((highest - lowest + 1) / most)), 1)
            return [float(f"1e{k}") for k in range(int(lowest), int(highest) + 1, skip)]
        step = _round_step((self.high - self.low) / max(most - 1, 1))
        first = np.ceil(self.low / step - 1e-9)
        count = int(np.floor(self.high / step + 1e-9) - first) + 1
        return [float(f"{(first + k) * step:.12g}") for k in range(count)]

    def _straight(self, value: float) -> float:
        return float(np.log10(max(value, self.low))) if self.log else float(value)


def svg(
    parts: Sequence[str], *, title: str, high: float, wide: float = WIDE, kind: str = ""
) -> Markup:
    """The drawing, as one picture that a screen reader calls by its title."""
    classes = f"plot {kind}".strip()
    head = f'<svg viewBox="0 0 {_n(wide)} {_n(high)}" class="{classes}" role="img"'
    body = "".join(parts)
    return Markup(f'{head} aria-label="{escape(title)}">{body}</svg>')  # noqa: S704  # numbers, classes of ours, and text that is escaped


def line(x1: float, y1: float, x2: float, y2: float, *, kind: str = "rule") -> str:
    """A straight line; `kind` is its class."""
    place = f'x1="{_n(x1)}" y1="{_n(y1)}" x2="{_n(x2)}" y2="{_n(y2)}"'
    return f'<line {place} class="{kind}"/>'


def polyline(points: Sequence[tuple[float, float]], *, kind: str) -> str:
    """A line through points."""
    places = " ".join(f"{_n(x)},{_n(y)}" for x, y in points)
    return f'<polyline points="{places}" class="{kind}"/>'


def rect(x: float, y: float, wide: float, high: float, *, kind: str, title: str = "") -> str:
    """A rectangle; with a title it tells it under the pointer."""
    place = f'x="{_n(x)}" y="{_n(y)}" width="{_n(max(wide, 0.0))}" height="{_n(max(high, 0.0))}"'
    if not title:
        return f'<rect {place} class="{kind}"/>'
    return f'<rect {place} class="{kind}"><title>{escape(title)}</title></rect>'


def mark(x: float, y: float, *, number: int = 0, kind: str = "point", title: str = "") -> str:
    """The point of a series, with the shape and colour of its number: circle or square."""
    classes, told = f"{kind} series-{number}", f"<title>{escape(title)}</title>" if title else ""
    if number % 2:
        side, corner = _n(2 * _MARK - 0.8), _MARK - 0.4
        place = f'x="{_n(x - corner)}" y="{_n(y - corner)}" width="{side}" height="{side}"'
        return f'<rect {place} class="{classes}">{told}</rect>'
    place = f'cx="{_n(x)}" cy="{_n(y)}" r="{_n(_MARK)}"'
    return f'<circle {place} class="{classes}">{told}</circle>'


def text(
    x: float,
    y: float,
    words: object,
    *,
    anchor: Anchor = "start",
    kind: str = "tick",
    turn: float = 0,
) -> str:
    """Words with their baseline at a place, turned by degrees; escaped, whoever wrote them."""
    turned = f' transform="rotate({_n(turn)} {_n(x)} {_n(y)})"' if turn else ""
    place = f'x="{_n(x)}" y="{_n(y)}" text-anchor="{anchor}" class="{kind}"{turned}'
    return f"<text {place}>{escape(str(words))}</text>"


def across(scale: Scale, ticks: Sequence[Tick], *, top: float, bottom: float) -> list[str]:
    """An axis that runs across: a rule for each tick from top to bottom, its name below."""
    rules = [line(scale(value), top, scale(value), bottom) for value, _ in ticks]
    names = [text(scale(value), bottom + 15, name, anchor="middle") for value, name in ticks]
    return [*rules, *names]


def upright(scale: Scale, ticks: Sequence[Tick], *, left: float, right: float) -> list[str]:
    """An axis that stands upright: a rule for each tick from left to right, its name at left."""
    rules = [line(left, scale(value), right, scale(value)) for value, _ in ticks]
    names = [text(left - 6, scale(value) + 4, name, anchor="end") for value, name in ticks]
    return [*rules, *names]


def _round_step(rough: float) -> float:
    size = 10.0 ** np.floor(np.log10(rough)) if rough > 0 else 1.0
    return float(next(size * step for step in _STEPS if size * step >= rough * (1 - 1e-9)))


def _n(value: float) -> str:
    """A length to one decimal, the shortest way."""
    told = f"{value:.1f}"
    return "0" if told in ("-0.0", "0.0") else told.removesuffix(".0")
