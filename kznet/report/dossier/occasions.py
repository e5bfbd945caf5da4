"""When the account was reposted together: each occasion, the days, who took part, and the posts."""

import math
from typing import Any, Final

import pandas as pd

from kznet.report.dossier.subjects import Subject
from kznet.report.markup import clean
from kznet.report.plots.strip import spikes, strip
from kznet.report.profiles import role_of, split
from kznet.report.texts import Texts, missing

_MOST_PEOPLE: Final = 60
_MOST_EXAMPLES: Final = 6
_ROUND: Final = (5, 10, 20, 30, 60, 120, 180, 300, 600, 900, 1200, 1800, 3600)
_DAY: Final = pd.Timedelta("1D")


def occasions(subject: Subject, texts: Texts) -> dict[str, Any]:
    """The synchronous reposts: a strip of seconds an occasion, and all of them over the days."""
    rows = _together(subject)
    if rows.empty:
        return {"rows": []}
    seconds = [_seconds(cell) for cell in rows.get("seconds", pd.Series("", index=rows.index))]
    most = _rounded_up(max((max(each, default=0.0) for each in seconds), default=0.0))
    shown = [
        _occasion(row, each, most, texts)
        for row, each in zip(rows.to_dict("records"), seconds, strict=True)
    ]
    return {
        "rows": shown,
        "timed": any(seconds),
        "most": _duration(most, texts),
        "half": _duration(most / 2, texts),
        **_days(subject, rows, texts),
    }


def involved(subject: Subject, texts: Texts) -> dict[str, Any]:
    """Who took part, in how many of the occasions shown."""
    table, occasions_shown = subject.involved, len(_together(subject))
    people = [
        {
            "name": name,
            "role": texts(f"role.{role_of(role)}") if role_of(role) else "",
            "times": texts("dossier.times", {"times": times, "n": occasions_shown}),
        }
        for name, role, times in table[["name", "role", "times"]]
        .head(_MOST_PEOPLE)
        .itertuples(index=False)
    ]
    test = next((t for t in subject.tests if t["mechanism"] == "amplification"), {})
    return {
        "people": people,
        "more": max(len(table) - len(people), 0),
        "members": None if missing(test.get("members")) else int(test["members"]),
        "confirmed": None if missing(test.get("confirmed")) else int(test["confirmed"]),
    }


def examples(subject: Subject, texts: Texts) -> list[dict[str, Any]]:
    """By mechanism a few of its posts: those with most accounts together, or around the turn."""
    found = []
    for mechanism, rows in subject.evidence.groupby("mechanism", sort=True):
        best = _best(rows)
        found.append(
            {
                "meaning": texts(_MEANING.get(str(mechanism), "card.examples.meaning")),
                "title": texts.either(f"mechanism.{mechanism}", str(mechanism)),
                "posts": [_example(row, subject, texts) for row in best.to_dict("records")],
            }
        )
    return found


_MEANING: Final = {
    "bait_and_switch": "card.examples.bait_and_switch",
    "pseudo_official": "card.examples.pseudo_official",
}


def _together(subject: Subject) -> pd.DataFrame:
    return subject.evidence[subject.evidence["mechanism"] == "amplification"]


def _occasion(
    row: dict[Any, Any], seconds: list[float], most: float, texts: Texts
) -> dict[str, Any]:
    count, gap = len(split(row["accounts"])), row.get("gap_seconds")
    span = max(seconds, default=0.0)
    told = texts("dossier.within", {"n": count, "span": _duration(span, texts)})
    return {
        "when": texts.moment(row["time"]),
        "post": clean(row["post"], longest=40),
        "count": count,
        "gap": "" if missing(gap) else _duration(float(str(gap)), texts),
        "strip": strip(seconds, most=most, title=told) if seconds else "",
    }


