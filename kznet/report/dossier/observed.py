"""What each test observed, held against the band in which chance alone leaves its values."""

from typing import Any, Final

from markupsafe import Markup

from kznet.report.dossier.subjects import Subject
from kznet.report.figures import figures_of
from kznet.report.plots.band import band
from kznet.report.plots.bars import Bar, bars
from kznet.report.profiles import split
from kznet.report.texts import Texts, missing
from kznet.report.words import spoken

_LONGEST: Final = 300
_BAND: Final = ("observed", "null_low", "null_median", "null_high")
_TURN: Final = ("before", "early", "late")


def observed(subject: Subject, texts: Texts) -> list[dict[str, Any]]:
    """Each test of the account, those that could be made first."""
    fired = split(subject.hub.get("mechanism"))
    shown = [_test(test, test["mechanism"] in fired, texts) for test in subject.tests]
    return sorted(shown, key=lambda test: not test["tested"])


def _test(test: dict[str, Any], fired: bool, texts: Texts) -> dict[str, Any]:
    name, tested = str(test["mechanism"]), test["status"] == "tested"
    return {
        "key": name,
        "title": texts.either(f"mechanism.{name}", name),
        "meaning": texts.either(f"mechanism.{name}.meaning", ""),
        "tested": tested,
        "why_not": "" if tested else _why_not(test, texts),
        "reason": spoken(test.get("reason"), texts) if tested and not fired else "",
        "note": spoken(test.get("note"), texts, longest=_LONGEST) if tested else "",
        "band": _band(test, texts) if tested else "",
        "caption": texts.either(f"card.band.{name}", texts("card.band")),
        "turn": _turn(test, texts) if tested else "",
        "figures": [*_facts(test, texts), *figures_of(test, texts)] if tested else [],
    }


def _why_not(test: dict[str, Any], texts: Texts) -> str:
    reason = spoken(test.get("reason"), texts).rstrip(".")
    if not reason:
        return texts("status.not testable")
    if test["status"] == "not applicable":
        return texts("card.inapplicable", {"reason": reason})
    return texts("card.untestable", {"reason": reason})


def _band(test: dict[str, Any], texts: Texts) -> Markup | str:
    """The observed value and the band; for a claim the middle is what was expected."""
    middle = test.get("null_median")
    known = {**test, "null_median": test.get("expected") if missing(middle) else middle}
    if missing(known.get("null_median")) and not missing(known.get("null_high")):
        known["null_median"] = (float(known["null_low"]) + float(known["null_high"])) / 2
    if any(missing(known.get(name)) for name in _BAND):
        return ""
    value, low, median, high = (float(known[name]) for name in _BAND)
    told = {"observed": _figure(test, value, texts)}
    told |= {"low": _figure(test, low, texts), "high": _figure(test, high, texts)}
    words = (
        texts("card.observed", {"value": told["observed"]}),
        texts("dossier.chance", told),
    )
    return band(value, (low, median, high), words=words, title=texts("card.band.words", told))


def _figure(test: dict[str, Any], value: float, texts: Texts) -> str:
    """A value in the unit of its test."""
    shares = test["mechanism"] == "bait_and_switch"
    return texts.share(value, digits=0) if shares and abs(value) <= 1 else texts.number(value)


def _turn(test: dict[str, Any], texts: Texts) -> Markup | str:
    """Shares of posts that serve the account itself: before the turn, soon after and later."""
    shares = [test.get(f"share_{part}") for part in _TURN]
    if any(missing(share) for share in shares):
        return ""
    rows = [
        Bar(texts(f"dossier.turn.{part}"), float(str(share)), texts.share(share, digits=0))
        for part, share in zip(_TURN, shares, strict=True)
    ]
    return bars(rows, title=texts("figure.turned"), most=1.0)


def _facts(test: dict[str, Any], texts: Texts) -> list[tuple[str, str]]:
    """Figures that every test has; those that say nothing are left out."""
    known = {name: test.get(name) for name in ("p", "q", "effect", "meetings", "posts", "reposts")}
    shown = {name: texts.number(value) for name, value in known.items() if not missing(value)}
    shown |= {name: texts.chance(known[name]) for name in ("p", "q") if name in shown}
    if "effect" in shown:
        shown["effect"] = texts.fixed(known["effect"])
    if "meetings" not in shown or float(str(known["meetings"])) < 5:  # below, it says nothing
        shown.pop("effect", None)
    if test["mechanism"] != "amplification":
        shown.pop("posts", None)
    return [(texts(f"card.{name}"), value) for name, value in shown.items()]
