"""Accounts and posts of Mastodon by names that are the same on every server.

An account is user@host, a post the address under which its own server keeps it.
"""

import re
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlsplit

from kznet.loaders._json import text

Object = Mapping[str, Any]
_USER: Final = r"[A-Za-z0-9_]+(?:[.-]+[A-Za-z0-9_]+)*"
_HOST: Final = r"[^\s@/:?#.]+(?:\.[^\s@/:?#.]+)+(?::[0-9]{1,5})?"
ADDRESS: Final = rf"@?{_USER}@{_HOST}"
_PATH: Final = re.compile(rf"/(?:users/|@)({_USER})(?:@({_HOST}))?(?:/.*)?")


def account_id(name: object, address: object = None) -> str | None:
    """Id of an account by its name; one without a host is of the server that the address is on.

    >>> account_id("Gov@Other.test"), account_id("primer", "https://m.test/@primer")
    ('mastodon:@gov@other.test', 'mastodon:@primer@m.test')
    """
    written = (text(name) or "").removeprefix("@")
    if re.fullmatch(ADDRESS, written):
        return f"mastodon:@{written.lower()}"
    if not re.fullmatch(_USER, written):
        return None
    host = _split(address)[0]
    return f"mastodon:@{written}@{host}".lower() if host else f"mastodon:@{written.lower()}"


def addressed(url: object) -> str | None:
    """Account that the address of a profile or post names, as Mastodon builds them.

    >>> addressed("https://other.test/users/gov/statuses/2"), addressed("https://m.test/@gov/2")
    ('mastodon:@gov@other.test', 'mastodon:@gov@m.test')
    """
    host, path = _split(url)
    found = _PATH.fullmatch(path)
    if not host or found is None:
        return None
    return f"mastodon:@{found[1]}@{found[2] or host}".lower()


def account_given(written: str | None) -> str | None:
    """Account that a person names, by user@host or by its address; None where it is neither.

    >>> account_given("mastodon:@Primer@m.test"), account_given("https://m.test/@primer")
    ('mastodon:@primer@m.test', 'mastodon:@primer@m.test')
    """
    plain = (written or "").strip().removeprefix("mastodon:")
    return addressed(plain) or account_id(plain)


def post_id(*names: object) -> str | None:
    """Id of a post by the first of its names that is there: its address, or a number of its server.

    >>> post_id(None, "https://m.test/users/primer/statuses/1")
    'mastodon:https://m.test/users/primer/statuses/1'
    """
    name = next(filter(None, map(text, names)), None)
    return f"mastodon:{name}" if name else None


def is_url(value: object) -> bool:
    """Whether a value is an address on the web."""
    return bool(_split(value)[0])


def _split(url: object) -> tuple[str, str]:
    """Host and path of an address; nothing where it is none."""
    try:
        parts = urlsplit(text(url) or "")
    except ValueError:
        return "", ""
    on_web = parts.scheme in ("http", "https") and re.fullmatch(_HOST, parts.netloc)
    return (parts.netloc, parts.path) if on_web else ("", "")
