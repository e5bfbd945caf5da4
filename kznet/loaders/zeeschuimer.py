"""What the browser extension Zeeschuimer saw: items of X, Instagram and TikTok as they came."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

from kznet.loaders._formats import Verdict, loader
from kznet.loaders._instagram import api_item, rows_of
from kznet.loaders._json import Broken, items, mapping, text, verbatim
from kznet.loaders._options import Options
from kznet.loaders._part import Part
from kznet.loaders._records import gather
from kznet.loaders._rows import Account, Aside, Message, Record, Row, Tie
from kznet.loaders._source import Source
from kznet.loaders._x import Object, tweet_rows

_META: Final = "__import_meta"


def _recognises(source: Source) -> Verdict:
    record = source.record
    if record is None:
        return Verdict(fits=False, why="not JSON")
    platform, item = _item(mapping(items(record)[0] if items(record) else record))
    if platform and item:
        return Verdict(fits=True, why=f"source_platform {platform[:40]} with data")
    return Verdict(fits=False, why="no source_platform with data")


def _item(entry: Object) -> tuple[str, Object]:
    """Platform and item of a line; 4CAT hands the same on with the item outside."""
    if _META in entry:
        return text(mapping(entry[_META]).get("source_platform")) or "", entry
    return text(entry.get("source_platform")) or "", mapping(entry.get("data"))


@loader(recognises=_recognises)
def zeeschuimer(source: Source, options: Options) -> Part:
    """Zeeschuimer's .ndjson: posts of X, Instagram and TikTok as a browser was shown them.

    How to get it
    -------------
    The browser extension Zeeschuimer, button .ndjson; or a 4CAT dataset of it as NDJSON.

    What is read
    ------------
    X: retweets, quotes, replies, mentions. Instagram: mentions in the caption, tagged users and
    co-authors. TikTok: mentions; a duet is an own video that reposts the video beside it. X and
    Instagram ids are numbers, TikTok's are names.

    What is missing
    ---------------
    Followers and followings. Of a duet the other author is not said. Comments and platforms
    besides these three are set aside. The time of collection is never taken for that of a post.
    """
    return gather(_records(source), options)


def _records(source: Source) -> Iterator[Record]:
    for line, document in source.documents():
        if isinstance(document, Broken):
            yield line, [Aside(document.reason, document.value)]
            continue
        for entry in document if isinstance(document, list) else [document]:
            yield line, _rows(mapping(entry))


def _rows(entry: Object) -> Iterable[Row]:
    platform, item = _item(entry)
    if not platform or not item:
        return [Aside("no source_platform" if item else "no data", platform[:80])]
    read = _PLATFORMS.get(platform.removeprefix("www."))
    return read(item) if read else [Aside(f"platform {platform[:40]} is not read")]


def _of_x(item: Object) -> Iterator[Row]:
    return tweet_rows(_tweet(item))


def _of_instagram(item: Object) -> Iterator[Row]:
    return rows_of(api_item(item))


def _of_tiktok(item: Object) -> Iterator[Row]:
    author = mapping(item.get("author")) or {
        "uniqueId": item.get("author"),
        "nickname": item.get("nickname"),
    }
    account, time = _tiktok_account(author.get("uniqueId")), text(item.get("createTime"))
    number = text(item.get("id"))
    content = f"tiktok:{number}" if number else None
    if account is not None:
        yield Account(
            account,
            handle=text(author.get("uniqueId")),
            name=text(author.get("nickname")),
            followers=text(mapping(item.get("authorStats")).get("followerCount")),
            bio=text(author.get("signature")),
        )
    named = [mapping(each).get("userUniqueId") for each in items(item.get("textExtra"))]
    mentioned = [found for each in named if (found := _tiktok_account(each))]
    words = verbatim(item.get("desc")) or None
    yield Message(content, account, time, mentions=tuple(dict.fromkeys(mentioned)), text=words)
    beside = text(mapping(item.get("duetInfo")).get("duetFromId"))
    if account and content and beside and beside.strip("0"):
        yield Tie(account, None, "repost", time, f"tiktok:{beside}", content)


def _tiktok_account(name: object) -> str | None:
    handle = (text(name) or "").removeprefix("@").lower()
    return f"tiktok:@{handle}" if handle else None


def _tweet(item: Object) -> dict[str, Any]:
    """A tweet of X's own pages in the shape of its first API, which lies inside as `legacy`."""
    item = mapping(item.get("tweet")) or item
    retweeted = mapping(item.get("legacy")).get("retweeted_status_result")
    return {
        **_alone(item),
        "retweeted_status": _carried(retweeted),
        "quoted_status": _carried(item.get("quoted_status_result")),
    }


def _carried(value: object) -> dict[str, Any]:
    """Tweet that another one carries, if X shows it."""
    found = mapping(mapping(value).get("result"))
    found = mapping(found.get("tweet")) or found
    return _alone(found) if "legacy" in found else {}


def _alone(item: Object) -> dict[str, Any]:
    legacy = mapping(item.get("legacy"))
    note = _result(item.get("note_tweet"), "note_tweet_results")
    long = {"full_text": note.get("text"), "entities": note.get("entity_set")}
    number = item.get("rest_id") or legacy.get("id_str")
    extended = {"extended_tweet": long} if note else {}
    return {**legacy, **extended, "id_str": number, "user": _user(item)}


def _user(item: Object) -> dict[str, Any]:
    """User in the shape of the first API; in 2025 names moved out of its `legacy`."""
    found = _result(item.get("core"), "user_results")
    if not found:
        return mapping(item.get("user"))
    named = {**mapping(found.get("legacy")), **mapping(found.get("core"))}
    return {**named, "id_str": found.get("rest_id")}


def _result(value: object, key: str) -> dict[str, Any]:
    return mapping(mapping(mapping(value).get(key)).get("result"))


_PLATFORMS: Final[dict[str, Callable[[Object], Iterator[Row]]]] = {
    "twitter.com": _of_x,
    "x.com": _of_x,
    "twitter-comments": _of_x,
    "instagram.com": _of_instagram,
    "tiktok.com": _of_tiktok,
}
