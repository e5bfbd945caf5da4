"""Posts, accounts and threads as the pages of Bluesky's API show them."""

from collections.abc import Iterator

from kznet.loaders._bluesky import Object, message, place_of, profile, record_rows, when
from kznet.loaders._json import items, mapping, text
from kznet.loaders._rows import Aside, Message, Of, Post, Row, Tie


def named(entry: Object) -> str:
    """What a record that cannot be read calls itself."""
    return text(entry.get("uri")) or text(entry.get("$type")) or ""


def post_view(view: Object) -> Iterator[Row]:
    """A post as the API shows it, with its author and what it quotes."""
    place = place_of(view.get("uri"))
    if place is None:
        yield Aside("no at:// address", named(view))
        return
    yield from filter(None, [profile(mapping(view.get("author")))])
    yield from _brought(_quoted(view))
    yield from record_rows(place, mapping(view.get("record")), view.get("indexedAt"))


def feed_view(view: Object) -> Iterator[Row]:
    reply, reason = mapping(view.get("reply")), mapping(view.get("reason"))
    for shown in ("parent", "root"):
        yield from _brought(mapping(reply.get(shown)))
    if "by" in reason:
        yield from _reposted(mapping(view.get("post")), reason)
    else:
        yield from post_view(mapping(view.get("post")))


def _reposted(view: Object, reason: Object) -> Iterator[Row]:
    by, original = profile(mapping(reason.get("by"))), _shown(view)
    share, time = place_of(reason.get("uri")), text(reason.get("indexedAt"))
    if by is None or original is None:
        yield Aside("a repost that names neither its author nor the post", named(view))
        return
    yield by
    yield from _brought(view)
    of = Of(original.author, original.content)
    if share is None:
        yield Tie(by.account, of.account, "repost", time, of.post)
    else:
        yield Message(share.id, by.account, time, repost=of, mentions=original.mentions)


def _shown(view: Object) -> Message | None:
    """Post inside another view: there its record may be called a value."""
    place, record = place_of(view.get("uri")), mapping(view.get("record", view.get("value")))
    if place is None:
        return None
    return message(place, record, when(record.get("createdAt"), view.get("indexedAt"))[0])


def _brought(view: Object) -> Iterator[Row]:
    """A post that another one brings along: its ties are not taken from here."""
    shown = _shown(view)
    if shown is not None and "author" in view:
        yield from filter(None, [profile(mapping(view.get("author")))])
        said = (shown.time, shown.text, shown.links, shown.lang)
        yield Post(shown.content or "", shown.author, *said)


def _quoted(view: Object) -> Object:
    embed = mapping(mapping(view.get("embed")).get("record"))
    return mapping(embed.get("record")) or embed


def thread_posts(top: Object) -> Iterator[Object]:
    """Posts of a thread, however deep; those that are hidden come as their address alone."""
    waiting = [top]
    while waiting:
        node = waiting.pop()
        yield mapping(node.get("post")) or node
        around = [node.get("parent"), *items(node.get("replies"))]
        waiting += filter(None, map(mapping, around))


def person_rows(view: Object, listed: str, page: Object) -> Iterator[Row]:
    """An account in a list, which says what it did, or what was done to it."""
    account, subject = profile(view), profile(mapping(page.get("subject")))
    post = place_of(page.get("uri"))
    if account is None:
        yield Aside("an account without a DID or a handle", named(view))
        return
    match listed:
        case "follows" if subject:
            ties = [Tie(subject.account, account.account, "follow")]
        case "followers" if subject:
            ties = [Tie(account.account, subject.account, "follow")]
        case "repostedBy" if post:
            ties = [Tie(account.account, post.account, "repost", post=post.id)]
        case "follows" | "followers" | "repostedBy":
            yield Aside(f"{listed} of a page that does not say of whom", account.account)
            return
        case _:
            ties = []
    yield from filter(None, [account, subject])
    yield from ties
