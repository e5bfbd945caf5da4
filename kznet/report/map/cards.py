"""What the card of an account says: its calls, tests, examples and explanations, by its number."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

import numpy as np
import pandas as pd

from kznet.analysis import Analysis
from kznet.report import profiles
from kznet.report.figures import figures_of
from kznet.report.markup import clean
from kznet.report.texts import Texts
from kznet.report.words import spoken

_EXAMPLES: Final = 5
_NAMED: Final = 6
LONGEST: Final = 400
_HUB_NUMBERS: Final = (
    "rank", "q", "exposure", "exposure_low", "exposure_high", "effect",
    "coordinated_share_at_least",
)  # fmt: skip
_TEST_NUMBERS: Final = (
    "observed", "null_median", "null_low", "null_high", "p", "q", "effect", "meetings", "posts",
    "reposts", "members", "confirmed", "coordinated_share_at_least", "p_without_posts",
    "p_without_member",
)  # fmt: skip


def hubs(
    analysis: Analysis, accounts: pd.Index, texts: Texts, dossiers: Mapping[str, str]
) -> dict[int, dict[str, Any]]:
    """Status, reach and reason of each account of the hub table."""
    rows = np.arange(len(analysis.hubs))
    numbered = analysis.hubs.assign(row=rows, listed=profiles.listed(analysis.hubs))
    table = _with_position(numbered, accounts)
    return {
        row["position"]: {
            "row": row["row"],
            "listed": row["listed"],
            "dossier": dossiers.get(row["account"]),
            **_numbers(row, _HUB_NUMBERS),
            "status": row["status"],
            "tier": _text(row.get("tier")),
            "label": _text(row.get("label")),
            "mechanism": profiles.split(row.get("mechanism")),
            "reason": spoken(row.get("reason"), texts),
        }
        for row in table.to_dict("records")
    }


def tests(
    analysis: Analysis, accounts: pd.Index, texts: Texts
) -> tuple[list[str], dict[int, list[dict[str, Any]]]]:
    """Tests of each account; their reasons, which repeat, are kept apart and numbered."""
    table = _with_position(analysis.tests, accounts)
    reason = table["reason"] if "reason" in table else pd.Series(dtype="str")
    codes, reasons = pd.factorize(reason.replace("", np.nan))
    table = table.assign(reason=codes)
    grouped: dict[int, list[dict[str, Any]]] = {}
    for row in table.to_dict("records"):
        known = {"mechanism": row["mechanism"], "status": row["status"]}
        code = None if row["reason"] < 0 else row["reason"]
        notes = {"reason": code, "note": spoken(row.get("note"), texts, longest=LONGEST)}
        numbers = _numbers(row, _TEST_NUMBERS) if row["status"] == "tested" else {}
        figures = figures_of(row, texts)
        measured = {**numbers, "figures": figures} if figures else dict(numbers)
        grouped.setdefault(row["position"], []).append({**known, **notes, **measured})
    return [spoken(each, texts, longest=LONGEST) for each in reasons], grouped


def evidence(
    analysis: Analysis, accounts: pd.Index, texts: Texts
) -> dict[int, list[dict[str, Any]]]:
    """A few examples an account and mechanism, those closest in time first; around a turn all."""
    table = _with_position(analysis.evidence, accounts)
    if table.empty:
        return {}
    table = table.reindex(columns=[*table.columns.union(["side", "category"], sort=False)])
    table = table[table["side"] != "turn"].assign(far=table["gap_seconds"].abs())
    table = table.sort_values(["position", "mechanism", "far", "time", "post"], kind="stable")
    most = np.where(table["side"].isna(), _EXAMPLES, 2 * _EXAMPLES)
    table = table[table.groupby(["position", "mechanism"]).cumcount() < most]
    known = profiles.known_names(analysis)
    examples: dict[int, list[dict[str, Any]]] = {}
    for row in table.to_dict("records"):
        examples.setdefault(row["position"], []).append(_example(row, known, texts))
    return examples


def _example(row: dict[Any, Any], known: pd.DataFrame, texts: Texts) -> dict[str, Any]:
    """One post: when, which, with whom or what, and how far apart."""
    ids = [each for each in profiles.split(row["accounts"]) if each != row["account"]]
    return {
        "mechanism": row["mechanism"],
        "time": texts.moment(row["time"]),
        "post": clean(row["post"], longest=60),
        "accounts": [profiles.name_of(known, each) for each in ids[:_NAMED]],
        "more": max(len(ids) - _NAMED, 0),
        "gap": number(row.get("gap_seconds"), 4),
        "side": _text(row["side"]),
        "category": _text(row["category"]),
    }


def screens(
    analysis: Analysis, accounts: pd.Index, texts: Texts
) -> dict[int, list[dict[str, Any]]]:
    """What each account was set apart for before the tests."""
    found: dict[int, list[dict[str, Any]]] = {}
    for row in _with_position(analysis.screens, accounts).to_dict("records"):
        detail = spoken(row.get("detail"), texts, longest=LONGEST)
        found.setdefault(row["position"], []).append({"screen": row["screen"], "detail": detail})
    return found


def explanations(
    analysis: Analysis, accounts: pd.Index, texts: Texts
) -> dict[int, list[dict[str, Any]]]:
    """Innocent explanations checked for each call; those that were found come first."""
    table = _with_position(analysis.explanations, accounts)
    order = {"yes": 0, "no": 1}
    told: dict[int, list[dict[str, Any]]] = {}
    for row in sorted(table.to_dict("records"), key=lambda row: order.get(row["found"], 2)):
        names = {name: _text(row[name]) for name in ("mechanism", "explanation", "found")}
        answer = names | {"words": spoken(row["words"], texts, longest=LONGEST)}
        told.setdefault(row["position"], []).append(answer)
    return told


def _with_position(table: pd.DataFrame, accounts: pd.Index) -> pd.DataFrame:
    if "account" not in table:
        return table.iloc[:0].assign(position=0)
    position = accounts.get_indexer(pd.Index(table["account"]))
    return table.assign(position=position)[position >= 0]


def _text(cell: Any) -> str:
    return "" if cell is None or pd.isna(cell) else clean(cell, longest=LONGEST)


def _numbers(row: dict[Any, Any], names: Iterable[str]) -> dict[str, float | int | None]:
    return {name: number(row.get(name), 6) for name in names}


def number(value: Any, digits: int) -> float | int | None:
    """A number short enough to send: whole where it is whole, else so many significant digits."""
    if value is None or pd.isna(value) or not np.isfinite(float(value)):
        return None
    x = float(value)
    return int(x) if x == int(x) else float(f"{x:.{digits}g}")
