"""What a record of an export says, row by row, and the tables that the rows make.

A loader of records is a generator: it yields a `Tie`, `Post`, `Account`, `Aside` or `Note` for
what it finds in one message or tweet. `gather` does the rest.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, Final, NamedTuple

import numpy as np
import pandas as pd

from kznet.loaders._clean import counts, flags, stamps
from kznet.loaders._options import Options
from kznet.loaders._part import Part, counted, no_ties, set_aside, stacked, table


class Tie(NamedTuple):
    """One act of one account towards another; ids carry their platform already."""

    source: str
    target: str | None
    kind: str
    time: str | None = None
    post: str | None = None
    content: str | None = None


class Post(NamedTuple):
    """One original post."""

    post: str
    account: str | None = None
    time: str | None = None
    text: str | None = None
    links: str | None = None
    lang: str | None = None


class Account(NamedTuple):
    """What a record says of an account."""

    account: str
    handle: str | None = None
    name: str | None = None
    followers: str | None = None
    bio: str | None = None
    url: str | None = None
    created: str | None = None
    verified: str | None = None


class Aside(NamedTuple):
    """Why a record, or a piece of it, is set aside."""

    reason: str
    value: str = ""


class Note(NamedTuple):
    """Something to be counted and said in the report."""

    text: str


Row = Tie | Post | Account | Aside | Note
Record = tuple[int, Iterable[Row]]
_UNREADABLE_TIME: Final = "time not understood"


def gather(records: Iterable[Record], options: Options, *, place: str = "") -> Part:
    """Make a part of all records, each with its place in the file; O(rows).

    What the file says besides its records comes at place 0.
    """
    ties: list[tuple[object, ...]] = []
    posts: dict[Post, None] = {}
    accounts: dict[Account, None] = {}
    aside: list[tuple[int, str, str]] = []
    notes: Counter[str] = Counter()
    total = 0
    for number, rows in records:
        total += number > 0
        for row in rows:
            match row:
                case Tie():
                    ties.append((*row, number))
                case Post():
                    posts[row] = None
                case Account():
                    accounts[row] = None
                case Aside():
                    aside.append((number, *row))
                case Note():
                    notes[row.text] += 1
    made, late, naive = _ties(ties, options.tz, place)
    lines, reasons, values = _columns(aside, 3)
    early = set_aside(lines, reasons, values, place=place)
    notes[f"time zone assumed to be {options.tz}"] += naive
    return Part(
        rows=total,
        accounts=_accounts(list(accounts), options.tz),
        ties=made,
        posts=_posts(list(posts), options.tz),
        aside=stacked([early, late], early),
        warnings=counted(sorted(notes.items())),
        place=place,
    )


def _columns(rows: Sequence[tuple[object, ...]], width: int) -> list[list[Any]]:
    return [[row[i] for row in rows] for i in range(width)]


def _frame(rows: Sequence[tuple[object, ...]], fields: Sequence[str]) -> pd.DataFrame:
    columns = dict(zip(fields, _columns(rows, len(fields)), strict=True))
    return pd.DataFrame({name: pd.Series(values, dtype="str") for name, values in columns.items()})


def _ties(
    rows: Sequence[tuple[object, ...]], tz: str, place: str
) -> tuple[pd.DataFrame, pd.DataFrame, int]:
    """Ties, those set aside for their time, and how many had a time without a zone."""
    frame = _frame(rows, Tie._fields)
    line = np.array([row[-1] for row in rows], dtype=np.int64)
    time = stamps(frame["time"], tz)
    known = dict(frame.items()) | {"time": time.utc}
    ties = table("ties", known, index=frame.index).assign(weight=1.0, line=line)
    bad = time.bad.to_numpy()
    aside = set_aside(line[bad], _UNREADABLE_TIME, frame["time"][bad].array, place=place)
    return stacked([ties[~bad]], no_ties()), aside, time.naive


def _posts(rows: Sequence[Post], tz: str) -> pd.DataFrame:
    frame = _frame(rows, Post._fields)
    known = dict(frame.items()) | {"time": stamps(frame["time"], tz).utc}
    return table("posts", known, index=frame.index)


def _accounts(rows: Sequence[Account], tz: str) -> pd.DataFrame:
    frame = _frame(rows, Account._fields)
    known = dict(frame.items()) | {
        "followers": counts(frame["followers"])[0],
        "created": stamps(frame["created"], tz).utc,
        "verified": flags(frame["verified"]),
    }
    return table("accounts", known, index=frame.index)
