"""Answers of TikTok's Research API: videos, reposts, followers and followings."""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import repeat
from typing import Any, Final

from kznet.loaders._formats import Verdict, loader
from kznet.loaders._json import Broken, items, mapping, text, verbatim
from kznet.loaders._messages import NOT_ITS_OWN
from kznet.loaders._options import Options
from kznet.loaders._part import Part
from kznet.loaders._records import gather
from kznet.loaders._rows import Account, Aside, Message, Note, Post, Record, Row, Tie
from kznet.loaders._source import Source

_Object = Mapping[str, Any]
_REPOSTS: Final = ("user_reposted_videos", "reposted_videos")
_PEOPLE: Final = ("user_following", "user_followers")
_PINNED: Final = ("pinned_videos_list", "user_pinned_videos")
_LISTS: Final = (*_REPOSTS, *_PEOPLE, *_PINNED, "user_liked_videos", "videos", "comments")
_PROFILE: Final = frozenset(["bio_description", "follower_count", "following_count", "is_verified"])
_VIDEO: Final = frozenset(["video_description", "region_code", "create_time", "hashtag_names"])
_ACCOUNT: Final = re.compile(r"[a-z0-9_.]{1,40}")
_LINK: Final = re.compile(r"tiktok\.com/@([A-Za-z0-9_.]+)")
_LIKED: Final = Note("likes are no ties")
_BY_NAME: Final = Note("mentions by display name alone are no ties")
_UNSAID: Final = "whose {} it is only the request says: name the account with --source-account"


def _recognises(source: Source) -> Verdict:
    record = source.record
    if record is None:
        return Verdict(fits=False, why="not JSON")
    first = mapping(items(record)[0] if items(record) else record)
    page = _answer(first)
    data = mapping(page.get("data"))
    found = [name for name in _LISTS if isinstance(data.get(name), list)]
    if found and (found[0] not in ("videos", "comments") or "error" in page or "has_more" in data):
        return Verdict(fits=True, why=f"answers with data.{found[0]}")
    if "log_id" in mapping(page.get("error")):
        return Verdict(fits=True, why="answers with error.log_id")
    if {"id", "username"} <= set(first) and len(_VIDEO & set(first)) > 1:
        return Verdict(fits=True, why="videos with username and video_description")
    return Verdict(fits=False, why="no answers or videos of the Research API")


@loader(recognises=_recognises)
def tiktok_research(source: Source, options: Options) -> Part:
    """TikTok Research API answers: reposts, followers, followings and mentions in videos.

    How to get it
    -------------
    The Research API for approved researchers: save what ``user/reposted_videos``,
    ``user/following``, ``user/followers`` and ``video/query`` answer, one answer a file or a line,
    or the videos themselves one a line.

    What is read
    ------------
    reposts, with the original's id and author; follows; mentions from ``video_mention_list``.
    Accounts are ``tiktok:@username``, posts ``tiktok:<id>``.

    What is missing
    ---------------
    Who reposted, follows or is followed is in the request only: load one account's answers with
    ``--source-account``, or wrap each as ``{"request": {"username": …}, "response": …}``. Reposts
    have no time and no id of their own, comments no author; duets name no original. Written after
    TikTok's documentation, not checked against live answers.
    """
    subject = account_id(options.source_account)
    return gather(_records(source, subject), options)


def _records(source: Source, given: str | None) -> Iterator[Record]:
    for line, document in source.documents():
        if isinstance(document, Broken):
            yield line, [Aside(document.reason, document.value)]
            continue
        for entry in document if isinstance(document, list) else [document]:
            yield from ((line, rows) for rows in _of_entry(mapping(entry), given))


def _answer(entry: _Object) -> _Object:
    """Answer of the API, which somebody may have put beside its request."""
    return mapping(entry.get("response")) or entry


def _asked(entry: _Object) -> str | None:
    """Account that was asked about, where that has been kept with the answer."""
    request = mapping(entry.get("request"))
    username = mapping(request.get("body")).get("username", request.get("username"))
    return account_id(username) or account_id(entry.get("username"))


