"""Messages as the Telethon library writes them: `to_dict` and `to_json` of its objects."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from kznet.loaders._formats import Verdict, loader
from kznet.loaders._json import Broken, items, mapping, text, verbatim
from kznet.loaders._options import Options
from kznet.loaders._part import Part
from kznet.loaders._records import gather
from kznet.loaders._rows import Account, Aside, Message, Note, Of, Row
from kznet.loaders._source import Source
from kznet.loaders._telegram import (
    handle_id,
    in_utc,
    linked_account,
    links_in,
    named_in,
    peer_id,
    plain_name,
    typed_id,
)

_Object = Mapping[str, Any]
_MESSAGES: Final = frozenset(["Message", "MessageService", "MessageEmpty"])
_CHATS: Final = {
    "Channel": "channel",
    "ChannelForbidden": "channel",
    "ChannelFull": "channel",
    "Chat": "chat",
    "ChatForbidden": "chat",
    "ChatFull": "chat",
    "User": "user",
}
_LISTS: Final = ("messages", "chats", "users")
_PEERS: Final = ("channel", "chat", "user")


def _recognises(source: Source) -> Verdict:
    record = source.record
    if record is None:
        return Verdict(fits=False, why="not JSON")
    first = mapping(items(record)[0] if items(record) else record)
    if _is_known(first):
        return Verdict(fits=True, why=f'objects of Telethon, the first "_": "{first["_"]}"')
    inner = [mapping(each) for name in _LISTS for each in items(first.get(name))[:1]]
    if inner and all(_is_known(each) for each in inner):
        return Verdict(fits=True, why="lists of Telethon's objects under messages, chats, users")
    return Verdict(fits=False, why='no "_": "Message" with peer_id')


def _is_known(value: _Object) -> bool:
    """Whether this is an object of Telethon's; other libraries mark theirs with "_", too."""
    kind = text(value.get("_"))
    if kind in _MESSAGES:
        return "peer_id" in value or "to_id" in value
    return kind in _CHATS and "id" in value and "type" not in value


@loader(recognises=_recognises)
def telethon(source: Source, options: Options) -> Part:
    """Messages collected with Telethon (JSON Lines or a list): forwards, replies and mentions.

    How to get it
    -------------
    Any program on the Telethon library that writes ``message.to_dict()`` or ``to_json()``, one a
    line or all in a list; also whole answers of Telegram with ``messages``, ``chats``, ``users``.

    What is read
    ------------
    Forwards with the id of their origin and of the original post, replies, @mentions and links to
    t.me; titles, handles and followers from Channel, Chat and User objects where the file has
    some. Ids are Telegram's own: ``telegram:channel1500000001``.

    What is missing
    ---------------
    Users who hide their account are known by display name alone (``telegram:user:name``) and never
    matched to a channel. Whom a reply in a group answers is known where that message is in the
    data as well. Times without a zone are in UTC. @names and links in texts without entities are
    taken as mentions. Private chats are not read, on purpose; service messages are set aside.
    """
    by_line = not isinstance(source.record, list) and not _is_container(source.record)
    numbered = enumerate(_values(source), start=1)
    records = ((line if by_line else count, _rows(value)) for count, (line, value) in numbered)
    return gather(records, options, place="" if by_line else "object")


def _is_container(value: object) -> bool:
    return isinstance(mapping(value).get("messages"), list)


def _values(source: Source) -> Iterator[tuple[int, object]]:
    """Objects of the file with their lines, whatever lists they lie in."""
    if _is_container(source.record):
        yield from ((element.line, element.value) for element in source.elements(*_LISTS))
        return
    for line, value in source.documents():
        for each in value if isinstance(value, list) else [value]:
            inner = [one for name in _LISTS for one in items(mapping(each).get(name))]
            full = mapping(each).get("full_chat")
            yield from ((line, one) for one in ([full, *inner] if full else inner or [each]))


def _rows(value: object) -> Iterator[Row]:
    if isinstance(value, Broken):
        yield Aside(value.reason, value.value)
        return
    found = mapping(value)
    kind, number = text(found.get("_")) or "", text(found.get("id")) or ""
    if kind in _CHATS:
        yield _account(found, kind)
    elif kind == "Message":
        yield from _message(found)
    else:
        yield Aside("service message" if kind == "MessageService" else "not a message", number)


def _account(found: _Object, kind: str) -> Row:
    account = typed_id(_CHATS[kind], found.get("id"))
    if account is None:
        return Aside("an account without an id", text(found.get("title")) or "")
    names = [text(found.get("first_name")), text(found.get("last_name"))]
    handles = [mapping(each).get("username") for each in items(found.get("usernames"))]
    verified = found.get("verified")
    return Account(
        account,
        handle=next(filter(None, map(text, [found.get("username"), *handles])), None),
        name=text(found.get("title")) or " ".join(filter(None, names)) or None,
        followers=text(found.get("participants_count")),
        bio=text(found.get("about")),
        verified=str(verified) if isinstance(verified, bool) else None,
    )


