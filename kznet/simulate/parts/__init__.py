"""Plants and hard negatives by name; each is one function from a scene to what it changes.

A new one is a file beside these and a line in the table below. They play in the order of the
table, each with random numbers of its own; one added at the end leaves the others as they were.
"""

from collections.abc import Callable
from typing import Final

import numpy as np

from kznet.errors import DataError
from kznet.registry import Registry
from kznet.simulate.parts.aggregator import aggregator
from kznet.simulate.parts.bursts import bursts, fast_bursts
from kznet.simulate.parts.crisis import crisis_ministry
from kznet.simulate.parts.diaspora import diaspora
from kznet.simulate.parts.fans import fans
from kznet.simulate.parts.few_posts import few_posts
from kznet.simulate.parts.m1 import m1
from kznet.simulate.parts.m2 import m2
from kznet.simulate.parts.m3 import m3
from kznet.simulate.parts.newsroom import newsroom
from kznet.simulate.parts.official import own_page, unlisted_akimat
from kznet.simulate.parts.protest import protest
from kznet.simulate.parts.scheduled import scheduled
from kznet.simulate.parts.staff import staff
from kznet.simulate.parts.writers import (
    campaign_seller,
    honest_turn,
    local_reporter,
    steady_seller,
    topic_shift,
)
from kznet.simulate.scene import Change, Scene
from kznet.simulate.world import World

Part = Callable[[Scene, np.random.Generator, int], Change]

PARTS: Final[Registry[Part]] = Registry("part of a world")

# Parts that say something of topics, of claims or of bodies; a world needs content for them.
WITH_CONTENT: Final = (
    unlisted_akimat,
    own_page,
    topic_shift,
    local_reporter,
    campaign_seller,
    steady_seller,
    honest_turn,
    m3,
    m2,
)
_ON_REPOSTS: Final = (aggregator, crisis_ministry, newsroom, few_posts, fans, scheduled)
_MORE: Final = (staff, protest, diaspora, bursts, fast_bursts)
for _part in (*_ON_REPOSTS, *_MORE, *WITH_CONTENT[:-2], m1, *WITH_CONTENT[-2:]):
    PARTS.register(_part)


def check_content(world: World) -> None:
    """Refuse a world without content that asks for parts about it."""
    about = [part.__name__ for part in WITH_CONTENT if world.parts.get(part.__name__)]
    if about and not world.content:
        raise DataError(f"world: parts {about} need content=True")
