"""Bluesky: the events of a Jetstream, lists of records, and pages of its API."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

from kznet.loaders._bluesky import (
    Object,
    Place,
    account_id,
    handle_of,
    place_of,
    record_rows,
)
from kznet.loaders._bluesky_views import feed_view, named, person_rows, post_view, thread_posts
from kznet.loaders._formats import Verdict, loader
from kznet.loaders._json import Broken, items, mapping, text
from kznet.loaders._options import Options
from kznet.loaders._part import Part
from kznet.loaders._records import gather
from kznet.loaders._rows import Account, Aside, Note, Record, Row
from kznet.loaders._source import Source

_EVENT: Final = frozenset(["kind", "time_us", "commit", "identity", "operation"])
_OPERATIONS: Final = {"c": "create", "u": "update", "d": "delete"}
_PEOPLE: Final = ("follows", "followers", "repostedBy", "profiles", "actors")
_BARE: Final = "a record alone, without its at:// address: whose it is is not said"


def _recognises(source: Source) -> Verdict:
    record = source.record
    if record is None:
        return Verdict(fits=False, why="not JSON")
    first = mapping(items(record)[0] if items(record) else record)
    event = _event_of(first)
    if (text(event.get("did")) or "").startswith("did:") and _EVENT & set(event):
        return Verdict(fits=True, why="events with did")
    for name in (*_LISTS, *_PEOPLE):
        listed = items(first.get(name))
        if listed and _is_bluesky(mapping(listed[0])):
            return Verdict(fits=True, why=f"pages with {name}")
    if _is_bluesky(first) or _is_bluesky(mapping(first.get("thread"))):
        return Verdict(fits=True, why="records with an at:// address, a DID or a $type")
    return Verdict(fits=False, why="no events, records or pages of Bluesky")


def _is_bluesky(entry: Object) -> bool:
    shown = (entry.get("uri"), mapping(entry.get("post")).get("uri"))
    marks = (text(entry.get("$type")) or "", text(entry.get("did")) or "", *map(text, shown))
    begins = ("app.bsky.", "did:", "at://")
    return any(mark.startswith(begins) for mark in marks if mark)


@loader(recognises=_recognises)
def bluesky(source: Source, options: Options) -> Part:
    """Bluesky events (Jetstream) and records: reposts, follows, replies, quotes and mentions.

    How to get it
    -------------
    Any reader of a Jetstream that writes its events, one a line; ``com.atproto.repo.listRecords``,
    ``getAuthorFeed``, ``getFollows``, ``getFollowers``, ``searchPosts`` and the like as pages; or
    the records of a repository (CAR) as JSON with their at:// addresses.

    What is read
    ------------
    reposts, follows, replies, quotes and mentions, by the DIDs in the addresses; handles and names
    from identity events, profiles and authors. Posts are ``bluesky:did:…/app.bsky.feed.post/key``.

    What is missing
    ---------------
    Likes are no ties. What a later event deletes is set aside. The author's program sets
    ``createdAt``: where the network had the record over a day later, or before it was made, the
    network's time is taken. Reposts in older pages have no id of their own. Written after the
    documentation and public code, not checked against live answers.
    """
    return gather(_records(source), options)


def _records(source: Source) -> Iterator[Record]:
    deleted = _deletes(source)
    for order, (line, entry) in enumerate(_entries(source)):
        if isinstance(entry, Broken):
            yield line, [Aside(entry.reason, entry.value)]
        elif _is_event(mapping(entry)):
            yield line, _event(_event_of(mapping(entry)), order, deleted)
        else:
            yield from ((line, rows) for rows in _of_page(mapping(entry)))


def _entries(source: Source) -> Iterator[tuple[int, object]]:
    for line, document in source.documents():
        for entry in document if isinstance(document, list) else [document]:
            yield line, entry


def _event_of(entry: Object) -> Object:
    """Event itself: the second version of Jetstream wraps it."""
    return mapping(entry.get("payload")) or entry


def _is_event(entry: Object) -> bool:
    event = _event_of(entry)
    return "did" in event and bool(_EVENT & set(event))


def _deletes(source: Source) -> dict[str, int]:
    """Records that are deleted, and by which entry at last."""
    record = source.record
    if not _is_event(mapping(items(record)[0] if items(record) else record)):
        return {}
    found: dict[str, int] = {}
    for order, (_, entry) in enumerate(_entries(source)):
        event = _event_of(mapping(entry))
        place = _place(event, _commit(event)) if _operation(event) == "delete" else None
        if place is not None:
            found[place.id] = order
    return found


def _commit(event: Object) -> Object:
    """Change that an event tells of; the second version has its fields beside the others."""
    return mapping(event.get("commit")) or (event if "operation" in event else {})


def _operation(event: Object) -> str:
    commit = _commit(event)
    said = text(commit.get("operation")) or text(commit.get("type")) or ""
    return _OPERATIONS.get(said, said)


def _place(whose: Object, record: Object) -> Place | None:
    """Place of a record that is told in pieces."""
    pieces = (whose.get("did", whose.get("repo")), record.get("collection"), record.get("rkey"))
    return place_of("at://" + "/".join(text(each) or "" for each in pieces))


def _event(event: Object, order: int, deleted: Mapping[str, int]) -> Iterator[Row]:
    commit, place = _commit(event), _place(event, _commit(event))
    if not commit:
        yield _identity(event)
    elif place is None:
        yield Aside("no did, collection or rkey", text(event.get("did")) or "")
    elif _operation(event) == "delete":
        yield Note("deletes of earlier records")
    elif deleted.get(place.id, order) > order:
        yield Aside("deleted later", place.id)
    else:
        seen = event.get("time_us", event.get("time"))
        yield from record_rows(place, mapping(commit.get("record")), seen)


def _identity(event: Object) -> Row:
    told = mapping(event.get("identity"))
    account, handle = account_id(event.get("did")), handle_of(told.get("handle"))
    if account is None or handle is None:
        return Note("events without a record or a handle")
    return Account(account, handle=handle)


def _of_page(entry: Object) -> Iterator[Iterable[Row]]:
    """Records of a page; what is none is a record itself."""
    lists = [name for name in (*_LISTS, *_PEOPLE) if isinstance(entry.get(name), list)]
    for name in lists:
        read = _LISTS.get(name)
        for each in map(mapping, entry[name]):
            yield read(each) if read else person_rows(each, name, entry)
    if lists and not any(entry[name] for name in lists):
        yield [Note("pages without entries")]
    elif "thread" in entry:
        yield from map(post_view, thread_posts(mapping(entry["thread"])))
    elif not lists:
        yield _alone(entry)


def _alone(entry: Object) -> Iterable[Row]:
    if "post" in entry:
        return feed_view(entry)
    if "author" in entry and "uri" in entry:
        return post_view(entry)
    if {"value", "record"} & set(entry):
        return _record(entry)
    if "handle" in entry:
        return person_rows(entry, "profiles", {})
    bare = (text(entry.get("$type")) or "").startswith("app.bsky.")
    return [Aside(_BARE if bare else "neither an event nor a record", named(entry))]


def _record(entry: Object) -> Iterator[Row]:
    place = place_of(entry.get("uri")) or _place(entry, entry)
    if place is None:
        yield Aside("no at:// address", named(entry))
    else:
        yield from record_rows(place, mapping(entry.get("value", entry.get("record"))))


_LISTS: Final[dict[str, Callable[[Object], Iterable[Row]]]] = {
    "records": _record,
    "feed": feed_view,
    "posts": post_view,
}
