"""Meta Content Library's CSV of posts on Facebook and Instagram."""

from typing import Final

import pandas as pd

from kznet.loaders._cells import Said, first_of, handles, known, part_said, under, wording
from kznet.loaders._formats import Verdict, has_columns, loader
from kznet.loaders._ids import exact
from kznet.loaders._options import Options
from kznet.loaders._part import Part
from kznet.loaders._source import Source
from kznet.loaders._table import by_piece
from kznet.loaders._telegram import NAIVE

_MARKS: Final = ("id", "creation_time", "post_owner.id")
_OF_FACEBOOK: Final = frozenset(
    ["surface.id", "shared_post_id", "statistics.reaction_count", "statistics.love_count"]
)
_LINKS: Final = ("link_attachment.link", "link_attachment_fields.link", "link_attachment.url")


def _recognises(source: Source) -> Verdict:
    return has_columns(source, _MARKS)


@loader(recognises=_recognises)
def meta_content_library(source: Source, options: Options) -> Part:
    """Posts in a CSV file of the Meta Content Library: Facebook, Instagram.

    How to get it
    -------------
    A download from the Meta Content Library, or an answer of its API written as CSV.

    What is read
    ------------
    The owner of each post (post_owner.*), and posts that share another (shared_post_id): a repost
    of its owner, where the shared post is in the data too. Accounts go by their user name; without
    one, and always for posts, by the library's own id. Times are in UTC.

    What is missing
    ---------------
    The library's ids are not Facebook's or Instagram's: posts do not match those of other tools.
    Owners of shared posts that are not in the file: ask the library for these ids. Mentions and
    comments. A post on somebody else's page, or in a group, is counted but is no tie.
    A file without any column of Facebook's own is read as Instagram's, unless `--platform` says
    otherwise. Only partly checked against a live export.
    """
    facebook = bool(_OF_FACEBOOK & set(source.header))
    platform = options.platform or ("facebook" if facebook else "instagram")
    return by_piece(source, lambda rows: part_said(rows, _said(rows.frame, platform), options))


def _said(frame: pd.DataFrame, platform: str) -> Said:
    owner, post, shared, surface = (
        first_of(frame, name) for name in ("post_owner.id", "id", "shared_post_id", "surface.id")
    )
    handle = first_of(frame, "post_owner.username")
    account = handles(platform, handle).fillna(under(platform, owner))
    elsewhere = surface.notna() & owner.notna() & (exact(surface) != exact(owner))
    name = first_of(frame, "post_owner.name")
    return Said(
        columns={
            "content": f"{platform}:" + exact(post),
            "author": account,
            "time": first_of(frame, "creation_time").str.replace(NAIVE, r"\1Z", regex=True),
            "text": wording(frame, "text"),
            "links": first_of(frame, *_LINKS),
            "lang": first_of(frame, "lang"),
            "repost_post": f"{platform}:" + exact(shared),
        },
        clock="creation_time",
        reposts=shared.notna().to_numpy(),
        accounts=[known({"account": account, "handle": handle, "name": name})],
        ids=[owner, post, shared],
        notes=[("posts on a page or in a group of another, no tie", int(elsewhere.sum()))],
    )
