"""Messages as the coordination-network-toolkit reads them (CSV) and keeps them (SQLite)."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

import numpy as np
import pandas as pd

from kznet.loaders._cells import Said, first_of, known, part_said, wording
from kznet.loaders._clean import Epochs, epoch_scale
from kznet.loaders._columns import folded, words
from kznet.loaders._formats import Verdict, loader
from kznet.loaders._ids import exact, namespaced, namespaced_posts
from kznet.loaders._options import Options
from kznet.loaders._part import Part, joined, nothing_aside, stacked, table
from kznet.loaders._source import Source
from kznet.loaders._sqlite import columns_of, opened
from kznet.loaders._table import Table, by_piece

_COLUMNS: Final = {
    "message_id": words("message_id messageid id tweet_id post_id status_id id_str msg_id"),
    "user_id": words("user_id userid author_id account_id uid user author from_id"),
    "username": words("username user_name screen_name user_screen_name handle author name"),
    "repost_id": words(
        "repost_id retweet_id reposted_id retweeted_id retweeted_status_id shared_id"
    ),
    "reply_id": words(
        "reply_id reply_to_id in_reply_to_id in_reply_to_status_id replied_id reply_to"
    ),
    "message": words("message text full_text body content tweet"),
    "timestamp": words("timestamp time created_at date datetime unix_timestamp epoch"),
    "urls": words("urls url links link"),
}
_EDGE: Final = frozenset(_COLUMNS) - {"urls"}
_AT_ONCE: Final = 200_000
_PENDING: Final = "the log beside the database (-wal) holds changes that are not read"
_LISTED: Final = r"""^\[['"]?|['"]?\]$"""
_BETWEEN: Final = r"""['"]\s*,\s*['"]"""


def _recognises(source: Source) -> Verdict:
    if source.is_sqlite:
        with opened(source) as database:
            missing = sorted(_EDGE - columns_of(database, "edge"))
        if missing:
            return Verdict(fits=False, why=f"no table edge with {', '.join(missing)}")
        return Verdict(fits=True, why="table edge of a database")
    if len(source.header) != len(_COLUMNS):
        return Verdict(fits=False, why=f"not the columns {', '.join(_COLUMNS)}")
    for name, wanted in zip(source.header, _COLUMNS, strict=True):
        if folded(name) not in _COLUMNS[wanted]:
            return Verdict(fits=False, why=f"column {name} where {wanted} was wanted")
    return Verdict(fits=True, why=f"columns {', '.join(source.header)}")


@loader(recognises=_recognises)
def cnt(source: Source, options: Options) -> Part:
    """Messages for the coordination-network-toolkit: its CSV of eight columns, or its database.

    How to get it
    -------------
    The table given to ``compute_networks … preprocess``, or the SQLite file that it makes.

    What is read
    ------------
    message_id, user_id, username, repost_id, reply_id, message, timestamp and urls, in this order;
    other tools' names for them are known. repost_id and reply_id name a message: a repost or reply
    to whoever wrote it, where that message is in the data. Ids go by `--platform`.

    What is missing
    ---------------
    Authors of messages that are not in the data; mentions and quotes. Timestamps are taken as
    seconds since 1970, though the tool itself only needs them to be of one kind.
    Of a database only the messages are read, not the networks that were computed.
    """
    if not source.is_sqlite:
        return by_piece(source, lambda rows: _part(rows, options))
    whole = joined([_part(rows, options, place="row") for rows in _tables(source)])
    log = source.path.with_name(f"{source.path.name}-wal")
    pending = (_PENDING,) if log.is_file() and log.stat().st_size else ()
    return replace(whole, warnings=(*whole.warnings, *pending))


def _part(rows: Table, options: Options, *, place: str = "") -> Part:
    said = _said(rows, options)
    part = part_said(rows, said, options, place=place)
    return replace(part, posts=stacked([part.posts, _answered(said.columns)], part.posts))


def _answered(columns: Mapping[str, pd.Series]) -> pd.DataFrame:
    """Shares that are shared or answered themselves, so that it is known whose they are."""
    post, account = columns["content"], columns["author"]
    answered = pd.concat([columns["repost_post"], columns["reply_post"]]).dropna()
    named = post.isin(answered.unique())  # pandas goes through what is wanted one by one
    named &= columns["repost_post"].notna() & account.notna()
    return table("posts", {"post": post, "account": account}, index=post.index)[named]


def _said(rows: Table, options: Options) -> Said:
    frame = rows.frame.set_axis(list(_COLUMNS), axis=1)
    platform = options.platform
    number, name = first_of(frame, "user_id"), first_of(frame, "username")
    author = namespaced(exact(number), platform)
    message, repost, reply = (
        first_of(frame, each) for each in ("message_id", "repost_id", "reply_id")
    )
    one_word = name.str.fullmatch(r"@?[\w.\-]+", na=False)
    return Said(
        columns={
            "content": namespaced_posts(exact(message), platform),
            "author": author,
            "time": first_of(frame, "timestamp"),
            "text": wording(frame, "message"),
            "links": _spaced(first_of(frame, "urls")),
            "repost_post": namespaced_posts(exact(repost), platform),
            "reply_post": namespaced_posts(exact(reply), platform),
        },
        clock=rows.frame.columns[list(_COLUMNS).index("timestamp")],
        reposts=repost.notna().to_numpy(),
        accounts=[
            known(
                {
                    "account": author,
                    "handle": name.where(one_word).str.lstrip("@"),
                    "name": name.mask(one_word),
                }
            )
        ],
        ids=[number, message, repost, reply],
    )


def _spaced(urls: pd.Series) -> pd.Series:
    """Addresses parted by spaces, as the tool wants them; lists of Python's too."""
    bare = urls.str.replace(_LISTED, "", regex=True).str.replace(_BETWEEN, " ", regex=True)
    return bare.mask(bare == "")


def _tables(source: Source) -> Iterator[Table]:
    """Messages of a database as tables of text, some at a time; at least one, maybe empty."""
    begin, scales = 1, dict[str, Epochs]()
    with opened(source) as database:
        found = database.execute(_query(columns_of(database, "message_url")))
        while (rows := found.fetchmany(_AT_ONCE)) or begin == 1:
            columns = list(zip(*rows, strict=True)) or [()] * len(_COLUMNS)
            named = dict(zip(_COLUMNS, columns, strict=True))
            frame = pd.DataFrame({name: pd.Series(c, dtype="str") for name, c in named.items()})
            lines = np.arange(len(rows)) + begin
            yield Table(frame, lines, nothing_aside(), scales=scales)
            scale = epoch_scale(frame["timestamp"])
            scales = scales or ({"timestamp": scale} if scale else {})
            begin += max(len(rows), 1)


def _query(url_columns: frozenset[str]) -> str:
    """All messages as text; seconds keep their fractions."""
    ids = [f"CAST({name} AS TEXT)" for name in list(_COLUMNS)[:6]]
    time = "CASE typeof(timestamp) WHEN 'real' THEN printf('%.6f', timestamp)"
    time += " ELSE CAST(timestamp AS TEXT) END"
    urls = "(SELECT group_concat(url, ' ') FROM message_url AS u WHERE u.message_id = e.message_id)"
    with_urls = {"message_id", "url"} <= url_columns
    return f"SELECT {', '.join(ids)}, {time}, {urls if with_urls else 'NULL'} FROM edge AS e"  # noqa: S608  # nothing in it comes from outside