def _message(found: _Object) -> Iterator[Row]:
    chat = _peer(found.get("peer_id")) or _peer(found.get("to_id"))
    forward = mapping(found.get("fwd_from"))
    number = text(found.get("id"))
    if chat is not None and chat.startswith("telegram:user"):
        yield Note("messages of private chats are not read")
    elif forward.get("imported") is True:
        yield Aside("imported from another messenger", number or "")
    else:
        yield from _besides(found, forward)
        mentions, links = _named(found)
        yield Message(
            content=f"{chat}/{number}" if chat and number else None,
            author=chat if found.get("post") is True else _peer(found.get("from_id")) or chat,
            time=in_utc(found.get("date")),
            repost=_origin(forward) if forward else None,
            reply=None if _is_topic(found) else _reply(found, chat),
            mentions=mentions,
            text=verbatim(found.get("message")) or None,
            links=links,
        )


def _besides(found: _Object, forward: _Object) -> Iterator[Row]:
    name = text(forward.get("from_name"))
    origin = _origin(forward).account if name else None
    if origin is not None:
        yield Account(origin, name=name)
    if _is_topic(found):
        yield Note("messages in topics of a forum are no replies to the topic")


def _peer(value: object) -> str | None:
    """Id of a user, chat or channel; old versions write the number of a user alone."""
    if isinstance(value, dict):
        found = (typed_id(kind, value.get(f"{kind}_id")) for kind in _PEERS)
        return next(filter(None, found), None)
    written = text(value) or ""
    return typed_id("user", written) if written.isdecimal() else peer_id(written)


def _origin(forward: _Object) -> Of:
    """Author and post that a message forwards; of users who hide their account, the name."""
    account = typed_id("channel", forward.get("channel_id")) or _peer(forward.get("from_id"))
    if account is None:
        hidden = plain_name(text(forward.get("from_name")) or "")
        return Of(f"telegram:user:{hidden}" if hidden else None)
    post = text(forward.get("channel_post"))
    return Of(account, f"{account}/{post}" if post else None)


def _is_topic(found: _Object) -> bool:
    """Whether a message merely stands in a topic: its header looks like that of a reply."""
    header = mapping(found.get("reply_to"))
    return header.get("forum_topic") is True and header.get("reply_to_top_id") is None


def _reply(found: _Object, chat: str | None) -> Of | None:
    """Whom a message answers; a message of another chat, or a story, is that chat's own."""
    header = mapping(found.get("reply_to"))
    number = text(header.get("reply_to_msg_id")) or text(found.get("reply_to_msg_id"))
    peer = _peer(header.get("reply_to_peer_id")) or _peer(header.get("peer")) or chat
    own = peer != chat or found.get("post") is True
    if number is None or peer is None:
        return Of(peer) if own and peer != chat else None
    return Of(peer if own else None, f"{peer}/{number}")


def _named(found: _Object) -> tuple[list[str], str | None]:
    """Whom a message mentions, and the web addresses in it."""
    words = verbatim(found.get("message"))
    entities = [mapping(each) for each in items(found.get("entities"))]
    if not entities:
        return named_in(words), links_in(words)
    said = [(each, _piece(words, each)) for each in entities]
    links = filter(None, (_link(entity, piece) for entity, piece in said))
    mentions = filter(None, (_mentioned(entity, piece) for entity, piece in said))
    return list(mentions), " ".join(dict.fromkeys(links)) or None


def _piece(words: str, entity: _Object) -> str:
    """Part of a text that an entity is about; Telegram counts in UTF-16, two bytes a unit."""
    begin, length = entity.get("offset"), entity.get("length")
    if not (isinstance(begin, int) and isinstance(length, int)) or min(begin, length) < 0:
        return ""
    return words.encode("utf-16-le")[2 * begin : 2 * (begin + length)].decode("utf-16-le", "ignore")


def _link(entity: _Object, piece: str) -> str | None:
    kind = entity.get("_")
    if kind == "MessageEntityUrl":
        return piece
    return text(entity.get("url")) if kind == "MessageEntityTextUrl" else None


def _mentioned(entity: _Object, piece: str) -> str | None:
    kind = text(entity.get("_")) or ""
    if kind == "MessageEntityMention":
        return handle_id(piece)
    if kind.endswith("MentionName"):
        user = entity.get("user_id")
        return _peer(user) if isinstance(user, dict) else typed_id("user", user)
    return linked_account(_link(entity, piece))
