"""Tweets and users in the words of X's first API, which its archive and its web pages still use.

A retweet carries the original, or at least begins with "RT @author:".
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from kznet.loaders._columns import words
from kznet.loaders._json import items, mapping, text, verbatim
from kznet.loaders._options import Options
from kznet.loaders._rows import Account, Message, Note, Of, Post, Row

Object = Mapping[str, Any]

RETWEET: Final = re.compile(r"RT @(\w{1,20}):")
BY_TEXT: Final = Note("retweets known by their text alone: which post was shared is not said")
_STAMP: Final = re.compile(
    r"[A-Z][a-z]{2} ([A-Z][a-z]{2}) (\d{1,2}) (\d\d:\d\d:\d\d) ([+-]\d{4}) (\d{4})"
)
_MONTHS: Final = words("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec")


def account_id(number: object, handle: object = None) -> str | None:
    """Id of an account by its number, or else by its handle.

    >>> account_id(70001, "Primer"), account_id(None, "@Primer")
    ('x:70001', 'x:@primer')
    """
    known, name = text(number), (text(handle) or "").lstrip("@").lower()
    if known is not None:
        return f"x:{known}"
    return f"x:@{name}" if name else None


def post_id(number: object) -> str | None:
    """Id of a post by its number."""
    known = text(number)
    return None if known is None else f"x:{known}"


def subject(options: Options) -> str | None:
    """Return the account that the user says a file is about."""
    return account_given(options.source_account or "")


def account_given(written: str) -> str | None:
    """Account that a person names: a number, a handle, or either with x: before it.

    >>> account_given("@Primer"), account_given("x:70001"), account_given("vk:1")
    ('x:@primer', 'x:70001', None)
    """
    given = written.strip().removeprefix("twitter:").removeprefix("x:")
    return None if ":" in given else account_id(given if given.isdecimal() else None, given)


def iso(stamp: object) -> str | None:
    """Stamp of the first API in the form that everything else has; any other as it is.

    >>> iso("Wed Jan 05 04:01:00 +0000 2022")
    '2022-01-05T04:01:00+0000'
    """
    written = text(stamp)
    found = _STAMP.fullmatch(written or "")
    if found is None or found[1] not in _MONTHS:
        return written
    month, day, clock, zone, year = found.groups()
    return f"{year}-{_MONTHS.index(month) + 1:02}-{int(day):02}T{clock}{zone}"


def user_rows(user: Object) -> Iterator[Row]:
    """Say who a user is."""
    account, verified = _user_id(user), user.get("verified")
    if account is not None:
        yield Account(
            account,
            handle=text(user.get("screen_name")),
            name=text(user.get("name")),
            followers=text(user.get("followers_count")),
            bio=text(user.get("description")),
            created=iso(user.get("created_at")),
            verified=str(verified) if isinstance(verified, bool) else None,
        )


def tweet_rows(tweet: Object, author: str | None = None) -> Iterator[Row]:
    """Rows of a tweet and of what it carries along; its `author` where it names none itself."""
    tweet = _in_full(tweet)
    original, quoted = _in_full(_inner(tweet, "retweeted")), _in_full(_inner(tweet, "quoted"))
    for each in (tweet, original, quoted):
        yield from user_rows(mapping(each.get("user")))
    yield from _post(original)
    yield from _post(quoted)
    mentioned = _mentioned(tweet)
    for handle, account in mentioned.items():
        yield Account(account, handle=handle)
    repost = _repost(tweet, original, mentioned)
    if repost is not None and repost.post is None:
        yield BY_TEXT
    yield Message(
        content=post_id(_number(tweet, "id")),
        author=author or _author(tweet),
        time=iso(tweet.get("created_at")),
        repost=repost,
        reply=None if repost else _reply(tweet),
        quote=_quote(tweet, quoted),
        mentions=tuple(mentioned.values()),
        text=_text(tweet),
        links=_links(tweet),
        lang=_lang(tweet),
    )


def _in_full(tweet: Object) -> Object:
    """Streams keep the whole text of a long tweet, and what is in it, apart."""
    return {**tweet, **mapping(tweet.get("extended_tweet"))}


def _inner(tweet: Object, act: str) -> Object:
    return mapping(tweet.get(f"{act}_status"))


def _number(tweet: Object, key: str) -> str | None:
    """Number under a key: as text where there is one, since some programs round the other."""
    return text(tweet.get(f"{key}_str")) or text(tweet.get(key))


def _user_id(user: Object) -> str | None:
    return account_id(_number(user, "id"), user.get("screen_name"))


def _author(tweet: Object) -> str | None:
    return _user_id(mapping(tweet.get("user"))) or account_id(tweet.get("user_id_str"))


def _text(tweet: Object) -> str | None:
    return verbatim(tweet.get("full_text")) or verbatim(tweet.get("text")) or None


def _lang(tweet: Object) -> str | None:
    """Language that X has found; "und" stands for none."""
    found = text(tweet.get("lang"))
    return None if found == "und" else found


def _entities(tweet: Object, kind: str) -> Iterator[Object]:
    return map(mapping, items(mapping(tweet.get("entities")).get(kind)))


def _links(tweet: Object) -> str | None:
    urls = [text(each.get("expanded_url") or each.get("url")) for each in _entities(tweet, "urls")]
    return " ".join(filter(None, dict.fromkeys(urls))) or None


def _mentioned(tweet: Object) -> dict[str, str]:
    """Handle → account of everybody whom the text names."""
    found: dict[str, str] = {}
    for each in _entities(tweet, "user_mentions"):
        handle, account = (text(each.get("screen_name")) or "").lower(), _user_id(each)
        if account is not None:
            found[handle or account] = account
    return found


def _repost(tweet: Object, original: Object, mentioned: Mapping[str, str]) -> Of | None:
    begins = RETWEET.match(_text(tweet) or "")
    number = _number(original, "id") or _number(tweet, "retweeted_status_id")
    if not (original or number or begins):
        return None
    author = _author(original)
    if author is None and begins:
        author = mentioned.get(begins[1].lower()) or account_id(None, begins[1])
    return Of(author, post_id(number))


def _reply(tweet: Object) -> Of | None:
    account = account_id(
        _number(tweet, "in_reply_to_user_id"), tweet.get("in_reply_to_screen_name")
    )
    post = post_id(_number(tweet, "in_reply_to_status_id"))
    return Of(account, post) if account or post else None


def _quote(tweet: Object, quoted: Object) -> Of | None:
    number = _number(quoted, "id") or _number(tweet, "quoted_status_id")
    return Of(_author(quoted), post_id(number)) if number else None


def _post(tweet: Object) -> Iterator[Row]:
    """Say what an original is, which a share brings along."""
    post = post_id(_number(tweet, "id"))
    if post is not None:
        yield Post(
            post,
            _author(tweet),
            iso(tweet.get("created_at")),
            _text(tweet),
            _links(tweet),
            _lang(tweet),
        )
