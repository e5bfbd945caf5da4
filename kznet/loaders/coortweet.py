"""Shares in the four columns that CooRTweet reads and writes."""

from dataclasses import replace
from typing import Final

from kznet.loaders._formats import Verdict, has_columns, loader
from kznet.loaders._options import Options
from kznet.loaders._part import Part, table
from kznet.loaders._source import Source
from kznet.loaders._table import Table, by_piece
from kznet.loaders._ties import ties_of

_COLUMNS: Final = ("object_id", "account_id", "content_id", "timestamp_share")


def _recognises(source: Source) -> Verdict:
    return has_columns(source, _COLUMNS)


@loader(recognises=_recognises)
def coortweet(source: Source, options: Options) -> Part:
    """CooRTweet shares: object_id, account_id, content_id, timestamp_share; no authors.

    How to get it
    -------------
    The R package CooRTweet, or any script that prepares data for it.

    What is read
    ------------
    Reposts of objects, with the time of each share; a share that is its own object is a post.

    What is missing
    ---------------
    Authors of the objects, follows and texts. Pairs can be found, hubs cannot be tested.
    """
    return by_piece(source, lambda rows: _of(rows, replace(options, direction="actor")))


def _of(rows: Table, options: Options) -> Part:
    columns = {
        "source": "account_id",
        "post": "object_id",
        "content": "content_id",
        "time": "timestamp_share",
    }
    part = ties_of(rows, columns, options, kind="repost")
    own = part.ties["post"].astype("str") == part.ties["content"]
    written = part.ties.loc[own, ["post", "source", "time"]].rename(columns={"source": "account"})
    return replace(
        part,
        ties=part.ties[~own].reset_index(drop=True),
        posts=table("posts", dict(written.items()), index=written.index).reset_index(drop=True),
        aside=part.aside.replace({"reason": {"no target": "no object"}}),
    )
