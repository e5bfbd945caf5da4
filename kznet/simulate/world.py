"""The settings of a world, and the worlds that have a name."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from kznet.errors import UnknownNameError
from kznet.registry import unknown
from kznet.simulate.grades import Claims, Crews, Turns

_SOURCES: Final = {
    "politician": 25,
    "ministry": 20,
    "opposition": 20,
    "blogger": 45,
    "news": 15,
    "regional": 15,
    "aggregator": 5,
    "celebrity": 5,
}
_PARTS: Final = {
    "aggregator": 5,
    "crisis_ministry": 4,
    "newsroom": 2,
    "few_posts": 6,
    "fans": 6,
    "scheduled": 4,
    "m1": 24,
}


@dataclass(frozen=True)
class World:
    """Sizes and settings of one world.

    Attributes
    ----------
    sources
        How many accounts of each type of source.
    parts
        How many of each plant and each hard negative.
    amplifiers
        Private accounts that follow and repost.
    start, days
        First local day (Asia/Almaty) and number of days.
    pace
        Factor on the posts a day of every source.
    reposts
        Mean number of organic reposts of a post.
    follows
        Mean number of sources, and of amplifiers, that one account follows.
    crews, turns, claims
        Grades of the three plants.
    content
        Whether sources choose their topics, link to each other and are, where they are
        bodies of the state, listed in a registry. Plants M2 and M3 need it.
    generator
        Which of `GENERATORS` makes it: by `latency` of every repost, or by accounts that read
        a feed in `sessions`.
    """

    sources: Mapping[str, int] = field(default_factory=lambda: dict(_SOURCES))
    parts: Mapping[str, int] = field(default_factory=lambda: dict(_PARTS))
    amplifiers: int = 5_000
    start: str = "2024-02-01"
    days: int = 60
    pace: float = 1.0
    reposts: float = 20.0
    follows: tuple[float, float] = (20.0, 20.0)
    crews: Crews = field(default_factory=Crews)
    turns: Turns = field(default_factory=Turns)
    claims: Claims = field(default_factory=Claims)
    content: bool = False
    generator: str = "latency"


_DEMO = World(
    sources={
        "politician": 13,
        "ministry": 10,
        "opposition": 10,
        "blogger": 22,
        "news": 8,
        "regional": 8,
        "aggregator": 3,
        "celebrity": 4,
    },
    parts={
        "aggregator": 3,
        "crisis_ministry": 2,
        "newsroom": 1,
        "few_posts": 3,
        "fans": 3,
        "scheduled": 2,
        "m1": 8,
    },
    amplifiers=1_922,
    pace=0.6,
    reposts=8.0,
    follows=(9.0, 6.0),
)
_SMALL = World(
    sources={
        "politician": 4,
        "ministry": 4,
        "opposition": 4,
        "blogger": 6,
        "news": 4,
        "regional": 3,
        "aggregator": 1,
        "celebrity": 2,
    },
    parts={**dict.fromkeys(_PARTS, 1), "m1": 3},
    amplifiers=600,
    days=40,
    reposts=8.0,
    follows=(8.0, 5.0),
)
_FULL: Final = World(
    sources={**_SOURCES, "akimat": 12, "celebrity": 15},
    parts={
        "aggregator": 5,
        "crisis_ministry": 3,
        "newsroom": 1,
        "few_posts": 4,
        "fans": 4,
        "scheduled": 2,
        "unlisted_akimat": 4,
        "staff": 2,
        "protest": 2,
        "own_page": 2,
        "diaspora": 2,
        "bursts": 2,
        "fast_bursts": 2,
        "topic_shift": 2,
        "local_reporter": 2,
        "campaign_seller": 3,
        "steady_seller": 2,
        "honest_turn": 3,
        "m1": 20,
        "m3": 8,
        "m2": 8,
    },
    crews=Crews(
        size=(4, 8, 16, 32, 64),
        participation=(0.2, 0.4, 0.8),
        jitter=(15, 60, 300, 1_200, 3_600),
        kind=("fixed", "fixed", "fixed", "fixed", "rotating", "in_fans", "three_hubs"),
    ),
    content=True,
)
_COMPACT: Final = replace(
    _FULL,
    sources={
        "politician": 10,
        "ministry": 12,
        "opposition": 8,
        "blogger": 14,
        "news": 7,
        "regional": 7,
        "aggregator": 1,
        "celebrity": 6,
        "akimat": 4,
    },
    parts={**dict.fromkeys(_FULL.parts, 1), "unlisted_akimat": 2, "m1": 3, "m3": 3, "m2": 2},
    amplifiers=1_000,
    reposts=10.0,
    follows=(8.0, 5.0),
)
WORLDS: Final[Mapping[str, World]] = {
    "default": World(),
    "demo": _DEMO,
    "small": _SMALL,
    "full": _FULL,
    "compact": _COMPACT,
    "sessions": replace(_FULL, generator="sessions"),
}


def world(name: str) -> World:
    """The settings of a named world.

    Raises
    ------
    UnknownNameError
        No world has this name.
    """
    if name not in WORLDS:
        raise UnknownNameError(unknown("world", name, WORLDS))
    return WORLDS[name]
