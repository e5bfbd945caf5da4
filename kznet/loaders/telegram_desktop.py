"""Telegram Desktop's result.json: one chat, or the export of a whole account."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import repeat
from typing import Any, Final

from kznet.errors import DataError
from kznet.loaders._formats import Verdict, loader
from kznet.loaders._json import Broken, items, mapping, text, verbatim
from kznet.loaders._options import Options
from kznet.loaders._part import Part
from kznet.loaders._records import gather
from kznet.loaders._rows import Account, Aside, Note, Post, Record, Row, Tie
from kznet.loaders._source import Source
from kznet.loaders._telegram import handle_id, linked_account, name_id, peer_id

_CHANNELS: Final = frozenset(["public_channel", "private_channel"])
_READ: Final = _CHANNELS | {"public_supergroup", "private_supergroup", "private_group"}
_PRIVATE: Final = frozenset(
    ["personal_chat", "bot_chat", "saved_messages", "verification_codes", "replies"]
)
_NOT_ITS_OWN: Final = Note("mentions inside forwards are their authors', not counted")
_LINKS: Final = {"link": "text", "text_link": "href"}


@dataclass(frozen=True)
class _Chat:
    """One chat that is read; in a channel every message is the channel's own."""

    account: str
    name: str | None
    is_channel: bool
    messages: Sequence[object]


def _recognises(source: Source) -> Verdict:
    record = source.record
    if record is None:
        return Verdict(fits=False, why="not JSON")
    content = mapping(record)
    if isinstance(mapping(content.get("chats")).get("list"), list):
        return Verdict(fits=True, why="chats.list of a full export")
    kind = text(content.get("type"))
    if isinstance(content.get("messages"), list) and kind in _READ | _PRIVATE:
        return Verdict(fits=True, why=f"messages of a {kind}")
    return Verdict(fits=False, why="no messages of a chat and no chats.list")


@loader(recognises=_recognises)
def telegram_desktop(source: Source, options: Options) -> Part:
    """Telegram Desktop export (result.json): forwards, replies, mentions and links to channels."""
    found = [chat for document in _documents(source) for chat in _chats_in(document)]
    kinds = [text(chat.get("type")) or "no type" for chat in found]
    skipped = Counter(kind for kind in kinds if kind not in _READ)
    chats = [_chat(chat) for chat, kind in zip(found, kinds, strict=True) if kind in _READ]
    listed = ", ".join(f"{kind} {n}" for kind, n in sorted(skipped.items()))
    if not chats:
        raise DataError(
            f"{source.name}: no channel or group in it; not read: {listed or 'nothing'}"
        )
    readable = [chat for chat in chats if chat is not None]
    part = gather(_records(readable), options, place="message")
    said = [f"private chats are not read: {listed}"] if skipped else []
    if len(readable) < len(chats):
        said.append(f"chats without an id are not read: {len(chats) - len(readable)}")
    return replace(part, warnings=(*part.warnings, *said))


def _documents(source: Source) -> Iterator[dict[str, Any]]:
    for line, document in source.documents():
        if isinstance(document, Broken):
            raise DataError(f"{source.name}: line {line}: {document.reason}")
        yield mapping(document)


