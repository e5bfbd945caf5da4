"""Lists of accounts that minet adds to its input: followers, friends, retweeters."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

import pandas as pd

from kznet.loaders._cells import first_of, groups, handles, known, named, under
from kznet.loaders._clean import flags
from kznet.loaders._columns import folded
from kznet.loaders._ids import exact, imprecise
from kznet.loaders._options import Options
from kznet.loaders._part import Part, counted
from kznet.loaders._table import Table
from kznet.loaders._ties import TIE_COLUMNS, ties_of

APPENDED: Final[Mapping[str, str]] = {
    "friend_id": "friends",
    "friends_id": "friends",
    "follower_id": "followers",
}
_NUMBERS: Final = ("user_id", "userid", "twitter_id", "account_id")
_NAMES: Final = (
    "username_queried",
    "user",
    "screen_name",
    "username",
    "user_name",
    "handle",
    "account",
    "profile",
    "channel",
    "twitter",
    "instagram",
)
_TWEETS: Final = ("tweet_id", "tweet", "tweet_url", "status_id", "id_str", "id", "url")
_USERS: Final = ("id", "username", "full_name")
_NOT_USERS: Final = ("biography", "follower_count", "caption")


def users_begin(header: Sequence[str]) -> int | None:
    """Where the columns of Instagram's users begin, after those of the input."""
    names = tuple(header)
    at = [i for i in range(1, len(names)) if names[i : i + len(_USERS)] == _USERS]
    whole = {"is_private", "is_verified"} <= set(names) and not set(_NOT_USERS) & set(names)
    return at[-1] if at and whole else None


def is_of_retweeters(header: Sequence[str]) -> bool:
    """Whether users of X follow on nothing but a tweet: only its retweeters can be meant."""
    users = tuple(header[1:3]) == ("id", "screen_name") and "protected" in header
    return "retweeter_id" in header or (users and header[0] in _TWEETS)


def asked_for(names: Sequence[str]) -> list[str]:
    """Columns that say for which account minet was asked: by number, then by name.

    Under other names none, unless it is the only column and no edge list's.
    """
    spelt = {folded(name): name for name in reversed(names)}
    found = [
        next((spelt[each] for each in words if each in spelt), None) for words in (_NUMBERS, _NAMES)
    ]
    if len(spelt) == 1 and not set(spelt) & set(TIE_COLUMNS["source"]):
        found.append(names[0])
    return list(dict.fromkeys(name for name in found if name is not None))


def follows(rows: Table, options: Options, *, form: str) -> Part:
    """Who follows the accounts that minet was asked for, or whom they follow."""
    *given, added = rows.frame.columns
    platform, asked = options.platform or "x", asked_for(given)
    whose, other = first_of(rows.frame, *asked), first_of(rows.frame, added)
    account = named(platform, whose)
    handle = first_of(rows.frame, *asked[1:]).str.lstrip("@")
    ends = _directed(account, under(platform, other), form)
    said = known({"account": account, "handle": handle})
    return _tied(rows, ends, options, accounts=said, ids=(whose, other))


def instagram(rows: Table, options: Options, *, form: str) -> Part:
    """Who follows the accounts that minet was asked for, or whom they follow, on Instagram."""
    names = list(rows.frame.columns)
    begin = users_begin([_plain(name) for name in names]) or 0
    account = named("instagram", first_of(rows.frame, *asked_for(names[:begin])))
    users = rows.frame.iloc[:, begin:].rename(columns=_plain)
    number, handle = first_of(users, "id"), first_of(users, "username")
    other = under("instagram", number).fillna(handles("instagram", handle))
    verified = flags(first_of(users, "is_verified"))
    name = first_of(users, "full_name")
    said = known({"account": other, "handle": handle, "name": name, "verified": verified})
    return _tied(rows, _directed(account, other, form), options, accounts=said, ids=(number,))


def _directed(account: pd.Series, other: pd.Series, form: str) -> dict[str, pd.Series]:
    ends = (other, account) if form == "followers" else (account, other)
    return dict(zip(("source", "target"), ends, strict=True))


def retweeters(rows: Table, options: Options) -> Part:
    """Who reposted a post, which may be named by a link to it."""
    frame = own_columns(rows.frame)
    given = next((name for name in _TWEETS if name in rows.frame.columns), "")
    prefix = "retweeter_" if "retweeter_id" in frame.columns else ""
    raw, number = first_of(rows.frame, given), first_of(frame, f"{prefix}id")
    tweet = exact(groups(raw, "/status/(?P<post>[0-9]+)")["post"].fillna(raw))
    account = under("x", number)
    handle, name = (first_of(frame, f"{prefix}{each}") for each in ("screen_name", "name"))
    said = known({"account": account, "handle": handle, "name": name})
    ends = {"source": account, "post": "x:" + tweet}
    return _tied(rows, ends, options, accounts=said, ids=(raw, number))


def _tied(
    rows: Table,
    ends: Mapping[str, pd.Series],
    options: Options,
    *,
    accounts: pd.DataFrame,
    ids: Sequence[pd.Series],
) -> Part:
    """Ties without time, each row one."""
    kind = "repost" if "post" in ends else "follow"
    same = {name: name for name in ends}
    table = replace(rows, frame=pd.DataFrame(ends))
    part = ties_of(table, same, replace(options, direction="actor"), kind=kind)
    lost = counted([("id precision lost", sum(imprecise(each) for each in ids))])
    return replace(part, accounts=accounts, warnings=(*part.warnings, *lost))


def own_columns(frame: pd.DataFrame) -> pd.DataFrame:
    """Of columns under one name the last: minet's own come after those of its input."""
    names = pd.Index([_plain(name) for name in frame.columns])
    last = ~names.duplicated(keep="last")
    return frame.loc[:, last].set_axis(names[last], axis=1)


def _plain(name: str) -> str:
    """Name of a column without the number that tells it from another of that name."""
    return re.sub(r"\.[0-9]+$", "", name)
