"""Members, friends and subscriptions of VK: who follows whom on a list."""

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from kznet.loaders._json import items, mapping, text
from kznet.loaders._rows import Aside, Row, Tie
from kznet.loaders._vk import account_of, asked_for, community_id, is_account, vk_id

_Object = Mapping[str, Any]
_WHOSE: Final = "the list does not say whose it is: give --source-account (club1 or id1)"
_WHICH: Final = "whether these are members or friends: give --source-account as club1 or id1"


class Listing(NamedTuple):
    """Whose list a page holds, and what it is a list of.

    `people` says what the people on it are: "members" (who follow the owner), "friends",
    "followed" (by the owner), or nothing where that cannot be told. Bare numbers are those of
    `communities` or of people. `asked` is what the file repeats of the request.
    """

    owner: str | None
    people: str
    communities: bool
    asked: _Object


def listing_of(around: _Object, page: object, given: str | None, certain: bool) -> Listing:
    """Whose list it is: what the file says of the request, else the account that was given.

    `certain` says whether the latter tells a person from a community.
    """
    asked = asked_for({**around, **_beside(page)})
    group, person = community_id(asked.get("group_id")), vk_id(asked.get("user_id"))
    said = group or person or vk_id(asked.get("owner_id"))
    owner = said or given
    communities = (text(asked.get("method")) or "").lower() == "groups.get"
    people = "followed" if communities else _people(mapping(page), asked, owner)
    if people == "members" and not said and not certain and owner:
        owner = community_id(owner.removeprefix("vk:"))
    known = owner is None or said is not None or (certain and "@" not in owner)
    return Listing(owner, people if known or people != "friends" else "", communities, asked)


def _people(page: _Object, asked: _Object, owner: str | None) -> str:
    """What people are on a list, by what stands on it and whose it is."""
    method = (text(asked.get("method")) or "").lower()
    entries = list(map(mapping, items(page.get("items"))))
    if "users" in page or any(map(_is_followed, entries)):
        return "followed"
    of_members = "next_from" in page or method.endswith(("followers", "getmembers"))
    return "members" if of_members or (owner or "").startswith("vk:-") else "friends"


def _is_followed(entry: _Object) -> bool:
    """Whether an account is one that only lists of subscriptions hold."""
    return entry.get("type") == "profile" or (is_account(entry) and "first_name" not in entry)


def listed(item: object, listing: Listing) -> list[Row]:
    """Ties of one account on a list, and what is said of it."""
    entry = mapping(item)
    said = account_of(entry) if is_account(entry) else None
    number = entry.get("id") if entry else item
    numbered = community_id(number) if listing.communities else vk_id(number)
    account = said.account if said else numbered
    if account is None:
        return [Aside("an account without a number")]
    if listing.owner is None or not listing.people:
        return [Aside(_WHICH if listing.owner else _WHOSE, account)]
    ties = _ties(listing.owner, account, listing.people)
    return [*ties, said] if said else [*ties]


def _ties(owner: str, account: str, people: str) -> list[Tie]:
    there, back = Tie(owner, account, "follow"), Tie(account, owner, "follow")
    if people == "followed" or account.startswith("vk:-"):
        return [there]
    return [back, there] if people == "friends" else [back]


def _beside(page: object) -> _Object:
    """Plain values that stand beside the items of a page."""
    return {key: value for key, value in mapping(page).items() if not isinstance(value, list)}
