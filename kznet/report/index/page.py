"""index.html: what was loaded, what was found and how sure it is, and what it doesn't show."""

from collections.abc import Mapping
from typing import Any, Final

import pandas as pd

import kznet
from kznet.analysis import Analysis
from kznet.report.figures import account_figures
from kznet.report.markup import clean, environment, policy, scripts
from kznet.report.profiles import (
    clear,
    community_title,
    known_names,
    listed,
    name_of,
    reach_words,
    role_of,
    split,
)
from kznet.report.said import said
from kznet.report.texts import Texts
from kznet.report.words import (
    communities_words,
    explanation_words,
    findings,
    layers_words,
    pairs_words,
    privacy_words,
    reason_words,
    untestable_words,
)
from kznet.schema import KINDS, ROLES

_MOST_COMMUNITIES: Final = 60
_LONGEST: Final = 300
_TOLD_ELSEWHERE: Final = (
    "seed",
    "inputs",
    "accounts",
    "registry",
    "lexicon",
    "secret",
    "out",
    "config",
)


def index_page(analysis: Analysis, *, texts: Texts, on_map: frozenset[str]) -> str:
    """Return the report as text; accounts in `on_map` are linked to the network page."""
    code = scripts("index.js")
    hubs = hub_rows(analysis, texts, on_map)
    others = [row for row in hubs if row["status"] != "hub"]
    told = [row for row in others if row["listed"]]
    values = {
        "policy": policy([*code.values()]),
        "scripts": code,
        "version": kznet.__version__,
        "coverage": coverage(analysis, texts),
        "untestable": untestable_words(analysis, texts),
        "findings": findings(analysis, texts),
        "hubs": [row for row in hubs if row["status"] == "hub"],
        "others": told,
        "more_others": len(others) - len(told),
        "reach": max((row["high"] or row["exposure"] or 0 for row in hubs), default=0) or 1,
        "communities": community_rows(analysis, texts, on_map) if clear(analysis) else [],
        "communities_words": communities_words(analysis, texts),
        "more_communities": max(len(analysis.communities) - _MOST_COMMUNITIES, 0),
        "pairs_words": pairs_words(analysis, texts),
        "sampled": sampled(analysis, texts),
        "reach_words": reach_words(analysis, texts),
        "privacy": privacy_words(analysis, texts),
        "options": options(analysis),
        "seed": analysis.seed,
        "warnings": [clean(said(each, texts), longest=_LONGEST) for each in analysis.warnings],
    }
    return environment(texts).get_template("index.html").render(values)


def coverage(analysis: Analysis, texts: Texts) -> dict[str, Any]:
    """What was read: figures for the tiles, and a row for each file."""
    facts = analysis.facts.get("coverage") or {}
    ties = facts.get("ties") or {}
    kinds = [(texts(f"kind.{kind}"), ties[kind]) for kind in KINDS if ties.get(kind)]
    rejected = facts.get("rejected") or {}
    return {
        "accounts": facts.get("accounts", len(analysis.dataset.accounts)),
        "posts": facts.get("posts", len(analysis.dataset.posts)),
        "ties": sum(ties.values()) if ties else len(analysis.dataset.ties),
        "kinds": kinds,
        "loops": sum((facts.get("loops") or {}).values()),
        "first": texts.day(facts.get("first")),
        "last": texts.day(facts.get("last")),
        "rejected": [(clean(said(why, texts)), count) for why, count in sorted(rejected.items())],
        "set_aside": sum(rejected.values()),
        "files": [_file(file, texts) for file in facts.get("files") or ()],
    }


def options(analysis: Analysis) -> dict[str, str]:
    """What the run was asked for; its files are told elsewhere, and their folders nobody needs."""
    given = {
        key: value
        for key, value in sorted(analysis.options.items())
        if key not in _TOLD_ELSEWHERE and value not in (None, "", [], ())
    }
    return {key: clean(_listed(value), longest=_LONGEST) for key, value in given.items()}


