"""CrowdTangle's CSV of posts on Facebook pages, in groups, and on Instagram."""

from collections.abc import Mapping
from functools import partial
from typing import Final

import pandas as pd

from kznet.loaders._cells import (
    Said,
    each_as,
    first_of,
    found,
    groups,
    handles,
    known,
    named,
    part_said,
    under,
    without,
    wording,
)
from kznet.loaders._clean import counts
from kznet.loaders._columns import words
from kznet.loaders._formats import Verdict, loader
from kznet.loaders._instagram import NAMED, linked_code
from kznet.loaders._options import Options
from kznet.loaders._part import Part
from kznet.loaders._source import Source
from kznet.loaders._table import Table, by_piece

_WHOSE: Final = ("Page Name", "Group Name", "Account")
_SIZE: Final = ("Followers at Posting", "Likes at Posting")
_TIME: Final = ("Post Created", "Created")
_STAMP: Final = "^(?P<time>.*[0-9]) +(?P<zone>[A-Za-z]{1,5})$"
_OFFSETS: Final[Mapping[str, str]] = {
    zone: offset
    for offset, zones in {
        "-10:00": "HST",
        "-09:00": "AKST",
        "-08:00": "PST AKDT",
        "-07:00": "MST PDT",
        "-06:00": "CST MDT",
        "-05:00": "EST CDT",
        "-04:00": "EDT AST",
        "-03:00": "ADT BRT ART",
        "+00:00": "UTC GMT UCT Z WET",
        "+01:00": "CET BST WEST WAT",
        "+02:00": "EET CEST CAT SAST",
        "+03:00": "MSK EEST TRT EAT",
        "+04:00": "SAMT AZT GET",
        "+05:00": "YEKT UZT TJT TMT PKT AQTT ORAT",
        "+06:00": "ALMT KGT OMST",
        "+07:00": "NOVT KRAT ICT WIB",
        "+08:00": "IRKT HKT SGT AWST",
        "+09:00": "YAKT JST KST",
        "+10:00": "VLAT AEST",
        "+11:00": "AEDT",
        "+12:00": "NZST",
        "+13:00": "NZDT",
    }.items()
    for zone in words(zones)
}
_HERE: Final = r"(?i)^https?://(?:[\w-]+\.)?facebook\.com/"
_LINK: Final = _HERE + r"(?P<first>[^/?#]+)/?(?P<rest>[^?#]*)(?:\?(?P<query>[^#]*))?"
_BY_QUERY: Final = ("permalink.php", "story.php", "profile.php")
_PAGES: Final = ("pages", "people")
_NOBODYS: Final = words(
    "ads business dialog events gaming hashtag help l.php legal live login login.php marketplace "
    "media notes photo photo.php photos plugins policies privacy reel reels search share sharer "
    "sharer.php stories video video.php videos watch"
)
_QUERY: Final = r"(?:^|&)id=(?P<account>[0-9]+)"
_STORY: Final = r"(?:^|&)story_fbid=(?P<post>\w+)"
_IN_GROUP: Final = "^(?P<account>[^/]+)(?:/(?:permalink|posts)/(?P<post>[0-9]+))?"
_IN_PAGES: Final = "^[^/]+/(?P<account>[0-9]+)"
_POST: Final = r"(?:^|/)(?P<post>[0-9]+|pfbid\w+)/?$"


def _recognises(source: Source) -> Verdict:
    if not source.header:
        return Verdict(fits=False, why="not a table")
    found = [
        next((name for name in names if name in source.header), None)
        for names in (_WHOSE, _SIZE, _TIME, ("URL",))
    ]
    if None in found:
        return Verdict(fits=False, why="not the columns of CrowdTangle's posts")
    return Verdict(fits=True, why=f"columns {', '.join(filter(None, found))}")


@loader(recognises=_recognises)
def crowdtangle(source: Source, options: Options) -> Part:
    """Posts in a CSV file of CrowdTangle: Facebook pages and groups, Instagram.

    How to get it
    -------------
    CrowdTangle's "Historical Data" or a search, as CSV. The service closed in August 2024.

    What is read
    ------------
    Facebook: the page or group of each post; a link to another page or its post is taken for a
    repost of it, which is a rule of thumb: CrowdTangle itself does not say what is shared.
    Instagram: @ in the caption (mentions). Followers at posting, the most of them counts.
    Posts go by their number or short code. Names of time zones are turned into UTC.

    What is missing
    ---------------
    Shares without a link; links to a post that do not say whose it is (watch, reel, photo.php).
    Who wrote a post in a group: the group itself counts as author. A row whose time zone has a
    name that is not known is set aside; EST, CST and the like are America's. The names of zones
    were not checked against a live export. A page that changed its name may seem to share itself.
    """
    return by_piece(source, lambda rows: _part(rows, options))


