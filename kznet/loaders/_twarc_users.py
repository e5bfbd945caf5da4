"""Users in the columns of twarc-csv: who they are, and what the address of their page says."""

from typing import Final

import pandas as pd

from kznet.loaders._cells import first_of, under
from kznet.loaders._ids import imprecise
from kznet.loaders._messages import with_table
from kznet.loaders._part import Part, Warned, counted, set_aside, table
from kznet.loaders._table import Table
from kznet.loaders._x_pages import ADDRESS, NO_TIE, NOT_SAID, Listed
from kznet.loaders._x_tables import people

_KINDS: Final = {"followers": "follow", "following": "follow", "retweeted_by": "repost"}
_ABOUT: Final = {
    "handle": "username",
    "name": "name",
    "followers": "public_metrics.followers_count",
    "bio": "description",
    "created": "created_at",
    "verified": "verified",
}


def authors(rows: Table, account: pd.Series) -> tuple[pd.DataFrame, tuple[Warned, ...]]:
    """What rows of tweets say of those who wrote them."""
    return people(rows, account, {name: f"author.{spelt}" for name, spelt in _ABOUT.items()})


def users(rows: Table, whose: Listed) -> Part:
    """Follows, and reposts of one post, of a table of users; and who they are."""
    number, url = first_of(rows.frame, "id"), first_of(rows.frame, "__twarc.url")
    account = under("x", number)
    ties = _ties(account, url, whose).assign(line=rows.lines)
    told = url.notna() | (whose.account is not None)
    good = account.notna() & told
    known, doubts = people(rows, account.where(good), _ABOUT)
    reason = pd.Series(NOT_SAID, index=account.index).mask(account.isna(), "no user id")
    assumed = (whose.assumed, int((good & url.isna()).sum()))
    without = (NO_TIE.text, int((good & ties["kind"].isna()).sum()))
    part = Part(
        rows=rows.rows,
        used=int(good.sum()),
        ties=ties[good & ties["kind"].notna()].reset_index(drop=True),
        aside=set_aside(
            rows.lines[~good], reason[~good].array, account.fillna(number)[~good].array
        ),
        warnings=(*doubts, *counted([assumed, without, ("id precision lost", imprecise(number))])),
    )
    return with_table(part, rows, [known])


def _ties(account: pd.Series, url: pd.Series, whose: Listed) -> pd.DataFrame:
    """One tie a user; without a kind where the address says of none."""
    asked = url.str.extract(ADDRESS)
    subject, act = "x:" + asked[1], asked[2]
    if whose.account is not None:
        subject = subject.mask(url.isna(), whose.account)
        act = act.mask(url.isna(), "followers" if whose.followers else "following")
    inward, shared = act == "followers", act == "retweeted_by"
    known = {
        "source": account.where(inward | shared, subject),
        "target": subject.where(inward, account).mask(shared),
        "kind": act.map(_KINDS),
        "post": subject.where(shared),
        "weight": 1.0,
    }
    return table("ties", known, index=account.index)
