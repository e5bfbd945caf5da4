"""What an account of Mastodon said and boosted, from the archive that its owner can ask for."""

from collections.abc import Iterator
from typing import Final

from kznet.loaders._formats import Verdict, loader
from kznet.loaders._html import hrefs, plain
from kznet.loaders._json import items, mapping, text, verbatim
from kznet.loaders._mastodon import (
    Object,
    account_id,
    addressed,
    is_url,
    post_id,
)
from kznet.loaders._options import Options
from kznet.loaders._owner import owner_mark
from kznet.loaders._part import Part
from kznet.loaders._records import gather
from kznet.loaders._rows import Account, Aside, Message, Of, Record, Row, Tie
from kznet.loaders._source import Source

_LIST: Final = "orderedItems"
_COLLECTIONS: Final = frozenset(["OrderedCollection", "OrderedCollectionPage"])
_ACTOR: Final = frozenset(["preferredUsername", "type", "id"])
_POSTS: Final = frozenset(["Note", "Question", "Article", "Page", "Image", "Video", "Event"])
_QUOTES: Final = ("quote", "quoteUrl", "quoteUri", "_misskey_quote")
_EVERYBODY: Final = frozenset(["https://www.w3.org/ns/activitystreams#Public", "as:Public"])


def _recognises(source: Source) -> Verdict:
    record = source.record
    if record is None:
        return Verdict(fits=False, why="not JSON")
    content = mapping(record)
    if text(content.get("type")) in _COLLECTIONS and isinstance(content.get(_LIST), list):
        return Verdict(fits=True, why=f"an OrderedCollection with {_LIST}")
    if _is_actor(content):
        return Verdict(fits=True, why="an actor with preferredUsername")
    return Verdict(fits=False, why=f"no {_LIST} of ActivityPub, and no actor")


def _is_actor(content: Object) -> bool:
    return content.keys() >= _ACTOR and ("outbox" in content or "inbox" in content)


@loader(recognises=_recognises)
def mastodon_outbox(source: Source, options: Options) -> Part:
    """Mastodon archive (outbox.json, actor.json): the owner's boosts, replies and mentions.

    How to get it
    -------------
    Mastodon, Preferences, Import and export, Data export, "Request your archive". Give the whole
    archive: actor.json says whose it is. Pages of an ActivityPub outbox are read as well.

    What is read
    ------------
    boosts (Announce), posts with their replies, quotes, mentions and links. Accounts are read off
    addresses as ``mastodon:@user@host``, posts are addresses. A collection named followers or
    following gives follows.

    What is missing
    ---------------
    Of what was boosted there is the address only: no text, and where it is not built as Mastodon
    does, no author. Direct messages are left out; likes and bookmarks are no ties. The followings
    are in a CSV file beside it. Not checked against a live archive.
    """
    return gather(_records(source), options, place="item")


def _records(source: Source) -> Iterator[Record]:
    content = mapping(source.record)
    if _is_actor(content):
        yield 1, _actor(content)
    known: set[str] = set()
    for number, element in enumerate(source.elements(_LIST), start=1):
        activity = mapping(element.value)
        owner = _owner(_reference(activity.get("actor")))
        if owner is not None and owner not in known:
            known.add(owner)
            yield 0, _own(Account(owner, handle=owner.partition(":@")[2] or None))
        if isinstance(element.value, str):
            yield number, _member(element.value, element.around)
        else:
            yield number, _rows(activity, owner)


def _owner(address: str | None) -> str | None:
    """Account at an address; where that holds no name, the address itself."""
    return addressed(address) or (post_id(address) if is_url(address) else None)


def _own(account: Account) -> Iterator[Row]:
    """What is known of the owner, and the mark by which the lists of the same export find them."""
    yield account
    yield Account(owner_mark(account.account))


