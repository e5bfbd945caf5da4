"""Telegram Desktop's result.json: one chat, or the export of a whole account."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, Final

from kznet.errors import DataError
from kznet.loaders._documents import Element
from kznet.loaders._formats import Verdict, loader
from kznet.loaders._json import items, mapping, text, verbatim
from kznet.loaders._options import Options
from kznet.loaders._part import Part, worded
from kznet.loaders._records import gather
from kznet.loaders._rows import Account, Aside, Message, Note, Of, Record, Row
from kznet.loaders._source import Source
from kznet.loaders._telegram import handle_id, linked_account, name_id, peer_id, typed_id

_CHANNELS: Final = frozenset(["public_channel", "private_channel"])
_READ: Final = _CHANNELS | {"public_supergroup", "private_supergroup", "private_group"}
_PRIVATE: Final = frozenset(
    ["personal_chat", "bot_chat", "saved_messages", "verification_codes", "replies"]
)
_LISTS: Final = ("messages", "chats.list.item.messages", "left_chats.list.item.messages")
_LINKS: Final = {"link": "text", "text_link": "href"}
_TOPIC: Final = Note("replies to service messages (topics of a forum) are no ties")


@dataclass(frozen=True)
class _Chat:
    """A chat that is read; in a channel every message is the channel's own.

    `authors` says who wrote the messages so far: a reply points backwards. Of a channel it holds
    those alone that nobody wrote.
    """

    account: str
    name: str | None
    is_channel: bool
    authors: dict[str, str | None] = field(default_factory=dict)


def _recognises(source: Source) -> Verdict:
    record = source.record
    if record is None:
        return Verdict(fits=False, why="not JSON")
    content = mapping(record)
    for name in ("chats", "left_chats"):
        if isinstance(mapping(content.get(name)).get("list"), list):
            return Verdict(fits=True, why=f"{name}.list of a full export")
    kind = text(content.get("type"))
    if isinstance(content.get("messages"), list) and kind in _READ | _PRIVATE:
        return Verdict(fits=True, why=f"messages of a {kind}")
    return Verdict(fits=False, why="no messages of a chat and no chats.list")


@loader(recognises=_recognises)
def telegram_desktop(source: Source, options: Options) -> Part:
    """Telegram Desktop export (result.json): forwards, replies, mentions and links to channels.

    How to get it
    -------------
    In Telegram Desktop open a channel or group, then ⋮ → Export chat history → JSON; or Settings
    → Advanced → Export Telegram data, for all chats of an account at once.

    What is read
    ------------
    Channels and groups: forwards (reposts), replies, @mentions and links to t.me (mentions), and
    the messages themselves as posts. Ids are Telegram's own: ``telegram:channel1500000001``.

    What is missing
    ---------------
    Most versions name the origin of a forward by its display name alone, without its id or post:
    it is looked up among the channels in the data, and the share of matches is reported. Handles
    and followers of the channels are not in it. Old exports have local times (see ``--tz``).
    Private chats are not read, on purpose, and counted; forwards of deleted accounts and service
    messages are set aside.
    """
    part = gather(_records(source.elements(*_LISTS)), options, place="message")
    if not part.rows:
        said = "; ".join(worded(part.warnings)) or "no messages at all"
        raise DataError(f"{source.name}: no messages of a channel or group in it; {said}")
    return part


def _records(elements: Iterable[Element]) -> Iterator[Record]:
    number = 0
    for _, group in groupby(elements, lambda element: id(element.around)):
        first = next(group)
        chat, said = _chat(first.around)
        yield 0, said
        if chat is not None:
            for message in (first.value, *[]), *((each.value,) for each in group):
                number += 1
                yield number, _rows(mapping(message[0]), chat)
