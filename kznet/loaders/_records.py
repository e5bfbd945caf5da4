"""The tables that the records of an export make.

A loader of records is a generator: it yields a `Message`, `Tie`, `Post`, `Account`, `Aside` or
`Note` for what it finds in one record. `gather` does the rest, some records at a time, so that
no more of them is held as objects than a batch.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

import numpy as np
import pandas as pd

from kznet.loaders._clean import Epochs, counts, epoch_scale, flags, stamps
from kznet.loaders._messages import ACTS, UNREADABLE_TIME, Messages
from kznet.loaders._messages import part_of as part_of_messages
from kznet.loaders._options import Options
from kznet.loaders._part import Part, counted, joined, no_ties, set_aside, stacked, table
from kznet.loaders._rows import (
    NOTHING,
    Account,
    Aside,
    Message,
    Note,
    Of,
    Post,
    Record,
    Row,
    Tie,
)
from kznet.loaders._tables import once

BATCH: Final = 100_000


def gather(records: Iterable[Record], options: Options, *, place: str = "") -> Part:
    """Make a part of all records, each with its place in the file; O(rows).

    What the file says besides its records comes at place 0. A record that gives nothing is set
    aside, with its notes as the reason where it has some.
    """
    parts: list[Part] = []
    batch = _Batch()
    seen: set[int] = set()
    scale = None
    for number, rows in records:
        batch.take(number, rows, seen)
        if batch.size >= BATCH:
            scale = scale or batch.scale()
            parts.append(batch.part(options, place, scale))
            batch = _Batch()
    parts.append(batch.part(options, place, scale))
    return joined(parts)


@dataclass
class _Batch:
    """Rows of some records, not yet tables; each knows the position of its record in `numbers`."""

    numbers: list[int] = field(default_factory=list)
    gave: list[bool] = field(default_factory=list)
    messages: list[tuple[Any, ...]] = field(default_factory=list)
    ties: list[tuple[Any, ...]] = field(default_factory=list)
    posts: list[Post] = field(default_factory=list)
    accounts: list[Account] = field(default_factory=list)
    aside: list[tuple[int, str, str]] = field(default_factory=list)
    notes: Counter[str] = field(default_factory=Counter)

    @property
    def size(self) -> int:
        """How many objects are held."""
        said = len(self.messages) + len(self.ties)
        return len(self.numbers) + said + len(self.posts) + len(self.accounts)

    def take(self, number: int, rows: Iterable[Row], seen: set[int]) -> None:
        """Take in one record; posts and accounts that were `seen` before are left out."""
        kinds: set[type] = set()
        why = NOTHING
        for row in rows:
            kinds.add(type(row))
            self._keep(row, number, seen)
            if isinstance(row, Note) and why == NOTHING:
                why = row.text
        if kinds <= {Note} and number:
            self.aside.append((number, why, ""))
        self.numbers.append(number)
        self.gave.append(Post in kinds or (Account in kinds and kinds <= {Account, Note}))

    def _keep(self, row: Row, number: int, seen: set[int]) -> None:
        match row:
            case Message():
                self.messages.append((*row, len(self.numbers)))
            case Tie():
                self.ties.append((*row, len(self.numbers)))
            case Post():
                _add_new(row, self.posts, seen)
            case Account():
                _add_new(row, self.accounts, seen)
            case Aside():
                self.aside.append((number, *row))
            case Note():
                self.notes[row.text] += 1

    def scale(self) -> Epochs | None:
        """Unit of the epochs in the times of messages and ties."""
        times = [row[2] for row in self.messages] + [row[3] for row in self.ties]
        return epoch_scale(pd.Series(times, dtype="str"))

    def part(self, options: Options, place: str, scale: Epochs | None) -> Part:
        """Tables of everything that was taken in."""
        numbers = np.array(self.numbers, dtype=np.int64)
        used = np.array(self.gave, dtype=bool)
        said, index = self._messages(numbers)
        first, good = part_of_messages(said, options, place=place, scale=scale)
        used[index[good]] = True
        ties, late, naive, giving = self._ties(numbers, options.tz, place, scale)
        used[giving] = True
        lines, reasons, values = _columns(self.aside, 3)
        early = set_aside(lines, reasons, values, place=place)
        self.notes[f"time zone assumed to be {options.tz}"] += naive
        second = Part(
            rows=int((numbers > 0).sum()),
            used=int((used & (numbers > 0)).sum()),
            accounts=once(_accounts(self.accounts, options.tz), "account"),
            ties=ties,
            posts=_posts(self.posts, options.tz),
            aside=stacked([early, late], early),
            warnings=counted(sorted(self.notes.items())),
            place=place,
        )
        return joined([second, replace(first, rows=0, used=0)])

    def _messages(self, numbers: np.ndarray) -> tuple[Messages, np.ndarray]:
        """Messages as columns, and the positions of their records."""
        rows = self.messages
        index = np.array([row[-1] for row in rows], dtype=np.int64)
        whole = dict(zip(Message._fields, _columns(rows, len(Message._fields)), strict=True))
        mentions: list[Sequence[str]] = whole.pop("mentions")
        for act in ACTS:
            of = [each or _NOBODY for each in whole.pop(act)]
            whole[f"{act}_account"], whole[f"{act}_post"] = _columns(of, 2)
        return Messages(
            columns={name: pd.Series(column, dtype="str") for name, column in whole.items()},
            lines=numbers[index],
            reposts=np.array([row[3] is not None for row in rows], dtype=bool),
            mentioned_by=np.repeat(np.arange(len(rows)), [len(each) for each in mentions]),
            mentioned=pd.Series([name for each in mentions for name in each], dtype="str"),
        ), index

    def _ties(
        self, numbers: np.ndarray, tz: str, place: str, scale: Epochs | None
    ) -> tuple[pd.DataFrame, pd.DataFrame, int, np.ndarray]:
        """Ties, those set aside for their time, how many had no zone, and the records of ties."""
        index = np.array([row[-1] for row in self.ties], dtype=np.int64)
        frame = _frame(self.ties, Tie._fields)
        line = numbers[index]
        time = stamps(frame["time"], tz, scale=scale)
        known = dict(frame.items()) | {"time": time.utc}
        ties = table("ties", known, index=frame.index).assign(weight=1.0, line=line)
        bad = time.bad.to_numpy()
        aside = set_aside(line[bad], UNREADABLE_TIME, frame["time"][bad].array, place=place)
        return stacked([ties[~bad]], no_ties()), aside, time.naive, index[~bad]


_NOBODY: Final = Of()


def _add_new(row: Hashable, rows: list[Any], seen: set[int]) -> None:
    """Add a row that no earlier record said; hashes stand for the rows, which may be long."""
    digest = hash(row)
    if digest not in seen:
        seen.add(digest)
        rows.append(row)


def _columns(rows: Sequence[tuple[object, ...]], width: int) -> list[list[Any]]:
    return [[row[i] for row in rows] for i in range(width)]


def _frame(rows: Sequence[tuple[object, ...]], fields: Sequence[str]) -> pd.DataFrame:
    columns = dict(zip(fields, _columns(rows, len(fields)), strict=True))
    return pd.DataFrame({name: pd.Series(values, dtype="str") for name, values in columns.items()})


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
