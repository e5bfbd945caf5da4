"""Bluesky's records, which say the same however they were got, and whose they are.

A record lies at ``at://did/collection/key``: that names its author, and is its id.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Final, NamedTuple

from kznet.loaders._json import items, mapping, text, verbatim
from kznet.loaders._rows import Account, Aside, Message, Note, Of, Row, Tie

Object = Mapping[str, Any]
_ADDRESS: Final = re.compile(r"at://([^/\s]+)/([A-Za-z0-9.-]+)/([^/\s?#]+)")
_DID: Final = re.compile(r"did:[a-z0-9]+:[A-Za-z0-9._:%-]+")
_HANDLE: Final = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+")
_NOBODY: Final = "handle.invalid"
_POST: Final = "app.bsky.feed.post"
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_LONG_BEFORE: Final = timedelta(days=1)
_CLOCKS_DIFFER: Final = timedelta(minutes=1)
_NOT_SO: Final = Note("createdAt over a day off or in the future: time of arrival taken")
_VIA: Final = Note("reposts of what somebody else's repost showed (via): no tie to that one")
_NO_QUOTE: Final = Note("embedded lists, feeds and the like are no quotes")
_LIKE: Final = Note("likes are no ties")
_OTHER: Final = Note("records that are no post, repost, follow or profile")


class Place(NamedTuple):
    """Where a record lies: of which account, among what, and the id that its address makes."""

    account: str
    collection: str
    id: str


def account_id(value: object) -> str | None:
    """Id of an account by its DID, or by its handle where that alone is known.

    >>> account_id("did:plc:aaaa"), account_id("@Primer.bsky.social"), account_id("handle.invalid")
    ('bluesky:did:plc:aaaa', 'bluesky:@primer.bsky.social', None)
    """
    written = text(value) or ""
    if _DID.fullmatch(written):
        return f"bluesky:{written}"
    handle = handle_of(written)
    return f"bluesky:@{handle}" if handle else None


def handle_of(value: object) -> str | None:
    """Handle in lower case; None for the one that stands for none."""
    written = (text(value) or "").removeprefix("@").lower()
    return written if _HANDLE.fullmatch(written) and written != _NOBODY else None


def place_of(uri: object) -> Place | None:
    """Place that an at:// address names.

    >>> place_of("at://did:plc:b/app.bsky.feed.post/3p1").id
    'bluesky:did:plc:b/app.bsky.feed.post/3p1'
    """
    found = _ADDRESS.fullmatch(text(uri) or "")
    account = account_id(found[1]) if found else None
    if found is None or account is None:
        return None
    return Place(account, found[2], f"{account}/{found[2]}/{found[3]}")


def profile(view: Object) -> Account | None:
    """What is said of an account where its posts or followers are listed."""
    account = account_id(view.get("did")) or account_id(view.get("handle"))
    if account is None:
        return None
    status = text(mapping(view.get("verification")).get("verifiedStatus"))
    return Account(
        account,
        handle=handle_of(view.get("handle")),
        name=text(view.get("displayName")),
        followers=text(view.get("followersCount")),
        bio=text(view.get("description")),
        created=text(view.get("createdAt")),
        verified={"valid": "true", "none": "false"}.get(status or ""),
    )


def record_rows(place: Place, record: Object, seen: object = None) -> Iterator[Row]:
    """What one record says; `seen` is when the network had it: microseconds, or a stamp."""
    read = _READERS.get(place.collection)
    if read is None:
        yield _LIKE if place.collection == "app.bsky.feed.like" else _OTHER
        return
    if not record:
        yield Aside("no record", place.id)
        return
    time, doubt = when(record.get("createdAt"), seen)
    if doubt:
        yield _NOT_SO
    yield from read(place, record, time)


def when(created: object, seen: object) -> tuple[str | None, bool]:
    """Time of a record, and whether its own was not believed.

    The author's program sets `createdAt` to whatever it likes; nothing that the network already
    has can be from the future, and little is over a day old.
    """
    said, arrived = _stamp(created), _stamp(seen) or _microseconds(seen)
    if arrived is None:
        return (said.isoformat() if said else text(created)), False
    if said is None:
        return arrived.isoformat(), text(created) is not None
    doubt = said > arrived + _CLOCKS_DIFFER or said < arrived - _LONG_BEFORE
    return (arrived if doubt else said).isoformat(), doubt


def _stamp(value: object) -> datetime | None:
    """Time as Bluesky writes it; one without a zone is in UTC."""
    written = text(value) or ""
    if written.isdecimal():
        return None
    try:
        found = datetime.fromisoformat(written)
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _microseconds(value: object) -> datetime | None:
    written = text(value) or ""
    try:
        return _EPOCH + timedelta(microseconds=int(written)) if written.isdecimal() else None
    except (ValueError, OverflowError):
        return None


def message(place: Place, record: Object, time: str | None) -> Message:
    """Read a post."""
    reply = mapping(record.get("reply"))
    parent = place_of(_uri(reply.get("parent"))) or place_of(_uri(reply.get("root")))
    quoted = place_of(_embedded(record))
    return Message(
        place.id,
        place.account,
        time,
        reply=Of(parent.account, parent.id) if parent else None,
        quote=Of(quoted.account, quoted.id) if quoted and quoted.collection == _POST else None,
        mentions=_mentioned(record),
        text=verbatim(record.get("text")) or None,
        links=_links(record),
        lang=next(filter(None, map(text, items(record.get("langs")))), None),
    )


def _post(place: Place, record: Object, time: str | None) -> Iterator[Row]:
    quoted = place_of(_embedded(record))
    if quoted and quoted.collection != _POST:
        yield _NO_QUOTE
    yield message(place, record, time)


def _repost(place: Place, record: Object, time: str | None) -> Iterator[Row]:
    original = place_of(_uri(record.get("subject")))
    if place_of(_uri(record.get("via"))):
        yield _VIA
    yield Message(
        place.id,
        place.account,
        time,
        repost=Of(original.account, original.id) if original else Of(),
    )


def _follow(place: Place, record: Object, time: str | None) -> Iterator[Row]:
    target = account_id(record.get("subject"))
    if target is None:
        yield Aside("a follow that does not say of whom", place.id)
    else:
        yield Tie(place.account, target, "follow", time, content=place.id)


def _profile(place: Place, record: Object, _time: str | None) -> Iterator[Row]:
    name, bio = text(record.get("displayName")), text(record.get("description"))
    yield Account(place.account, name=name, bio=bio)


_READERS: Final[dict[str, Callable[[Place, Object, str | None], Iterator[Row]]]] = {
    _POST: _post,
    "app.bsky.feed.repost": _repost,
    "app.bsky.graph.follow": _follow,
    "app.bsky.actor.profile": _profile,
}


def _uri(reference: object) -> object:
    return mapping(reference).get("uri", reference)


def _embedded(record: Object) -> object:
    """Address of the record that a post shows: beside pictures it lies one level deeper."""
    embed = mapping(mapping(record.get("embed")).get("record"))
    return _uri(mapping(embed.get("record")) or embed)


def _features(record: Object, kind: str) -> Iterator[Object]:
    for facet in map(mapping, items(record.get("facets"))):
        for feature in map(mapping, items(facet.get("features"))):
            if (text(feature.get("$type")) or "").endswith(kind):
                yield feature


def _mentioned(record: Object) -> tuple[str, ...]:
    found = (account_id(feature.get("did")) for feature in _features(record, "#mention"))
    return tuple(dict.fromkeys(filter(None, found)))


def _links(record: Object) -> str | None:
    """Links in the text, and that of the card below it, which may stand beside a quote."""
    embed = mapping(record.get("embed"))
    cards = (embed.get("external"), mapping(embed.get("media")).get("external"))
    written = [feature.get("uri") for feature in _features(record, "#link")]
    urls = map(text, (*written, *(mapping(card).get("uri") for card in cards)))
    return " ".join(dict.fromkeys(filter(None, urls))) or None
