"""What the files themselves do not say, and the person who loads them does."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal
from zoneinfo import ZoneInfo

from kznet.errors import DataError
from kznet.loaders._ids import canonical_platform
from kznet.loaders._kinds import kind_of

Direction = Literal["actor", "influence"]


@dataclass(frozen=True)
class Options:
    """How to read what a file leaves open.

    Attributes
    ----------
    platform
        Platform of ids that carry none; without it they are kept under ``node:``.
    tz
        Zone of local times that name none.
    kind
        Kind of ties for files that don't say; without it "repost" where the file has weights,
        times or posts, else "follow".
    direction
        Whether a plain edge list or graph runs from the one who reposts ("actor") or from the
        author to the one who reposts ("influence").
    source_account
        The account that a file is about where the file itself does not say: whose followers or
        followings a list holds, who shared the posts on it.
    query
        The SQL that gives the rows, where the input is a database.
    progress
        Called with the name of a file, the bytes done and the bytes in all.

    Raises
    ------
    DataError
        A value is not one of those that are known.
    """

    platform: str | None = None
    tz: str = "Asia/Almaty"
    kind: str | None = None
    direction: Direction = "actor"
    source_account: str | None = None
    query: str | None = None
    progress: Callable[[str, int, int], None] | None = None

    def __post_init__(self) -> None:
        _zone(self.tz)
        if self.direction not in ("actor", "influence"):
            raise DataError(f"direction {self.direction!r} is not 'actor' or 'influence'")
        if self.platform is not None:
            platform = canonical_platform(self.platform.strip().casefold())
            if not re.fullmatch(r"[a-z][a-z0-9_]*", platform):
                raise DataError(f"platform {self.platform!r} is not a word like 'telegram' or 'x'")
            object.__setattr__(self, "platform", platform)
        if self.kind is not None:
            kind = kind_of(self.kind)
            if kind is None:
                raise DataError(f"kind {self.kind!r} is not a known kind of tie")
            object.__setattr__(self, "kind", kind)


def _zone(name: str) -> None:
    try:
        ZoneInfo(name)
    except (OSError, ValueError, LookupError) as error:
        raise DataError(
            f"time zone {name!r} is not known; wanted one like 'Asia/Almaty'"
        ) from error


DEFAULTS: Final = Options()
