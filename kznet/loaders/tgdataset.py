"""TGDataset: channels of Telegram with all their messages, in one large object by channel id."""

import math
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from kznet.loaders._formats import Verdict, loader
from kznet.loaders._json import mapping, text, verbatim
from kznet.loaders._options import Options
from kznet.loaders._part import Part
from kznet.loaders._records import gather
from kznet.loaders._rows import Account, Aside, Message, Note, Of, Record, Row
from kznet.loaders._source import Source
from kznet.loaders._telegram import links_in, named_in, typed_id, untyped_id

_Object = Mapping[str, Any]
_LISTS: Final = ("text_messages", "generic_media")
_BOTH: Final = Note("messages listed both as text and as media are counted once")


def _recognises(source: Source) -> Verdict:
    record = source.record
    if record is None:
        return Verdict(fits=False, why="not JSON")
    channels = [mapping(each) for each in mapping(record).values()]
    if any(isinstance(each.get(name), dict) for each in channels for name in _LISTS):
        return Verdict(fits=True, why="text_messages or generic_media by channel id")
    return Verdict(fits=False, why="no text_messages and no generic_media by channel id")


@loader(recognises=_recognises)
def tgdataset(source: Source, options: Options) -> Part:
    """TGDataset (JSON by channel id): forwards, mentions and posts of many channels.

    How to get it
    -------------
    Download the archive of TGDataset from Zenodo and name its JSON files, or write the same shape
    with the crawler of its authors.

    What is read
    ------------
    Forwards of texts and media, with the account they come from; @names and links to t.me in the
    texts (mentions); title, handle, description, subscribers and verification of each channel.
    Ids are Telegram's own: ``telegram:channel1500000001``.

    What is missing
    ---------------
    Replies, and the id of the post that is forwarded: its origin and second stand for it. Of the
    origin only a number is given: from a thousand million on it may be a channel's or a user's,
    and stays ``telegram:1500000001`` unless one of the two is in the data. Forwards of hidden
    users name nobody and are set aside. Telegram's warning label on channels is not read.
    """
    return gather(_records(source), options, place="message")


def _records(source: Source) -> Iterator[Record]:
    number = 0
    for key, value in source.entries():
        account, channel = typed_id("channel", key), mapping(value)
        if account is None or not channel:
            messages: Iterable[Iterable[Row]] = [[Aside("not a channel under its id", _short(key))]]
        else:
            yield 0, [_account(account, channel)]
            messages = _messages(account, channel)
        for rows in messages:
            number += 1
            yield number, rows


def _short(key: str) -> str:
    return verbatim(key)[:40]


def _account(account: str, channel: _Object) -> Account:
    verified = channel.get("verified")
    return Account(
        account,
        handle=text(channel.get("username")),
        name=text(channel.get("title")),
        followers=text(channel.get("n_subscribers")),
        bio=text(channel.get("description")),
        created=_seconds(channel.get("creation_date")),
        verified=str(verified) if isinstance(verified, bool) else None,
    )


def _messages(account: str, channel: _Object) -> Iterator[Iterable[Row]]:
    """Rows of each message; one with a text and a file is listed twice under the same number."""
    for name in _LISTS:
        if not isinstance(channel.get(name), dict | None):
            yield [Aside(f"{name} is no object", account)]
    texts, media = (mapping(channel.get(name)) for name in _LISTS)
    for number in dict.fromkeys([*texts, *media]):
        both = number in texts and number in media
        yield _message(account, number, texts.get(number) or media.get(number), both=both)


def _message(account: str, number: str, value: object, *, both: bool) -> Iterator[Row]:
    found = mapping(value)
    if not found:
        yield Aside("not a message", _short(number))
        return
    if both:
        yield _BOTH
    words = verbatim(found.get("message"))
    origin = untyped_id(found.get("forwarded_from_id"))
    forwarded = found.get("is_forwarded") is True or origin is not None
    yield Message(
        content=f"{account}/{_short(number)}",
        author=untyped_id(found.get("author")) or account,
        time=_seconds(found.get("date")),
        repost=_original(origin, found) if forwarded else None,
        mentions=named_in(words),
        text=words or None,
        links=links_in(words),
    )


def _original(origin: str | None, found: _Object) -> Of:
    second = _seconds(found.get("forwarded_message_date"))
    return Of(origin, f"{origin}/@{second}" if origin and second else None)


def _seconds(value: object) -> str | None:
    """Epoch as it is written; whole ones without a fraction."""
    fraction = isinstance(value, float) and math.isfinite(value) and not value.is_integer()
    return repr(value) if fraction else text(value)
