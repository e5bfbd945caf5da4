"""Answers of TGStat's API about channels: their posts, and who forwards and mentions them."""

import html
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from kznet.loaders._formats import Verdict, loader
from kznet.loaders._json import Broken, items, mapping, text, verbatim
from kznet.loaders._options import Options
from kznet.loaders._part import Part
from kznet.loaders._records import gather
from kznet.loaders._rows import Account, Aside, Message, Note, Of, Record, Row
from kznet.loaders._source import Source
from kznet.loaders._telegram import (
    handle_id,
    linked_account,
    links_in,
    named_in,
    peer_id,
    typed_id,
)

_Object = Mapping[str, Any]
_POST: Final = frozenset(["channel_id", "link"])
_SHARE: Final = frozenset(["channelId", "postLink"])
_CHANNEL: Final = frozenset(["username", "participants_count"])
_TAG: Final = re.compile(r"</?[a-zA-Z][^<>]*>")
_NUMBER: Final = re.compile(r"/([0-9]+)/?(?:[?#].*)?$")


def _recognises(source: Source) -> Verdict:
    record = source.record
    if record is None:
        return Verdict(fits=False, why="not JSON")
    first = mapping(items(record)[0] if items(record) else record)
    listed = mapping(first.get("response")).get("items")
    if "status" not in first or not isinstance(listed, list):
        return Verdict(fits=False, why="no status, or no items in a response")
    found = set(mapping(listed[0])) if listed else _POST
    if any(keys <= found for keys in (_POST, _SHARE, _CHANNEL)):
        return Verdict(fits=True, why="posts, forwards, mentions or channels in response.items")
    return Verdict(fits=False, why="items of the response are no posts, forwards or mentions")


@loader(recognises=_recognises)
def tgstat(source: Source, options: Options) -> Part:
    """TGStat API answers (posts, forwards, mentions): who forwards and mentions which channel.

    How to get it
    -------------
    Save the JSON that ``channels/posts``, ``channels/forwards``, ``channels/mentions`` or
    ``posts/search`` answers, one answer a file or a line; ``extended=1`` adds the channels.

    What is read
    ------------
    Forwards with the channel or the post they come from, mentions, posts with the @names and
    t.me links in them; titles, handles and subscribers of channels. Ids are Telegram's where the
    answer tells them, else handles, else TGStat's own: ``telegram:tgstat609916``.

    What is missing
    ---------------
    Forwards and mentions do not say whose they are: name the channel that was asked about with
    ``--source-account``. The post that a forward repeats is known by TGStat's number alone, in
    posts not even that. Written after TGStat's documentation, not checked against live answers.
    """
    return gather(_records(source, options), options, place="item")


def _records(source: Source, options: Options) -> Iterator[Record]:
    known = _known(source)
    subject = _subject(options.source_account, known)
    number = 0
    for page in _pages(source):
        content = mapping(mapping(page).get("response"))
        yield 0, [_account(each, known) for each in _channels(content)]
        found = content.get("items")
        rows = (_rows(mapping(item), known, subject) for item in items(found))
        for each in rows if isinstance(found, list) else [_no_items(page)]:
            number += 1
            yield number, each


def _no_items(page: object) -> Iterable[Row]:
    fault = page if isinstance(page, Broken) else Broken("no items in a response", "")
    return [Aside(fault.reason, fault.value)]


def _pages(source: Source) -> Iterator[object]:
    for _, document in source.documents():
        yield from document if isinstance(document, list) else [document]


def _channels(content: _Object) -> list[_Object]:
    """What an answer says of channels, besides its items."""
    listed = [content.get("channel"), *items(content.get("channels"))]
    return [mapping(each) for each in listed if text(mapping(each).get("id"))]


