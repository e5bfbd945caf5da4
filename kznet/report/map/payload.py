"""The data block of the network page: what its script needs, as plain lists and texts."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

import numpy as np
import pandas as pd

from kznet.analysis import Analysis
from kznet.report import profiles
from kznet.report.figures import figures_of
from kznet.report.map.layout import LARGEST, SMALLEST, Layout
from kznet.report.map.selection import Selection
from kznet.report.map.times import timeline
from kznet.report.markup import clean
from kznet.report.said import said
from kznet.report.texts import Texts
from kznet.report.words import reason_words
from kznet.schema import KINDS, ROLES

# Beginnings of the texts that the page's script says.
_SPOKEN: Final = (
    "network.", "table.", "hubs.", "card.", "time.", "least.", "ramp.", "link.", "role.", "kind.",
    "status.", "tier.", "label.", "community.", "confidence.", "mechanism.", "screen.", "found.",
    "explanation.", "category.", "side.", "count.", "group.",
)  # fmt: skip
_EXAMPLES: Final = 5
_NAMED: Final = 6
_LONGEST_TEXT: Final = 400
_HUB_NUMBERS: Final = (
    "rank", "q", "exposure", "exposure_low", "exposure_high", "effect",
    "coordinated_share_at_least",
)  # fmt: skip
_TEST_NUMBERS: Final = (
    "observed", "null_median", "null_low", "null_high", "p", "q", "effect", "meetings", "posts",
    "reposts", "members", "confirmed", "coordinated_share_at_least", "p_without_posts",
    "p_without_member",
)  # fmt: skip


def payload(
    analysis: Analysis,
    shown: pd.DataFrame,
    *,
    selection: Selection,
    layout: Layout,
    texts: Texts,
    dossiers: Mapping[str, str],
) -> dict[str, Any]:
    """Gather everything the page's script shows; accounts are numbered as in `shown`.

    `dossiers` is where each account's dossier is.
    """
    accounts = pd.Index(shown["account"])
    offered = profiles.measures(analysis, texts)
    figures = {m.key: profiles.values(analysis, m.key, accounts) for m in offered}
    reasons, tests = _tests(analysis, accounts, texts)
    return {
        "lang": texts.lang,
        "texts": {k: v for k, v in texts.entries.items() if k.startswith(_SPOKEN)},
        "signs": {name: texts.entries[f"_{name}"] for name in ("group", "decimal", "percent")},
        "clear": profiles.clear(analysis),
        "total": {"accounts": len(analysis.network)},
        "kinds": kinds(selection),
        "roles": ["" if role == "unknown" else role for role in (*ROLES, "unknown")],
        "sizes": {"smallest": SMALLEST, "largest": LARGEST},
        "colour": "role" if shown["role"].notna().any() else "community",
        "size": profiles.default_measure(analysis),
        "measures": [{"key": m.key, "label": m.label, "meaning": m.meaning} for m in offered],
        "values": {key: _rounded(value) for key, (value, _) in figures.items()},
        "ranks": {key: _rounded(rank) for key, (_, rank) in figures.items()},
        "time": timeline(analysis.dataset, selection.ties, accounts=accounts, texts=texts),
        "accounts": _accounts(shown),
        **_places(analysis, shown, layout, texts),
        "hubs": _hubs(analysis, accounts, texts, dossiers),
        "reach": profiles.reach_words(analysis, texts),
        "reason": _said((analysis.facts.get("hubs") or {}).get("reason"), texts),
        "reasons": reasons,
        "tests": tests,
        "evidence": _evidence(analysis, accounts, texts),
        "screens": _screens(analysis, accounts, texts),
        "explanations": _explanations(analysis, accounts, texts),
    }


def kinds(selection: Selection) -> list[str]:
    """Kinds of tie on the page, in the order of the schema."""
    present = set(selection.ties["kind"])
    return [kind for kind in KINDS if kind in present]


def _accounts(shown: pd.DataFrame) -> dict[str, list[Any]]:
    names = [
        profiles.display_name(*row)
        for row in shown[["name", "handle", "account"]].itertuples(index=False)
    ]
    return {
        "id": shown["account"].tolist(),
        "name": names,
        "handle": [clean(handle) for handle in shown["handle"]],
        "camp": [clean(camp) for camp in shown["camp"]],
        "role": [profiles.role_of(role) for role in shown["role"]],
        "community": [None if pd.isna(c) else int(c) for c in shown["community"]],
        "confidence": _rounded(shown["confidence"], digits=2),
    }


def _places(
    analysis: Analysis, shown: pd.DataFrame, layout: Layout, texts: Texts
) -> dict[str, Any]:
    """Communities that have an account on the page, by size; their discs; the box set apart."""
    present = shown["community"].dropna().unique()
    table = analysis.communities
    table = table[table["community"].isin(present)] if "community" in table else table.iloc[:0]
    labels = dict(zip(table["community"], table["label"], strict=True)) if len(table) else {}
    order = table.sort_values("community")["community"]
    titles = {int(c): profiles.community_title(texts, int(c), clean(labels[c])) for c in order}
    discs = [
        {
            "number": int(group) if group in titles else None,
            "title": titles.get(int(group), ""),
            "x": round(x, 1),
            "y": round(y, 1),
            "radius": round(radius, 1),
        }
        for group, x, y, radius in layout.discs.itertuples(index=False)
    ]
    aside = layout.aside and [
        *(round(edge, 1) for edge in layout.aside),
        texts("network.aside" if titles else "network.aside.loose"),
    ]
    listed = [{"number": number, "title": title} for number, title in titles.items()]
    return {"communities": listed, "discs": discs, "aside": aside}


def _hubs(
    analysis: Analysis, accounts: pd.Index, texts: Texts, dossiers: Mapping[str, str]
) -> dict[int, dict[str, Any]]:
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
            "reason": reason_words(row.get("reason"), texts),
        }
        for row in table.to_dict("records")
    }


def _tests(
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
        notes = {"reason": code, "note": _said(row.get("note"), texts)}
        numbers = _numbers(row, _TEST_NUMBERS) if row["status"] == "tested" else {}
        figures = figures_of(row, texts)
        measured = {**numbers, "figures": figures} if figures else dict(numbers)
        grouped.setdefault(row["position"], []).append({**known, **notes, **measured})
    return [_said(each, texts) for each in reasons], grouped


def _evidence(
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
        "gap": _number(row.get("gap_seconds"), 4),
        "side": _text(row["side"]),
        "category": _text(row["category"]),
    }


def _screens(
    analysis: Analysis, accounts: pd.Index, texts: Texts
) -> dict[int, list[dict[str, Any]]]:
    found: dict[int, list[dict[str, Any]]] = {}
    for row in _with_position(analysis.screens, accounts).to_dict("records"):
        detail = _said(row.get("detail"), texts)
        found.setdefault(row["position"], []).append({"screen": row["screen"], "detail": detail})
    return found


def _explanations(
    analysis: Analysis, accounts: pd.Index, texts: Texts
) -> dict[int, list[dict[str, Any]]]:
    """Innocent explanations checked for each call; those that were found come first."""
    table = _with_position(analysis.explanations, accounts)
    order = {"yes": 0, "no": 1}
    told: dict[int, list[dict[str, Any]]] = {}
    for row in sorted(table.to_dict("records"), key=lambda row: order.get(row["found"], 2)):
        names = {name: _text(row[name]) for name in ("mechanism", "explanation", "found")}
        answer = names | {"words": _said(row["words"], texts)}
        told.setdefault(row["position"], []).append(answer)
    return told


def _with_position(table: pd.DataFrame, accounts: pd.Index) -> pd.DataFrame:
    if "account" not in table:
        return table.iloc[:0].assign(position=0)
    position = accounts.get_indexer(pd.Index(table["account"]))
    return table.assign(position=position)[position >= 0]


def _text(cell: Any) -> str:
    return "" if cell is None or pd.isna(cell) else clean(cell, longest=_LONGEST_TEXT)


def _said(cell: Any, texts: Texts) -> str:
    return clean(said(cell, texts), longest=_LONGEST_TEXT)


def _numbers(row: dict[Any, Any], names: Iterable[str]) -> dict[str, float | int | None]:
    return {name: _number(row.get(name), 6) for name in names}


def _rounded(column: pd.Series, *, digits: int = 4) -> list[float | int | None]:
    return [_number(value, digits) for value in column]


def _number(value: Any, digits: int) -> float | int | None:
    """A number short enough to send: whole where it is whole, else so many significant digits."""
    if value is None or pd.isna(value) or not np.isfinite(float(value)):
        return None
    x = float(value)
    return int(x) if x == int(x) else float(f"{x:.{digits}g}")
