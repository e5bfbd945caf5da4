"""Posts and comments of VK's walls as rows."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import repeat
from typing import Any, Final

from kznet.loaders._json import items, mapping, text, verbatim
from kznet.loaders._rows import Aside, Message, Note, Of, Post, Row
from kznet.loaders._vk import named_in, post_id, urls_in, vk_id

_Object = Mapping[str, Any]
_OWNERS: Final = ("owner_id", "to_id", "source_id")
_WHOSE: Final = ("from_id", "post_id", "copy_history")
_UNPUBLISHED: Final = ("suggest", "postpone")
_GUEST: Final = Note("posts on another's wall are their authors' own, no tie to the wall's owner")
_SIGNED: Final = Note("posts that a person signed are the community's")
_CHAIN: Final = Note("reposts of a repost count as reposts of that, not of the post before it")
_BESIDES: Final = Note("mentions in comments to reposts are not counted")


def is_post(entry: _Object) -> bool:
    """Whether an object is a post of a wall, in any version of the API."""
    numbered = "id" in entry or "post_id" in entry
    told = "is_deleted" in entry or ("date" in entry and not entry.keys().isdisjoint(_WHOSE))
    return numbered and told and _owner(entry) is not None


def is_comment(entry: _Object) -> bool:
    """Whether an object is a comment to a post."""
    below = "post_id" in entry and "source_id" not in entry
    threaded = "parents_stack" in entry or "reply_to_comment" in entry
    return {"id", "from_id", "date"} <= entry.keys() and (below or threaded)


def post_rows(post: _Object, known: Mapping[str, str]) -> Iterator[Row]:
    """Yield the message of a post, and the original that it reposts."""
    content, author = _place(post), vk_id(post.get("from_id")) or _owner(post)
    state = text(post.get("post_type"))
    if state in _UNPUBLISHED or post.get("is_deleted"):
        yield Aside("a deleted post" if post.get("is_deleted") else "not published", content or "")
        return
    if author != _owner(post):
        yield _GUEST
    if vk_id(post.get("signer_id")) not in (None, author):
        yield _SIGNED
    before = _history(post)
    mentions = list(named_in(_said(post), known))
    if before:
        yield from repeat(_BESIDES, len(mentions))
        yield from repeat(_CHAIN, len(before) > 1)
        yield from _original(before[-1])
    yield Message(
        content,
        author,
        text(post.get("date")),
        repost=Of(_author(before[0]), _place(before[0])) if before else None,
        reply=_answered(post),
        mentions=() if before else mentions,
        text=verbatim(post.get("text")) or None,
        links=_links(post),
    )


def comment_rows(comment: _Object, asked: _Object, known: Mapping[str, str]) -> Iterator[Row]:
    """Yield the message of a comment, an answer to a post or to another comment."""
    owner = _owner(comment) or vk_id(asked.get("owner_id"))
    number = comment.get("post_id") or asked.get("post_id")
    content = post_id(owner, comment.get("id"))
    if comment.get("deleted"):
        yield Aside("a deleted comment", content or "")
        return
    above = text(comment.get("reply_to_comment"))
    to = Of(vk_id(comment.get("reply_to_user")), post_id(owner, above))
    yield Message(
        content,
        vk_id(comment.get("from_id")),
        text(comment.get("date")),
        reply=to if to.post else Of(owner, post_id(owner, number)),
        mentions=list(named_in(_said(comment), known)),
        text=verbatim(comment.get("text")) or None,
        links=_links(comment),
    )


def _owner(post: _Object) -> str | None:
    return next(filter(None, (vk_id(post.get(key)) for key in _OWNERS)), None)


def _author(post: _Object) -> str | None:
    return vk_id(post.get("from_id")) or _owner(post)


def _place(post: _Object) -> str | None:
    """Id of a post; pictures and films that were reposted count their numbers apart."""
    number = post.get("post_id") if post.get("id") is None else post.get("id")
    place = post_id(_owner(post), number)
    kind = text(post.get("post_type"))
    apart = kind in ("photo", "video")
    return place.replace("vk:", f"vk:{kind}", 1) if place and apart else place


def _history(post: _Object) -> Sequence[_Object]:
    """What was reposted, the nearest first; old versions of the API name one post only."""
    before = [mapping(each) for each in items(post.get("copy_history")) if mapping(each)]
    if not before and post.get("copy_post_id"):
        owner, number = post.get("copy_owner_id"), post.get("copy_post_id")
        return [{"owner_id": owner, "id": number, "date": post.get("copy_post_date")}]
    return before


def _original(post: _Object) -> Iterator[Row]:
    place, author = _place(post), _author(post)
    if place and author:
        said = verbatim(post.get("text")) or None
        yield Post(place, author, text(post.get("date")), said, _links(post))


def _answered(post: _Object) -> Of | None:
    owner = vk_id(post.get("reply_owner_id"))
    return Of(owner, post_id(owner, post.get("reply_post_id"))) if owner else None


def _said(post: _Object) -> str:
    """Text of a post with the addresses that are attached to it."""
    return " ".join([verbatim(post.get("text")), *_attached(post)])


def _links(post: _Object) -> str | None:
    found = [*urls_in(verbatim(post.get("text"))), *_attached(post)]
    return " ".join(dict.fromkeys(found)) or None


def _attached(post: _Object) -> list[str]:
    attached = (mapping(each) for each in items(post.get("attachments")))
    urls = [text(mapping(each.get("link")).get("url")) for each in attached]
    credited = text(mapping(post.get("copyright")).get("link"))
    return [url for url in (*urls, credited) if url]
