"""What the columns of 4CAT's tables say on every platform, and on most of them."""

from functools import partial
from typing import Final

import pandas as pd

from kznet.loaders._cells import (
    Said,
    each_as,
    first_of,
    found,
    groups,
    handles,
    known,
    listed,
    under,
    wording,
)
from kznet.loaders._clean import counts, flags
from kznet.loaders._ids import exact, namespaced
from kznet.loaders._instagram import NAMED
from kznet.loaders._vk import account_given

WHICH: Final = "reposts of which the file does not say what post they share"
_NOBODY: Final = frozenset(["anonymous", "[deleted]", "[removed]", "deleted"])
_WALL: Final = "wall(?P<owner>-?[0-9]+)_(?P<post>[0-9]+)"
_MARKUP: Final = r"\[((?:id|club|public|event)[0-9]{1,19})(?::[^\]|]*)?\|"
_CALLED: Final = r"(?<![\w.@/*])@([A-Za-z](?:\.?[A-Za-z0-9_])+)"


def x(frame: pd.DataFrame, _: str) -> Said:
    """Posts of X, which name accounts by handle, their own authors by number too."""
    handle, number, post = (first_of(frame, name) for name in ("author", "author_id", "id"))
    author = under("x", number).fillna(handles("x", handle))
    in_link = groups(first_of(frame, "link"), "/status/(?P<post>[0-9]+)")["post"]
    in_text = groups(wording(frame, "body"), r"^RT @(?P<whose>\w{1,20})\b")["whose"]
    shares, answers = _yes(frame, "is_retweet"), _yes(frame, "is_reply")
    shared = first_of(frame, "retweeted_user").fillna(in_text.where(shares))
    replied = first_of(frame, "replied_author", "replied_user", "reply_to")
    return Said(
        columns=basis(frame, first_of(frame, "urls"))
        | {
            "content": "x:" + exact(post).fillna(in_link),
            "author": author,
            "repost_account": handles("x", shared),
            "reply_account": handles("x", replied),
            "quote_account": handles("x", first_of(frame, "quote_author", "quoted_user")),
            "quote_post": "x:" + exact(first_of(frame, "quote_tweet_id")),
        },
        clock=clock(frame),
        reposts=(shares | shared.notna()).to_numpy(),
        mentions=[listed(first_of(frame, "mentions")).under(partial(handles, "x"))],
        accounts=[authors(frame, author, handle)],
        ids=[post, number, first_of(frame, "quote_tweet_id")],
        notes=[
            (WHICH, int(shared.notna().sum())),
            ("replies that do not say to whom", int((answers & replied.isna() & ~shares).sum())),
        ],
    )


def vk(frame: pd.DataFrame, _: str) -> Said:
    """Posts and comments of VK; a comment answers a comment or else the post it stands under."""
    number, whom = first_of(frame, "author_id"), first_of(frame, "in_reply_to_user")
    author = under("vk", number)
    wall = groups(first_of(frame, "link"), _WALL)
    place = wall["owner"] + "_"
    comment = exact(first_of(frame, "in_reply_to_comment_id"))
    under_post = exact(first_of(frame, "thread_id")).where(
        first_of(frame, "item_type") == "comment"
    )
    above = comment.mask(comment == "0").fillna(under_post)
    text = wording(frame, "body")
    lists = [found(text, _MARKUP, sign="|"), found(text, _CALLED, sign="@")]
    return Said(
        columns=basis(frame, first_of(frame, "links"))
        | {
            "content": "vk:" + place + wall["post"],
            "author": author,
            "reply_account": under("vk", whom.mask(whom == "0")),
            "reply_post": "vk:" + place + above,
        },
        clock=clock(frame),
        mentions=[each.under(partial(each_as, change=account_given)) for each in lists],
        accounts=[authors(frame, author, first_of(frame, "author_screen_name"))],
        ids=[number, whom],
        warnings=("4CAT leaves out the reposts on VK",),
    )


