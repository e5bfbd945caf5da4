"""The data block of the network page: what its script needs, as plain lists and texts."""

from collections.abc import Mapping
from typing import Any, Final

import pandas as pd

from kznet.analysis import Analysis
from kznet.report import profiles
from kznet.report.drawing.outlines import OUTLINES
from kznet.report.map import cards
from kznet.report.map.cards import LONGEST, number
from kznet.report.map.layout import LARGEST, SMALLEST, Layout
from kznet.report.map.selection import Selection
from kznet.report.map.times import timeline
from kznet.report.markup import clean
from kznet.report.texts import Texts
from kznet.report.words import spoken
from kznet.schema import KINDS, ROLES

# Beginnings of the texts that the page's script says.
_SPOKEN: Final = (
    "network.", "table.", "hubs.", "card.", "time.", "least.", "ramp.", "link.", "role.", "kind.",
    "status.", "tier.", "label.", "community.", "confidence.", "mechanism.", "screen.", "found.",
    "explanation.", "category.", "side.", "count.", "group.",
)  # fmt: skip
_LONGEST: Final = 400


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
    reasons, tests = cards.tests(analysis, accounts, texts)
    return {
        "lang": texts.lang,
        "texts": {k: v for k, v in texts.entries.items() if k.startswith(_SPOKEN)},
        "signs": {name: texts.entries[f"_{name}"] for name in ("group", "decimal", "percent")},
        "certainties": profiles.CERTAINTIES,
        "outlines": {shape: outline.round(4).tolist() for shape, outline in OUTLINES.items()},
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
        "hubs": cards.hubs(analysis, accounts, texts, dossiers),
        "reach": profiles.reach_words(analysis, texts),
        "reason": spoken((analysis.facts.get("hubs") or {}).get("reason"), texts, longest=LONGEST),
        "reasons": reasons,
        "tests": tests,
        "evidence": cards.evidence(analysis, accounts, texts),
        "screens": cards.screens(analysis, accounts, texts),
        "explanations": cards.explanations(analysis, accounts, texts),
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


def _rounded(column: pd.Series, *, digits: int = 4) -> list[float | int | None]:
    return [number(value, digits) for value in column]
