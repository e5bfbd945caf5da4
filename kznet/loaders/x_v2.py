"""X API v2: pages as the API and twarc2 write them, and twarc2's flattened tweets."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import repeat
from typing import Any, Final

from kznet.loaders._formats import Verdict, loader
from kznet.loaders._json import Broken, items, mapping, text, verbatim
from kznet.loaders._options import Options
from kznet.loaders._part import Part
from kznet.loaders._records import gather
from kznet.loaders._rows import Account, Aside, Note, Post, Record, Row, Tie
from kznet.loaders._source import Source

_Object = Mapping[str, Any]
_SUBJECT: Final = re.compile(r"/2/(users|tweets)/(\d+)/(following|followers|retweeted_by)\b")
_NOT_ITS_OWN: Final = Note("mentions inside retweets are their authors', not counted")
_RETWEET: Final = re.compile(r"RT @(\w{1,20}):")


@dataclass(frozen=True)
class _Known:
    """What a page says of the tweets and users that its own tweets refer to."""

    tweets: Mapping[str, _Object] = field(default_factory=dict)
    ids: Mapping[str, str] = field(default_factory=dict)

    def account(self, identifier: object, handle: object) -> str | None:
        """Id of an account by its number, by its handle where that is known, or as a handle."""
        number, name = text(identifier), (text(handle) or "").lower()
        number = number or self.ids.get(name)
        if number is not None:
            return f"x:{number}"
        return f"x:@{name}" if name else None


def _recognises(source: Source) -> Verdict:
    record = source.record
    if record is None:
        return Verdict(fits=False, why="not JSON")
    first = mapping(items(record)[0] if items(record) else record)
    if _is_tweet(first):
        return Verdict(fits=True, why="flattened tweets")
    entries = _entries(first)
    if entries and _is_tweet(entries[0]):
        return Verdict(fits=True, why="pages of tweets in data")
    if entries and _is_user(entries[0]):
        return Verdict(fits=True, why="pages of users in data")
    if "__twarc" in first or ("data" not in first and "result_count" in mapping(first.get("meta"))):
        return Verdict(fits=True, why="pages without data")
    return Verdict(fits=False, why="neither tweets with author_id nor pages of them in data")


def _is_tweet(entry: _Object) -> bool:
    return {"id", "text"} <= set(entry) and (
        "author_id" in entry or "edit_history_tweet_ids" in entry
    )


def _is_user(entry: _Object) -> bool:
    return {"id", "username", "name"} <= set(entry)


def _entries(page: _Object) -> Sequence[_Object]:
    data = page.get("data")
    return [mapping(entry) for entry in (data if isinstance(data, list) else [data]) if entry]


@loader(recognises=_recognises)
def x_v2(source: Source, options: Options) -> Part:
    """X API v2 pages and twarc2 JSONL: retweets, quotes, replies, mentions, following pages."""
    return gather(_records(source.documents()), options)


def _records(documents: Iterator[tuple[int, object]]) -> Iterator[Record]:
    for line, document in documents:
        if isinstance(document, Broken):
            yield line, [Aside(document.reason, document.value)]
            continue
        for entry in document if isinstance(document, list) else [document]:
            yield from _of_entry(line, mapping(entry))


def _of_entry(line: int, entry: _Object) -> Iterator[Record]:
    """Records of one page, or of one flattened tweet."""
    if "data" not in entry and _is_tweet(entry):
        known, users = _embedded(entry)
        yield 0, _besides(known, users)
        yield line, _tweet(entry, known)
        return
    known, users = _included(mapping(entry.get("includes")))
    yield 0, _besides(known, users)
    url = text(mapping(entry.get("__twarc")).get("url")) or ""
    for each in _entries(entry):
        yield line, _user(each, url) if _is_user(each) else _tweet(each, known)
    if not _entries(entry):
        empty = "data" in entry or "meta" in entry
        yield (
            line,
            [Note("pages without data") if empty else Aside("no tweet and no page of tweets")],
        )


def _included(includes: _Object) -> tuple[_Known, Sequence[_Object]]:
    users = [mapping(user) for user in items(includes.get("users"))]
    tweets = [mapping(tweet) for tweet in items(includes.get("tweets"))]
    return _known(tweets, users), users


def _embedded(tweet: _Object) -> tuple[_Known, Sequence[_Object]]:
    """What twarc2 wrote into a tweet when it flattened the page."""
    referenced = [mapping(each) for each in items(tweet.get("referenced_tweets"))]
    mentions = [mapping(each) for each in items(mapping(tweet.get("entities")).get("mentions"))]
    authors = [mapping(each.get("author")) for each in (tweet, *referenced)]
    users = [*authors, *mentions, mapping(tweet.get("in_reply_to_user"))]
    return _known(referenced, users), users


def _known(tweets: Sequence[_Object], users: Sequence[_Object]) -> _Known:
    pairs = ((text(user.get("username")), text(user.get("id"))) for user in users)
    ids = {handle.lower(): number for handle, number in pairs if handle and number}
    return _Known({text(tweet.get("id")) or "": tweet for tweet in tweets}, ids)


def _besides(known: _Known, users: Sequence[_Object]) -> Iterator[Row]:
    for user in users:
        yield from _account(user)
    for tweet in known.tweets.values():
        author = known.account(tweet.get("author_id"), None)
        if author is not None and "retweeted" not in _references(tweet):
            yield _post(tweet, author)


def _account(user: _Object) -> Iterator[Row]:
    number, verified = text(user.get("id")), user.get("verified")
    if number is not None:
        yield Account(
            f"x:{number}",
            handle=text(user.get("username")),
            name=text(user.get("name")),
            followers=text(mapping(user.get("public_metrics")).get("followers_count")),
            bio=text(user.get("description")),
            url=text(user.get("url")),
            created=text(user.get("created_at")),
            verified=str(verified) if isinstance(verified, bool) else None,
        )


def _user(user: _Object, url: str) -> Iterator[Row]:
    """A user on a page of users: what they did is in the address that the page came from."""
    asked = _SUBJECT.search(url)
    account = f"x:{text(user.get('id'))}"
    if not url:
        yield Aside("a page of users does not say whose they are (no __twarc.url)", account)
        return
    yield from _account(user)
    match asked.groups() if asked else None:
        case ("users", subject, "following"):
            yield Tie(f"x:{subject}", account, "follow")
        case ("users", subject, "followers"):
            yield Tie(account, f"x:{subject}", "follow")
        case ("tweets", subject, "retweeted_by"):
            yield Tie(account, None, "repost", post=f"x:{subject}")
        case _:
            yield Note("users listed without a tie")


def _tweet(tweet: _Object, known: _Known) -> Iterator[Row]:
    number = text(tweet.get("id"))
    author = known.account(tweet.get("author_id"), None)
    if number is None or author is None:
        yield Aside("no author_id" if author is None else "no tweet id", number or "")
        return
    base = Tie(author, None, "mention", text(tweet.get("created_at")), None, f"x:{number}")
    mentioned = _mentioned(tweet, known)
    for handle, account in mentioned.items():
        yield Account(account, handle=handle)
    original = _references(tweet).get("retweeted")
    if original is not None:
        target = _retweeted(tweet, original, known)
        yield base._replace(kind="repost", target=target, post=f"x:{original}")
        yield from repeat(_NOT_ITS_OWN, len(set(mentioned.values()) - {target}))
        return
    yield _post(tweet, author)
    yield from _own_ties(tweet, base, known)


def _references(tweet: _Object) -> dict[str, str]:
    """Kind of reference → id of the tweet referred to."""
    found = [mapping(each) for each in items(tweet.get("referenced_tweets"))]
    pairs = ((text(each.get("type")), text(each.get("id"))) for each in found)
    return {kind: number for kind, number in pairs if kind and number}


def _author_of(number: str | None, known: _Known) -> str | None:
    return known.account(known.tweets.get(number or "", {}).get("author_id"), None)


def _retweeted(tweet: _Object, number: str, known: _Known) -> str | None:
    """Author of the original: from the page, else from how the text of a retweet begins."""
    begins = _RETWEET.match(verbatim(tweet.get("text")))
    author = _author_of(number, known)
    if author is None and begins:
        author = _mentioned(tweet, known).get(begins[1].lower()) or known.account(None, begins[1])
    return author


def _mentioned(tweet: _Object, known: _Known) -> dict[str, str]:
    """Handle → account of everybody whom the text names."""
    mentions = [mapping(each) for each in items(mapping(tweet.get("entities")).get("mentions"))]
    found: dict[str, str] = {}
    for each in mentions:
        handle = (text(each.get("username")) or "").lower()
        account = known.account(each.get("id"), handle)
        if handle and account:
            found[handle] = account
    return found


def _own_ties(tweet: _Object, base: Tie, known: _Known) -> Iterator[Row]:
    """Quote, reply and mentions of an original tweet; whom it answers, it does not also mention."""
    references = _references(tweet)
    answered = known.account(tweet.get("in_reply_to_user_id"), None)
    if "quoted" in references:
        number = references["quoted"]
        yield base._replace(kind="quote", target=_author_of(number, known), post=f"x:{number}")
    if answered or "replied_to" in references:
        number = references.get("replied_to", "")
        answered = answered or _author_of(number, known)
        yield base._replace(kind="reply", target=answered, post=f"x:{number}" if number else None)
    for target in dict.fromkeys(_mentioned(tweet, known).values()):
        if target != answered:
            yield base._replace(target=target)


def _post(tweet: _Object, author: str) -> Post:
    urls = [mapping(each) for each in items(mapping(tweet.get("entities")).get("urls"))]
    links = dict.fromkeys(text(each.get("expanded_url") or each.get("url")) for each in urls)
    return Post(
        post=f"x:{text(tweet.get('id'))}",
        account=author,
        time=text(tweet.get("created_at")),
        text=verbatim(tweet.get("text")) or None,
        links=" ".join(filter(None, links)) or None,
        lang=text(tweet.get("lang")),
    )
