"""The tables that telegram-tracker makes of channels: their messages, and what they are called."""

from dataclasses import replace
from functools import partial
from typing import Final

import pandas as pd

from kznet.loaders._accounts import accounts_of
from kznet.loaders._cells import Listed, Said, each_as, first_of, found, known, part_said, wording
from kznet.loaders._clean import flags
from kznet.loaders._formats import Verdict, has_columns, loader
from kznet.loaders._ids import exact
from kznet.loaders._options import Options
from kznet.loaders._part import Part
from kznet.loaders._source import Source
from kznet.loaders._table import Table, by_piece
from kznet.loaders._telegram import (
    NAIVE,
    NAMED,
    handle_id,
    links_in,
    named_account,
    typed_id,
    untyped_id,
)

_PEERS: Final = {"PeerChannel": "channel", "PeerChat": "chat", "PeerUser": "user"}
_MESSAGES: Final = ("channel_id", "msg_id", "forward_msg_from_peer_id")
_CHATS: Final = ("id", "username", "title", "megagroup", "broadcast")
_ABOUT: Final = {
    "account": "id",
    "handle": "username",
    "name": "title",
    "followers": "participants_count",
    "verified": "verified",
}
_NUMBER: Final = r"/([0-9]+)/?(?:[?#].*)?$"
_MAY_NAME: Final = r"(?i)@|t\.me|telegram\."


def _recognises(source: Source) -> Verdict:
    chats = has_columns(source, _CHATS)
    return chats if chats.fits else has_columns(source, _MESSAGES)


@loader(recognises=_recognises)
def telegram_tracker(source: Source, options: Options) -> Part:
    """Tables of telegram-tracker (msgs_dataset.csv): forwards, replies, mentions; its channels.

    How to get it
    -------------
    Collect channels with telegram-tracker and run its ``build-datasets.py``: the folder of the
    data then has ``msgs_dataset.csv``, and ``collected_chats.csv`` beside it.

    What is read
    ------------
    Forwards with the id of their origin and, where the table links it, the original post; replies;
    @names and links to t.me in the text (mentions). From collected_chats.csv the titles, handles
    and members of the channels. Ids are Telegram's own: ``telegram:channel1500000001``.

    What is missing
    ---------------
    Mentions that the text does not spell out. Forwards of accounts that hide themselves name
    nobody and are set aside. Whom a reply in a group answers is known where that message is in
    the data. Times without a zone are in UTC. The files ``…_messages.json`` in the same folder
    hold the same messages with more about them: load one or the other.
    """
    return by_piece(source, lambda rows: _part(rows, options))


def _part(rows: Table, options: Options) -> Part:
    if "msg_id" in rows.frame:
        return part_said(rows, _said(rows.frame), options)
    kind = "Peer" + first_of(rows.frame, "_").str.removesuffix("Forbidden")
    account = _peers(first_of(rows.frame, "id"), kind.fillna("PeerChannel"))
    known = {name: column for name, column in _ABOUT.items() if column in rows.frame}
    return accounts_of(replace(rows, frame=rows.frame.assign(id=account)), known, options)


def _said(frame: pd.DataFrame) -> Said:
    text = wording(frame, "message")
    number, from_number = (first_of(frame, name) for name in ("channel_id", "msg_from_id"))
    origin_number = first_of(frame, "forward_msg_from_peer_id")
    channel = each_as(exact(number), partial(typed_id, "channel"))
    author = _peers(from_number, first_of(frame, "msg_from_peer")).fillna(channel)
    handle = _handles(frame, "channel_name")
    origin_handle = _handles(frame, "forward_msg_from_peer_name")
    origin = _peers(origin_number, first_of(frame, "forward_msg_from_peer_type"))
    origin = origin.fillna("telegram:@" + origin_handle)
    original = first_of(frame, "forward_msg_link").str.extract(_NUMBER, expand=False)
    answered = exact(first_of(frame, "reply_to_msg_id"))
    return Said(
        columns={
            "content": channel + "/" + exact(first_of(frame, "msg_id")),
            "author": author,
            "time": first_of(frame, "date").str.replace(NAIVE, r"\1Z", regex=True),
            "text": text,
            "links": _links(text).fillna(first_of(frame, "url")),
            "repost_account": origin,
            "repost_post": origin + "/" + original,
            "reply_account": channel.where(answered.notna() & (author == channel)),
            "reply_post": channel + "/" + answered,
        },
        clock="date",
        reposts=(_is_forward(frame) | origin.notna()).to_numpy(),
        mentions=[_mentioned(text)],
        accounts=[
            known({"account": channel, "handle": handle}),
            known({"account": origin, "handle": origin_handle}),
        ],
        ids=[number, from_number, origin_number],
    )


def _peers(number: pd.Series, kind: pd.Series) -> pd.Series:
    """Ids of accounts by their numbers; where the type is not told, they are looked up later."""
    digits = exact(number)
    result = each_as(digits.where(~kind.isin(list(_PEERS))), untyped_id)
    for peer, word in _PEERS.items():
        result = result.fillna(each_as(digits.where(kind == peer), partial(typed_id, word)))
    return result


def _handles(frame: pd.DataFrame, name: str) -> pd.Series:
    return each_as(first_of(frame, name), handle_id).str.removeprefix("telegram:@")


def _is_forward(frame: pd.DataFrame) -> pd.Series:
    return flags(first_of(frame, "is_forward")).fillna(value=False).astype("bool")


def _links(text: pd.Series) -> pd.Series:
    return each_as(text.where(text.str.contains("(?i)http", na=False)), links_in)


def _mentioned(text: pd.Series) -> Listed:
    by, names = found(text.where(text.str.contains(_MAY_NAME, na=False)), NAMED, sign="")
    return Listed(by, each_as(names, named_account))
