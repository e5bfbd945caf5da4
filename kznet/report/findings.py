"""Findings in sentences, each with how sure it is and what it leaves open."""

from collections.abc import Mapping
from typing import Final

import pandas as pd

from kznet.analysis import Analysis
from kznet.mechanisms.amplification import TOO_FEW
from kznet.report.profiles import clear, known_names, name_of
from kznet.report.texts import Texts
from kznet.report.words import communities_words, pairs_words

_NAMED: Final = 8


def findings(analysis: Analysis, texts: Texts) -> list[str]:
    """What the analysis says, in the order a reader asks: who, how sure, who not, what else."""
    hubs = analysis.hubs["status"].value_counts()
    counts = {status: int(hubs.get(status, 0)) for status in ("hub", "not called", "not testable")}
    sentences = [
        *_called(analysis, counts, texts),
        *_others(analysis, counts, texts),
        _communities(analysis, texts),
        pairs_words(analysis, texts),
    ]
    return [sentence for sentence in sentences if sentence]


def _called(analysis: Analysis, counts: Mapping[str, int], texts: Texts) -> list[str]:
    facts = analysis.facts.get("hubs") or {}
    tested = counts["hub"] + counts["not called"]
    if not tested:
        return []
    called = analysis.hubs[analysis.hubs["status"] == "hub"]
    values: dict[str, object] = {"n": counts["hub"], "tested": tested}
    values["q"] = texts.share(facts.get("q", 0.05), digits=0)
    if called.empty:
        return [texts("index.finding.none", {**values, "n": tested})]
    strong = int((called["tier"] == "strong").sum())
    tiers = {"strong": strong, "indicative": len(called) - strong}
    known = known_names(analysis)
    named = [name_of(known, account) for account in called["account"]]
    rest = max(len(named) - _NAMED, 0)
    who = ", ".join(named[:_NAMED]) + (texts("index.finding.more", {"n": rest}) if rest else "")
    sentence = (
        texts("index.finding.called", values) + " " + texts("index.finding.who", {"who": who})
    )
    found = analysis.explanations.loc[analysis.explanations["found"] == "yes", "account"]
    caveats = int(called["account"].isin(found).sum())
    caveat = [texts("index.finding.caveat", {"n": caveats})] if caveats else []
    label = called["label"] if "label" in called else pd.Series(dtype="str")
    disclosed = int(label.notna().sum())
    staff = [texts("index.finding.disclosed", {"n": disclosed})] if disclosed else []
    return [sentence, texts("index.finding.tiers", tiers), *caveat, *staff]


def _others(analysis: Analysis, counts: Mapping[str, int], texts: Texts) -> list[str]:
    said = []
    if counts["not called"]:
        sentence = texts("index.finding.notcalled", {"n": counts["not called"]})
        few = int((analysis.hubs["reason"] == f"no evidence: {TOO_FEW}").sum())
        more = f" {texts('index.finding.few', {'n': few})}" if few else ""
        said.append(sentence + more)
    if counts["not testable"]:
        said.append(texts("index.finding.nottestable", {"n": counts["not testable"]}))
    return said


def _communities(analysis: Analysis, texts: Texts) -> str:
    """In a sentence; with all figures where they are not clear, since that is the finding."""
    if not clear(analysis):
        return communities_words(analysis, texts)
    return texts("index.finding.communities", {"n": len(analysis.communities)})
