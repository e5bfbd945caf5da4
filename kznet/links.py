"""Where an account can be looked at in a browser."""

from typing import Final
from urllib.parse import quote

import pandas as pd

_BY_HANDLE: Final = {
    "telegram": "https://t.me/{}",
    "x": "https://x.com/{}",
    "vk": "https://vk.com/{}",
    "instagram": "https://www.instagram.com/{}/",
    "facebook": "https://www.facebook.com/{}",
    "tiktok": "https://www.tiktok.com/@{}",
    "youtube": "https://www.youtube.com/@{}",
    "bluesky": "https://bsky.app/profile/{}",
    "threads": "https://www.threads.net/@{}",
}
_BY_ID: Final = {
    "x": (r"\d+", "https://x.com/i/user/{}"),
    "vk": (r"-?\d+", "https://vk.com/{}"),
    "facebook": (r"\d+", "https://www.facebook.com/{}"),
    "youtube": (r"UC[\w-]+", "https://www.youtube.com/channel/{}"),
    "bluesky": (r"did:[a-z]+:[\w.:%-]+", "https://bsky.app/profile/{}"),
}
_USER_AT_HOST: Final = r"^([\w.-]+)@([\w.-]+)$"


def links(accounts: pd.DataFrame) -> pd.Series:
    """Link to each account: as given where it is one, else by handle or id; missing if unknown.

    Nothing is looked up: whether the page still exists, and whose it is, the reader sees.

    >>> row = {"account": "x:@abc", "platform": "x", "handle": "Abc", "url": None}
    >>> links(pd.DataFrame([row], dtype="str"))[0]
    'https://x.com/Abc'
    """
    given = accounts["url"].where(accounts["url"].str.contains(r"^https?://", na=False))
    return given.fillna(_by_handle(accounts)).fillna(_by_id(accounts)).astype("str")


def _by_handle(accounts: pd.DataFrame) -> pd.Series:
    in_id = accounts["account"].str.extract(r"^[a-z0-9_]+:@(.+)$", expand=False)
    handle = accounts["handle"].fillna(in_id).astype("str").str.lstrip("@")
    found = pd.Series(None, index=accounts.index, dtype="str")
    for platform, page in _BY_HANDLE.items():
        known = (accounts["platform"] == platform) & handle.notna() & (handle != "")
        found[known] = [page.format(quote(one, safe="._-")) for one in handle[known]]
    host = handle.str.fullmatch(_USER_AT_HOST) & (accounts["platform"] == "mastodon")
    profile = handle.str.replace(_USER_AT_HOST, r"https://\2/@\1", regex=True)
    return found.mask(host, profile)


def _by_id(accounts: pd.DataFrame) -> pd.Series:
    native = accounts["account"].str.replace(r"^[a-z0-9_]+:", "", n=1, regex=True)
    found = pd.Series(None, index=accounts.index, dtype="str")
    for platform, (form, page) in _BY_ID.items():
        known = (accounts["platform"] == platform) & native.str.fullmatch(form)
        named = native[known]
        if platform == "vk":
            named = named.str.replace(r"^(?=\d)", "id", regex=True).str.replace("-", "club")
        found[known] = page.replace("{}", "") + named
    return found
