"""Tweets as X's first API gave them."""

from collections.abc import Iterable, Iterator
from typing import Final

from kznet.loaders._formats import Verdict, loader
from kznet.loaders._json import Broken, items, mapping
from kznet.loaders._options import Options
from kznet.loaders._part import Part
from kznet.loaders._records import gather
from kznet.loaders._rows import Aside, Note, Record, Row
from kznet.loaders._source import Source
from kznet.loaders._x import Object, tweet_rows

_NOTICES: Final = (
    ("delete", "status"),
    ("scrub_geo", "user_id"),
    ("limit", "track"),
    ("status_withheld", "id"),
    ("user_withheld", "id"),
)


def _recognises(source: Source) -> Verdict:
    record = source.record
    if record is None:
        return Verdict(fits=False, why="not JSON")
    first = mapping(items(record)[0] if items(record) else record)
    if _is_tweet(first):
        return Verdict(fits=True, why="tweets with a user")
    if _is_page(first) and _begins_with_tweets(first):
        return Verdict(fits=True, why="pages of tweets in statuses")
    if _notice(first):
        return Verdict(fits=True, why=f"a stream's notice: {_notice(first)}")
    return Verdict(fits=False, why="no tweets with id, text and user")


def _is_tweet(entry: Object) -> bool:
    named = {"id_str", "id"} & set(entry) and {"full_text", "text"} & set(entry)
    return bool(named) and "created_at" in entry and isinstance(entry.get("user"), dict)


def _is_page(entry: Object) -> bool:
    return isinstance(entry.get("statuses"), list)


def _begins_with_tweets(page: Object) -> bool:
    """Whether a page holds tweets; an empty one is told by what X says of the search."""
    found = page["statuses"]
    return _is_tweet(mapping(found[0])) if found else "search_metadata" in page


def _notice(entry: Object) -> str:
    """What a line of a stream says that is no tweet; empty where it is none of these."""
    return next((name for name, key in _NOTICES if key in mapping(entry.get(name))), "")


@loader(recognises=_recognises)
def x_v1(source: Source, options: Options) -> Part:
    """X API v1.1 tweets (JSON Lines, lists, search pages): retweets, quotes, replies, mentions.

    How to get it
    -------------
    Collections from before 2023: twarc 1, tweepy, anything that kept the API's answers or stream.

    What is read
    ------------
    Retweets from retweeted_status, quotes from quoted_status, replies from in_reply_to_…,
    mentions from entities.user_mentions, users with followers and bio. Ids are X's numbers.

    What is missing
    ---------------
    Followers and followings. A tweet that begins "RT @name:" without its original is a repost
    of that account, of a post that is not known. Notices of deletion are counted, not obeyed.
    """
    return gather(_records(source), options)


def _records(source: Source) -> Iterator[Record]:
    for line, document in source.documents():
        if isinstance(document, Broken):
            yield line, [Aside(document.reason, document.value)]
            continue
        for entry in document if isinstance(document, list) else [document]:
            yield from _of_entry(line, mapping(entry))


def _of_entry(line: int, entry: Object) -> Iterator[Record]:
    """Records of one page, or of one tweet."""
    if not _is_page(entry):
        yield line, _of_line(entry)
        return
    for each in entry["statuses"]:
        yield line, _of_line(mapping(each))
    if not entry["statuses"]:
        yield line, [Note("pages without tweets")]


def _of_line(entry: Object) -> Iterable[Row]:
    if _notice(entry):
        return [Note(f"notices in a stream, not read: {_notice(entry)}")]
    if {"id_str", "id"} & set(entry):
        return tweet_rows(entry)
    return [Aside("not a tweet")]
