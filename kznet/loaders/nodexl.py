"""NodeXL's workbooks."""

from dataclasses import replace
from typing import Final

import numpy as np
import pandas as pd

from kznet.codes import map_distinct
from kznet.loaders._accounts import accounts_of
from kznet.loaders._clean import numbers, stamps
from kznet.loaders._columns import Aliases, cells, columns_of, folded
from kznet.loaders._formats import Verdict, loader
from kznet.loaders._ids import is_namespaced, namespaced, namespaced_posts
from kznet.loaders._kinds import kinds_of
from kznet.loaders._messages import NOT_ITS_OWN
from kznet.loaders._options import Options
from kznet.loaders._part import Part, counted, set_aside, stacked, table
from kznet.loaders._source import Source
from kznet.loaders._table import Table
from kznet.loaders._ties import ties_of
from kznet.loaders._workbook import is_workbook, read_sheets, sheet_names

_SHEETS: Final = {"Edges": "Vertex 1", "Vertices": "Vertex"}
_EDGE: Final[Aliases] = {
    "source": ["vertex_1"],
    "target": ["vertex_2"],
    "kind": ["relationship"],
    "weight": ["edge_weight"],
    "time": ["relationship_date_(utc)"],
    "tweeted": ["tweet_date_(utc)"],
    "content": ["imported_id"],
    "page": ["twitter_page_for_tweet"],
    "repost": ["retweet_id"],
    "reply": ["in_reply_to_tweet_id"],
    "quote": ["quoted_status_id"],
    "text": ["tweet"],
    "links": ["urls_in_tweet"],
    "lang": ["language"],
}
_VERTEX: Final[Aliases] = {
    "account": ["vertex"],
    "name": ["name", "label"],
    "followers": ["followers"],
    "bio": ["description"],
    "url": ["web"],
    "created": ["joined_twitter_date_(utc)"],
    "verified": ["verified"],
}
_PLAIN: Final = frozenset(["tweet"])
_BORROWED: Final = frozenset(["mentionsinretweet", "mentionsinquote"])
_POST_IDS: Final = ("content", "repost", "reply", "quote")
_TIE: Final = ("source", "target", "weight", "time", "post", "content")
_PLACE: Final = "edge row"
_ROUNDED: Final = r"^[0-9.]+[eE]\+?[0-9]+$"
_RETWEET: Final = r"^\s*RT @([A-Za-z0-9_]+)"
_SERIAL_DAYS: Final = (20_000, 80_000)
_AMERICAN: Final = "%m/%d/%Y %H:%M:%S"


def _recognises(source: Source) -> Verdict:
    if not is_workbook(source):
        return Verdict(fits=False, why="not a workbook")
    names = sheet_names(source)
    if set(_SHEETS) <= set(names):
        return Verdict(fits=True, why="sheets Edges, Vertices")
    return Verdict(fits=False, why="not a workbook with sheets Edges, Vertices")


@loader(recognises=_recognises)
def nodexl(source: Source, options: Options) -> Part:
    """NodeXL workbook (.xlsx): who reposts, answers, names and follows whom, and the accounts.

    How to get it
    -------------
    The workbook that NodeXL saves in Excel; the network galleries of NodeXL offer the same.

    What is read
    ------------
    Sheet Edges: a tie by its Relationship (Retweet, Replies to, Mentions, Quote, Followed), with
    its date in UTC, the tweet's own id and the one it answers or reposts. Sheet Vertices: name,
    followers, description. A vertex is an X handle where the workbook speaks of tweets.

    What is missing
    ---------------
    Tweets that concern nobody (Tweet) are posts and no ties. Those named inside a retweet or
    quote are named by its author: counted, no ties. In older workbooks a mention by a text that
    begins with "RT @" counts as the repost that it is. Not checked against a live export.
    """
    edges, vertices = read_sheets(source, _SHEETS)
    spoken = {folded(name) for rows in (edges, vertices) for name in rows.frame.columns}
    twitter = any("tweet" in name or "twitter" in name for name in spoken)
    if twitter:
        options = replace(options, platform=options.platform or "x", direction="actor")
    ties = _ties(edges, options, twitter=twitter)
    accounts = _accounts(vertices, options, twitter=twitter)
    return replace(
        ties,
        rows=accounts.rows + ties.rows,
        used=accounts.used + ties.used,
        accounts=accounts.accounts,
        aside=stacked([accounts.aside, ties.aside], ties.aside),
        warnings=(*accounts.warnings, *ties.warnings),
    )


def _accounts(rows: Table, options: Options, *, twitter: bool) -> Part:
    frame = _canonical(rows.frame, _VERTEX)
    if "created" in frame:
        frame["created"] = _utc(frame["created"])
    if twitter:
        frame["account"] = _handles(frame["account"])
    same = {name: name for name in frame.columns}
    return accounts_of(replace(rows, frame=frame), same, options, place="vertex row")