def _part(rows: Table, options: Options) -> Part:
    time = first_of(rows.frame, *_TIME)
    zone = groups(time, _STAMP)["zone"].str.upper()
    rows = without(rows, zone.notna() & ~zone.isin(list(_OFFSETS)), "time zone not known", time)
    facebook = {"Page Name", "Group Name"} & set(rows.frame.columns)
    return part_said(rows, (_facebook if facebook else _instagram)(rows.frame), options)


def _times(frame: pd.DataFrame) -> pd.Series:
    time = first_of(frame, *_TIME)
    stamp = groups(time, _STAMP)
    return (stamp["time"] + stamp["zone"].str.upper().map(_OFFSETS).astype("str")).fillna(time)


def _facebook(frame: pd.DataFrame) -> Said:
    number, handle = first_of(frame, "Facebook Id"), first_of(frame, "User Name")
    by_handle = handles("facebook", handle)
    account = under("facebook", number).fillna(by_handle)
    url, link, final = (first_of(frame, name) for name in ("URL", "Link", "Final Link"))
    own, other = _linked(url), _linked(link.where(link.str.contains(_HERE, na=False), final))
    itself = (other["account"] == account) | (other["account"] == by_handle)
    itself |= other["post"] == own["post"]
    nobodys = other["link"].notna() & other["account"].isna() & ~itself
    whose = other["account"].mask(itself)
    return Said(
        columns={
            "content": "facebook:" + own["post"].fillna(url.str.rstrip("/")),
            "author": account,
            "time": _times(frame),
            "text": wording(frame, "Message"),
            "links": final.fillna(link),
            "repost_account": whose,
            "repost_post": ("facebook:" + other["post"]).where(whose.notna()),
        },
        accounts=[_accounts(frame, account, handle)],
        ids=[number],
        notes=[("links to Facebook that do not say whose post they lead to", int(nobodys.sum()))],
    )


def _linked(urls: pd.Series) -> pd.DataFrame:
    """To which account and post links to Facebook lead; `link` is missing for all others."""
    link = groups(urls, _LINK)
    first, rest, query = link["first"].str.lower(), link["rest"], link["query"]
    by_query, in_group, in_pages = first.isin(_BY_QUERY), first == "groups", first.isin(_PAGES)
    odd = by_query | in_group | in_pages
    group = groups(rest.where(in_group), _IN_GROUP)
    asked = query.where(by_query)
    name = link["first"].mask(odd | first.isin(_NOBODYS))
    name = name.fillna(groups(asked, _QUERY)["account"]).fillna(group["account"])
    name = name.fillna(groups(rest.where(in_pages), _IN_PAGES)["account"])
    post = groups(rest.mask(odd), _POST)["post"]
    post = post.fillna(groups(asked, _STORY)["post"]).fillna(group["post"])
    account = named("facebook", name)
    return pd.DataFrame({"link": first, "account": account, "post": post})


def _instagram(frame: pd.DataFrame) -> Said:
    handle, text = first_of(frame, "User Name"), wording(frame, "Description")
    account = handles("instagram", handle)
    return Said(
        columns={
            "content": "instagram:" + each_as(first_of(frame, "URL", "Link"), linked_code),
            "author": account,
            "time": _times(frame),
            "text": text,
        },
        mentions=[found(text, NAMED, sign="@").under(partial(handles, "instagram"))],
        accounts=[_accounts(frame, account, handle)],
    )


def _accounts(frame: pd.DataFrame, account: pd.Series, handle: pd.Series) -> pd.DataFrame:
    followers, _ = counts(first_of(frame, "Followers at Posting"))
    return known(
        {
            "account": account,
            "handle": handle,
            "name": first_of(frame, *_WHOSE),
            "followers": followers,
            "bio": first_of(frame, "Page Description"),
        }
    )
