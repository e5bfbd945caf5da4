"""The settings of a world, and the worlds that have a name."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from kznet.errors import UnknownNameError
from kznet.registry import unknown

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
class Crews:
    """The grades that coordinated crews come in; a world deals each list out evenly.

    Sizes in accounts; participation is the chance that a member joins a post; jitter is the
    mean lag behind the crew's common moment, in seconds; camouflage is the share of a member's
    reposts that are ordinary ones of other sources. Kinds are `fixed`, `rotating` (six of 32
    join each post, others each time) and `in_fans` (inside a fan community of the hub).
    """

    size: tuple[int, ...] = (4, 8, 16, 32)
    participation: tuple[float, ...] = (0.4, 0.8)
    jitter: tuple[int, ...] = (15, 60, 300)
    camouflage: tuple[float, ...] = (0.0, 0.5, 0.9)
    kind: tuple[str, ...] = ("fixed", "fixed", "fixed", "fixed", "rotating", "in_fans")


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
    crews
        Grades of the coordinated crews.
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
WORLDS: Final[Mapping[str, World]] = {"default": World(), "demo": _DEMO, "small": _SMALL}


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
