"""Answers of VK's API: posts of walls, comments, and lists of members, friends, subscriptions."""

from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any, Final

from kznet.loaders._formats import Verdict, loader
from kznet.loaders._json import Broken, items, mapping, text
from kznet.loaders._options import Options
from kznet.loaders._part import Part
from kznet.loaders._records import gather
from kznet.loaders._rows import Aside, Note, Record, Row
from kznet.loaders._source import Source
from kznet.loaders._vk import account_given, account_of, is_account
from kznet.loaders._vk_lists import Listing, listed, listing_of
from kznet.loaders._vk_posts import comment_rows, is_comment, is_post, post_rows

_Object = Mapping[str, Any]
_LOOKED_AT: Final = 5
_BESIDE: Final = frozenset(
    ["count", "items", "profiles", "groups", "next_from", "next_offset", "total_count"]
)


def _recognises(source: Source) -> Verdict:
    record = source.record
    if record is None:
        return Verdict(fits=False, why="not JSON")
    pages = (page for outer in _outers(record)[:_LOOKED_AT] for page in _pages(outer))
    whys = (_why(around, page) for around, page in pages)
    why = next(filter(None, whys), None)
    return Verdict(fits=why is not None, why=why or "no posts, comments or accounts of VK")


def _why(around: _Object, page: object) -> str | None:
    """By what a page is known as VK's; None where it is not."""
    content = mapping(page)
    entries = [content, *map(mapping, _items(content)[:_LOOKED_AT]), *_people(content)]
    if any(map(is_post, entries)):
        return "posts with owner_id and from_id"
    if any(map(is_comment, entries)):
        return "comments with from_id"
    if {"error_code", "error_msg"} <= mapping(around.get("error")).keys():
        return "an error of the API"
    answered = "response" in around and "status" not in around
    if _subscriptions(content):
        return "users and groups of a subscriber"
    if not (answered or {"count", "items"} <= content.keys()):
        return None
    if any(map(is_account, entries)):
        return "accounts of VK"
    first = _items(content)[:_LOOKED_AT]
    numbers = "items" in content and all(type(each) is int for each in first)
    if not numbers or not content.keys() <= _BESIDE or not (first or answered):
        return None
    return "a list of account numbers" if first else "an answer without items"


@loader(recognises=_recognises)
def vk(source: Source, options: Options) -> Part:
    """VK API answers: reposts, mentions and comments of walls; members, friends, subscriptions.

    How to get it
    -------------
    Answers of wall.get, wall.getById, wall.getComments, groups.getMembers, users.getSubscriptions
    and friends.get, kept as JSON: one page, a list of pages, a page a line, or posts alone. Ask
    for extended=1, so that names come along.

    What is read
    ------------
    reposts, of copy_history[0], by the one who wrote the repost; mentions: [id1|…], [club2|…],
    @name, links to accounts and walls, the credited source; replies: comments, to the wall's
    owner unless to another comment; follows: member → community, subscriber → followed, friends
    both ways. People are vk:1, communities vk:-2, posts vk:-2_140.

    What is missing
    ---------------
    Whose list it is: give --source-account (club2 or id1), unless group_id, user_id or owner_id
    stands beside the answer. Followers look like friends and are taken for them. Of a chain of
    reposts the first link counts, of a comment to a repost nothing. Guests on a wall have no tie
    to its owner. Whether an @name is VK's is not checked; unpublished posts are set aside.
    """
    given = account_given(options.source_account)
    certain = not (options.source_account or "").strip().isdigit()
    return gather(_records(source.documents(), given, certain), options, place="item")


def _records(
    documents: Iterator[tuple[int, object]], given: str | None, certain: bool
) -> Iterator[Record]:
    """Records of all pages; `certain` says whether `given` tells a person from a community."""
    number = 0
    for line, document in documents:
        if isinstance(document, Broken):
            number += 1
            yield number, [Aside(document.reason, f"line {line}: {document.value}")]
            continue
        for outer in _outers(document):
            for around, page in _pages(outer):
                yield 0, filter(None, map(account_of, _people(page)))
                for rows in _rows(around, page, listing_of(around, page, given, certain)):
                    number += 1
                    yield number, rows


def _outers(document: object) -> list[Any]:
    return document if isinstance(document, list) else [document]


def _pages(outer: object) -> Iterator[tuple[_Object, object]]:
    """Pages with what stands around them; an answer that runs several requests has several."""
    around = mapping(outer)
    answer = around.get("response", outer)
    if not isinstance(answer, list):
        yield around, answer
        return
    # Before version 5 of the API, the number of posts came first in the list of them.
    yield from ((around, page) for page in answer if type(page) is not int)


def _items(page: _Object) -> list[Any]:
    return items(page.get("items"))


def _subscriptions(page: _Object) -> bool:
    return all(isinstance(mapping(page.get(key)).get("items"), list) for key in ("users", "groups"))


def _people(page: object) -> Iterator[_Object]:
    """Objects of accounts that come along with a page."""
    content = mapping(page)
    for key in ("profiles", "groups"):
        yield from filter(is_account, map(mapping, items(content.get(key))))


def _rows(around: _Object, page: object, listing: Listing) -> Iterator[list[Row]]:
    """Rows of each item of a page; what holds nothing that is known is one item itself."""
    content = mapping(page)
    people = [found for each in _people(page) if (found := account_of(each))]
    known = {each.handle.lower(): each.account for each in people if each.handle}
    if _subscriptions(content):
        yield from _subscribed(content, listing)
    elif "items" in content:
        for item in chain.from_iterable(map(_with_thread, _items(content))):
            yield list(_item(item, listing, known))
        if not _items(content):
            yield [Note("pages without items")]
    elif people:
        for each in people:
            yield [each]
    elif "error" in around:
        yield [Aside(f"VK refused: {_first_words(mapping(around['error']).get('error_msg'))}")]
    elif is_account(content) and listing.owner is None:
        yield [account_of(content) or Aside("an account without a number")]
    else:
        yield list(_item(content, listing, known))


def _first_words(said: object) -> str:
    return (text(said) or "")[:80]


def _subscribed(content: _Object, listing: Listing) -> Iterator[list[Row]]:
    """Yield the ties to people, then those to communities, whose numbers have no sign here."""
    for user in _items(mapping(content["users"])):
        yield listed(user, listing)
    for group in _items(mapping(content["groups"])):
        yield listed(group, listing._replace(communities=True))


def _with_thread(item: object) -> Iterator[object]:
    """A comment and the answers below it."""
    yield item
    yield from items(mapping(mapping(item).get("thread")).get("items"))


def _item(item: object, listing: Listing, known: Mapping[str, str]) -> Iterator[Row]:
    entry = mapping(item)
    if is_comment(entry):
        yield from comment_rows(entry, listing.asked, known)
    elif is_post(entry):
        yield from post_rows(entry, known)
    elif is_account(entry) or type(item) is int:
        yield from listed(item, listing)
    else:
        yield Aside("neither a post nor a comment nor an account", (text(entry.get("id")) or ""))
