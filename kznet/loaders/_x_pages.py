"""Users as X's second API lists them: who they are, and whose followers or followings."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from kznet.loaders._json import mapping, text
from kznet.loaders._options import Options
from kznet.loaders._rows import Account, Aside, Note, Row, Tie
from kznet.loaders._x import Object, account_id, subject

ADDRESS: Final = r"/2/(users|tweets)/(\d+)/(following|followers|retweeted_by)\b"
NOT_SAID: Final = "a page of users does not say whose they are (no __twarc.url)"
NO_TIE: Final = Note("users listed without a tie")
_SUBJECT: Final = re.compile(ADDRESS)


@dataclass(frozen=True)
class Listed:
    """Whose list of users a file holds where its pages don't say, and which one."""

    account: str | None
    followers: bool

    @property
    def assumed(self) -> str:
        """What is taken for granted, in words."""
        act = "follow" if self.followers else "be followed by"
        return f"users on pages without an address, taken to {act} {self.account}"

    def rows(self, user: Object, url: str) -> Iterator[Row]:
        """Say who a user is and what they did, by the address that the page came from."""
        other = account_id(user.get("id"))
        if other is None:
            yield Aside("no user id", text(user.get("username")) or "")
            return
        if not url and self.account is None:
            yield Aside(NOT_SAID, other)
            return
        yield from user_rows(user)
        if url:
            yield _act(other, url)
            return
        ends = (other, self.account) if self.followers else (self.account or other, other)
        yield Note(self.assumed)
        yield Tie(*ends, "follow")


def listed(name: str, options: Options) -> Listed:
    """Whose list a file holds: an account named by the user, its followers by the file's name."""
    return Listed(subject(options), "follower" in name.casefold())


def _act(account: str, url: str) -> Row:
    asked = _SUBJECT.search(url)
    match asked.groups() if asked else None:
        case ("users", number, "following"):
            return Tie(f"x:{number}", account, "follow")
        case ("users", number, "followers"):
            return Tie(account, f"x:{number}", "follow")
        case ("tweets", number, "retweeted_by"):
            return Tie(account, None, "repost", post=f"x:{number}")
        case _:
            return NO_TIE


def user_rows(user: Object) -> Iterator[Row]:
    """Say who a user is."""
    account, verified = account_id(user.get("id")), user.get("verified")
    if account is not None:
        yield Account(
            account,
            handle=text(user.get("username")),
            name=text(user.get("name")),
            followers=text(mapping(user.get("public_metrics")).get("followers_count")),
            bio=text(user.get("description")),
            created=text(user.get("created_at")),
            verified=str(verified) if isinstance(verified, bool) else None,
        )
