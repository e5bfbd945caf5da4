"""index.html: what was loaded, what was found and how sure it is, and what it doesn't show."""

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
import pandas as pd

import kznet
from kznet.analysis import Analysis
from kznet.report.figures import account_figures
from kznet.report.findings import findings
from kznet.report.index.activity import sweep, timeline
from kznet.report.index.citation import citation
from kznet.report.index.coverage import LONGEST, coverage, options, sampled
from kznet.report.index.evidence import bands, reach
from kznet.report.index.flows import flow_figures
from kznet.report.index.structure import cards, sizes, tails
from kznet.report.links import Links
from kznet.report.markup import clean, environment, json_block, policy, scripts
from kznet.report.profiles import (
    certainty,
    clear,
    community_title,
    invented,
    known_names,
    listed,
    name_of,
    reach_words,
    role_of,
    role_shares,
    split,
)
from kznet.report.said import said
from kznet.report.texts import Texts, or_none
from kznet.report.words import (
    communities_words,
    explanation_words,
    pairs_words,
    privacy_words,
    spoken,
    untestable_words,
)

_MOST_COMMUNITIES: Final = 60


def index_page(analysis: Analysis, *, texts: Texts, links: Links | None = None) -> str:
    """Return the report as text, with links to the pages that stand beside it."""
    links = links or Links()
    code = scripts("spoken.js", "index.js")
    hubs = hub_rows(analysis, texts, links)
    called = [row for row in hubs if row["status"] == "hub"]
    values = {
        "policy": policy([*code.values()]),
        "scripts": code,
        "version": kznet.__version__,
        "coverage": coverage(analysis, texts),
        "untestable": untestable_words(analysis, texts),
        "findings": findings(analysis, texts),
        "hubs": called,
        "others": [row for row in hubs if row["status"] != "hub"],
        "more_others": len(analysis.hubs) - len(hubs),
        "reach": _widest(analysis.hubs),
        "communities": community_rows(analysis, texts, links) if clear(analysis) else [],
        "communities_words": communities_words(analysis, texts),
        "more_communities": max(len(analysis.communities) - _MOST_COMMUNITIES, 0),
        "pairs_words": pairs_words(analysis, texts),
        "sampled": sampled(analysis, texts),
        "reach_words": reach_words(analysis, texts),
        "privacy": privacy_words(analysis, texts),
        "options": options(analysis, texts),
        "seed": analysis.seed,
        "invented": invented(analysis),
        "warnings": [spoken(each, texts, longest=LONGEST) for each in analysis.warnings],
        "links": links,
        "plots": _plots(analysis, texts, links),
        "cards": cards(analysis, texts, links),
        "cite": citation(analysis, texts),
        "words": json_block({"copied": texts("index.copied")}),
    }
    return environment(texts).get_template("index.html").render(values)


def hub_rows(analysis: Analysis, texts: Texts, links: Links) -> list[dict[str, Any]]:
    """The listed accounts of the hub table, ready to be shown; `row` is their place there."""
    numbered, known = _titles(analysis, texts), known_names(analysis)
    rows = []
    places = np.flatnonzero(listed(analysis.hubs))
    table, explanations = analysis.hubs.iloc[places], explanation_words(analysis, texts)
    tests = analysis.tests[analysis.tests["account"].isin(table["account"])]
    figures = account_figures(tests, texts)
    for place, row in zip(places.tolist(), table.to_dict("records"), strict=True):
        mechanisms = split(row.get("mechanism"))
        shown = {
            "row": place,
            "rank": or_none(row.get("rank")),
            "account": row["account"],
            "name": name_of(known, row["account"]),
            "role": texts(f"role.{role_of(row.get('role')) or 'unknown'}"),
            "community": numbered.get(or_none(row.get("community")), ""),
            "status": row["status"],
            "tier": clean(row.get("tier")),
            "label": clean(said(row.get("label"), texts)),
            "explanations": explanations.get(row["account"], {}),
            "figures": figures.get(row["account"], []),
            "signal": ", ".join(texts.either(f"mechanism.{name}", name) for name in mechanisms),
            "reason": spoken(row.get("reason"), texts),
            "href": links.account(row["account"]),
            "dossier": links.dossier(row["account"]),
        }
        numbers = {name: or_none(row.get(name)) for name in ("q", "exposure", "effect")}
        if numbers["q"] == 1:  # nothing stood out: a figure would pretend to a measurement
            numbers["q"] = None
        numbers |= {"low": or_none(row.get("exposure_low"))}
        numbers |= {"high": or_none(row.get("exposure_high"))}
        numbers |= {"share": or_none(row.get("coordinated_share_at_least"))}
        rows.append({**shown, **numbers})
    return rows


def _widest(hubs: pd.DataFrame) -> float:
    """The upper end of the widest reach in the table, and 1 where nothing is known."""
    high = hubs["exposure_high"].where(hubs["exposure_high"] > 0, hubs["exposure"])
    return float(high.fillna(0.0).max() if len(high) else 0.0) or 1


def community_rows(analysis: Analysis, texts: Texts, links: Links) -> list[dict[str, Any]]:
    """Each community with its first accounts and what roles they have."""
    known = known_names(analysis)
    table = analysis.communities.sort_values("community")
    return [
        _community(row, known, texts, links)
        for row in table.head(_MOST_COMMUNITIES).to_dict("records")
    ]


def _community(
    row: Mapping[Any, Any], accounts: pd.DataFrame, texts: Texts, links: Links
) -> dict[str, Any]:
    shares, known = role_shares(row)
    confidence = or_none(row.get("confidence"))
    return {
        "title": community_title(texts, int(row["community"]), clean(row.get("label"))),
        "size": or_none(row["size"]),
        "confidence": confidence,
        "certainty": "" if confidence is None else texts(certainty(confidence)),
        "density": or_none(row.get("internal_density")),
        "known": known,
        "shares": shares,
        "top": [
            {
                "account": each,
                "name": name_of(accounts, each),
                "href": links.account(each),
            }
            for each in split(row.get("top_accounts"))[:5]
        ],
    }


def _plots(analysis: Analysis, texts: Texts, links: Links) -> dict[str, Any]:
    return {
        "timeline": timeline(analysis, texts),
        "reach": reach(analysis, texts),
        "bands": bands(analysis, texts, links),
        "sizes": sizes(analysis, texts),
        "tails": tails(analysis, texts),
        "flows": flow_figures(analysis, texts),
        "sweep": sweep(analysis, texts),
    }


def _titles(analysis: Analysis, texts: Texts) -> dict[Any, str]:
    """Communities by number alone: a label that fits most would stick to the account beside it."""
    numbers = analysis.communities["community"] if clear(analysis) else ()
    return {each: texts("community.title", {"number": str(int(each))}) for each in numbers}
