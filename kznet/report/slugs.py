"""File names of pages about one account: safe, stable, and nobody else's."""

import hashlib
import re
from typing import Final

_PLAIN: Final = re.compile(r"[a-z0-9]{1,20}:[a-z0-9_]{1,60}")
_DIGITS: Final = 20
_LONGEST: Final = 40


def slug(account: str) -> str:
    """Return a file name without extension: lower-case ASCII letters, digits, hyphens.

    A plain id keeps its letters; every other gets digits of its hash after two hyphens, which no
    plain one has, so that two accounts never share a file, also where case makes no difference.

    >>> slug("telegram:channel1500000001")
    'telegram-channel1500000001'
    >>> slug("telegram:../../Новости")
    'telegram--452a55da8412dfea72ad'
    """
    if _PLAIN.fullmatch(account):
        return account.replace(":", "-")
    readable = re.sub(r"[^a-z0-9]+", "-", account.lower())[:_LONGEST].strip("-")
    digest = hashlib.sha256(account.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS]
    return f"{readable or 'account'}--{digest}"