def _ties(rows: Table, options: Options, *, twitter: bool) -> Part:
    frame = _acts(rows.frame, twitter=twitter)
    plain = frame["relation"].isin(_PLAIN).to_numpy()
    why = _not_its_own(frame).mask(plain & frame["content"].isna(), "a post without an id")
    left = why.notna().to_numpy()
    acts = ~plain & ~left
    made = replace(rows, frame=frame[acts].reset_index(drop=True), lines=rows.lines[acts])
    columns = {name: name for name in (*_TIE, "kind")}
    part = ties_of(made, columns, options, place=_PLACE)
    good = plain & ~left
    written = good | np.isin(rows.lines, part.ties["line"])
    aside = set_aside(rows.lines[left], why[left].array, frame["target"][left], place=_PLACE)
    return replace(
        part,
        rows=rows.rows,
        used=part.used + int(good.sum()),
        posts=_posts(frame[written], options),
        aside=stacked([part.aside, aside], aside),
        warnings=(
            *part.warnings,
            *counted([("posts that concern nobody are no ties", int(good.sum()))]),
            *counted([("id precision lost, of posts", _rounded(rows.frame))]),
        ),
    )


def _acts(frame: pd.DataFrame, *, twitter: bool) -> pd.DataFrame:
    """Columns of ties and posts, under their own names; ids that lost digits are missing."""
    found = _canonical(frame, _EDGE).reindex(columns=list(_EDGE))
    raw = pd.DataFrame({name: cells(found[name].astype("str")) for name in found})
    for name in _POST_IDS:
        raw[name] = raw[name].mask(raw[name].str.contains(_ROUNDED, na=False))
    page = raw["page"].str.extract(r"/status(?:es)?/([0-9]+)", expand=False)
    kind = kinds_of(raw["kind"])
    post = pd.Series(pd.NA, index=raw.index, dtype="str")
    for act in ("repost", "reply", "quote"):
        post = post.mask(kind == act, raw[act])
    ends = {end: _handles(raw[end]) if twitter else raw[end] for end in ("source", "target")}
    known = raw.assign(
        **ends,
        post=post,
        content=raw["content"].fillna(page),
        time=_utc(raw["time"]).fillna(_utc(raw["tweeted"])),
        relation=map_distinct(raw["kind"], lambda words: words.map(folded)),
    )
    return known.assign(kind=known["kind"].mask(_is_retweet(known, kind), "repost"))


def _is_retweet(frame: pd.DataFrame, kind: pd.Series) -> pd.Series:
    """Mentions that are reposts, in workbooks of the time before NodeXL told them apart."""
    named = frame["text"].str.extract(_RETWEET, expand=False).str.lower()
    return (kind == "mention") & (named == frame["target"].str.lower().str.lstrip("@"))


def _not_its_own(frame: pd.DataFrame) -> pd.Series:
    """Why a row that names somebody is no mention; missing where it may be one."""
    mention = kinds_of(frame["kind"]) == "mention"
    retweeted = frame["text"].str.extract(_RETWEET, expand=False).notna() & mention
    key = ["content", "source", "target"]
    replies = pd.MultiIndex.from_frame(frame.loc[kinds_of(frame["kind"]) == "reply", key])
    answered = pd.MultiIndex.from_frame(frame[key]).isin(replies) & frame["content"].notna()
    why = pd.Series(pd.NA, index=frame.index, dtype="str")
    why = why.mask(mention & answered, "whom a post answers, it does not also mention")
    return why.mask(retweeted | frame["relation"].isin(_BORROWED), NOT_ITS_OWN)


def _posts(rows: pd.DataFrame, options: Options) -> pd.DataFrame:
    """Texts of the tweets; that of a repost is somebody else's."""
    said = rows["content"].notna() & ~kinds_of(rows["kind"]).isin(["repost", "follow"])
    own = rows[said].drop_duplicates("content").reset_index(drop=True)
    known = {
        "post": namespaced_posts(own["content"], options.platform),
        "account": namespaced(own["source"], options.platform),
        "time": stamps(own["time"], options.tz).utc,
        **{name: own[name] for name in ("text", "links", "lang")},
    }
    return table("posts", known, index=own.index)


def _rounded(frame: pd.DataFrame) -> int:
    found = _canonical(frame, _EDGE)
    return sum(
        int(found[name].str.contains(_ROUNDED, na=False).sum())
        for name in _POST_IDS
        if name in found
    )


def _canonical(frame: pd.DataFrame, aliases: Aliases) -> pd.DataFrame:
    columns = columns_of(frame.columns, aliases)
    return pd.DataFrame({name: frame[title] for name, title in columns.items()})


def _handles(names: pd.Series) -> pd.Series:
    bare = cells(names).str.lstrip("@")
    return bare.where(is_namespaced(bare), "@" + bare)


def _utc(raw: pd.Series) -> pd.Series:
    """Times of a column in UTC, which Excel keeps as dates, as days or as text."""
    text = cells(raw)
    days = numbers(text)
    day = pd.to_datetime(days.where(days.between(*_SERIAL_DAYS)), unit="D", origin="1899-12-30")
    stamp = text.where(days.isna())
    time = pd.to_datetime(stamp, format="ISO8601", errors="coerce", utc=True)
    time = time.fillna(pd.to_datetime(stamp, format=_AMERICAN, errors="coerce", utc=True))
    time = time.fillna(day.dt.round("s").dt.tz_localize("UTC"))
    return time.astype("str").where(time.notna(), text)
