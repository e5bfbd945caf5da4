"""minet's CSV files: the columns of the file it was given, and its own after them."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Final

from kznet.errors import DataError
from kznet.loaders import _minet, _minet_lists
from kznet.loaders._formats import Verdict, loader
from kznet.loaders._options import Options
from kznet.loaders._part import Part
from kznet.loaders._source import Source
from kznet.loaders._table import Table, by_piece

_Read = Callable[[Table, Options], Part]

_MARKS: Final[Mapping[str, tuple[str, ...]]] = {
    "tweets": ("timestamp_utc", "user_screen_name", "retweeted_id", "to_tweetid"),
    "comments": ("video_id", "comment_id", "author_channel_id"),
    "videos": ("video_id", "channel_id", "channel_title", "published_at"),
    "messages": ("link_to_message", "could_be_displayed"),
}
_READERS: Final[Mapping[str, _Read]] = {
    "tweets": _minet.tweets,
    "retweeters": _minet_lists.retweeters,
    "comments": _minet.comments,
    "videos": _minet.videos,
    "messages": _minet.messages,
    "friends": partial(_minet_lists.follows, form="friends"),
    "followers": partial(_minet_lists.follows, form="followers"),
    "instagram following": partial(_minet_lists.instagram, form="friends"),
    "instagram followers": partial(_minet_lists.instagram, form="followers"),
}
_PLAIN: Final = ("user_id", "friend_id")
_NEITHER: Final = (
    "minet writes followers and followings alike, and the file's name says neither; "
    "call it …_followers.csv or …_following.csv"
)


def _recognises(source: Source) -> Verdict:
    header = source.header
    if not header:
        return Verdict(fits=False, why="not a table")
    for marks in _MARKS.values():
        if set(marks) <= set(header):
            return Verdict(fits=True, why=f"columns {', '.join(marks)}")
    if _minet_lists.is_of_retweeters(header):
        return Verdict(fits=True, why="retweeters after a tweet")
    last, begin = header[-1], _minet_lists.users_begin(header)
    if last in _minet_lists.APPENDED and tuple(header) != _PLAIN:
        return _with_input(header[:-1], f"column {last} after those of the input")
    if begin is not None:
        return _with_input(header[:begin], "columns of Instagram users after those of the input")
    return Verdict(fits=False, why="no columns that minet adds to its input")


def _with_input(names: Sequence[str], why: str) -> Verdict:
    if _minet_lists.asked_for(names):
        return Verdict(fits=True, why=why)
    found = ", ".join(names)
    return Verdict(fits=False, why=f"no column of the accounts asked for; found {found[:80]}")


@loader(recognises=_recognises)
def minet(source: Source, options: Options) -> Part:
    """CSV files of minet: who follows whom, retweeters, tweets, comments, channel messages.

    How to get it
    -------------
    minet twitter friends, followers, retweeters, tweets, user-tweets, tweet-search, scrape;
    instagram user-followers, user-following; youtube comments, videos; telegram channel-messages.

    What is read
    ------------
    friends, followers: the account of the input column (user, screen_name, user_id, …) and
    friend_id or follower_id. Retweeters: reposts of tweet_id. Tweets: retweets, replies, quotes and
    mentions by number. YouTube comments: replies to the comment above or else to the video.
    Videos: whose they are. Telegram: mentions by links, and whom a message answers, by name.

    What is missing
    ---------------
    Whose the tweets and videos are that retweeters and comments name, unless another file says so;
    when somebody retweeted. Telegram messages don't say from where they were forwarded. Followers
    and followings on Instagram look alike: the file's name must say which it holds. A file of
    user_id and friend_id alone is read as an edge list. Not checked against live exports.
    """
    read = _READERS[_form(source)]
    return by_piece(source, lambda rows: read(rows, options))


def _form(source: Source) -> str:
    header = set(source.header)
    form = next((name for name, marks in _MARKS.items() if set(marks) <= header), None)
    if form is not None:
        return form
    if _minet_lists.is_of_retweeters(source.header):
        return "retweeters"
    if source.header[-1] in _minet_lists.APPENDED:
        return _minet_lists.APPENDED[source.header[-1]]
    name = source.name.rpartition("/")[2].lower()
    if ("follower" in name) == ("following" in name):
        raise DataError(f"{source.name}: {_NEITHER}")
    return "instagram followers" if "follower" in name else "instagram following"
