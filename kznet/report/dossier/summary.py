"""The first screen of a dossier: who it is about, what was found, and how sure that is."""

from typing import Any

import pandas as pd

from kznet.report.dossier.subjects import Subject
from kznet.report.markup import clean
from kznet.report.profiles import clear, community_title, reach_words, role_of, split
from kznet.report.texts import Texts, missing
from kznet.report.words import spoken


def heading(subject: Subject, texts: Texts) -> dict[str, Any]:
    """Name, role, community and id; status, tier and label as they stand on badges."""
    row, hub = subject.profile, subject.hub
    handle = clean(row.get("handle"))
    return {
        "name": subject.name,
        "account": clean(subject.account),
        "role": texts(f"role.{role_of(row.get('role')) or 'unknown'}"),
        "community": community(subject, texts),
        "handle": f"@{handle.removeprefix('@')}" if handle else "",
        "status": str(hub.get("status", "unlisted")),
        "tier": clean(hub.get("tier")),
        "label": clean(hub.get("label")),
    }


def community(subject: Subject, texts: Texts) -> str:
    """The community of the account, where communities are clear enough to be named."""
    number, table = subject.profile.get("community"), subject.analysis.communities
    if missing(number) or not clear(subject.analysis):
        return ""
    label = table.loc[table["community"] == number, "label"]
    return community_title(texts, int(str(number)), clean(label.iloc[0]) if len(label) else "")


def found(subject: Subject, texts: Texts) -> list[str]:
    """What was found, in a sentence a mechanism that fired; else what it means that none did."""
    hub = subject.hub
    if hub.get("status") == "hub":
        tests = {test["mechanism"]: test for test in subject.tests}
        fired = [tests[name] for name in split(hub.get("mechanism")) if name in tests]
        return [_told(test, texts) for test in fired]
    status = str(hub.get("status", "unlisted"))
    reason = spoken(hub.get("reason"), texts)
    told = {
        "not called": texts("dossier.found.notcalled"),
        "not testable": texts("dossier.found.nottestable"),
    }.get(status, texts("dossier.found.unlisted"))
    return [told, texts("dossier.reason", {"reason": reason})] if reason else [told]


def sure(subject: Subject, texts: Texts) -> str:
    """How sure a call is: its tier in words, and what its q means."""
    hub = subject.hub
    if hub.get("status") != "hub":
        return ""
    tier = texts.either(f"dossier.tier.{hub.get('tier')}", "")
    q = hub.get("q")
    if missing(q):
        return tier
    values = {"q": texts.chance(q), "share": texts.share(q, digits=0)}
    return f"{tier} {texts('dossier.q', values)}".strip()


def tiles(subject: Subject, texts: Texts) -> list[tuple[str, str, str]]:
    """Figures at a glance: name, value, and what stands under it."""
    hub = subject.hub
    if not hub:
        return []
    low, high = hub.get("exposure_low"), hub.get("exposure_high")
    interval = {"low": texts.share(low), "high": texts.share(high)}
    listed = texts("dossier.rank", {"rank": hub.get("rank"), "n": len(subject.analysis.hubs)})
    part = hub.get("coordinated_share_at_least")
    shown = [
        (
            texts("card.reach"),
            texts.share(hub.get("exposure")),
            "" if missing(low) else texts("card.interval", interval),
        ),
        (texts("dossier.tile.rank"), texts.number(hub.get("rank")), listed),
        (texts("card.q"), texts.chance(hub.get("q")), texts("card.q.meaning")),
        (texts("card.share"), *_at_least(part, texts)),
    ]
    return [tile for tile in shown if tile[1] not in ("", "–")]


def reach(subject: Subject, texts: Texts) -> str:
    """What reach counts in these data."""
    return reach_words(subject.analysis, texts)


def _at_least(part: object, texts: Texts) -> tuple[str, str]:
    if missing(part) or not float(str(part)):
        return "", ""
    return texts("card.atleast", {"value": texts.share(part)}), texts("dossier.tile.share")


def _told(test: dict[str, Any], texts: Texts) -> str:
    """One sentence on a test that fired."""
    mechanism = test["mechanism"]
    if mechanism == "bait_and_switch":
        shares = {name: texts.share(test.get(f"share_{name}"), digits=0)
                  for name in ("before", "after")}  # fmt: skip
        return texts("dossier.found.turn", {"turn": texts.day(test.get("turn")), **shares})
    if mechanism == "pseudo_official":
        names = ("observed", "active", "expected", "cited", "posts")
        return texts("dossier.found.claim", {name: _number(test.get(name)) for name in names})
    members = test.get("members")
    if missing(members) or pd.isna(members) or int(members) < 2:
        return texts("dossier.found.nobody")
    share = texts.share(test.get("coordinated_share_at_least"), digits=0)
    return texts("dossier.found.crew", {"n": int(members), "share": share})


def _number(value: object) -> object:
    return "–" if missing(value) else float(str(value))
