"""Statuses as the API of Mastodon, and of everything that speaks like it, hands them out."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from kznet.loaders._formats import Verdict, loader
from kznet.loaders._html import hrefs, plain
from kznet.loaders._json import Broken, items, mapping, text, verbatim
from kznet.loaders._mastodon import Object, account_id, is_url, post_id
from kznet.loaders._options import Options
from kznet.loaders._part import Part
from kznet.loaders._records import gather
from kznet.loaders._rows import Account, Aside, Message, Of, Post, Record, Row
from kznet.loaders._source import Source

_LISTS: Final = ("statuses", "ancestors", "descendants")


@dataclass(frozen=True)
class _Known:
    """What the numbers of one server stand for; None where two servers' numbers are mixed up."""

    accounts: dict[str, str | None] = field(default_factory=dict)
    posts: dict[str, str | None] = field(default_factory=dict)


def _recognises(source: Source) -> Verdict:
    record = source.record
    if record is None:
        return Verdict(fits=False, why="not JSON")
    first = items(record)[0] if items(record) else record
    found = [mapping(each) for each in _of_entry(first)]
    if found and "created_at" in found[0] and "acct" in mapping(found[0].get("account")):
        return Verdict(fits=True, why="statuses with account.acct")
    return Verdict(fits=False, why="no statuses with account.acct")


@loader(recognises=_recognises)
def mastodon(source: Source, options: Options) -> Part:
    """Mastodon statuses (timelines, searches): boosts, replies, quotes and mentions.

    How to get it
    -------------
    Any client of the API, Mastodon.py and toot among them: an account's statuses, a timeline, a
    search or a thread, saved as a list, as pages or one status a line.

    What is read
    ------------
    boosts from ``reblog``, replies, quotes, ``mentions``; text and links out of the HTML; names
    and followers. Accounts are ``mastodon:@user@host``, posts the address in ``uri``.

    What is missing
    ---------------
    Who follows whom; direct messages are left out. Whom a reply answers is a number of the
    server, looked up among the accounts of the file. Local accounts get the host of their
    address, which on a few servers is not the one they are called by. Not checked against a live
    server.
    """
    return gather(_records(source), options)


def _records(source: Source) -> Iterator[Record]:
    known = _Known()
    for _, value in _statuses(source):
        _learn(known, mapping(value))
    for line, value in _statuses(source):
        yield line, _rows(value, known)


def _statuses(source: Source) -> Iterator[tuple[int, object]]:
    for line, document in source.documents():
        for entry in document if isinstance(document, list) else [document]:
            yield from ((line, status) for status in _of_entry(entry))


def _of_entry(entry: object) -> Iterable[object]:
    """Statuses of a page; what is no page is taken for a status."""
    page = mapping(entry)
    found = [status for name in _LISTS for status in items(page.get(name))]
    return found or [entry]


def _carried(status: Object) -> list[Object]:
    """Statuses that one shows besides itself: what it boosts or quotes."""
    quote = mapping(status.get("quote"))
    shown = (status.get("reblog"), quote.get("quoted_status"), quote if "account" in quote else {})
    return [each for each in map(mapping, shown) if each]


def _learn(known: _Known, status: Object) -> None:
    for each in (status, *_carried(status)):
        _put(known.posts, each.get("id"), _post_id(each))
        _put(known.accounts, mapping(each.get("account")).get("id"), _author(each))
        for person in map(mapping, items(each.get("mentions"))):
            _put(known.accounts, person.get("id"), _person(person))


def _put(names: dict[str, str | None], number: object, name: str | None) -> None:
    key = text(number)
    if key is not None and name is not None and names.setdefault(key, name) != name:
        names[key] = None


def _post_id(status: Object) -> str | None:
    addresses = [each for each in (status.get("uri"), status.get("url")) if is_url(each)]
    return post_id(*addresses, status.get("id"))


def _author(status: Object) -> str | None:
    account = mapping(status.get("account"))
    return _person({"url": status.get("uri") or status.get("url"), **account})


def _person(person: Object) -> str | None:
    address = next(filter(is_url, (person.get("url"), person.get("uri"))), None)
    return account_id(person.get("acct"), address)


def _rows(value: object, known: _Known) -> Iterator[Row]:
    status = mapping(value)
    number = text(status.get("id")) or ""
    if isinstance(value, Broken):
        yield Aside(value.reason, value.value)
    elif not mapping(status.get("account")):
        yield Aside("not a status: no account", number)
    elif status.get("visibility") == "direct":
        yield Aside("direct messages are not read", number)
    else:
        for carried in _carried(status):
            yield from _brought(carried)
        yield from _account(status)
        yield _message(status, known)


def _message(status: Object, known: _Known) -> Message:
    content, author, time = _post_id(status), _author(status), text(status.get("created_at"))
    boosted = mapping(status.get("reblog"))
    if boosted:
        original = Of(_author(boosted), _post_id(boosted))
        return Message(content, author, time, repost=original, mentions=_mentioned(boosted))
    said = _post(status)
    return Message(
        content,
        author,
        time,
        reply=_answered(status, known),
        quote=_quoted(status, known),
        mentions=_mentioned(status),
        text=said.text,
        links=said.links,
        lang=said.lang,
    )


def _answered(status: Object, known: _Known) -> Of | None:
    number, person = text(status.get("in_reply_to_id")), text(status.get("in_reply_to_account_id"))
    if number is None and person is None:
        return None
    post = known.posts.get(number or "") or post_id(number)
    return Of(known.accounts.get(person or ""), post)


def _quoted(status: Object, known: _Known) -> Of | None:
    """What is quoted: the whole status, as Mastodon and its forks have it, or its number alone."""
    quote = mapping(status.get("quote"))
    whole = mapping(quote.get("quoted_status")) or (quote if "account" in quote else {})
    if whole:
        return Of(_author(whole), _post_id(whole))
    number = text(quote.get("quoted_status_id"))
    return Of(None, known.posts.get(number) or post_id(number)) if number else None


def _mentioned(status: Object) -> tuple[str, ...]:
    people = map(_person, map(mapping, items(status.get("mentions"))))
    return tuple(dict.fromkeys(filter(None, people)))


def _brought(status: Object) -> Iterator[Row]:
    yield from _account(status)
    if _post_id(status) is not None:
        yield _post(status)


def _post(status: Object) -> Post:
    content = verbatim(status.get("content"))
    card = text(mapping(status.get("card")).get("url"))
    return Post(
        post=_post_id(status) or "",
        account=_author(status),
        time=text(status.get("created_at")),
        text=plain(content),
        links=" ".join(dict.fromkeys(filter(None, (*hrefs(content), card)))) or None,
        lang=text(status.get("language")),
    )


def _account(status: Object) -> Iterator[Account]:
    account, known = _author(status), mapping(status.get("account"))
    if account is not None:
        yield Account(
            account,
            handle=account.partition(":@")[2],
            name=text(known.get("display_name")),
            followers=text(known.get("followers_count")),
            bio=plain(verbatim(known.get("note"))),
            url=text(known.get("url")),
            created=text(known.get("created_at")),
        )
