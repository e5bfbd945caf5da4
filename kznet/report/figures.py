"""What two mechanisms measured of an account, as short lines under a name each."""

from collections.abc import Mapping
from typing import Any, Final

import pandas as pd

from kznet.report.markup import clean
from kznet.report.texts import Texts, missing

_SHARES: Final = (
    "share_before",
    "share_after",
    "share_early",
    "share_late",
    "alike_season",
    "burning_share",
    "burning_share_after",
    "burning_share_others",
    "usual_share",
)
_CHANCES: Final = ("p_turn", "p_bait", "p_recognition", "p_derivation", "p_smallest")
_NUMBERS: Final = (
    "observed",
    "active",
    "expected",
    "null_low",
    "null_high",
    "cited",
    "posts",
    "growth_factor",
    "growth_low",
    "growth_high",
    "growth_controls",
)
# Each line is told where the column beside it is filled.
_LINES: Final[Mapping[str, Mapping[str, str]]] = {
    "bait_and_switch": {
        "turn": "turn",
        "turned": "share_before",
        "lasting": "share_early",
        "season": "alike_season",
        "sold": "sold",
        "burning": "burning_share",
        "growth": "growth_factor",
        "both": "p_bait",
    },
    "pseudo_official": {
        "known": "active",
        "cites": "cited",
        "chances": "p_recognition",
        "smallest": "p_smallest",
    },
}


def figures_of(row: Mapping[Any, Any], texts: Texts) -> list[list[str]]:
    """Name and words of each figure of one tested account; none for other mechanisms."""
    lines = _LINES.get(str(row["mechanism"]), {}) if row["status"] == "tested" else {}
    told = {name: _told(name, row, texts) for name in (*_SHARES, *_CHANCES, *_NUMBERS)}
    told |= {"turn": texts.day(row.get("turn")), "sold": _sold(row.get("sold"), texts)}
    return [
        [texts(f"figure.{line}"), texts(f"figure.{line}.words", told)]
        for line, column in lines.items()
        if not missing(row.get(column)) and row.get(column) != ""
    ]


def account_figures(tests: pd.DataFrame, texts: Texts) -> dict[str, list[str]]:
    """By account, every figure of its tests in one line a test."""
    known = tests[tests["mechanism"].isin(_LINES) & (tests["status"] == "tested")]
    told: dict[str, list[str]] = {}
    for row in known.to_dict("records"):
        parts = [f"{name}: {words}" for name, words in figures_of(row, texts)]
        told.setdefault(str(row["account"]), []).append(" · ".join(parts))
    return told


def _told(name: str, row: Mapping[Any, Any], texts: Texts) -> str:
    value = row.get(name)
    if name in _SHARES:
        return texts.share(value, digits=0)
    return texts.chance(value) if name in _CHANCES else texts.number(value)


def _sold(cell: object, texts: Texts) -> str:
    """Kinds of self-interest content with their numbers of posts."""
    parts = [] if missing(cell) else [part.rsplit(" ", 1) for part in str(cell).split(" | ")]
    return ", ".join(
        f"{texts.either(f'category.{part[0]}', clean(part[0]))} {part[-1]}" for part in parts
    )