def _actor(actor: Object) -> Iterator[Row]:
    address, name = text(actor.get("id")), actor.get("preferredUsername")
    account, named = _owner(address), account_id(name, address)
    if account is None or named is None:
        yield Aside("an actor without an address or a name", address or "")
        return
    yield from _own(
        Account(
            account,
            handle=named.partition(":@")[2],
            name=text(actor.get("name")),
            bio=plain(verbatim(actor.get("summary"))),
            url=_reference(actor.get("url")),
            created=text(actor.get("published")),
        )
    )


def _reference(value: object) -> str | None:
    """Address of a thing that is given by it, whole, or in a list of such."""
    first = items(value)[0] if items(value) else value
    return text(mapping(first).get("id") or mapping(first).get("href") or first)


def _member(address: str, around: Object) -> Iterator[Row]:
    """An address in a list: who follows, where the list says that it is one of followers."""
    named = text(around.get("partOf")) or text(around.get("id")) or ""
    whose, _, listed = named.partition("?")[0].rpartition("/")
    owner, other = _owner(whose), _owner(address)
    if listed not in ("followers", "following"):
        yield Aside("a bare address: likes, bookmarks and pins are no ties", address)
    elif owner is None or other is None:
        yield Aside("no account at this address", address)
    else:
        ends = (other, owner) if listed == "followers" else (owner, other)
        yield Tie(*ends, "follow")


def _rows(activity: Object, owner: str | None) -> Iterator[Row]:
    kind, thing = text(activity.get("type")), mapping(activity.get("object"))
    if kind == "Announce":
        yield _boost(activity, owner)
    elif _is_direct(activity) or _is_direct(thing):
        yield Aside("direct messages are not read", text(activity.get("id")) or "")
    elif kind == "Create":
        yield _said(activity, thing, owner)
    elif kind in _POSTS:
        yield _said({}, activity, _owner(_reference(activity.get("attributedTo"))))
    else:
        yield Aside("neither a post nor a boost", kind or "")


def _is_direct(thing: Object) -> bool:
    """Whether it goes to nobody but the people it names."""
    listed = [thing.get(name) for name in ("to", "cc")]
    to = [text(each) or "" for one in listed for each in (items(one) or [one])]
    wide = [
        each in _EVERYBODY or each.endswith("/followers")
        for each in to
        if is_url(each) or each in _EVERYBODY
    ]
    return bool(wide) and not any(wide)


def _boost(activity: Object, owner: str | None) -> Message:
    thing = activity.get("object")
    original = _reference(thing)
    author = addressed(_reference(mapping(thing).get("attributedTo"))) or addressed(original)
    return Message(
        post_id(activity.get("id")),
        owner,
        text(activity.get("published")),
        repost=Of(author, post_id(original)),
    )


def _said(activity: Object, note: Object, owner: str | None) -> Message:
    """Read a post; one without an id of its own has that of the activity that made it."""
    made = (text(activity.get("id")) or "").removesuffix("/activity")
    marked = verbatim(note.get("content"))
    languages = list(mapping(note.get("contentMap")))
    return Message(
        post_id(_reference(note) or _reference(activity.get("object")), made),
        owner,
        text(note.get("published")) or text(activity.get("published")),
        reply=_at(_reference(note.get("inReplyTo"))),
        quote=_at(next(filter(None, (_reference(note.get(name)) for name in _QUOTES)), None)),
        mentions=_mentioned(note),
        text=plain(marked),
        links=" ".join(dict.fromkeys(hrefs(marked))) or None,
        lang=text(languages[0]) if len(languages) == 1 else None,
    )


def _at(address: str | None) -> Of | None:
    return Of(addressed(address), post_id(address)) if address else None


def _mentioned(note: Object) -> tuple[str, ...]:
    """Accounts in the tags of a post: by name where it has a host, else by address."""
    tags = [mapping(tag) for tag in items(note.get("tag"))]
    named = [tag for tag in tags if tag.get("type") == "Mention"]
    found = [
        account_id(tag.get("name"), tag.get("href")) or _owner(text(tag.get("href")))
        for tag in named
    ]
    return tuple(dict.fromkeys(filter(None, found)))
