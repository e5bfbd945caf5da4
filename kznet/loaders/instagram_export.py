"""Instagram's "download your information" in JSON: who follows whom, and whose export it is."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from kznet.loaders._formats import Verdict, loader
from kznet.loaders._instagram import account_given, handle_of, linked_handle
from kznet.loaders._json import Broken, items, mapping, text
from kznet.loaders._options import Options
from kznet.loaders._owner import owner_mark, stand_in
from kznet.loaders._part import Part
from kznet.loaders._records import gather
from kznet.loaders._rows import Account, Aside, Row, Tie
from kznet.loaders._source import Source

_OWNER: Final = stand_in("instagram", read=account_given)
_LIST: Final = "relationships_"
_FOLLOWERS: Final = ("", f"{_LIST}followers", "followers")
_FOLLOWING: Final = (f"{_LIST}following", "following")
_HANDLES: Final = ("username", "имя пользователя", "пайдаланушы аты")
_NAMES: Final = ("name", "имя", "аты")
_OLD_PROFILE: Final = {"username", "profile_pic_url", "date_joined"}
_NO_ZONE: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?")


def _recognises(source: Source) -> Verdict:
    record = source.record
    if record is None:
        return Verdict(fits=False, why="not JSON")
    if any(map(_is_entry, items(record)[:5])):
        return Verdict(fits=True, why="a list of accounts with string_list_data")
    content = mapping(record)
    if items(content.get("profile_user")):
        return Verdict(fits=True, why="profile_user")
    if _lists(content):
        return Verdict(fits=True, why=f"list {_lists(content)[0][:60]}")
    if content.keys() >= _OLD_PROFILE:
        return Verdict(fits=True, why="profile of an export before 2021")
    if _is_old(content):
        return Verdict(fits=True, why="connections of an export before 2021")
    return Verdict(fits=False, why="no list of accounts of an Instagram export")


def _is_entry(entry: object) -> bool:
    lists = mapping(entry).get("string_list_data")
    hrefs = [text(mapping(each).get("href")) for each in items(lists)]
    return bool(hrefs) and all(linked_handle(href) for href in hrefs if href)


def _lists(content: Mapping[str, Any]) -> list[str]:
    lists = [key for key, value in content.items() if isinstance(value, list)]
    return [key for key in lists if key.startswith(_LIST) and "." not in key]


def _is_old(content: Mapping[str, Any]) -> bool:
    """Whether followings and followers are objects of names with times."""
    lists = [mapping(content[key]) for key in ("following", "followers") if key in content]
    stamps = [text(stamp) for each in lists for stamp in list(each.values())[:3]]
    return len(lists) == 2 and any(stamp and _stamped(stamp) for stamp in stamps)


@loader(recognises=_recognises)
def instagram_export(source: Source, options: Options) -> Part:
    """Instagram's "Download your information" in JSON: who follows the owner, whom they follow.

    How to get it
    -------------
    Instagram, Accounts Centre, "Your information and permissions", "Download your information":
    choose JSON, "Followers and following" and "Personal information". Give the whole folder.

    What is read
    ------------
    follows, with the time they began: followers_1.json and so on, following.json, and the
    connections.json of exports before 2021. Accounts are user names. Whose export it is comes
    from personal_information.json among the files, or from --source-account.

    What is missing
    ---------------
    Numbers of accounts. Lists of blocked, close or unfollowed accounts and of requests are set
    aside unread; e-mail, phone, messages, likes and Threads are not opened. The owner's name is
    found under English, Russian or Kazakh headings (the last two not checked against an export).
    Times without a zone in old exports are taken as UTC.
    """
    return gather(enumerate(_entries(source, options), start=1), options, place="entry")


def _entries(source: Source, options: Options) -> Iterator[list[Row]]:
    """Rows of each entry of each list in a file."""
    content = mapping(source.record)
    if "profile_user" in content or _is_old(content) or content.keys() >= _OLD_PROFILE:
        for _, document in source.documents():
            yield from _of_document(document)
        return
    for element in source.elements("", *_lists(content)):
        entry = mapping(element.value)
        said = mapping(next(iter(items(entry.get("string_list_data"))), None))
        names = (handle_of(said.get("value")), handle_of(entry.get("title")))
        handle = next(filter(None, (*names, linked_handle(said.get("href")))), None)
        yield [_follow(element.path, handle, text(said.get("timestamp")))]


def _of_document(document: object) -> Iterator[list[Row]]:
    if isinstance(document, Broken):
        yield [Aside(document.reason, document.value)]
        return
    content = mapping(document)
    if content.keys() >= _OLD_PROFILE:
        yield [_owner({"username": content["username"], "name": content.get("name")})]
    elif "profile_user" in content:
        for user in items(content["profile_user"]):
            said = mapping(mapping(user).get("string_map_data"))
            values = {mended(key): mapping(value).get("value") for key, value in said.items()}
            yield [_owner({key.casefold(): value for key, value in values.items()})]
    else:
        for path, listed in content.items():
            for name, stamp in mapping(listed).items():
                yield [_follow(path, handle_of(name), _utc(text(stamp)))]


def _owner(said: Mapping[str, object]) -> Row:
    handle = next(filter(None, (handle_of(said.get(word)) for word in _HANDLES)), None)
    name = next(filter(None, (text(said.get(word)) for word in _NAMES)), None)
    if handle is None:
        return Aside("no user name of the owner under a heading that is known")
    return Account(
        owner_mark(f"instagram:@{handle}"), handle=handle, name=mended(name) if name else None
    )


def _follow(path: str, handle: str | None, time: str | None) -> Row:
    """Yield the tie of one entry; accounts on lists that are not read are not even repeated."""
    if path not in _FOLLOWERS + _FOLLOWING:
        return Aside(f"neither followers nor followings: {path[:60]}")
    if handle is None or handle.startswith("__deleted__"):
        return Aside("no user name" if handle is None else "a deleted account")
    account = f"instagram:@{handle}"
    ends = (_OWNER, account) if path in _FOLLOWING else (account, _OWNER)
    known = time if time and time.strip("0") and not time.startswith("-") else None
    return Tie(*ends, "follow", known)


def mended(written: str) -> str:
    r"""Text whose UTF-8 bytes were written as so many letters, as Meta does it, in its letters.

    >>> mended("Ð°Ñ\x82Ñ\x8b"), mended("Аты"), mended("é")
    ('аты', 'Аты', 'é')
    """
    try:
        return written.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return written


def _stamped(stamp: str) -> bool:
    return bool(_NO_ZONE.match(stamp))


def _utc(stamp: str | None) -> str | None:
    return f"{stamp}Z" if stamp and _NO_ZONE.fullmatch(stamp) else stamp
