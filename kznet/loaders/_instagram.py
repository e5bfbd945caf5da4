"""Instagram's accounts and posts in one spelling each, and what an item of its API says.

Two shapes go about: GraphQL nodes (``shortcode``, ``edge_media_to_…``) and items of the private
API (``code``, ``usertags``). No field has two meanings, so both are read by one function.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from kznet.loaders._json import items, mapping, text, verbatim
from kznet.loaders._rows import Account, Message, Row

_Object = Mapping[str, Any]
NAMED: Final = r"(?<![\w.@/])@([A-Za-z0-9_](?:\.?[A-Za-z0-9_])*)"
HANDLE: Final = r"[A-Za-z0-9_](?:\.?[A-Za-z0-9_]){0,29}"
_CODE: Final = r"[A-Za-z0-9_-]{1,60}"
_PROFILE: Final = re.compile(
    r"(?:https?://)?(?:www\.)?instagram\.com/(?:_u/)?([^/?#]+)/?(?:[?#].*)?"
)
_POST: Final = re.compile(rf"instagram\.com/(?:[^/?#]+/)?(?:p|reel|reels|tv)/({_CODE})")
_ALPHABET: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


class Item(NamedTuple):
    """One post or story: its shortcode, its author, and everybody it names as user objects.

    `caption` may name more; those are found in it.
    """

    code: str | None
    owner: _Object
    time: str | None
    caption: str
    users: Sequence[_Object] = ()


def handle_of(value: object) -> str | None:
    """User name in lower case, if it can be one.

    >>> handle_of("@Primer.News"), handle_of("two words")
    ('primer.news', None)
    """
    written = (text(value) or "").removeprefix("@")
    return written.lower() if re.fullmatch(HANDLE, written) else None


def linked_handle(url: object) -> str | None:
    """User name that a link to a profile leads to.

    >>> linked_handle("https://www.instagram.com/_u/primer_news")
    'primer_news'
    """
    found = _PROFILE.fullmatch(text(url) or "")
    return handle_of(found[1]) if found else None


def linked_code(url: object) -> str | None:
    """Shortcode of the post that a link leads to.

    >>> linked_code("https://www.instagram.com/p/CZ_primer1/")
    'CZ_primer1'
    """
    found = _POST.search(text(url) or "")
    return found[1] if found else None


def account_id(number: object, handle: object = None) -> str | None:
    """Id of an account by its number, or by its handle where that alone is known.

    >>> account_id("5550001", "primer"), account_id(None, "Primer")
    ('instagram:5550001', 'instagram:@primer')
    """
    digits = text(number) or ""
    if re.fullmatch(r"[0-9]{1,20}", digits) and digits.strip("0"):
        return f"instagram:{digits}"
    name = handle_of(handle)
    return f"instagram:@{name}" if name else None


def account_given(written: str | None) -> str | None:
    """Account that a person names: by number, name or link; None where it is no such name.

    >>> account_given("@Me.Primer"), account_given("instagram:5550001"), account_given("vk:-1")
    ('instagram:@me.primer', 'instagram:5550001', None)
    """
    plain = (written or "").strip().removeprefix("instagram:")
    return account_id(plain, linked_handle(plain) or plain)


def shortcode(number: object) -> str | None:
    """Shortcode of a post from its numeric id, which says the same with other digits.

    >>> shortcode("64_5550001")
    'BA'
    """
    digits = (text(number) or "").partition("_")[0]
    if not re.fullmatch(r"[0-9]{1,20}", digits):
        return None
    left, code = int(digits), ""
    while left:
        left, place = divmod(left, 64)
        code = _ALPHABET[place] + code
    return code or None


def account_of(user: _Object) -> Account | None:
    """What an object of a user says of the account; None where it names none."""
    number, handle = user.get("pk") or user.get("id"), handle_of(user.get("username"))
    account = account_id(number, handle)
    if account is None:
        return None
    followers = mapping(user.get("edge_followed_by")).get("count", user.get("follower_count"))
    verified = user.get("is_verified", user.get("verified"))
    return Account(
        account,
        handle=handle,
        name=text(user.get("full_name") or user.get("fullName")),
        followers=text(user.get("followersCount") if followers is None else followers),
        bio=text(user.get("biography")),
        url=text(user.get("external_url") or user.get("externalUrl")),
        verified=str(verified) if isinstance(verified, bool) else None,
    )


def named_in(caption: str) -> list[str]:
    """Handles that a caption names.

    >>> named_in("Рахмет @Primer_Akimat. mail@example.org")
    ['primer_akimat']
    """
    return [found for each in re.findall(NAMED, caption) if (found := handle_of(each))]


def rows_of(item: Item) -> Iterator[Row]:
    """Accounts that an item names, and its message, in which they are mentioned."""
    owner = account_of(item.owner)
    named = [found for user in item.users if (found := account_of(user))]
    by_number_last = sorted(filter(None, (owner, *named)), key=lambda each: "@" not in each.account)
    known = {each.handle: each.account for each in by_number_last if each.handle}
    called = [known.get(handle, f"instagram:@{handle}") for handle in named_in(item.caption)]
    yield from filter(None, (owner, *named))
    for account in called:
        yield Account(account, handle=account.partition("@")[2] or None)
    yield Message(
        f"instagram:{item.code}" if item.code else None,
        owner.account if owner else None,
        item.time,
        mentions=list(
            dict.fromkeys([*(known.get(a.handle or "", a.account) for a in named), *called])
        ),
        text=item.caption or None,
    )


def api_item(node: _Object) -> Item:
    """Read a post or story as Instagram's own answers have it, and what was added by its app."""
    struct = mapping(node.get("iphone_struct"))
    code = text(node.get("shortcode")) or text(node.get("code")) or text(struct.get("code"))
    times = (node.get("taken_at_timestamp"), node.get("taken_at"), node.get("date"))
    number = node.get("pk") or node.get("id") or struct.get("pk")
    return Item(
        code if code and re.fullmatch(_CODE, code) else shortcode(number),
        _said_together(struct.get("user"), node.get("user"), node.get("owner")),
        next(filter(None, map(text, (*times, struct.get("taken_at")))), None),
        _caption(node) or _caption(struct),
        [user for part in _with_children(node, struct) for user in _users(part)],
    )


