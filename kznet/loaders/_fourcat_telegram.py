"""What the columns of 4CAT's tables say of messages on Telegram."""

from functools import partial
from typing import Final, NamedTuple

import pandas as pd

from kznet.loaders._cells import Said, each_as, first_of, groups, known, listed
from kznet.loaders._fourcat import WHICH, authors, basis, clock
from kznet.loaders._ids import exact
from kznet.loaders._telegram import handle_id, linked_account, name_id, typed_id, untyped_id

_SMALL_GROUP: Final = "[0-9]{1,9}"
_LAST: Final = "(?P<number>[^-]+)$"


class _Origins(NamedTuple):
    """From whom messages are forwarded, which ones are, and what is said of those accounts."""

    account: pd.Series
    forwarded: pd.Series
    number: pd.Series
    known: pd.DataFrame


def telegram(frame: pd.DataFrame, _: str) -> Said:
    """Messages; in a channel each is the channel's own."""
    chat = first_of(frame, "chat", "thread_id")
    chat = chat.mask(chat == "unknown")
    handle, number = first_of(frame, "author_username"), first_of(frame, "author")
    own = handle.str.lower().eq(chat.str.lower()) | exact(number).eq(chat)
    place = _places(chat, exact(number).where(own))
    author = each_as(exact(number), untyped_id).fillna(each_as(handle, handle_id))
    author = author.mask(own, place)
    unsigned = author.isna() & chat.str.fullmatch(r"\w+", na=False)
    author = author.mask(unsigned, place)
    origins = _origins(frame)
    message = groups(first_of(frame, "id"), _LAST)["number"]
    return Said(
        columns=basis(frame, first_of(frame, "link_attached"))
        | {
            "content": place + "/" + exact(message),
            "author": author,
            "repost_account": origins.account,
            "reply_post": place + "/" + exact(first_of(frame, "reply_to")),
        },
        clock=clock(frame),
        reposts=origins.forwarded.to_numpy(),
        mentions=[
            listed(first_of(frame, name)).under(partial(each_as, change=named))
            for name, named in (("entities_mentioned", handle_id), ("entities_linked", _linked))
        ],
        accounts=[authors(frame, author, handle), origins.known],
        ids=[number, origins.number],
        notes=[
            (WHICH, int(origins.account.notna().sum())),
            ("messages without author, taken to be the chat's own", int(unsigned.sum())),
        ],
    )


def _origins(frame: pd.DataFrame) -> _Origins:
    """Take the best that is known of whom a message is forwarded from: number, handle, name."""
    number = first_of(frame, "author_forwarded_from_id")
    handle = first_of(frame, "author_forwarded_from_username")
    name = first_of(frame, "author_forwarded_from_name")
    stamp = first_of(frame, "timestamp_forwarded_from", "unix_timestamp_forwarded_from")
    account = each_as(exact(number), untyped_id).fillna(each_as(handle, handle_id))
    account = account.fillna(each_as(name, name_id))
    forwarded = account.notna() | number.notna() | stamp.notna()
    said = known({"account": account, "handle": handle, "name": name})
    return _Origins(account, forwarded, number, said)


def _linked(name: str) -> str | None:
    """Account that a link to Telegram leads to, by the first step of its path."""
    return linked_account(f"t.me/{name}")


def _places(chat: pd.Series, number: pd.Series) -> pd.Series:
    """Chats by number where one of their own messages gives it, else as they are named."""
    key = chat.str.lower()
    pairs = pd.DataFrame({"chat": key, "number": number}).dropna().drop_duplicates("chat")
    numbers = key.map(pairs.set_index("chat")["number"]).astype("str")
    numbers = numbers.fillna(chat.where(chat.str.fullmatch("[0-9]+", na=False)))
    small = numbers.str.fullmatch(_SMALL_GROUP, na=False)
    large = each_as(numbers.mask(small), partial(typed_id, "channel"))
    return large.fillna("telegram:chat" + numbers).fillna("telegram:@" + key)
