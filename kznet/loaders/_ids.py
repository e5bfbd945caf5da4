"""Ids of accounts and posts under the name of their platform."""

from typing import Final

import pandas as pd

from kznet.codes import is_coded, map_distinct

UNKNOWN_PLATFORM: Final = "node"
_PLATFORM_NAMES: Final = {"twitter": "x", "tg": "telegram", "vkontakte": "vk", "ig": "instagram"}
_PREFIXED: Final = r"^[a-z][a-z0-9_]*:."
_NOT_A_PLATFORM: Final = r"^(?:https?|did|at|acct|mailto|urn|tag):"
_FLOAT: Final = r"^-?[0-9]+\.0+$|^-?[0-9]+(?:\.[0-9]+[eE]\+?|[eE]\+)[0-9]{1,3}$"
_POWER: Final = r"(?:\.([0-9]+))?[eE]\+?([0-9]+)$"
_EXACT: Final = 2**53


def canonical_platform(name: str) -> str:
    """One name for each platform, whatever it is called.

    >>> canonical_platform("twitter"), canonical_platform("telegram")
    ('x', 'telegram')
    """
    return _PLATFORM_NAMES.get(name, name)


def namespaced(raw: pd.Series, platform: str | None) -> pd.Series:
    """Put each id under its platform; ids that name one already keep it.

    Handles ("@name") are lowered, since platforms do not tell their cases apart; numbers that
    a spreadsheet wrote as "1500000002.0" get their plain form back, as far as it is exact.
    """
    prefix = platform or UNKNOWN_PLATFORM

    def change(ids: pd.Series) -> pd.Series:
        plain = _unfloated(ids)
        return _same_spelling(plain.where(is_namespaced(plain), prefix + ":" + plain))

    return map_distinct(raw, change)


def imprecise(distinct: pd.Series) -> int:
    """How many of these ids had lost digits before they came here; one that comes twice is one."""
    floats = distinct[distinct.str.contains(_FLOAT, na=False)].drop_duplicates()
    return int((~_is_exact(floats)).sum())


def is_namespaced(ids: pd.Series) -> pd.Series:
    """Which ids begin with the name of a platform; links and DIDs do not."""
    return ids.str.contains(_PREFIXED, na=False) & ~ids.str.contains(_NOT_A_PLATFORM, na=False)


def namespaced_posts(raw: pd.Series, platform: str | None) -> pd.Series:
    """Ids of posts under the platform, where one is known; else as they are."""
    if platform is None:
        return raw if is_coded(raw) else raw.astype("str")
    return map_distinct(raw, lambda ids: ids.where(is_namespaced(ids), f"{platform}:" + ids))


def native(ids: pd.Series) -> pd.Series:
    """Id without its platform."""
    return ids.str.replace(r"^[a-z0-9_]+:", "", n=1, regex=True)


def exact(raw: pd.Series) -> pd.Series:
    """Ids as they were before a spreadsheet made numbers of them; missing where digits are lost."""

    def change(ids: pd.Series) -> pd.Series:
        mended = _unfloated(ids)
        return mended.mask(mended.str.contains(_FLOAT, na=False))

    return map_distinct(raw, change)


def _unfloated(ids: pd.Series) -> pd.Series:
    floats = ids.str.contains(_FLOAT, na=False)
    if not floats.any():
        return ids
    safe = ids[floats][_is_exact(ids[floats])]
    whole = safe.astype("float64").astype("int64").astype("str")
    return whole.reindex(ids.index).fillna(ids)


def _is_exact(floats: pd.Series) -> pd.Series:
    """Which numbers have all their digits; "1.0015E+12" stands for many."""
    number = floats.astype("float64")
    power = floats.str.extract(_POWER)
    cut = power[0].fillna("").str.len() < power[1].astype("float64")
    return number.abs().lt(_EXACT) & (number % 1 == 0) & ~cut


def _same_spelling(ids: pd.Series) -> pd.Series:
    for other, platform in _PLATFORM_NAMES.items():
        ids = ids.str.replace(f"^{other}:", f"{platform}:", regex=True)
    if ids.str.startswith("telegram:-100").any():
        ids = ids.str.replace(r"^telegram:-100([0-9]{9,})$", r"telegram:channel\1", regex=True)
    handle = ids.str.contains(r"^[a-z0-9_]+:@", na=False)
    return ids.where(~handle, ids.str.lower())