def _chats_in(document: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    if "messages" in document:
        yield dict(document)
    for group in ("chats", "left_chats"):
        yield from map(mapping, items(mapping(document.get(group)).get("list")))


def _chat(chat: Mapping[str, Any]) -> _Chat | None:
    number, kind = text(chat.get("id")) or "", text(chat.get("type"))
    counted = "chat" if kind == "private_group" else "channel"
    account = peer_id(f"{counted}{number.removeprefix('-100').lstrip('-')}")
    if account is None:
        return None
    return _Chat(account, text(chat.get("name")), kind in _CHANNELS, items(chat.get("messages")))


def _records(chats: Sequence[_Chat]) -> Iterator[Record]:
    authors = {
        f"{chat.account}/{text(message.get('id'))}": _sender(message, chat)
        for chat in chats
        for message in map(mapping, chat.messages)
    }
    yield 0, [Account(chat.account, name=chat.name) for chat in chats if chat.is_channel]
    messages = ((message, chat) for chat in chats for message in chat.messages)
    for number, (message, chat) in enumerate(messages, start=1):
        yield number, _rows(mapping(message), chat, authors)


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


def _rows(
    message: Mapping[str, Any], chat: _Chat, authors: Mapping[str, str | None]
) -> Iterator[Row]:
    number, kind = text(message.get("id")), text(message.get("type")) or ""
    if kind != "message":
        known = kind in ("service", "unsupported")
        yield Aside(f"{kind} message" if known else "not a message", number or "")
        return
    source = _sender(message, chat)
    if source is None or number is None:
        yield Aside("no sender" if source is None else "no message id", number or "")
        return
    content = f"{chat.account}/{number}"
    time = text(message.get("date_unixtime")) or text(message.get("date"))
    if source != chat.account:
        yield Account(source, name=text(message.get("from")))
    entities = _entities(message)
    mentioned = [each for each in dict.fromkeys(map(_mentioned, entities)) if each]
    if _is_forward(message):
        yield from _forward(message, Tie(source, None, "repost", time, None, content))
        yield from repeat(_NOT_ITS_OWN, len(mentioned))
    else:
        links = " ".join(filter(None, map(_link, entities)))
        yield Post(content, source, time, _plain(entities), links or None)
        for target in mentioned:
            yield Account(target, handle=target.partition("@")[2] or None)
            yield Tie(source, target, "mention", time, None, content)
    yield from _reply(message, chat, authors, Tie(source, None, "reply", time, None, content))


def _is_forward(message: Mapping[str, Any]) -> bool:
    named = "forwarded_from" in message or "forwarded_from_id" in message
    return named or message.get("saved_from") is not None


def _forward(message: Mapping[str, Any], tie: Tie) -> Iterator[Row]:
    """Yield the repost; the export names the author of the original, seldom by an id."""
    name = message.get("forwarded_from", message.get("saved_from"))
    target = peer_id(message.get("forwarded_from_id")) or name_id(name)
    if target is None:
        yield Aside("forwarded from a deleted or hidden account", tie.content or "")
        return
    yield Account(target, name=text(name))
    yield tie._replace(target=target)


def _reply(
    message: Mapping[str, Any], chat: _Chat, authors: Mapping[str, str | None], tie: Tie
) -> Iterator[Row]:
    """Yield the reply; a message of another chat counts as that chat's own."""
    number = text(message.get("reply_to_message_id"))
    if number is None:
        return
    peer = peer_id(message.get("reply_to_peer_id")) or chat.account
    post = f"{peer}/{number}"
    if post in authors and authors[post] is None:
        yield Note("replies to service messages (topics of a forum) are no ties")
        return
    own = peer if chat.is_channel or peer != chat.account else None
    yield tie._replace(target=authors.get(post, own), post=post)


def _entities(message: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Pieces of the text; old exports have them in `text`, some have plain text alone."""
    pieces = items(message.get("text_entities")) or message.get("text")
    listed = pieces if isinstance(pieces, list) else [pieces]
    return [piece if isinstance(piece, dict) else {"text": piece} for piece in listed]


def _plain(entities: Sequence[Mapping[str, Any]]) -> str | None:
    return "".join(verbatim(piece.get("text")) for piece in entities) or None


def _link(entity: Mapping[str, Any]) -> str | None:
    return text(entity.get(_LINKS.get(text(entity.get("type")) or "", "")))


def _mentioned(entity: Mapping[str, Any]) -> str | None:
    kind = text(entity.get("type"))
    if kind == "mention":
        return handle_id(entity.get("text"))
    if kind == "mention_name":
        return peer_id(f"user{text(entity.get('user_id'))}")
    return linked_account(_link(entity))
