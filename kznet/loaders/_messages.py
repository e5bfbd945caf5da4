"""What a post says of accounts: one rule for every platform.

A repost is one tie, to the author of the original. What it quotes or mentions are its author's
words, not the reposter's. Whom a post answers, it does not also mention.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np
import pandas as pd

from kznet.loaders._clean import Epochs, stamps
from kznet.loaders._options import Options
from kznet.loaders._part import Part, counted, no_ties, set_aside, stacked, table
from kznet.loaders._table import Table
from kznet.loaders._tables import once
from kznet.schema import SCHEMA

NOT_ITS_OWN: Final = "mentions inside reposts are their authors', not counted"
UNREADABLE_TIME: Final = "time not understood"
ACTS: Final = ("repost", "reply", "quote")
_TEXTS: Final = ("content", "author", "time", "text", "links", "lang", "topic")
_ENDS: Final = tuple(f"{act}_{end}" for act in ACTS for end in ("account", "post"))


@dataclass(frozen=True, eq=False)
class Messages:
    """Posts and shares in columns of text, a row each, every id with its platform.

    Attributes
    ----------
    columns
        ``content`` (id of the post itself) and ``author``; and where known ``time`` (as the file
        has it), ``text``, ``links``, ``lang``, ``topic``, and for each of repost, reply and quote
        ``<act>_account`` (whose) and ``<act>_post`` (which).
    lines
        Where each row stands in the file, shape (n,).
    reposts
        Which rows are reposts, shape (n,); those that name an account or post to repost, where
        not given.
    mentioned_by, mentioned
        Positions of the rows that mention somebody, and whom.
    """

    columns: Mapping[str, pd.Series]
    lines: np.ndarray
    reposts: np.ndarray | None = None
    mentioned_by: np.ndarray = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    mentioned: pd.Series = field(default_factory=lambda: pd.Series(dtype="str"))


def part_of(
    messages: Messages, options: Options, *, place: str = "", scale: Epochs | None = None
) -> tuple[Part, np.ndarray]:
    """Ties and posts of messages, and which rows gave one; the others are set aside.

    `scale` is that of a column of epochs, where earlier rows have decided it.
    """
    rows = _frame(messages)
    time = stamps(rows["time"], options.tz, scale=scale)
    reason = _faults(rows, time.bad, messages.reposts)
    good = reason.isna().to_numpy()
    shared = _reposted(rows, messages.reposts)
    rows = rows.assign(time=time.utc, line=messages.lines)
    mentions, not_own = _mentions(rows, messages, good, shared)
    ties = [_acts(rows[good & shared], "repost"), _acts(rows[good], "reply")]
    ties += [_acts(rows[good & ~shared], "quote"), mentions]
    bad = ~good
    shown = rows["content"].fillna(rows["author"])
    part = Part(
        rows=len(rows),
        used=int(good.sum()),
        ties=stacked(ties, no_ties()),
        posts=_posts(rows[good & ~shared]),
        aside=set_aside(messages.lines[bad], reason[bad].array, shown[bad].array, place=place),
        warnings=counted(
            [(f"time zone assumed to be {options.tz}", time.naive), (NOT_ITS_OWN, not_own)]
        ),
        place=place,
    )
    return part, good


def _frame(messages: Messages) -> pd.DataFrame:
    index = pd.RangeIndex(len(messages.lines))
    return pd.DataFrame(
        {
            name: pd.Series(messages.columns[name].array, index=index)
            if name in messages.columns
            else pd.Series(pd.NA, index=index, dtype="str")
            for name in _TEXTS + _ENDS
        }
    )


def _reposted(rows: pd.DataFrame, reposts: np.ndarray | None) -> np.ndarray:
    named: np.ndarray = _names(rows, "repost")
    return named if reposts is None else reposts


def _names(rows: pd.DataFrame, act: str) -> np.ndarray:
    known = rows[f"{act}_account"].notna() | rows[f"{act}_post"].notna()
    return known.to_numpy()


def _faults(rows: pd.DataFrame, bad_time: pd.Series, reposts: np.ndarray | None) -> pd.Series:
    """First reason to set a row aside; missing where there is none."""
    reason = pd.Series(pd.NA, index=rows.index, dtype="str")
    empty = _reposted(rows, reposts) & ~_names(rows, "repost")
    for wrong, why in (
        (bad_time.to_numpy(), UNREADABLE_TIME),
        (empty, "a repost that names neither its author nor the post"),
        (rows["content"].isna().to_numpy(), "no post id"),
        (rows["author"].isna().to_numpy(), "no author"),
    ):
        reason = reason.mask(wrong, why)
    return reason


def _acts(rows: pd.DataFrame, act: str) -> pd.DataFrame:
    named = rows[_names(rows, act)]
    return _ties(named, act, named[f"{act}_account"], named[f"{act}_post"])


def _ties(rows: pd.DataFrame, kind: str, target: pd.Series, post: pd.Series | None) -> pd.DataFrame:
    known = {
        "source": rows["author"],
        "target": target,
        "kind": pd.Series(kind, index=rows.index, dtype="str"),
        "time": rows["time"],
        "content": rows["content"],
        "weight": pd.Series(1.0, index=rows.index),
    }
    if post is not None:
        known["post"] = post
    return table("ties", known, index=rows.index).assign(line=rows["line"])


def _mentions(
    rows: pd.DataFrame, messages: Messages, good: np.ndarray, shared: np.ndarray
) -> tuple[pd.DataFrame, int]:
    """Ties of those whom a post names itself, and how many are named inside reposts."""
    pairs = pd.DataFrame({"row": messages.mentioned_by, "target": messages.mentioned.array})
    pairs = pairs[good[pairs["row"]]].dropna().drop_duplicates()
    own = ~shared[pairs["row"]]
    other = _whom(rows, pairs, "repost")
    not_own = int((~own & other).sum())
    pairs = pairs[own & _whom(rows, pairs, "reply")]
    said = rows.take(pairs["row"].to_numpy()).reset_index(drop=True)
    target = pairs["target"].reset_index(drop=True)
    return _ties(said, "mention", target, None), not_own


def _whom(rows: pd.DataFrame, pairs: pd.DataFrame, act: str) -> np.ndarray:
    """Which mentions are of others than the one reposted or answered."""
    whom = rows[f"{act}_account"].take(pairs["row"].to_numpy()).fillna("")
    return np.asarray(whom.to_numpy() != pairs["target"].to_numpy(), dtype=bool)


def _posts(rows: pd.DataFrame) -> pd.DataFrame:
    known = {name: rows[name] for name in SCHEMA["posts"] if name in rows}
    known |= {"post": rows["content"], "account": rows["author"]}
    return table("posts", known, index=rows.index).reset_index(drop=True)


def with_table(part: Part, rows: Table, accounts: Sequence[pd.DataFrame] = ()) -> Part:
    """Add what a table had to say besides its messages, and the accounts that they name."""
    known = stacked([part.accounts, *accounts], part.accounts)
    return replace(
        part,
        rows=rows.rows,
        accounts=once(known, "account"),
        aside=stacked([rows.aside, part.aside], part.aside),
        warnings=(*rows.warnings, *part.warnings),
    )
