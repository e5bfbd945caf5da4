"""Tweets as FiveThirtyEight released them in 2018, with ids that a spreadsheet had rounded."""

from dataclasses import replace
from typing import Final

import pandas as pd

from kznet.codes import map_distinct
from kznet.loaders._cells import Said, first_of, handles, known, part_said, under, wording
from kznet.loaders._clean import counts, flags
from kznet.loaders._formats import Verdict, has_columns, loader
from kznet.loaders._options import Options
from kznet.loaders._part import Part
from kznet.loaders._source import Source
from kznet.loaders._table import Table, by_piece
from kznet.loaders._x import BY_TEXT
from kznet.loaders._x_tables import retweeted

_MARKS: Final = ("external_author_id", "author", "content", "publish_date", "retweet")
_LINKS: Final = ("tco1_step1", "tco2_step1", "tco3_step1")
_AMERICAN: Final = "%m/%d/%Y %H:%M"
_ROUNDED: Final = "[0-9]{6}0{9}$"


def _recognises(source: Source) -> Verdict:
    return has_columns(source, _MARKS)


@loader(recognises=_recognises)
def ira_538(source: Source, options: Options) -> Part:
    """FiveThirtyEight's release of 2018 (IRAhandle_tweets_….csv): posts and, rarely, retweets.

    How to get it
    -------------
    The CSV files that FiveThirtyEight published in the summer of 2018.

    What is read
    ------------
    Posts and their links; a retweet whose text begins "RT @name:" is a repost of that account.
    Accounts go by alt_external_id, else by external_author_id where it is whole, else by handle.

    What is missing
    ---------------
    Whose post was retweeted: nearly every retweet is set aside. external_author_id is rounded
    from 15 digits on. Times are to the minute in a zone that is not said, taken to be UTC. Names
    in the text are not read, nor how the release sorted accounts. The first version of the
    release has no tweet_id: its rows are set aside.
    """
    return by_piece(source, lambda rows: _of(rows, replace(options, tz="UTC")))


def _of(rows: Table, options: Options) -> Part:
    frame = rows.frame
    author, digits = _account(frame)
    content, text = first_of(frame, "tweet_id"), wording(frame, "content")
    shared = flags(first_of(frame, "retweet")).fillna(value=False).astype("bool")
    by_text = retweeted(text.where(shared))
    said = Said(
        columns={
            "content": under("x", content),
            "author": author,
            "time": _iso(first_of(frame, "publish_date")),
            "text": text,
            "links": _links(frame),
            "repost_account": handles("x", by_text),
        },
        reposts=shared.to_numpy(),
        accounts=[_authors(frame, author)],
        ids=[content],
        notes=[("id precision lost", digits), (BY_TEXT.text, int(by_text.notna().sum()))],
    )
    return part_said(rows, said, options)


def _account(frame: pd.DataFrame) -> tuple[pd.Series, int]:
    """Ids of the authors, and how many had lost their digits where no other id was given."""
    found = _whole(first_of(frame, "alt_external_id"))
    other = first_of(frame, "external_author_id").where(found.isna())
    second = _whole(other)
    lost = other[other.notna() & second.isna()].nunique()
    by_name = handles("x", first_of(frame, "author"))
    return found.fillna(second).fillna(by_name), lost


def _whole(raw: pd.Series) -> pd.Series:
    """Ids, but for those that a spreadsheet rounded: it left a row of zeros."""
    return under("x", raw.mask(raw.str.contains(_ROUNDED, na=False)))


def _iso(dates: pd.Series) -> pd.Series:
    """Month/day/year as year-month-day; anything else as it is."""

    def change(written: pd.Series) -> pd.Series:
        read = pd.to_datetime(written, format=_AMERICAN, errors="coerce")
        return read.dt.strftime("%Y-%m-%dT%H:%M").fillna(written)

    return map_distinct(dates, change)


def _links(frame: pd.DataFrame) -> pd.Series:
    found = pd.Series("", index=frame.index, dtype="str")
    for name in _LINKS:
        found = (found + " " + first_of(frame, name).fillna("")).str.strip()
    return found.mask(found == "")


def _authors(frame: pd.DataFrame, account: pd.Series) -> pd.DataFrame:
    """What the rows say of those who wrote them; of followers the most there ever were."""
    followers, _ = counts(first_of(frame, "followers"))
    handle = first_of(frame, "author")
    return known({"account": account, "handle": handle, "followers": followers})
