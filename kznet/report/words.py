"""What tables and facts hold, said in sentences of a language."""

from collections.abc import Mapping
from typing import Any, Final

import pandas as pd

from kznet.analysis import Analysis
from kznet.report.markup import clean
from kznet.report.profiles import community_title, known_names, name_of
from kznet.report.said import said
from kznet.report.texts import Texts
from kznet.report.view import View

_FOUND: Final = ("yes", "not checkable", "no")


def spoken(text: object, texts: Texts, *, longest: int = 600) -> str:
    """A sentence of a table or a fact in the language of the page, cleaned and cut to size."""
    return clean(said(text, texts), longest=longest)


def untestable_words(analysis: Analysis, texts: Texts) -> str:
    """Say plainly that no account could be tested, and why; empty where one could."""
    facts = analysis.facts.get("hubs") or {}
    reason = spoken(facts.get("reason"), texts)
    status = analysis.hubs["status"]
    untestable = len(status) > 0 and bool((status == "not testable").all())
    if not reason and not untestable:
        return ""
    if not reason:
        reason = spoken(analysis.hubs["reason"].iloc[0], texts)
    key = "index.finding.untestable" if not (status == "hub").any() else "index.finding.reason"
    return texts(key, {"reason": reason.rstrip(".")})


def communities_words(analysis: Analysis, texts: Texts) -> str:
    """Whether there are communities, how much clearer than chance, and how repeatable."""
    facts = analysis.facts.get("communities") or {}
    status = facts.get("status", "clear" if len(analysis.communities) else "none")
    layer = str(facts.get("layer", ""))
    figures = _layer_of(facts, layer)
    if f"index.communities.{status}" not in texts:
        return ""
    count = len(analysis.communities)
    values: dict[str, object] = {"n": count, "layer": layers_words(layer, texts)}
    values |= {
        "modularity": texts.number(figures.get("modularity")),
        "tested": "; ".join(_tested(facts, texts)),
    }
    values["ami"] = texts.number(figures.get("ami_median"))
    values["mixed"] = texts.share(facts.get("share_mixed", figures.get("share_mixed")))
    reason = spoken(facts.get("reason"), texts).rstrip(".")
    short = f"index.communities.{status}.short"
    key = short if short in texts and not figures else f"index.communities.{status}"
    sentence = texts(key, values)
    return sentence + texts("index.because", {"reason": reason}) if reason else sentence


def _tested(facts: Mapping[str, Any], texts: Texts) -> list[str]:
    """Say of each tested layer how clear its communities are, and how clear chance makes them."""
    layers: Mapping[str, Mapping[str, Any]] = facts.get("layers") or {}
    return [
        texts(
            "index.communities.tested",
            {
                "layer": layers_words(layer, texts),
                "modularity": texts.number(figures.get("modularity_at_1")),
                "null_max": texts.number(figures["null_max"]),
            },
        )
        for layer, figures in layers.items()
        if pd.notna(figures.get("null_max"))
    ]


def pairs_words(analysis: Analysis, texts: Texts) -> str:
    """How many pairs of accounts met within the window, and how many more often than chance."""
    facts = analysis.facts.get("pairs") or {}
    if "pairs" not in facts or not facts.get("shares", 1):
        return ""
    values: dict[str, object] = {name: facts.get(name, 0) for name in ("shares", "survivors")}
    values |= {"n": facts["pairs"], "q": texts.chance(facts.get("q", 0.05))}
    values["window"] = texts.span(str(facts.get("window", "")))
    sentence = texts("index.pairs.words", values)
    coarse = facts.get("too_coarse", 0)
    return f"{sentence} {texts('index.pairs.coarse', {'n': coarse})}" if coarse else sentence


def privacy_words(analysis: Analysis, texts: Texts) -> str:
    """Who is named on these pages, and by which rule."""
    facts = analysis.facts.get("privacy") or {}
    key = f"privacy.{facts.get('names', 'unknown')}"
    if key not in texts:
        return spoken(facts.get("notice"), texts) or texts("privacy.unknown")
    counts = {"named": facts.get("named", 0), "pseudonyms": facts.get("pseudonyms", 0)}
    sentence = texts(key, {**counts, "n": counts["pseudonyms"]})
    left_out = facts.get("follows_left_out", 0)
    return f"{sentence} {texts('privacy.follows', {'n': left_out})}" if left_out else sentence


def part_words(analysis: Analysis, view: View, texts: Texts) -> list[str]:
    """Which part of the case a map shows; empty where it shows all of it."""
    said = []
    if view.around is not None:
        name = name_of(known_names(analysis), view.around)
        said.append(texts("view.around", {"name": name}))
    if view.community is not None:
        labels = analysis.communities.set_index("community")["label"]
        label = clean(labels.get(view.community))
        said.append(community_title(texts, view.community, label))
    if view.dated:
        said.append(_days(view, texts))
    return said


def _days(view: View, texts: Texts) -> str:
    since, until = texts.day(view.since), texts.day(view.until)
    if view.since and view.until:
        return texts("view.days", {"since": since, "until": until})
    return texts("view.since" if view.since else "view.until", {"day": since or until})


def explanation_words(analysis: Analysis, texts: Texts) -> dict[str, dict[str, str]]:
    """By account, which innocent explanations were found, which can't be checked, and which not."""
    rows = analysis.explanations
    told: dict[str, dict[str, str]] = {}
    for found in _FOUND:
        mine = rows[rows["found"] == found]
        for account, names in mine.groupby("account", sort=True)["explanation"]:
            known = [texts.either(f"explanation.{name}", name) for name in names.unique()]
            listed = ", ".join(each[:1].lower() + each[1:] for each in known)
            sentence = texts(f"index.explanations.{found}", {"names": listed})
            told.setdefault(str(account), {})[found] = sentence
    return told


def layers_words(layer: str, texts: Texts) -> str:
    """Name a layer, or a sum of them such as ``follow + repost``."""
    return " + ".join(texts.either(f"layer.{part}", part) for part in layer.split(" + "))


def _layer_of(facts: Mapping[str, Any], layer: str) -> Mapping[str, Any]:
    layers = facts.get("layers") or {}
    found = layers.get(layer) or (next(iter(layers.values())) if len(layers) == 1 else {})
    return dict(found)