def _days(subject: Subject, rows: pd.DataFrame, texts: Texts) -> dict[str, Any]:
    """The occasions over the time that the data cover."""
    coverage = subject.analysis.facts.get("coverage") or {}
    when = rows["time"].dropna()
    if when.empty:
        return {"days": ""}
    counts = rows.loc[when.index, "accounts"].map(lambda cell: len(split(cell)))
    first = min(pd.Timestamp(coverage.get("first") or when.min()), when.min())
    last = max(pd.Timestamp(coverage.get("last") or when.max()), when.max())
    length = max((last - first) / _DAY, 1e-9)
    places = [((each - first) / _DAY / length) for each in when]
    points = list(zip(places, counts / counts.max(), strict=True))
    values = {"n": len(when), "days": when.dt.floor("D").nunique()}
    return {
        "days": spikes(points, title=texts("dossier.days.words", values)),
        "first": texts.day(first),
        "last": texts.day(last),
        "days_words": texts("dossier.days.words", values),
        "highest": texts("dossier.days.highest", {"n": int(counts.max())}),
    }


def _example(row: dict[Any, Any], subject: Subject, texts: Texts) -> dict[str, Any]:
    post = row["post"]
    quoted = subject.quotes.loc[post] if post in subject.quotes.index else None
    when = row["time"] if quoted is None or missing(quoted["time"]) else quoted["time"]
    return {
        "when": texts.moment(when),
        "post": clean(post, longest=60),
        "text": "" if quoted is None else str(quoted["text"]),
        "side": _side(row, texts),
        "told": _told(row, subject, texts),
    }


def _side(row: dict[Any, Any], texts: Texts) -> str:
    parts = [("side", row.get("side")), ("category", row.get("category"))]
    known = [(name, clean(value)) for name, value in parts if not missing(value)]
    return " · ".join(texts.either(f"{name}.{value}", value) for name, value in known if value)


def _told(row: dict[Any, Any], subject: Subject, texts: Texts) -> str:
    """Who stands beside the post: how many reposted it together, or who wrote before or after."""
    others = [each for each in split(row["accounts"]) if each != row["account"]]
    gap = row.get("gap_seconds")
    if row["mechanism"] == "amplification" and not missing(gap):
        span = _duration(max(_seconds(row.get("seconds")), default=float(str(gap))), texts)
        return texts("dossier.within", {"n": len(others), "span": span})
    if row["mechanism"] == "pseudo_official" and others and not missing(gap):
        seconds = float(str(gap))
        key = "dossier.later" if seconds >= 0 else "dossier.earlier"
        name = subject.names.get(others[0], clean(others[0]))
        return texts(key, {"span": _duration(abs(seconds), texts), "name": name})
    return ""


def _best(rows: pd.DataFrame) -> pd.DataFrame:
    """The largest occasions; around a turn as many from either side; always in order of time."""
    size = rows["accounts"].map(lambda cell: len(split(cell)))
    ordered = rows.assign(size=size).sort_values(["size", "time"], ascending=[False, True])
    if "side" not in ordered or ordered["side"].isna().all():
        return ordered.head(_MOST_EXAMPLES).sort_values("time", kind="stable")
    shown = ordered[ordered["side"] != "turn"]
    half = shown.groupby("side").head(_MOST_EXAMPLES // 2)
    return half.sort_values("time", kind="stable")


def _seconds(cell: object) -> list[float]:
    return [float(each) for each in split(cell)]


def _rounded_up(seconds: float) -> float:
    """The next round length, for an axis that ends on one."""
    whole = math.ceil(max(seconds, 1.0) / 3600) * 3600
    return float(next((each for each in _ROUND if each >= seconds), whole))


def _duration(seconds: float, texts: Texts) -> str:
    """Seconds in the unit that suits them."""
    if seconds < 120:
        return texts("dossier.seconds", {"n": round(seconds, 1 if seconds % 1 else 0)})
    if seconds < 7200:
        return texts("dossier.minutes", {"n": round(seconds / 60, 1)})
    return texts("dossier.hours", {"n": round(seconds / 3600, 1)})