def hub_rows(analysis: Analysis, texts: Texts, on_map: frozenset[str]) -> list[dict[str, Any]]:
    """Every account of the hub table, ready to be shown; `row` is its place there."""
    labels, known = _titles(analysis, texts), known_names(analysis)
    rows = []
    told, explanations = listed(analysis.hubs), explanation_words(analysis, texts)
    figures = account_figures(analysis.tests, texts)
    for place, row in enumerate(analysis.hubs.to_dict("records")):
        mechanisms = split(row.get("mechanism"))
        shown = {
            "row": place,
            "listed": bool(told[place]),
            "rank": _or_none(row.get("rank")),
            "account": row["account"],
            "name": name_of(known, row["account"]),
            "role": texts(f"role.{role_of(row.get('role')) or 'unknown'}"),
            "community": labels.get(_or_none(row.get("community")), ""),
            "status": row["status"],
            "tier": clean(row.get("tier")),
            "label": clean(said(row.get("label"), texts)),
            "explanations": explanations.get(row["account"], []),
            "figures": figures.get(row["account"], []),
            "signal": ", ".join(texts.either(f"mechanism.{name}", name) for name in mechanisms),
            "reason": reason_words(row.get("reason"), texts),
            "linked": row["account"] in on_map,
        }
        numbers = {name: _or_none(row.get(name)) for name in ("q", "exposure", "effect")}
        numbers |= {"low": _or_none(row.get("exposure_low"))}
        numbers |= {"high": _or_none(row.get("exposure_high"))}
        numbers |= {"share": _or_none(row.get("coordinated_share_at_least"))}
        rows.append({**shown, **numbers})
    return rows


def community_rows(
    analysis: Analysis, texts: Texts, on_map: frozenset[str]
) -> list[dict[str, Any]]:
    """Each community with its first accounts and what roles they have."""
    known = known_names(analysis)
    table = analysis.communities.sort_values("community")
    return [
        _community(row, known, texts, on_map)
        for row in table.head(_MOST_COMMUNITIES).to_dict("records")
    ]


def _community(
    row: Mapping[Any, Any], accounts: pd.DataFrame, texts: Texts, on_map: frozenset[str]
) -> dict[str, Any]:
    shares = {role: _or_none(row.get(f"{role}_share")) or 0.0 for role in ROLES}
    known = sum(shares.values())
    confidence = _or_none(row.get("confidence"))
    return {
        "title": community_title(texts, int(row["community"]), clean(row.get("label"))),
        "size": _or_none(row["size"]),
        "confidence": confidence,
        "certainty": "" if confidence is None else texts(_certainty(confidence)),
        "density": _or_none(row.get("internal_density")),
        "known": known,
        "shares": [(role, share / known) for role, share in shares.items() if share],
        "top": [
            {
                "account": each,
                "name": name_of(accounts, each),
                "on": each in on_map,
            }
            for each in split(row.get("top_accounts"))[:5]
        ],
    }


def sampled(analysis: Analysis, texts: Texts) -> list[str]:
    """The measures that were sampled rather than computed exactly, with how."""
    facts = analysis.facts.get("centrality") or {}
    return [
        texts(
            "index.methods.sampled.one",
            {
                "measure": texts.either(f"measure.{measure}", measure.replace("_", " ")),
                "layer": layers_words(layer, texts),
                "how": clean(said(how, texts)),
            },
        )
        for layer, entries in facts.items()
        for measure, how in entries.items()
        if how != "exact"
    ]


def _file(file: Mapping[str, Any], texts: Texts) -> dict[str, Any]:
    dates = (texts.day(file.get("first")), texts.day(file.get("last")))
    return {
        "name": clean(file.get("name")),
        "format": clean(file.get("format")),
        "how": clean(said(file.get("recognised_by"), texts), longest=_LONGEST),
        "rows": file.get("rows", 0),
        "ties": sum((file.get("ties") or {}).values()),
        "accounts": file.get("accounts", 0),
        "rejected": sum((file.get("rejected") or {}).values()),
        "range": " – ".join(date for date in dates if date),
        "sha256": clean(file.get("sha256"))[:16],
        "warnings": [
            clean(said(each, texts), longest=_LONGEST) for each in file.get("warnings") or ()
        ],
    }


def _titles(analysis: Analysis, texts: Texts) -> dict[Any, str]:
    if not clear(analysis):
        return {}
    table = analysis.communities
    return {
        number: community_title(texts, int(number), clean(label))
        for number, label in zip(table["community"], table["label"], strict=True)
    }


def _certainty(confidence: float) -> str:
    if confidence >= 0.9:  # the bounds that METHODS gives these words
        return "confidence.stable"
    return "confidence.likely" if confidence >= 0.7 else "confidence.mixed"  # as above


def _listed(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.3g}"
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def _or_none(value: Any) -> Any:
    return None if value is None or pd.isna(value) else value
