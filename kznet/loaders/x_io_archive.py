"""X's archive of information operations: tweets and users as CSV, small accounts hashed."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

import pandas as pd

from kznet.codes import map_distinct
from kznet.loaders._cells import Said, first_of, handles, listed, part_said, under, wording
from kznet.loaders._clean import flags
from kznet.loaders._columns import words
from kznet.loaders._formats import Verdict, loader
from kznet.loaders._ids import imprecise
from kznet.loaders._messages import with_table
from kznet.loaders._options import Options
from kznet.loaders._part import Part, counted, set_aside
from kznet.loaders._source import Source
from kznet.loaders._table import Table, by_piece
from kznet.loaders._x import BY_TEXT
from kznet.loaders._x_tables import people, retweeted

_USERS: Final = ("userid", "user_screen_name", "account_creation_date")
_TWEETS: Final = ("tweetid", "userid", "tweet_time", "is_retweet")
_NUMBERS: Final = words(
    "tweetid userid retweet_userid retweet_tweetid in_reply_to_userid in_reply_to_tweetid "
    "quoted_tweet_tweetid"
)
_NAIVE: Final = r"^([0-9]{4}-[0-9]{2}-[0-9]{2})[T ]([0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?)$"
_DAY: Final = r"^([0-9]{4}-[0-9]{2}-[0-9]{2})$"
_ABOUT: Final = {
    "handle": "user_screen_name",
    "name": "user_display_name",
    "followers": "follower_count",
    "bio": "user_profile_description",
    "created": "account_creation_date",
}


def _recognises(source: Source) -> Verdict:
    names = set(source.header)
    if set(_TWEETS) <= names:
        return Verdict(fits=True, why=f"columns {', '.join(_TWEETS)}")
    if set(_USERS) <= names and "tweetid" not in names:
        return Verdict(fits=True, why=f"columns {', '.join(_USERS)}")
    missing = [name for name in _TWEETS if name not in names]
    return Verdict(fits=False, why=f"no column {', '.join(missing)}" if names else "not a table")


@loader(recognises=_recognises)
def x_io_archive(source: Source, options: Options) -> Part:
    """X's information operations archive (CSV): retweets, replies, quotes, mentions, users.

    How to get it
    -------------
    X's transparency site until 2022, and mirrors of it: …_tweets_csv_hashed.csv and
    …_users_csv_hashed.csv.

    What is read
    ------------
    Reposts from is_retweet with retweet_userid and retweet_tweetid, replies, quotes (the post
    alone), mentions from user_mentions. Ids are X's numbers, or hashes of small accounts.

    What is missing
    ---------------
    Times are to the minute, in UTC. A hash is the same account in one release alone. A retweet
    without retweet_userid takes its author from "RT @name:" in the text, if it is there.
    """
    return by_piece(source, lambda rows: _of(rows, options))


def _of(rows: Table, options: Options) -> Part:
    rows = replace(rows, frame=_described(rows.frame))
    if "tweetid" not in rows.frame:
        return _users(rows)
    return _tweets(rows, options)


def _described(frame: pd.DataFrame) -> pd.DataFrame:
    """Users without the hashes that stand for names, and with the zone of their first day."""
    number = frame["userid"]
    named = [name for name in ("user_screen_name", "user_display_name") if name in frame]
    frame = frame.assign(**{name: frame[name].where(frame[name] != number, "") for name in named})
    if "account_creation_date" not in frame:
        return frame
    return frame.assign(account_creation_date=_in_utc(frame["account_creation_date"]))


def _users(rows: Table) -> Part:
    number, handle = first_of(rows.frame, "userid"), first_of(rows.frame, "user_screen_name")
    account = under("x", number).fillna(handles("x", handle))
    known, doubts = people(rows, account, _ABOUT)
    bad = account.isna().to_numpy()
    part = Part(
        rows=rows.rows,
        used=int((~bad).sum()),
        aside=set_aside(rows.lines[bad], "no userid", number[bad].array),
        warnings=(*doubts, *counted([("id precision lost", imprecise(number))])),
    )
    return with_table(part, rows, [known])


def _tweets(rows: Table, options: Options) -> Part:
    frame = rows.frame
    numbers = {name: first_of(frame, name) for name in _NUMBERS}
    found = {name: under("x", raw) for name, raw in numbers.items()}
    text, shared = wording(frame, "tweet_text"), _is_retweet(frame, found)
    by_text = retweeted(text.where(shared & found["retweet_userid"].isna()))
    lang = first_of(frame, "tweet_language")
    author = found["userid"].fillna(handles("x", first_of(frame, "user_screen_name")))
    mentions = listed(_bare(first_of(frame, "user_mentions")))
    known, doubts = people(rows, author, _ABOUT)
    said = Said(
        columns={
            "content": found["tweetid"],
            "author": author,
            "time": _in_utc(first_of(frame, "tweet_time")),
            "text": text,
            "links": _links(first_of(frame, "urls")),
            "lang": lang.mask(lang == "und"),
            "repost_account": found["retweet_userid"].fillna(handles("x", by_text)),
            "repost_post": found["retweet_tweetid"],
            "reply_account": found["in_reply_to_userid"].mask(shared),
            "reply_post": found["in_reply_to_tweetid"].mask(shared),
            "quote_post": found["quoted_tweet_tweetid"],
        },
        reposts=shared.to_numpy(),
        mentions=[mentions._replace(what=under("x", mentions.what))],
        accounts=[known],
        ids=list(numbers.values()),
        notes=[(BY_TEXT.text, int((by_text.notna() & found["retweet_tweetid"].isna()).sum()))],
    )
    part = part_said(rows, said, options)
    return replace(part, warnings=(*part.warnings, *doubts))


def _is_retweet(frame: pd.DataFrame, found: Mapping[str, pd.Series]) -> pd.Series:
    said = flags(first_of(frame, "is_retweet")).fillna(value=False).astype("bool")
    return said | found["retweet_tweetid"].notna() | found["retweet_userid"].notna()


def _in_utc(times: pd.Series) -> pd.Series:
    """Stamps and days, which the archive writes in UTC, with the mark of it."""

    def change(stamps: pd.Series) -> pd.Series:
        whole = stamps.str.replace(_DAY, r"\1T00:00", regex=True)
        return whole.str.replace(_NAIVE, r"\1T\2Z", regex=True)

    return map_distinct(times, change)


def _bare(lists: pd.Series) -> pd.Series:
    """Words of lists such as "['a', 'b']" with nothing but commas between them."""
    filled = lists.where(lists != "[]")
    return filled.str.replace(r"""[\[\]'"\s]""", "", regex=True)


def _links(urls: pd.Series) -> pd.Series:
    """Addresses of a list written as text, one after the other."""

    def change(lists: pd.Series) -> pd.Series:
        bare = lists.str.strip("[]").str.replace(r"['\"]?,\s+['\"]?", " ", regex=True)
        return bare.str.strip("'\"").replace("", None)

    return map_distinct(urls, change)
