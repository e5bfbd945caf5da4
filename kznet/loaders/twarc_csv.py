"""X API v2 as the plugin twarc-csv writes it: tweets or users in dotted columns, lists as JSON."""

from dataclasses import replace
from typing import Final

import numpy as np
import pandas as pd

from kznet.loaders._cells import (
    Listed,
    Said,
    each_as,
    first_of,
    handles,
    part_said,
    under,
    wording,
)
from kznet.loaders._formats import Verdict, loader
from kznet.loaders._json import Broken, items, mapping, parsed, text
from kznet.loaders._options import Options
from kznet.loaders._part import Part, stacked, table
from kznet.loaders._source import Source
from kznet.loaders._table import Table, by_piece
from kznet.loaders._twarc_users import authors, users
from kznet.loaders._x import BY_TEXT, account_id
from kznet.loaders._x_pages import listed
from kznet.loaders._x_tables import retweeted

_TWEETS: Final = ("id", "text", "author_id", "referenced_tweets.retweeted.id")
_USERS: Final = ("id", "username", "name", "public_metrics.followers_count")
_POSTS: Final = {"repost": "retweeted", "reply": "replied_to", "quote": "quoted"}
_AUTHORS: Final = {"repost": "retweeted", "reply": "in_reply_to", "quote": "quoted"}
_NO_JSON: Final = "lists of mentions that are not JSON"


def _recognises(source: Source) -> Verdict:
    names = set(source.header)
    if not names:
        return Verdict(fits=False, why="not a table")
    for marks in (_TWEETS, _USERS):
        if set(marks) <= names:
            return Verdict(fits=True, why=f"columns {', '.join(marks)}")
    return Verdict(fits=False, why=f"no column {_TWEETS[-1]} or {_USERS[-1]}")


@loader(recognises=_recognises)
def twarc_csv(source: Source, options: Options) -> Part:
    """Tweets or users that `twarc2 csv` wrote: retweets, quotes, replies, mentions, follows.

    How to get it
    -------------
    `twarc2 csv`, for tweets or with `--input-data-type users`.

    What is read
    ------------
    Retweets, quotes and replies from referenced_tweets.….id and the columns of their authors,
    mentions from entities.mentions; of users what the address in __twarc.url says, follows above
    all. Ids are X's numbers.

    What is missing
    ---------------
    Users without __twarc.url need --source-account: its followers where the file's name says so
    ("followers"), else those whom it follows. The very first versions kept all references in one
    column and are not read. Not checked against the file of every version.
    """
    if "author_id" in source.header:
        return by_piece(source, lambda rows: _tweets(rows, options))
    whose = listed(source.name, options)
    return by_piece(source, lambda rows: users(rows, whose))


def _tweets(rows: Table, options: Options) -> Part:
    frame = rows.frame
    words = wording(frame, "text").str.replace(r"\n", "\n", regex=False)
    columns, raw = _ends(frame)
    by_text = retweeted(words.where(columns["repost_account"].isna()))
    columns["repost_account"] = columns["repost_account"].fillna(handles("x", by_text))
    shared = columns["repost_post"].notna() | columns["repost_account"].notna()
    for end in ("reply_account", "reply_post"):
        columns[end] = columns[end].mask(shared)
    columns |= {
        "time": first_of(frame, "created_at"),
        "text": words,
        "links": each_as(first_of(frame, "entities.urls"), _addresses),
        "lang": first_of(frame, "lang"),
    }
    mentions, broken = _mentions(first_of(frame, "entities.mentions"))
    known, doubts = authors(rows, columns["author"])
    said = Said(
        columns,
        clock="created_at",
        reposts=shared.to_numpy(),
        mentions=[Listed(mentions["row"].to_numpy(dtype=np.int64), mentions["account"])],
        accounts=[known, _named(mentions), *_others(frame, columns)],
        ids=raw,
        notes=[
            (_NO_JSON, broken),
            (BY_TEXT.text, int((by_text.notna() & columns["repost_post"].isna()).sum())),
        ],
    )
    part = part_said(rows, said, options)
    posts = stacked([part.posts, _originals(columns)], part.posts)
    return replace(part, posts=posts, warnings=(*part.warnings, *doubts))