def _said_together(*users: object) -> _Object:
    """One object of several of the same user; the later ones win where they say anything."""
    said = ((key, value) for user in users for key, value in mapping(user).items())
    return {key: value for key, value in said if value is not None}


def _caption(item: _Object) -> str:
    edges = _nodes(item, "edge_media_to_caption")
    caption = item.get("caption")
    return verbatim(edges[0].get("text") if edges else mapping(caption).get("text", caption))


def _nodes(item: _Object, key: str) -> list[dict[str, Any]]:
    edges = items(mapping(item.get(key)).get("edges"))
    return [mapping(mapping(edge).get("node")) for edge in edges]


def _with_children(*parts: _Object) -> Iterator[_Object]:
    """Items, and the pictures of those that have several."""
    for part in parts:
        yield part
        yield from _nodes(part, "edge_sidecar_to_children")
        yield from map(mapping, items(part.get("carousel_media")))


def _users(item: _Object) -> Iterator[_Object]:
    """Users tagged in a picture, mentioned in a story, or named as authors besides the owner.

    Those who were only invited to be authors have not agreed, and are left out.
    """
    tags = [*_nodes(item, "edge_media_to_tagged_user")]
    tags += map(mapping, items(mapping(item.get("usertags")).get("in")))
    tags += map(mapping, items(item.get("reel_mentions")))
    for tag in tags:
        yield mapping(tag.get("user"))
    for tapped in map(mapping, items(item.get("tappable_objects"))):
        yield {"username": tapped.get("username"), "full_name": tapped.get("full_name")}
    yield from map(mapping, items(item.get("coauthor_producers")))
