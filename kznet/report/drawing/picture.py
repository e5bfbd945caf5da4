"""The picture: ties below, marks above, names on top, once for wide screens and once for narrow."""

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
import pandas as pd
from markupsafe import Markup, escape

from kznet.report.drawing.labels import MODEST, Label, placed_labels
from kznet.report.drawing.outlines import FARTHEST, mark
from kznet.report.drawing.places import HIGH, WIDE
from kznet.report.markup import shortened
from kznet.report.profiles import display_name, role_of
from kznet.report.shapes import SHAPES

_SIZES: Final = {"wide": 10.5, "narrow": 21.0}
_LONGEST: Final = {"wide": 30, "narrow": 22}
_COMMON: Final = "role-unknown"
_THINNEST, _THICKEST = 0.5, 2.4


def marks(shown: pd.DataFrame) -> pd.DataFrame:
    """Label, shape and colour of accounts, from the rows of `kznet.report.profiles.profiles`."""
    names = [
        display_name(*row) for row in shown[["name", "handle", "account"]].itertuples(index=False)
    ]
    return signs(names, [role_of(role) for role in shown["role"]])


def signs(names: Sequence[str], roles: Sequence[str]) -> pd.DataFrame:
    """The same from names and roles; nobody with a ring, and no mark that leads anywhere."""
    return pd.DataFrame(
        {
            "label": pd.Series(names, dtype="str"),
            "shape": [SHAPES.get(role, "dot") for role in roles],
            "colour": [f"role-{role or 'unknown'}" for role in roles],
            "marked": False,
            "href": "",
        }
    )


def drawing(
    accounts: pd.DataFrame,
    ties: pd.DataFrame,
    *,
    xy: np.ndarray,
    radii: np.ndarray,
    title: str,
    order: Sequence[int] = (),
) -> Markup:
    """Draw accounts and their ties as one SVG of 640 by 480 that takes its colours from the page.

    Parameters
    ----------
    title
        What a screen reader says of the picture; for the others see `picture`.
    """
    inner = picture(accounts, ties, xy=xy, radii=radii, order=order)
    head = f'<svg viewBox="0 0 {WIDE:.0f} {HIGH:.0f}" class="drawing" role="img"'
    return Markup(f'{head} aria-label="{escape(title)}">{inner}</svg>')  # noqa: S704  # numbers, and text that is escaped


def picture(
    accounts: pd.DataFrame,
    ties: pd.DataFrame,
    *,
    xy: np.ndarray,
    radii: np.ndarray,
    order: Sequence[int] = (),
) -> Markup:
    """What stands inside the SVG, in no language: ties, then marks in their order, then names.

    Parameters
    ----------
    accounts
        One row a mark: label, shape, colour (name of a CSS variable), marked (bool: gets a ring),
        href (where a click leads, or an empty text). See `marks`.
    ties
        source, target (positions), kind, weight.
    xy, radii
        Places as `fitted` gives them, shape (n, 2), and sizes, shape (n,).
    order
        Positions worth a name, the most important first; by size where none is given.
    """
    wanted = list(order) if len(order) else np.argsort(-radii, kind="stable").tolist()
    xy = xy.round()
    nodes = [
        _node(row, x, y, radius)
        for row, (x, y), radius in zip(
            accounts.itertuples(index=False), xy.tolist(), radii.tolist(), strict=True
        )
    ]
    names = [_names(accounts["label"].tolist(), xy, radii, wanted, width) for width in _SIZES]
    lines, marked = "".join(_lines(ties, xy)), "".join(nodes)
    head = f'<g class="ties">{lines}</g><g class="marks" fill="var(--{_COMMON})">{marked}</g>'
    return Markup(head + "".join(names))  # noqa: S704  # as above


def _lines(ties: pd.DataFrame, xy: np.ndarray) -> list[str]:
    """One path for all ties of a kind and thickness; a stroke is a tie, or two of one account."""
    places = [f"{x} {y}" for x, y in xy.astype(np.int64).tolist()]
    widths = _widths(ties["weight"].to_numpy(dtype=np.float64)).tolist()
    ends: dict[tuple[str, float], dict[int, list[str]]] = {}
    rows = zip(ties["source"].tolist(), ties["target"].tolist(), widths, ties["kind"], strict=True)
    for source, target, width, kind in rows:
        ends.setdefault((kind, width), {}).setdefault(source, []).append(places[target])
    paths = [(*key, _strokes(fans, places)) for key, fans in sorted(ends.items())]
    return [
        f'<path class="tie tie-{escape(kind)}" stroke-width="{width}" d="{strokes}"/>'
        for kind, width, strokes in paths
    ]


def _strokes(fans: Mapping[int, Sequence[str]], places: Sequence[str]) -> str:
    """From one end of a tie to the account and on to the end of another: half as many starts."""
    strokes = []
    for source, ends in fans.items():
        middle = places[source]
        strokes += [f"M{a}L{middle} {b}" for a, b in zip(ends[::2], ends[1::2], strict=False)]
        strokes += [f"M{middle}L{ends[-1]}"] * (len(ends) % 2)
    return "".join(strokes)


def _widths(weight: np.ndarray) -> np.ndarray:
    if not len(weight):
        return weight
    level = np.sqrt(weight / max(weight.max(), 1e-9)).round(1)
    return np.asarray(_THINNEST + (_THICKEST - _THINNEST) * level).round(2)


def _node(row: tuple[object, ...], x: float, y: float, radius: float) -> str:
    label, shape, colour, marked, href = row[:5]
    ring = f'<circle cx="{x:g}" cy="{y:g}" r="{round(radius + 3, 1):g}" class="ring"/>'
    own = "" if colour == _COMMON else str(escape(colour))
    form = mark(str(shape), x, y, radius, colour=own)
    inner = f"<title>{escape(label)}</title>{ring if marked else ''}{form}"
    return f'<a href="{escape(href)}">{inner}</a>' if href else f"<g>{inner}</g>"


def _names(
    labels: Sequence[str], xy: np.ndarray, radii: np.ndarray, order: Sequence[int], width: str
) -> str:
    size, longest = _SIZES[width], _LONGEST[width]
    if width == "narrow":
        order = [at for at in order if at == order[0] or not labels[at].startswith(MODEST)]
    cut = [shortened(text, most=longest) for text in labels]
    placed = placed_labels(cut, xy, radii * FARTHEST, order=order, size=size, box=(WIDE, HIGH))
    inner = "".join(_text(each, each.position == order[0]) for each in placed)
    return f'<g class="names for-{width}">{inner}</g>'


def _text(label: Label, first: bool) -> str:
    strong = ' class="first"' if first else ""
    anchor = "" if label.anchor == "start" else f' text-anchor="{label.anchor}"'
    place = f'x="{round(label.x, 1):g}" y="{round(label.y, 1):g}"{anchor} data-n="{label.position}"'
    return f"{_lead(label)}<text {place}{strong}>{escape(label.text)}</text>"


def _lead(label: Label) -> str:
    """The line from a mark to a name that stands apart from it."""
    if not label.lead:
        return ""
    x1, y1, x2, y2 = (round(each) for each in label.lead)
    return f'<path d="M{x1} {y1}L{x2} {y2}" data-n="{label.position}"/>'
