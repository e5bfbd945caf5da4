"""The three tables of all files together, and what is done to them before the schema is checked."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final, NamedTuple

import numpy as np
import pandas as pd

from kznet.codes import column_of, distinct, encoded, map_distinct, together, used
from kznet.loaders._part import table
from kznet.patterns import captured
from kznet.schema import SCHEMA
from kznet.times import NO_TIME, microseconds

_LARGEST: Final = ("followers", "verified")
_AUTHORED: Final = ("repost", "quote", "reply")


class Tables(NamedTuple):
    """Accounts and posts with each id once; ties with the `part` and `line` they came from.

    Both ends of the ties are categoricals over one list of ids.
    """

    accounts: pd.DataFrame
    ties: pd.DataFrame
    posts: pd.DataFrame


def once(frame: pd.DataFrame, key: str) -> pd.DataFrame:
    """One row an id: of several values the smallest (of followers the largest)."""
    again = frame[key].duplicated(keep=False)
    if not again.any():
        return frame.reset_index(drop=True)
    rule = {name: "max" if name in _LARGEST else "min" for name in frame.columns if name != key}
    merged = frame[again].groupby(key, sort=True).agg(rule).reset_index()
    joined = pd.concat([frame[~again], merged[frame.columns]], ignore_index=True)
    return joined.astype(dict(SCHEMA["accounts" if key == "account" else "posts"]))  # type: ignore[arg-type]  # dtypes known at run time


def coded(ties: pd.DataFrame) -> pd.DataFrame:
    """Both ends as codes into one list of ids, which is what everything after is quick on."""
    ends = together([encoded(ties["source"]), encoded(ties["target"])])
    ends = used(ends)
    return _with_ends(ties, ends.cat.codes.to_numpy(), distinct(ends))


def _recoded(ties: pd.DataFrame, change: Callable[[pd.Series], pd.Series]) -> pd.DataFrame:
    ids = pd.Series(ties["source"].cat.categories, dtype="str")
    codes = np.concatenate([ties["source"].cat.codes, ties["target"].cat.codes])
    return _with_ends(ties, codes, change(ids))


def _with_ends(ties: pd.DataFrame, codes: np.ndarray, ids: pd.Series) -> pd.DataFrame:
    """Ends by their codes into `ids`, which may repeat; the categories are sorted."""
    new, distinct = ids.factorize(sort=True)
    source, target = np.split(np.append(new, -1)[codes], 2)
    return ties.assign(
        source=column_of(source, distinct, ties.index),
        target=column_of(target, distinct, ties.index),
    )


def with_every_account(tables: Tables) -> Tables:
    """Give a row to every account that is mentioned anywhere; a handle in the id is a handle."""
    authors = pd.Index(tables.posts["account"].dropna().unique())
    mentioned = tables.ties["source"].cat.categories.union(authors)
    new = mentioned.difference(pd.Index(tables.accounts["account"]))
    added = table("accounts", {"account": new}, index=pd.RangeIndex(len(new)))
    accounts = (
        pd.concat([tables.accounts, added], ignore_index=True) if len(new) else tables.accounts
    )
    handle = captured(accounts["account"], r"^[a-z0-9_]+:@(?P<name>.+)$")
    return tables._replace(accounts=accounts.assign(handle=accounts["handle"].fillna(handle)))


def renamed(tables: Tables, names: Mapping[str, str]) -> Tables:
    """Put accounts under other ids; rows that become one account are joined."""
    if not names:
        return tables

    def change(ids: pd.Series) -> pd.Series:
        return ids.map(names).astype("str").fillna(ids)

    accounts = tables.accounts.assign(account=change(tables.accounts["account"]))
    posts = tables.posts.assign(account=map_distinct(tables.posts["account"], change))
    return Tables(once(accounts, "account"), _recoded(tables.ties, change), posts)


def with_authors(tables: Tables) -> Tables:
    """Fill in whom a share answers where the author of its post is known from another row.

    Whoever shared a post wrote the share: a reply to the share goes to them.
    """
    ties = tables.ties
    open_end = ties["target"].isna() & ties["post"].notna() & ties["kind"].isin(_AUTHORED)
    if not open_end.any():
        return tables
    asked = pd.Index(ties["post"][open_end].unique())
    posts = tables.posts[tables.posts["post"].isin(asked)]
    reposts = ties[ties["kind"] == "repost"]
    named = [
        posts[["post", "account"]],
        reposts.loc[reposts["post"].isin(asked), ["post", "target"]],
    ]
    shared = reposts.loc[reposts["content"].isin(asked), ["content", "source"]]
    found = ties["post"][open_end].map(_authors(named)).astype("str")
    answers = ties["post"][open_end & (ties["kind"] != "repost")]
    found = found.fillna(answers.map(_authors([shared])).astype("str"))
    target = ties["target"].astype("str").fillna(found)
    return tables._replace(ties=coded(ties.assign(target=target)))


def _authors(named: Sequence[pd.DataFrame]) -> pd.Series:
    """Author of each post, from frames of posts and accounts, of which the earlier ones rule."""
    author = pd.Series(dtype="str")
    for frame in named:
        pairs = frame.set_axis(["post", "account"], axis="columns").dropna().astype("str")
        new = pairs.groupby("post")["account"].min()
        author = pd.concat([author, new[~new.index.isin(author.index)]])
    return author


def repeats(ties: pd.DataFrame) -> np.ndarray:
    """Which ties say again what another row says: the same share (by its own id), or follow.

    Of several rows the earliest and heaviest stays; a share whose author or post is missing gives
    way to the same share with its author or post.
    """
    follow = (ties["kind"] == "follow").to_numpy()
    known = ties["content"].notna().to_numpy() & ~follow
    again = np.zeros(len(ties), dtype=bool)
    time = microseconds(ties["time"])
    time = np.where(time == NO_TIME, np.iinfo(np.int64).max, time)
    heavy = -ties["weight"].to_numpy()

    def earliest_first(rows: np.ndarray) -> np.ndarray:
        return rows[np.lexsort([heavy[rows], time[rows]])]

    if follow.any():
        rows, pair = np.flatnonzero(follow), pd.Series(_pairs(ties))
        rows = earliest_first(rows[pair[rows].duplicated(keep=False).to_numpy()])
        again[rows] = pair[rows].duplicated().to_numpy()
    if known.any():
        rows = earliest_first(np.flatnonzero(known))
        key = _codes(ties, rows, ("content", "source", "kind", "post", "target"))
        again[rows] = key.duplicated().to_numpy()
        open_end = (key["target"] == -1).to_numpy()
        again[rows] |= _without_object(key)
        if open_end.any() and not open_end.all():
            share = key.drop(columns="target")
            closed = pd.MultiIndex.from_frame(share[~open_end])
            again[rows[open_end]] |= pd.MultiIndex.from_frame(share[open_end]).isin(closed)
    return again


def _without_object(key: pd.DataFrame) -> np.ndarray:
    """Rows that do not say which post was shared, where another row of the same share does."""
    vague = (key["post"] == -1).to_numpy()
    result = np.zeros(len(key), dtype=bool)
    if vague.any() and not vague.all():
        share = key[["content", "source", "kind"]]
        told = pd.MultiIndex.from_frame(share[~vague])
        result[vague] = pd.MultiIndex.from_frame(share[vague]).isin(told)
    return result


def _pairs(ties: pd.DataFrame) -> np.ndarray:
    """Both ends as one number."""
    source, target = (ties[end].cat.codes.to_numpy(np.int64) for end in ("source", "target"))
    return source * (len(ties["target"].cat.categories) + 1) + target


def _codes(ties: pd.DataFrame, rows: np.ndarray, columns: tuple[str, ...]) -> pd.DataFrame:
    """Cells as numbers: which ones are the same, and -1 where one is missing."""
    return pd.DataFrame({name: ties[name].factorize()[0][rows] for name in columns})
