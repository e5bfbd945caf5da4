"""From whom to whom: shares of each row as a shaded table."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from markupsafe import Markup

from kznet.report.markup import shortened
from kznet.report.plots.svg import WIDE, rect, svg, text

_LEFT: Final = 166.0
_RIGHT: Final = 62.0
_TOP: Final = 154.0
_ROW: Final = 28.0
_WIDEST: Final = 46.0
_SIGNS: Final = 22
_STEPS: Final = (0.005, 0.05, 0.15, 0.3, 0.5)


def matrix(
    names: tuple[Sequence[str], Sequence[str]],
    shares: np.ndarray,
    *,
    words: Sequence[Sequence[str]],
    titles: Sequence[Sequence[str]],
    title: str,
) -> Markup:
    """Draw names of rows and of columns, and a cell for each two of them.

    The darker a cell, the larger its share; a missing one is hatched by its class. `words` stand
    in the cells, `titles` are told under the pointer.
    """
    rows, columns = names
    step = min((WIDE - _LEFT - _RIGHT) / max(len(columns), 1), _WIDEST)
    parts = [
        text(_LEFT + step * (k + 0.62), _TOP - 8, shortened(name, most=_SIGNS), turn=-64)
        for k, name in enumerate(columns)
    ]
    for i, name in enumerate(rows):
        y = _TOP + _ROW * i
        parts.append(text(_LEFT - 8, y + 18, shortened(name, most=_SIGNS), anchor="end"))
        for k in range(len(columns)):
            x, kind = _LEFT + step * k, _kind(shares[i, k])
            parts.append(rect(x, y, step - 2, _ROW - 2, kind=kind, title=titles[i][k]))
            middle = x + step / 2 - 1
            parts.append(text(middle, y + 17, words[i][k], anchor="middle", kind="value"))
    return svg(parts, title=title, high=_TOP + _ROW * len(rows) + 2, kind="matrix")


def _kind(share: float) -> str:
    if not np.isfinite(share):
        return "cell kept-back"
    return f"cell heat-{int(np.searchsorted(_STEPS, share, side='right'))}"
