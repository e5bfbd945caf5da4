"""A second generator, built differently: accounts that read a feed in sittings.

Nothing of how people come to repost is shared with the generator by latency: who follows whom,
when sources post, when and in what order readers meet a post, how posts travel, how crews work
and how audiences grow. Shared are the types of source, the grades of plants, names, words and
the form of the tables and the truth.
"""

from collections.abc import Callable
from functools import partial
from typing import Final

import numpy as np
import pandas as pd

from kznet.simulate.bodies import with_bodies
from kznet.simulate.clock import clock
from kznet.simulate.draws import stream
from kznet.simulate.parts import PARTS, check_content
from kznet.simulate.scene import Change, Scene, changed
from kznet.simulate.sessions import campaigns, events, habits
from kznet.simulate.sessions.feed import Feed, calibrated, feed, read
from kznet.simulate.sessions.follows import follows
from kznet.simulate.sessions.newsrooms import published
from kznet.simulate.sessions.people import people
from kznet.simulate.sessions.sittings import sittings
from kznet.simulate.topics import with_topics
from kznet.simulate.world import World

# How often a ministry or a local body knows a ministry or a local body.
KNOWN: Final = {(True, True): 0.7, (True, False): 0.4, (False, True): 0.75, (False, False): 0.3}
_IN_FEEDS: Final[dict[str, Callable[[Feed, Scene, np.random.Generator, int], Change]]] = {
    part.__name__: part
    for part in (
        habits.aggregator,
        events.crisis_ministry,
        events.newsroom,
        habits.fans,
        habits.scheduled,
        habits.staff,
        events.protest,
        habits.diaspora,
        events.bursts,
        events.fast_bursts,
        campaigns.m1,
        campaigns.m2,
    )
}


def sessions(world: World, *, seed: int) -> Scene:
    """Each repost made by somebody who reads a feed; complete but for ids and names."""
    wanted = {name: PARTS[name] for name in world.parts}
    check_content(world)
    reading, scene = _organic(world, seed)
    for name in (name for name in PARTS if name in wanted):
        part = partial(_IN_FEEDS[name], reading) if name in _IN_FEEDS else wanted[name]
        for number in range(world.parts[name]):
            scene = changed(scene, part(scene, stream(seed, f"feed {name}", number), number))
    if not world.content:
        return scene
    return with_topics(with_bodies(scene, chance=_by_rank, react=reading.react))


def _organic(world: World, seed: int) -> tuple[Feed, Scene]:
    """The world before anything is planted, and how it is read."""
    time = clock(world.start, world.days)
    everyone = people(world, seed=seed)
    ties = follows(everyone, world, seed=seed)
    posts = published(everyone, time, world.pace, seed=seed)
    none = pd.DataFrame({name: pd.Series(dtype="int64") for name in ("account", "post", "time")})
    scene = Scene(seed, world, time, everyone, ties, posts, none)
    sat = sittings(everyone, time, stream(seed, "sittings"))
    reading = calibrated(feed(everyone, time, sat, ties, posts), scene)
    found = read(reading, scene, posts, stream(seed, "reading"))
    return reading, changed(scene, Change(scene.truth, reposts=found))


def _by_rank(scene: Scene, bodies: np.ndarray) -> np.ndarray:
    """Bodies know each other by rank: ministries are known to most, local bodies to some."""
    ministry = (scene.people["type"].iloc[bodies] == "ministry").tolist()
    return np.array([[KNOWN[who, whom] for whom in ministry] for who in ministry])
