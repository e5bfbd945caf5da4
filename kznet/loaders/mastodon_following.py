"""The list of accounts that somebody on Mastodon follows, as they can download it."""

from typing import Final

import pandas as pd

from kznet.loaders._columns import cells
from kznet.loaders._formats import Verdict, has_columns, loader
from kznet.loaders._mastodon import ADDRESS, account_given
from kznet.loaders._options import Options
from kznet.loaders._owner import stand_in
from kznet.loaders._part import Part, set_aside, stacked, table
from kznet.loaders._source import Source
from kznet.loaders._table import Table, by_piece

_ADDRESS: Final = "Account address"
_COLUMNS: Final = (_ADDRESS, "Show boosts")
_PROFILE: Final = r"^https?://([^/]+)/(?:users/|@)([^/@]+)/?$"
OWNER: Final = stand_in("mastodon", read=account_given)


def _recognises(source: Source) -> Verdict:
    return has_columns(source, _COLUMNS)


@loader(recognises=_recognises)
def mastodon_following(source: Source, options: Options) -> Part:
    """Mastodon following_accounts.csv: whom the owner of the list follows.

    How to get it
    -------------
    Mastodon, Preferences, Import and export, Data export, "Follows", CSV. Pleroma, Friendica and
    others write the same.

    What is read
    ------------
    follows, from the owner to each ``Account address``; ids are ``mastodon:@user@host``.

    What is missing
    ---------------
    The owner: give actor.json or outbox.json of the same account with it, or name the account
    with ``--source-account``. Times, and who follows back.
    """
    return by_piece(source, _of)


def _of(rows: Table) -> Part:
    written = cells(rows.frame[_ADDRESS])
    address = written.str.replace(_PROFILE, r"\2@\1", regex=True)
    good = address.str.fullmatch(ADDRESS).fillna(value=False).astype(bool).to_numpy()
    account = "mastodon:@" + address[good].str.removeprefix("@").str.lower()
    ties = table("ties", _columns(account), index=account.index)
    aside = set_aside(rows.lines[~good], "not an account address", written[~good].array)
    return Part(
        rows=rows.rows,
        used=int(good.sum()),
        ties=ties.assign(line=rows.lines[good]).reset_index(drop=True),
        aside=stacked([rows.aside, aside], aside),
        warnings=rows.warnings,
    )


def _columns(account: pd.Series) -> dict[str, pd.Series]:
    return {
        "source": pd.Series(OWNER, index=account.index, dtype="str"),
        "target": account,
        "kind": pd.Series("follow", index=account.index, dtype="str"),
        "weight": pd.Series(1.0, index=account.index),
    }
