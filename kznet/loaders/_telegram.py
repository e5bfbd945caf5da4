"""Telegram's ids, handles, links and names in one spelling each.

Users, groups and channels count their ids apart, so the type is part of the id.
"""

import re
import unicodedata
from typing import Final
from urllib.parse import urlsplit

from kznet.loaders._columns import words
from kznet.loaders._json import text

NAME: Final = "telegram:name:"
NAMED: Final = (
    r"(?i)(?<![\w@./-])("
    r"@[a-z][a-z0-9_]{3,31}(?![a-z0-9_@])"
    r"|(?:https?://)?(?:www\.)?(?:t\.me|telegram\.me|telegram\.dog)/(?:[sc]/)?[a-z0-9_+]+"
    r"|(?:https?://)?[a-z][a-z0-9_]{3,31}\.t\.me\b)"
)
_LINKED: Final = r"(?i)\bhttps?://[^\s<>\"'()\[\]]+"
NAIVE: Final = r"^([0-9]{4}-[0-9]{2}-[0-9]{2}[ T][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?)$"
_TYPED: Final = re.compile(r"(user|chat|channel)(\d{1,19})")
_HANDLE: Final = re.compile(r"[A-Za-z][A-Za-z0-9_]{3,31}")
_HOSTS: Final = frozenset(["t.me", "telegram.me", "telegram.dog"])
_NO_ACCOUNT: Final = frozenset(
    words(
        "addemoji addlist addstickers addtheme boost confirmphone contact giftcode invoice "
        "iv joinchat login msg proxy setlanguage share socks"
    )
)
_USER_SHIFT: Final = 1 << 32
_CHAT_SHIFT: Final = 1 << 33
_FIRST_CHANNEL: Final = 1_000_000_000


def peer_id(value: object) -> str | None:
    """Id of a user, group or channel from any form that exports write.

    Exports before 2021 write a number: users are shifted by 2^32, groups and channels by 2^33.

    >>> peer_id("channel1500000001"), peer_id(-1001500000001), peer_id(4300000001)
    ('telegram:channel1500000001', 'telegram:channel1500000001', 'telegram:user5032705')
    """
    written = text(value)
    if written is None:
        return None
    if typed := _TYPED.fullmatch(written):
        return f"telegram:{typed[1]}{int(typed[2])}"
    if not re.fullmatch(r"-?\d{1,19}", written):
        return None
    return f"telegram:{_shifted(int(written))}"


def _shifted(number: int) -> str:
    if number < 0:
        written = str(-number)
        long = written.startswith("100") and len(written) > 12
        return f"channel{int(written[3:])}" if long else f"chat{-number}"
    if number >= _CHAT_SHIFT:
        bare = number - _CHAT_SHIFT
        return f"channel{bare}" if bare >= _FIRST_CHANNEL else f"chat{bare}"
    return f"user{number - _USER_SHIFT if number >= _USER_SHIFT else number}"


def typed_id(kind: str, number: object) -> str | None:
    """Id of a user, chat or channel of which the bare number is written, or the marked one.

    >>> typed_id("channel", -1001500000001), typed_id("user", "8")
    ('telegram:channel1500000001', 'telegram:user8')
    """
    written = text(number) or ""
    return peer_id(kind + written.removeprefix("-100").lstrip("-"))


def untyped_id(number: object) -> str | None:
    """Id of a user or channel of which nothing but the bare number is known.

    Numbers of channels begin at a thousand million; above it the account is looked up among
    those of the data once all files are there.

    >>> untyped_id(8), untyped_id(1500000001)
    ('telegram:user8', 'telegram:1500000001')
    """
    written = text(number) or ""
    if not re.fullmatch(r"[0-9]{1,19}", written):
        return peer_id(number)
    return f"telegram:{'user' if int(written) < _FIRST_CHANNEL else ''}{int(written)}"


def handle_id(handle: object) -> str | None:
    """Id of an account of which the handle alone is known.

    >>> handle_id("@Primer_Akimat")
    'telegram:@primer_akimat'
    """
    written = (text(handle) or "").removeprefix("@")
    return f"telegram:@{written.lower()}" if _HANDLE.fullmatch(written) else None


def linked_account(url: object) -> str | None:
    """Account that a link to Telegram leads to; None for invitations and all other links.

    >>> linked_account("https://t.me/primer_blog/77"), linked_account("t.me/c/1500000001/5")
    ('telegram:@primer_blog', 'telegram:channel1500000001')
    """
    written = text(url) or ""
    try:
        parts = urlsplit(written if "//" in written else f"//{written}")
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return None
    path = [step for step in parts.path.split("/") if step]
    if host.endswith(".t.me"):
        return handle_id(host.removesuffix(".t.me"))
    if host not in _HOSTS or not path:
        return None
    if path[0] == "c" and len(path) > 1:
        return peer_id(f"channel{path[1]}")
    handle = path[1] if path[0] == "s" and len(path) > 1 else path[0]
    return None if handle.lower() in _NO_ACCOUNT else handle_id(handle)


def named_account(word: str) -> str | None:
    """Account that an @handle or a link to Telegram stands for."""
    return handle_id(word) if word.startswith("@") else linked_account(word)


def named_in(words: str) -> list[str]:
    """Accounts that a text names where nothing marks its mentions and links, in order.

    >>> named_in("Қараңыз: @primer_blog, t.me/primer_news/5; mail@primer.kz")
    ['telegram:@primer_blog', 'telegram:@primer_news']
    """
    found = (named_account(word) for word in re.findall(NAMED, words))
    return list(dict.fromkeys(account for account in found if account))


def links_in(words: str) -> str | None:
    """Web addresses that a text holds, each once, in order."""
    return " ".join(dict.fromkeys(re.findall(_LINKED, words))) or None


def in_utc(time: object) -> str | None:
    """Time as it is written; in UTC where it names no zone.

    >>> in_utc("2024-01-25 16:15:58.000000"), in_utc("2024-01-25T16:15:58+00:00")
    ('2024-01-25 16:15:58.000000Z', '2024-01-25T16:15:58+00:00')
    """
    written = text(time)
    return None if written is None else re.sub(NAIVE, r"\1Z", written)


def name_id(name: object) -> str | None:
    """Id of an account of which the display name alone is known.

    >>> name_id(" Пример  Акимат")
    'telegram:name:пример акимат'
    """
    plain = plain_name(text(name) or "")
    return NAME + plain if plain else None


def plain_name(name: str) -> str:
    """Display name in which case, spacing and forms of one letter do not count."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())
