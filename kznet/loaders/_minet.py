"""Posts and comments that minet adds to its input."""

from functools import partial
from typing import Final

import numpy as np
import pandas as pd

from kznet.loaders._cells import (
    Listed,
    Said,
    each_as,
    first_of,
    groups,
    handles,
    known,
    listed,
    part_said,
    under,
    wording,
)
from kznet.loaders._clean import counts, flags
from kznet.loaders._minet_lists import own_columns
from kznet.loaders._options import Options
from kznet.loaders._part import Part
from kznet.loaders._table import Table
from kznet.loaders._telegram import handle_id, linked_account, name_id

_ACTS: Final = {
    "repost": ("retweeted_id", "retweeted_user_id", "retweeted_user"),
    "reply": ("to_tweetid", "to_userid", "to_username"),
    "quote": ("quoted_id", "quoted_user_id", "quoted_user"),
}
_MESSAGE: Final = r"(?:t\.me|telegram\.me)/(?:s/)?(?P<channel>\w+)/(?P<number>[0-9]+)"


def tweets(rows: Table, options: Options) -> Part:
    """Tweets with everything by number; several values in a cell are parted by a bar."""
    frame = own_columns(rows.frame)
    number, post, handle = (first_of(frame, name) for name in ("user_id", "id", "user_screen_name"))
    author = under("x", number).fillna(handles("x", handle))
    followers, _ = counts(first_of(frame, "user_followers"))
    said = Said(
        columns={
            "content": under("x", post),
            "author": author,
            "time": first_of(frame, "timestamp_utc"),
            "text": wording(frame, "text"),
            "links": _spaced(frame, "links"),
            "lang": first_of(frame, "lang").replace("und", None),
            **_references(frame),
        },
        clock="timestamp_utc",
        mentions=[_mentioned(frame)],
        accounts=[
            known(
                {
                    "account": author,
                    "handle": handle,
                    "name": first_of(frame, "user_name"),
                    "bio": first_of(frame, "user_description"),
                    "followers": followers,
                    "verified": flags(first_of(frame, "user_verified")),
                }
            )
        ],
        ids=[post, number, *(first_of(frame, names[0]) for names in _ACTS.values())],
    )
    return part_said(rows, said, options)


def _references(frame: pd.DataFrame) -> dict[str, pd.Series]:
    """Whose tweets, and which, are reposted, answered and quoted."""
    columns: dict[str, pd.Series] = {}
    for act, names in _ACTS.items():
        post, number, handle = (first_of(frame, name) for name in names)
        columns[f"{act}_account"] = under("x", number).fillna(handles("x", handle))
        columns[f"{act}_post"] = under("x", post)
    return columns


def _mentioned(frame: pd.DataFrame) -> Listed:
    """Those that a tweet names, by number where the file has their numbers."""
    numbers, names = (first_of(frame, f"mentioned_{each}") for each in ("ids", "names"))
    by_number, by_name = listed(numbers, "|"), listed(names.where(numbers.isna()), "|")
    what = pd.concat([under("x", by_number.what), handles("x", by_name.what)], ignore_index=True)
    return Listed(np.concatenate([by_number.by, by_name.by]), what)


def comments(rows: Table, options: Options) -> Part:
    """Comments on YouTube: each answers the comment above it, or else the video."""
    frame = own_columns(rows.frame)
    above, video = first_of(frame, "parent_comment_id"), first_of(frame, "video_id")
    author, name = first_of(frame, "author_channel_id"), first_of(frame, "author_name")
    handle = groups(name, "^@(?P<handle>.+)$")["handle"]
    account = "youtube:" + author
    said = Said(
        columns={
            "content": "youtube:" + first_of(frame, "comment_id"),
            "author": account,
            "time": first_of(frame, "published_at"),
            "text": wording(frame, "text"),
            "reply_account": "youtube:" + first_of(frame, "channel_id").where(above.isna()),
            "reply_post": "youtube:" + above.fillna(video),
        },
        clock="published_at",
        accounts=[
            known({"account": account, "handle": handle, "name": name.where(handle.isna())}),
        ],
    )
    return part_said(rows, said, options)


def videos(rows: Table, options: Options) -> Part:
    """Videos on YouTube and the channels they are of."""
    frame = own_columns(rows.frame)
    said = Said(
        columns={
            "content": "youtube:" + first_of(frame, "video_id"),
            "author": "youtube:" + first_of(frame, "channel_id"),
            "time": first_of(frame, "published_at"),
            "text": wording(frame, "description"),
            "lang": first_of(frame, "default_language"),
        },
        clock="published_at",
    )
    return part_said(rows, said, options)


def messages(rows: Table, options: Options) -> Part:
    """Messages of public Telegram channels as its web pages show them."""
    frame = own_columns(rows.frame)
    place = groups(first_of(frame, "link_to_message"), _MESSAGE)
    author, name = each_as(place["channel"], handle_id), first_of(frame, "user")
    answered = first_of(frame, "is_reply_user")
    answered = answered.mask(answered.str.lower().isin(["true", "false"]))
    linked = listed(first_of(frame, "links"), "|")
    said = Said(
        columns={
            "content": author + "/" + place["number"],
            "author": author,
            "time": first_of(frame, "datetime"),
            "text": wording(frame, "text"),
            "links": _spaced(frame, "links"),
            "reply_account": author.where(answered == name, each_as(answered, name_id)),
        },
        clock="datetime",
        mentions=[linked.under(partial(each_as, change=linked_account))],
        accounts=[known({"account": author, "handle": place["channel"], "name": name})],
        warnings=("minet does not say which messages are forwarded",),
    )
    return part_said(rows, said, options)


def _spaced(frame: pd.DataFrame, name: str) -> pd.Series:
    return first_of(frame, name).str.replace("|", " ", regex=False)
