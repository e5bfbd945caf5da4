"""The three tables that everything after the loaders works on, and their schema.

Construction brings any literal into one canonical shape, so that later steps may index by
position and row order never matters:

- `accounts` is sorted by id and holds every id that the other tables mention;
- `posts` is sorted by id and holds every post that a tie mentions;
- `ties` is sorted; `source` and `target` are categoricals over `accounts`, `post` over `posts`,
  so their codes are positions in those tables (-1 where missing).
"""

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import pandas as pd

from kznet.codes import is_coded, ranked, recoded
from kznet.errors import DataError
from kznet.packing import order
from kznet.patterns import captured
from kznet.provenance import LoadReport
from kznet.schema import (
    KINDS,
    NO_PLATFORM,
    PUBLIC_FOLLOWERS,
    PUBLIC_ROLES,
    REQUIRED,
    ROLES,
    SCHEMA,
)
from kznet.times import NO_TIME, UTC_DTYPE, microseconds


@dataclass(frozen=True, eq=False)
class Dataset:
    """Accounts, ties and posts in canonical form; each table may be left out.

    A tie runs from the account that follows or reposts to the one followed or reposted.
    Columns that a table lacks are added empty; columns that the schema does not know are
    dropped.

    Raises
    ------
    DataError
        A table lacks a required column, repeats an id, or holds a value outside its range;
        the message names table, column and row.

    Examples
    --------
    >>> ties = pd.DataFrame({"source": ["x:b"], "target": ["x:a"], "kind": ["follow"]})
    >>> list(Dataset(ties=ties).accounts["account"])
    ['x:a', 'x:b']
    """

    accounts: pd.DataFrame = field(default_factory=lambda: empty("accounts"))
    ties: pd.DataFrame = field(default_factory=lambda: empty("ties"))
    posts: pd.DataFrame = field(default_factory=lambda: empty("posts"))
    report: LoadReport = field(default_factory=LoadReport)

    def __post_init__(self) -> None:
        accounts = _checked("accounts", self.accounts)
        ties = _checked("ties", self.ties)
        posts = _checked("posts", self.posts)
        _check_ranges(accounts, ties)
        posts = _complete_posts(posts, ties)
        accounts = _complete_accounts(accounts, ties, posts)
        object.__setattr__(self, "accounts", accounts)
        object.__setattr__(self, "posts", posts)
        object.__setattr__(self, "ties", _encoded(ties, accounts, posts))

    @cached_property
    def public(self) -> pd.Series:
        """Whether each account may be named: its role is public, or its followers reach 10,000."""
        role = self.accounts["role"].isin(PUBLIC_ROLES)
        return role | (self.accounts["followers"] >= PUBLIC_FOLLOWERS).fillna(False)

    @cached_property
    def authors(self) -> np.ndarray:
        """Position in `accounts` of each post's author, shape (posts,); -1 where unknown."""
        known = recoded(self.posts["account"], pd.Index(self.accounts["account"]))
        return known.cat.codes.to_numpy(dtype=np.int64)

    def of_kind(self, *kinds: str) -> pd.DataFrame:
        """Rows of `ties` of these kinds, in canonical order."""
        return self.ties[self.ties["kind"].isin(kinds)]


def empty(table: str) -> pd.DataFrame:
    """A table of the schema without rows."""
    columns = SCHEMA[table]
    return pd.DataFrame({name: pd.Series(dtype=dtype) for name, dtype in columns.items()})  # type: ignore[call-overload]  # the stubs know no dtype that is only known at run time


def _checked(table: str, frame: pd.DataFrame) -> pd.DataFrame:
    columns = SCHEMA[table]
    missing = [name for name in REQUIRED[table] if name not in frame.columns]
    if missing:
        raise DataError(f"{table}: missing columns {missing}; found {list(frame.columns)}")
    result = pd.DataFrame(index=pd.RangeIndex(len(frame)))
    for name, dtype in columns.items():
        result[name] = (
            _cast(table, name, frame[name].reset_index(drop=True), dtype)
            if name in frame.columns
            else pd.Series([None] * len(frame), dtype=dtype)  # type: ignore[call-overload]  # as above
        )
    for name in REQUIRED[table]:
        _refuse(table, name, result[name], result[name].isna() | (result[name] == ""), "an id")
    if table != "ties":
        key = REQUIRED[table][0]
        _refuse(table, key, result[key], result[key].duplicated(), "each id once")
    return result


def _cast(table: str, name: str, values: pd.Series, dtype: object) -> pd.Series:
    if dtype == "str" and is_coded(values):
        return values if values.cat.categories.dtype == "str" else values.astype("str")
    try:
        if dtype == UTC_DTYPE and not isinstance(values.dtype, pd.DatetimeTZDtype):
            text = not pd.api.types.is_datetime64_dtype(values.dtype)
            parsed = pd.to_datetime(values, utc=True, format="ISO8601" if text else None)
            return parsed.astype(UTC_DTYPE)
        return values.astype(dtype)  # type: ignore[call-overload, no-any-return]  # as above
    except (ValueError, TypeError) as error:
        raise DataError(f"{table}: column {name!r}: {error}") from error


