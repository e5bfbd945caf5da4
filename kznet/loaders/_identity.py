"""Which ids stand for the same account: handles, untyped numbers and display names.

A match is made only where it is the only one; everything else stays apart, and is counted.
"""

from collections.abc import Callable, Mapping
from typing import Final

import pandas as pd

from kznet.codes import map_distinct
from kznet.loaders._tables import Tables, renamed
from kznet.loaders._telegram import NAME, plain_name
from kznet.provenance import ALIAS_COLUMNS

_HANDLE_ONLY: Final = r"^[a-z0-9_]+:@"
_USER: Final = "telegram:user"


def unified(tables: Tables) -> tuple[Tables, pd.DataFrame]:
    """Put what is the same account under one id; run it again and nothing changes.

    Returns
    -------
    tables, aliases
        `aliases` has one row an id that gave way: alias, account, and by what they matched.
    """
    rules: tuple[tuple[str, Callable[[pd.DataFrame], Mapping[str, str]]], ...] = (
        ("handle", _handles),
        ("number", _numbers),
        ("name", _names),
    )
    found: list[tuple[str, str, str]] = []
    for by, rule in rules:
        names = rule(tables.accounts)
        found += [(alias, account, by) for alias, account in names.items()]
        tables = renamed(tables, names)
    return tables, pd.DataFrame(found, columns=list(ALIAS_COLUMNS), dtype="str")


def name_only(ties: pd.DataFrame) -> pd.Series:
    """Which ties lead to an account of which the display name alone is known."""
    ids = ties["target"].cat.categories
    return ties["target"].isin(ids[ids.str.startswith(NAME)])


def _handles(accounts: pd.DataFrame) -> dict[str, str]:
    """``x:@name`` → the account of that platform with this handle."""
    ids, handles = accounts["account"], accounts["handle"]
    bare = ids.str.contains(_HANDLE_ONLY)
    whole = ~bare & handles.notna() & ~ids.str.startswith(NAME)
    if not (bare.any() and whole.any()):
        return {}
    platform = ids[whole].str.partition(":")[0]
    key = platform + ":@" + handles[whole].str.lower()
    return _only_matches(key, ids[whole], set(ids[bare]))


def _numbers(accounts: pd.DataFrame) -> dict[str, str]:
    """``telegram:1500000001`` → the user, group or channel of that number."""
    ids = accounts["account"]
    typed = ids[ids.str.contains(r"^telegram:(?:user|chat|channel)[0-9]+$")]
    bare = ids[ids.str.contains(r"^telegram:[0-9]+$")]
    if typed.empty or bare.empty:
        return {}
    key = "telegram:" + typed.str.extract(r"([0-9]+)$", expand=False)
    return _only_matches(key, typed, set(bare))


def _names(accounts: pd.DataFrame) -> dict[str, str]:
    """``telegram:name:…`` → the channel of that name; the name of a user is nobody's alone."""
    ids = accounts["account"]
    wanted = ids.str.startswith(NAME)
    if not wanted.any():
        return {}
    others = accounts[ids.str.startswith("telegram:") & ~wanted & accounts["name"].notna()]
    key = map_distinct(others["name"], lambda names: NAME + names.map(plain_name))
    found = _only_matches(key, others["account"], set(ids[wanted]))
    return {name: account for name, account in found.items() if not account.startswith(_USER)}


def _only_matches(key: pd.Series, accounts: pd.Series, wanted: set[str]) -> dict[str, str]:
    pairs = pd.DataFrame({"key": key.array, "account": accounts.array}).drop_duplicates()
    pairs = pairs[pairs["key"].isin(wanted) & ~pairs["key"].duplicated(keep=False)]
    return dict(zip(pairs["key"], pairs["account"], strict=True))