def _ends(frame: pd.DataFrame) -> tuple[dict[str, pd.Series], list[pd.Series]]:
    """Tweets, their authors, and those they refer to, as ids; and as the cells have them."""
    raw = {
        "content": first_of(frame, "id"),
        "author": first_of(frame, "author_id", "author.id"),
        **{
            f"{act}_post": first_of(frame, f"referenced_tweets.{n}.id") for act, n in _POSTS.items()
        },
        **{f"{act}_account": first_of(frame, f"{n}_user_id") for act, n in _AUTHORS.items()},
    }
    found = {name: under("x", each) for name, each in raw.items()}
    found["author"] = found["author"].fillna(handles("x", first_of(frame, "author.username")))
    for act, name in _AUTHORS.items():
        handle = handles("x", first_of(frame, f"{name}_username"))
        found[f"{act}_account"] = found[f"{act}_account"].fillna(handle)
    return found, list(raw.values())


def _addresses(cell: str) -> str | None:
    """Links of a list in a cell, one after the other."""
    urls = [(mapping(url), url) for url in items(parsed(cell.encode()))]
    found = [text(of.get("expanded_url") or of.get("url") or url) for of, url in urls]
    return " ".join(filter(None, dict.fromkeys(found))) or None


def _mentions(lists: pd.Series) -> tuple[pd.DataFrame, int]:
    """Who is named in which row; and how many cells could not be read.

    What stands in many rows is read once.
    """
    codes, distinct = lists.factorize()
    read = [_in_cell(str(cell)) for cell in distinct]
    found = [(code, *pair) for code, pairs in enumerate(read) for pair in pairs or ()]
    named = pd.DataFrame(found, columns=["code", "account", "handle"]).astype({"code": "int64"})
    rows = pd.DataFrame({"code": codes, "row": np.arange(len(codes))})
    broken = np.isin(codes, [code for code, pairs in enumerate(read) if pairs is None])
    text_types = {"account": "str", "handle": "str"}
    return rows.merge(named, on="code").astype(text_types), int(broken.sum())


def _in_cell(cell: str) -> list[tuple[str, str | None]] | None:
    """Accounts and handles of a list of mentions: objects, or names as "@name"."""
    value = parsed(cell.encode())
    if isinstance(value, Broken):
        return None
    found = []
    for each in items(value):
        handle = (text(mapping(each).get("username") or each) or "").lstrip("@")
        account = account_id(mapping(each).get("id"), handle)
        if account is not None:
            found.append((account, handle or None))
    return found


def _named(mentions: pd.DataFrame) -> pd.DataFrame:
    once = mentions[["account", "handle"]].drop_duplicates()
    return table("accounts", dict(once.items()), index=once.index)


def _others(frame: pd.DataFrame, columns: dict[str, pd.Series]) -> list[pd.DataFrame]:
    """Handles of those who are reposted, answered and quoted."""
    pairs = (
        pd.DataFrame(
            {"account": columns[f"{act}_account"], "handle": first_of(frame, f"{n}_username")}
        )
        for act, n in _AUTHORS.items()
    )
    return [_named(pair.dropna()) for pair in pairs]


def _originals(columns: dict[str, pd.Series]) -> pd.DataFrame:
    """What was reposted; twarc-csv puts the original's words into the row of a retweet."""
    whole = ~columns["text"].str.startswith("RT @", na=False)
    known = {name: columns[name].where(whole) for name in ("text", "links", "lang")}
    known |= {"post": columns["repost_post"], "account": columns["repost_account"]}
    posts = table("posts", known, index=columns["content"].index)
    return posts[posts["post"].notna()].drop_duplicates().reset_index(drop=True)