def _check_ranges(accounts: pd.DataFrame, ties: pd.DataFrame) -> None:
    wrong_kind = ~ties["kind"].isin(KINDS)
    _refuse("ties", "kind", ties["kind"], wrong_kind, f"one of {', '.join(KINDS)}")
    ties["weight"] = ties["weight"].fillna(1.0)
    bad = ~np.isfinite(ties["weight"]) | (ties["weight"] < 0)
    _refuse("ties", "weight", ties["weight"], bad, "a finite number of at least 0")
    wrong_role = accounts["role"].notna() & ~accounts["role"].isin(ROLES)
    _refuse("accounts", "role", accounts["role"], wrong_role, f"one of {', '.join(ROLES)}")


def _refuse(table: str, column: str, values: pd.Series, wrong: pd.Series, wanted: str) -> None:
    if wrong.any():
        row = int(np.flatnonzero(wrong)[0])
        found = values.to_list()[row]
        raise DataError(f"{table}: row {row}: column {column!r}: found {found!r}, wanted {wanted}")


def _distinct(column: pd.Series) -> pd.Index:
    found: pd.Index = pd.Index(column.dropna().unique()).astype("str")
    return found


def _extended(table: str, frame: pd.DataFrame, unknown: pd.Index) -> pd.DataFrame:
    """Add rows for these ids, and sort by id."""
    key = REQUIRED[table][0]
    if len(unknown):
        added = _checked(table, pd.DataFrame({key: unknown}))
        frame = pd.concat([frame, added])
    return frame.sort_values(key, ignore_index=True)


def _complete_posts(posts: pd.DataFrame, ties: pd.DataFrame) -> pd.DataFrame:
    """Add the posts that only ties mention, with the author that reposts of it name."""
    unknown = _distinct(ties["post"]).difference(pd.Index(posts["post"]))
    posts = _extended("posts", posts, unknown)
    named = (ties["kind"] == "repost") & ties["post"].notna() & ties["target"].notna()
    if named.any() and posts["account"].isna().any():
        author = _first_targets(ties.loc[named, ["post", "target"]])
        posts["account"] = posts["account"].fillna(posts["post"].map(author).astype("str"))
    return posts


def _first_targets(ties: pd.DataFrame) -> pd.Series:
    """The target of each post; of several the first in the order of ids."""
    target, ids = ranked(ties["target"])
    post, posts = ranked(ties["post"])
    first = np.full(len(posts), len(ids))
    np.minimum.at(first, post, target)
    return pd.Series(ids[first], index=posts)


def _complete_accounts(
    accounts: pd.DataFrame, ties: pd.DataFrame, posts: pd.DataFrame
) -> pd.DataFrame:
    mentioned = (
        _distinct(ties["source"])
        .union(_distinct(ties["target"]))
        .union(_distinct(posts["account"]))
    )
    unknown = mentioned.difference(pd.Index(accounts["account"]))
    accounts = _extended("accounts", accounts, unknown)
    prefix = captured(accounts["account"], r"^(?P<name>[a-z0-9_]+):")
    accounts["platform"] = accounts["platform"].fillna(prefix.mask(prefix.isin(NO_PLATFORM)))
    return accounts


def _encoded(ties: pd.DataFrame, accounts: pd.DataFrame, posts: pd.DataFrame) -> pd.DataFrame:
    ids, posts_ids = pd.Index(accounts["account"]), pd.Index(posts["post"])
    result = ties.assign(
        source=recoded(ties["source"], ids),
        target=recoded(ties["target"], ids),
        kind=recoded(ties["kind"], pd.Index(KINDS)),
        post=recoded(ties["post"], posts_ids),
    )
    order = _canonical_order(result)
    return result.iloc[order].reset_index(drop=True)


def _canonical_order(ties: pd.DataFrame) -> np.ndarray:
    """Positions that sort the ties; `content` is looked at only where all else is equal."""
    kind, source, target, post = (
        ties[name].cat.codes.to_numpy() for name in ("kind", "source", "target", "post")
    )
    # Floats of at least 0 are in the order of their bits; adding 0 takes the sign from -0.
    weight = (ties["weight"].to_numpy() + 0.0).view(np.int64)
    keys = [kind, source, target, _dense(microseconds(ties["time"])), post, weight]
    result = order(keys)
    if ties["content"].isna().all():
        return result
    same = np.ones(max(len(result) - 1, 0), dtype=bool)
    for key in keys:
        same &= key[result[1:]] == key[result[:-1]]
    if not same.any():
        return result
    run = np.concatenate([[0], np.cumsum(~same)])
    content = pd.factorize(ties["content"].to_numpy()[result], sort=True)[0]
    again: np.ndarray = result[order([run, content])]
    return again


def _dense(time: np.ndarray) -> np.ndarray:
    """Instants with the unknown ones just before the first."""
    known = time != NO_TIME
    earliest = time.min(where=known, initial=np.iinfo(np.int64).max)
    return np.where(known, time, earliest - 1)
