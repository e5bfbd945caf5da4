"""Telegram Desktop's result.json: one chat, or the export of a whole account."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
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


@dataclass(frozen=True)
class _Chat:
    """A chat that is read; in a channel every message is the channel's own.

    `authors` says who wrote the messages so far: a reply points backwards. Of a channel it holds
    those alone that nobody wrote.
    """

    account: str
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
    number, around, chat = 0, None, None
    for element in elements:
        if element.around is not around:
            around = element.around
            chat, said = _chat(around)
            yield 0, said
        if chat is not None:
            number += 1
            yield number, _rows(mapping(element.value), chat)


def _chat(around: Mapping[str, Any]) -> tuple[_Chat | None, Sequence[Row]]:
    """Chat whose messages follow, None where they are not read; and what is said of it."""
    kind = text(around.get("type")) or "unknown"
    if kind not in _READ:
        private = "private chats" if kind in _PRIVATE else "chats of another type"
        return None, [Note(f"{private} are not read ({kind})")]
    account = typed_id("chat" if kind == "private_group" else "channel", around.get("id"))
    if account is None:
        return None, [Note("chats without an id are not read")]
    if kind not in _CHANNELS:
        return _Chat(account, is_channel=False), []
    return _Chat(account, is_channel=True), [Account(account, name=text(around.get("name")))]


def _rows(message: Mapping[str, Any], chat: _Chat) -> Iterator[Row]:
    number, kind = text(message.get("id")), text(message.get("type")) or ""
    author = _sender(message, chat)
    if number is not None and not (chat.is_channel and author):
        chat.authors[number] = author
    if kind != "message":
        known = kind in ("service", "unsupported")
        yield Aside(f"{kind} message" if known else "not a message", number or "")
    elif _is_forward(message) and _origin(message) is None:
        yield Aside("forwarded from a deleted or hidden account", number or "")
    else:
        yield from _names(message, chat, author)
        yield _message(message, chat, author)


def _sender(message: Mapping[str, Any], chat: _Chat) -> str | None:
    """Who wrote a message; nobody wrote a service message."""
    if message.get("type") != "message":
        return None
    if chat.is_channel:
        return chat.account
    sender = peer_id(message.get("from_id"))
    is_chat = sender is not None and _digits(sender) == _digits(chat.account)
    return chat.account if is_chat and ":user" not in str(sender) else sender


def _digits(account: str) -> str:
    return "".join(filter(str.isdigit, account))


def _names(message: Mapping[str, Any], chat: _Chat, author: str | None) -> Iterator[Row]:
    """What a message says of accounts besides its ties."""
    if author is not None and author != chat.account:
        yield Account(author, name=text(message.get("from")))
    origin = _origin(message)
    if origin is not None:
        yield Account(origin, name=_origin_name(message))
    if _is_topic(message, chat):
        yield Note("replies to service messages (topics of a forum) are no ties")


def _message(message: Mapping[str, Any], chat: _Chat, author: str | None) -> Message:
    entities = _entities(message)
    number = text(message.get("id"))
    return Message(
        content=f"{chat.account}/{number}" if number else None,
        author=author,
        time=text(message.get("date_unixtime")) or text(message.get("date")),
        repost=Of(_origin(message)) if _is_forward(message) else None,
        reply=_reply(message, chat),
        mentions=[each for each in map(_mentioned, entities) if each],
        text="".join(verbatim(piece.get("text")) for piece in entities) or None,
        links=" ".join(filter(None, map(_link, entities))) or None,
    )


def _is_forward(message: Mapping[str, Any]) -> bool:
    named = "forwarded_from" in message or "forwarded_from_id" in message
    return named or message.get("saved_from") is not None


def _origin(message: Mapping[str, Any]) -> str | None:
    """Author of the original: the export gives the name, seldom an id."""
    return peer_id(message.get("forwarded_from_id")) or name_id(_origin_name(message))


def _origin_name(message: Mapping[str, Any]) -> str | None:
    return text(message.get("forwarded_from", message.get("saved_from")))


def _is_topic(message: Mapping[str, Any], chat: _Chat) -> bool:
    """Whether a message answers one that nobody wrote."""
    number = text(message.get("reply_to_message_id")) or ""
    here = peer_id(message.get("reply_to_peer_id")) in (None, chat.account)
    return here and chat.authors.get(number, "") is None


def _reply(message: Mapping[str, Any], chat: _Chat) -> Of | None:
    """Whom a message answers; a message of another chat counts as that chat's own."""
    number = text(message.get("reply_to_message_id"))
    if number is None or _is_topic(message, chat):
        return None
    peer = peer_id(message.get("reply_to_peer_id")) or chat.account
    if peer != chat.account or chat.is_channel:
        return Of(peer, f"{peer}/{number}")
    return Of(chat.authors.get(number), f"{peer}/{number}")


def _entities(message: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Pieces of the text; old exports have them in `text`, some have plain text alone."""
    pieces = items(message.get("text_entities")) or message.get("text")
    listed = pieces if isinstance(pieces, list) else [pieces]
    return [piece if isinstance(piece, dict) else {"text": piece} for piece in listed]


def _link(entity: Mapping[str, Any]) -> str | None:
    return text(entity.get(_LINKS.get(text(entity.get("type")) or "", "")))


def _mentioned(entity: Mapping[str, Any]) -> str | None:
    kind = text(entity.get("type"))
    if kind == "mention":
        return handle_id(entity.get("text"))
    if kind == "mention_name":
        return typed_id("user", entity.get("user_id"))
    return linked_account(_link(entity))