def instagram(frame: pd.DataFrame, _: str) -> Said:
    """Posts of Instagram by their short codes, and comments where the file has them."""
    handle, number = first_of(frame, "author"), first_of(frame, "author_id")
    author = under("instagram", number).fillna(handles("instagram", handle))
    post, above = first_of(frame, "id"), first_of(frame, "parent_id")
    lists = [listed(first_of(frame, name)) for name in ("usertags", "coauthors")]
    if {"mentions", "mentioned"} & set(frame.columns):
        lists.append(listed(first_of(frame, "mentions", "mentioned")))
    else:
        lists.append(found(wording(frame, "body"), NAMED, sign="@"))
    return Said(
        columns=basis(frame, first_of(frame, "links"))
        | {
            "content": "instagram:" + post,
            "author": author,
            "reply_post": ("instagram:" + above).mask(above == post),
        },
        clock=clock(frame),
        mentions=[each.under(partial(handles, "instagram")) for each in lists],
        accounts=[authors(frame, author, handle)],
        ids=[number],
    )


def by_handle(frame: pd.DataFrame, platform: str) -> Said:
    """Posts of a platform where `author` is a handle."""
    handle, number = first_of(frame, "author"), first_of(frame, "author_id")
    author = under(platform, number).fillna(handles(platform, handle))
    return _thread(frame, platform, author, handle)


def by_name(frame: pd.DataFrame, platform: str) -> Said:
    """Posts of a platform of which nothing is known."""
    name, number = first_of(frame, "author", "author_name"), first_of(frame, "author_id")
    name = name.mask(name.str.lower().isin(_NOBODY))
    author = under(platform, number).fillna(namespaced(name, platform))
    return _thread(frame, platform, author, name.where(number.notna()))


def _thread(frame: pd.DataFrame, platform: str, author: pd.Series, handle: pd.Series) -> Said:
    """Posts, each of which answers the one that opens its thread, where that one is there."""
    post, thread = exact(first_of(frame, "id")), exact(first_of(frame, "thread_id"))
    answers = thread.notna() & (thread != post)
    opened = thread.isin(post.dropna())
    return Said(
        columns=basis(frame, first_of(frame, "links", "urls"))
        | {
            "content": f"{platform}:" + post,
            "author": author,
            "reply_post": (f"{platform}:" + thread).where(answers & opened),
        },
        clock=clock(frame),
        accounts=[authors(frame, author, handle)],
        ids=[first_of(frame, "id"), first_of(frame, "author_id")],
        notes=[("posts in threads whose first post is not there", int((answers & ~opened).sum()))],
    )


def clock(frame: pd.DataFrame) -> str:
    """Column of times: the server's own zone is in the other."""
    return "unix_timestamp" if "unix_timestamp" in frame.columns else "timestamp"


def basis(frame: pd.DataFrame, links: pd.Series) -> dict[str, pd.Series]:
    """What every platform has."""
    return {
        "time": first_of(frame, "unix_timestamp", "timestamp"),
        "text": wording(frame, "body"),
        "links": links.str.replace(r"\s*,\s*(https?://)", r" \1", regex=True),
        "lang": first_of(frame, "language_guess"),
    }


def authors(frame: pd.DataFrame, author: pd.Series, handle: pd.Series) -> pd.DataFrame:
    """What the rows say of their authors."""
    name = first_of(frame, "author_fullname", "author_full", "author_display_name", "author_name")
    followers, _ = counts(first_of(frame, "author_followers"))
    return known(
        {
            "account": author,
            "handle": handle,
            "name": name.mask(name == "DELETED"),
            "followers": followers,
            "bio": first_of(frame, "author_bio"),
            "verified": flags(first_of(frame, "verified", "author_verified")),
        }
    )


def _yes(frame: pd.DataFrame, name: str) -> pd.Series:
    return flags(first_of(frame, name)).fillna(value=False).astype("bool")
