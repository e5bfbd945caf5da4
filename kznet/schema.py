"""Columns, kinds and roles: the words in which the three tables are written."""

from collections.abc import Mapping
from typing import Final

from kznet.times import UTC_DTYPE

KINDS: Final = ("follow", "repost", "mention", "reply", "quote")
ROLES: Final = (
    "politician",
    "government",
    "party",
    "opposition",
    "media",
    "blogger",
    "other",
)
NO_PLATFORM: Final = ("node", "entity")
PUBLIC_ROLES: Final = ROLES[:-1]
PUBLIC_FOLLOWERS: Final = 10_000

_ACCOUNTS: Final = {
    "account": "str",
    "platform": "str",
    "handle": "str",
    "name": "str",
    "role": "str",
    "camp": "str",
    "entity": "str",
    "staff_of": "str",
    "followers": "Int64",
    "bio": "str",
    "url": "str",
    "created": UTC_DTYPE,
    "verified": "boolean",
}
_TIES: Final = {
    "source": "str",
    "target": "str",
    "kind": "str",
    "time": UTC_DTYPE,
    "post": "str",
    "content": "str",
    "weight": "float64",
    "resolution": "float64",
}
_POSTS: Final = {
    "post": "str",
    "account": "str",
    "time": UTC_DTYPE,
    "text": "str",
    "topic": "str",
    "links": "str",
    "lang": "str",
}
SCHEMA: Final[Mapping[str, Mapping[str, object]]] = {
    "accounts": _ACCOUNTS,
    "ties": _TIES,
    "posts": _POSTS,
}
REQUIRED: Final = {"accounts": ("account",), "ties": ("source", "kind"), "posts": ("post",)}
