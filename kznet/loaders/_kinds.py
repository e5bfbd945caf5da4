"""The words that other tools use for the five kinds of ties."""

from collections.abc import Mapping
from typing import Final

import pandas as pd

from kznet.codes import map_distinct
from kznet.loaders._columns import folded

_SYNONYMS: Final[Mapping[str, str]] = {
    "follow": (
        "follow follows followed following subscribe subscribes subscribed subscription friend "
        "подписка подписан жазылу"
    ),
    "repost": (
        "repost reposts reposted forward forwards forwarded retweet retweets retweeted rt reblog "
        "reblogged share shares shared boost boosted copy announce репост пересылка ретвит"
    ),
    "mention": "mention mentions mentioned mentionsinretweet упоминание",
    "reply": "reply replies replied replies_to replied_to comment comments ответ комментарий жауап",
    "quote": "quote quotes quoted quote_tweet цитата",
}
_KINDS: Final = {word: kind for kind, words in _SYNONYMS.items() for word in words.split()}


def kind_of(word: str) -> str | None:
    """Kind that a word stands for; None where it is none that is known.

    >>> kind_of("Replies to"), kind_of("retweet"), kind_of("likes")
    ('reply', 'repost', None)
    """
    return _KINDS.get(folded(word))


def kinds_of(words: pd.Series) -> pd.Series:
    """Kinds that the words of a column stand for; missing where none is known."""
    return map_distinct(words, lambda distinct: distinct.map(kind_of))
