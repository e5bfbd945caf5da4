"""X API v2: pages as the API and twarc2 write them, and twarc2's flattened tweets."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from kznet.loaders._formats import Verdict, loader
from kznet.loaders._json import Broken, items, mapping, text, verbatim
from kznet.loaders._options import Options
from kznet.loaders._part import Part
from kznet.loaders._records import gather
from kznet.loaders._rows import Account, Aside, Message, Note, Of, Post, Record, Row
from kznet.loaders._source import Source
from kznet.loaders._x import BY_TEXT, RETWEET, Object, account_id, post_id
from kznet.loaders._x_pages import Listed, listed, user_rows

_WITHHELD: Final = "not given by X (deleted, protected, suspended or withheld)"


@dataclass(frozen=True)
class _Known:
    """What a page says of the tweets and users that its own tweets refer to."""

    tweets: Mapping[str, Object] = field(default_factory=dict)
    ids: Mapping[str, str] = field(default_factory=dict)

    def account(self, number: object, handle: object = None) -> str | None:
        """Id of an account by its number, by its handle where that is known, or as a handle."""
        name = (text(handle) or "").lower()
        return account_id(text(number) or self.ids.get(name), name)

    def author(self, number: str | None) -> str | None:
        """Who wrote a tweet that is referred to."""
        return self.account(self.tweets.get(number or "", {}).get("author_id"))


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


def _is_tweet(entry: Object) -> bool:
    return {"id", "text"} <= set(entry) and (
        "author_id" in entry or "edit_history_tweet_ids" in entry
    )


def _is_user(entry: Object) -> bool:
    return {"id", "username", "name"} <= set(entry)


def _entries(page: Object) -> Sequence[Object]:
    data = page.get("data")
    return [mapping(entry) for entry in (data if isinstance(data, list) else [data]) if entry]


@loader(recognises=_recognises)
def x_v2(source: Source, options: Options) -> Part:
    """X API v2 pages and twarc2 JSONL: retweets, quotes, replies, mentions, following pages.

    How to get it
    -------------
    `twarc2 search`, `timeline`, `following`, `followers`, also after `twarc2 flatten`; or the
    answers of the API as they are.

    What is read
    ------------
    Retweets, quotes and replies from referenced_tweets, mentions from entities, users with
    followers and bio; follows from pages of users. Ids are X's numbers.

    What is missing
    ---------------
    A page of users says whose they are in __twarc.url alone. Without it --source-account names
    the account: its followers where the file's name says so ("followers"), else those whom it
    follows. Tweets and users that X held back are counted, not known.
    """
    return gather(_records(source, listed(source.name, options)), options)


def _records(source: Source, users: Listed) -> Iterator[Record]:
    for line, document in source.documents():
        if isinstance(document, Broken):
            yield line, [Aside(document.reason, document.value)]
            continue
        for entry in document if isinstance(document, list) else [document]:
            yield from _of_entry(line, mapping(entry), users)


def _of_entry(line: int, entry: Object, users: Listed) -> Iterator[Record]:
    """Records of one page, or of one flattened tweet."""
    if "data" not in entry and _is_tweet(entry):
        known, named = _embedded(entry)
        yield 0, _besides(known, named)
        yield line, _tweet(entry, known)
        return
    known, named = _included(mapping(entry.get("includes")))
    yield 0, [*_besides(known, named), *_held_back(entry)]
    url = text(mapping(entry.get("__twarc")).get("url")) or ""
    for each in _entries(entry):
        yield line, users.rows(each, url) if _is_user(each) else _tweet(each, known)
    if not _entries(entry):
        empty = {"data", "meta", "errors"} & set(entry)
        yield (
            line,
            [Note("pages without data") if empty else Aside("no tweet and no page of tweets")],
        )


def _held_back(page: Object) -> Iterator[Row]:
    """What X was asked for and did not give, which stands in `errors`."""
    for error in map(mapping, items(page.get("errors"))):
        kind = text(error.get("resource_type"))
        yield Note(f"{kind}s {_WITHHELD}" if kind in ("tweet", "user") else f"others {_WITHHELD}")


def _included(includes: Object) -> tuple[_Known, Sequence[Object]]:
    users = [mapping(user) for user in items(includes.get("users"))]
    tweets = [mapping(tweet) for tweet in items(includes.get("tweets"))]
    return _known(tweets, users), users


def _embedded(tweet: Object) -> tuple[_Known, Sequence[Object]]:
    """What twarc2 wrote into a tweet when it flattened the page."""
    referenced = [mapping(each) for each in items(tweet.get("referenced_tweets"))]
    mentions = [mapping(each) for each in items(mapping(tweet.get("entities")).get("mentions"))]
    authors = [mapping(each.get("author")) for each in (tweet, *referenced)]
    users = [*authors, *mentions, mapping(tweet.get("in_reply_to_user"))]
    return _known(referenced, users), users


def _known(tweets: Sequence[Object], users: Sequence[Object]) -> _Known:
    pairs = ((text(user.get("username")), text(user.get("id"))) for user in users)
    ids = {handle.lower(): number for handle, number in pairs if handle and number}
    return _Known({text(tweet.get("id")) or "": tweet for tweet in tweets}, ids)


def _besides(known: _Known, users: Iterable[Object]) -> Iterator[Row]:
    for user in users:
        yield from user_rows(user)
    for number, tweet in known.tweets.items():
        author = known.account(tweet.get("author_id"))
        if author is not None and "retweeted" not in _references(tweet):
            words, links, lang = _words(tweet)
            yield Post(f"x:{number}", author, text(tweet.get("created_at")), words, links, lang)


def _tweet(tweet: Object, known: _Known) -> Iterator[Row]:
    mentioned = _mentioned(tweet, known)
    for handle, account in mentioned.items():
        yield Account(account, handle=handle)
    references = _references(tweet)
    repost = _repost(tweet, references.get("retweeted"), mentioned, known)
    if repost is not None and repost.post is None:
        yield BY_TEXT
    quoted = references.get("quoted")
    words, links, lang = _words(tweet)
    yield Message(
        content=post_id(tweet.get("id")),
        author=known.account(tweet.get("author_id")),
        time=text(tweet.get("created_at")),
        repost=repost,
        reply=None if repost else _reply(tweet, references.get("replied_to"), known),
        quote=Of(known.author(quoted), f"x:{quoted}") if quoted else None,
        mentions=tuple(dict.fromkeys(mentioned.values())),
        text=words,
        links=links,
        lang=lang,
    )


def _references(tweet: Object) -> dict[str, str]:
    """Kind of reference → id of the tweet referred to."""
    found = [mapping(each) for each in items(tweet.get("referenced_tweets"))]
    pairs = ((text(each.get("type")), text(each.get("id"))) for each in found)
    return {kind: number for kind, number in pairs if kind and number}


def _repost(
    tweet: Object, original: str | None, mentioned: Mapping[str, str], known: _Known
) -> Of | None:
    """Whose tweet is repeated: as the page says, else as the text of a retweet begins."""
    begins = RETWEET.match(verbatim(tweet.get("text")))
    if not (original or begins):
        return None
    author = known.author(original)
    if author is None and begins:
        author = mentioned.get(begins[1].lower()) or known.account(None, begins[1])
    return Of(author, post_id(original))


def _reply(tweet: Object, number: str | None, known: _Known) -> Of | None:
    account = known.account(tweet.get("in_reply_to_user_id")) or known.author(number)
    return Of(account, post_id(number)) if account or number else None


def _mentioned(tweet: Object, known: _Known) -> dict[str, str]:
    """Handle → account of everybody whom the text names."""
    mentions = [mapping(each) for each in items(mapping(tweet.get("entities")).get("mentions"))]
    found: dict[str, str] = {}
    for each in mentions:
        handle = (text(each.get("username")) or "").lower()
        account = known.account(each.get("id"), handle)
        if handle and account:
            found[handle] = account
    return found


def _words(tweet: Object) -> tuple[str | None, str | None, str | None]:
    """Text, links and language."""
    urls = [mapping(each) for each in items(mapping(tweet.get("entities")).get("urls"))]
    links = dict.fromkeys(text(each.get("expanded_url") or each.get("url")) for each in urls)
    words = verbatim(tweet.get("text")) or None
    return words, " ".join(filter(None, links)) or None, text(tweet.get("lang"))
