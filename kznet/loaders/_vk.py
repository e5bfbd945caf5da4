"""VK's accounts and posts in one spelling each, and whom a text names.

People have positive numbers, communities negative ones; ``id1`` and ``club2`` say it in words.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from kznet.loaders._json import mapping, text
from kznet.loaders._rows import Account

_COMMUNITIES: Final = ("group", "page", "event")
_LARGEST: Final = 10**19
_NUMBER: Final = re.compile(r"-?[0-9]{1,19}")
_TYPED: Final = re.compile(r"(id|club|public|event)([0-9]{1,19})", re.IGNORECASE)
_NAME: Final = re.compile(r"[A-Za-z][A-Za-z0-9_.]{2,31}")
_SITE: Final = r"\bvk\.(?:com|ru)/"
_MARKUP: Final = re.compile(r"\[((?:id|club|public|event)[0-9]{1,19})(?::[^\]|]*)?\|[^\]]*\]")
_WALL: Final = re.compile(_SITE + r"\S{0,80}?\bwall(-?[0-9]{1,19})_[0-9]+")
_LINKED: Final = re.compile(_SITE + r"([A-Za-z0-9_.]+)(?![A-Za-z0-9_.-])")
_CALLED: Final = re.compile(r"(?<![\w.@/*])([@*])([A-Za-z](?:\.?[A-Za-z0-9_])+)")
_ADDRESS: Final = re.compile(r"(?:https?://)?(?:www\.|m\.)?vk\.(?:com|ru)/|vk:")
_URL: Final = re.compile(r"https?://[^\s\]|<>\"]+")


def vk_id(value: object) -> str | None:
    """Id of an account by its number; 0 is nobody.

    >>> vk_id(4100001), vk_id("-100001"), vk_id(0)
    ('vk:4100001', 'vk:-100001', None)
    """
    if type(value) is not int:
        written = text(value) or ""
        value = int(written) if _NUMBER.fullmatch(written) else 0
    return f"vk:{value}" if 0 < abs(value) < _LARGEST else None


def community_id(value: object) -> str | None:
    """Id of a community, whose number stands without its sign where no person can be meant.

    >>> community_id(100001), community_id(-100001)
    ('vk:-100001', 'vk:-100001')
    """
    account = vk_id(value)
    return f"vk:-{account.removeprefix('vk:').removeprefix('-')}" if account else None


def post_id(owner: str | None, number: object) -> str | None:
    """Id of a post or comment by the wall on which it stands and its number there.

    >>> post_id("vk:-100001", 140)
    'vk:-100001_140'
    """
    digits = text(number) or ""
    return f"{owner}_{digits}" if owner and re.fullmatch(r"[0-9]{1,19}", digits) else None


def account_given(written: str | None) -> str | None:
    """Account that a person names; None where it is no such name.

    >>> account_given("club100001"), account_given("https://vk.com/id5"), account_given("@Primer")
    ('vk:-100001', 'vk:5', 'vk:@primer')
    """
    plain = _ADDRESS.sub("", (written or "").strip(), count=1).removeprefix("@")
    typed = typed_id(plain) or vk_id(plain)
    if typed is None and _NAME.fullmatch(plain):
        return f"vk:@{plain.lower()}"
    return typed


def typed_id(name: str) -> str | None:
    """Id of an account that is called by its number.

    >>> typed_id("id4100001"), typed_id("public100002"), typed_id("primer")
    ('vk:4100001', 'vk:-100002', None)
    """
    typed = _TYPED.fullmatch(name)
    if typed is None:
        return None
    return vk_id(typed[2]) if typed[1].lower() == "id" else community_id(typed[2])


def named_in(written: str, known: Mapping[str, str]) -> Iterator[str]:
    """Accounts that a text names: in markup, as @name, or by a link to them or to their wall.

    A name after an asterisk or in a link counts only if it is `known` (name → account) or says
    its number: asterisks mark footnotes too, and links lead to music and games.

    >>> list(named_in("[club2|Акимат] @primer *note vk.com/wall-3_4", {}))
    ['vk:-2', 'vk:-3', 'vk:@primer']
    """
    rest = _MARKUP.sub(" ", written)
    found = [typed_id(name) for name in _MARKUP.findall(written)]
    found += [vk_id(owner) for owner in _WALL.findall(rest)]
    found += [_meant(name, known) for name in _LINKED.findall(rest)]
    for sign, name in _CALLED.findall(rest):
        called = f"vk:@{name.lower()}" if sign == "@" and _NAME.fullmatch(name) else None
        found.append(_meant(name, known) or called)
    return (account for account in dict.fromkeys(found) if account)


def _meant(name: str, known: Mapping[str, str]) -> str | None:
    plain = name.rstrip(".").lower()
    return typed_id(plain) or known.get(plain)


def urls_in(written: str) -> list[str]:
    """Addresses that stand in a text."""
    return [found.rstrip(".,;:!?)»") for found in _URL.findall(written)]


def is_account(entry: Mapping[str, Any]) -> bool:
    """Whether an object is of a person or of a community."""
    community = "screen_name" in entry or entry.get("type") in _COMMUNITIES
    named = "first_name" in entry or ("name" in entry and community)
    return "id" in entry and "_" not in entry and named


def account_of(entry: Mapping[str, Any]) -> Account | None:
    """What an object of a person or community says; a deleted one has no name.

    Numbers of communities stand in such objects without their sign.
    """
    person = "first_name" in entry
    account = vk_id(entry.get("id")) if person else community_id(entry.get("id"))
    if account is None:
        return None
    gone = entry.get("deactivated") is not None or entry.get("first_name") == "DELETED"
    names = ("first_name", "last_name") if person else ("name",)
    name = " ".join(filter(None, (text(entry.get(key)) for key in names)))
    counted = entry.get("followers_count") if person else entry.get("members_count")
    return Account(
        account,
        handle=handle_of(entry),
        name=None if gone else name or None,
        followers=text(counted),
        bio=text(entry.get("about") if person else entry.get("description")),
        url=text(entry.get("site")),
        verified=_flag(entry.get("verified")),
    )


def handle_of(entry: Mapping[str, Any]) -> str | None:
    """Name in the address of an account, unless it only repeats the number."""
    name = text(entry.get("screen_name")) or text(entry.get("domain"))
    return None if name is None or typed_id(name) else name


def _flag(value: object) -> str | None:
    return str(int(value)) if isinstance(value, int) and value in (0, 1) else None


def asked_for(around: Mapping[str, Any]) -> dict[str, Any]:
    """What a file repeats of the request, beside the answer or in an object of its own."""
    listed = around.get("request_params")
    pairs = [mapping(each) for each in listed] if isinstance(listed, list) else []
    asked = {text(pair.get("key")) or "": pair.get("value") for pair in pairs}
    for key in ("request", "params", "query"):
        inner = mapping(around.get(key))
        asked |= {**mapping(inner.get("params")), **inner}
    return {**around, **asked}