def _known(source: Source) -> dict[str, str]:
    """Number that TGStat gives a channel → its id or, where that is not told, its handle."""
    known: dict[str, str] = {}
    for page in _pages(source):
        content = mapping(mapping(page).get("response"))
        listed = [mapping(each) for each in items(content.get("items"))]
        for each in _channels(content) + [each for each in listed if set(each) >= _CHANNEL]:
            id_ = typed_id("channel", each.get("tg_id")) or handle_id(each.get("username"))
            _learn(known, each.get("id"), id_)
        for each in listed:
            link = linked_account(each.get("link", each.get("postLink")))
            _learn(known, each.get("channel_id", each.get("channelId")), link)
    return known


def _learn(known: dict[str, str], number: object, account: str | None) -> None:
    key = text(number)
    if key and account and known.get(key, "telegram:@").startswith("telegram:@"):
        known[key] = account


def _subject(given: str | None, known: Mapping[str, str]) -> str | None:
    """Channel that was asked about, as the user names it: id, handle, link or TGStat's number."""
    plain = (given or "").strip().removeprefix("telegram:")
    if plain.lstrip("-").isdecimal():
        return known.get(plain) or typed_id("channel", plain)
    return peer_id(plain) or linked_account(plain) or handle_id(plain)


def _account(channel: _Object, known: Mapping[str, str]) -> Account:
    return Account(
        _channel(channel.get("id"), known) or "",
        handle=(text(channel.get("username")) or "").removeprefix("@") or None,
        name=text(channel.get("title")),
        followers=text(channel.get("participants_count")),
        bio=text(channel.get("about")),
    )


def _channel(number: object, known: Mapping[str, str]) -> str | None:
    key = text(number)
    return None if key is None else known.get(key, f"telegram:tgstat{key}")


def _rows(item: _Object, known: Mapping[str, str], subject: str | None) -> Iterator[Row]:
    if "mentionType" in item or "mentionId" in item:
        yield from _mention(_share(item, known), subject)
    elif "channelId" in item:
        yield from _forward(_share(item, known), item, subject)
    elif "channel_id" in item:
        yield _post(item, known)
    elif text(item.get("id")) and set(item) >= _CHANNEL:
        yield _account(item, known)
    else:
        yield Aside("not a post, forward, mention or channel", text(item.get("id")) or "")


def _share(item: _Object, known: Mapping[str, str]) -> Message:
    author = _channel(item.get("channelId"), known)
    content = _content(author, item.get("postLink"), item.get("postId"))
    return Message(content, author, text(item.get("postDate")))


def _content(channel: str | None, link: object, number: object) -> str | None:
    """Id of a post: as Telegram counts it where there is a link, else as TGStat does."""
    linked = _NUMBER.search(text(link) or "")
    if channel and linked:
        return f"{channel}/{linked[1]}"
    return f"telegram:tgstat/{text(number)}" if text(number) else None


def _mention(share: Message, subject: str | None) -> Iterator[Row]:
    if subject is None:
        yield Aside("whom it mentions is not said: see --source-account", share.content or "")
    else:
        yield share._replace(mentions=[subject])


def _forward(share: Message, item: _Object, subject: str | None) -> Iterator[Row]:
    original = text(item.get("sourcePostId"))
    if subject is None:
        yield Note("forwards without the channel they come from: see --source-account")
    yield share._replace(repost=Of(subject, f"telegram:tgstat/{original}" if original else None))


def _post(item: _Object, known: Mapping[str, str]) -> Message:
    channel = _channel(item.get("channel_id"), known)
    user, origin = text(item.get("user_id")), _channel(item.get("forwarded_from"), known)
    marked = html.unescape(verbatim(item.get("text")))
    return Message(
        content=_content(channel, item.get("link"), item.get("id")),
        author=f"telegram:tgstatuser{user}" if user else channel,
        time=text(item.get("date")),
        repost=None if origin is None else Of(origin),
        mentions=named_in(marked),
        text=html.unescape(_TAG.sub("", verbatim(item.get("text")))) or None,
        links=links_in(marked),
    )
