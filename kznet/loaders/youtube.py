"""Answers of the YouTube Data API: channels, videos, subscriptions and comments."""

import html
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from kznet.loaders._formats import Verdict, loader
from kznet.loaders._html import plain, written_links
from kznet.loaders._json import Broken, items, mapping, text, verbatim
from kznet.loaders._options import Options
from kznet.loaders._part import Part
from kznet.loaders._records import gather
from kznet.loaders._rows import Account, Aside, Message, Note, Of, Post, Record, Row, Tie
from kznet.loaders._source import Source

_Object = Mapping[str, Any]
_KIND: Final = "youtube#"
_CHANNEL: Final = re.compile(r"/channel/(UC[\w-]{5,40})")


def _recognises(source: Source) -> Verdict:
    record = source.record
    if record is None:
        return Verdict(fits=False, why="not JSON")
    kind = text(mapping(items(record)[0] if items(record) else record).get("kind")) or ""
    if kind.startswith(_KIND):
        return Verdict(fits=True, why=f"kind {kind[:60]}")
    return Verdict(fits=False, why=f"no kind {_KIND}…")


@loader(recognises=_recognises)
def youtube(source: Source, options: Options) -> Part:
    """YouTube Data API answers: who subscribes to whom, and who comments on whose videos.

    How to get it
    -------------
    Save what ``subscriptions``, ``commentThreads``, ``comments``, ``videos``, ``search``,
    ``playlistItems`` and ``channels`` answer, one answer a file or a line; python-youtube and
    tuber can. Load the videos or channels with the comments, so that their owners are known.

    What is read
    ------------
    follows from subscriptions, with the time they began; replies from comments, to the video's
    channel or to the author of the comment above; handles, names and subscribers of channels.
    Ids are those of YouTube: ``youtube:UC…`` for channels, those of videos and comments for posts.

    What is missing
    ---------------
    Reposts: YouTube has none. Numbers of subscribers are rounded, hidden ones missing. A reply to
    a reply counts for the comment that the thread began with. Playlists, likes and activities are
    no ties. Channels, subscriptions and comment threads were checked on real answers, the rest
    follows the documentation.
    """
    return gather(_records(source), options)


def _records(source: Source) -> Iterator[Record]:
    for line, document in source.documents():
        if isinstance(document, Broken):
            yield line, [Aside(document.reason, document.value)]
            continue
        for entry in document if isinstance(document, list) else [document]:
            page = mapping(entry)
            yield from ((line, _rows(mapping(item))) for item in items(page.get("items")) or [page])


def _rows(item: _Object) -> Iterator[Row]:
    kind = text(item.get("kind")) or ""
    read = _READERS.get(kind.removeprefix(_KIND))
    if read is not None:
        yield from read(item, mapping(item.get("snippet")))
    elif kind.endswith("ListResponse"):
        yield Note("answers without items")
    else:
        yield Aside(f"{kind[:60]} is not read" if kind else "no kind", text(item.get("id")) or "")


def _id(value: object) -> str | None:
    name = text(value)
    return f"youtube:{name}" if name else None


def _named(account: str | None, name: object) -> Iterator[Account]:
    """An account by the name that stands beside its id; since 2023 that may be the handle."""
    if account is not None:
        written = text(name) or ""
        if written.startswith("@"):
            yield Account(account, handle=written.removeprefix("@"))
        else:
            yield Account(account, name=written or None)


def _channel(item: _Object, snippet: _Object) -> Iterator[Row]:
    account, counted = _id(item.get("id")), mapping(item.get("statistics"))
    if account is None:
        yield Aside("a channel without an id", text(snippet.get("title")) or "")
        return
    hidden = counted.get("hiddenSubscriberCount") is True
    yield Account(
        account,
        handle=(text(snippet.get("customUrl")) or "").removeprefix("@") or None,
        name=text(snippet.get("title")),
        followers=None if hidden else text(counted.get("subscriberCount")),
        bio=text(snippet.get("description")),
        created=text(snippet.get("publishedAt")),
    )


