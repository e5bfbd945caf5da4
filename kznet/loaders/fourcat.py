"""4CAT's CSV: one shape for every platform, with columns of each platform's own."""

from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

import pandas as pd

from kznet.loaders import _fourcat
from kznet.loaders._cells import Said, part_said
from kznet.loaders._formats import Verdict, has_columns, loader
from kznet.loaders._fourcat_telegram import telegram
from kznet.loaders._options import Options
from kznet.loaders._part import Part
from kznet.loaders._source import Source
from kznet.loaders._table import by_piece

_BASE: Final = ("id", "thread_id", "body", "timestamp")
_AUTHORS: Final = frozenset(["author", "author_id", "author_name"])


class _Platform(NamedTuple):
    """Columns that only this platform has, and what reads them."""

    marks: frozenset[str]
    read: Callable[[pd.DataFrame, str], Said]


_PLATFORMS: Final[Mapping[str, _Platform]] = {
    "telegram": _Platform(frozenset(["chat", "author_username"]), telegram),
    "x": _Platform(frozenset(["is_retweet", "author"]), _fourcat.x),
    "vk": _Platform(frozenset(["in_reply_to_user", "author_type"]), _fourcat.vk),
    "instagram": _Platform(
        frozenset(["num_likes", "num_comments", "parent_id"]), _fourcat.instagram
    ),
    "tiktok": _Platform(frozenset(["tiktok_url"]), _fourcat.by_handle),
    "bluesky": _Platform(frozenset(["replied_to_post"]), _fourcat.by_handle),
}


def _recognises(source: Source) -> Verdict:
    verdict = has_columns(source, _BASE)
    if verdict.fits and not _AUTHORS & set(source.header):
        return Verdict(fits=False, why="no column author")
    return verdict


@loader(recognises=_recognises)
def fourcat(source: Source, options: Options) -> Part:
    """Posts in a CSV file of 4CAT: Telegram, X, Instagram, VK, and others with less.

    How to get it
    -------------
    4CAT, any dataset of posts, downloaded as CSV.

    What is read
    ------------
    Telegram: forwards (author_forwarded_from_id, _username, _name), replies, mentions
    (entities_mentioned, entities_linked). X: retweets, quotes, replies and mentions, by the names
    of their accounts. Instagram: mentions (usertags, coauthors, mentions, or @ in the text) and
    answers to comments. VK: comments as replies, mentions in the text. TikTok, Bluesky and any
    other platform: posts, their authors, and answers in a thread.
    Times are those of unix_timestamp; without it `timestamp`, which is in the zone of the server.

    What is missing
    ---------------
    Which post a forward or retweet shares: 4CAT says only whose it is. Reposts on VK: 4CAT drops
    them. Whether a Telegram number is a user's or a channel's: it is looked up among the accounts
    of the data. 4CAT finds Telegram mentions by the sign @, mail addresses among them. A Telegram
    message without author counts as the chat's own.
    A platform that is none of those named goes by `--platform`. Written after 4CAT's source.
    """
    fits = (name for name, each in _PLATFORMS.items() if each.marks <= set(source.header))
    platform = next(fits, None)
    read = _PLATFORMS[platform].read if platform else _fourcat.by_name
    name = platform or options.platform or "node"
    return by_piece(source, lambda rows: part_said(rows, read(rows.frame, name), options))