def _of_entry(entry: _Object, given: str | None) -> Iterator[Iterable[Row]]:
    page = _answer(entry)
    data = mapping(page.get("data"))
    lists = [name for name in _LISTS if isinstance(data.get(name), list)]
    subject = _asked(entry) or given
    for name in lists:
        for each in map(mapping, data[name]):
            yield _rows(name, each, subject)
    if lists and not any(data[name] for name in lists):
        yield [Note("answers without entries")]
    elif _PROFILE & set(data):
        yield _profile(data, subject)
    elif not lists and "data" not in page and "error" not in page:
        yield _video(entry)
    elif not lists:
        code = text(mapping(page.get("error")).get("code")) or ""
        yield [Aside("an answer without data", code)]


def account_id(name: object) -> str | None:
    """Id of an account by its user name, as it is written or in a link.

    >>> account_id("@Primer_TT"), account_id("https://www.tiktok.com/@primer"), account_id("А Б")
    ('tiktok:@primer_tt', 'tiktok:@primer', None)
    """
    written = (text(name) or "").removeprefix("tiktok:")
    linked = _LINK.search(written)
    handle = (linked[1] if linked else written.removeprefix("@")).lower()
    return f"tiktok:@{handle}" if _ACCOUNT.fullmatch(handle) else None


def _rows(name: str, entry: _Object, subject: str | None) -> Iterator[Row]:
    if name in _PEOPLE:
        yield from _person(name, entry, subject)
    elif name in _REPOSTS:
        yield from _repost(entry, subject)
    else:
        if name == "user_liked_videos":
            yield _LIKED
        yield from _video({"username": subject, **entry} if name in _PINNED else entry)


def _known(account: str, name: object = None) -> Account:
    return Account(account, handle=account.partition("@")[2], name=text(name))


def _person(name: str, entry: _Object, subject: str | None) -> Iterator[Row]:
    account = account_id(entry.get("username"))
    if account is None:
        yield Aside("no username", text(entry.get("display_name")) or "")
        return
    if subject is None:
        yield Aside(_UNSAID.format("list"), account)
        return
    yield from (_known(subject), _known(account, entry.get("display_name")))
    ends = (subject, account) if name == "user_following" else (account, subject)
    yield Tie(*ends, "follow")


def _repost(video: _Object, subject: str | None) -> Iterator[Row]:
    original = _message(video)
    if subject is None or original.content is None:
        reason = "no post id" if subject else _UNSAID.format("repost")
        yield Aside(reason, original.content or "")
        return
    yield _known(subject)
    if original.author:
        yield _known(original.author)
    yield Post(original.content, original.author, original.time, original.text)
    yield Tie(subject, original.author, "repost", post=original.content)
    yield from repeat(Note(NOT_ITS_OWN), len(original.mentions))


def _video(video: _Object) -> Iterator[Row]:
    said = _message(video)
    if said.author:
        yield _known(said.author)
    named = items(video.get("video_mention_list"))
    yield from (_BY_NAME for each in named if text(each) and account_id(each) is None)
    yield said


def _message(video: _Object) -> Message:
    number = text(video.get("id"))
    named = map(account_id, items(video.get("video_mention_list")))
    return Message(
        f"tiktok:{number}" if number else None,
        account_id(video.get("username")),
        text(video.get("create_time")),
        mentions=tuple(dict.fromkeys(filter(None, named))),
        text=verbatim(video.get("video_description", video.get("text"))) or None,
    )


def _profile(data: _Object, subject: str | None) -> Iterator[Row]:
    account = account_id(data.get("username")) or subject
    verified = data.get("is_verified")
    if account is None:
        yield Aside(_UNSAID.format("profile"), text(data.get("display_name")) or "")
        return
    yield _known(account, data.get("display_name"))._replace(
        followers=text(data.get("follower_count")),
        bio=text(data.get("bio_description")),
        verified=str(verified) if isinstance(verified, bool) else None,
    )
