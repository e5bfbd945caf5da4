"""Plots of the network: how large communities are, and how unequal attention is."""

from typing import Any, Final

import numpy as np
import pandas as pd

from kznet.analysis import Analysis
from kznet.report.links import Links
from kznet.report.markup import clean
from kznet.report.plots.bars import Bar, bars
from kznet.report.plots.figure import Figure, Part
from kznet.report.plots.tail import tail, tail_scales
from kznet.report.profiles import (
    certainty,
    clear,
    community_title,
    known_names,
    measures,
    name_of,
    role_shares,
    split,
)
from kznet.report.texts import Texts, missing

_MOST_BARS: Final = 12
_MOST_CARDS: Final = 12
_MOST_ROLES: Final = 4
_TOP: Final = 5
_CARD: Final = 290.0
_SIGNS: Final = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_UNEQUAL: Final = ("in_strength", "pagerank", "betweenness", "out_strength")
_PART: Final = 0.01


def sizes(analysis: Analysis, texts: Texts) -> Figure | None:
    """How many accounts each community holds; None where none may be shown."""
    if not clear(analysis):
        return None
    table = analysis.communities
    size = pd.to_numeric(table["size"]).astype("float64")
    rows = [
        Bar(_title(row, texts), amount, _size_words(amount, texts))
        for row, amount in zip(table.to_dict("records"), size, strict=True)
    ]
    share = texts.share(size.max() / max(len(analysis.membership), 1), digits=0)
    heading = texts("plot.sizes", {"n": len(table), "share": share})
    drawing = bars(rows[:_MOST_BARS], title=heading, most=float(size.max()) or 1.0)
    return Figure("plot-sizes", heading, [Part(drawing)], texts("plot.sizes.caption"))


def cards(analysis: Analysis, texts: Texts, links: Links) -> list[dict[str, Any]]:
    """The first communities one by one: size, how sure, roles and largest audiences."""
    if not clear(analysis):
        return []
    known = known_names(analysis)
    table = analysis.communities.sort_values("community").head(_MOST_CARDS)
    return [_card(row, known, texts, links) for row in table.to_dict("records")]


def tails(analysis: Analysis, texts: Texts) -> list[Figure]:
    """How unequal each main measure is, with the called accounts marked."""
    offered = {
        name: next((each for each in measures(analysis, texts) if each.key.endswith(name)), None)
        for name in _UNEQUAL
    }
    found = [_tail(analysis, each.key, each.label, texts) for each in offered.values() if each]
    return [figure for figure in found if figure]


def _tail(analysis: Analysis, key: str, label: str, texts: Texts) -> Figure | None:
    table = analysis.centrality.set_index("account")[key].astype("float64").fillna(0.0)
    values = table.to_numpy()
    if not (values > 0).any():
        return None
    first = max(round(_PART * len(values)), 1)
    share = np.sort(values)[::-1][:first].sum() / values.sum()
    told = {"measure": label, "first": first, "n": len(values), "share": texts.share(share)}
    heading = texts("plot.tail", told)
    names = known_names(analysis)
    called = analysis.hubs.loc[analysis.hubs["status"] == "hub", "account"]
    marked = [(name_of(names, each), float(table.get(each, 0.0))) for each in called]
    ticks = (
        [(tick, _power(tick, texts)) for tick in tail_scales(values)[0].ticks()],
        [(tick, _part(tick, texts)) for tick in tail_scales(values)[1].ticks()],
    )
    return Figure(
        key=f"plot-{key.replace('_', '-')}",
        heading=heading,
        parts=[Part(tail(values, marked, title=heading, ticks=ticks))],
        caption="",
        heads=[texts("index.head.account"), label, texts("plot.tail.rank")],
        rows=_ranked(marked, values, texts),
    )


def _ranked(marked: list[tuple[str, float]], values: np.ndarray, texts: Texts) -> list[list[str]]:
    ordered = np.sort(values)
    above = len(ordered) - np.searchsorted(ordered, [value for _, value in marked], side="right")
    return [
        [name, texts.number(value), texts.number(int(rank) + 1)]
        for (name, value), rank in zip(marked, above, strict=True)
    ]


def _card(row: Any, known: pd.DataFrame, texts: Texts, links: Links) -> dict[str, Any]:
    title = _title(row, texts)
    confidence = row.get("confidence")
    return {
        "title": title,
        "size": _size_words(float("nan") if missing(row["size"]) else row["size"], texts),
        "sure": "" if missing(confidence) else texts.share(confidence, digits=0),
        "certainty": "" if missing(confidence) else texts(certainty(float(confidence))),
        "roles": _roles(row, title, texts),
        "top": [
            {"name": name_of(known, each), "href": links.account(each)}
            for each in split(row.get("top_accounts"))[:_TOP]
        ],
    }


def _roles(row: Any, title: str, texts: Texts) -> Any:
    """The roles that are known inside, the most frequent first; nothing where none is."""
    shares, whole = role_shares(row)
    most = sorted(shares, key=lambda one: (-one[1], one[0]))[:_MOST_ROLES]
    rows = [
        Bar(texts(f"role.{role}"), part, texts.share(part, digits=0), kind=f"role-{role}")
        for role, part in most
    ]
    share = texts.share(whole)
    title = texts("plot.roles", {"community": title, "share": share})
    drawing = bars(rows, title=title, most=1.0, wide=_CARD)
    words = texts("index.roles.known", {"share": share})
    return {"drawing": drawing, "words": words} if rows else None


def _power(value: float, texts: Texts) -> str:
    """A power of ten, with an exponent where it would be long."""
    if 0.001 <= value < 1e6:
        return texts.number(value)
    return "10" + str(round(np.log10(value))).translate(_SIGNS)


def _part(share: float, texts: Texts) -> str:
    """A power of ten as a share, without zeros after it."""
    return texts.share(share, digits=max(-2 - round(np.log10(share)), 0))


def _title(row: Any, texts: Texts) -> str:
    return community_title(texts, int(row["community"]), clean(row.get("label")))


def _size_words(size: float, texts: Texts) -> str:
    return texts("index.few") if missing(size) else texts.number(size)
