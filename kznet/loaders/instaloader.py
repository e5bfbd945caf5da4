"""What Instaloader writes beside the pictures: one post, story or profile a file."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from kznet.loaders._formats import Verdict, loader
from kznet.loaders._instagram import account_of, api_item, rows_of
from kznet.loaders._json import Broken, items, mapping, text
from kznet.loaders._options import Options
from kznet.loaders._part import Part
from kznet.loaders._records import gather
from kznet.loaders._rows import Aside, Note, Record, Row
from kznet.loaders._source import Source

_POSTS: Final = ("Post", "StoryItem")
_SHARED: Final = Note("posts shared into a story are not read")


def _recognises(source: Source) -> Verdict:
    record = source.record
    if record is None:
        return Verdict(fits=False, why="not JSON")
    first = mapping(items(record)[0] if items(record) else record)
    kind = text(mapping(first.get("instaloader")).get("node_type"))
    if "node" in first and kind:
        return Verdict(fits=True, why=f"node of type {kind}")
    return Verdict(fits=False, why="no node with instaloader.node_type")


@loader(recognises=_recognises)
def instaloader(source: Source, options: Options) -> Part:
    """Instaloader's JSON of posts, stories and profiles: who is mentioned, tagged or co-author.

    How to get it
    -------------
    Instaloader saves a .json or .json.xz beside each post, story and profile that it downloads;
    give the whole folder.

    What is read
    ------------
    mentions: @names in the caption, users tagged in pictures or named in a story, co-authors.
    Accounts go by their numbers where these are known, posts by their shortcodes; a story
    without one gets it from its number. Profiles give name, bio and followers.

    What is missing
    ---------------
    Reposts and follows, which these files do not hold. Comments, and posts shared into a story,
    are left out on purpose; so are hashtags and the places of interrupted downloads. The shape
    of stories and of what a logged-in download adds is not checked against live files.
    """
    return gather(_records(source.documents()), options)


def _records(documents: Iterator[tuple[int, object]]) -> Iterator[Record]:
    for line, document in documents:
        if isinstance(document, Broken):
            yield line, [Aside(document.reason, document.value)]
            continue
        for entry in document if isinstance(document, list) else [document]:
            yield line, _rows(mapping(entry))


def _rows(entry: Mapping[str, Any]) -> Iterator[Row]:
    node = mapping(entry.get("node"))
    kind = text(mapping(entry.get("instaloader")).get("node_type"))
    if kind in _POSTS:
        yield from rows_of(api_item(node))
        if items(mapping(node.get("iphone_struct")).get("story_feed_media")):
            yield _SHARED
    elif kind == "Profile":
        account = account_of({**mapping(node.get("iphone_struct")), **node})
        yield account or Aside("a profile without number and name")
    else:
        yield Aside("neither a post nor a story nor a profile", kind or "")
