"""File names of pages about one account."""

import hashlib
import re
from typing import Final

_OTHER: Final = re.compile(r"[^a-z0-9]+")
_LONGEST: Final = 40


def slug(account: str) -> str:
    """Name a file after an account: plain letters and digits, different for different accounts.

    >>> slug("telegram:Channel_1")
    'telegram-channel-1-96c8468a'
    """
    plain = _OTHER.sub("-", account[: 2 * _LONGEST].lower()).strip("-")[:_LONGEST].rstrip("-")
    digest = hashlib.sha256(account.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"{plain}-{digest}" if plain else digest
