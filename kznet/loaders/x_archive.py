"""Files of the archive that X gives to an account's owner: JSON behind a piece of JavaScript."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, BinaryIO, Final

from kznet.loaders._documents import Documents
from kznet.loaders._formats import Verdict, loader
from kznet.loaders._json import mapping, text
from kznet.loaders._options import Options
from kznet.loaders._owner import owner_mark, stand_in
from kznet.loaders._part import Part
from kznet.loaders._records import gather
from kznet.loaders._rows import Account, Aside, Record, Row, Tie
from kznet.loaders._source import Source
from kznet.loaders._x import Object, account_given, account_id, iso, tweet_rows

_BEGINS: Final = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*window\.YTD\.(\w{1,40})\.part\d{1,4}\s*=\s*(?=[\[{])"
)
_READ: Final = {
    "account": "account",
    "following": "following",
    "follower": "follower",
    "tweets": "tweet",
    "tweet": "tweet",
}
_OWNER: Final = stand_in("x", read=account_given)
_IN_LINK: Final = re.compile(r"user_id=(\d{1,20})")


@dataclass(frozen=True)
class _Assigned:
    """The file without the words before its JSON."""

    source: Source
    skipped: int

    @property
    def head(self) -> bytes:
        return self.source.head[self.skipped :]

    @contextmanager
    def opened(self) -> Iterator[BinaryIO]:
        with self.source.opened() as file:
            file.read(self.skipped)
            yield file

    @contextmanager
    def followed(self) -> Iterator[BinaryIO]:
        with self.source.followed() as file:
            file.read(self.skipped)
            yield file


def _begins(source: Source) -> re.Match[bytes] | None:
    return _BEGINS.match(source.head)


def _recognises(source: Source) -> Verdict:
    begins = _begins(source)
    if begins is None:
        return Verdict(fits=False, why="does not begin with window.YTD")
    name = begins[1].decode()
    if name not in _READ:
        return Verdict(fits=False, why=f"{name} of an X archive is private or holds no ties")
    return Verdict(fits=True, why=f"window.YTD.{name} of an X archive")


@loader(recognises=_recognises)
def x_archive(source: Source, options: Options) -> Part:
    """X's archive of one's own account: account.js, following.js, follower.js, tweets.js.

    How to get it
    -------------
    X, Settings, Your account, Download an archive of your data; the folder data in it.

    What is read
    ------------
    Follows from following.js and follower.js, whose owner account.js names; from tweets.js
    reposts, replies and mentions of the owner. Ids are X's numbers.

    What is missing
    ---------------
    When somebody followed; names of those followed. tweets.js says of a repost whose it is (by
    "RT @name:") but not which post; quotes look like links. Without account.js the owner stays
    unnamed, unless --source-account says who it is. Messages, likes, devices, advertising and
    whatever else the archive holds are not opened.
    """
    begins = _begins(source)
    if begins is None:
        return gather([], options)
    name = _READ[begins[1].decode()]
    documents = Documents(_Assigned(source, begins.end()), source.name)
    return gather(_records(documents, name, _OWNER), options, place="entry")


def _records(documents: Documents, name: str, owner: str) -> Iterator[Record]:
    for number, element in enumerate(documents.elements(""), start=1):
        entry = mapping(element.value)
        yield number, _rows(mapping(entry.get(name)) or entry, name, owner)


def _rows(entry: Object, name: str, owner: str) -> Iterator[Row]:
    if name == "account":
        yield from _account(entry)
    elif name == "tweet":
        yield from tweet_rows(entry, owner)
    else:
        other = account_id(entry.get("accountId")) or _linked(entry.get("userLink"))
        if other is None:
            yield Aside("no accountId")
            return
        ends = (owner, other) if name == "following" else (other, owner)
        yield Tie(*ends, "follow")


def _linked(link: Any) -> str | None:
    """Account of a link to a profile by its number."""
    found = _IN_LINK.search(text(link) or "")
    return account_id(found[1]) if found else None


def _account(entry: Object) -> Iterator[Row]:
    """Say who owns the archive; nothing of mail, telephone and age, which stand beside it."""
    account, handle = account_id(entry.get("accountId")), text(entry.get("username"))
    if account is None:
        yield Aside("no accountId")
        return
    name, created = text(entry.get("accountDisplayName")), iso(entry.get("createdAt"))
    yield Account(account, handle=handle, name=name, created=created)
    yield Account(owner_mark(account))