def _video(item: _Object, snippet: _Object) -> Iterator[Row]:
    author = _id(snippet.get("channelId"))
    spoken = snippet.get("defaultAudioLanguage") or snippet.get("defaultLanguage")
    yield from _named(author, snippet.get("channelTitle"))
    words = _words(snippet)
    yield Message(
        _id(item.get("id")),
        author,
        text(snippet.get("publishedAt")),
        text=words,
        links=written_links(words or ""),
        lang=text(spoken),
    )


def _words(snippet: _Object) -> str | None:
    said = (verbatim(snippet.get("title")), verbatim(snippet.get("description")))
    return "\n".join(filter(None, said)) or None


def _found(item: _Object, snippet: _Object) -> Iterator[Row]:
    """A search result: a video or a channel, with its title as HTML has it."""
    what = mapping(item.get("id"))
    told = {**snippet, "title": html.unescape(verbatim(snippet.get("title")))}
    if "videoId" in what:
        yield from _video({"id": what["videoId"]}, told)
    elif text(what.get("kind")) == "youtube#channel":
        yield from _channel({"id": what.get("channelId")}, told)
    else:
        yield Aside("a search result that is no video or channel", text(what.get("kind")) or "")


def _subscription(item: _Object, snippet: _Object) -> Iterator[Row]:
    resource, subscriber = (
        mapping(snippet.get("resourceId")),
        mapping(item.get("subscriberSnippet")),
    )
    source = _id(snippet.get("channelId")) or _id(subscriber.get("channelId"))
    target = _id(resource.get("channelId"))
    if source is None or target is None:
        missing = "who subscribes" if source is None else "to whom"
        yield Aside(f"a subscription that does not say {missing}", text(item.get("id")) or "")
        return
    yield from _named(source, subscriber.get("title"))
    yield from _named(target, snippet.get("title"))
    yield Tie(source, target, "follow", text(snippet.get("publishedAt")))


def _thread(item: _Object, snippet: _Object) -> Iterator[Row]:
    about = {name: snippet.get(name) for name in ("videoId", "channelId")}
    comments = [
        snippet.get("topLevelComment"),
        *items(mapping(item.get("replies")).get("comments")),
    ]
    for comment in filter(None, map(mapping, comments)):
        yield from _comment(comment, {**about, **mapping(comment.get("snippet"))})


def _comment(item: _Object, snippet: _Object) -> Iterator[Row]:
    author, name = _commenter(snippet), snippet.get("authorDisplayName")
    marked, written = verbatim(snippet.get("textDisplay")), verbatim(snippet.get("textOriginal"))
    words = written or plain(marked)
    yield from _named(author, name)
    yield Message(
        _id(item.get("id")),
        author,
        text(snippet.get("publishedAt")),
        reply=_answered(text(item.get("id")) or "", snippet),
        text=words,
        links=written_links(words or ""),
    )


def _commenter(snippet: _Object) -> str | None:
    number = mapping(snippet.get("authorChannelId")).get("value", snippet.get("authorChannelId"))
    link = _CHANNEL.search(text(snippet.get("authorChannelUrl")) or "")
    return _id(number) or (_id(link[1]) if link else None)


def _answered(number: str, snippet: _Object) -> Of | None:
    """What a comment is about: the comment above, whose id begins its own, else the video."""
    above, _, own = number.partition(".")
    parent = text(snippet.get("parentId")) or (above if own else None)
    if parent:
        return Of(None, _id(parent))
    about = Of(_id(snippet.get("channelId")), _id(snippet.get("videoId")))
    return about if any(about) else None


def _playlist_item(item: _Object, snippet: _Object) -> Iterator[Row]:
    details = mapping(item.get("contentDetails"))
    number = mapping(snippet.get("resourceId")).get("videoId", details.get("videoId"))
    owner, video = _id(snippet.get("videoOwnerChannelId")), _id(number)
    if video is None or owner is None:
        yield Aside("a video that is gone from the playlist", text(number) or "")
        return
    yield from _named(owner, snippet.get("videoOwnerChannelTitle"))
    yield Post(video, owner, text(details.get("videoPublishedAt")), _words(snippet))


_READERS: Final[dict[str, Callable[[_Object, _Object], Iterator[Row]]]] = {
    "channel": _channel,
    "video": _video,
    "searchResult": _found,
    "subscription": _subscription,
    "commentThread": _thread,
    "comment": _comment,
    "playlistItem": _playlist_item,
}
