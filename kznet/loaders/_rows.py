"""The words in which a loader says what it found in one record of an export."""

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple


class Of(NamedTuple):
    """Whose post, and which, a message reposts, answers or quotes; either may be unknown."""

    account: str | None = None
    post: str | None = None


class Message(NamedTuple):
    """One post, or one share of a post; `content` is its own id.

    See `_messages` for what becomes of it.
    """

    content: str | None
    author: str | None
    time: str | None = None
    repost: Of | None = None
    reply: Of | None = None
    quote: Of | None = None
    mentions: Sequence[str] = ()
    text: str | None = None
    links: str | None = None
    lang: str | None = None
    topic: str | None = None


class Tie(NamedTuple):
    """One act of one account towards another; ids carry their platform already."""

    source: str
    target: str | None
    kind: str
    time: str | None = None
    post: str | None = None
    content: str | None = None


class Post(NamedTuple):
    """One original post that a record brings along."""

    post: str
    account: str | None = None
    time: str | None = None
    text: str | None = None
    links: str | None = None
    lang: str | None = None


class Account(NamedTuple):
    """What a record says of an account."""

    account: str
    handle: str | None = None
    name: str | None = None
    followers: str | None = None
    bio: str | None = None
    url: str | None = None
    created: str | None = None
    verified: str | None = None


class Aside(NamedTuple):
    """Why a record, or a piece of it, is set aside."""

    reason: str
    value: str = ""


class Note(NamedTuple):
    """Something to be counted and said in the report."""

    text: str


Row = Message | Tie | Post | Account | Aside | Note
Record = tuple[int, Iterable[Row]]
NOTHING: Final = "says nothing of an account or a post"
