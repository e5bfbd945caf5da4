"""What Apify's Instagram scrapers give: posts and profiles, nested in JSON or flat in CSV."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import repeat
from typing import Any, Final

import numpy as np
import pandas as pd

from kznet.loaders._clean import counts, flags
from kznet.loaders._columns import cells
from kznet.loaders._formats import Verdict, loader
from kznet.loaders._ids import imprecise, namespaced
from kznet.loaders._instagram import HANDLE, NAMED, Item, account_of, linked_code, rows_of
from kznet.loaders._json import Broken, items, mapping, text, verbatim
from kznet.loaders._messages import Messages, part_of, with_table
from kznet.loaders._options import Options
from kznet.loaders._part import Part, counted, set_aside, stacked, table
from kznet.loaders._records import gather
from kznet.loaders._rows import Aside, Note, Record, Row
from kznet.loaders._source import Source
from kznet.loaders._table import Table, by_piece

_PROFILE: Final = {"username", "followersCount", "followsCount"}
_OWNERS: Final = ("ownerUsername", "ownerId")
_NOT_READ: Final = Note("comments listed with a post are its last few: not read")
_NAMED: Final = re.compile(
    r"(?:childPosts/\d+/)?(?:taggedUsers|coauthorProducers)/\d+/username|mentions/\d+"
)


def _recognises(source: Source) -> Verdict:
    record = source.record
    if record is None:
        return _recognised(dict.fromkeys(source.header))
    first = (items(record) or [record])[:5]
    verdicts = [_recognised(mapping(entry)) for entry in first]
    return next((verdict for verdict in verdicts if verdict.fits), verdicts[0])


def _recognised(entry: Mapping[str, Any]) -> Verdict:
    """Whether it is a post, a profile or what the scraper writes where it finds neither."""
    if "shortCode" in entry and any(name in entry for name in _OWNERS):
        return Verdict(fits=True, why="posts with shortCode and owner")
    if entry.keys() >= _PROFILE:
        return Verdict(fits=True, why="profiles with username, followersCount, followsCount")
    links = (text(entry.get("url")), text(entry.get("inputUrl")))
    if "error" in entry and any("instagram.com/" in link for link in links if link):
        return Verdict(fits=True, why="errors about pages of instagram.com")
    return Verdict(fits=False, why="neither posts with shortCode and owner nor profiles")


@loader(recognises=_recognises)
def apify_instagram(source: Source, options: Options) -> Part:
    """Apify's Instagram scrapers, JSON or CSV: who is mentioned, tagged or co-author; profiles.

    How to get it
    -------------
    Apify, Instagram Scraper (or its post and profile scrapers), Export: JSON, JSONL or CSV.

    What is read
    ------------
    mentions: @names in the caption, taggedUsers, coauthorProducers, also of the single pictures
    of a post. Profiles give name, bio and followers, in JSON their latest posts too. Posts go by
    shortCode, accounts by their numbers or, where these are not known, their names.

    What is missing
    ---------------
    Reposts and follows. Comments listed with a post are left out on purpose: they are its last
    few, not all. The columns were not checked against a live export.
    """
    if source.looks_like_json:
        return gather(_records(source.documents()), options, place="item")
    if "shortCode" in source.header:
        return by_piece(source, lambda rows: _posts(rows, options))
    return by_piece(source, _profiles)


def _records(documents: Iterator[tuple[int, object]]) -> Iterator[Record]:
    number = 0
    for line, document in documents:
        for entry in document if isinstance(document, list) else [document]:
            number += 1
            if isinstance(entry, Broken):
                yield number, [Aside(entry.reason, f"line {line}: {entry.value}")]
            else:
                yield number, _rows(mapping(entry))


def _rows(entry: Mapping[str, Any]) -> Iterator[Row]:
    error = text(entry.get("error"))
    if "shortCode" in entry:
        yield from _post(entry)
    elif entry.keys() >= {"username", "followersCount"}:
        account = account_of(entry)
        yield account or Aside("a profile without number and name")
        for post in map(mapping, items(entry.get("latestPosts"))):
            yield from _post(post)
    elif error:
        yield Aside(f"the scraper says: {error[:60]}", text(entry.get("url")) or "")
    else:
        yield Aside("neither a post nor a profile", text(entry.get("url")) or "")


def _post(post: Mapping[str, Any]) -> Iterator[Row]:
    parts = [post, *map(mapping, items(post.get("childPosts")))]
    named = [each for part in parts for each in items(part.get("taggedUsers"))]
    called = [{"username": name} for name in items(post.get("mentions"))]
    owner = {"id": "ownerId", "username": "ownerUsername", "full_name": "ownerFullName"}
    yield from rows_of(
        Item(
            text(post.get("shortCode")) or linked_code(post.get("url")),
            {name: post.get(key) for name, key in owner.items()},
            text(post.get("timestamp")),
            verbatim(post.get("caption")),
            [*map(mapping, (*named, *items(post.get("coauthorProducers")))), *called],
        )
    )
    yield from repeat(_NOT_READ, len(items(post.get("latestComments"))))


def _posts(rows: Table, options: Options) -> Part:
    """Posts of a flat table: a column for each element of a list."""
    rows = _without_errors(rows)
    owners = _accounts(rows.frame, "ownerId", "ownerUsername", "ownerFullName")
    said = _column(rows.frame, "caption")
    by, whom = _mentioned(rows.frame, said)
    code = _column(rows.frame, "shortCode")
    messages = Messages(
        columns={
            "content": "instagram:" + code,
            "author": owners["account"],
            "time": _column(rows.frame, "timestamp"),
            "text": said,
        },
        lines=rows.lines,
        mentioned_by=by,
        mentioned=whom,
    )
    part, _ = part_of(messages, options, scale=rows.scales.get("timestamp"))
    names = map(str, rows.frame)
    comments = [name for name in names if re.fullmatch(r"latestComments/\d+/id", name)]
    doubts = counted(
        [
            ("id precision lost", imprecise(_column(rows.frame, "ownerId"))),
            (_NOT_READ.text, sum(int(cells(rows.frame[name]).count()) for name in comments)),
        ]
    )
    part = replace(part, warnings=(*part.warnings, *doubts))
    return with_table(part, rows, [owners[owners["account"].notna()], *_users(rows.frame)])


def _profiles(rows: Table) -> Part:
    rows = _without_errors(rows)
    frame = rows.frame
    accounts = _accounts(frame, "id", "username", "fullName").assign(
        followers=counts(_column(frame, "followersCount"))[0],
        bio=_column(frame, "biography"),
        url=_column(frame, "externalUrl"),
        verified=flags(_column(frame, "verified")),
    )
    good = accounts["account"].notna()
    bad = rows.lines[~good]
    aside = set_aside(bad, "a profile without number and name", _column(frame, "url")[~good].array)
    part = Part(rows=rows.rows, used=int(good.sum()), aside=aside)
    return with_table(part, rows, [accounts[good]])


def _without_errors(rows: Table) -> Table:
    """Rows but for those in which the scraper says why it found nothing; these are set aside."""
    frame = rows.frame
    error = _column(frame, "error")
    wrong = error.notna() & _column(frame, "shortCode").isna() & _column(frame, "username").isna()
    if not wrong.any():
        return rows
    why = "the scraper says: " + error[wrong].str.slice(0, 60)
    aside = set_aside(rows.lines[wrong], why.array, _column(frame, "url")[wrong].array)
    return replace(
        rows,
        frame=frame[~wrong].reset_index(drop=True),
        lines=rows.lines[~wrong],
        aside=stacked([rows.aside, aside], aside),
    )


def _accounts(frame: pd.DataFrame, number: str, handle: str, name: str) -> pd.DataFrame:
    """One account a row: by its number, by its handle where that alone is known, or missing."""
    ids = namespaced(_column(frame, number), "instagram")
    ids = ids.where(ids.str.fullmatch(r"instagram:[1-9][0-9]{0,19}", na=False))
    handles = _handles(_column(frame, handle))
    known = {
        "account": ids.fillna("instagram:@" + handles),
        "handle": handles,
        "name": _column(frame, name),
    }
    return table("accounts", known, index=frame.index)


def _users(frame: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """Accounts that are tagged or co-authors, with their numbers where there is a column."""
    for column in frame:
        of, _, what = str(column).rpartition("/")
        if what == "username" and _NAMED.fullmatch(str(column)):
            users = _accounts(frame, f"{of}/id", str(column), f"{of}/full_name")
            yield users[users["account"].notna()]


def _mentioned(frame: pd.DataFrame, said: pd.Series) -> tuple[np.ndarray, pd.Series]:
    """Positions of rows that name somebody, in a list or in the caption, and whom."""
    lists = [_column(frame, name) for name in map(str, frame) if _NAMED.fullmatch(name)]
    called = said.str.extractall(NAMED)[0].astype("str").droplevel("match")
    handles = _handles(pd.concat([*lists, called])).dropna()
    return handles.index.to_numpy(dtype=np.int64), "instagram:@" + handles.reset_index(drop=True)


def _handles(names: pd.Series) -> pd.Series:
    plain = names.str.removeprefix("@").str.lower()
    return plain.where(plain.str.fullmatch(HANDLE, na=False))


def _column(frame: pd.DataFrame, name: str) -> pd.Series:
    if name in frame:
        return cells(frame[name])
    return pd.Series(pd.NA, index=frame.index, dtype="str")
